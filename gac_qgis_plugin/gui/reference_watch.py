"""The engine's reading of the panel's optical reference, and the layer of what is clear in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable

from qgis.core import QgsApplication, QgsMapLayer, QgsProject, QgsRasterLayer
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QObject

from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.core.temporary import TemporaryFolders
from gac_qgis_plugin.engine_inputs import SYNTHETIC_PROPERTY, VIEW_PROPERTY
from gac_qgis_plugin.gui.input_group import WorkerQuery
from gac_qgis_plugin.gui.messages import show_problem
from gac_qgis_plugin.gui.optical_group import OpticalGroup
from gac_qgis_plugin.labels import percent, share_in
from gac_qgis_plugin.layer_order import raise_layers
from gac_qgis_plugin.styles import load_qml
from gac_qgis_plugin.worker.client import WorkerClient
from gac_qgis_plugin.worker.protocol import Outcome
from gac_qgis_plugin.worker.tasks import WorkerTask

CLEAR_PREFIX = "gac-clear-"
MAX_RADAR_BANDS = 2


class ReferenceWatch(QObject):
    """Keeper of what the group of the optical reference shows.

    Args:
        iface: QGIS's interface.
        client: The shared worker.
        group: The group.
        radar: Returns the radar as fields of `inspect`; may raise PluginError.

    Attributes:
        task: The task that makes the layer of what is clear; None: there is none.
    """

    def __init__(
        self,
        iface: QgisInterface,
        client: WorkerClient,
        group: OpticalGroup,
        radar: Callable[[], dict[str, Any]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._iface, self._client, self._group, self._radar = iface, client, group, radar
        self._temporary = TemporaryFolders(CLEAR_PREFIX)
        self._folders: list[Path] = []
        self._layer_id = ""
        self.task: WorkerTask | None = None
        self._query = WorkerQuery(client, self._params, self)
        self._query.asked.connect(group.show_waiting)
        self._query.answered.connect(group.show_scene)
        self._query.refused.connect(group.show_problem)
        self._query.unanswered.connect(group.show_nothing)
        group.clear_wanted.connect(self.show_clear)

    def touch(self) -> None:
        """Ask again, as the radar, the area or the reference may have changed."""
        if self._group.is_empty:
            self._group.show_nothing()
        self._query.touch()

    def show_clear(self) -> None:
        """Have the worker write what is clear, and add it to the project as a layer."""
        if self.task is not None:
            return
        try:
            params = self._params()
        except PluginError as problem:
            show_problem(self._iface, problem)
            return
        folder = self._temporary.make()
        self._folders.append(folder)
        request = {**params, "out": str(folder)}
        self.task = WorkerTask(tr("GAC: what is clear"), self._client, "clear", request)
        self.task.ended.connect(self._on_ended)
        self._group.clear_button.setEnabled(False)
        QgsApplication.taskManager().addTask(self.task)

    def close_task(self) -> None:
        """Abandon the task when the plugin is unloaded."""
        if self.task is not None:
            task, self.task = self.task, None
            task.ended.disconnect(self._on_ended)
            task.abandon()

    def drop(self) -> None:
        """Remove the layer and its files, which are temporary."""
        project = QgsProject.instance()
        if project.mapLayer(self._layer_id) is not None:
            project.removeMapLayer(self._layer_id)
        self._temporary.remove(*self._folders)
        self._folders.clear()

    def _params(self) -> dict[str, Any]:
        optical = self._group.params()
        if not optical:
            raise PluginError("", problem="no-optical-reference")
        return {**self._radar(), **optical}

    def _on_ended(self, outcome: Outcome) -> None:
        self.task = None
        self._group.clear_button.setEnabled(not self._group.is_empty)
        if outcome.problem is not None:
            show_problem(self._iface, outcome.problem)
        path = str(outcome.result.get("path") or "")
        if outcome.state == "done" and path:
            self._add(path, share_in(outcome.result.get("share")))

    def _add(self, path: str, share: float | None) -> None:
        """Add the layer in place of an earlier one."""
        project = QgsProject.instance()
        title = tr("Clear in Sentinel-2: {}").format(percent(share or 0.0))
        layer = QgsRasterLayer(path, title, "gdal", QgsRasterLayer.LayerOptions(False))
        if not layer.isValid():
            show_problem(
                self._iface,
                PluginError(tr("QGIS cannot read {}.").format(path), problem="layer-unreadable"),
            )
            return
        load_qml(layer, "clear")
        if project.mapLayer(self._layer_id) is not None:
            project.removeMapLayer(self._layer_id)
        project.addMapLayer(layer, False)
        project.layerTreeRoot().insertLayer(0, layer)
        raise_layers([layer], project)
        self._layer_id = layer.id()


def another_radar(optical: QgsMapLayer) -> QgsRasterLayer | None:
    """Return a layer of the project that may be radar beside an optical one."""
    for layer in QgsProject.instance().mapLayers().values():
        if not isinstance(layer, QgsRasterLayer) or layer.id() == optical.id():
            continue
        is_made = any(layer.customProperty(p, False) for p in (SYNTHETIC_PROPERTY, VIEW_PROPERTY))
        if layer.bandCount() <= MAX_RADAR_BANDS and not is_made:
            return layer
    return None
