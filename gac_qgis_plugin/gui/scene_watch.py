"""Requests to the worker about the input or the run, repeated when these change."""

from __future__ import annotations

from typing import Any, Callable

from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.worker.client import WorkerClient
from gac_qgis_plugin.worker.protocol import NO_WORKER, Event, outcome_of

SETTLE_MS = 150
"""Delay before a request: choosing a layer changes several widgets at once."""


class SceneWatch(QObject):
    """Up-to-date answer of the worker about the radar input, or about the run.

    Args:
        client: The shared worker.
        params: Returns the fields of the request; may raise PluginError.
        method: The protocol's `inspect`, or another quick one.

    Signals:
        asked: A request about another input, not only another area, was made.
        answered: The SceneInfo of the current input.
        refused: A PluginError: the input cannot be used.
        unanswered: There is no worker, which is reported elsewhere.
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
        """Schedule a request, as the input or the area may have changed.

        The worker has at most one pending request: panning the map must not queue up a hundred of
        them behind a run.
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
            # The answer to an outdated request is of no use.
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
    """Return a request's fields without its area."""
    return {key: value for key, value in params.items() if not key.startswith("extent")}
