"""`gac:run` through Processing itself."""

from __future__ import annotations

import json
import re
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from osgeo import gdal, ogr, osr
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)
from qgis.gui import QgsGui, QgsProcessingGui
from qgis.PyQt.QtGui import QFont, QFontMetrics

from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.core.settings import PluginSettings
from gac_qgis_plugin.core.work_folder import read_journal
from gac_qgis_plugin.engine_inputs import is_synthetic
from gac_qgis_plugin.processing import run
from gac_qgis_plugin.processing.batch import BatchAlgorithm
from gac_qgis_plugin.processing.provider import GacProvider
from gac_qgis_plugin.processing.run import RunAlgorithm
from gac_qgis_plugin.styles import limits
from gac_qgis_plugin.worker import engine
from gac_qgis_plugin.worker.protocol import Outcome
from tests.load import stretched
from tests.problems import raises

DIALOG_PX, ARROW_PX = 345, 40
"""Width that a Processing dialog first gives its parameters, beside help and scroll bar; frame and
arrow of a list."""


class Feedback(QgsProcessingFeedback):
    """Remembers what it was told."""

    def __init__(self) -> None:
        super().__init__(False)
        self.lines: list[str] = []
        self.percents: list[float] = []
        self.texts: list[str] = []
        self.progressChanged.connect(self.percents.append)

    def setProgressText(self, text: str) -> None:  # noqa: N802
        self.texts.append(text)

    def pushInfo(self, info: str) -> None:  # noqa: N802  (QGIS names this method)
        self.lines.append(info)

    def reportError(self, error: str, fatalError: bool = False) -> None:  # noqa: N802, N803
        self.lines.append(error)


@pytest.fixture
def provider(qgis):
    provider = GacProvider()
    QgsApplication.processingRegistry().addProvider(provider)
    yield provider
    QgsApplication.processingRegistry().removeProvider(provider)


@pytest.fixture
def worker(monkeypatch, fake_launch):
    """Chooses the fake worker of the algorithm."""

    def choose(mode: str) -> None:
        monkeypatch.setattr(engine, "find_launch", lambda: fake_launch(mode))

    return choose


def execute(values: dict[str, Any], feedback: Any = None) -> dict[str, Any]:
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("gac:run")
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    ok, message = algorithm.checkParameterValues(values, context)
    if not ok:
        raise ValueError(message)
    results, ok = algorithm.run(values, context, feedback or Feedback(), {}, False)
    results["loaded"] = len(context.layersToLoadOnCompletion())
    assert ok
    return results


def test_all_outputs_are_returned(provider, worker, radar, tmp_path) -> None:
    worker("good")
    feedback = Feedback()
    out = str(tmp_path / "out")
    results = execute({"INPUT": radar("s1"), "OUTPUT_FOLDER": out}, feedback)
    for stage in (1, 2, 3):
        assert results[f"OPT_V{stage}"] == f"{out}/opt_v{stage}.tif"
        assert Path(results[f"OPT_V{stage}"]).is_file()
    assert results["RUN_JSON"] == f"{out}/run.json"
    assert results["GAC_V1"] == pytest.approx(0.1)
    assert results["GAC_V2"] is None
    assert results["loaded"] == 3
    assert feedback.percents[-1] == 100
    assert any("SYNTHETIC" in line for line in feedback.lines)


def test_the_parameters_reach_the_engine(provider, worker, radar, tmp_path) -> None:
    worker("good")
    values = {
        "INPUT": radar("s1"),
        "VH_INPUT": radar("vh"),
        "VV_BAND": 2,
        "UNIT": 3,
        "MODALITY": 2,
        "NODATA": -99.5,
        "EXTENT": "676800,676900,5394700,5394800 [EPSG:32633]",
        "STAGES": 1,
        "TIMESTEPS_1": 11,
        "TIMESTEPS_3": 9,
        "SEED": 3,
        "MONTH": 2,
        "BIOME": 5,
        "DEVICE": 1,
        "OPTICAL": [radar("s2", 4).id(), radar("swir", 2, add=False).source()],
        "OPTICAL_MASK": str(tmp_path / "s2.tif"),
        "OPTICAL_USE": 2,
        "OPTICAL_DAYS": 5,
        "OPTICAL_BANDS": "B02,B03,B04,B08",
        "OPTICAL_SCALE": 1,
        "OPTICAL_OFFSET": 2,
        "OPTICAL_DATE": "2021-07-06",
        "OPTICAL_CLEAR": "4,5",
        "OPTICAL_MARGIN": 0,
        "OPTICAL_OTHER": [radar("s2_march", 4).id()],
        "OPTICAL_OTHER_MASK": str(tmp_path / "s2_march.tif"),
        "LOAD": False,
        "OUTPUT_FOLDER": str(tmp_path / "out"),
    }
    results = execute(values)
    assert results["loaded"] == 0
    assert "OPT_V3" not in results
    assert json.loads(Path(results["RUN_JSON"]).read_text())["request"] == {
        "sar": [str(tmp_path / "s1.tif"), str(tmp_path / "vh.tif")],
        "out": str(tmp_path / "out"),
        "vv_band": 2,
        "vh_band": None,
        "unit": "amplitude",
        "modality": "S1RTC",
        "nodata": -99.5,
        "extent": [676800, 5394700, 676900, 5394800],
        "extent_crs": "EPSG:32633",
        "bundle": "demo",
        "stages": 2,
        "timesteps_1": 11,
        "timesteps_3": 9,
        "seed": 3,
        "month": 1,
        "biome": 4,
        "device": "cpu",
        "quick": False,
        "optical": [str(tmp_path / "s2.tif"), str(tmp_path / "swir.tif")],
        "optical_mask": str(tmp_path / "s2.tif"),
        "optical_use": "guide",
        "optical_days": 5,
        "optical_bands": "B02,B03,B04,B08",
        "optical_scale": "dn",
        "optical_offset": 1000,
        "optical_date": "2021-07-06",
        "optical_clear": "4,5",
        "optical_margin": 0,
        "optical_other": [str(tmp_path / "s2_march.tif")],
        "optical_other_mask": str(tmp_path / "s2_march.tif"),
    }


def test_the_biome_is_that_of_the_place_unless_it_is_named(provider, worker, radar) -> None:
    from gac_qgis_plugin.processing.batch import read_batch_request
    from gac_qgis_plugin.processing.run import read_request

    registry = QgsApplication.processingRegistry()
    one, many = registry.createAlgorithmById("gac:run"), registry.createAlgorithmById("gac:batch")
    context = QgsProcessingContext()
    layer = radar("s1")
    assert read_request(one, {"INPUT": layer}, context)["biome"] is None
    for index, expected in ((0, None), (1, 0), (2, 1), (15, 14)):
        values = {"INPUT": layer, "BIOME": index}
        assert read_request(one, values, context)["biome"] == expected
        values = {"INPUT": [layer], "BIOME": index}
        assert read_batch_request(many, values, context).settings["biome"] == expected


def test_the_month_comes_from_the_layer_unless_it_is_named(provider, worker, radar) -> None:
    from gac_qgis_plugin.processing.run import read_request

    algorithm = QgsApplication.processingRegistry().createAlgorithmById("gac:run")
    context = QgsProcessingContext()
    layer = radar("s1")
    for month, expected in ((0, None), (1, 0), (2, 1), (13, 12)):
        request = read_request(algorithm, {"INPUT": layer, "MONTH": month}, context)
        assert request["month"] == expected


def test_without_an_environment_it_is_there_and_says_what_to_do(
    provider, monkeypatch, radar, tmp_path
) -> None:
    def find() -> Any:
        raise PluginError("The environment was not found.", "Run `make env`.")

    monkeypatch.setattr(engine, "find_launch", find)
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("gac:run")
    assert algorithm is not None
    assert algorithm.canExecute() == (False, "The environment was not found. Run `make env`.")
    feedback = Feedback()
    with pytest.raises(AssertionError):
        execute({"INPUT": radar("s1"), "OUTPUT_FOLDER": str(tmp_path)}, feedback)
    assert "The environment was not found. Run `make env`." in feedback.lines


def test_the_engines_error_fails_the_algorithm(provider, worker, radar, tmp_path) -> None:
    worker("refuse")
    with pytest.raises(QgsProcessingException, match=r"upside down. Turn it round."):
        execute({"INPUT": radar("s1"), "OUTPUT_FOLDER": str(tmp_path / "out")})


def test_what_is_not_given_is_left_to_the_engine(provider, radar) -> None:
    from gac_core.contract.request import DEFAULTS
    from gac_qgis_plugin.processing.base import FORM
    from gac_qgis_plugin.processing.run import read_request

    algorithm = QgsApplication.processingRegistry().createAlgorithmById("gac:run")
    request = read_request(algorithm, {"INPUT": radar("s1")}, QgsProcessingContext())
    given = {"sar", "out", "extent", "extent_crs"}
    assert {key: request[key] for key in {*request} - given} == {
        name: DEFAULTS[name] for name in FORM
    }


def test_after_a_crash_the_same_run_goes_on(provider, worker, radar, tmp_path) -> None:
    worker("crash")
    values = {"INPUT": radar("s1"), "OUTPUT_FOLDER": str(tmp_path / "out")}
    with pytest.raises(QgsProcessingException, match="worker process crashed") as caught:
        execute(values)
    assert "run this again with the same output folder" in str(caught.value)
    assert read_journal(tmp_path / "out") is not None
    worker("good")
    feedback = Feedback()
    results = execute(values, feedback)
    assert Path(results["OPT_V3"]).is_file()
    assert feedback.texts[1].startswith("Stage 2"), "stage 1 was whole"
    assert not (tmp_path / "out" / ".gac-work").exists()


def test_of_an_engine_without_journals_nothing_is_left(provider, worker, radar, tmp_path) -> None:
    worker("old")

    def kill(launch: Any, request: Any, on_event: Any, is_cancelled: Any) -> Any:
        (tmp_path / "out" / ".gac-work").mkdir(parents=True)
        return Outcome("failed", problem=PluginError("It died."))

    run.run_blocking, kept = kill, run.run_blocking
    try:
        with pytest.raises(QgsProcessingException, match=r"It died.$"):
            execute({"INPUT": radar("s1"), "OUTPUT_FOLDER": str(tmp_path / "out")})
    finally:
        run.run_blocking = kept
    assert not (tmp_path / "out" / ".gac-work").exists()


def test_results_are_marked_and_described_when_they_are_loaded(
    provider, worker, radar, tmp_path
) -> None:
    worker("good")
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("gac:run")
    context, feedback = QgsProcessingContext(), Feedback()
    context.setProject(QgsProject.instance())
    values = {"INPUT": radar("s1"), "BUNDLE": "toy", "OUTPUT_FOLDER": str(tmp_path / "out")}
    results, ok = algorithm.run(values, context, feedback, {}, False)
    assert ok
    details = context.layersToLoadOnCompletion()[results["OPT_V3"]]
    assert details.name == "v3 ground · SYNTHETIC"
    layer = QgsRasterLayer(results["OPT_V3"], details.name, "gdal")
    details.postProcessor().postProcessLayer(layer, context, feedback)
    assert any("Stage 3, ground" in line for line in layer.metadata().history())
    assert (tmp_path / "out" / "opt_v3.qmd").is_file()
    assert limits(layer.renderer()) == [(0.0, 1500.0)] * 3


def test_observed_pixels_are_an_output_with_a_mark(provider, worker, radar, tmp_path) -> None:
    worker("good")
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("gac:run")
    context, feedback = QgsProcessingContext(), Feedback()
    context.setProject(QgsProject.instance())
    values = {"INPUT": radar("s1"), "OPTICAL": [radar("s2", 4)], "OPTICAL_USE": 1}
    values |= {"OUTPUT_FOLDER": str(tmp_path / "out")}
    assert algorithm.checkParameterValues(values, context)[0]
    results, ok = algorithm.run(values, context, feedback, {}, False)
    assert ok and results["OBSERVED"] == str(tmp_path / "out" / "observed.tif")
    assert results["OBSERVED_SHARE"] == pytest.approx(11 / 16)
    to_load = context.layersToLoadOnCompletion()
    assert len(to_load) == 4
    assert to_load[results["OPT_V3"]].name == "v3 ground · PARTLY OBSERVED 69 %"
    details = to_load[results["OBSERVED"]]
    layer = QgsRasterLayer(results["OBSERVED"], details.name, "gdal")
    QgsProject.instance().addMapLayer(layer)
    details.postProcessor().postProcessLayer(layer, context, feedback)
    assert len(layer.renderer().classes()) == 3 and is_synthetic(layer)
    node = QgsProject.instance().layerTreeRoot().findLayer(layer.id())
    assert not node.itemVisibilityChecked()


@pytest.mark.parametrize("name", ["OPTICAL_MASK", "OPTICAL_OTHER_MASK"])
@pytest.mark.parametrize("mask", ["layer", "source", "raster", "none"])
def test_a_mask_is_polygons_or_a_raster(provider, worker, radar, tmp_path, mask, name) -> None:
    path = tmp_path / "sky.gpkg"
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(32633)
    source = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    source.CreateLayer("fog", crs, ogr.wkbPolygon)
    source.CreateLayer("clouds", crs, ogr.wkbPolygon)
    source = None
    table = f"{path}|layername=clouds"
    polygons = QgsVectorLayer(table, "clouds", "ogr")
    QgsProject.instance().addMapLayer(polygons)
    given = {
        "layer": polygons.id(),
        "source": table,
        "raster": radar("mask", 1, add=False).source(),
        "none": "none",
    }
    values = {"INPUT": radar("s1"), "OPTICAL": [radar("s2", 4)], name: given[mask]}
    values["OPTICAL_OTHER"] = [radar("s2_march", 4)]
    values |= {"LOAD": False, "STAGES": 0, "OUTPUT_FOLDER": str(tmp_path / "out")}
    worker("good")
    results = execute(values)
    request = json.loads(Path(results["RUN_JSON"]).read_text())["request"]
    assert request[name.lower()] == (table if mask == "layer" else given[mask])


def test_a_folder_of_a_product_goes_to_the_engine_as_it_is(
    provider, worker, radar, tmp_path
) -> None:
    folder = tmp_path / "S2B_MSIL2A_20180422.SAFE"
    folder.mkdir()
    worker("good")
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("gac:run")
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    values = {"INPUT": radar("s1"), "OPTICAL": [str(folder)], "LOAD": False, "STAGES": 0}
    values |= {"OUTPUT_FOLDER": str(tmp_path / "out")}
    results, ok = algorithm.run(values, context, Feedback(), {}, False)
    assert ok
    request = json.loads(Path(results["RUN_JSON"]).read_text())["request"]
    assert request["optical"] == [str(folder)]


@pytest.mark.parametrize("algorithm", ["gac:run", "gac:batch"])
@pytest.mark.parametrize("name", ["OPTICAL", "OPTICAL_OTHER"])
@pytest.mark.parametrize("form", ["folder", "archive", "all its files", "folder and layer"])
def test_a_product_passes_the_check_of_the_dialog(
    provider, worker, radar, tmp_path, algorithm, name, form
) -> None:
    """The dialog, `processing.run` and qgis_process check values before they run."""
    worker("good")
    folder = tmp_path / "S2B_MSIL2A_20180422.SAFE"
    files = [folder / "IMG_DATA" / f"R{r}m" / f"T33_B02_{r}m.jp2" for r in (10, 20)]
    for file in (*files, folder / "MTD_MSIL2A.xml"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"no layer")
    archive = tmp_path / "S2.zip"
    archive.write_bytes(b"no layer either")
    layer = radar("s2", 4)
    given, expected = {
        "folder": ([str(folder)], [str(folder)]),
        "archive": ([str(archive)], [str(archive)]),
        "all its files": ([str(file) for file in files], [str(folder)]),
        "folder and layer": ([layer.id(), str(folder)], [layer.source(), str(folder)]),
    }[form]
    chosen = QgsApplication.processingRegistry().createAlgorithmById(algorithm)
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    sar = radar("s1")
    values = {"INPUT": sar if algorithm == "gac:run" else [sar], "OPTICAL": [layer.id()]}
    values |= {name: given, f"{name}_MASK": str(folder), "OUTPUT_FOLDER": str(tmp_path / "out")}
    assert chosen.checkParameterValues(values, context) == (True, "")
    read = chosen.read(values, context)
    settings = read if algorithm == "gac:run" else read.settings
    assert list(settings[name.lower()]) == expected
    assert settings[f"{name.lower()}_mask"] == str(folder)
    gone = {**values, name: [str(tmp_path / "gone.SAFE")]}
    ok, message = chosen.checkParameterValues(gone, context)
    assert not ok and message


def test_files_of_a_product_stay_files_where_their_bands_are_named(
    provider, worker, radar, tmp_path
) -> None:
    worker("good")
    folder = tmp_path / "S2B_MSIL2A_20180422.SAFE"
    folder.mkdir()
    files = [str(folder / f"B0{n}.jp2") for n in (2, 3)]
    for file in files:
        Path(file).write_bytes(b"no layer")
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("gac:run")
    values = {"INPUT": radar("s1"), "OPTICAL": files, "OPTICAL_BANDS": "B02,B03"}
    values |= {"OUTPUT_FOLDER": str(tmp_path / "out")}
    assert list(algorithm.read(values, QgsProcessingContext())["optical"]) == files


@pytest.mark.parametrize("algorithm", ["gac:run", "gac:batch"])
def test_an_image_of_another_date_needs_a_first_one(
    provider, worker, radar, tmp_path, algorithm
) -> None:
    worker("good")
    chosen = QgsApplication.processingRegistry().createAlgorithmById(algorithm)
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    sar, image = radar("s1"), radar("s2", 4)
    values = {"INPUT": sar if algorithm == "gac:run" else [sar], "OPTICAL_OTHER": [image]}
    values["OUTPUT_FOLDER"] = str(tmp_path / "out")
    with raises(PluginError, "optical-other-alone") as refused:
        chosen.read(values, context)
    assert chosen.checkParameterValues(values, context) == (False, str(refused.value))
    assert chosen.checkParameterValues({**values, "OPTICAL": [image]}, context) == (True, "")


@pytest.mark.parametrize("name", ["OPTICAL", "OPTICAL_OTHER"])
def test_a_generated_image_is_no_reference(provider, worker, radar, tmp_path, name) -> None:
    worker("good")
    made = radar("opt_v3", 4, add=False)
    file = gdal.Open(made.source(), gdal.GA_Update)
    file.SetMetadata({"SYNTHETIC": "PARTLY"})
    file = None
    values = {"INPUT": radar("s1"), "OPTICAL": [radar("s2", 4)], name: [made.source()]}
    with pytest.raises(ValueError, match="opt_v3"):
        execute({**values, "OUTPUT_FOLDER": str(tmp_path / "out")})


def test_results_that_processing_loads_are_fitted_to_the_highest_stage(
    provider, worker, radar, tmp_path
) -> None:
    worker("good")
    settings = PluginSettings.load()
    settings.display_range = "fitted"
    settings.save()
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("gac:run")
    context, feedback = QgsProcessingContext(), Feedback()
    context.setProject(QgsProject.instance())
    values = {"INPUT": radar("s1"), "OUTPUT_FOLDER": str(tmp_path / "out")}
    results, ok = algorithm.run(values, context, feedback, {}, False)
    assert ok
    image = gdal.Open(results["OPT_V3"], gdal.GA_Update)
    for band in (1, 2, 3):
        image.GetRasterBand(band).Fill(5000)
    del image
    for stage in (1, 2, 3):
        path = results[f"OPT_V{stage}"]
        layer = QgsRasterLayer(path, "", "gdal")
        marker = context.layersToLoadOnCompletion()[path].postProcessor()
        marker.postProcessLayer(layer, context, feedback)
        assert limits(layer.renderer()) == [(4750.0, 5250.0)] * 3


@pytest.mark.parametrize("mode", ["slow", "deaf"])
def test_cancel(provider, worker, radar, tmp_path, mode) -> None:
    worker(mode)
    feedback = Feedback()
    cancelled: list[float] = []

    def cancel() -> None:
        while not (tmp_path / "out" / ".gac-work").exists():
            time.sleep(0.01)
        cancelled.append(time.monotonic())
        feedback.cancel()

    threading.Thread(target=cancel).start()
    results = execute({"INPUT": radar("s1"), "OUTPUT_FOLDER": str(tmp_path / "out")}, feedback)
    assert time.monotonic() - cancelled[0] < stretched(3.0)
    assert "OPT_V1" not in results
    assert not (tmp_path / "out" / ".gac-work").exists()


def test_an_area_beside_the_layer_is_refused_at_once(provider, worker, radar, tmp_path) -> None:
    worker("good")
    values = {"INPUT": radar("s1"), "EXTENT": "0,1,0,1 [EPSG:4326]", "OUTPUT_FOLDER": str(tmp_path)}
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    with raises(PluginError, "area-off-layer") as caught:
        RunAlgorithm().create().read(values, context)
    with pytest.raises(ValueError, match=re.escape(str(caught.value))):
        execute(values)


def test_it_runs_on_another_thread(provider, worker, radar, wait, tmp_path) -> None:
    from qgis.core import QgsProcessingAlgRunnerTask

    worker("good")
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("gac:run")
    context, feedback = QgsProcessingContext(), Feedback()
    context.setProject(QgsProject.instance())
    values = {"INPUT": radar("s1"), "OUTPUT_FOLDER": str(tmp_path / "out")}
    task = QgsProcessingAlgRunnerTask(algorithm, values, context, feedback)
    done: list[Any] = []
    task.executed.connect(lambda ok, results: done.append((ok, results)))
    QgsApplication.taskManager().addTask(task)
    wait(lambda: done)
    assert done[0][0]
    assert Path(done[0][1]["OPT_V3"]).is_file()


@pytest.mark.parametrize("locale", ["en", "de", "es"])
@pytest.mark.parametrize("algorithm", [RunAlgorithm, BatchAlgorithm])
def test_the_dialog_needs_no_more_width_than_it_has(qgis, language, locale, algorithm) -> None:
    language(locale)
    font = QFont()
    font.setPixelSize(13)  # QGIS's 9 points on a common screen
    metrics = QFontMetrics(font)
    made = algorithm().create({})
    for parameter in made.parameterDefinitions():
        optional = " [optional]" if _is_optional(parameter) else ""
        # A wider label or list takes the buttons "…" out of sight.
        assert metrics.horizontalAdvance(parameter.description() + optional) < DIALOG_PX
        if isinstance(parameter, QgsProcessingParameterEnum):
            widest = max(metrics.horizontalAdvance(each) for each in parameter.options())
            assert widest + ARROW_PX < DIALOG_PX


def _is_optional(parameter: Any) -> bool:
    flag = QgsProcessingParameterDefinition.Flag.FlagOptional
    return bool(parameter.flags() & flag)


@pytest.mark.parametrize("algorithm", [RunAlgorithm, BatchAlgorithm])
def test_the_dialog_lists_bundles_and_takes_others(qgis, monkeypatch, tmp_path, algorithm) -> None:
    own = tmp_path / "models" / "bundles" / "mine"
    own.mkdir(parents=True)
    (own / "bundle.json").write_text(json.dumps({"name": "mine", "kind": "own"}))
    monkeypatch.setenv("GAC_MODELS", str(tmp_path / "models"))
    made = algorithm().create({})
    parameter = made.parameterDefinition("BUNDLE")
    registry = QgsGui.processingGuiRegistry()
    wrapper = registry.createParameterWidgetWrapper(parameter, QgsProcessingGui.WidgetType.Standard)
    combo = wrapper.createWrappedWidget(QgsProcessingContext())
    names = [combo.itemText(n) for n in range(combo.count())]
    assert names[0] == "mine" and {"demo", "terramind-base"} <= set(names)
    assert "prithvi-600M" not in names, "no run computes with it alone"
    assert wrapper.parameterValue() == "demo"
    assert parameter.checkValueIsAcceptable("/a/folder/with/a/card")
