"""Tiles on the map while a stage computes: only what is final, and gone when it is complete."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import pytest
from osgeo import gdal
from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRectangle
from qgis.PyQt.QtCore import QObject, pyqtSignal

from gac_qgis_plugin.display import DisplayRange, save_range
from gac_qgis_plugin.gui.live_tiles import LivePicture, LiveTiles
from gac_qgis_plugin.gui.run_footer import time_left

BOUNDS = (676780.0, 5394500.0, 677180.0, 5394900.0)
BANDS = ("B02", "B03", "B04", "B08")
NAN = float("nan")
WIDE = DisplayRange(0.0, 3000.0)


def write(path: Path, width: int = 40, height: int = 40) -> dict[str, Any]:
    """A working file as the engine writes it, nodata in its first row; what is told of it."""
    file = gdal.GetDriverByName("ENVI").Create(
        str(path), width, height, 4, gdal.GDT_Float32, ["INTERLEAVE=BIL"]
    )
    for number in range(1, 5):
        band = file.GetRasterBand(number)
        band.SetNoDataValue(NAN)
        values = [NAN] * width + [750.0 * number] * (width * (height - 1))
        band.WriteRaster(0, 0, width, height, struct.pack(f"{width * height}f", *values))
    file = None
    # The engine's working files have neither header nor statistics.
    for extra in (path.with_suffix(".hdr"), *path.parent.glob("*.aux.xml")):
        extra.unlink(missing_ok=True)
    return {
        "path": str(path),
        "epsg": 32633,
        "bounds": BOUNDS,
        "shape": [height, width],
        "bands": list(BANDS),
        "rows": 0,
        "stop_row": 0,
        "cols": 0,
    }


def pixel(image: Any, column: int, row: int) -> tuple[int, ...]:
    return tuple(image.pixelColor(column, row).getRgb())


def test_only_what_is_final_is_read(tmp_path) -> None:
    partial = write(tmp_path / "opt_v2.bil")
    picture = LivePicture(partial, "true_colour", WIDE)
    assert not picture.grow(partial)
    assert picture.grow({**partial, "rows": 10, "stop_row": 20, "cols": 16})
    assert pixel(picture.image, 5, 0)[3] == 0
    assert pixel(picture.image, 39, 9) == (191, 128, 64, 255)
    assert pixel(picture.image, 15, 19) == (191, 128, 64, 255)
    assert pixel(picture.image, 16, 10)[3] == 0
    assert pixel(picture.image, 5, 20)[3] == 0
    assert picture.grow({**partial, "rows": 40, "stop_row": 40, "cols": 0})
    assert pixel(picture.image, 39, 39) == (191, 128, 64, 255)
    # Nothing lies beside the file that was not there before.
    assert sorted(p.name for p in tmp_path.iterdir()) == ["opt_v2.bil"]


def test_false_colour_and_twelve_bands_find_theirs(tmp_path) -> None:
    partial = write(tmp_path / "opt_v1.bil")
    picture = LivePicture(partial, "false_colour", WIDE)
    picture.grow({**partial, "rows": 40})
    assert pixel(picture.image, 3, 3) == (153, 191, 128, 255)


def test_a_large_file_makes_a_small_picture(tmp_path) -> None:
    partial = write(tmp_path / "opt_v1.bil", 2500, 60)
    picture = LivePicture(partial, "true_colour", WIDE)
    picture.grow({**partial, "rows": 31, "stop_row": 60, "cols": 1000})
    assert picture.image.width() == 834
    assert pixel(picture.image, 833, 9)[3] == 255
    assert pixel(picture.image, 332, 15)[3] == 255
    assert pixel(picture.image, 333, 15)[3] == 0


class Runs(QObject):
    """The controller's signals."""

    started = pyqtSignal(dict)
    progressed = pyqtSignal(dict)
    stage_finished = pyqtSignal(dict)
    ended = pyqtSignal(object)


@pytest.fixture
def live(window):
    window.mainWindow().resize(600, 500)
    window.mainWindow().show()
    canvas = window.mapCanvas()
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    canvas.setExtent(QgsRectangle(17.40, 48.68, 17.42, 48.69))
    runs = Runs()
    tiles = LiveTiles(canvas, runs)
    tiles.runs = runs
    yield tiles
    tiles.close()


def test_a_stage_grows_on_the_map_and_goes_when_it_is_complete(live, tmp_path, wait, pulse) -> None:
    partial = write(tmp_path / "opt_v1.bil")
    live.runs.started.emit({})
    live.runs.progressed.emit({"stage": 1, "partial": {**partial, "rows": 12}})
    wait(lambda: live.item is not None)
    assert "SYNTHETIC" in live.item.label
    assert "opt_v1" in live.item.label
    assert QgsProject.instance().count() == 0
    live.runs.progressed.emit({"stage": 1, "partial": {**partial, "rows": 40}})
    wait(lambda: pixel(live.item.image, 3, 39)[3] == 255)
    live.runs.stage_finished.emit({"stage": 1})
    assert live.item is None
    # A look that was on its way must not bring it back.
    live.runs.progressed.emit({"stage": 1, "partial": {**partial, "rows": 40}})
    second = write(tmp_path / "opt_v2.bil")
    live.runs.progressed.emit({"stage": 2, "partial": {**second, "rows": 3}})
    wait(lambda: live.item is not None)
    assert "opt_v2" in live.item.label
    live.runs.ended.emit(None)
    assert live.item is None
    assert pulse.longest < 0.5


def test_tiles_have_the_range_of_their_run(live, tmp_path, wait) -> None:
    partial = write(tmp_path / "opt_v1.bil")
    live.runs.started.emit({"out": str(tmp_path)})
    live.runs.progressed.emit({"stage": 1, "partial": {**partial, "rows": 12}})
    wait(lambda: live.item is not None)
    assert pixel(live.item.image, 3, 9) == (255, 255, 128, 255), "0 to 1500"
    # Another choice while it grows holds for what is there already.
    save_range(tmp_path, WIDE)
    live.runs.progressed.emit({"stage": 1, "partial": {**partial, "rows": 20}})
    wait(lambda: pixel(live.item.image, 3, 19)[3] == 255)
    assert pixel(live.item.image, 3, 9) == pixel(live.item.image, 3, 19) == (191, 128, 64, 255)


def test_a_file_that_is_gone_is_no_matter(live, tmp_path, wait, pause) -> None:
    partial = write(tmp_path / "opt_v1.bil")
    (tmp_path / "opt_v1.bil").unlink()
    live.runs.started.emit({})
    live.runs.progressed.emit({"stage": 1, "partial": {**partial, "rows": 12}})
    pause(0.2)
    assert live.item is None


def test_a_closed_project_takes_it_off_the_map(live, tmp_path, wait, pause) -> None:
    partial = write(tmp_path / "opt_v1.bil")
    live.runs.started.emit({})
    live.runs.progressed.emit({"stage": 1, "partial": {**partial, "rows": 12}})
    wait(lambda: live.item is not None)
    QgsProject.instance().clear()
    live.runs.progressed.emit({"stage": 1, "partial": {**partial, "rows": 20}})
    pause(0.1)
    assert live.item is None


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (3.0, "a few seconds left"),
        (44.0, "about 40 s left"),
        (89.0, "about 90 s left"),
        (600.0, "about 10 min left"),
        (7900.0, "about 2 h 10 min left"),
    ],
)
def test_the_time_left_is_told_no_finer_than_it_is_known(seconds, words) -> None:
    assert time_left(seconds) == words
