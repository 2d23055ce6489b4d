"""A request to the worker as a QGIS task, with progress and cancellation."""

from __future__ import annotations

import queue
import time
import traceback
from typing import Any

from qgis.core import QgsTask
from qgis.PyQt.QtCore import pyqtSignal

from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.words import tr
from gac_qgis_plugin.worker.client import WorkerClient
from gac_qgis_plugin.worker.protocol import Event, Outcome, outcome_of

POLL_S = 0.1
CANCEL_LIMIT_S = 2.0
"""Seconds until a stopped task ends without an answer, e.g. when QGIS is closing."""


class WorkerTask(QgsTask):
    """QGIS task that supervises a request in the shared worker.

    The worker's process lives on the main thread; its events reach `run()`, which QGIS calls on
    another thread, through a queue. The signals below arrive on the main thread again.

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
    _start_wanted = pyqtSignal()
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
        self._events: queue.Queue[Event] = queue.Queue()
        self._outcome = Outcome("stopped")
        self._start_wanted.connect(self._ask_worker)
        self._cancel_wanted.connect(self._cancel_worker)

    def run(self) -> bool:
        """Follow the request to its end. Called by QGIS on another thread."""
        try:
            self._outcome = self._follow()
            self._tidy_up()
        except Exception as error:  # an exception that escapes from here aborts QGIS
            problem = PluginError(
                tr("The run could not be supervised: {}.").format(error),
                tr("This is a fault of the plugin; please report it with the details."),
                traceback.format_exc(),
            )
            self._outcome = Outcome("failed", problem=problem)
        return self._outcome.state == "done"

    def cancel(self) -> None:
        """Stop the request; an unresponsive worker is killed."""
        super().cancel()
        self._cancel_wanted.emit()

    def abandon(self) -> None:
        """Stop the request when there is no worker left to answer."""
        self._events.put({"event": "cancelled"})
        self.cancel()

    def finished(self, result: bool) -> None:
        """Emit the outcome. Called by QGIS on the main thread."""
        self.ended.emit(self._outcome)

    def _follow(self) -> Outcome:
        self._start_wanted.emit()
        cancelled_at: float | None = None
        while True:
            if self.isCanceled():
                now = time.monotonic()
                cancelled_at = cancelled_at or now
                if now > cancelled_at + CANCEL_LIMIT_S:
                    return self._broken_off()
            try:
                event = self._events.get(timeout=POLL_S)
            except queue.Empty:
                continue
            outcome = outcome_of(event)
            if outcome is not None:
                return self._broken_off() if outcome.state == "cancelled" else outcome
            self._pass_on(event)

    def _broken_off(self) -> Outcome:
        return Outcome("stopped" if self._keep else "cancelled")

    def _tidy_up(self) -> None:
        """Clean up after the request, still on the other thread."""

    def _pass_on(self, event: Event) -> None:
        if event["event"] == "progress":
            self.setProgress(float(event.get("percent") or 0.0))
            self.progressed.emit(event)

    def _ask_worker(self) -> None:
        if self.isCanceled():
            self._events.put({"event": "cancelled"})
        else:
            self._request_id = self._client.request(self._method, self._params, self._events.put)

    def _cancel_worker(self) -> None:
        self._client.cancel(self._request_id, keep=self._keep)
