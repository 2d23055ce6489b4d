"""Results in the project: where they go, how they look, what marks them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from osgeo import gdal
from qgis.core import QgsLayerTreeGroup, QgsProject, QgsRasterLayer

from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.display import DisplayRange
from gac_qgis_plugin.engine_inputs import gdal_source, is_synthetic
from gac_qgis_plugin.labels import stage_title
from gac_qgis_plugin.layers import RunLayers, make_stage_layer
from tests.problems import raises


@pytest.fixture
def stages(tmp_path) -> list[dict]:
    folder = tmp_path / "run"
    folder.mkdir()
    events = []
    for stage in (1, 2, 3):
        path = folder / f"opt_v{stage}.tif"
        data = gdal.GetDriverByName("GTiff").Create(str(path), 8, 8, 4, gdal.GDT_UInt16)
        data.SetGeoTransform((0.0, 10.0, 0.0, 0.0, 0.0, -10.0))
        data.SetMetadata({"SYNTHETIC": "YES", "GAC_BUNDLE": "small (demo)"})
        del data
        events.append({"stage": stage, "path": str(path), "gac": 0.2})
    return events


def names(group: QgsLayerTreeGroup) -> list[str]:
    return [child.name() for child in group.children()]


def test_one_group_above_the_radar_layer_last_stage_on_top(radar, stages) -> None:
    above, vv, below = radar("above"), radar("vv"), radar("below")
    root = QgsProject.instance().layerTreeRoot()
    for layer in (below, vv, above):
        node = root.findLayer(layer.id())
        root.insertChildNode(0, node.clone())
        root.removeChildNode(node)
    run = RunLayers(QgsProject.instance(), (vv.id(),), "GAC SYNTHETIC", "demo")
    for event in stages:
        run.add_stage(event)
    assert names(root) == ["above", "GAC SYNTHETIC", "vv", "below"]
    assert names(root.children()[1]) == [
        "v3 ground",
        "v2 refine",
        "v1 generate",
    ]
    assert [node.layer().title() for node in root.children()[1].findLayers()] == [
        "opt_v3 · ground (SYNTHETIC, demo)",
        "opt_v2 · refine (SYNTHETIC, demo)",
        "opt_v1 · generate (SYNTHETIC, demo)",
    ]
    assert root.children()[1].isExpanded()


def test_a_later_run_lies_above_an_earlier_one_and_below_what_is_the_users(radar, stages) -> None:
    above, vv = radar("above"), radar("vv")
    root = QgsProject.instance().layerTreeRoot()
    for layer in (vv, above):
        node = root.findLayer(layer.id())
        root.insertChildNode(0, node.clone())
        root.removeChildNode(node)
    for title in ("first", "second"):
        run = RunLayers(QgsProject.instance(), (vv.id(),), title, "demo")
        folder = Path(stages[0]["path"]).parent.with_name(title)
        shutil.copytree(Path(stages[0]["path"]).parent, folder)
        run.add_stage({**stages[0], "path": str(folder / "opt_v1.tif")})
    assert names(root) == ["above", "second", "first", "vv"]


def test_the_group_lies_above_both_radar_layers(radar, stages) -> None:
    vv = radar("vv")
    vh = radar("vh")
    root = QgsProject.instance().layerTreeRoot()
    assert names(root) == ["vh", "vv"] or names(root) == ["vv", "vh"]
    run = RunLayers(QgsProject.instance(), (vv.id(), vh.id()), "G", "x")
    run.add_stage(stages[0])
    assert names(root)[0] == "G"


def test_the_group_joins_the_radar_layers_own_group(radar, stages) -> None:
    layer = radar("vv", add=False)
    group = QgsProject.instance().layerTreeRoot().addGroup("mine")
    QgsProject.instance().addMapLayer(layer, False)
    group.addLayer(layer)
    RunLayers(QgsProject.instance(), (layer.id(),), "G", "x").add_stage(stages[0])
    assert names(group) == ["G", "vv"]


def test_a_group_that_was_removed_comes_again(radar, stages) -> None:
    layer = radar("vv")
    root = QgsProject.instance().layerTreeRoot()
    run = RunLayers(QgsProject.instance(), (layer.id(),), "G", "x")
    run.add_stage(stages[0])
    root.removeChildNode(root.findGroup("G"))
    run.add_stage(stages[1])
    assert names(root.findGroup("G")) == ["v2 refine"]


def test_results_do_not_invade_another_project(radar, stages) -> None:
    layer = radar("vv")
    run = RunLayers(QgsProject.instance(), (layer.id(),), "G", "x")
    QgsProject.instance().clear()
    assert run.add_stage(stages[0]) is None
    assert QgsProject.instance().count() == 0


def test_a_removed_radar_layer_does_no_harm(radar, stages) -> None:
    layer = radar("vv")
    run = RunLayers(QgsProject.instance(), (layer.id(),), "G", "x")
    QgsProject.instance().removeMapLayer(layer.id())
    run.add_stage(stages[0])
    assert names(QgsProject.instance().layerTreeRoot()) == ["G"]


def test_every_stage_has_the_same_true_colour_stretch(qgis, stages) -> None:
    for event in stages:
        layer = make_stage_layer(event["path"], event["stage"], "demo", 0.1, DisplayRange())
        renderer = layer.renderer()
        assert renderer.type() == "multibandcolor"
        bands = renderer.redBand(), renderer.greenBand(), renderer.blueBand()
        assert bands == (3, 2, 1), "B04, B03, B02 in a file of B02, B03, B04, B08"
        for stretch in (
            renderer.redContrastEnhancement(),
            renderer.greenContrastEnhancement(),
            renderer.blueContrastEnhancement(),
        ):
            assert (stretch.minimumValue(), stretch.maximumValue()) == (0.0, 1500.0)


def test_a_result_is_marked_as_synthetic(qgis, stages) -> None:
    layer = make_stage_layer(stages[2]["path"], 3, "demo", None, DisplayRange())
    run_json = str(Path(stages[2]["path"]).with_name("run.json"))
    assert is_synthetic(layer)
    assert "SYNTHETIC" in layer.title(), "the name has it from the group"
    assert layer.customProperty("gac/run_json") == run_json


def test_a_result_is_known_without_the_marks(qgis, stages) -> None:
    """Somebody opens the GeoTIFF in a project of their own, or in another format."""
    layer = QgsRasterLayer(stages[2]["path"], "harmless", "gdal")
    assert is_synthetic(layer)
    with raises(PluginError, "layer-is-generated", "harmless"):
        gdal_source(layer)
    vrt = Path(stages[2]["path"]).with_suffix(".vrt")
    gdal.BuildVRT(str(vrt), [stages[2]["path"]])
    gdal.Translate(str(vrt.with_suffix(".png")), stages[2]["path"], format="PNG")
    assert is_synthetic(QgsRasterLayer(str(vrt.with_suffix(".png")), "copy", "gdal"))


def test_a_stage_that_is_told_again_is_not_added_again(radar, stages) -> None:
    """A run that is gone on with begins with the stages that were complete before."""
    layer = radar("vv")
    first = RunLayers(QgsProject.instance(), (layer.id(),), "G", "x")
    first.add_stage(stages[0])
    first.finish()
    again = RunLayers(QgsProject.instance(), (layer.id(),), "another title", "x")
    for event in stages:
        again.add_stage(event)
    root = QgsProject.instance().layerTreeRoot()
    assert names(root) == ["G", "vv"]
    assert [name[:2] for name in names(root.children()[0])] == ["v3", "v2", "v1"]
    QgsProject.instance().clear()
    third = RunLayers(QgsProject.instance(), (), "G", "x")
    for event in stages:
        third.add_stage(event)
    assert names(QgsProject.instance().layerTreeRoot()) == ["G"]


def test_only_results_of_a_demo_bundle_are_called_demo(qgis, stages) -> None:
    assert stage_title(1, "demo") == "opt_v1 · generate (SYNTHETIC, demo)"
    assert stage_title(3, "published") == "opt_v3 · ground (SYNTHETIC)"
    data = gdal.Open(stages[0]["path"], gdal.GA_Update)
    data.SetMetadataItem("GAC_BUNDLE", "demo (trained)")
    del data
    layer = make_stage_layer(stages[0]["path"], 1, "demo", None, DisplayRange())
    assert layer.title() == "opt_v1 · generate (SYNTHETIC)", "the kind counts, not the name"


def test_the_marks_survive_the_project_file(qgis, stages, tmp_path) -> None:
    project = QgsProject.instance()
    project.addMapLayer(make_stage_layer(stages[0]["path"], 1, "demo", 0.25, DisplayRange()))
    project.write(str(tmp_path / "p.qgs"))
    project.read(str(tmp_path / "p.qgs"))
    (layer,) = project.mapLayers().values()
    assert is_synthetic(layer)
    assert float(layer.customProperty("gac/gac_score")) == 0.25


def test_adding_a_result_writes_only_its_metadata_and_range_beside_it(qgis, stages) -> None:
    folder = Path(stages[0]["path"]).parent
    before = set(folder.iterdir())
    run = RunLayers(QgsProject.instance(), (), "G", "x")
    run.add_stage(stages[0])
    run.finish()
    assert set(folder.iterdir()) - before == {folder / "opt_v1.qmd", folder / "display.json"}


def test_a_file_that_cannot_be_read(qgis, tmp_path) -> None:
    shutil.copyfile(__file__, tmp_path / "opt_v1.tif")
    with raises(PluginError, "result-unreadable", str(tmp_path / "opt_v1.tif")):
        make_stage_layer(str(tmp_path / "opt_v1.tif"), 1, "demo", None, DisplayRange())
