"""Client of the warm worker that all parts of the plugin share."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any, Callable

from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from gac_qgis_plugin.toolbelt import log
from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.words import later, tr
from gac_qgis_plugin.worker.endings import stopped
from gac_qgis_plugin.worker.launch import Launch
from gac_qgis_plugin.worker.process import WorkerProcess
from gac_qgis_plugin.worker.protocol import TERMINAL, Event, EventHandler, error_event

READY_TIMEOUT_MS = 120_000
CANCEL_GRACE_MS = 1_200
CLOSE_WAIT_MS = 500

_DEATH_REMEDY = later(
    "The worker starts anew with the next run. If it happens again, choose a smaller area or the "
    "CPU (Advanced, Device), and see the log panel 'GAC'."
)


@dataclass
class _Request:
    method: str
    params: dict[str, Any]
    handler: EventHandler
    cancelled: bool = False


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
            return request_id
        try:
            process = self._running_process()
        except PluginError as problem:
            event = error_event(problem)
            QTimer.singleShot(0, lambda: self._deliver(request_id, event))
            return request_id
        process.send({"id": request_id, "method": method, "params": params})
        return request_id

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

    def _on_ended(self, how: str) -> None:
        details = self._process.stderr.last_words if self._process else ""
        self._drop_process()
        log.warning(how)
        problem = PluginError(how, tr(_DEATH_REMEDY), details)
        waiting = list(self._requests.items())
        killed_for_cancel = any(request.cancelled for _, request in waiting)
        for request_id, request in waiting:
            if request.cancelled:
                self._deliver(request_id, {"event": "cancelled", "id": request_id})
            elif killed_for_cancel and request.method != "run":
                # A request that merely queued behind the run goes to the next worker.
                self._requests.pop(request_id, None)
                self.request(request.method, request.params, request.handler)
            else:
                self._deliver(request_id, {**error_event(problem), "id": request_id})

    def _deliver(self, request_id: str, event: Event) -> None:
        request = self._requests.get(request_id)
        if request is None:
            return
        if event["event"] in TERMINAL:
            del self._requests[request_id]
        request.handler(event)

    def _drop_process(self) -> None:
        if self._process is not None:
            self._process.deleteLater()
            self._process = None
            self.state_changed.emit("stopped")
