"""Client of the warm worker that all parts of the plugin share."""

from __future__ import annotations

import itertools
from collections import deque
from dataclasses import dataclass
from typing import Any, Callable, NamedTuple

from qgis.PyQt.QtCore import QObject, QProcess, QTimer, pyqtSignal

from gac_qgis_plugin.contract import protocol
from gac_qgis_plugin.core import log
from gac_qgis_plugin.core.i18n import later, tr
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.worker.engine import Launch
from gac_qgis_plugin.worker.protocol import (
    MAX_LINE,
    Event,
    EventHandler,
    LineReader,
    encode,
    error_event,
)

MAX_LOGGED = 500
"""Maximum lines of one worker in the log panel; a library may print forever."""
TAIL_LINES = 60
"""Number of last lines kept for the details of a failure."""

READY_TIMEOUT_MS = 120_000
CANCEL_GRACE_MS = 1_200
CLOSE_WAIT_MS = 500
_DEATH_REMEDY = later(
    "The worker restarts with the next run. If it happens again, choose a smaller area or the "
    "CPU (Advanced, Device), and see the log panel 'GAC'."
)


class Ending(NamedTuple):
    """Reason for the end of a worker's process.

    Attributes:
        text: The reason in words.
        problem: Its identifier, as in `PluginError`.
    """

    text: str
    problem: str


def start_failed(program: str, error: str) -> Ending:
    """Return the reason for a process that could not be started."""
    text = tr("GAC's worker process could not be started ({}: {}).")
    return Ending(text.format(program, error), problem="worker-not-started")


def ready_timeout(milliseconds: int) -> Ending:
    """Return the reason for a worker that did not become ready in time."""
    text = tr("GAC's worker process was not ready within {} s.").format(milliseconds // 1000)
    return Ending(text, problem="worker-not-ready")


def protocol_mismatch(its: object, ours: int) -> Ending:
    """Return the reason for a worker with another protocol version."""
    text = tr("GAC's worker process speaks protocol {}, this plugin speaks {}.")
    return Ending(text.format(its, ours), problem="worker-protocol-differs")


def crashed() -> Ending:
    """Return the reason for a process ended by a signal."""
    return Ending(tr("GAC's worker process crashed."), problem="worker-crashed")


def exited(code: int) -> Ending:
    """Return the reason for a process that ended by itself."""
    if code == protocol.LOST_STATUS:
        return Ending(tr("GAC's worker process lost the GPU."), problem="gpu-lost")
    text = tr("GAC's worker process ended with exit status {}.").format(code)
    return Ending(text, problem="worker-exited")


def line_too_long(maximum: int) -> Ending:
    """Return the reason for a line longer than any message."""
    text = tr("GAC's worker process was ended: it sent more than {} bytes without a line break.")
    return Ending(text.format(maximum), problem="worker-line-too-long")


def stopped() -> Ending:
    """Return the reason for a worker that ignored a `cancel`."""
    text = tr("GAC's worker process was stopped, as the run was cancelled.")
    return Ending(text, problem="worker-stopped")


class StderrLog:
    """Output of the worker's libraries: logged up to a limit, its end kept for error details."""

    def __init__(self) -> None:
        self._tail: deque[str] = deque(maxlen=TAIL_LINES)
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
    def tail(self) -> str:
        """The last lines."""
        return "\n".join(self._tail)


class WorkerProcess(QObject):
    """A QProcess that speaks the worker's protocol.

    Signals:
        event_received: An event of the worker, in order.
        ended: Emitted once, with its `Ending`, when the process is gone or could not be started.

    Attributes:
        stderr: What its libraries print.
        has_lost_gpu: True once it has ended because it lost the GPU.
    """

    event_received = pyqtSignal(dict)
    ended = pyqtSignal(object)

    def __init__(
        self, launch: Launch, ready_timeout_ms: int, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.stderr = StderrLog()
        self._launch = launch
        self.has_lost_gpu = False
        self._has_ended = False
        self._reason: Ending | None = None
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
        self._watchdog.timeout.connect(self._on_ready_timeout)

    def start(self) -> None:
        """Start the program; messages may be sent at once, as the pipe buffers them."""
        self._watchdog.start()
        self._process.start()

    def send(self, message: dict[str, Any]) -> None:
        """Send a request; never blocks."""
        self._process.write(encode(message))

    def kill(self, reason: Ending) -> None:
        """End the process now; `ended` follows when it is gone."""
        self._reason = reason
        self._process.kill()

    def close(self, wait_ms: int) -> None:
        """Request a shutdown, wait briefly, then kill the process. Used when QGIS closes."""
        self._has_ended = True
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
            if self._has_ended or self._reason:
                return
            if event["event"] == "ready":
                self._watchdog.stop()
                if event.get("protocol") != protocol.PROTOCOL:
                    version = event.get("protocol")
                    self.kill(protocol_mismatch(version, protocol.PROTOCOL))
                    return
            self.event_received.emit(event)
        if self._reader.is_overlong and not self._has_ended and not self._reason:
            self.kill(line_too_long(MAX_LINE))

    def _read_stderr(self) -> None:
        text = bytes(self._process.readAllStandardError()).decode("utf-8", errors="replace")
        self.stderr.add(text)

    def _on_ready_timeout(self) -> None:
        self.kill(ready_timeout(self._watchdog.interval()))

    def _on_error(self, error: QProcess.ProcessError) -> None:
        # Every other error is followed by `finished`.
        if error == QProcess.ProcessError.FailedToStart:
            program = self._launch.program
            self._end(start_failed(program, self._process.errorString()))

    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read_stdout()
        self._read_stderr()
        has_crashed = status == QProcess.ExitStatus.CrashExit
        self.has_lost_gpu = code == protocol.LOST_STATUS and not (self._reason or has_crashed)
        self._end(self._reason or (crashed() if has_crashed else exited(code)))

    def _end(self, how: Ending) -> None:
        self._watchdog.stop()
        if not self._has_ended:
            self._has_ended = True
            self.ended.emit(how)


@dataclass
class _Request:
    method: str
    params: dict[str, Any]
    handler: EventHandler
    cancelled: bool = False
    was_moved: bool = False


class WorkerClient(QObject):
    """Client of the shared worker: sends requests and delivers events to the callers.

    The worker is started with the first request, kept, and replaced when it dies. Everything
    happens on the thread that created the client, and nothing blocks it. Every request ends with
    exactly one `result`, `error` or `cancelled` event, also when the worker dies.

    Args:
        find_launch: Returns the worker to start; may raise PluginError.
        ready_timeout_ms: Time limit for a worker to become ready.
        cancel_grace_ms: Time limit for a worker to obey a `cancel` before it is killed.

    Signals:
        state_changed: `starting`, `ready` or `stopped`.
    """

    state_changed = pyqtSignal(str)

    def __init__(
        self,
        find_launch: Callable[[], Launch],
        parent: QObject | None = None,
        ready_timeout_ms: int = READY_TIMEOUT_MS,
        cancel_grace_ms: int = CANCEL_GRACE_MS,
    ) -> None:
        super().__init__(parent)
        self._find_launch = find_launch
        self._ready_timeout_ms = ready_timeout_ms
        self._cancel_grace_ms = cancel_grace_ms
        self._process: WorkerProcess | None = None
        self._requests: dict[str, _Request] = {}
        self._ids = itertools.count(1)
        self._closed = False

    @property
    def is_alive(self) -> bool:
        """True if a worker is running or starting."""
        return self._process is not None

    def request(self, method: str, params: dict[str, Any], handler: EventHandler) -> str:
        """Send a request to the worker.

        Args:
            method: A method of the protocol.
            params: Its parameters.
            handler: Receives every event of this request, never before this call has returned.

        Returns:
            The request's id, for `cancel`.
        """
        request_id = f"{method}-{next(self._ids)}"
        self._requests[request_id] = _Request(method, params, handler)
        if self._closed:
            QTimer.singleShot(0, lambda: self._deliver(request_id, {"event": "cancelled"}))
        else:
            self._send(request_id)
        return request_id

    def _send(self, request_id: str) -> None:
        request = self._requests[request_id]
        try:
            process = self._running_process()
        except PluginError as problem:
            event = error_event(problem)
            QTimer.singleShot(0, lambda: self._deliver(request_id, event))
            return
        process.send({"id": request_id, "method": request.method, "params": request.params})

    def cancel(self, request_id: str, keep: bool = False, patient: bool = False) -> None:
        """Stop a request; its worker is killed if it does not obey in time.

        Args:
            request_id: The value that `request` returned.
            keep: Keep a run's working files, so that it can be resumed.
            patient: Wait without a time limit: keeping the worker warm matters more than stopping
                at once.
        """
        request = self._requests.get(request_id)
        if request is None or self._process is None or request.cancelled:
            return
        request.cancelled = True
        process = self._process
        params = {"target": request_id, "keep": keep}
        process.send({"id": f"c-{request_id}", "method": "cancel", "params": params})
        if patient:
            return
        QTimer.singleShot(self._cancel_grace_ms, lambda: self._enforce(request_id, process))

    def close(self) -> None:
        """End the worker for good: QGIS closes, or the plugin is unloaded."""
        self._closed = True
        self.stop()

    def stop(self) -> None:
        """End the worker; pending requests receive `cancelled`.

        An active run keeps what it has computed, as with any end of the worker.
        """
        if self._process is not None:
            self._process.close(CLOSE_WAIT_MS)
            self._drop_process()
        for request_id in list(self._requests):
            self._deliver(request_id, {"event": "cancelled", "id": request_id})

    def _running_process(self) -> WorkerProcess:
        if self._process is None:
            process = WorkerProcess(self._find_launch(), self._ready_timeout_ms, self)
            process.event_received.connect(self._on_event)
            process.ended.connect(self._on_ended)
            self._process = process
            self.state_changed.emit("starting")
            process.start()
        return self._process

    def _enforce(self, request_id: str, process: WorkerProcess) -> None:
        if request_id in self._requests and process is self._process:
            log.warning("The worker did not stop when told to; it is being killed.")
            process.kill(stopped())

    def _on_event(self, event: Event) -> None:
        if event["event"] == "ready":
            self.state_changed.emit("ready")
        else:
            self._deliver(str(event.get("id", "")), event)

    def _on_ended(self, how: Ending) -> None:
        details = self._process.stderr.tail if self._process else ""
        has_lost_gpu = self._process is not None and self._process.has_lost_gpu
        self._drop_process()
        log.warning(how.text)
        problem = PluginError(how.text, tr(_DEATH_REMEDY), details, problem=how.problem)
        waiting = list(self._requests.items())
        killed_for_cancel = any(request.cancelled for _, request in waiting)
        for request_id, request in waiting:
            if request.cancelled:
                self._deliver(request_id, {"event": "cancelled", "id": request_id})
            elif not request.was_moved and (
                has_lost_gpu or (killed_for_cancel and request.method != "run")
            ):
                # A request that merely queued behind another goes to the next worker: the one that
                # lost the GPU was answered before.
                request.was_moved = True
                self._send(request_id)
            else:
                self._deliver(request_id, {**error_event(problem), "id": request_id})

    def _deliver(self, request_id: str, event: Event) -> None:
        request = self._requests.get(request_id)
        if request is None:
            return
        if event["event"] in protocol.TERMINAL:
            del self._requests[request_id]
        request.handler(event)

    def _drop_process(self) -> None:
        if self._process is not None:
            self._process.deleteLater()
            self._process = None
            self.state_changed.emit("stopped")
