"""Rasters on the working grid: strips in, windows out."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
import rasterio
from affine import Affine

from gac_core import io
from gac_core.contract.errors import OutputError
from gac_core.grid import Window, WorkGrid
from gac_core.raster import LineReader, StripReader, StripWriter, WorkingFile, require_space
from tests.problems import raises

GRID = WorkGrid(32633, 3.5, 0.25)
WINDOW = Window(-540_000, 50_000, 600, 530)
BANDS = ("B01", "B02", "B03")


def files_in(folder: Path) -> list[str]:
    """Names of what is in a folder, hidden ones too."""
    return sorted(path.name for path in folder.iterdir())


def values(seed: int = 0) -> np.ndarray:
    found = np.random.default_rng(seed).uniform(-50, 4000, (3, *WINDOW.shape)).astype(np.float32)
    found[:, :50, :70] = np.nan
    return found


def write(path: Path, data: np.ndarray, height: int = 96) -> None:
    with StripWriter(path, GRID, WINDOW, BANDS) as writer:
        for strip in WINDOW.strips(height):
            writer.write(strip, data[:, *strip.slices(WINDOW)])


def read(path: Path, window: Window = WINDOW) -> np.ndarray:
    with LineReader(WorkingFile(path, GRID, WINDOW, BANDS)) as reader:
        return reader.read(window)


@pytest.mark.parametrize("height", [16, 100, 600])
def test_what_was_written_is_read(tmp_path: Path, height: int) -> None:
    data = values()
    write(tmp_path / "w.bil", data, height)
    np.testing.assert_array_equal(read(tmp_path / "w.bil"), data)
    assert files_in(tmp_path) == ["w.bil"]


def test_what_was_written_is_there_whatever_happens(tmp_path: Path) -> None:
    """A process that is killed closes nothing: another one finds its rows and goes on below."""
    path, data = tmp_path / "w.bil", values()
    first, *others = WINDOW.strips(100)
    writer = StripWriter(path, GRID, WINDOW, BANDS)
    writer.write(first, data[:, *first.slices(WINDOW)])
    np.testing.assert_array_equal(read(path, first), data[:, :100])
    so_far = writer.checksum(first.stop_row)
    with StripWriter(path, GRID, WINDOW, BANDS, resume=True) as second:
        for strip in others:
            second.write(strip, data[:, *strip.slices(WINDOW)])
        second.sync()
    np.testing.assert_array_equal(read(path), data)
    assert second.file.holds(second.checksum(first_row=first.stop_row, before=so_far))


def test_a_checksum_is_of_what_was_written(tmp_path: Path) -> None:
    """Of values, not of what the file holds when it is asked for; and the same in any pieces."""
    path, data = tmp_path / "w.bil", values()
    write(path, data)
    with StripWriter(tmp_path / "pieces.bil", GRID, WINDOW, BANDS) as writer:
        for strip in WINDOW.strips(90):
            for first in range(0, strip.width, 77):
                width = min(77, strip.width - first)
                piece = Window(strip.row, strip.col + first, strip.height, width)
                writer.write(piece, data[:, *piece.slices(WINDOW)])
                # Once more from the west, as a batch that ran out of memory does.
                if not first:
                    writer.write(piece, data[:, *piece.slices(WINDOW)])
    checksum = writer.checksum()
    file = WorkingFile(path, GRID, WINDOW, BANDS)
    assert file.checksum() == checksum and file.holds(checksum) and not file.holds(None)
    chance = np.random.default_rng(3)
    for bit in chance.integers(0, 8 * file.size, 20).tolist():
        raw = bytearray(path.read_bytes())
        raw[bit // 8] ^= 1 << bit % 8
        path.write_bytes(raw)
        assert not file.holds(checksum)
        raw[bit // 8] ^= 1 << bit % 8
        path.write_bytes(raw)
    assert file.holds(checksum)
    path.write_bytes(path.read_bytes()[:-4])
    assert not file.holds(checksum)


def test_a_checksum_of_what_was_not_written_is_none(tmp_path: Path) -> None:
    with StripWriter(tmp_path / "w.bil", GRID, WINDOW, BANDS) as writer:
        west = Window(WINDOW.row, WINDOW.col, 10, 20)
        writer.write(west, np.ones((3, 10, 20), np.float32))
        with pytest.raises(ValueError, match="not all rows"):
            writer.checksum(WINDOW.row + 10)
        gap = Window(WINDOW.row, WINDOW.col + 30, 10, 20)
        with pytest.raises(ValueError, match="does not follow"):
            writer.write(gap, np.ones((3, 10, 20), np.float32))


def test_another_raster_of_that_name_is_not_gone_on_with(tmp_path: Path) -> None:
    path = tmp_path / "w.bil"
    write(path, values())
    smaller = Window(*WINDOW.shape, 50, 60)
    with StripWriter(path, GRID, smaller, BANDS, resume=True) as writer:
        writer.write(smaller, np.ones((3, 50, 60), np.float32))
    with LineReader(writer.file) as reader:
        assert (reader.read(smaller) == 1).all()


def test_pieces_of_any_width_make_the_same_file(tmp_path: Path) -> None:
    data = values()
    write(tmp_path / "rows.bil", data)
    with StripWriter(tmp_path / "pieces.bil", GRID, WINDOW, BANDS) as writer:
        for strip in WINDOW.strips(90):
            for first in range(0, strip.width, 77):
                width = min(77, strip.width - first)
                piece = Window(strip.row, strip.col + first, strip.height, width)
                writer.write(piece, data[:, *piece.slices(WINDOW)])
    assert (tmp_path / "pieces.bil").read_bytes() == (tmp_path / "rows.bil").read_bytes()


def test_a_piece_lies_within_the_file(tmp_path: Path) -> None:
    beyond = Window(WINDOW.row, WINDOW.stop_col - 10, 10, 20)
    with StripWriter(tmp_path / "w.bil", GRID, WINDOW, BANDS) as writer:
        with pytest.raises(ValueError, match="within"):
            writer.write(beyond, np.ones((3, 10, 20), np.float32))
        with pytest.raises(ValueError, match="do not fit"):
            writer.write(WINDOW, np.ones((3, 10, 20), np.float32))


def test_names_with_everything(tmp_path: Path) -> None:
    folder = tmp_path / "ein Ordner 'mit' \"ü\" [1] 🛰"
    folder.mkdir()
    write(folder / "w [1] ü.bil", values())
    assert files_in(folder) == ["w [1] ü.bil"]
    assert read(folder / "w [1] ü.bil").shape == (3, *WINDOW.shape)


def test_a_full_disk_is_seen_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=1_500_000)
    monkeypatch.setattr(io.shutil, "disk_usage", lambda _: usage)
    with raises(OutputError, "disk-space-short", "3.8 MB", "1.5 MB"):
        StripWriter(tmp_path / "w.bil", GRID, WINDOW, BANDS)
    assert files_in(tmp_path) == []
    require_space(tmp_path, 1_000_000)


def test_an_unwritable_place(tmp_path: Path) -> None:
    with raises(OutputError, "file-not-written"):
        StripWriter(tmp_path / ("x" * 300), GRID, WINDOW, BANDS)


def test_reading_what_is_not_there_or_no_grid(tmp_path: Path) -> None:
    with raises(OutputError, "image-unreadable"):
        StripReader(tmp_path / "nothing.tif")
    path = tmp_path / "p.tif"
    profile = {"driver": "GTiff", "dtype": "uint16", "count": 1, "height": 9, "width": 9}
    with rasterio.open(
        path, "w", crs="EPSG:4326", transform=Affine(1e-4, 0, 15, 0, -1e-4, 48), **profile
    ) as file:
        file.write(np.ones((1, 9, 9), np.uint16))
    with raises(OutputError, "image-off-grid"):
        StripReader(path)
    with StripReader(path, WorkGrid(32633)) as reader:
        got = reader.read(reader.window)
        assert np.nanmin(got) == np.nanmax(got) == 1
