"""Line about the worker: starting, its device, or why there is none."""

from __future__ import annotations

from html import escape

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from gac_qgis_plugin.gui.widgets import NoteLabel, alert
from gac_qgis_plugin.toolbelt.engine_words import translated
from gac_qgis_plugin.toolbelt.words import tr
from gac_qgis_plugin.worker.client import WorkerClient
from gac_qgis_plugin.worker.protocol import Event, outcome_of


class WorkerLine(NoteLabel):
    """Line with the worker's state and device.

    Signals:
        bundles_found: The bundles it can run: a list of the protocol's BundleInfo.
        greeted: The worker is running and has loaded its libraries.
    """

    bundles_found = pyqtSignal(list)
    greeted = pyqtSignal()

    def __init__(self, client: WorkerClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._client = client
        client.state_changed.connect(self._on_state)

    def ask_bundles(self) -> None:
        """Request the bundles; a worker started for that is asked for its device too."""
        self._client.request("bundles", {}, self._on_bundles)

    def _on_state(self, state: str) -> None:
        words = {
            "starting": tr("Worker: starting…"),
            "ready": tr("Worker: started, loading its libraries…"),
            "stopped": tr("Worker: stopped; it starts again with the next run."),
        }
        self.show_text(words[state])
        if state == "ready":
            self._client.request("hello", {}, self._on_hello)

    def _on_bundles(self, event: Event) -> None:
        outcome = outcome_of(event)
        if outcome is None:
            return
        if outcome.state == "done":
            self.bundles_found.emit(list(outcome.result.get("bundles") or []))
        elif outcome.problem is not None:
            self._show_failure(f"{outcome.problem.message} {outcome.problem.remedy}")

    def _on_hello(self, event: Event) -> None:
        outcome = outcome_of(event)
        if outcome is None:
            return
        if outcome.state == "done":
            device = outcome.result.get("device_name") or outcome.result.get("device") or "?"
            text = tr("Worker: ready, computes on {}")
            self.show_text(text.format(escape(translated(str(device)))))
            self.greeted.emit()
        elif outcome.problem is not None:
            self._show_failure(f"{outcome.problem.message} {outcome.problem.remedy}")

    def _show_failure(self, text: str) -> None:
        self.show_text(alert(text))
