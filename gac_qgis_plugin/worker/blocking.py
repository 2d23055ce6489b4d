"""Worker for a single run, driven without an event loop.

Processing runs algorithms in any thread and, in `qgis_process`, without QGIS's main window. A
separate process keeps such a run independent of the shared worker, whose thread it cannot use.
"""

from __future__ import annotations

import time
from typing import Any, Callable

from qgis.PyQt.QtCore import QProcess

from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.words import tr
from gac_qgis_plugin.worker.client import CANCEL_GRACE_MS, READY_TIMEOUT_MS
from gac_qgis_plugin.worker.endings import crashed, endless_line, exited, never_ready, no_start
from gac_qgis_plugin.worker.launch import Launch
from gac_qgis_plugin.worker.process import StderrLog
from gac_qgis_plugin.worker.protocol import (
    MAX_LINE,
    EventHandler,
    LineReader,
    Outcome,
    encode,
    outcome_of,
)

POLL_MS = 100
CLOSE_WAIT_MS = 3_000
RUN_ID = "run"


def run_blocking(
    launch: Launch,
    params: dict[str, Any],
    on_event: EventHandler,
    is_cancelled: Callable[[], bool],
) -> Outcome:
    """Start a worker, let it do one run, and end it.

    Args:
        launch: The worker to start.
        params: The fields of the engine's run request.
        on_event: Receives the run's `progress` and `stage` events.
        is_cancelled: Polled ten times a second.
    """
    stderr = StderrLog()
    process = QProcess()
    launch.configure(process)
    process.start()
    if not process.waitForStarted():
        return _failed(no_start(launch.program, process.errorString()), stderr)
    process.write(encode({"id": RUN_ID, "method": "run", "params": params}))
    try:
        return _follow(process, stderr, on_event, is_cancelled)
    finally:
        process.closeWriteChannel()
        running = process.state() != QProcess.ProcessState.NotRunning
        if running and not process.waitForFinished(CLOSE_WAIT_MS):
            process.kill()
            process.waitForFinished(CLOSE_WAIT_MS)


def _follow(
    process: QProcess,
    stderr: StderrLog,
    on_event: EventHandler,
    is_cancelled: Callable[[], bool],
) -> Outcome:
    reader = LineReader(lambda text: stderr.add(f"The worker said: {text}"))
    ready_by = time.monotonic() + READY_TIMEOUT_MS / 1000
    is_ready = False
    cancelled_at: float | None = None
    while True:
        process.waitForReadyRead(POLL_MS)
        alive = process.state() != QProcess.ProcessState.NotRunning
        stderr.add(bytes(process.readAllStandardError()).decode("utf-8", errors="replace"))
        for event in reader.feed(bytes(process.readAllStandardOutput())):
            is_ready = True
            if event.get("id") == RUN_ID:
                outcome = outcome_of(event)
                if outcome is not None:
                    return outcome
                on_event(event)
        if reader.is_overlong:
            process.kill()
            return _failed(endless_line(MAX_LINE), stderr)
        if not alive:
            return Outcome("cancelled") if cancelled_at else _failed(_how_it_ended(process), stderr)
        now = time.monotonic()
        if cancelled_at is None and is_cancelled():
            cancelled_at = now
            message = {"id": "cancel", "method": "cancel", "params": {"target": RUN_ID}}
            process.write(encode(message))
        if cancelled_at is not None and now > cancelled_at + CANCEL_GRACE_MS / 1000:
            process.kill()
        if not is_ready and now > ready_by:
            process.kill()
            return _failed(never_ready(READY_TIMEOUT_MS), stderr)


def _how_it_ended(process: QProcess) -> str:
    if process.exitStatus() == QProcess.ExitStatus.CrashExit:
        return crashed()
    return exited(process.exitCode())


def _failed(how: str, stderr: StderrLog) -> Outcome:
    problem = PluginError(
        how,
        tr("If it happens again, choose a smaller area or the CPU, and see the log panel 'GAC'."),
        stderr.last_words,
    )
    return Outcome("failed", problem=problem)
