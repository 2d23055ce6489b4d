"""The look of radar for the eye: by click only, in dB, whatever the unit and the files."""

from __future__ import annotations

import math
import random
from array import array
from pathlib import Path

import pytest
from osgeo import gdal, osr
from qgis.core import QgsPointXY, QgsProject, QgsRasterLayer

from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.engine_inputs import VIEW_PROPERTY, gdal_source
from gac_qgis_plugin.gui.layer_combo import LayerCombo
from gac_qgis_plugin.plugin_main import GacPlugin
from gac_qgis_plugin.radar_layers import STYLE, polarisation_bands, show_radar
from tests.plugin.runs import add_run

SIDE = 96
UNITS = {
    "db": lambda decibels: decibels,
    "power": lambda decibels: 10 ** (decibels / 10),
    "amplitude": lambda decibels: 10 ** (decibels / 20),
}


def write_radar(path: Path, unit: str, names: tuple[str, ...], left: float = 676780.0) -> None:
    """Writes bands of backscatter: VV about -11 dB, VH about -18 dB, 5 columns without data."""
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(32633)
    file = gdal.GetDriverByName("GTiff").Create(str(path), SIDE, SIDE, len(names), gdal.GDT_Float32)
    file.SetProjection(crs.ExportToWkt())
    file.SetGeoTransform((left, 10.0, 0.0, 5394900.0, 0.0, -10.0))
    for number, name in enumerate(names, start=1):
        dice = random.Random(name)
        mean = {"VV": -11.0, "VH": -18.0}[name]
        values = array(
            "f",
            (
                -9999.0 if column < 5 else UNITS[unit](dice.gauss(mean, 3.0))
                for _ in range(SIDE)
                for column in range(SIDE)
            ),
        )
        band = file.GetRasterBand(number)
        band.SetNoDataValue(-9999.0)
        band.SetDescription(name)
        band.WriteRaster(0, 0, SIDE, SIDE, values.tobytes(), buf_type=gdal.GDT_Float32)


def add(path: Path) -> QgsRasterLayer:
    layer = QgsRasterLayer(str(path), path.stem, "gdal")
    assert layer.isValid()
    QgsProject.instance().addMapLayer(layer)
    return layer


def view() -> QgsRasterLayer | None:
    layers = QgsProject.instance().mapLayers().values()
    return next((each for each in layers if each.customProperty(VIEW_PROPERTY, False)), None)


def pixel(layer: QgsRasterLayer, column: int, row: int) -> list[float]:
    corner = layer.extent()
    place = QgsPointXY(corner.xMinimum() + 10 * column + 5, corner.yMaximum() - 10 * row - 5)
    return [layer.dataProvider().sample(place, band)[0] for band in range(1, layer.bandCount() + 1)]


def grey_of(layer: QgsRasterLayer) -> list[int]:
    """Return the image of a layer, pixel by pixel; -1 where it is transparent."""
    block = layer.renderer().block(1, layer.extent(), SIDE, SIDE)
    colours = [block.color(n) & 0xFFFFFFFF for n in range(SIDE * SIDE)]
    assert all((c >> 16) & 255 == (c >> 8) & 255 == c & 255 for c in colours if c >> 24)
    return [c & 255 if c >> 24 else -1 for c in colours]


@pytest.mark.parametrize("unit", list(UNITS))
def test_a_single_band_is_grey_by_its_decibels(tmp_path, qgis, unit) -> None:
    write_radar(tmp_path / "s1.tif", unit, ("VV",))
    layer = add(tmp_path / "s1.tif")
    show_radar(layer, None, QgsProject.instance())
    greys = grey_of(layer)
    shown = sorted(each for each in greys if each >= 0)
    assert greys.count(-1) == 5 * SIDE
    # The values are symmetric in dB, so that their median is mid-grey; in power it is dark.
    assert shown[len(shown) // 2] == pytest.approx(127, abs=8)
    assert shown[len(shown) // 50] <= 6 and shown[-len(shown) // 50] >= 249
    assert view() is None


def test_the_picture_is_the_same_in_every_unit(tmp_path, qgis) -> None:
    pictures = []
    for unit in UNITS:
        write_radar(tmp_path / f"{unit}.tif", unit, ("VV",))
        layer = add(tmp_path / f"{unit}.tif")
        show_radar(layer, None, QgsProject.instance())
        pictures.append(grey_of(layer))
    for other in pictures[1:]:
        assert max(abs(a - b) for a, b in zip(pictures[0], other, strict=True)) <= 4


@pytest.mark.parametrize("unit", list(UNITS))
def test_two_bands_are_vv_vh_and_their_ratio_above_the_radar(tmp_path, qgis, unit) -> None:
    write_radar(tmp_path / "s1.tif", unit, ("VH", "VV"))
    layer = add(tmp_path / "s1.tif")
    project = QgsProject.instance()
    show_radar(layer, None, project)
    shown = view()
    assert shown is not None and shown.bandCount() == 3
    assert [node.layer() for node in project.layerTreeRoot().findLayers()] == [shown, layer]
    vh, vv = pixel(layer, 40, 40)
    red, green, blue = pixel(shown, 40, 40)
    if unit != "db":
        vh, vv = 10 * math.log10(vh), 10 * math.log10(vv)
    assert (red, green, blue) == pytest.approx((vv, vh, vv - vh), abs=1e-3)
    assert all(math.isnan(value) for value in pixel(shown, 2, 40)), "no data stays no data"
    renderer = shown.renderer()
    half = 2.0 if unit == "amplitude" else 1.0
    for stretch, mean, spread in (
        (renderer.redContrastEnhancement(), -11.0, 3.0),
        (renderer.greenContrastEnhancement(), -18.0, 3.0),
        (renderer.blueContrastEnhancement(), 7.0, 3.0 * math.sqrt(2)),
    ):
        expected = (mean - 2.05 * spread) / half, (mean + 2.05 * spread) / half
        limits = stretch.minimumValue(), stretch.maximumValue()
        assert limits == pytest.approx(expected, abs=0.4)
    # VV's band, which is the second, is grey beneath.
    assert "VV" in layer.dataProvider().generateBandName(polarisation_bands(layer)[0])
    assert len({each for each in grey_of(layer) if each >= 0}) > 100
    show_radar(layer, None, project)
    assert len(project.mapLayers()) == 2, "a second click makes no second layer"


@pytest.mark.parametrize("unit", list(UNITS))
def test_two_files_are_shown_together(tmp_path, qgis, unit) -> None:
    for kind in ("VV", "VH"):
        write_radar(tmp_path / f"s1_{kind}.tif", unit, (kind,))
    vv, vh = add(tmp_path / "s1_VV.tif"), add(tmp_path / "s1_VH.tif")
    show_radar(vv, vh, QgsProject.instance())
    shown = view()
    first, second = pixel(vv, 40, 40)[0], pixel(vh, 40, 40)[0]
    if unit != "db":
        first, second = 10 * math.log10(first), 10 * math.log10(second)
    assert pixel(shown, 40, 40) == pytest.approx((first, second, first - second), abs=1e-3)
    assert all(len(set(grey_of(layer))) > 100 for layer in (vv, vh))


def test_files_of_different_grids_are_refused(tmp_path, qgis) -> None:
    write_radar(tmp_path / "VV.tif", "db", ("VV",))
    write_radar(tmp_path / "VH.tif", "db", ("VH",), left=676785.0)
    with pytest.raises(PluginError):
        show_radar(add(tmp_path / "VV.tif"), add(tmp_path / "VH.tif"), QgsProject.instance())
    assert view() is None


def test_an_address_with_a_key_is_written_nowhere(tmp_path, server, qgis) -> None:
    write_radar(tmp_path / "s1.tif", "db", ("VV", "VH"))
    key = "c2VjcmV0LXNpZ25hdHVyZQ"
    layer = QgsRasterLayer(f"/vsicurl/{server}/s1.tif?sig={key}", f"s1?sig={key}", "gdal")
    assert layer.isValid()
    QgsProject.instance().addMapLayer(layer)
    QgsProject.instance().setFileName(str(tmp_path / "p.qgs"))
    with pytest.raises(PluginError):
        show_radar(layer, None, QgsProject.instance())
    assert view() is None and not (tmp_path / "gac").exists()


def test_the_former_style_can_be_chosen_again(tmp_path, qgis) -> None:
    write_radar(tmp_path / "s1.tif", "power", ("VV",))
    layer = add(tmp_path / "s1.tif")
    before, kind = layer.styleManager().currentStyle(), layer.renderer().type()
    show_radar(layer, None, QgsProject.instance())
    assert layer.styleManager().currentStyle() == STYLE and layer.renderer().type() != kind
    layer.styleManager().setCurrentStyle(before)
    assert layer.renderer().type() == kind


def test_the_view_is_no_input(tmp_path, qgis) -> None:
    write_radar(tmp_path / "s1.tif", "power", ("VV", "VH"))
    layer = add(tmp_path / "s1.tif")
    combo = LayerCombo(_rasters(), is_radar=True)
    show_radar(layer, None, QgsProject.instance())
    combo._leave_out_results()
    assert [combo.layer(n) for n in range(combo.count())] == [layer]
    with pytest.raises(PluginError):
        gdal_source(view())


def test_a_file_without_data_is_refused(tmp_path, radar) -> None:
    layer = radar("s1", bands=1)
    Path(layer.source()).unlink()
    with pytest.raises(PluginError):
        show_radar(layer, None, QgsProject.instance())


def test_nothing_happens_unasked_and_the_menu_does_it(window, tmp_path) -> None:
    write_radar(tmp_path / "s1_VV.tif", "power", ("VV",))
    write_radar(tmp_path / "s1_VH.tif", "power", ("VH",))
    vv, vh = add(tmp_path / "s1_VV.tif"), add(tmp_path / "s1_VH.tif")
    plugin = GacPlugin(window)
    plugin.initGui()
    try:
        kinds = [layer.renderer().type() for layer in (vv, vh)]
        window.active = vh
        plugin.open_dock()
        assert [layer.renderer().type() for layer in (vv, vh)] == kinds and view() is None
        window.layer_actions[1].trigger()
        assert view() is not None and "s1_VV" in view().name()
        window.active = add_run(tmp_path / "run", vv).stages[3]
        before = len(window.messageBar().items())
        window.layer_actions[1].trigger()
        assert len(window.messageBar().items()) == before + 1
    finally:
        plugin.unload()


def test_the_panel_has_a_button(panel, tmp_path) -> None:
    write_radar(tmp_path / "s1.tif", "power", ("VV", "VH"))
    layer = add(tmp_path / "s1.tif")
    one = panel("good")
    one.dock.open_for(layer)
    one.dock.input.look_button.click()
    assert view() is not None
    assert one.dock.input.layer is layer


def _rasters():
    from qgis.core import QgsMapLayerProxyModel

    return QgsMapLayerProxyModel.Filter.RasterLayer


def test_results_lie_above_the_view(tmp_path, qgis) -> None:
    write_radar(tmp_path / "s1.tif", "db", ("VV", "VH"))
    layer = add(tmp_path / "s1.tif")
    show_radar(layer, None, QgsProject.instance())
    run = add_run(tmp_path / "run", layer)
    children = QgsProject.instance().layerTreeRoot().children()
    assert children[0] == run.group and len(children) == 3


def test_speckle_is_averaged_where_the_map_is_small(tmp_path, qgis) -> None:
    write_radar(tmp_path / "s1.tif", "db", ("VV",))
    layer = add(tmp_path / "s1.tif")
    show_radar(layer, None, QgsProject.instance())
    pipe = layer.pipe()
    greys = []
    for side in (SIDE, SIDE // 4):
        block = pipe.last().block(1, layer.extent(), side, side)
        shown = [block.color(n) & 255 for n in range(side * side) if block.color(n) >> 24]
        middle = sum(shown) / len(shown)
        greys.append(sum((each - middle) ** 2 for each in shown) / len(shown))
    assert greys[1] < 0.4 * greys[0]
