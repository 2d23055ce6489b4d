"""Layers about a run: differences, agreement, doubt, spread, and which pixels are observed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qgis.core import QgsDataProvider, QgsLayerTreeLayer, QgsPointXY, QgsProject, QgsRasterLayer

from gac_qgis_plugin.contract import layout
from gac_qgis_plugin.core import records
from gac_qgis_plugin.core.i18n import later, tr
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.core.records import ModelCard, RunRecord
from gac_qgis_plugin.engine_inputs import SYNTHETIC_PROPERTY
from gac_qgis_plugin.labels import remarked
from gac_qgis_plugin.layer_metadata import read_record
from gac_qgis_plugin.layer_order import raise_layers
from gac_qgis_plugin.layers import set_temporal_range
from gac_qgis_plugin.rasters import difference_raster, result_file
from gac_qgis_plugin.results import DIFFERENCE_PROPERTY, KINDS_PROPERTY, ResultRun, name_node
from gac_qgis_plugin.styles import load_qml


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
    node = derived_node(run, path)
    if node is not None:
        node.setItemVisibilityCheckedParentRecursive(True)
        return node
    mark = f"v{later} − v{earlier}"
    title = tr("{} · difference (SYNTHETIC)").format(mark)
    short = tr("{} difference").format(mark)
    # QGIS reads statistics of a layer's first data source; for a computed raster that is slow.
    image = str(result_file(run.folder, later))
    layer = QgsRasterLayer(image, title, "gdal", QgsRasterLayer.LayerOptions(False))
    load_qml(layer, "difference")
    layer.setDataSource(str(path), title, "gdal", QgsDataProvider.ProviderOptions(), False)
    if not layer.isValid():
        raise PluginError(
            tr("QGIS cannot read {}.").format(path),
            "",
            layer.error().summary(),
            problem="layer-unreadable",
        )
    return add_derived_layer(layer, run, mark, "difference", (short, title), project)


def derived_node(run: ResultRun, path: Path) -> QgsLayerTreeLayer | None:
    """Return the node of a layer derived from a run's results, if it is in the project."""
    nodes = (node for node in run.differences if node.layer().source() == str(path))
    return next(nodes, None)


def add_derived_layer(
    layer: QgsRasterLayer,
    run: ResultRun,
    mark: str,
    style: str,
    names: tuple[str, str],
    project: QgsProject,
) -> QgsLayerTreeLayer:
    """Add a layer derived from a run's results on top of the run's group.

    Args:
        layer: The layer.
        run: The run.
        mark: Its name in lists.
        style: Its QML file, without the suffix.
        names: Its short and its full name.
        project: The run's project.
    """
    load_qml(layer, style)
    layer.setCustomProperty(SYNTHETIC_PROPERTY, True)
    layer.setCustomProperty(DIFFERENCE_PROPERTY, mark)
    set_temporal_range(layer, read_record(run.folder))
    group = run.group or project.layerTreeRoot()
    project.addMapLayer(layer, False)
    node = group.insertLayer(0, layer)
    short, full = names
    name_node(node, short, remarked(full, run.observed))
    # Its legend is needed to read it; the layer panel ignores an expansion that changes nothing.
    node.setExpanded(False)
    node.setExpanded(True)
    raise_layers([layer], project)
    return node


@dataclass(frozen=True)
class MapRequest:
    """Request for a map of a run, computed by the worker.

    Attributes:
        folder: The run's folder.
        path: Path of the map.
        method: The worker's method.
        params: Its parameters.
        mark: The map's name in lists.
        names: The layer's short and its full name.
        style: Its QML file, without the suffix.
    """

    folder: Path
    path: Path
    method: str
    params: dict[str, Any]
    mark: str
    names: tuple[str, str]
    style: str


def agreement_request(folder: Path, stage: int) -> MapRequest:
    """Return the request for a map of a stage's agreement with the radar."""
    mark = tr("v{} and radar").format(stage)
    title = tr("v{} · agreement with the radar (SYNTHETIC)").format(stage)
    short = tr("v{} agreement").format(stage)
    return _of_stage("agreement", folder, stage, mark, (short, title))


def doubt_request(folder: Path, stage: int) -> MapRequest:
    """Return the request for a map of the adversary's doubt in a stage."""
    mark = tr("doubt in v{}").format(stage)
    title = tr("v{} · doubt of the adversary (SYNTHETIC)").format(stage)
    return _of_stage("doubt", folder, stage, mark, (tr("v{} doubt").format(stage), title))


def spread_request(folder: Path, seeds: int) -> MapRequest:
    """Return the request for a map of the spread of samples over several seeds."""
    return MapRequest(
        folder,
        folder / "spread.tif",
        "spread",
        {"run": str(folder), "seeds": seeds},
        tr("spread"),
        (
            tr("spread of {} samples").format(seeds),
            tr("Spread of {} samples; understates error (SYNTHETIC)").format(seeds),
        ),
        "spread",
    )


def show_map(request: MapRequest, run: ResultRun, project: QgsProject) -> QgsLayerTreeLayer:
    """Show an existing map on top of the run's group, or reload its layer.

    Raises:
        PluginError: If QGIS cannot read it.
    """
    node = derived_node(run, request.path)
    if node is not None:
        node.layer().reload()
        short, full = request.names
        name_node(node, short, remarked(full, run.observed))
        return node
    layer = QgsRasterLayer(
        str(request.path), request.names[0], "gdal", QgsRasterLayer.LayerOptions(False)
    )
    if not layer.isValid():
        raise PluginError(
            tr("QGIS cannot read {}.").format(request.path),
            "",
            layer.error().summary(),
            problem="layer-unreadable",
        )
    return add_derived_layer(layer, run, request.mark, request.style, request.names, project)


def map_files(folder: Path) -> list[Path]:
    """Return the paths of a run's maps and of its pixels' kinds, whether or not they exist."""
    makers = (agreement_request, doubt_request)
    requests = [make(folder, stage) for make in makers for stage in (1, 2, 3)]
    paths = (request.path for request in requests)
    return [*paths, folder / "spread.tif", folder / layout.OBSERVED]


def lacks_critic(record: RunRecord) -> bool:
    """Return whether a run's models are in place but have no adversary.

    If they are not in place, the worker looks for them elsewhere.

    Args:
        record: The run's run.json.
    """
    place = record.get("bundle", {}).get("path", "")
    card = Path(place) / layout.CARD
    if not place or not records.is_file(card):
        return False
    reading = records.read(card, ModelCard)
    return not reading.damage and not reading.values.get("grounding", {}).get("critic")


def _of_stage(kind: str, folder: Path, stage: int, mark: str, names: tuple[str, str]) -> MapRequest:
    """Return the request for a map of one stage; `kind` names its method, file and style."""
    path, params = folder / f"{kind}_v{stage}.tif", {"run": str(folder), "stage": stage}
    return MapRequest(folder, path, kind, params, mark, names, kind)


OBSERVED, GENERATED, BLENDED = 1, 2, 3
"""Values of the raster; 0 is no data (docs/architecture.md)."""

NAMES = {
    OBSERVED: later("observed"),
    GENERATED: later("generated"),
    BLENDED: later("blended"),
}
COLOURS = {OBSERVED: "#0072b2", GENERATED: "#d55e00", BLENDED: "#e69f00"}
"""After Okabe and Ito, as in `resources/styles/observed.qml`."""


def kinds_title() -> str:
    """Return the full name of the layer."""
    return tr("Observed and generated pixels")


def show_kinds(run: ResultRun, project: QgsProject) -> QgsLayerTreeLayer | None:
    """Add the layer of observed and generated pixels to the run's group, switched off.

    Returns:
        The layer's node; None if the run keeps no observed pixels.

    Raises:
        PluginError: If QGIS cannot read the raster.
    """
    path = run.folder / layout.OBSERVED
    if run.kinds is not None or not records.is_file(path):
        return run.kinds
    layer = QgsRasterLayer(str(path), kinds_title(), "gdal", QgsRasterLayer.LayerOptions(False))
    if not layer.isValid():
        raise PluginError(
            tr("QGIS cannot read {}.").format(path),
            "",
            layer.error().summary(),
            problem="layer-unreadable",
        )
    layer.setCustomProperty(KINDS_PROPERTY, True)
    names = tr("observed or generated"), kinds_title()
    node = add_derived_layer(layer, run, tr("observed"), "observed", names, project)
    node.setItemVisibilityChecked(False)
    node.setExpanded(False)
    return node


def mark_kinds(layer: QgsRasterLayer) -> None:
    """Set the style and marks of the layer of kinds outside of a run's group."""
    load_qml(layer, "observed")
    layer.setCustomProperty(SYNTHETIC_PROPERTY, True)
    layer.setCustomProperty(KINDS_PROPERTY, True)
    layer.setCustomProperty(DIFFERENCE_PROPERTY, tr("observed"))


@dataclass(frozen=True)
class PixelKind:
    """Kind of the pixel at a place.

    Attributes:
        number: 1 observed, 2 generated, 3 blended.
        source: Product and date of what was observed; "" if the record does not tell.
    """

    number: int
    source: str = ""

    @property
    def name(self) -> str:
        """Its name, in the user's language."""
        return tr(NAMES[self.number])


class KindReader:
    """Reader of the kinds of a run's pixels; a run without observed pixels has none."""

    def __init__(self, folder: Path) -> None:
        path = folder / layout.OBSERVED
        self._layer: QgsRasterLayer | None = None
        if records.is_file(path):
            layer = QgsRasterLayer(str(path), "", "gdal", QgsRasterLayer.LayerOptions(False))
            self._layer = layer if layer.isValid() else None
        observed = read_record(folder).get("observed", {})
        date = observed.get("date", "").partition("T")[0]
        self._source = ", ".join(filter(None, (observed.get("product"), date)))

    @property
    def layer(self) -> QgsRasterLayer | None:
        """The raster; None if there is none."""
        return self._layer

    def read(self, place: QgsPointXY) -> PixelKind | None:
        """Return the kind of the pixel at a point in the raster's CRS; None without data."""
        if self._layer is None or not self._layer.extent().contains(place):
            return None
        value, is_valid = self._layer.dataProvider().sample(place, 1)
        if not is_valid or value not in NAMES:
            return None
        number = int(value)
        return PixelKind(number, "" if number == GENERATED else self._source)
