"""Layers that show what a stage changed."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsDataProvider, QgsLayerTreeLayer, QgsProject, QgsRasterLayer

from gac_qgis_plugin.layer_metadata import read_record
from gac_qgis_plugin.layers import set_times
from gac_qgis_plugin.rasters.derived import difference_raster, result_file
from gac_qgis_plugin.results import DIFFERENCE_PROPERTY, ResultRun
from gac_qgis_plugin.sar_source import SYNTHETIC_PROPERTY
from gac_qgis_plugin.styles import load_qml
from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.words import tr


def show_difference(
    run: ResultRun, later: int, earlier: int, project: QgsProject
) -> QgsLayerTreeLayer:
    """Shows how a stage differs from one before, on top of the run's group.

    Returns:
        The layer's entry in the layer panel; the one that is there already, if there is one.

    Raises:
        PluginError: If it cannot be computed.
    """
    path = difference_raster(run.folder, later, earlier)
    known = shown_extra(run, path)
    if known is not None:
        known.setItemVisibilityCheckedParentRecursive(True)
        return known
    mark = f"v{later} − v{earlier}"
    title = tr("{} · difference (SYNTHETIC)").format(mark)
    # QGIS reads statistics of what a layer begins with; of a computed raster that is slow.
    image = str(result_file(run.folder, later))
    layer = QgsRasterLayer(image, title, "gdal", QgsRasterLayer.LayerOptions(False))
    load_qml(layer, "difference")
    layer.setDataSource(str(path), title, "gdal", QgsDataProvider.ProviderOptions(), False)
    if not layer.isValid():
        raise PluginError(tr("QGIS cannot read {}.").format(path), "", layer.error().summary())
    return add_extra(layer, run, mark, "difference", project)


def shown_extra(run: ResultRun, path: Path) -> QgsLayerTreeLayer | None:
    """The entry of a layer that was made of a run's results, if it is in the project."""
    nodes = (node for node in run.differences if node.layer().source() == str(path))
    return next(nodes, None)


def add_extra(
    layer: QgsRasterLayer, run: ResultRun, mark: str, style: str, project: QgsProject
) -> QgsLayerTreeLayer:
    """Puts a layer that was made of a run's results on top of the run's group.

    Args:
        layer: The layer.
        run: The run.
        mark: What lists call it.
        style: Its QML file, without the ending.
        project: The run's project.
    """
    load_qml(layer, style)
    layer.setCustomProperty(SYNTHETIC_PROPERTY, True)
    layer.setCustomProperty(DIFFERENCE_PROPERTY, mark)
    set_times(layer, read_record(run.folder))
    group = run.group or project.layerTreeRoot()
    project.addMapLayer(layer, False)
    node = group.insertLayer(0, layer)
    # Without its legend nobody can read it; the layer panel takes no note of what does not change.
    node.setExpanded(False)
    node.setExpanded(True)
    return node
