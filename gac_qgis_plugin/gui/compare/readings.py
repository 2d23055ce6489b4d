"""Values of a run at a position: reflectance of every stage, backscatter of the radar."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
)

from gac_qgis_plugin.contract import bands
from gac_qgis_plugin.layer_metadata import read_record
from gac_qgis_plugin.results import ResultRun, radar_layers_of

SCALE = 10000.0
"""DN of reflectance 1 in a result."""

REMOTE = ("/vsicurl", "/vsis3", "/vsiaz", "/vsigs", "http:", "https:", "ftp:", "WCS:")
"""Prefixes of sources whose pixels would be downloaded while the mouse moves."""


@dataclass
class Reading:
    """Values at one position.

    Attributes:
        stages: Reflectance of B02, B03, B04, B08, by stage; stages without data are omitted.
        backscatter: dB, by polarisation; those without data are omitted.
    """

    stages: dict[int, list[float]] = field(default_factory=dict)
    backscatter: dict[str, float] = field(default_factory=dict)


class Probe:
    """Reader of one run's values; create a new one when layers are added or removed."""

    def __init__(self, run: ResultRun, project: QgsProject) -> None:
        self._project = project
        self._stages = run.stages
        self._radar: dict[str, tuple[QgsRasterLayer, int]] = {}
        scene = read_record(run.folder).get("scene", {})
        self._unit = scene.get("unit") or "db"
        layers = [each for each in radar_layers_of(run, project) if is_near(each)]
        if layers:
            vv, vh = scene.get("vv_band", 0), scene.get("vh_band", 0)
            for name, layer, band in (("VV", layers[0], vv), ("VH", layers[-1], vh)):
                if 1 <= band <= layer.bandCount():
                    self._radar[name] = (layer, band)

    def read(self, point: QgsPointXY, crs: QgsCoordinateReferenceSystem) -> Reading:
        """Return the values at a point in any CRS."""
        reading = Reading()
        for stage, layer in self._stages.items():
            values = [
                self._sample(layer, n, point, crs) for n in range(1, len(bands.OUTPUT_BANDS) + 1)
            ]
            reflectances = [value / SCALE for value in values if value is not None]
            if len(reflectances) == len(bands.OUTPUT_BANDS):
                reading.stages[stage] = reflectances
        for name, (layer, band) in self._radar.items():
            value = self._sample(layer, band, point, crs)
            decibels = None if value is None else to_db(value, self._unit)
            if decibels is not None:
                reading.backscatter[name] = decibels
        return reading

    def _sample(
        self, layer: QgsRasterLayer, band: int, point: QgsPointXY, crs: QgsCoordinateReferenceSystem
    ) -> float | None:
        try:
            to_layer = QgsCoordinateTransform(crs, layer.crs(), self._project)
            place = to_layer.transform(point)
        except QgsCsException:
            return None
        if not layer.extent().contains(place):
            return None
        value, is_valid = layer.dataProvider().sample(place, band)
        return float(value) if is_valid and math.isfinite(value) else None


def is_near(layer: QgsRasterLayer) -> bool:
    """Return whether a layer's pixels are on this machine."""
    return layer.providerType() == "gdal" and not layer.source().startswith(REMOTE)


def to_db(value: float, unit: str) -> float | None:
    """Convert backscatter in `db`, `power` or `amplitude` to dB; None if it is not positive."""
    if unit == "db":
        return value
    if value <= 0:
        return None
    return (20.0 if unit == "amplitude" else 10.0) * math.log10(value)
