"""Layers that tell how far to trust a run: agreement with the radar, the spread of samples."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qgis.core import QgsLayerTreeLayer, QgsProject, QgsRasterLayer

from gac_qgis_plugin.differences import add_extra, shown_extra
from gac_qgis_plugin.results import ResultRun
from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.words import tr


@dataclass(frozen=True)
class MapOrder:
    """A map that the worker is to make of a run.

    Attributes:
        folder: The run's.
        path: Where the map will be.
        method: The worker's method.
        params: Its parameters.
        mark: What the map is called in lists.
        title: What its layer is called.
        style: Its QML file, without the ending.
    """

    folder: Path
    path: Path
    method: str
    params: dict[str, Any]
    mark: str
    title: str
    style: str


def agreement_order(folder: Path, stage: int) -> MapOrder:
    """Where a stage agrees with the radar, and where it contradicts it."""
    return MapOrder(
        folder,
        folder / f"agreement_v{stage}.tif",
        "agreement",
        {"run": str(folder), "stage": stage},
        tr("v{} and radar").format(stage),
        tr("v{} · agreement with the radar (SYNTHETIC)").format(stage),
        "agreement",
    )


def spread_order(folder: Path, seeds: int) -> MapOrder:
    """How far samples of several seeds lie apart."""
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
    """Shows a map that is there, on top of the run's group, or shows it again.

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
    """Where the maps of a run lie, if they were made."""
    return [*(folder / f"agreement_v{n}.tif" for n in (1, 2, 3)), folder / "spread.tif"]
