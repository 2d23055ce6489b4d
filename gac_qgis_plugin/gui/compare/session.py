"""The run that is being compared, and the actions on it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from qgis.core import QgsMapLayer, QgsProject, QgsRasterLayer
from qgis.gui import QgisInterface
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from gac_qgis_plugin.contract import layout
from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.display import FITTED, LAYER, DisplayRange, fitted_range, save_range
from gac_qgis_plugin.engine_inputs import is_synthetic
from gac_qgis_plugin.gui.compare.range_choice import LayerDialog
from gac_qgis_plugin.gui.compare.readout import Probe
from gac_qgis_plugin.gui.compare.swipe_tool import SwipeTool
from gac_qgis_plugin.gui.messages import show_problem
from gac_qgis_plugin.labels import mark_of
from gac_qgis_plugin.maps import show_difference
from gac_qgis_plugin.results import (
    ResultRun,
    find_runs,
    folder_of,
    image_of,
    layer_label,
    missing_file,
    observed_of,
    radar_layers_of,
    run_in,
    stage_of,
)
from gac_qgis_plugin.styles import apply_range, apply_style, range_like

RADAR = 0
"""The step in which all stages are hidden, so that the map shows what lies beneath the group."""


def steps(run: ResultRun) -> list[int]:
    """Return the available steps: the radar, and the existing stages."""
    return [RADAR, *sorted(run.nodes)]


def shown_step(run: ResultRun) -> int | None:
    """Return the step that the map shows; None if several stages are on."""
    visible = [stage for stage, node in run.nodes.items() if node.itemVisibilityChecked()]
    if any(node.itemVisibilityChecked() for node in run.differences):
        return None
    if not visible:
        return RADAR
    return visible[0] if len(visible) == 1 else None


def show_step(run: ResultRun, step: int) -> None:
    """Show one stage of a run, or none, without switching anything outside the run's group.

    The group itself is switched on, as a hidden group shows nothing.
    """
    if run.group is not None and step != RADAR:
        run.group.setItemVisibilityChecked(True)
    # Show the new one first: otherwise the map would flash what lies beneath.
    if step in run.nodes:
        run.nodes[step].setItemVisibilityChecked(True)
    for stage, node in run.nodes.items():
        if stage != step:
            node.setItemVisibilityChecked(False)
    for node in run.differences:
        node.setItemVisibilityChecked(False)


def next_step(run: ResultRun, by: int) -> int:
    """Return the step after (`by` 1) or before (`by` -1) the one that the map shows."""
    order = steps(run)
    step = shown_step(run)
    if step is None:
        # Several are on: start from the visible one, the topmost, which is the last stage.
        step = order[-1]
    return order[(order.index(step) + by) % len(order)]


def current_run(runs: list[ResultRun], folder: object) -> ResultRun | None:
    """Return the run of a folder, or the uppermost one."""
    return next((run for run in runs if run.folder == folder), runs[0] if runs else None)


class ComparisonSession(QObject):
    """The selected run, and the actions of panel, keys and menus on it.

    Signals:
        changed: The runs, the selected run, or its style have changed.
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
        # One action of the user emits many of QGIS's signals.
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
        """Release the map and disconnect from the project."""
        self.swipe.close()
        self._timer.stop()
        if not sip.isdeleted(self._root):
            for signal, slot in self._signals:
                signal.disconnect(slot)

    def runs(self) -> list[ResultRun]:
        """Return the runs in the project."""
        return find_runs(self._project)

    def run(self) -> ResultRun | None:
        """Return the selected run, or None if the project has none."""
        return current_run(self.runs(), self._folder)

    def choose(self, folder: Path) -> None:
        """Select another run."""
        self._folder = folder
        self._touch()

    def probe(self) -> Probe | None:
        """Return a probe for values of the run."""
        run = self.run()
        return None if run is None else Probe(run, self._project)

    def layers(self) -> list[QgsRasterLayer]:
        """Return the layers that can be swiped: the run's radar and stages, its differences."""
        run = self.run()
        if run is None:
            return []
        return [
            *self._radar_of(run),
            *run.stages.values(),
            *(node.layer() for node in run.differences),
        ]

    def step(self, by: int = 1) -> None:
        """Show the next stage in place, or the previous one."""
        run = self.run()
        if run is not None:
            show_step(run, next_step(run, by))

    def show_step(self, step: int) -> None:
        """Show one stage in place; 0 shows what lies beneath."""
        run = self.run()
        if run is not None:
            show_step(run, step)

    def set_style(self, key: str) -> None:
        """Apply a style to all stages of the run."""
        run = self.run()
        if run is not None:
            self._try(partial(apply_style, run.stages, key))
            self._touch()

    def choose_range(self, origin: str) -> None:
        """Apply a range to all stages of the run; for another layer's range, ask for the layer."""
        run = self.run()
        if run is None:
            return
        if origin == LAYER:
            excluded = [*run.stages.values(), *(node.layer() for node in run.differences)]
            dialog = LayerDialog(excluded, self._iface.mainWindow())
            dialog.chosen.connect(partial(self.take_range, run.folder))
            dialog.open()
        elif origin == FITTED:
            self._set_range(run, fitted_range([image_of(run.stages[max(run.nodes)])]))
        else:
            self._set_range(run, DisplayRange())
        # In any case the combo box must show the run's actual range.
        self._touch()

    def take_range(self, folder: Path, layer: QgsRasterLayer) -> None:
        """Apply another layer's range to all stages of a run."""
        run = run_in(self._project, folder)
        if run is not None:
            self._try(lambda: self._set_range(run, range_like(layer)))
            self._touch()

    def show_difference(self, later: int, earlier: int) -> None:
        """Show the difference between two stages."""
        run = self.run()
        if run is not None:
            self._try(partial(show_difference, run, later, earlier, self._project))

    def begin_swipe(self, layers: list[QgsRasterLayer]) -> None:
        """Swipe between two layers, by default between the run's first and last."""
        if len(layers) != 2:
            available = self.layers()
            stages = [layer for layer in available if stage_of(layer) is not None]
            others = [layer for layer in available if layer not in stages]
            layers = [*(stages[:1] if len(stages) > 1 else others[:1]), *stages[-1:]]
        missing = [path for path in map(missing_file, layers) if path is not None]
        if missing:
            show_problem(self._iface, missing_error(missing[0]))
            self._touch()
        elif len(layers) == 2:
            self.swipe.begin(layers, [swipe_label(layer) for layer in layers])

    def swipe_over_radar(self) -> None:
        """Swipe between the run's radar and its last stage, or its stages if the radar is gone."""
        run = self.run()
        radar = [] if run is None else self._radar_of(run)[:1]
        self.begin_swipe([*radar, run.stages[max(run.nodes)]] if run is not None and radar else [])

    def _set_range(self, run: ResultRun, display: DisplayRange) -> None:
        apply_range(run.stages, display)
        save_range(run.folder, display)

    def _radar_of(self, run: ResultRun) -> list[QgsRasterLayer]:
        """Return the run's radar; searched only when layers were added or removed."""
        project_layers = self._project.mapLayers()
        key = run.folder, (run.folder / layout.RECORD).exists(), frozenset(project_layers)
        if key != self._radar_key:
            layers = radar_layers_of(run, self._project)
            self._radar_key, self._radar_ids = key, [layer.id() for layer in layers]
        return [project_layers[each] for each in self._radar_ids]

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


def missing_error(path: Path) -> PluginError:
    """Return the error for a layer whose file is gone."""
    return PluginError(
        tr("The file {} is no longer there.").format(path),
        tr("Put it back, or remove its layer and run again."),
        problem="compared-file-missing",
    )


def swipe_label(layer: QgsRasterLayer) -> str:
    """Return the map's label of a side."""
    label = layer_label(layer)
    return f"{label} · {mark_of(observed_of(layer))}" if is_synthetic(layer) else label
