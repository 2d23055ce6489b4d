"""Requests to the worker: as tasks of QGIS, and without an event loop.

Processing runs algorithms in any thread and, in `qgis_process`, without QGIS's main window. A
separate process keeps such a run independent of the shared worker, whose thread it cannot use.
"""

from __future__ import annotations

import threading
import time
import traceback
from pathlib import Path
from typing import Any, Callable

from qgis.core import QgsTask
from qgis.PyQt.QtCore import QProcess, pyqtSignal

from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.core.work_folder import discard_run, read_journal
from gac_qgis_plugin.worker.client import (
    CANCEL_GRACE_MS,
    READY_TIMEOUT_MS,
    Ending,
    StderrLog,
    WorkerClient,
    crashed,
    exited,
    line_too_long,
    ready_timeout,
    start_failed,
)
from gac_qgis_plugin.worker.engine import Launch
from gac_qgis_plugin.worker.protocol import (
    MAX_LINE,
    Event,
    EventHandler,
    LineReader,
    Outcome,
    encode,
    outcome_of,
)

CANCEL_LIMIT_S = 2.0
"""Seconds until a stopped task ends without an answer, e.g. when QGIS is closing."""

POLL_MS = 100
CLOSE_WAIT_MS = 3_000
RUN_ID = "run"
_OVER = (QgsTask.TaskStatus.Complete, QgsTask.TaskStatus.Terminated)


class WorkerTask(QgsTask):
    """QGIS task that stands for a request in the shared worker.

    Worker, events and signals stay on the main thread. `run()`, which QGIS calls on another thread,
    waits for the last event; `QgsProxyProgressTask` does so too, but cannot be cancelled before
    QGIS 3.26.

    Keep a reference to the task: QGIS does not run a task that Python has garbage-collected.

    Args:
        title: Text in QGIS's task list.
        client: The shared worker.
        method: A method of the protocol.
        params: Its parameters.

    Signals:
        progressed: A `progress` event.
        ended: The `Outcome`, once.
    """

    progressed = pyqtSignal(dict)
    ended = pyqtSignal(object)
    _cancel_wanted = pyqtSignal()

    def __init__(
        self, title: str, client: WorkerClient, method: str, params: dict[str, Any]
    ) -> None:
        super().__init__(title, QgsTask.Flag.CanCancel)
        self._client = client
        self._method = method
        self._params = params
        self._request_id = ""
        self._keep = False
        self._answer: Outcome | None = None
        self._answered, self._awake = threading.Event(), threading.Event()
        self._outcome = Outcome("stopped")
        # Both may be emitted by other threads; the worker belongs to the main one.
        self.begun.connect(self._send_request)
        self._cancel_wanted.connect(self._cancel_worker)

    def run(self) -> bool:
        """Wait for the request's end. Called by QGIS on another thread."""
        try:
            self._awake.wait()
            # After a cancel nobody may answer, e.g. when QGIS is closing.
            self._answered.wait(CANCEL_LIMIT_S)
            self._outcome = self._answer or self._interrupted_outcome()
            self._clean_up()
        except Exception as error:  # an exception that escapes from here aborts QGIS
            problem = PluginError(
                tr("The run could not be monitored: {}.").format(error),
                tr("This is a fault of the plugin; please report it with the details."),
                traceback.format_exc(),
                problem="monitor-fault",
            )
            self._outcome = Outcome("failed", problem=problem)
        return self._outcome.state == "done"

    def cancel(self) -> None:
        """Stop the request; an unresponsive worker is killed."""
        super().cancel()
        self._awake.set()
        self._cancel_wanted.emit()

    def abandon(self) -> None:
        """Stop the request when there is no worker left to answer."""
        self._on_event({"event": "cancelled"})
        self.cancel()

    def finished(self, result: bool) -> None:
        """Emit the outcome. Called by QGIS on the main thread."""
        self.ended.emit(self._outcome)

    def _interrupted_outcome(self) -> Outcome:
        return Outcome("stopped" if self._keep else "cancelled")

    def _clean_up(self) -> None:
        """Clean up after the request, still on the other thread."""

    def _on_event(self, event: Event) -> None:
        if self._answer is not None or self.status() in _OVER:
            return
        outcome = outcome_of(event)
        if outcome is None:
            self._forward(event)
            return
        self._answer = self._interrupted_outcome() if outcome.state == "cancelled" else outcome
        self._answered.set()
        self._awake.set()

    def _forward(self, event: Event) -> None:
        if event["event"] == "progress":
            self.setProgress(float(event.get("percent") or 0.0))
            self.progressed.emit(event)

    def _send_request(self) -> None:
        if self.isCanceled():
            self._on_event({"event": "cancelled"})
        else:
            self._request_id = self._client.request(self._method, self._params, self._on_event)

    def _cancel_worker(self) -> None:
        self._client.cancel(self._request_id, keep=self._keep)


class RunTask(WorkerTask):
    """QGIS task that supervises a run in the shared worker.

    QGIS stops a task by `cancel()`: from its list of tasks, and when it closes. That, like any end
    of the worker, keeps the files needed to resume the run. Only `discard()` removes them.

    Args:
        title: Text in QGIS's task list.
        client: The shared worker.
        params: The fields of the engine's run request.

    Signals:
        stage_finished: A `stage` event: a result file is complete.
    """

    stage_finished = pyqtSignal(dict)

    def __init__(self, title: str, client: WorkerClient, params: dict[str, Any]) -> None:
        super().__init__(title, client, "run", params)
        self._keep = True

    def discard(self) -> None:
        """Stop the run for good, keeping only complete stages."""
        self._keep = False
        self.cancel()

    def _clean_up(self) -> None:
        # Nothing of a stopped run is removed here: QGIS may be closing.
        out, state = Path(self._params["out"]), self._outcome.state
        if state == "cancelled" or (state == "failed" and read_journal(out) is None):
            discard_run(out)

    def _forward(self, event: Event) -> None:
        super()._forward(event)
        if event["event"] == "stage":
            self.stage_finished.emit(event)


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
        return _failed(start_failed(launch.program, process.errorString()), stderr)
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
            return _failed(line_too_long(MAX_LINE), stderr)
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
            return _failed(ready_timeout(READY_TIMEOUT_MS), stderr)


def _how_it_ended(process: QProcess) -> Ending:
    if process.exitStatus() == QProcess.ExitStatus.CrashExit:
        return crashed()
    return exited(process.exitCode())


def _failed(how: Ending, stderr: StderrLog) -> Outcome:
    problem = PluginError(
        how.text,
        tr("If it happens again, choose a smaller area or the CPU, and see the log panel 'GAC'."),
        stderr.tail,
        problem=how.problem,
    )
    return Outcome("failed", problem=problem)
