"""Radar layers: opened by the plugin, and shown for the eye.

The look is VV in grey by its dB, and VV, VH and their ratio in colours. Percentiles of logarithms
are the same picture for power and amplitude, and near that of dB; so only what is a logarithm
already needs to be known.
"""

from __future__ import annotations

import hashlib
import math
import re
from array import array
from contextlib import suppress
from pathlib import Path

from osgeo import gdal
from qgis.core import (
    Qgis,
    QgsBilinearRasterResampler,
    QgsColorRampShader,
    QgsContrastEnhancement,
    QgsMultiBandColorRenderer,
    QgsProject,
    QgsRasterLayer,
    QgsRasterShader,
    QgsRectangle,
    QgsSingleBandGrayRenderer,
    QgsSingleBandPseudoColorRenderer,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import QApplication

from gac_qgis_plugin.core import paths
from gac_qgis_plugin.core.i18n import Number, tr
from gac_qgis_plugin.core.problems import PluginError, redacted
from gac_qgis_plugin.engine_inputs import VIEW_PROPERTY, gdal_source, save_as
from gac_qgis_plugin.layer_order import raise_layers
from gac_qgis_plugin.rasters import Band, Source, write_vrt

STYLE = "GAC radar"
"""Name of the style that a radar layer gets; its former one stays in QGIS's list of styles."""

FOLDER = "radar"
QUANTILES = (0.02, 0.98)
WINDOWS, SIDE = 8, 32
"""Windows along each side of the image that are read for percentiles, and their side in pixels."""

OVERSAMPLING = 4.0
"""Pixels along each side that are averaged at most."""

GREYS = 32
STRETCH = QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum

Limits = tuple[float, float]

DECIBELS = (-25.0, 0.0)
"""Black and white of VV, where its values are not read for it."""

DEMO_PLACE = (0.38, 0.46)
"""Town and river of the demo scene, as fractions of its width and height from the lower left."""
DEMO_SIDE_M = 1600.0
"""Side of the square that is shown first: small enough for a first run of about a minute."""


def show_look(layers: list[QgsRasterLayer], project: QgsProject) -> None:
    """Show one or two radar layers, VV's first, for the eye; see `show_radar`."""
    QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        show_radar(layers[0], layers[1] if len(layers) > 1 else None, project)
    finally:
        QApplication.restoreOverrideCursor()


def show_radar(vv: QgsRasterLayer, vh: QgsRasterLayer | None, project: QgsProject) -> None:
    """Show radar for the eye: VV's layer in grey and, where there is VH, a layer in colours above.

    Args:
        vv: The layer with VV.
        vh: The layer with VH; None: the same one, if it has a second band.
        project: Their project.

    Raises:
        PluginError: If the radar cannot be read.
    """
    vv_band, own_vh_band = polarisation_bands(vv)
    vh_band = own_vh_band
    if vh is not None:
        first, second = polarisation_bands(vh)
        vh_band = second or first
    if vh_band is None:
        show_grey(vv, vv_band)
        return
    view = _view_of(vv, vv_band, vh or vv, vh_band, project)
    show_grey(vv, vv_band)
    if vh is not None:
        show_grey(vh, vh_band)
    node = project.layerTreeRoot().findLayer(view.id())
    if node is not None:
        node.setItemVisibilityCheckedParentRecursive(True)


def polarisation_bands(layer: QgsRasterLayer) -> tuple[int, int | None]:
    """Return the numbers of VV's and VH's band in a file, by their names; 1 and 2 without any.

    VH is None in a file of one band.
    """
    provider, count = layer.dataProvider(), layer.bandCount()
    names = {number: provider.generateBandName(number) for number in range(1, count + 1)}
    if count == 1:
        return 1, None
    vv, vh = (
        next((n for n, name in names.items() if re.search(rf"(?<![A-Z]){kind}(?![A-Z])", name)), 0)
        for kind in ("VV", "VH")
    )
    if vv and vh:
        return vv, vh
    if vv or vh:
        other = 2 if (vv or vh) == 1 else 1
        return (vv, other) if vv else (other, vh)
    return 1, 2


def show_grey(layer: QgsRasterLayer, band: int) -> None:
    """Show one band in grey from its 2nd to its 98th percentile in dB.

    Raises:
        PluginError: If it cannot be read.
    """
    values, is_log = _sample(gdal_source(layer), band, _nodata(layer, band))
    low, high = _limits(values, is_log)
    manager = layer.styleManager()
    if STYLE not in manager.styles():
        manager.addStyleFromLayer(STYLE)
    manager.setCurrentStyle(STYLE)
    set_grey(layer, band, (low, high), is_log=is_log)
    _smooth(layer)
    layer.triggerRepaint()


def set_grey(layer: QgsRasterLayer, band: int, limits: Limits, *, is_log: bool) -> None:
    """Set a renderer that is black and white at the limits, and even in dB between them.

    Args:
        layer: The layer.
        band: Its band.
        limits: Black and white: values of the file if `is_log`, else 10 · log10 of them.
        is_log: True if the file's values are logarithms.
    """
    provider = layer.dataProvider()
    if is_log:
        renderer = QgsSingleBandGrayRenderer(provider, band)
        renderer.setContrastEnhancement(_stretch(layer, band, limits))
        layer.setRenderer(renderer)
        return
    low, high = limits
    ramp = QgsColorRampShader(10 ** (low / 10), 10 ** (high / 10))
    ramp.setColorRampType(QgsColorRampShader.Type.Interpolated)
    items = []
    for step in range(GREYS):
        share = step / (GREYS - 1)
        decibels, grey = low + share * (high - low), round(255 * share)
        item = QgsColorRampShader.ColorRampItem(
            10 ** (decibels / 10), QColor(grey, grey, grey), f"{Number(decibels):.1f} dB"
        )
        items.append(item)
    ramp.setColorRampItemList(items)
    shader = QgsRasterShader()
    shader.setRasterShaderFunction(ramp)
    layer.setRenderer(QgsSingleBandPseudoColorRenderer(provider, band, shader))


def _smooth(layer: QgsRasterLayer) -> None:
    """Average pixels where several share one on the screen: of speckle one is as good as none."""
    layer.setResamplingStage(Qgis.RasterResamplingStage.ResampleFilter)
    sampling = layer.resampleFilter()
    sampling.setZoomedOutResampler(QgsBilinearRasterResampler())
    sampling.setMaxOversampling(OVERSAMPLING)


def _view_of(
    vv: QgsRasterLayer, vv_band: int, vh: QgsRasterLayer, vh_band: int, project: QgsProject
) -> QgsRasterLayer:
    """Return the layer of VV, VH and their ratio in colours, made if the project lacks it."""
    path, limits = _write_view(vv, vv_band, vh, vh_band, project)
    for layer in project.mapLayers().values():
        if isinstance(layer, QgsRasterLayer) and layer.source() == str(path):
            return layer
    name = tr("{}: VV, VH, VV/VH").format(redacted(vv.name()))
    view = QgsRasterLayer(str(path), name, "gdal", QgsRasterLayer.LayerOptions(False))
    if not view.isValid():
        raise PluginError(
            tr("QGIS cannot read {}.").format(path),
            "",
            view.error().summary(),
            problem="layer-unreadable",
        )
    view.setCustomProperty(VIEW_PROPERTY, True)
    view.setAbstract(
        tr("Radar for the eye: red VV, green VH, blue VV/VH. Measure in the radar itself.")
    )
    renderer = QgsMultiBandColorRenderer(view.dataProvider(), 1, 2, 3)
    renderer.setRedContrastEnhancement(_stretch(view, 1, limits[0]))
    renderer.setGreenContrastEnhancement(_stretch(view, 2, limits[1]))
    renderer.setBlueContrastEnhancement(_stretch(view, 3, limits[2]))
    view.setRenderer(renderer)
    _smooth(view)
    project.addMapLayer(view, False)
    root = project.layerTreeRoot()
    node = root.findLayer(vv.id())
    parent = node.parent() if node is not None else root
    place = parent.children().index(node) if node is not None else 0
    parent.insertLayer(place, view).setExpanded(False)
    raise_layers([view], project)
    return view


def _write_view(
    vv: QgsRasterLayer, vv_band: int, vh: QgsRasterLayer, vh_band: int, project: QgsProject
) -> tuple[Path, list[Limits]]:
    """Write the virtual raster of a view; return it and the limits of its bands.

    Raises:
        PluginError: If VV and VH have different grids, or the file cannot be written.
    """
    sources = [gdal_source(vv), gdal_source(vh)]
    if any(redacted(source) != source for source in sources):
        raise PluginError(
            tr("The radar's address has a password or key, which GAC writes into no file."),
            save_as(),
            problem="address-with-secret",
        )
    if _grid(sources[0]) != _grid(sources[1]):
        raise PluginError(
            tr("VV and VH are on different grids."),
            tr("Show each in grey, or save one of them on the grid of the other."),
            problem="vv-vh-grids-differ",
        )
    samples = [
        _sample(source, band, _nodata(layer, band))
        for source, band, layer in zip(sources, (vv_band, vh_band), (vv, vh))
    ]
    is_log = all(each for _, each in samples)
    logs = [_logs(values, is_log) for values, _ in samples]
    ratio = [a - b for a, b in zip(*logs)]
    limits = [_percentiles(each) for each in (*logs, ratio)]
    folder = paths.default_output_folder(project) / FOLDER
    key = hashlib.sha256(repr((sources, vv_band, vh_band)).encode()).hexdigest()[:8]
    stem = re.sub(r"[^\w.-]+", "_", redacted(vv.name())).strip("._")[:60] or "radar"
    path = folder / f"{stem}_{key}.vrt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PluginError(
            tr("{} cannot be written: {}.").format(folder, error.strerror or error),
            tr("Save the project in a folder that you may write to."),
            problem="radar-look-not-written",
        ) from error
    files = [Path(each) if Path(each).is_file() else each for each in sources]
    bands = [
        Source(file, band, nodata=_nodata(layer, band))
        for file, band, layer in zip(files, (vv_band, vh_band), (vv, vh))
    ]
    factor = 1.0
    if not is_log:
        # GDAL's function is for amplitudes, 20 · log10; halved it is 10 · log10.
        parts = path.with_name(f"{path.stem}_parts.vrt")
        decibels = [Band(name, "dB", (each,)) for name, each in zip(("VV", "VH"), bands)]
        write_vrt(parts, files[0], decibels, {})
        bands, factor = [Source(parts, n, nodata=None) for n in (1, 2)], 0.5
    first, second = (Source(each.path, each.band, factor, each.nodata) for each in bands)
    views = [
        Band("VV", "", (first,)),
        Band("VH", "", (second,)),
        Band("VV/VH", "diff", (first, second)),
    ]
    write_vrt(path, files[0], views, {})
    return path, limits


def _sample(source: str, band: int, nodata: float | None) -> tuple[list[float], bool]:
    """Return values of windows spread over a band, NaN where there is no data.

    Returns:
        The values, and whether they are logarithms: their median is below zero, or they are bytes.

    Raises:
        PluginError: If they cannot be read, or there are none.
    """
    values: list[float] = []
    kind = 0
    with suppress(RuntimeError):  # raised by GDAL if its exceptions are enabled
        file = gdal.Open(source)
        raster = file.GetRasterBand(band) if file is not None else None
        if raster is not None:
            kind = raster.DataType
            values = _windows(raster, file.RasterXSize, file.RasterYSize)
    values = [math.nan if value == nodata else value for value in values]
    # Zero is no backscatter in any unit: it fills edges.
    finite = sorted(value for value in values if math.isfinite(value) and value != 0.0)
    if not finite:
        raise PluginError(
            tr("{} cannot be read, or has no data.").format(source),
            tr("Check the layer's file."),
            gdal.GetLastErrorMsg(),
            problem="radar-look-without-data",
        )
    return values, finite[len(finite) // 2] < 0 or kind == gdal.GDT_Byte


def _windows(raster: gdal.Band, width: int, height: int) -> list[float]:
    # A small copy of a large file without overviews would read all of it.
    values = array("f")
    across, down = min(SIDE, width), min(SIDE, height)
    for row in range(WINDOWS):
        for column in range(WINDOWS):
            x = round(column * (width - across) / (WINDOWS - 1))
            y = round(row * (height - down) / (WINDOWS - 1))
            data = raster.ReadRaster(x, y, across, down, buf_type=gdal.GDT_Float32)
            values.frombytes(bytes(data or b""))
    return values.tolist()


def _logs(values: list[float], is_log: bool) -> list[float]:
    if is_log:
        return values
    return [10 * math.log10(value) if value > 0 else math.nan for value in values]


def _limits(values: list[float], is_log: bool) -> Limits:
    return _percentiles(_logs(values, is_log))


def _percentiles(values: list[float]) -> Limits:
    finite = sorted(value for value in values if math.isfinite(value) and value != 0.0)
    if not finite:
        return -25.0, 0.0
    low, high = (finite[round(share * (len(finite) - 1))] for share in QUANTILES)
    return (low, high) if high > low else (low - 1.0, low + 1.0)


def _grid(source: str) -> tuple[object, ...]:
    with suppress(RuntimeError):  # raised by GDAL if its exceptions are enabled
        file = gdal.Open(source)
        if file is not None:
            return file.RasterXSize, file.RasterYSize, file.GetGeoTransform()
    return ()


def _nodata(layer: QgsRasterLayer, band: int) -> float | None:
    provider = layer.dataProvider()
    if not provider.sourceHasNoDataValue(band):
        return None
    value = float(provider.sourceNoDataValue(band))
    return None if math.isnan(value) else value


def _stretch(layer: QgsRasterLayer, band: int, limits: Limits) -> QgsContrastEnhancement:
    kind = layer.dataProvider().dataType(band)
    stretch = QgsContrastEnhancement(Qgis.DataType(kind))
    stretch.setMinimumValue(limits[0])
    stretch.setMaximumValue(limits[1])
    stretch.setContrastEnhancementAlgorithm(STRETCH)
    return stretch


def add_files(files: list[Path], project: QgsProject) -> list[QgsRasterLayer]:
    """Add radar files to the project, the first one on top.

    Raises:
        PluginError: If QGIS cannot read one of them; none is added then.
    """
    options = QgsRasterLayer.LayerOptions()
    layers = [QgsRasterLayer(str(path), path.stem, "gdal", options) for path in files]
    for layer, path in zip(layers, files):
        if not layer.isValid():
            raise PluginError(
                tr("QGIS cannot read {} as a raster.").format(path),
                tr("Choose a GeoTIFF, or another format that QGIS reads."),
                layer.error().summary(),
                problem="raster-unreadable",
            )
    if not project.mapLayers():
        project.setCrs(layers[0].crs())
    project.addMapLayers(layers[::-1])
    return layers


def add_demo(project: QgsProject) -> QgsRasterLayer:
    """Add the demo scene to the project, VV in grey.

    Raises:
        PluginError: If it is not there.
    """
    (layer,) = add_files([paths.resource("demo_scene", "demo_s1.tif")], project)
    set_grey(layer, 1, DECIBELS, is_log=True)
    return layer


def demo_view(layer: QgsRasterLayer) -> QgsRectangle:
    """Return the part of the demo scene to begin with, in its CRS."""
    extent = layer.extent()
    left, lower = DEMO_PLACE
    x = extent.xMinimum() + left * extent.width()
    y = extent.yMinimum() + lower * extent.height()
    half = DEMO_SIDE_M / 2
    return QgsRectangle(x - half, y - half, x + half, y + half)
