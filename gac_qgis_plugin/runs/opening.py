"""Adding a run of the history to the map again."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    QgsContrastEnhancement,
    QgsProject,
    QgsRasterLayer,
    QgsSingleBandGrayRenderer,
)

from gac_qgis_plugin.jobs import layers_showing
from gac_qgis_plugin.layers import RunLayers
from gac_qgis_plugin.rasters.derived import result_file
from gac_qgis_plugin.results import ResultRun, run_in
from gac_qgis_plugin.runs.entry import RunEntry
from gac_qgis_plugin.toolbelt import records
from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.words import tr

STRETCHES = {"db": (-25.0, 0.0), "power": (0.0, 0.5), "amplitude": (0.0, 0.7)}
"""Black and white values of VV, by unit."""


def open_run(entry: RunEntry, project: QgsProject) -> ResultRun:
    """Add a run's missing layers to the project: its stages, and its radar below them.

    Raises:
        PluginError: If there is nothing to add.
    """
    if not entry.stages:
        raise PluginError(
            tr("The run in {} has no images.").format(entry.folder),
            tr("Put its files back, or resume it if it is unfinished."),
        )
    radar = radar_of(entry, project)
    title = " · ".join(part for part in ("GAC SYNTHETIC", entry.name, entry.when) if part)
    layers = RunLayers(project, tuple(layer.id() for layer in radar), title, entry.bundle)
    for stage in entry.stages:
        path = str(result_file(entry.folder, stage))
        layers.add_stage({"stage": stage, "path": path, "gac": entry.score(stage)})
    layers.finish()
    run = run_in(project, entry.folder)
    if run is None:
        raise PluginError(tr("The run in {} cannot be shown.").format(entry.folder))
    return run


def gone_radar(entry: RunEntry) -> PluginError:
    """Return the error for a run whose radar is not on this machine."""
    return PluginError(
        tr("The radar of this run is not there any more: {}.").format(", ".join(entry.sources)),
        tr("Put its files back, or add them to the project."),
    )


def radar_of(entry: RunEntry, project: QgsProject) -> list[QgsRasterLayer]:
    """Return the layers of a run's radar, VV's first, adding them if the project lacks them."""
    return layers_showing(entry.sources, project) or _add_radar(entry, project)


def _add_radar(entry: RunEntry, project: QgsProject) -> list[QgsRasterLayer]:
    """Add the radar if its files are on this machine; a run can be viewed without it."""
    scene = entry.record.get("scene", {})
    bands = scene.get("vv_band", 1), scene.get("vh_band", 1)
    layers = []
    for source, band in zip(entry.sources, bands):
        if not records.is_file(Path(source)):
            continue
        layer = QgsRasterLayer(
            source, Path(source).stem, "gdal", QgsRasterLayer.LayerOptions(False)
        )
        if layer.isValid() and 1 <= band <= layer.bandCount():
            _show_grey(layer, band, scene.get("unit", ""))
            project.addMapLayer(layer)
            layers.append(layer)
    return layers


def _show_grey(layer: QgsRasterLayer, band: int, unit: str) -> None:
    """Show one polarisation in grey; QGIS would show two bands in red and green."""
    stretch = QgsContrastEnhancement(layer.dataProvider().dataType(band))
    black, white = STRETCHES.get(unit, STRETCHES["db"])
    stretch.setMinimumValue(black)
    stretch.setMaximumValue(white)
    algorithm = QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum
    stretch.setContrastEnhancementAlgorithm(algorithm)
    renderer = QgsSingleBandGrayRenderer(layer.dataProvider(), band)
    renderer.setContrastEnhancement(stretch)
    layer.setRenderer(renderer)
