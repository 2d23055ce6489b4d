"""Layers that show the difference between two stages."""

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
    """Show the difference of a stage to an earlier one, on top of the run's group.

    Returns:
        The layer's node in the layer panel; an existing one is reused.

    Raises:
        PluginError: If it cannot be computed.
    """
    path = difference_raster(run.folder, later, earlier)
    node = shown_extra(run, path)
    if node is not None:
        node.setItemVisibilityCheckedParentRecursive(True)
        return node
    mark = f"v{later} − v{earlier}"
    title = tr("{} · difference (SYNTHETIC)").format(mark)
    # QGIS reads statistics of a layer's first data source; for a computed raster that is slow.
    image = str(result_file(run.folder, later))
    layer = QgsRasterLayer(image, title, "gdal", QgsRasterLayer.LayerOptions(False))
    load_qml(layer, "difference")
    layer.setDataSource(str(path), title, "gdal", QgsDataProvider.ProviderOptions(), False)
    if not layer.isValid():
        raise PluginError(tr("QGIS cannot read {}.").format(path), "", layer.error().summary())
    return add_extra(layer, run, mark, "difference", project)


def shown_extra(run: ResultRun, path: Path) -> QgsLayerTreeLayer | None:
    """Return the node of a layer derived from a run's results, if it is in the project."""
    nodes = (node for node in run.differences if node.layer().source() == str(path))
    return next(nodes, None)


def add_extra(
    layer: QgsRasterLayer, run: ResultRun, mark: str, style: str, project: QgsProject
) -> QgsLayerTreeLayer:
    """Add a layer derived from a run's results on top of the run's group.

    Args:
        layer: The layer.
        run: The run.
        mark: Its name in lists.
        style: Its QML file, without the suffix.
        project: The run's project.
    """
    load_qml(layer, style)
    layer.setCustomProperty(SYNTHETIC_PROPERTY, True)
    layer.setCustomProperty(DIFFERENCE_PROPERTY, mark)
    set_times(layer, read_record(run.folder))
    group = run.group or project.layerTreeRoot()
    project.addMapLayer(layer, False)
    node = group.insertLayer(0, layer)
    # Its legend is needed to read it; the layer panel ignores an expansion that changes nothing.
    node.setExpanded(False)
    node.setExpanded(True)
    return node
