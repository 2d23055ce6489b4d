"""How results look: the same stretch for every stage, tied to reflectance.

A stretch to each layer's own percentiles would make stages look alike that are not, and make
others look different that are the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from qgis.core import QgsDataProvider, QgsMapLayer, QgsRasterLayer

from gac_qgis_plugin.rasters.derived import ndvi_raster, result_file
from gac_qgis_plugin.results import STYLE_PROPERTY, folder_of
from gac_qgis_plugin.toolbelt import log, paths
from gac_qgis_plugin.toolbelt.words import tr


@dataclass(frozen=True)
class Style:
    """A way to look at results.

    Attributes:
        key: What it is kept as; its QML file is called so too.
        title: What users call it.
        hint: What it shows, and how it is stretched.
    """

    key: str
    title: str
    hint: str


TRUE_COLOUR = "true_colour"
NDVI = "ndvi"


def styles() -> list[Style]:
    """The styles that there are, in the order of menus."""
    return [
        Style(
            TRUE_COLOUR,
            tr("True colour"),
            tr("B04, B03, B02; reflectance 0 to 0.3 in every stage"),
        ),
        Style(
            "false_colour",
            tr("False colour (NIR)"),
            tr("B08, B04, B03: plants are red; reflectance 0 to 0.5 and 0 to 0.3 in every stage"),
        ),
        Style(NDVI, tr("NDVI"), tr("(B08 − B04) / (B08 + B04); -0.2 to 0.9 in every stage")),
    ]


def style_of(stages: dict[int, QgsRasterLayer]) -> str:
    """The style that a run's stages have; true colour if nobody chose another one."""
    known = {style.key for style in styles()}
    for layer in stages.values():
        key = str(layer.customProperty(STYLE_PROPERTY, ""))
        if key in known:
            return key
    return TRUE_COLOUR


def apply_style(stages: dict[int, QgsRasterLayer], key: str) -> None:
    """Gives stages of one run a style.

    NDVI is no band of a result: the layer then shows a virtual raster that lies beside it.

    Raises:
        PluginError: If NDVI cannot be had of a stage; those before it have it then.
    """
    for stage, layer in stages.items():
        folder = folder_of(layer)
        path = ndvi_raster(folder, stage) if key == NDVI else result_file(folder, stage)
        # Never a style of five bands on a file of four.
        if key == NDVI:
            _show_file(layer, str(path))
        load_qml(layer, key)
        _show_file(layer, str(path))
        layer.setCustomProperty(STYLE_PROPERTY, key)
        layer.triggerRepaint()


def load_qml(layer: QgsRasterLayer, key: str) -> None:
    """Loads the symbology of `resources/styles/KEY.qml`; nothing else of a layer changes."""
    path = str(paths.resource("styles", f"{key}.qml"))
    times = layer.temporalProperties()
    active, mode, span = times.isActive(), times.mode(), times.fixedTemporalRange()
    message, ok = layer.loadNamedStyle(path, QgsMapLayer.StyleCategory.Symbology)
    # Newer QGIS takes times for symbology.
    times = layer.temporalProperties()
    times.setMode(mode)
    times.setFixedTemporalRange(span)
    times.setIsActive(active)
    if not ok:
        log.warning(f"The style {path} could not be read: {message}")


def _show_file(layer: QgsRasterLayer, path: str) -> None:
    if layer.source() != path:
        options = QgsDataProvider.ProviderOptions()
        metadata = layer.metadata()
        layer.setDataSource(path, layer.name(), "gdal", options, False)
        layer.setMetadata(metadata)
