"""The preview lens: a click, the tile in place, its keys, and nothing left behind."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsPointXY, QgsProject, QgsRectangle
from qgis.gui import QgsMapToolPan
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest

from gac_qgis_plugin.contract import rename
from gac_qgis_plugin.core.settings import PluginSettings
from gac_qgis_plugin.gui.lens import PREVIEW_PREFIX, metres_per_pixel
from gac_qgis_plugin.styles import limits
from tests.held import Holder
from tests.problems import assert_problem

MIDDLE = QgsPointXY(676860.0, 5394820.0)


@pytest.fixture
def temporary(monkeypatch, tmp_path) -> Path:
    """Give the lens's files a folder."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def log(monkeypatch, tmp_path) -> Path:
    path = tmp_path / "questions"
    monkeypatch.setenv("GAC_FAKE_LOG", str(path))
    return path


@pytest.fixture
def ready(panel, radar, wait, temporary, log):
    """Makes a panel whose map shows the radar, with the lens in hand."""

    def make(mode: str) -> Any:
        made = panel(mode)
        canvas = made.window.mapCanvas()
        canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:32633"))
        # The canvas does not keep its tools.
        made.pan = QgsMapToolPan(canvas)
        canvas.setMapTool(made.pan)
        made.dock.open_for(radar())
        wait(lambda: "ready" in made.dock.footer.worker_line.text())
        canvas.setExtent(QgsRectangle(676780, 5394740, 676940, 5394900))
        made.dock.footer.lens_button.click()
        return made

    return make


def asked(log: Path, method: str) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []
    return [line["params"] for line in lines if line["method"] == method]


def colour(panel: Any) -> tuple[int, int, int]:
    """Return the lens's colour at the map's centre."""
    image = panel.dock.lens.item.image
    return image.pixelColor(image.width() // 2, image.height() // 2).getRgb()[:3]


def test_a_click_shows_the_tile_in_place(ready, wait, temporary, log) -> None:
    panel = ready("good")
    lens, canvas = panel.dock.lens, panel.window.mapCanvas()
    assert panel.dock.footer.lens_button.isChecked()
    panel.dock.model.month_combo.setCurrentIndex(4)
    panel.dock.advanced.seed.setValue(9)
    before = set(QgsProject.instance().mapLayers())
    middle = QPoint(canvas.width() // 2, canvas.height() // 2)
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    wait(lambda: not lens.preview.is_computing and "opt_v3" in lens.item.label)
    wait(lambda: lens.item.image is not None)
    (params,) = asked(log, "preview")
    assert params["seed"] == 9
    assert params["month"] == panel.dock.model.month_combo.currentData()
    xmin, ymin, xmax, ymax = params["extent"]
    assert xmin < MIDDLE.x() + 6 < xmax + 12
    assert abs((ymin + ymax) / 2 - MIDDLE.y()) < 6
    assert params["extent_crs"] == "EPSG:32633"
    assert lens.item.label == "opt_v3 · SYNTHETIC · preview"
    assert len(lens.item.frame) == 5
    assert colour(panel) != (0, 0, 0)
    # Around the tile the map is to be seen.
    assert lens.item.image.pixelColor(1, 1).alpha() == 0
    # Nothing came into the project.
    assert set(QgsProject.instance().mapLayers()) == before
    assert len(list(temporary.glob(f"{PREVIEW_PREFIX}*"))) == 1


def test_keys_choose_the_stage_and_escape_ends(ready, wait, temporary) -> None:
    panel = ready("good")
    lens, canvas = panel.dock.lens, panel.window.mapCanvas()
    lens.request_tile(MIDDLE)
    wait(lambda: not lens.preview.is_computing and "opt_v3" in lens.item.label)
    for key, words in (
        (Qt.Key.Key_1, "opt_v1"),
        (Qt.Key.Key_2, "opt_v2"),
        (Qt.Key.Key_B, "opt_v3"),
    ):
        QTest.keyClick(canvas, key)
        wait(lambda words=words: lens.item.label.startswith(words))
        assert "SYNTHETIC" in lens.item.label
    QTest.keyClick(canvas, Qt.Key.Key_B)
    assert lens.item.label == "Radar"
    assert lens.item.image is None
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert lens.item is None
    assert canvas.mapTool() is panel.pan
    assert not panel.dock.footer.lens_button.isChecked()
    assert list(temporary.iterdir()) == []


def test_a_tile_that_is_held_does_not_hold_qgis_up(ready, wait, temporary, monkeypatch) -> None:
    lens = ready("good").dock.lens
    lens.request_tile(MIDDLE)
    wait(lambda: not lens.preview.is_computing and "opt_v3" in lens.item.label)
    with monkeypatch.context() as patches:
        holder = Holder(patches, rename)
        lens.preview.drop()
        assert holder.refused and not holder.paused
    lens.request_tile(MIDDLE)
    wait(lambda: not lens.preview.is_computing and "opt_v3" in lens.item.label)
    lens.preview.drop()
    assert list(temporary.iterdir()) == []


def test_the_tile_has_the_range_of_new_results(ready, wait) -> None:
    settings = PluginSettings.load()
    for choice, expected in (("fixed", (0.0, 1500.0)), ("fitted", (400.0, 1200.0))):
        settings.display_range = choice
        settings.save()
        panel = ready("good")
        lens = panel.dock.lens
        lens.request_tile(MIDDLE)
        wait(lambda lens=lens: not lens.preview.is_computing and "opt_v3" in lens.item.label)
        for layer in lens.preview.layers.values():
            assert limits(layer.renderer()) == [expected] * 3


def test_a_second_click_takes_the_place_of_the_first(ready, wait, temporary, log) -> None:
    panel = ready("slow")
    lens = panel.dock.lens
    lens.request_tile(MIDDLE)
    wait(lambda: "tile" in lens.item.label)
    lens.request_tile(QgsPointXY(MIDDLE.x() + 20, MIDDLE.y()))
    wait(lambda: len(asked(log, "preview")) == 2)
    wait(lambda: len(list(temporary.iterdir())) == 1)
    assert panel.client.is_alive
    lens.end()
    wait(lambda: list(temporary.iterdir()) == [])


def test_a_worker_that_cannot_hear_yet_is_not_killed_for_a_second_click(
    ready, wait, pause, log
) -> None:
    panel = ready("deaf")
    panel.client._cancel_grace_ms = 50
    lens = panel.dock.lens
    lens.request_tile(MIDDLE)
    wait(lambda: "tile" in lens.item.label)
    process = panel.client._process
    lens.request_tile(QgsPointXY(MIDDLE.x() + 20, MIDDLE.y()))
    pause(0.4)
    assert panel.client._process is process
    assert len(asked(log, "preview")) == 1


def test_during_a_run_it_says_that_the_worker_is_busy(ready, wait, log) -> None:
    panel = ready("slow")
    panel.dock.start_run()
    wait(lambda: asked(log, "run"))
    panel.dock.lens.request_tile(MIDDLE)
    assert "busy with a run" in " ".join(panel.messages())
    assert asked(log, "preview") == []


def test_outside_of_the_radar_there_is_nothing_to_show(ready, log, failures) -> None:
    panel = ready("good")
    panel.dock.lens.request_tile(QgsPointXY(0, 0))
    assert_problem(failures[-1], "area-off-layer")
    assert failures[-1].message in " ".join(panel.messages())
    assert not panel.dock.lens.preview.is_computing


def test_what_the_engine_refuses_is_told(ready, wait, temporary) -> None:
    panel = ready("refuse")
    panel.dock.lens.request_tile(MIDDLE)
    wait(lambda: panel.messages())
    assert "upside down" in " ".join(panel.messages())
    assert panel.dock.lens.item.label == ""
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize(
    ("crs", "extent"),
    [
        ("EPSG:32633", QgsRectangle(600000, 5300000, 800000, 5500000)),
        ("EPSG:4326", QgsRectangle(15.0, 47.0, 19.0, 50.0)),
    ],
)
def test_at_a_small_scale_it_asks_to_zoom_in(ready, log, wait, crs, extent) -> None:
    one = ready("good")
    canvas = one.window.mapCanvas()
    canvas.resize(600, 600)
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem(crs))
    one.dock.lens.begin()
    canvas.setExtent(extent)
    place = extent.center()
    one.dock.lens.request_tile(place)
    assert asked(log, "preview") == []
    assert len(one.items()) == 1
    one.press("Zoom in")
    width = 2000.0 / metres_per_pixel(canvas, place)
    assert 250 < width < 350 and canvas.extent().contains(place)
    if crs == "EPSG:32633":
        canvas.setCenter(MIDDLE)
        one.dock.lens.request_tile(MIDDLE)
        wait(lambda: asked(log, "preview"))
