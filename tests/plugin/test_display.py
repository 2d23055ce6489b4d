"""The range that results are shown with: fixed, fitted, as another layer; kept; left alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import (
    QgsContrastEnhancement,
    QgsMultiBandColorRenderer,
    QgsProject,
    QgsRasterLayer,
    QgsSingleBandGrayRenderer,
)
from qgis.PyQt.QtWidgets import QMenu

from gac_qgis_plugin.core import paths
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.core.settings import PluginSettings
from gac_qgis_plugin.display import (
    COLOURS,
    MAX_DN,
    MIN_WIDTH,
    QUANTILES,
    DisplayRange,
    fitted_range,
    range_file,
    range_from,
    read_range,
    save_range,
)
from gac_qgis_plugin.gui.compare.panel import ComparePanel
from gac_qgis_plugin.gui.compare.range_choice import LayerDialog
from gac_qgis_plugin.gui.compare.session import ComparisonSession
from gac_qgis_plugin.gui.compare.tools import GroupMenu
from gac_qgis_plugin.layers import RunLayers
from gac_qgis_plugin.results import ResultRun, run_in
from gac_qgis_plugin.runs import files_of, open_run, read_entry
from gac_qgis_plugin.styles import apply_style, limits, range_like, range_of
from tests.plugin.runs import add_run, write_run
from tests.problems import raises
from training import stretch

HEIGHT, WIDTH = 64, 80


def write_values(path: Path, values: Any, kind: int = gdal.GDT_UInt16, nodata: float = 0) -> Path:
    """Writes an image of bands B02, B03, B04, B08."""
    count, height, width = values.shape
    file = gdal.GetDriverByName("GTiff").Create(str(path), width, height, count, kind)
    for number in range(count):
        file.GetRasterBand(number + 1).SetNoDataValue(nodata)
        file.GetRasterBand(number + 1).WriteArray(values[number])
    return path


def spread(low: float, high: float) -> Any:
    """Four bands of values that lie evenly between two."""
    rng = np.random.default_rng(7)
    return rng.uniform(low, high, (4, HEIGHT, WIDTH)).astype(np.uint16)


def shown(run: ResultRun) -> list[list[tuple[float, float]]]:
    """Black and white of each stage's bands as QGIS shows them."""
    return [limits(layer.renderer()) for layer in run.stages.values()]


def prefer(choice: str) -> None:
    settings = PluginSettings.load()
    settings.display_range = choice
    settings.save()


def numbers(display: DisplayRange) -> tuple[float, float]:
    return display.low, display.high


def test_snow_shows_its_structure(tmp_path) -> None:
    display = fitted_range([write_values(tmp_path / "snow.tif", spread(8000, 10000))])
    assert numbers(display) == pytest.approx((8040, 9960), abs=20)


def test_noise_over_a_dark_lake_is_not_blown_up(tmp_path) -> None:
    display = fitted_range([write_values(tmp_path / "lake.tif", spread(90, 130))])
    assert numbers(display) == (0.0, MIN_WIDTH)


def test_a_constant_image_has_a_range_about_its_value(tmp_path) -> None:
    display = fitted_range([write_values(tmp_path / "one.tif", np.full((4, 8, 8), 800))])
    assert numbers(display) == (800 - MIN_WIDTH / 2, 800 + MIN_WIDTH / 2)


def test_without_data_or_image_the_fixed_range_holds(tmp_path) -> None:
    nothing = write_values(tmp_path / "none.tif", np.zeros((4, 8, 8)))
    (tmp_path / "broken.tif").write_text("no image")
    one_band = write_values(tmp_path / "grey.tif", np.full((1, 8, 8), 900))
    for images in ([], [nothing], [tmp_path / "gone.tif"], [tmp_path / "broken.tif"], [one_band]):
        display = fitted_range(images)
        assert numbers(display) == numbers(DisplayRange()) and display.origin == "fitted"


def test_pixels_without_data_do_not_count(tmp_path) -> None:
    values = spread(1000, 3000)
    whole = fitted_range([write_values(tmp_path / "whole.tif", values)])
    values[:, :, : WIDTH // 2] = 0
    assert numbers(fitted_range([write_values(tmp_path / "half.tif", values)])) == pytest.approx(
        numbers(whole), abs=40
    )


def test_infrared_does_not_count_and_the_visible_bands_count_together(tmp_path) -> None:
    values = np.zeros((4, 8, 8), np.uint16)
    for number, dn in enumerate((400, 1000, 1600, 9000)):
        values[number] = dn
    assert numbers(fitted_range([write_values(tmp_path / "a.tif", values)])) == (400.0, 1600.0)


def test_a_large_image_is_read_from_its_overview(tmp_path) -> None:
    path = tmp_path / "large.tif"
    file = gdal.GetDriverByName("GTiff").Create(str(path), 2048, 2048, 4, gdal.GDT_UInt16)
    for number in range(1, 5):
        file.GetRasterBand(number).SetNoDataValue(0)
        file.GetRasterBand(number).Fill(1000)
    file.BuildOverviews("AVERAGE", [4])
    for number in range(1, 5):
        file.GetRasterBand(number).GetOverview(0).Fill(5000)
    del file
    assert numbers(fitted_range([path])) == (5000 - MIN_WIDTH / 2, 5000 + MIN_WIDTH / 2)


def test_a_range_is_kept_and_nonsense_is_none(tmp_path) -> None:
    for display in (DisplayRange(), DisplayRange(120.5, 900.0, "layer", "Übersicht")):
        save_range(tmp_path, display)
        assert read_range(tmp_path) == display
    good = json.loads(DisplayRange().as_json())
    for values in ({"low": 1500.0}, {"high": "wide"}, {"high": float("inf")}, {"origin": "x"}):
        assert range_from(json.dumps({**good, **values})) is None
    assert range_from("[]") is range_from("") is range_from("null") is None
    assert read_range(tmp_path / "gone") is None
    save_range(tmp_path / "gone", DisplayRange())
    range_file(tmp_path).write_bytes(b"\xff\xfe\x00")
    assert read_range(tmp_path) is None


def test_the_style_files_hold_the_fixed_range() -> None:
    for key, bands in COLOURS.items():
        root = ElementTree.parse(paths.resource("styles", f"{key}.qml")).getroot()
        low, high = (
            [float(each.text) for each in root.iter(f"{end}Value")] for end in ("min", "max")
        )
        assert list(zip(low, high, strict=True)) == [DisplayRange().of_band(band) for band in bands]


def test_new_results_have_the_fixed_range_in_both_styles(qgis, tmp_path) -> None:
    run = add_run(tmp_path / "run")
    assert shown(run) == [[(0.0, 1500.0)] * 3] * 3
    apply_style(run.stages, "false_colour")
    assert shown(run) == [[(0.0, 2500.0), (0.0, 1500.0), (0.0, 1500.0)]] * 3


@pytest.fixture
def desk(window):
    desk = ComparisonSession(window)
    yield desk
    desk.close()


class Growing:
    """A run whose stages come one after another, each brighter than the one before."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.events = write_run(folder)
        for event in self.events:
            place = 1000 * event["stage"]
            write_values(Path(event["path"]), spread(place, place + 1000))
        self.layers = RunLayers(QgsProject.instance(), (), "G", "x")

    def add(self, stage: int) -> None:
        self.layers.add_stage(self.events[stage - 1])

    @property
    def run(self) -> ResultRun:
        run = run_in(QgsProject.instance(), self.folder)
        assert run is not None
        return run

    def range(self) -> tuple[float, float]:
        """The one range of all bands and stages."""
        ((low, high),) = {pair for pairs in shown(self.run) for pair in pairs}
        return low, high


def test_a_fitted_range_is_set_by_the_first_stage_and_once_at_the_end(qgis, tmp_path) -> None:
    prefer("fitted")
    growing = Growing(tmp_path / "run")
    growing.add(1)
    first = growing.range()
    assert first == pytest.approx((1020, 1980), abs=15)
    growing.add(2)
    assert growing.range() == first
    growing.add(3)
    assert growing.range() == first
    growing.layers.finish()
    assert growing.range() == pytest.approx((3020, 3980), abs=15)
    assert numbers(range_of(growing.run.stages)) == growing.range()


def test_a_run_that_ends_early_is_fitted_to_its_highest_stage(qgis, tmp_path) -> None:
    prefer("fitted")
    growing = Growing(tmp_path / "run")
    growing.add(1)
    growing.add(2)
    growing.layers.finish()
    assert growing.range() == pytest.approx((2020, 2980), abs=15)


def test_the_end_of_a_run_leaves_a_look_of_the_users_own_alone(desk, tmp_path) -> None:
    prefer("fitted")
    growing = Growing(tmp_path / "run")
    growing.add(1)
    growing.add(2)
    renderer = growing.run.stages[1].renderer().clone()
    stretch = QgsContrastEnhancement(renderer.greenContrastEnhancement())
    stretch.setMaximumValue(777.0)
    renderer.setGreenContrastEnhancement(stretch)
    growing.run.stages[1].setRenderer(renderer)
    growing.run.stages[2].renderer().setOpacity(0.5)
    growing.add(3)
    before = shown(growing.run)[0]
    growing.layers.finish()
    first, second, third = shown(growing.run)
    assert first == before and first[1][1] == 777.0
    assert second == third == [pytest.approx((3020, 3980), abs=15)] * 3
    assert growing.run.stages[2].renderer().opacity() == 0.5, "all but the range stays"
    # What the user asks for here holds for every stage.
    desk.choose_range("fixed")
    assert growing.range() == (0.0, 1500.0)


def test_the_users_choice_during_a_run_holds_to_its_end(desk, tmp_path) -> None:
    prefer("fitted")
    growing = Growing(tmp_path / "run")
    growing.add(1)
    desk.choose_range("fixed")
    growing.add(2)
    growing.add(3)
    growing.layers.finish()
    assert growing.range() == (0.0, 1500.0)


def test_ndvi_keeps_the_range_for_when_colours_come_back(qgis, tmp_path) -> None:
    prefer("fitted")
    growing = Growing(tmp_path / "run")
    growing.add(1)
    apply_style(growing.run.stages, "ndvi")
    growing.add(2)
    growing.layers.finish()
    renderer = growing.run.stages[2].renderer()
    assert (renderer.classificationMin(), renderer.classificationMax()) == (-0.2, 0.9)
    apply_style(growing.run.stages, "true_colour")
    assert growing.range() == pytest.approx((2020, 2980), abs=15)


def test_the_project_and_the_runs_tab_show_the_range_again(desk, tmp_path) -> None:
    growing = Growing(tmp_path / "run")
    for stage in (1, 2, 3):
        growing.add(stage)
    growing.layers.finish()
    desk.choose_range("fitted")
    chosen = growing.range()
    project = QgsProject.instance()
    project.write(str(tmp_path / "p.qgs"))
    project.read(str(tmp_path / "p.qgs"))
    assert growing.range() == chosen and range_of(growing.run.stages).origin == "fitted"
    project.clear()
    open_run(read_entry(growing.folder), project)
    assert growing.range() == chosen and range_of(growing.run.stages).origin == "fitted"
    assert range_file(growing.folder) in files_of(growing.folder), "deleted with the run"


def test_a_run_is_opened_as_it_was_whatever_new_results_have(qgis, tmp_path) -> None:
    run = add_run(tmp_path / "run")
    QgsProject.instance().clear()
    prefer("fitted")
    open_run(read_entry(tmp_path / "run"), QgsProject.instance())
    run = run_in(QgsProject.instance(), tmp_path / "run")
    assert run is not None and shown(run) == [[(0.0, 1500.0)] * 3] * 3


def other(
    path: Path,
    pairs: list[tuple[float, float]],
    kind: int = gdal.GDT_UInt16,
    names: tuple[str, ...] = (),
) -> QgsRasterLayer:
    """A layer of the project with a range for each band."""
    write_values(path, np.full((len(pairs), 4, 4), 1), kind)
    if names:
        file = gdal.Open(str(path), gdal.GA_Update)
        for number, name in enumerate(names, start=1):
            file.GetRasterBand(number).SetDescription(name)
        del file
    layer = QgsRasterLayer(str(path), path.stem, "gdal", QgsRasterLayer.LayerOptions(False))
    stretches = []
    for low, high in pairs:
        stretch = QgsContrastEnhancement(layer.dataProvider().dataType(1))
        stretch.setMinimumValue(low)
        stretch.setMaximumValue(high)
        algorithm = QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum
        stretch.setContrastEnhancementAlgorithm(algorithm)
        stretches.append(stretch)
    if len(pairs) == 1:
        renderer: Any = QgsSingleBandGrayRenderer(layer.dataProvider(), 1)
        renderer.setContrastEnhancement(stretches[0])
    else:
        renderer = QgsMultiBandColorRenderer(layer.dataProvider(), 1, 2, 3)
        renderer.setRedContrastEnhancement(stretches[0])
        renderer.setGreenContrastEnhancement(stretches[1])
        renderer.setBlueContrastEnhancement(stretches[2])
    layer.setRenderer(renderer)
    QgsProject.instance().addMapLayer(layer)
    return layer


@pytest.mark.parametrize(
    ("pairs", "kind", "names", "expected"),
    [
        ([(200, 1800), (300, 1700), (100, 1600)], gdal.GDT_UInt16, (), (100, 1800)),
        ([(0.02, 0.18), (0.03, 0.2), (0.01, 0.1)], gdal.GDT_Float32, (), (100, 2000)),
        (
            [(200, 4000), (300, 1700), (100, 1600)],
            gdal.GDT_Int16,
            ("B08", "B04", "B03"),
            (100, 1700),
        ),
        ([(0.01, 0.25)], gdal.GDT_Float32, (), (100, 2500)),
        ([(150, 4150)], gdal.GDT_UInt16, ("B8",), (150, 4150)),
    ],
)
def test_another_layer_lends_one_range_for_its_visible_bands(
    qgis, tmp_path, pairs, kind, names, expected
) -> None:
    display = range_like(other(tmp_path / "s2.tif", pairs, kind, names))
    assert numbers(display) == pytest.approx(expected, abs=0.01)
    assert (display.origin, display.layer) == ("layer", "s2")


@pytest.mark.parametrize(
    ("pairs", "kind", "problem"),
    [
        ([(0, 255)] * 3, gdal.GDT_Byte, "layer-of-8-bits"),
        ([(-25.0, 0.0)], gdal.GDT_Float32, "values-not-reflectance"),
        ([(0, 65535)] * 3, gdal.GDT_UInt16, "values-not-reflectance"),
        ([(800, 800)] * 3, gdal.GDT_UInt16, "values-not-reflectance"),
        ([(float("nan"), float("nan"))] * 3, gdal.GDT_Float32, "values-not-reflectance"),
    ],
)
def test_what_shows_no_reflectance_is_refused(qgis, tmp_path, pairs, kind, problem) -> None:
    with raises(PluginError, problem, "other") as refused:
        range_like(other(tmp_path / "other.tif", pairs, kind))
    assert refused.value.remedy


def test_a_layer_without_black_and_white_is_refused(qgis, tmp_path) -> None:
    run = add_run(tmp_path / "run")
    plain = other(tmp_path / "plain.tif", [(0, 1000)])
    plain.renderer().setContrastEnhancement(None)
    apply_style(run.stages, "ndvi")
    coloured = QgsRasterLayer(run.stages[3].source(), "ndvi", "gdal")
    coloured.setRenderer(run.stages[3].renderer().clone())
    for layer in (plain, coloured):
        with pytest.raises(PluginError):
            range_like(layer)


def test_another_run_lends_the_range_that_it_is_shown_with(qgis, tmp_path) -> None:
    prefer("fitted")
    lender = Growing(tmp_path / "lender")
    for stage in (1, 2, 3):
        lender.add(stage)
    lender.layers.finish()
    for style in ("true_colour", "false_colour", "ndvi"):
        apply_style(lender.run.stages, style)
        display = range_like(lender.run.stages[2])
        assert numbers(display) == numbers(range_of(lender.run.stages)), style
        assert display.layer == lender.run.stages[2].name()


@pytest.fixture
def compare(window, desk, tmp_path):
    run = add_run(tmp_path / "run")
    return ComparePanel(desk, window.mapCanvas()), desk, run


def test_the_panel_tells_reflectance_and_changes_all_stages(compare, wait) -> None:
    panel, _, run = compare
    combo = panel.range_combo
    assert combo.currentData() == "fixed" and "0.15" in combo.currentText()
    combo.setCurrentIndex(1)
    combo.activated.emit(1)
    wait(lambda: "0." in combo.itemText(1))
    assert combo.currentData() == "fitted"
    low, high = (float(each) for each in range_of(run.stages).reflectance)
    assert 0.03 < low < high < 0.15
    assert str(high) in combo.currentText() and "1500" not in combo.currentText()
    assert len({pair for pairs in shown(run) for pair in pairs}) == 1
    panel._session.set_style("ndvi")
    wait(lambda: not combo.isEnabled())


def test_another_layer_is_asked_for_and_refused_in_words(compare, window, tmp_path, wait) -> None:
    panel, desk, run = compare
    s2 = other(tmp_path / "s2.tif", [(200, 1800), (300, 1700), (100, 1600)])
    picture = other(tmp_path / "picture.tif", [(0, 255)] * 3, gdal.GDT_Byte)

    def choose(layer: QgsRasterLayer) -> None:
        panel.range_combo.setCurrentIndex(2)
        panel.range_combo.activated.emit(2)
        dialog = window.mainWindow().findChildren(LayerDialog)[-1]
        offered = [dialog.layer_combo.layer(i) for i in range(dialog.layer_combo.count())]
        assert set(offered) == {s2, picture}, "the run's own are not offered"
        assert dialog.layer_combo.currentLayer() is s2, "what can be taken is offered first"
        dialog.layer_combo.setLayer(layer)
        dialog.accept()

    choose(picture)
    (message,) = window.messageBar().items()
    assert "picture" in message.text()
    assert shown(run) == [[(0.0, 1500.0)] * 3] * 3
    wait(lambda: panel.range_combo.currentData() == "fixed")
    choose(s2)
    assert shown(run) == [[(100.0, 1800.0)] * 3] * 3
    wait(lambda: "s2" in panel.range_combo.currentText())
    assert "0.18" in panel.range_combo.currentText()
    # The name of a layer that is gone is still told.
    QgsProject.instance().removeMapLayer(s2.id())
    desk.changed.emit()
    assert "s2" in panel.range_combo.currentText()


def test_the_menu_of_the_group_offers_the_ranges(compare, window) -> None:
    _, desk, run = compare
    view = window.layerTreeView()
    view.setCurrentLayer(run.stages[1])
    menu = QMenu()
    offered = GroupMenu(view, desk)
    offered.extend(menu)
    (submenu,) = [each for each in menu.actions() if each.menu() is not None]
    ranges = next(each.menu() for each in submenu.menu().actions() if "Range" in each.text())
    assert [each.isChecked() for each in ranges.actions()] == [True, False, False]
    ranges.actions()[1].trigger()
    assert range_of(run.stages).origin == "fitted"
    offered.close()


def test_pictures_of_trainings_and_evaluations_have_the_same_figures() -> None:
    assert stretch.MAX_DN == MAX_DN
    assert stretch.MIN_WIDTH == MIN_WIDTH
    assert stretch.QUANTILES == QUANTILES
