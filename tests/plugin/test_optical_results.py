"""Results that keep observed pixels: names, layers, metadata, readout, exports; damaged records."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from osgeo import gdal, osr
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsLayoutItemMap,
    QgsPointXY,
    QgsPrintLayout,
    QgsProject,
    QgsRasterLayer,
)
from qgis.PyQt.QtGui import QImage

from gac_qgis_plugin.contract import layout
from gac_qgis_plugin.core import records
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.core.records import RunRecord
from gac_qgis_plugin.engine_inputs import is_synthetic
from gac_qgis_plugin.export.parameters import ALL, GENERATED, OBSERVED, PICTURE, ExportPlan
from gac_qgis_plugin.export.task import export, mark_export
from gac_qgis_plugin.gui.compare.panel import ComparePanel
from gac_qgis_plugin.gui.compare.readout import Probe, as_table
from gac_qgis_plugin.gui.compare.session import (
    show_step,
    shown_step,
    swipe_label,
)
from gac_qgis_plugin.gui.export_dialog import ExportDialog
from gac_qgis_plugin.gui.layout_marks import add_mark, mark_for
from gac_qgis_plugin.labels import is_marked, mark_of, percent, remarked
from gac_qgis_plugin.layers import RunLayers
from gac_qgis_plugin.maps import show_kinds
from gac_qgis_plugin.rasters import ndvi_raster
from gac_qgis_plugin.results import ResultRun, find_runs, mark_names, run_in
from gac_qgis_plugin.runs import delete_run, describe_run, files_of, open_run, read_entry
from tests.plugin.runs import BANDS, ORIGIN, SIZE, add_run, value, write_run

SHARE = 0.38
BORDER = 20
"""Column at which observed pixels end; then come four blended ones."""

PRODUCT = "S2B_MSIL2A_20180129"
OTHER = "S2A_MSIL2A_20180310"
RECORD = {
    "optical": {
        "product": PRODUCT,
        "date": "2018-01-29T10:00:00",
        "days": 1,
        "use": "keep",
        "decisions": [{"label": "Scale", "value": "0 to 10000", "why": "its values"}],
        "files": [
            {"path": "/data/s2.tif", "bytes": 5, "sha256": "ef56"},
            {"path": "/data/march.tif", "bytes": 5, "sha256": "0b0b"},
        ],
        "other": {
            "product": OTHER,
            "date": "2018-03-10T10:00:00",
            "days": 41,
            "decisions": [{"label": "Scale", "value": "0 to 1", "why": "its values"}],
        },
    },
    "observed": {
        "share": SHARE,
        "pixels": {"observed": 640, "generated": 736, "blended": 128},
        "date": "2018-01-29T10:00:00",
        "product": PRODUCT,
        "file": "observed.tif",
    },
}


def kind(column: int) -> int:
    """Return the kind of a column's pixels; the last one has no data, as in `runs`."""
    if column == SIZE[0] - 1:
        return 0
    return 1 if column < BORDER else 3 if column < BORDER + 4 else 2


def write_partly(folder: Path, radar: str = "") -> list[dict[str, Any]]:
    """Writes a run that keeps observed pixels; its `stage` events."""
    events = write_run(folder, radar)
    for event in events:
        file = gdal.Open(event["path"], gdal.GA_Update)
        tags = {"SYNTHETIC": "PARTLY", "GAC_OBSERVED": f"{SHARE:.4f}", "GAC_VERSION": "0.1.0"}
        file.SetMetadata({**file.GetMetadata(), **tags})
        file = None
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(32633)
    driver = gdal.GetDriverByName("GTiff")
    file = driver.Create(str(folder / "observed.tif"), *SIZE, 1, gdal.GDT_Byte)
    file.SetProjection(crs.ExportToWkt())
    file.SetGeoTransform((ORIGIN[0], 10.0, 0.0, ORIGIN[1], 0.0, -10.0))
    file.SetMetadata({"SYNTHETIC": "NO", "GAC_VERSION": "0.1.0"})
    file.GetRasterBand(1).SetNoDataValue(0)
    row = bytes(kind(column) for column in range(SIZE[0]))
    file.GetRasterBand(1).WriteRaster(0, 0, *SIZE, row * SIZE[1], buf_type=gdal.GDT_Byte)
    file = None
    record = json.loads((folder / "run.json").read_text())
    (folder / "run.json").write_text(json.dumps({**record, **RECORD}))
    return events


def add_partly(folder: Path, radar: Any = None) -> ResultRun:
    """Writes such a run and puts it on the map, as the panel does."""
    events = write_partly(folder, radar.source() if radar is not None else "")
    ids = (radar.id(),) if radar is not None else ()
    layers = RunLayers(QgsProject.instance(), ids, f"GAC SYNTHETIC · {folder.name}", "small")
    for event in events:
        layers.add_stage(event)
    layers.finish()
    found = run_in(QgsProject.instance(), folder)
    assert found is not None
    show_kinds(found, QgsProject.instance())
    found = run_in(QgsProject.instance(), folder)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (None, "SYNTHETIC"),
        (0.0, "SYNTHETIC"),
        (0.38, "PARTLY OBSERVED 38 %"),
        (0.001, "PARTLY OBSERVED 1 %"),
        (0.999, "PARTLY OBSERVED 99 %"),
    ],
)
def test_one_mark(share, text) -> None:
    assert mark_of(share) == text
    names = "opt_v3 · ground (SYNTHETIC, demo)", "opt_v3 · ground (PARTLY OBSERVED 7 %, demo)"
    assert {remarked(name, share) for name in names} == {f"opt_v3 · ground ({text}, demo)"}
    assert is_marked(f"demo_s1 · 12:28 · {text}") and not is_marked("demo_s1 · 12:28")
    assert percent(1.0) == "100 %"


def test_names_say_what_share_is_observed(qgis, radar, tmp_path) -> None:
    run = add_partly(tmp_path / "partly", radar())
    names = [layer.title() for layer in run.stages.values()]
    assert all("PARTLY OBSERVED 38 %" in name and "SYNTHETIC" not in name for name in names)
    names = [run.nodes[stage].name() for stage in (1, 2, 3)]
    assert names == ["v1 generate", "v2 refine", "v3 ground"]
    run.stages[3].setName("mine")
    outside = QgsProject.instance().layerTreeRoot().addLayer(run.stages[3])
    mark_names(QgsProject.instance())
    assert outside.name() == "mine · PARTLY OBSERVED 38 %", "outside of its group it says so itself"
    assert run.group.name() == "GAC PARTLY OBSERVED 38 % · partly"
    assert run.title == "partly" and run.observed == SHARE
    assert swipe_label(run.stages[2]) == "opt_v2 · PARTLY OBSERVED 38 %"
    assert all(is_synthetic(layer) for layer in run.stages.values())


def test_the_border_is_a_layer_that_is_off(qgis, tmp_path) -> None:
    run = add_partly(tmp_path / "partly")
    node = run.kinds
    assert node is not None and node.parent() == run.group and not node.itemVisibilityChecked()
    assert next(child.layer().id() for child in run.group.children()) == node.layerId()
    classes = {each.value: each for each in node.layer().renderer().classes()}
    assert set(classes) == {1, 2, 3}
    assert classes[3].color.alpha() > 3 * classes[1].color.alpha(), "the border stands out"
    assert show_kinds(run, QgsProject.instance()) == node, "it is added once"
    node.setItemVisibilityChecked(True)
    show_step(run, 2)
    assert node.itemVisibilityChecked() and shown_step(run) == 2, "stages blink below it"
    assert is_synthetic(node.layer()) and node not in run.differences


def test_a_run_without_kept_pixels_has_no_such_layer(qgis, tmp_path) -> None:
    run = add_run(tmp_path / "plain")
    assert show_kinds(run, QgsProject.instance()) is None
    assert run.observed is None and run.group.name().startswith("GAC SYNTHETIC")


def test_the_metadata_name_date_and_product(qgis, tmp_path) -> None:
    run = add_partly(tmp_path / "partly")
    metadata = run.stages[3].metadata()
    assert "PARTLY OBSERVED 38 %" in metadata.title()
    assert "PARTLY OBSERVED: 38 %" in metadata.abstract()
    assert PRODUCT in metadata.abstract() and "2018-01-29" in metadata.abstract()
    assert metadata.keywords()["GAC"][0] == "PARTLY OBSERVED 38 %"
    lines = metadata.history()
    assert any(PRODUCT in line and "1 days" in line and "kept" in line for line in lines)
    assert any("38.0 %" in line for line in lines)
    assert any("/data/s2.tif" in line and "ef56" in line for line in lines)
    assert any("Scale is 0 to 10000" in line for line in lines)
    (line,) = (line for line in lines if OTHER in line)
    assert "2018-03-10" in line and "41 days" in line and "kept" not in line
    assert any("another date: Scale is 0 to 1," in line for line in lines)
    assert any("/data/march.tif" in line and "0b0b" in line for line in lines)
    assert OTHER not in metadata.abstract().partition("How it was made")[0], "it is not observed"
    text = (tmp_path / "partly" / "opt_v3.qmd").read_text()
    assert PRODUCT in text and "2018-01-29" in text and OTHER in text


def test_the_readout_over_all_kinds(qgis, tmp_path) -> None:
    run = add_partly(tmp_path / "partly")
    probe = Probe(run, QgsProject.instance())
    crs = QgsCoordinateReferenceSystem("EPSG:32633")

    def told(column: int) -> str:
        place = QgsPointXY(ORIGIN[0] + 10 * column + 5, ORIGIN[1] - 55)
        return as_table(probe.read(place, crs))

    assert "observed" in told(3) and PRODUCT in told(3) and "2018-01-29" in told(3)
    assert "blended" in told(BORDER + 1) and "generated" not in told(BORDER + 1)
    assert "generated" in told(30) and PRODUCT not in told(30)
    assert told(SIZE[0] - 1) == "", "no data is of no kind"
    in_degrees = QgsCoordinateReferenceSystem("EPSG:4326")
    assert probe.read(QgsPointXY(0, 0), in_degrees).kind is None


def test_the_panel_says_it_under_the_cursor(panel, radar, tmp_path) -> None:
    one = panel("good")
    add_partly(tmp_path / "partly", radar())
    compare = ComparePanel(one.session, one.window.mapCanvas())
    one.window.mapCanvas().setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:32633"))
    compare.show()
    compare.readout._on_mouse(QgsPointXY(ORIGIN[0] + 35, ORIGIN[1] - 55))
    compare.readout.read()
    assert "observed" in compare.readout.table.text()
    compare.readout._on_mouse(QgsPointXY(ORIGIN[0] + 355, ORIGIN[1] - 55))
    compare.readout.read()
    assert "generated" in compare.readout.table.text()
    compare.close()


def test_a_run_from_the_panel(panel, radar, tmp_path, wait) -> None:
    one = panel("good")
    layer, image, other = radar(), radar("s2", 4), radar("march", 4)
    one.dock.open_for(layer)
    one.dock.optical.set_layer(image)
    one.dock.optical.other.set_layer(other)
    wait(lambda: "93" in one.dock.optical.note.text())
    one.dock.start_run()
    wait(lambda: one.outcomes)
    assert one.outcomes[0].state == "done"
    (run,) = find_runs(QgsProject.instance())
    assert run.kinds is not None and run.observed == pytest.approx(11 / 16)
    assert "PARTLY OBSERVED 69 %" in run.group.name()
    order = [node.name() for node in QgsProject.instance().layerTreeRoot().children()]
    assert order[0] == run.group.name(), "the images do not cover what was made with them"
    assert any("march" in line and "41 days" in line for line in run.stages[3].metadata().history())
    assert any("PARTLY OBSERVED 69 %" in text for text in one.messages())


def test_opened_and_deleted_from_the_list_of_runs(qgis, radar, tmp_path) -> None:
    folder = tmp_path / "partly"
    write_partly(folder, radar().source())
    run = open_run(read_entry(folder), QgsProject.instance())
    assert "PARTLY OBSERVED 38 %" in describe_run(read_entry(folder))
    first, second = (describe_run(read_entry(folder)).find(name) for name in (PRODUCT, OTHER))
    assert 0 < first < second and "2018-03-10" in describe_run(read_entry(folder))
    assert run_in(QgsProject.instance(), folder).kinds is not None
    names = {path.name for path in files_of(folder)}
    assert {"opt_v1.tif", "opt_v3.tif", "observed.tif", "run.json"} <= names
    delete_run(run.folder, QgsProject.instance())
    assert not folder.exists() and not find_runs(QgsProject.instance())


def test_what_is_computed_of_it_keeps_the_mark(qgis, tmp_path) -> None:
    write_partly(tmp_path / "partly")
    file = gdal.Open(str(ndvi_raster(tmp_path / "partly", 3)))
    assert file.GetMetadataItem("SYNTHETIC") == "PARTLY"


# Exports


def plan_of(folder: Path, **more: Any) -> ExportPlan:
    values = {"with_stac": False, "observed": SHARE, "observed_source": PRODUCT, **more}
    return ExportPlan(folder / "partly", (3,), folder / "out", "scene", **values)


def values_of(path: Path) -> dict[tuple[int, int], int]:
    """Return a column's kind and the value of its first row's B02."""
    file = gdal.Open(str(path))
    data = file.GetRasterBand(1).ReadRaster(0, 0, SIZE[0], 1, buf_type=gdal.GDT_UInt16)
    numbers = [int.from_bytes(data[2 * i : 2 * i + 2], "little") for i in range(SIZE[0])]
    return {(column, kind(column)): number for column, number in enumerate(numbers)}


@pytest.mark.parametrize(
    ("pixels", "kept", "name", "tag"),
    [
        (ALL, {1, 2, 3}, "scene_opt_v3_PARTLY_OBSERVED.tif", "PARTLY"),
        (OBSERVED, {1}, "scene_opt_v3_OBSERVED.tif", "NO"),
        (GENERATED, {2, 3}, "scene_opt_v3_SYNTHETIC.tif", "YES"),
    ],
)
def test_an_export_can_leave_out_either(qgis, tmp_path, pixels, kept, name, tag) -> None:
    write_partly(tmp_path / "partly")
    (path,) = export(plan_of(tmp_path, pixels=pixels), lambda done, label: True)
    assert path.name == name
    for (column, each), number in values_of(path).items():
        assert number == (value(3, 1, column, 0) if each in kept else 0), column
    file = gdal.Open(str(path))
    assert file.GetMetadataItem("SYNTHETIC") == tag and file.GetRasterBand(1).GetNoDataValue() == 0
    assert [file.GetRasterBand(n).GetDescription() for n in range(1, 5)] == list(BANDS)
    if pixels != ALL:
        assert pixels in file.GetMetadataItem("GAC_EXPORT")
        assert ("OBSERVED" in file.GetMetadataItem("GAC_NOTICE")) == (pixels == OBSERVED)
    layer = QgsRasterLayer(str(path), "x", "gdal")
    assert is_synthetic(layer) == (pixels != OBSERVED)


@pytest.mark.parametrize(
    ("columns", "share"),
    [((0, SIZE[0]), 20 / 47), ((0, 10), 1.0), ((10, 30), 0.5), ((30, 40), 0.0)],
)
def test_the_share_is_that_of_the_exported_area(qgis, tmp_path, columns, share) -> None:
    write_partly(tmp_path / "partly")
    left, right = (ORIGIN[0] + 10 * column for column in columns)
    extent = (left, ORIGIN[1] - 10 * SIZE[1], right, ORIGIN[1])
    plan = plan_of(tmp_path, extent=extent, extent_crs="EPSG:32633")
    (path,) = export(plan, lambda done, label: True)
    told = float(gdal.Open(str(path)).GetMetadataItem("GAC_OBSERVED"))
    assert told == pytest.approx(share, abs=1e-4)


def test_resampling_mixes_nothing_that_is_left_out(qgis, tmp_path) -> None:
    write_partly(tmp_path / "partly")
    plan = plan_of(tmp_path, pixels=OBSERVED, pixel=5.0, resampling="bilinear", kind=PICTURE)
    (path,) = export(plan, lambda done, label: True)
    file = gdal.Open(str(path))
    data = file.GetRasterBand(1).ReadRaster(0, 4, file.RasterXSize, 1, buf_type=gdal.GDT_Byte)
    # A pixel of 5 m is observed if the one of 10 m that holds its centre is.
    assert all(data[: 2 * BORDER - 1]) and not any(data[2 * BORDER + 1 :])


def test_the_marks_of_pictures_figures_and_catalogues(qgis, tmp_path) -> None:
    write_partly(tmp_path / "partly")
    item = {"assets": {"opt_v3": {"title": "Stage 3, ground (SYNTHETIC)"}}, "properties": {}}
    item |= {"id": "x", "type": "Feature", "links": []}
    (tmp_path / "partly" / layout.STAC_ITEM).write_text(json.dumps(item))
    files = export(
        plan_of(tmp_path, with_figure=True, with_stac=True, pixels=OBSERVED),
        lambda done, label: True,
    )
    names = {path.name for path in files}
    assert "scene_before_after_OBSERVED.png" in names
    figure = QImage(str(tmp_path / "out" / "scene_before_after_OBSERVED.png"))
    assert figure.text("SYNTHETIC") == "NO" and PRODUCT in figure.text("Description")
    told = json.loads((tmp_path / "out" / "scene_stac_item.json").read_text())
    assert told["assets"]["opt_v3"]["roles"] == ["data"]
    assert told["assets"]["opt_v3"]["title"] == "Stage 3, ground (OBSERVED)"
    assert told["properties"]["gac:synthetic"] is False
    assert plan_of(tmp_path).mark == "PARTLY OBSERVED 38 %"
    assert PRODUCT in plan_of(tmp_path).disclaimer
    assert plan_of(tmp_path, observed=None).figure_name == "scene_before_after_SYNTHETIC.png"


def test_the_dialog_offers_it_only_where_both_are(window, qgis, tmp_path) -> None:
    partly, plain = add_partly(tmp_path / "partly"), add_run(tmp_path / "plain")
    dialog = ExportDialog(window, partly)
    dialog.pixels.setCurrentIndex(dialog.pixels.findData(GENERATED))
    plan = dialog.plan()
    assert (plan.pixels, plan.observed) == (GENERATED, SHARE)
    assert plan.observed_source == f"{PRODUCT}, 2018-01-29"
    other = ExportDialog(window, plain)
    assert not other.pixels.is_needed and other.plan().observed is None
    for each in (dialog, other):
        each.deleteLater()


def test_the_raster_of_another_grid_is_refused(qgis, tmp_path) -> None:
    write_partly(tmp_path / "partly")
    small = tmp_path / "partly" / "observed.tif"
    gdal.Translate(str(tmp_path / "small.tif"), str(small), srcWin=[0, 0, 8, 8])
    (tmp_path / "small.tif").replace(small)
    with pytest.raises(PluginError):
        export(plan_of(tmp_path, pixels=OBSERVED), lambda done, label: True)
    assert list((tmp_path / "out").iterdir()) == []
    small.unlink()
    with pytest.raises(PluginError):
        export(plan_of(tmp_path, pixels=OBSERVED), lambda done, label: True)


def test_a_layer_saved_by_qgis_keeps_the_mark(qgis, tmp_path) -> None:
    run = add_partly(tmp_path / "partly")
    path = str(tmp_path / "saved.tif")
    gdal.Translate(path, run.stages[3].source(), metadataOptions=[])
    layer = QgsRasterLayer(path, "saved", "gdal")
    QgsProject.instance().addMapLayer(layer)
    mark_export(run.stages[3], path)
    assert layer.name() == "saved (PARTLY OBSERVED 38 %)" and is_synthetic(layer)


# Damage


@pytest.mark.parametrize(
    ("field", "content", "left"),
    [
        ("observed", {"share": "much", "product": PRODUCT}, {"product": PRODUCT}),
        ("observed", {"share": True, "date": 2018, "file": None}, {}),
        ("observed", {"pixels": {"observed": "all", "generated": 3}}, {"pixels": {"generated": 3}}),
        ("observed", [1, 2], None),
        (
            "optical",
            {"days": "one", "use": "keep", "decisions": [1]},
            {"use": "keep", "decisions": []},
        ),
        ("optical", "S2", None),
        ("optical", {"files": [{"path": 5, "bytes": 3}]}, {"files": [{"bytes": 3}]}),
    ],
)
def test_damaged_fields_are_left_out(qgis, tmp_path, field, content, left) -> None:
    write_partly(tmp_path / "partly")
    path = tmp_path / "partly" / "run.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), field: content}))
    reading = records.read(path, RunRecord)
    assert reading.values.get(field) == left and reading.damage
    entry = read_entry(tmp_path / "partly")
    assert describe_run(entry)
    run = open_run(entry, QgsProject.instance())
    assert "PARTLY OBSERVED 38 %" in run.stages[3].title(), "the file's own tags tell"
    Probe(run, QgsProject.instance())


@pytest.mark.parametrize("share", ["nan", "1e999", "-1", "7", "much", ""])
def test_tags_that_make_no_sense_change_no_mark(qgis, tmp_path, share) -> None:
    write_partly(tmp_path / "partly")
    for stage in (1, 2, 3):
        file = gdal.Open(str(tmp_path / "partly" / f"opt_v{stage}.tif"), gdal.GA_Update)
        file.SetMetadata({**file.GetMetadata(), "GAC_OBSERVED": share})
        file = None
    run = open_run(read_entry(tmp_path / "partly"), QgsProject.instance())
    assert all("SYNTHETIC" in layer.title() for layer in run.stages.values())
    assert run.group.name().endswith("SYNTHETIC")
    assert is_synthetic(run.stages[1])


@pytest.mark.parametrize("content", [b"", b"no raster", b"\x00" * 5000])
def test_a_damaged_raster_of_kinds_breaks_nothing(qgis, tmp_path, content) -> None:
    write_partly(tmp_path / "partly")
    (tmp_path / "partly" / "observed.tif").write_bytes(content)
    run = ResultRun(tmp_path / "partly")
    with pytest.raises(PluginError):
        show_kinds(run, QgsProject.instance())
    entry = read_entry(tmp_path / "partly")
    shown = open_run(entry, QgsProject.instance())
    crs = QgsCoordinateReferenceSystem("EPSG:32633")
    reading = Probe(shown, QgsProject.instance()).read(
        QgsPointXY(ORIGIN[0] + 35, ORIGIN[1] - 55), crs
    )
    assert reading.stages and reading.kind is None


def test_the_mark_of_a_layout_is_that_of_what_it_shows(qgis, tmp_path) -> None:
    layout_ = QgsPrintLayout(QgsProject.instance())
    layout_.initializeDefaults()
    item = QgsLayoutItemMap(layout_)
    layout_.addLayoutItem(item)
    partly = add_partly(tmp_path / "partly")
    assert mark_for(item) == "PARTLY OBSERVED 38 %"
    plain = add_run(tmp_path / "plain")
    assert mark_for(item) == "SYNTHETIC", "not all of it is partly observed"
    plain.group.setItemVisibilityChecked(False)
    assert add_mark(item).text() == "PARTLY OBSERVED 38 %"
    partly.group.setItemVisibilityChecked(False)
    assert mark_for(item) == "SYNTHETIC"
