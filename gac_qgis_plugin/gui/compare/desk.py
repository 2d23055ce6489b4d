"""What the desk is about: one run of the project, and what can be done with it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from qgis.core import QgsMapLayer, QgsProject, QgsRasterLayer
from qgis.gui import QgisInterface
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from gac_qgis_plugin.contract import layout
from gac_qgis_plugin.differences import show_difference
from gac_qgis_plugin.display import FITTED, LAYER, DisplayRange, fitted_range, keep_range
from gac_qgis_plugin.gui.compare import blink
from gac_qgis_plugin.gui.compare.range_choice import LayerDialog
from gac_qgis_plugin.gui.compare.readings import Probe
from gac_qgis_plugin.gui.compare.swipe_tool import SwipeTool
from gac_qgis_plugin.gui.messages import show_problem
from gac_qgis_plugin.results import (
    ResultRun,
    find_runs,
    folder_of,
    image_of,
    layer_label,
    radar_layers_of,
    run_in,
    stage_of,
)
from gac_qgis_plugin.sar_source import is_synthetic
from gac_qgis_plugin.styles import apply_range, apply_style, range_like
from gac_qgis_plugin.toolbelt.problem import PluginError


class Desk(QObject):
    """Knows the run that is being looked at, and does what panel, keys and menus ask for.

    Signals:
        changed: Other runs, another run, another look.
        export_wanted: The user wants to export the run.
    """

    changed = pyqtSignal()
    export_wanted = pyqtSignal()

    def __init__(self, iface: QgisInterface, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._iface = iface
        self._project = QgsProject.instance()
        self._root = self._project.layerTreeRoot()
        self._folder: Path | None = None
        self._radar_key: tuple[Path, bool, frozenset[str]] | None = None
        self._radar_ids: list[str] = []
        self.swipe = SwipeTool(iface.mapCanvas())
        # One step of the user's is many signals of QGIS's.
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self.changed)
        self._signals = [
            (self._root.addedChildren, self._touch),
            (self._root.removedChildren, self._touch),
            (self._root.visibilityChanged, self._touch),
            (self._root.nameChanged, self._touch),
            (self._project.readProject, self._touch),
            (iface.layerTreeView().currentLayerChanged, self._on_current_layer),
        ]
        for signal, slot in self._signals:
            signal.connect(slot)

    def close(self) -> None:
        """Gives the map back and lets go of the project."""
        self.swipe.close()
        self._timer.stop()
        if not sip.isdeleted(self._root):
            for signal, slot in self._signals:
                signal.disconnect(slot)

    def runs(self) -> list[ResultRun]:
        """The runs in the project."""
        return find_runs(self._project)

    def run(self) -> ResultRun | None:
        """The run that is being looked at; None: there is none in the project."""
        return blink.current_run(self.runs(), self._folder)

    def choose(self, folder: Path) -> None:
        """Looks at another run."""
        self._folder = folder
        self._touch()

    def probe(self) -> Probe | None:
        """What reads values of the run."""
        run = self.run()
        return None if run is None else Probe(run, self._project)

    def layers(self) -> list[QgsRasterLayer]:
        """What can be compared side by side: the run's radar and stages, its differences."""
        run = self.run()
        if run is None:
            return []
        return [
            *self._radar_of(run),
            *run.stages.values(),
            *(node.layer() for node in run.differences),
        ]

    def step(self, by: int = 1) -> None:
        """Shows the next stage in place, or the one before."""
        run = self.run()
        if run is not None:
            blink.show_step(run, blink.next_step(run, by))

    def show_step(self, step: int) -> None:
        """Shows one stage in place; 0: what lies beneath."""
        run = self.run()
        if run is not None:
            blink.show_step(run, step)

    def set_style(self, key: str) -> None:
        """Gives all stages of the run a style."""
        run = self.run()
        if run is not None:
            self._try(partial(apply_style, run.stages, key))
            self._touch()

    def choose_range(self, origin: str) -> None:
        """Gives all stages of the run the range that the user wants; asks which layer lends it."""
        run = self.run()
        if run is None:
            return
        if origin == LAYER:
            own = [*run.stages.values(), *(node.layer() for node in run.differences)]
            dialog = LayerDialog(own, self._iface.mainWindow())
            dialog.chosen.connect(partial(self.take_range, run.folder))
            dialog.open()
        elif origin == FITTED:
            self._set_range(run, fitted_range([image_of(run.stages[max(run.nodes)])]))
        else:
            self._set_range(run, DisplayRange())
        # Whatever becomes of it: what is chosen now is what the run has.
        self._touch()

    def take_range(self, folder: Path, layer: QgsRasterLayer) -> None:
        """Gives all stages of a run the range of another layer."""
        run = run_in(self._project, folder)
        if run is not None:
            self._try(lambda: self._set_range(run, range_like(layer)))
            self._touch()

    def show_difference(self, later: int, earlier: int) -> None:
        """Shows what a stage changed of one before it."""
        run = self.run()
        if run is not None:
            self._try(partial(show_difference, run, later, earlier, self._project))

    def begin_swipe(self, layers: list[QgsRasterLayer]) -> None:
        """Wipes between two layers; of the run's own choice if none are given."""
        if len(layers) != 2:
            known = self.layers()
            stages = [layer for layer in known if stage_of(layer) is not None]
            others = [layer for layer in known if layer not in stages]
            layers = [*(stages[:1] if len(stages) > 1 else others[:1]), *stages[-1:]]
        if len(layers) == 2:
            self.swipe.begin(layers, [swipe_label(layer) for layer in layers])

    def _set_range(self, run: ResultRun, display: DisplayRange) -> None:
        apply_range(run.stages, display)
        keep_range(run.folder, display)

    def _radar_of(self, run: ResultRun) -> list[QgsRasterLayer]:
        """The run's radar; looked for only when layers have come or gone."""
        present = self._project.mapLayers()
        key = run.folder, (run.folder / layout.RECORD).exists(), frozenset(present)
        if key != self._radar_key:
            found = radar_layers_of(run, self._project)
            self._radar_key, self._radar_ids = key, [layer.id() for layer in found]
        return [present[each] for each in self._radar_ids]

    def _try(self, action: Any) -> None:
        try:
            action()
        except PluginError as problem:
            show_problem(self._iface, problem)

    def _on_current_layer(self, layer: QgsMapLayer | None) -> None:
        if isinstance(layer, QgsRasterLayer) and stage_of(layer) is not None:
            self.choose(folder_of(layer))

    def _touch(self, *_: Any) -> None:
        self._timer.start()


def swipe_label(layer: QgsRasterLayer) -> str:
    """What the map calls a side."""
    label = layer_label(layer)
    return f"{label} · SYNTHETIC" if is_synthetic(layer) else label
