"""The plugin with the real engine and the demo bundle, over a few hundred metres of demo scene."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from osgeo import gdal
from qgis.core import (
    QgsApplication,
    QgsPointXY,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
)

from gac_qgis_plugin.controller import RunController
from gac_qgis_plugin.engine_inputs import gdal_source
from gac_qgis_plugin.environment.manager import EnvironmentManager
from gac_qgis_plugin.gui import settings_groups
from gac_qgis_plugin.gui.compare.session import ComparisonSession
from gac_qgis_plugin.gui.dock import GacDock
from gac_qgis_plugin.processing.provider import GacProvider
from gac_qgis_plugin.worker.client import WorkerClient
from gac_qgis_plugin.worker.engine import find_launch

ROOT = Path(__file__).resolve().parents[2]
PYTHON = Path(os.environ.get("GAC_PYTHON") or ROOT / ".venv" / "bin" / "python")
SCENE = ROOT / "resources" / "demo_scene" / "demo_s1.tif"
PATIENCE_S = 400

pytestmark = [
    pytest.mark.timeout(3 * PATIENCE_S),
    pytest.mark.skipif(
        not PYTHON.is_file(),
        reason=f"the worker's environment is missing ({PYTHON}): run `make env`",
    ),
]


@pytest.fixture(scope="module")
def only_client(qgis) -> Iterator[WorkerClient]:
    """The one client of all panels here, as in QGIS: its worker keeps what it has loaded."""
    with pytest.MonkeyPatch.context() as patches:
        patches.setenv("GAC_PYTHON", str(PYTHON))
        launch = find_launch()
    one = WorkerClient(lambda: launch)
    yield one
    one.close()


@pytest.fixture
def client(only_client, wait) -> Iterator[WorkerClient]:
    """The client; a test ends when nothing is left to be answered to its panel."""
    yield only_client
    wait(lambda: not only_client._requests, PATIENCE_S)


@pytest.fixture
def scene(monkeypatch) -> QgsRasterLayer:
    monkeypatch.setenv("GAC_PYTHON", str(PYTHON))
    layer = QgsRasterLayer(str(SCENE), "demo_s1", "gdal")
    QgsProject.instance().addMapLayer(layer)
    return layer


@pytest.fixture
def corner(scene: QgsRasterLayer) -> QgsRectangle:
    """A small area inside the scene."""
    whole = scene.extent()
    x, y = whole.xMinimum() + 3000, whole.yMaximum() - 3000
    return QgsRectangle(x, y - 480, x + 480, y)


def test_from_the_panel_to_three_layers(
    window, client, scene, corner, wait, pulse, tmp_path
) -> None:
    controller = RunController(window, client)
    outcomes: list[Any] = []
    controller.ended.connect(outcomes.append)
    dock = GacDock(window, client, controller, ComparisonSession(window), EnvironmentManager())
    window.addDockWidget(2, dock)
    window.mainWindow().show()
    try:
        dock.open_for(scene)
        wait(lambda: "dB" in dock.input.note.text(), PATIENCE_S)
        assert dock.model.month_combo.itemText(0) == "From the layer's date (June)"
        dock.area.mode_combo.setCurrentIndex(settings_groups.RECTANGLE)
        dock.area.rectangle.setOutputExtentFromUser(corner, scene.crs())
        dock.advanced.timesteps_1.setValue(2)
        dock.advanced.timesteps_3.setValue(2)
        dock.output.setFilePath(str(tmp_path))
        dock.footer.run_button.click()
        wait(lambda: outcomes, PATIENCE_S)
    finally:
        controller.close()
    assert outcomes[0].state == "done", outcomes[0].problem
    assert pulse.longest < 2.0, "QGIS stood still"
    group = QgsProject.instance().layerTreeRoot().children()[0]
    layers = [node.layer() for node in group.children()]
    assert [layer.name()[:6] for layer in layers] == ["v3 gro", "v2 ref", "v1 gen"]
    for layer in layers:
        assert layer.isValid()
        assert layer.bandCount() == 4
        assert layer.crs() == scene.crs()
        assert layer.extent() == corner
    (folder,) = tmp_path.iterdir()
    assert sorted(p.name for p in folder.iterdir()) == [
        ".gac-stages",
        "display.json",
        "opt_v1.qmd",
        "opt_v1.tif",
        "opt_v2.qmd",
        "opt_v2.tif",
        "opt_v3.qmd",
        "opt_v3.tif",
        "run.json",
        "stac_item.json",
    ]


def test_the_algorithm(qgis, scene, corner, tmp_path) -> None:
    provider = GacProvider()
    QgsApplication.processingRegistry().addProvider(provider)
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("gac:run")
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    values = {
        "INPUT": scene,
        "EXTENT": corner,
        "STAGES": 0,
        "TIMESTEPS_1": 1,
        "OUTPUT_FOLDER": str(tmp_path / "out"),
    }
    results, ok = algorithm.run(values, context, QgsProcessingFeedback(False), {}, False)
    QgsApplication.processingRegistry().removeProvider(provider)
    assert ok
    assert QgsRasterLayer(results["OPT_V1"], "v1", "gdal").isValid()
    assert not Path(tmp_path / "out" / "opt_v2.tif").exists()
    assert json.loads(Path(results["RUN_JSON"]).read_text())


def test_the_engine_says_what_is_wrong_with_a_scene(window, client, radar, wait) -> None:
    controller = RunController(window, client)
    dock = GacDock(window, client, controller, ComparisonSession(window), EnvironmentManager())
    window.addDockWidget(2, dock)
    window.mainWindow().show()
    try:
        dock.open_for(radar("one_band", bands=1))
        wait(lambda: "one_band" in dock.input.note.text(), PATIENCE_S)
    finally:
        controller.close()
    assert "⚠" in dock.input.note.text()


def test_the_engine_opens_what_is_no_plain_file(client, server, wait, tmp_path) -> None:
    """A member of an archive, a file on the web, a VRT: as their layers give them to it."""
    shutil.copyfile(SCENE, tmp_path / "demo_s1.tif")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(SCENE, "demo_s1.tif")
    gdal.BuildVRT(str(tmp_path / "demo_s1.vrt"), [str(SCENE)])
    for source in (
        f"/vsizip/{tmp_path}/a.zip/demo_s1.tif",
        f"/vsicurl/{server}/demo_s1.tif",
        str(tmp_path / "demo_s1.vrt"),
    ):
        layer = QgsRasterLayer(source, "s1", "gdal")
        assert layer.isValid()
        events: list[Any] = []
        client.request("inspect", {"sar": [gdal_source(layer)]}, events.append)
        wait(lambda found=events: found, PATIENCE_S)
        assert events[0]["event"] == "result", events
        assert events[0]["result"]["width"] == layer.width()


def test_observed_pixels_from_the_panel_to_the_layers(
    window, client, scene, corner, wait, tmp_path
) -> None:
    """A Sentinel-2 image beside the radar: told, shown, kept, and marked."""
    image, mask = write_pair(tmp_path, scene, corner)
    layers = [QgsRasterLayer(str(path), path.stem, "gdal") for path in (image, mask)]
    QgsProject.instance().addMapLayers(layers)
    controller = RunController(window, client)
    outcomes: list[Any] = []
    controller.ended.connect(outcomes.append)
    session = ComparisonSession(window)
    dock = GacDock(window, client, controller, session, EnvironmentManager())
    window.addDockWidget(2, dock)
    window.mainWindow().show()
    try:
        dock.open_for(scene)
        dock.area.mode_combo.setCurrentIndex(settings_groups.RECTANGLE)
        dock.area.rectangle.setOutputExtentFromUser(corner, scene.crs())
        dock.optical.set_layer(layers[0])
        dock.optical.mask.set_layer(layers[1])
        dock.optical.use_combo.setCurrentIndex(dock.optical.use_combo.findData("keep"))
        dock.optical.reading.widgets["optical_margin"].setValue(0)
        wait(lambda: "clear pixels are kept" in dock.optical.note.text(), PATIENCE_S)
        dock.optical.clear_button.click()
        wait(lambda: dock.reference.task is None, PATIENCE_S)
        names = [layer.name() for layer in QgsProject.instance().mapLayers().values()]
        assert any(name.endswith("50 %") for name in names), names
        dock.model.stages_combo.setCurrentIndex(dock.model.stages_combo.findData(1))
        dock.advanced.timesteps_1.setValue(1)
        dock.output.setFilePath(str(tmp_path / "results"))
        dock.footer.run_button.click()
        wait(lambda: outcomes, PATIENCE_S)
        dock.reference.drop()
    finally:
        controller.close()
    assert outcomes[0].state == "done", outcomes[0].problem
    run = session.run()
    assert run is not None and run.observed == pytest.approx(0.5)
    assert "PARTLY OBSERVED 50 %" in run.stages[1].title() and run.kinds is not None
    observed = gdal.Open(str(run.folder / "observed.tif"))
    assert observed.GetMetadataItem("SYNTHETIC") in ("NO", "PARTLY")
    left, right = (bytes(observed.GetRasterBand(1).ReadRaster(x, 24, 1, 1))[0] for x in (5, 42))
    assert (left, right) == (1, 2)
    crs = scene.crs()
    probe = session.probe()
    y = corner.yMaximum() - 245
    readings = [probe.read(QgsPointXY(corner.xMinimum() + x, y), crs) for x in (55, 425)]
    assert [reading.kind.name for reading in readings] == ["observed", "generated"]
    assert readings[0].stages[1] == pytest.approx([0.06, 0.08, 0.07, 0.25], abs=0.02)
    metadata = run.stages[1].metadata()
    assert image.name in metadata.abstract() and "50 %" in metadata.title()


def write_pair(folder: Path, scene: QgsRasterLayer, corner: QgsRectangle) -> tuple[Path, Path]:
    """Writes a Sentinel-2 image of four bands over the corner, and a mask of its eastern half."""
    image, mask = folder / "S2A_20210620.tif", folder / "clouds.tif"
    side = 48
    for path, count, kind in ((image, 4, gdal.GDT_UInt16), (mask, 1, gdal.GDT_Byte)):
        file = gdal.GetDriverByName("GTiff").Create(str(path), side, side, count, kind)
        file.SetProjection(scene.crs().toWkt())
        file.SetGeoTransform((corner.xMinimum(), 10.0, 0.0, corner.yMaximum(), 0.0, -10.0))
        for number in range(1, count + 1):
            band = file.GetRasterBand(number)
            if count == 1:
                row = b"\0" * (side // 2) + b"\1" * (side // 2)
                band.WriteRaster(0, 0, side, side, row * side)
                continue
            band.SetDescription(("B02", "B03", "B04", "B08")[number - 1])
            level = (600, 800, 700, 2500)[number - 1]
            data = b"".join(
                (level + (7 * x + 3 * y) % 90).to_bytes(2, "little")
                for y in range(side)
                for x in range(side)
            )
            band.WriteRaster(0, 0, side, side, data, buf_type=gdal.GDT_UInt16)
        file = None
    return image, mask
