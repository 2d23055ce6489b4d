"""Preview of one tile, computed by the worker into a temporary folder."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from qgis.core import QgsRasterLayer
from qgis.PyQt.QtCore import QObject, pyqtSignal

from gac_qgis_plugin.display import FITTED, fitted_range, new_range
from gac_qgis_plugin.layers import make_stage_layer
from gac_qgis_plugin.results import image_of
from gac_qgis_plugin.styles import TRUE_COLOUR, apply_style, range_of, renew_range
from gac_qgis_plugin.toolbelt import log
from gac_qgis_plugin.toolbelt.engine_words import translated
from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.worker.client import WorkerClient
from gac_qgis_plugin.worker.protocol import Event, outcome_of

PREFIX = "gac-lens-"


class Preview(QObject):
    """Preview of one tile at a time by the worker; nothing is added to the project.

    Signals:
        stage_found: Another stage is available; its number.
        told: The worker's progress message.
        failed: The PluginError that ended it.
        done: All stages are available.
    """

    stage_found = pyqtSignal(int)
    told = pyqtSignal(str)
    failed = pyqtSignal(object)
    done = pyqtSignal()

    def __init__(self, client: WorkerClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._folder: Path | None = None
        self._request = ""
        self._style = TRUE_COLOUR
        self.layers: dict[int, QgsRasterLayer] = {}

    @property
    def is_computing(self) -> bool:
        """True while the worker computes the tile."""
        return bool(self._request)

    def ask(self, params: dict[str, Any], style: str) -> None:
        """Request a tile, replacing the previous one.

        Args:
            params: A run around the position, as fields of the engine's request, without `out`.
            style: Style of its stages.
        """
        self.drop()
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        self._folder, self._style = folder, style

        def on_event(event: Event) -> None:
            self._on_event(folder, event)

        request = {**params, "out": str(folder / "tile")}
        self._request = self._client.request("preview", request, on_event)

    def drop(self) -> None:
        """Drop the tile; the worker stops computing it."""
        self.layers = {}
        folder, self._folder = self._folder, None
        request, self._request = self._request, ""
        if request:
            # The folder is removed once the worker has released it. While models load, the worker
            # does not respond; if killed for that, it would have to load them again for the next
            # click.
            self._client.cancel(request, patient=True)
        elif folder is not None:
            shutil.rmtree(folder, ignore_errors=True)

    def _on_event(self, folder: Path, event: Event) -> None:
        outcome = outcome_of(event)
        if folder != self._folder:
            if outcome is not None:
                shutil.rmtree(folder, ignore_errors=True)
            return
        if event["event"] == "progress":
            self.told.emit(translated(str(event.get("message") or "")))
        elif event["event"] == "stage":
            self._add(event)
        if outcome is None:
            return
        self._request = ""
        if outcome.state == "done":
            self._fit_range()
            self.done.emit()
            return
        self.drop()
        if outcome.problem is not None:
            self.failed.emit(outcome.problem)

    def _add(self, event: Event) -> None:
        stage, path = int(event["stage"]), str(event["path"])
        try:
            display = range_of(self.layers) if self.layers else new_range([Path(path)])
            layer = make_stage_layer(path, stage, "", event.get("gac"), display)
            apply_style({stage: layer}, self._style)
        except PluginError as problem:
            log.failure(problem)
            return
        self.layers[stage] = layer
        self.stage_found.emit(stage)

    def _fit_range(self) -> None:
        """Fit the range to the highest stage, if the default for new results is a fitted range."""
        if self.layers and range_of(self.layers).origin == FITTED:
            highest = image_of(self.layers[max(self.layers)])
            renew_range(self.layers, fitted_range([highest]))
