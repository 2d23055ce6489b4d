"""Asks the worker what it makes of the radar input, whenever that changes."""

from __future__ import annotations

from typing import Any, Callable

from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.worker.client import WorkerClient
from gac_qgis_plugin.worker.protocol import NO_WORKER, Event, outcome_of

SETTLE_MS = 150
"""One choice of a layer changes several widgets: asked once, when they have settled."""


class SceneWatch(QObject):
    """Keeps what is known about the radar input up to date.

    Args:
        client: The shared worker.
        params: Gives the input in the fields of the protocol's `inspect`; may raise PluginError.

    Signals:
        asked: A question is on its way.
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
    ) -> None:
        super().__init__(parent)
        self._client = client
        self._params = params
        self._asking: dict[str, Any] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MS)
        self._timer.timeout.connect(self._ask)

    def touch(self) -> None:
        """The input may have changed."""
        self._timer.start()

    def _ask(self) -> None:
        try:
            params = self._params()
        except PluginError as problem:
            self._asking = {}
            self.refused.emit(problem)
            return
        self._asking = params
        self.asked.emit()
        self._client.request("inspect", params, lambda event: self._on_event(params, event))

    def _on_event(self, params: dict[str, Any], event: Event) -> None:
        outcome = outcome_of(event)
        # An answer about an earlier choice comes too late to be of use.
        if outcome is None or params is not self._asking:
            return
        if outcome.state == "done":
            self.answered.emit(outcome.result)
        elif event.get("code") == NO_WORKER:
            self.unanswered.emit()
        elif outcome.problem is not None:
            self.refused.emit(outcome.problem)
