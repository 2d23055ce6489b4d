"""The files that users get."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import rasterio
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from rasterio.enums import ColorInterp

from gac_core import io
from gac_core.band_statistics import OUTPUT_INDEX, S2_BANDS
from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.contract.errors import Cancelled, OutputError
from gac_core.grid import Window, WorkGrid
from gac_core.raster import StripReader, StripWriter, WorkingFile, to_dn, write_cog
from tests.problems import raises

GRID = WorkGrid(32733)
WINDOW = Window(-540_000, 50_000, 1300, 1100)


def files_in(folder: Path) -> list[str]:
    """Names of what is in a folder, hidden ones too."""
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture(scope="module")
def working(tmp_path_factory: pytest.TempPathFactory) -> tuple[WorkingFile, np.ndarray]:
    """A working file of 12 bands, and its values."""
    rng = np.random.default_rng(0)
    values = rng.uniform(-200, 4000, (12, *WINDOW.shape)).astype(np.float32)
    values[:, :200, :300] = np.nan
    values[3, 700, 700] = np.nan
    values[:, 800, 800] = 1e6
    path = tmp_path_factory.mktemp("working") / "opt_v1.bil"
    with StripWriter(path, GRID, WINDOW, S2_BANDS) as writer:
        for strip in WINDOW.strips(112):
            writer.write(strip, values[:, *strip.slices(WINDOW)])
    return writer.file, values


@given(arrays(np.float32, (4, 2, 3), elements=st.floats(width=32, allow_infinity=False)))
def test_zero_is_nodata_and_nothing_else(values: np.ndarray) -> None:
    dn = to_dn(values)
    missing = np.isnan(values).any(axis=0)
    assert dn.dtype == np.uint16
    assert (dn[:, missing] == 0).all()
    assert (dn[:, ~missing] >= 1).all()


def test_the_file_is_what_it_should_be(
    tmp_path: Path, working: tuple[WorkingFile, np.ndarray]
) -> None:
    source, values = working
    path = tmp_path / "opt_v1.tif"
    write_cog(path, source, tags={"GAC_STAGE": "1", "TIFFTAG_IMAGEDESCRIPTION": "my SYNTHETIC"})
    assert files_in(tmp_path) == ["opt_v1.tif"]
    expected = to_dn(values[list(OUTPUT_INDEX)])
    with rasterio.open(path) as file:
        assert file.dtypes == ("uint16",) * 4
        assert file.nodata == 0
        assert file.descriptions == OUTPUT_BANDS
        assert file.crs.to_epsg() == 32733
        assert file.transform == GRID.transform(WINDOW)
        assert file.block_shapes == [(512, 512)] * 4
        assert file.overviews(1) == [2, 4]
        assert file.colorinterp[:3] == (ColorInterp.blue, ColorInterp.green, ColorInterp.red)
        assert ColorInterp.alpha not in file.colorinterp
        assert file.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
        assert file.tags(ns="IMAGE_STRUCTURE")["COMPRESSION"] == "DEFLATE"
        tags = file.tags()
        np.testing.assert_array_equal(file.read(), expected)
    assert tags["SYNTHETIC"] == "YES" and tags["GAC_STAGE"] == "1"
    assert tags["TIFFTAG_SOFTWARE"].startswith("GAC ")
    assert tags["TIFFTAG_IMAGEDESCRIPTION"] == "my SYNTHETIC"
    with rasterio.open(path, overview_level=0) as file:
        half = file.read()
    assert (half[:, :100, :150] == 0).all() and (half[:, 100:, 150:] > 0).all()
    # The mean of one pixel of nodata and three others is that of the three: no dark seams.
    three = expected[:, 700:702, 700:702].reshape(4, 4)[:, 1:].mean(axis=1)
    np.testing.assert_allclose(half[:, 350, 350], three, atol=1)
    assert expected[0, 800, 800] == 65535


def test_part_of_a_working_file(tmp_path: Path, working: tuple[WorkingFile, np.ndarray]) -> None:
    source, values = working
    part = Window(WINDOW.row + 300, WINDOW.col + 17, 640, 600)
    write_cog(tmp_path / "part.tif", source, window=part, bands=("B04", "B03"))
    with StripReader(tmp_path / "part.tif") as reader:
        assert (reader.window, reader.grid, reader.bands) == (part, GRID, ("B04", "B03"))
        got = reader.read(part)
        np.testing.assert_array_equal(reader.read(part, ("B03",)), got[1:])
        np.testing.assert_array_equal(reader.read(part, (2,)), got[1:])
        with raises(OutputError, "band-missing", "B12"):
            reader.read(part, ("B12",))
        beyond = reader.read(part.grown(3))
        np.testing.assert_array_equal(beyond[:, 3:-3, 3:-3], got)
        assert np.isnan(beyond[:, :3]).all()
    expected = to_dn(values[[3, 2], *part.slices(WINDOW)]).astype(np.float32)
    expected[expected == 0] = np.nan
    np.testing.assert_array_equal(got, expected)


def test_a_tiny_file(tmp_path: Path) -> None:
    window = Window(-540_000, 50_000, 3, 5)
    with StripWriter(tmp_path / "w.bil", GRID, window, OUTPUT_BANDS) as writer:
        writer.write(window, np.full((4, 3, 5), 7, np.float32))
    write_cog(tmp_path / "o.tif", writer.file)
    with rasterio.open(tmp_path / "o.tif") as file:
        assert (file.read() == 7).all()


def test_stopping_leaves_nothing(tmp_path: Path, working: tuple[WorkingFile, np.ndarray]) -> None:
    calls = []

    def tick() -> None:
        calls.append(len(files_in(tmp_path)))
        if len(calls) == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_cog(tmp_path / "o.tif", working[0], tick=tick)
    assert files_in(tmp_path) == []


def test_too_little_room(
    tmp_path: Path, working: tuple[WorkingFile, np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=2_000_000)
    monkeypatch.setattr(io.shutil, "disk_usage", lambda _: usage)
    with raises(OutputError, "disk-space-short"):
        write_cog(tmp_path / "o.tif", working[0])
    assert files_in(tmp_path) == []


LIMITED = """
import resource, signal, sys
from pathlib import Path
import numpy as np
from gac_core.contract.errors import OutputError
from gac_core.grid import Window, WorkGrid
from gac_core.raster import StripWriter, WorkingFile, write_cog
from gac_core.band_statistics import S2_BANDS
limit, what, folder, source = int(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4])
window, grid = Window(-540_000, 50_000, 1300, 1100), WorkGrid(32733)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    if what == "cog":
        write_cog(folder / "o.tif", WorkingFile(source, grid, window, S2_BANDS))
    else:
        with StripWriter(folder / "w.bil", grid, window, ("a", "b")) as writer:
            for strip in window.strips(100):
                writer.write(strip, np.ones((2, *strip.shape), np.float32))
except OutputError as error:
    print(error.problem)
    sys.exit(3)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no file size limits there")
@pytest.mark.parametrize(
    ("limit", "what"),
    [
        (100_000, "strips"),
        (6_000_000, "strips"),
        (100_000, "cog"),
        (6_000_000, "cog"),
        (11_500_000, "cog"),
    ],
)
def test_writes_that_fail_half_way(
    tmp_path: Path, working: tuple[WorkingFile, np.ndarray], limit: int, what: str
) -> None:
    """A limit on file size stands in for a disk that fills up while it is written to."""
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(limit), what, str(tmp_path), str(working[0].path)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[3])},
        check=False,
    )
    assert done.returncode == 3, done.stderr
    assert done.stdout.strip() in ("file-size-limit", "disk-full", "file-not-written")
    assert files_in(tmp_path) == []
