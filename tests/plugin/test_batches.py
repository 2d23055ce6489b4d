"""Batches: `gac:batch` through Processing, and how they stand in the Runs tab."""

from __future__ import annotations

import json
import re
import shutil
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from gac_qgis_plugin.contract.batch_request import BatchRequest
from osgeo import gdal
from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingException, QgsProject

from gac_qgis_plugin import history
from gac_qgis_plugin.batches import (
    batch_state,
    chosen_scheduler,
    describe_batch,
    layers_of,
    open_batch,
    read_batch,
)
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.core.settings import PluginSettings
from gac_qgis_plugin.display import DisplayRange
from gac_qgis_plugin.engine_inputs import is_synthetic
from gac_qgis_plugin.gui.options import OptionsFactory
from gac_qgis_plugin.gui.runs_panel import BatchesBox
from gac_qgis_plugin.processing import batch
from gac_qgis_plugin.processing.provider import GacProvider
from gac_qgis_plugin.styles import limits, range_of
from gac_qgis_plugin.worker.engine import Engine
from tests.plugin.lock_files import lock_file
from tests.plugin.test_algorithm import Feedback
from tests.problems import raises

FAKE = Path(__file__).with_name("fake_batch.py")


def summary(status: str = "complete", **scene: Any) -> dict[str, Any]:
    """Make the engine's summary of a one-scene batch."""
    told = {
        "status": "complete",
        "blocks": 4,
        "empty": 1,
        "complete": {"opt_v1": 3, "opt_v2": 3, "opt_v3": 2},
        "holes": [],
        "scores": {"opt_v3": {"gac": 0.5}},
        **scene,
    }
    return {
        "status": status,
        "updated": "2026-11-23T10:00:00Z",
        "collection": "collection.json",
        "scenes": {"north": told},
    }


HOLE = {"block": "n1e1", "stage": 3, "why": "It broke.", "remedy": ""}


def write_batch(folder: Path, values: dict[str, Any], value: int = 1000) -> Path:
    """A batch on disk, with layers of one scene."""
    (folder / "north").mkdir(parents=True, exist_ok=True)
    (folder / "batch.json").write_text("{}")
    (folder / "summary.json").write_text(json.dumps(values))
    for stage in (1, 2, 3):
        tif = folder / "north" / f"opt_v{stage}.tif"
        data = gdal.GetDriverByName("GTiff").Create(str(tif), 8, 8, 4, gdal.GDT_UInt16)
        data.SetGeoTransform((0.0, 10.0, 0.0, 0.0, 0.0, -10.0))
        for band in range(1, 5):
            data.GetRasterBand(band).Fill(value)
        del data
        gdal.BuildVRT(str(tif.with_suffix(".vrt")), [str(tif)]).FlushCache()
    return folder


@pytest.fixture
def engine(monkeypatch, tmp_path):
    """Chooses how the engine behaves."""
    package = tmp_path / "engine" / "gac_core"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    shutil.copy(FAKE, package / "cli.py")

    def choose(mode: str, values: dict[str, Any] | None = None) -> None:
        variables = {
            "PYTHONPATH": str(package.parent),
            "PYTHONSAFEPATH": "1",
            "FAKE_BATCH": mode,
            "FAKE_SUMMARY": json.dumps(values or summary()),
        }
        fake = Engine(sys.executable, variables)
        monkeypatch.setattr(batch.engine, "find_engine", lambda: fake)
        monkeypatch.setattr(batch.engine, "find_launch", lambda: None)

    return choose


@pytest.fixture
def provider(qgis):
    provider = GacProvider()
    QgsApplication.processingRegistry().addProvider(provider)
    yield provider
    QgsApplication.processingRegistry().removeProvider(provider)


def execute(values: dict[str, Any], feedback: Any = None) -> dict[str, Any]:
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("gac:batch")
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    ok, message = algorithm.checkParameterValues(values, context)
    if not ok:
        raise ValueError(message)
    feedback = feedback or Feedback()
    results, ok = algorithm.run(values, context, feedback, {}, False)
    assert ok
    algorithm.postProcess(context, feedback)
    return results


def test_the_parameters_reach_the_engine(provider, engine, radar, tmp_path) -> None:
    engine("good")
    layer = radar("s1")
    values = {
        "INPUT": [layer.id()],
        "FILES": " /scenes/*.tif \n\n/items.json\n",
        "EXTENT": "500000,501000,5300000,5301000 [EPSG:32632]",
        "STAGES": 1,
        "MONTH": 8,
        "SEED": 7,
        "WORKERS": 2,
        "BLOCK": 1024,
        "OUTPUT_FOLDER": str(tmp_path / "out"),
    }
    execute(values)
    told = json.loads((tmp_path / "out" / "arguments.json").read_text())
    assert told[:4] == ["batch", layer.source(), "/scenes/*.tif", "/items.json"]
    assert told[-1] == "--json"
    pairs = {a: b for a, b in pairwise(told) if a.startswith("--")}
    assert pairs["--stages"] == "2" and pairs["--month"] == "7" and pairs["--seed"] == "7"
    assert pairs["--workers"] == "2" and pairs["--block"] == "1024"
    assert pairs["--extent-crs"] == "EPSG:32632" and "--scheduler" not in pairs
    place = told.index("--extent")
    assert [float(each) for each in told[place + 1 : place + 5]] == [
        500000,
        5300000,
        501000,
        5301000,
    ]


def test_what_came_of_it_is_returned_told_and_remembered(provider, engine, tmp_path) -> None:
    engine("good", summary("complete with failures", holes=[HOLE]))
    feedback = Feedback()
    out = tmp_path / "out"
    results = execute({"FILES": "a.tif", "OUTPUT_FOLDER": str(out)}, feedback)
    assert results["STATUS"] == "complete with failures" and results["HOLES"] == 1
    assert results["SUMMARY"] == str(out / "summary.json")
    assert any("1 of 2 workers" in line for line in feedback.lines)
    assert any("block n1e1, stage 3: It broke." in line for line in feedback.lines)
    assert feedback.percents[-1] == 50.0
    assert feedback.texts[-1] == "Computing: 2 of 4 steps, 1 failed"
    assert history.batch_folders(QgsProject.instance()) == [out]


def test_without_radar_it_is_refused_at_once(provider, engine, tmp_path) -> None:
    engine("good")
    values = {"OUTPUT_FOLDER": str(tmp_path / "out")}
    with raises(PluginError, "radar-not-given") as caught:
        batch.BatchAlgorithm().create().read(values, QgsProcessingContext())
    with pytest.raises(ValueError, match=re.escape(str(caught.value))):
        execute(values)


def test_the_engines_refusal_fails_the_algorithm(provider, engine, tmp_path) -> None:
    engine("error")
    with pytest.raises(QgsProcessingException, match=r"No scene\. Name one\."):
        execute({"FILES": "a.tif", "OUTPUT_FOLDER": str(tmp_path / "out")})


def test_cancel_ends_the_engine_and_says_what_is_kept(provider, engine, tmp_path) -> None:
    engine("slow")
    feedback = Feedback()
    feedback.progressChanged.connect(lambda percent: percent >= 50 and feedback.cancel())
    results = execute({"FILES": "a.tif", "OUTPUT_FOLDER": str(tmp_path / "out")}, feedback)
    assert "STATUS" not in results
    assert any("are kept" in line for line in feedback.lines)


def test_the_options_scheduler_computes_unless_told_otherwise(qgis, tmp_path) -> None:
    page = OptionsFactory(lambda: None).createWidget(None)
    key = page.certificates["scheduler_key"][1]
    assert key.isHidden()
    page.scheduler.setText("tls://head:8786")
    assert not key.isHidden()
    key.setFilePath("/keys/me.pem")
    page.apply()
    order = BatchRequest(("a.tif",), str(tmp_path), workers=3, **chosen_scheduler())
    told = order.arguments()
    assert told[-4:] == ("--scheduler", "tls://head:8786", "--tls-key", "/keys/me.pem")
    assert "--workers" not in told, "it has its own"
    settings = PluginSettings.load()
    settings.scheduler = "tcp://head:8786"
    settings.save()
    order = BatchRequest(("a.tif",), str(tmp_path), **chosen_scheduler())
    assert order.arguments()[-2:] == ("--scheduler", "tcp://head:8786")


def test_layers_are_one_group_with_one_for_each_scene(window, tmp_path) -> None:
    folder = write_batch(tmp_path / "alps", summary())
    entry = read_batch(folder)
    project = QgsProject.instance()
    assert open_batch(entry, project) == 3
    group = project.layerTreeRoot().findGroup("batch alps · SYNTHETIC")
    scene = group.children()[0]
    assert scene.name() == "north"
    shown = [(node.name()[:2], node.isVisible()) for node in scene.children()]
    assert shown == [("v3", True), ("v2", False), ("v1", False)]
    assert all("SYNTHETIC" in layer.title() for layer in layers_of(entry, project))
    assert open_batch(entry, project) == 0, "they are there"


def test_opening_again_shows_the_blocks_that_came_since(window, tmp_path) -> None:
    folder = write_batch(tmp_path / "alps", summary())
    project = QgsProject.instance()
    open_batch(read_batch(folder), project)
    layer = next(each for each in layers_of(read_batch(folder), project) if "v3" in each.name())
    before = layer.dataProvider().block(1, layer.extent(), 8, 8).value(0, 0)
    write_batch(folder, summary(), value=2000)
    open_batch(read_batch(folder), project)
    after = layer.dataProvider().block(1, layer.extent(), 8, 8).value(0, 0)
    assert (before, after) == (1000, 2000)


@pytest.mark.parametrize("style", ["true_colour", "false_colour"])
def test_all_scenes_of_a_batch_have_one_range(window, tmp_path, style) -> None:
    settings = PluginSettings.load()
    settings.style = style
    settings.save()
    entry = read_batch(write_batch(tmp_path / "out", summary()))
    open_batch(entry, QgsProject.instance())
    for layer in layers_of(entry, QgsProject.instance()):
        assert limits(layer.renderer())[1:] == [(0.0, 1500.0)] * 2
        assert range_of({1: layer}) == DisplayRange()


def test_a_fitted_range_of_a_batch_changes_once_when_it_is_over(window, tmp_path) -> None:
    settings = PluginSettings.load()
    settings.display_range = "fitted"
    settings.save()
    project, folder = QgsProject.instance(), tmp_path / "out"

    def shown() -> set[tuple[float, float]]:
        layers = layers_of(read_batch(folder), project)
        return {pair for layer in layers for pair in limits(layer.renderer())}

    open_batch(read_batch(write_batch(folder, summary("running"), 1000)), project)
    assert shown() == {(750.0, 1250.0)}
    open_batch(read_batch(write_batch(folder, summary("running"), 3000)), project)
    assert shown() == {(750.0, 1250.0)}, "it does not flicker"
    open_batch(read_batch(write_batch(folder, summary(), 3000)), project)
    assert shown() == {(2750.0, 3250.0)}


def test_a_batch_without_layers_says_so(window, tmp_path) -> None:
    with raises(PluginError, "batch-without-layers"):
        open_batch(read_batch(tmp_path), QgsProject.instance())


def test_states(window, tmp_path) -> None:
    assert batch_state(read_batch(tmp_path / "nowhere")) == "no files"
    folder = write_batch(tmp_path / "alps", summary("running"))
    assert batch_state(read_batch(folder)) == "unfinished"
    with (folder / ".gac-batch.lock").open("w") as file:
        lock_file(file)
        assert batch_state(read_batch(folder)) == "running"
    write_batch(folder, summary("complete with failures", holes=[HOLE]))
    entry = read_batch(folder)
    assert batch_state(entry) == "with holes" and entry.blocks == (3, 4)
    assert "block n1e1, stage 3: It broke." in describe_batch(entry)
    assert "v3 0.50" in describe_batch(entry) and "to resume" in describe_batch(entry)
    (folder / "summary.json").write_text("[1")
    assert batch_state(read_batch(folder)) == "damaged"


def test_the_list_follows_a_batch_and_forgets_it(window, wait, tmp_path) -> None:
    box = BatchesBox(window)
    assert box.isHidden(), "no batches"
    folder = write_batch(tmp_path / "alps", summary("running", complete={"opt_v3": 1}, empty=0))
    history.remember_batch(folder, QgsProject.instance())
    box.watch(True)
    assert not box.isHidden() and box.list.topLevelItem(0).text(1) == "1 of 4"
    box.open_button.click()
    assert len(list(layers_of(read_batch(folder), QgsProject.instance()))) == 3
    (folder / "summary.json").write_text(json.dumps(summary()))
    wait(lambda: box.list.topLevelItem(0).text(2) == "complete")
    box.forget_button.click()
    assert box.isHidden() and folder.is_dir()
    box.watch(False)


def test_a_batch_with_observed_pixels_is_marked_and_shows_their_border(qgis, tmp_path) -> None:
    folder = write_batch(tmp_path / "batch", summary())
    for stage in (1, 2, 3):
        path = folder / "north" / f"opt_v{stage}.vrt"
        file = gdal.Open(str(path), gdal.GA_Update)
        file.SetMetadata({"SYNTHETIC": "PARTLY"})
        file = None
    kinds = folder / "north" / "observed.tif"
    file = gdal.GetDriverByName("GTiff").Create(str(kinds), 8, 8, 1, gdal.GDT_Byte)
    file.SetGeoTransform((0.0, 10.0, 0.0, 0.0, 0.0, -10.0))
    file = None
    gdal.BuildVRT(str(kinds.with_suffix(".vrt")), [str(kinds)]).FlushCache()
    project = QgsProject.instance()
    assert open_batch(read_batch(folder), project) == 3
    layers = {layer.name(): layer for layer in project.mapLayers().values()}
    assert layers["v3 ground"].title() == "opt_v3 · ground (PARTLY OBSERVED)"
    group = project.layerTreeRoot().children()[0]
    assert group.name().endswith("PARTLY OBSERVED")
    layer = layers["Observed and generated pixels"]
    assert len(layer.renderer().classes()) == 3 and is_synthetic(layer)
    assert not project.layerTreeRoot().findLayer(layer.id()).itemVisibilityChecked()
    assert open_batch(read_batch(folder), project) == 0
    assert len(project.mapLayers()) == 4, "nothing is added twice"
    kinds.with_suffix(".vrt").write_text("damaged")
    project.removeMapLayer(layer.id())
    open_batch(read_batch(folder), project)
