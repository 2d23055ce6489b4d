"""Maps of a run's reliability: agreement with the radar, doubt, spread of samples."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qgis.core import QgsLayerTreeLayer, QgsProject, QgsRasterLayer

from gac_qgis_plugin.contract import layout
from gac_qgis_plugin.differences import add_extra, shown_extra
from gac_qgis_plugin.results import ResultRun
from gac_qgis_plugin.toolbelt import records
from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.records import Card, RunRecord
from gac_qgis_plugin.toolbelt.words import tr


@dataclass(frozen=True)
class MapOrder:
    """Request for a map of a run, computed by the worker.

    Attributes:
        folder: The run's folder.
        path: Path of the map.
        method: The worker's method.
        params: Its parameters.
        mark: The map's name in lists.
        title: The layer's name.
        style: Its QML file, without the suffix.
    """

    folder: Path
    path: Path
    method: str
    params: dict[str, Any]
    mark: str
    title: str
    style: str


def agreement_order(folder: Path, stage: int) -> MapOrder:
    """Return the request for a map of a stage's agreement with the radar."""
    mark = tr("v{} and radar").format(stage)
    title = tr("v{} · agreement with the radar (SYNTHETIC)").format(stage)
    return _of_stage("agreement", folder, stage, mark, title)


def doubt_order(folder: Path, stage: int) -> MapOrder:
    """Return the request for a map of the adversary's doubt in a stage."""
    mark = tr("doubt in v{}").format(stage)
    title = tr("v{} · doubt of the adversary (SYNTHETIC)").format(stage)
    return _of_stage("doubt", folder, stage, mark, title)


def spread_order(folder: Path, seeds: int) -> MapOrder:
    """Return the request for a map of the spread of samples over several seeds."""
    return MapOrder(
        folder,
        folder / "spread.tif",
        "spread",
        {"run": str(folder), "seeds": seeds},
        tr("spread"),
        tr("Spread of {} samples; understates error (SYNTHETIC)").format(seeds),
        "spread",
    )


def show_map(order: MapOrder, run: ResultRun, project: QgsProject) -> QgsLayerTreeLayer:
    """Show an existing map on top of the run's group, or reload its layer.

    Raises:
        PluginError: If QGIS cannot read it.
    """
    node = shown_extra(run, order.path)
    if node is not None:
        node.layer().reload()
        node.layer().setName(order.title)
        return node
    layer = QgsRasterLayer(str(order.path), order.title, "gdal", QgsRasterLayer.LayerOptions(False))
    if not layer.isValid():
        raise PluginError(
            tr("QGIS cannot read {}.").format(order.path), "", layer.error().summary()
        )
    return add_extra(layer, run, order.mark, order.style, project)


def map_files(folder: Path) -> list[Path]:
    """Return the paths of a run's maps, whether or not they exist."""
    orders = [make(folder, stage) for make in (agreement_order, doubt_order) for stage in (1, 2, 3)]
    return [*(order.path for order in orders), folder / "spread.tif"]


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
    reading = records.read(card, Card)
    return not reading.damage and not reading.values.get("grounding", {}).get("critic")


def _of_stage(kind: str, folder: Path, stage: int, mark: str, title: str) -> MapOrder:
    """Return the request for a map of one stage; `kind` names its method, file and style."""
    path, params = folder / f"{kind}_v{stage}.tif", {"run": str(folder), "stage": stage}
    return MapOrder(folder, path, kind, params, mark, title, kind)
