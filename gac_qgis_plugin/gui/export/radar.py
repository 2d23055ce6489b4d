"""Radar of a run, for the figure's "before"."""

from __future__ import annotations

from qgis.core import QgsProject

from gac_qgis_plugin.export.plan import RadarImage
from gac_qgis_plugin.layer_metadata import read_record
from gac_qgis_plugin.results import ResultRun, radar_layers_of
from gac_qgis_plugin.sar_source import gdal_source


def radar_image(run: ResultRun, project: QgsProject) -> RadarImage | None:
    """Return the source of a run's VV; None if its radar is not in the project."""
    layers = radar_layers_of(run, project)
    scene = read_record(run.folder).get("scene")
    if not layers or scene is None:
        return None
    return RadarImage(gdal_source(layers[0]), scene.get("vv_band", 1), scene.get("unit") or "db")
