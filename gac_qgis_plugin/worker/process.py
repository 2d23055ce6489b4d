"""A worker process, observed from a thread with an event loop."""

from __future__ import annotations

from collections import deque
from typing import Any

from qgis.PyQt.QtCore import QObject, QProcess, QTimer, pyqtSignal

from gac_qgis_plugin.toolbelt import log
from gac_qgis_plugin.worker.endings import (
    crashed,
    endless_line,
    exited,
    never_ready,
    no_start,
    other_protocol,
)
from gac_qgis_plugin.worker.launch import Launch
from gac_qgis_plugin.worker.protocol import MAX_LINE, PROTOCOL, LineReader, encode

MAX_LOGGED = 500
"""Maximum lines of one worker in the log panel; a library may print forever."""

LAST_WORDS = 60
"""Number of last lines kept for the details of a failure."""


class StderrLog:
    """Output of the worker's libraries: logged up to a limit, its end kept for error details."""

    def __init__(self) -> None:
        self._tail: deque[str] = deque(maxlen=LAST_WORDS)
        self._logged = 0

    def add(self, text: str) -> None:
        """Add printed text."""
        for line in filter(None, (part.rstrip() for part in text.splitlines())):
            self._tail.append(line[: log.MAX_LENGTH])
            self._logged += 1
            if self._logged < MAX_LOGGED:
                log.info(line)
            elif self._logged == MAX_LOGGED:
                log.warning("The worker prints a lot; the rest of it is not shown here.")

    @property
    def last_words(self) -> str:
        """The last lines."""
        return "\n".join(self._tail)


class WorkerProcess(QObject):
    """A QProcess that speaks the worker's protocol.

    Signals:
        event_received: An event of the worker, in order.
        ended: Emitted once, with the reason, when the process is gone or could not be started.
    """

    event_received = pyqtSignal(dict)
    ended = pyqtSignal(str)

    def __init__(
        self, launch: Launch, ready_timeout_ms: int, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.stderr = StderrLog()
        self._launch = launch
        self._over = False
        self._reason = ""
        self._reader = LineReader(lambda text: self.stderr.add(f"The worker said: {text}"))
        self._process = QProcess(self)
        launch.configure(self._process)
        self._process.readyReadStandardOutput.connect(self._read_stdout)
        self._process.readyReadStandardError.connect(self._read_stderr)
        self._process.errorOccurred.connect(self._on_error)
        self._process.finished.connect(self._on_finished)
        self._watchdog = QTimer(self)
        self._watchdog.setSingleShot(True)
        self._watchdog.setInterval(ready_timeout_ms)
        self._watchdog.timeout.connect(self._on_never_ready)

    def start(self) -> None:
        """Start the program; messages may be sent at once, as the pipe buffers them."""
        self._watchdog.start()
        self._process.start()

    def send(self, message: dict[str, Any]) -> None:
        """Send a request; never blocks."""
        self._process.write(encode(message))

    def kill(self, reason: str) -> None:
        """End the process now; `ended` follows when it is gone."""
        self._reason = reason
        self._process.kill()

    def close(self, wait_ms: int) -> None:
        """Request a shutdown, wait briefly, then kill the process. Used when QGIS closes."""
        self._over = True
        self._watchdog.stop()
        if self._process.state() == QProcess.ProcessState.NotRunning:
            return
        self.send({"id": "bye", "method": "shutdown", "params": {}})
        self._process.closeWriteChannel()
        if not self._process.waitForFinished(wait_ms):
            self._process.kill()
            self._process.waitForFinished(wait_ms)

    def _read_stdout(self) -> None:
        for event in self._reader.feed(bytes(self._process.readAllStandardOutput())):
            if self._over or self._reason:
                return
            if event["event"] == "ready":
                self._watchdog.stop()
                if event.get("protocol") != PROTOCOL:
                    protocol = event.get("protocol")
                    self.kill(other_protocol(protocol, PROTOCOL))
                    return
            self.event_received.emit(event)
        if self._reader.is_overlong and not self._over and not self._reason:
            self.kill(endless_line(MAX_LINE))

    def _read_stderr(self) -> None:
        text = bytes(self._process.readAllStandardError()).decode("utf-8", errors="replace")
        self.stderr.add(text)

    def _on_never_ready(self) -> None:
        self.kill(never_ready(self._watchdog.interval()))

    def _on_error(self, error: QProcess.ProcessError) -> None:
        # Every other error is followed by `finished`.
        if error == QProcess.ProcessError.FailedToStart:
            program = self._launch.program
            self._end(no_start(program, self._process.errorString()))

    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read_stdout()
        self._read_stderr()
        has_crashed = status == QProcess.ExitStatus.CrashExit
        self._end(self._reason or (crashed() if has_crashed else exited(code)))

    def _end(self, how: str) -> None:
        self._watchdog.stop()
        if not self._over:
            self._over = True
            self.ended.emit(how)
