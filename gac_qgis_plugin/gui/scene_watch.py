"""Asks the worker about the input or the run, whenever what it is asked about changes."""

from __future__ import annotations

from typing import Any, Callable

from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.worker.client import WorkerClient
from gac_qgis_plugin.worker.protocol import NO_WORKER, Event, outcome_of

SETTLE_MS = 150
"""One choice of a layer changes several widgets: asked once, when they have settled."""


class SceneWatch(QObject):
    """Keeps what is known about the radar input, or about the run, up to date.

    Args:
        client: The shared worker.
        params: Gives what is asked about in the fields of the protocol; may raise PluginError.
        method: The protocol's `inspect`, or another quick one.

    Signals:
        asked: A question about another input, not only another area, is on its way.
        answered: The SceneInfo of the input as it is now.
        refused: A PluginError: the input cannot be used.
        unanswered: There is no worker, which is told elsewhere.
    """

    asked = pyqtSignal()
    answered = pyqtSignal(dict)
    refused = pyqtSignal(object)
    unanswered = pyqtSignal()

    def __init__(
        self,
        client: WorkerClient,
        params: Callable[[], dict[str, Any]],
        parent: QObject | None = None,
        method: str = "inspect",
    ) -> None:
        super().__init__(parent)
        self._client = client
        self._params = params
        self._method = method
        self._asking: dict[str, Any] = {}
        self._is_waiting = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MS)
        self._timer.timeout.connect(self._ask)

    def touch(self) -> None:
        """The input or the area may have changed.

        However often that is, the worker has one question at a time to answer: a pan of the map
        must not queue up a hundred of them behind a run.
        """
        self._timer.start()

    def _ask(self) -> None:
        try:
            params = self._params()
        except PluginError as problem:
            self._asking = {}
            self.refused.emit(problem)
            return
        is_other = _input(params) != _input(self._asking)
        self._asking = params
        if is_other:
            self.asked.emit()
        if not self._is_waiting:
            self._send()

    def _send(self) -> None:
        params = self._asking
        self._is_waiting = True
        self._client.request(self._method, params, lambda event: self._on_event(params, event))

    def _on_event(self, params: dict[str, Any], event: Event) -> None:
        outcome = outcome_of(event)
        if outcome is None:
            return
        self._is_waiting = False
        if params is not self._asking:
            # An answer about an earlier choice comes too late to be of use.
            if self._asking:
                self._send()
        elif outcome.state == "done":
            self.answered.emit(outcome.result)
        elif event.get("code") == NO_WORKER:
            self._asking = {}
            self.unanswered.emit()
        elif outcome.problem is not None:
            self.refused.emit(outcome.problem)


def _input(params: dict[str, Any]) -> dict[str, Any]:
    """A question without its area."""
    return {key: value for key, value in params.items() if not key.startswith("extent")}
