"""Styles of results: a run's style, and the display range shared by its stages."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsContrastEnhancement,
    QgsDataProvider,
    QgsMapLayer,
    QgsMultiBandColorRenderer,
    QgsPalettedRasterRenderer,
    QgsProject,
    QgsRasterLayer,
    QgsRasterRenderer,
    QgsSingleBandGrayRenderer,
    QgsSingleBandPseudoColorRenderer,
)

from gac_qgis_plugin.contract import bands
from gac_qgis_plugin.core import log, paths
from gac_qgis_plugin.core.i18n import Number, tr
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.display import (
    COLOURS,
    LAYER,
    SCALE,
    DisplayRange,
    channels,
    range_from,
    read_range,
)
from gac_qgis_plugin.rasters import ndvi_raster, result_file
from gac_qgis_plugin.results import RANGE_PROPERTY, STYLE_PROPERTY, folder_of, run_in


@dataclass(frozen=True)
class Style:
    """A style for results.

    Attributes:
        key: Its key in the settings, and the name of its QML file.
        title: Its name for users.
        hint: Description of its bands and stretch.
    """

    key: str
    title: str
    hint: str


TRUE_COLOUR = "true_colour"
NDVI = "ndvi"

MIN_DN, MAX_REFLECTANCE = -2000.0, 2.0
"""Limits of plausible reflectance; snow and sunlit clouds come near 1.5."""

INFRARED = re.compile(r"\b(B0?8A?|B1[0-2]|NIR|SWIR\d?|infrared)\b", re.IGNORECASE)
"""Names of Sentinel-2's bands outside the visible range."""


def styles() -> list[Style]:
    """Return the available styles, in the order of menus."""
    return [
        Style(
            TRUE_COLOUR,
            tr("True colour"),
            tr("B04, B03, B02; one range in every band and stage"),
        ),
        Style(
            "false_colour",
            tr("False colour (NIR)"),
            tr("B08, B04, B03: plants are red; one range in every stage, wider for B08"),
        ),
        Style(NDVI, tr("NDVI"), tr("(B08 − B04) / (B08 + B04); -0.2 to 0.9 in every stage")),
    ]


def style_of(stages: dict[int, QgsRasterLayer]) -> str:
    """Return the style of a run's stages; true colour unless another was chosen."""
    keys = {style.key for style in styles()}
    for layer in stages.values():
        key = str(layer.customProperty(STYLE_PROPERTY, ""))
        if key in keys:
            return key
    return TRUE_COLOUR


def apply_style(stages: dict[int, QgsRasterLayer], key: str) -> None:
    """Apply a style to stages of one run, keeping their range.

    NDVI is not a band of a result: the layer then shows a virtual raster beside it.

    Raises:
        PluginError: If NDVI of a stage cannot be computed; earlier stages have it by then.
    """
    display = range_of(stages)
    for stage, layer in stages.items():
        folder = folder_of(layer)
        path = ndvi_raster(folder, stage) if key == NDVI else result_file(folder, stage)
        # Never apply a style of five bands to a file of four.
        if key == NDVI:
            _show_file(layer, str(path))
        load_qml(layer, key)
        _show_file(layer, str(path))
        layer.setCustomProperty(STYLE_PROPERTY, key)
        _stretch(layer, display)
        layer.triggerRepaint()


def range_of(stages: Mapping[int, QgsRasterLayer]) -> DisplayRange:
    """Return the range of a run's stages; the fixed one unless another was set."""
    for layer in stages.values():
        display = _stored_range(layer)
        if display is not None:
            return display
    return DisplayRange()


def range_of_run(folder: Path, project: QgsProject) -> DisplayRange:
    """Return the range of a run, whether or not its layers are in the project."""
    run = run_in(project, folder)
    return range_of(run.stages) if run else read_range(folder) or DisplayRange()


def apply_range(stages: Mapping[int, QgsRasterLayer], display: DisplayRange) -> None:
    """Apply a range to stages of one run, whatever their style was before."""
    for layer in stages.values():
        key = _style_key(layer)
        if key in COLOURS and not _has_bands(layer.renderer(), key):
            load_qml(layer, key)
        layer.setCustomProperty(RANGE_PROPERTY, display.as_json())
        _stretch(layer, display)
        layer.triggerRepaint()


def update_range(stages: Mapping[int, QgsRasterLayer], display: DisplayRange) -> None:
    """Apply a range to stages of one run, except those that the user restyled."""
    apply_range({stage: each for stage, each in stages.items() if has_plugin_style(each)}, display)
    for layer in stages.values():
        layer.setCustomProperty(RANGE_PROPERTY, display.as_json())


def has_plugin_style(layer: QgsRasterLayer) -> bool:
    """Return whether a result still has the bands and the range that the plugin set."""
    display, key = _stored_range(layer), _style_key(layer)
    if display is None:
        return False
    if key not in COLOURS:
        return True
    renderer = layer.renderer()
    if not _has_bands(renderer, key):
        return False
    expected = [edge for _, *edges in channels(key, display) for edge in edges]
    actual = [edge for edges in limits(renderer) for edge in edges]
    # Project files round numbers.
    return len(actual) == len(expected) and all(map(math.isclose, actual, expected))


def range_like(layer: QgsRasterLayer) -> DisplayRange:
    """Return the range of another layer as a range for all bands.

    For a result that is its run's range. For others it is the smallest range that covers those of
    the layer's visible bands: a range per band would falsify colours.

    Raises:
        PluginError: If the layer shows no reflectance.
    """
    display = _stored_range(layer)
    if display is not None and has_plugin_style(layer):
        return replace(display, origin=LAYER, layer=layer.name())
    remedy = tr(
        "Choose a layer that shows reflectance, or reflectance × 10000, in grey or colours."
    )
    pairs = _visible_limits(layer)
    if not pairs:
        raise PluginError(
            tr("{} has no display range to use.").format(layer.name()),
            remedy,
            problem="display-range-missing",
        )
    types = [layer.dataProvider().dataType(band) for band, _, _ in pairs]
    if Qgis.DataType.Byte in types:
        raise PluginError(
            tr("{} has 8 bits: its values are not reflectance.").format(layer.name()),
            remedy,
            problem="layer-of-8-bits",
        )
    low, high = min(low for _, low, _ in pairs), max(high for _, _, high in pairs)
    floats = {Qgis.DataType.Float32, Qgis.DataType.Float64}
    if floats.issuperset(types) and high <= MAX_REFLECTANCE:
        low, high = low * SCALE, high * SCALE
    # NaN fails this check too.
    if not (MIN_DN <= low < low + 1 <= high <= MAX_REFLECTANCE * SCALE):
        words = tr("{} shows values from {:g} to {:g}, which are not reflectance.")
        raise PluginError(
            words.format(layer.name(), Number(low), Number(high)),
            remedy,
            problem="values-not-reflectance",
        )
    return DisplayRange(low, high, LAYER, layer.name())


def _visible_limits(layer: QgsRasterLayer) -> list[tuple[int, float, float]]:
    """Return number, black and white of a layer's displayed bands, preferring visible ones."""
    renderer = layer.renderer()
    if isinstance(renderer, QgsSingleBandGrayRenderer):
        numbers, stretches = [renderer.grayBand()], [renderer.contrastEnhancement()]
    elif isinstance(renderer, QgsMultiBandColorRenderer):
        numbers = [renderer.redBand(), renderer.greenBand(), renderer.blueBand()]
        stretches = _stretches(renderer)
    else:
        return []
    none = QgsContrastEnhancement.ContrastEnhancementAlgorithm.NoEnhancement
    pairs = [
        (band, stretch.minimumValue(), stretch.maximumValue())
        for band, stretch in zip(numbers, stretches)
        if stretch is not None and stretch.contrastEnhancementAlgorithm() != none
    ]
    provider = layer.dataProvider()
    visible = [each for each in pairs if not INFRARED.search(provider.generateBandName(each[0]))]
    return visible or pairs


def _stretches(renderer: QgsMultiBandColorRenderer) -> list[QgsContrastEnhancement | None]:
    return [
        renderer.redContrastEnhancement(),
        renderer.greenContrastEnhancement(),
        renderer.blueContrastEnhancement(),
    ]


def limits(renderer: QgsRasterRenderer) -> list[tuple[float, float]]:
    """Return black and white of a renderer's red, green and blue; empty for other renderers."""
    if not isinstance(renderer, QgsMultiBandColorRenderer):
        return []
    stretches = (each for each in _stretches(renderer) if each is not None)
    return [(each.minimumValue(), each.maximumValue()) for each in stretches]


def _stored_range(layer: QgsRasterLayer) -> DisplayRange | None:
    return range_from(str(layer.customProperty(RANGE_PROPERTY, "")))


def _style_key(layer: QgsRasterLayer) -> str:
    return str(layer.customProperty(STYLE_PROPERTY, TRUE_COLOUR))


def _has_bands(renderer: QgsRasterRenderer, key: str) -> bool:
    if not isinstance(renderer, QgsMultiBandColorRenderer):
        return False
    numbers = renderer.redBand(), renderer.greenBand(), renderer.blueBand()
    return numbers == tuple(bands.OUTPUT_BANDS.index(band) + 1 for band in COLOURS[key])


def _stretch(layer: QgsRasterLayer, display: DisplayRange) -> None:
    """Set the range of three bands and nothing else; NDVI has its own range."""
    key = _style_key(layer)
    if key not in COLOURS or not _has_bands(layer.renderer(), key):
        return
    # Cloned, as the map may be drawing with the present one.
    renderer = layer.renderer().clone()
    setters = (
        renderer.setRedContrastEnhancement,
        renderer.setGreenContrastEnhancement,
        renderer.setBlueContrastEnhancement,
    )
    for setter, (band, black, white) in zip(setters, channels(key, display)):
        number = bands.OUTPUT_BANDS.index(band) + 1
        stretch = QgsContrastEnhancement(layer.dataProvider().dataType(number))
        stretch.setMinimumValue(black)
        stretch.setMaximumValue(white)
        algorithm = QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum
        stretch.setContrastEnhancementAlgorithm(algorithm)
        setter(stretch)
    layer.setRenderer(renderer)


def load_qml(layer: QgsRasterLayer, key: str) -> None:
    """Load the symbology of `resources/styles/KEY.qml`; nothing else of a layer changes.

    Its legend is in the user's language.
    """
    path = str(paths.resource("styles", f"{key}.qml"))
    times = layer.temporalProperties()
    active, mode, span = times.isActive(), times.mode(), times.fixedTemporalRange()
    message, ok = layer.loadNamedStyle(path, QgsMapLayer.StyleCategory.Symbology)
    # Newer QGIS treats times as symbology.
    times = layer.temporalProperties()
    times.setMode(mode)
    times.setFixedTemporalRange(span)
    times.setIsActive(active)
    if not ok:
        log.warning(f"The style {path} could not be read: {message}")
    _translate_legend(layer.renderer())


def _translate_legend(renderer: QgsRasterRenderer | None) -> None:
    if isinstance(renderer, QgsPalettedRasterRenderer):
        for entry in renderer.classes():
            renderer.setLabel(entry.value, tr(entry.label))
    elif isinstance(renderer, QgsSingleBandPseudoColorRenderer):
        ramp = renderer.shader().rasterShaderFunction()
        items = ramp.colorRampItemList()
        for item in items:
            item.label = tr(item.label)
        ramp.setColorRampItemList(items)


def _show_file(layer: QgsRasterLayer, path: str) -> None:
    if layer.source() != path:
        options = QgsDataProvider.ProviderOptions()
        metadata = layer.metadata()
        layer.setDataSource(path, layer.name(), "gdal", options, False)
        layer.setMetadata(metadata)
