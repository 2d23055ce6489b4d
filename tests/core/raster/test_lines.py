"""Working files read by their own lines: what GDAL reads, and nothing kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from gac_core.errors import OutputError
from gac_core.grid import Window, WorkGrid
from gac_core.raster import LineReader, StripReader, StripWriter

GRID = WorkGrid(32633, 3.5, 0.25)
WINDOW = Window(-540_000, 50_000, 300, 265)
BANDS = ("B01", "B02", "B03")


@pytest.fixture
def working(tmp_path: Path) -> Path:
    data = np.random.default_rng(0).uniform(-50, 4000, (3, *WINDOW.shape)).astype(np.float32)
    data[:, :50, :70] = np.nan
    with StripWriter(tmp_path / "w.bil", GRID, WINDOW, BANDS) as writer:
        writer.write(WINDOW, data)
    return tmp_path / "w.bil"


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
def test_it_reads_what_gdal_reads(working: Path, window: Window) -> None:
    with LineReader(working) as lines, StripReader(working) as strips:
        assert (lines.grid, lines.window, lines.bands) == (GRID, WINDOW, BANDS)
        for bands in ((), ("B03", "B01"), ("B02",)):
            np.testing.assert_array_equal(lines.read(window, bands), strips.read(window, bands))


def test_a_file_that_is_cut_off_is_said(working: Path) -> None:
    with LineReader(working) as lines:
        with working.open("r+b") as file:
            file.truncate(1000)
        with pytest.raises(OutputError, match=r"w\.bil can no longer be read: it ends too early"):
            lines.read(WINDOW)
