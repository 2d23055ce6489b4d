"""Working files read by their own lines: what was written, and nothing kept."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from gac_core.contract.errors import OutputError
from gac_core.grid import Window, WorkGrid
from gac_core.raster import LineReader, StripWriter, WorkingFile
from tests.problems import raises

GRID = WorkGrid(32633, 3.5, 0.25)
WINDOW = Window(-540_000, 50_000, 300, 265)
BANDS = ("B01", "B02", "B03")


@pytest.fixture(scope="module")
def data() -> np.ndarray:
    values = np.random.default_rng(0).uniform(-50, 4000, (3, *WINDOW.shape)).astype(np.float32)
    values[:, :50, :70] = np.nan
    return values


@pytest.fixture
def working(tmp_path: Path, data: np.ndarray) -> WorkingFile:
    with StripWriter(tmp_path / "w.bil", GRID, WINDOW, BANDS) as writer:
        writer.write(WINDOW, data)
    return writer.file


@pytest.mark.parametrize(
    "window",
    [
        WINDOW,
        Window(WINDOW.row - 20, WINDOW.col + 200, 60, 100),
        Window(WINDOW.row + 290, WINDOW.col - 7, 64, 64),
        Window(WINDOW.row + 40, WINDOW.col + 60, 1, 1),
        Window(0, 0, 3, 4),
    ],
)
def test_it_reads_what_was_written(working: WorkingFile, data: np.ndarray, window: Window) -> None:
    inside = window.intersection(WINDOW)
    for bands, numbers in (((), [0, 1, 2]), (("B03", "B01"), [2, 0]), (("B02",), [1])):
        expected = np.full((len(numbers), *window.shape), np.nan, np.float32)
        if not inside.is_empty:
            expected[:, *inside.slices(window)] = data[numbers][:, *inside.slices(WINDOW)]
        with LineReader(working) as lines:
            np.testing.assert_array_equal(lines.read(window, bands), expected)


def test_a_file_that_is_cut_off_is_said(working: WorkingFile) -> None:
    with LineReader(working) as lines:
        with working.path.open("r+b") as file:
            file.truncate(1000)
        with raises(OutputError, "working-file-unreadable", "w.bil", "it ends too early"):
            lines.read(WINDOW)
    with pytest.raises(OutputError):
        LineReader(working)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes there")
@pytest.mark.timeout(20)
def test_a_pipe_is_no_working_file(working: WorkingFile) -> None:
    working.path.unlink()
    os.mkfifo(working.path)
    assert not working.is_there and not working.holds(0)
    with pytest.raises(OutputError):
        LineReader(working)
    with StripWriter(working.path, GRID, WINDOW, BANDS, resume=True) as writer:
        assert not writer.resumed
