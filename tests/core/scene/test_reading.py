"""Reading on the working grid: bit by bit where it can be, warped in power where not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import rasterio
from affine import Affine
from rasterio.enums import Resampling
from rasterio.vrt import WarpedVRT
from rasterio.warp import transform
from scipy.ndimage import binary_erosion

from gac_core.grid import Window, WorkGrid
from gac_core.scene import S1Scene, open_scene
from gac_core.scene import scene as scene_module
from gac_core.scene.positions import BLOCK
from tests.core.conftest import backscatter

Write = Callable[..., str]

GEOGRAPHIC = Affine(1.2e-4, 0, 15.0, 0, -0.9e-4, 48.7)
ROTATED = Affine(10, 0, 500_000, 0, -10, 5_400_000) @ Affine.rotation(20)


def random_windows(within: Window, number: int = 12, seed: int = 0) -> list[Window]:
    """Windows in and around a window."""
    rng = np.random.default_rng(seed)
    return [
        Window(
            within.row + int(rng.integers(-40, within.height)),
            within.col + int(rng.integers(-40, within.width)),
            int(rng.integers(1, 300)),
            int(rng.integers(1, 300)),
        )
        for _ in range(number)
    ]


@pytest.mark.parametrize("corner", [(500_000, 5_400_000), (500_003.21, 5_399_996.7), (0, -50)])
@pytest.mark.parametrize("epsg", [32633, 32733])
def test_ten_metre_utm_is_never_resampled(
    write: Write, db: np.ndarray, corner: tuple[float, float], epsg: int
) -> None:
    x, y = corner
    path = write(db, crs=f"EPSG:{epsg}", transform=Affine(10, 0, x, 0, -10, y))
    with open_scene((path,)) as scene:
        np.testing.assert_array_equal(scene.read(scene.window), db)
        assert scene.grid.epsg == epsg
        left, _, _, top = scene.grid.bounds(scene.window)
        assert (left, top) == pytest.approx(corner, abs=1e-5)
        assert 0 <= scene.grid.offset_x < 10 and 0 <= scene.grid.offset_y < 10
        for window in random_windows(scene.window):
            inside = window.intersection(scene.window)
            values = scene.read(window)
            expected = np.full((2, *window.shape), np.nan, np.float32)
            expected[:, *inside.slices(window)] = db[:, *inside.slices(scene.window)]
            np.testing.assert_array_equal(values, expected)


def test_a_hair_beside_a_whole_offset_is_whole(write: Write, db: np.ndarray) -> None:
    path = write(db, transform=Affine(10, 0, 499_999.9999999, 0, -10, 5_400_000.0000001))
    with open_scene((path,)) as scene:
        assert scene.grid == WorkGrid(32633)
        assert (scene.window.row, scene.window.col) == (-540_000, 50_000)


def test_linear_units_come_out_as_db(write: Write, db: np.ndarray) -> None:
    for unit, factor in (("power", 10), ("amplitude", 20)):
        with open_scene((write((10 ** (db / factor)).astype(np.float32)),)) as scene:
            assert scene.unit == unit
            np.testing.assert_allclose(scene.read(scene.window), db, atol=1e-4)


@pytest.mark.parametrize(
    ("crs", "affine"),
    [
        ("EPSG:4326", GEOGRAPHIC),
        ("EPSG:3857", Affine(15, 0, 1_670_000, 0, -15, 6_220_000)),
        ("EPSG:32633", Affine(20, 0, 500_000, 0, -20, 5_400_000)),
        ("EPSG:32633", Affine(10, 0, 500_000, 0, 10, 5_400_000)),
        ("EPSG:32633", ROTATED),
        ("EPSG:32633", Affine(4, 0, 500_000, 0, -4, 5_400_000)),
    ],
    ids=["geographic", "mercator", "20 m", "south up", "rotated", "4 m"],
)
def test_a_warped_pixel_does_not_depend_on_its_window(
    write: Write, crs: str, affine: Affine
) -> None:
    db = np.random.default_rng(1).normal(-12, 3, (2, 500, 420)).astype(np.float32)
    db[1] -= 7
    db[:, 100:140, 200:260] = np.nan
    path = write(db, names=("VV", "VH"), crs=crs, transform=affine)
    with open_scene((path,)) as scene:
        whole = scene.read(scene.window)
    assert np.isfinite(whole).any() and np.isnan(whole).any()
    with open_scene((path,)) as scene:
        assert scene.window.height > 100
        for window in random_windows(scene.window):
            inside = window.intersection(scene.window)
            part = scene.read(window)[:, *inside.slices(window)]
            np.testing.assert_array_equal(part, whole[:, *inside.slices(scene.window)])


@pytest.mark.parametrize(("crs", "affine"), [("EPSG:4326", GEOGRAPHIC), ("EPSG:32633", ROTATED)])
def test_places_are_exact_and_blocks_have_no_seams(write: Write, crs: str, affine: Affine) -> None:
    """A source whose power is its own column: warped, it tells where each pixel came from."""
    height, width = 700, 800
    power = np.empty((2, height, width), np.float32)
    power[0] = 1 + np.arange(width)
    power[1] = 1 + np.arange(height)[:, None]
    db = 10 * np.log10(power) - 40
    path = write(db.astype(np.float32), names=("VV", "VH"), crs=crs, transform=affine)
    with open_scene((path,), unit="db") as scene:
        middle = scene.window
        window = Window(
            middle.row + middle.height // 2 - 150, middle.col + middle.width // 2 - 150, 300, 300
        )
        got = 10 ** ((scene.read(window).astype(np.float64) + 40) / 10) - 0.5
        grid = scene.grid
    assert window.row // BLOCK != (window.stop_row - 1) // BLOCK
    rows, cols = np.mgrid[:300, :300] + 0.5
    to_metres = grid.transform(window)
    xs, ys = to_metres.c + 10 * cols.ravel(), to_metres.f - 10 * rows.ravel()
    xs, ys = (np.array(v) for v in transform(f"EPSG:{grid.epsg}", crs, xs, ys))
    back = ~affine
    col, row = back.a * xs + back.b * ys + back.c, back.d * xs + back.e * ys + back.f
    np.testing.assert_allclose(got[0].ravel(), col, atol=0.001)
    np.testing.assert_allclose(got[1].ravel(), row, atol=0.001)


def test_power_is_averaged_not_db(write: Write) -> None:
    db = np.full((2, 400, 400), -25, np.float32)
    db[:, :, ::2] = -5
    path = write(db, names=("VV", "VH"), transform=Affine(5, 0, 500_000, 0, -5, 5_400_000))
    with open_scene((path,), unit="db") as scene:
        inner = Window(scene.window.row + 50, scene.window.col + 50, 50, 50)
        # Half of the power is gone, 3 dB; the mean of the dB would be -15.
        np.testing.assert_allclose(scene.read(inner), -7.97, atol=0.1)


def test_nodata_stays_nodata(write: Write, db: np.ndarray) -> None:
    db[:, :30] = -9999
    db[0, 60:70, 60:70] = np.nan
    db[1, 90] = -77
    for affine in (Affine(10, 0, 500_000, 0, -10, 5_400_000), Affine(10, 0, 5e5, 0, 10, 5.3e6)):
        with open_scene((write(db, nodata=-77, transform=affine),)) as scene:
            values = scene.read(scene.window)
            missing = np.isnan(values[0])
            assert (missing == np.isnan(values[1])).all()
            if affine.e > 0:
                missing = missing[::-1]
            assert missing[:29].all() and missing[61:69, 61:69].all()
            assert not missing[32:58].any() and not missing[75:88].any()
            assert np.nanmin(values) > -60


def test_a_huge_scene_is_not_read_to_be_understood(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(
        np.tile(np.array([-10, -17], np.float32)[:, None, None], (1, 3000, 3000)), tiled=True
    )
    read: list[int] = []
    plain = scene_module.Source.read

    def counted(self: scene_module.Source, *window: int) -> np.ndarray:
        read.append(window[2] * window[3])
        return plain(self, *window)

    monkeypatch.setattr(scene_module.Source, "read", counted)
    with open_scene((path,)) as scene:
        assert sum(read) <= 64 * 128 * 128
        read.clear()
        scene.read(Window(scene.window.row, scene.window.col, 256, 256))
        assert sum(read) == 256 * 256


def test_an_island_in_nodata_is_found(write: Write, db: np.ndarray) -> None:
    values = np.full((2, 2500, 2500), np.nan, np.float32)
    values[:, 1190:1310, 1190:1310] = db
    with open_scene((write(values, names=("VV", "VH")),)) as scene:
        assert scene.unit == "db"


def test_opening_twice_decides_alike(write: Write, db: np.ndarray) -> None:
    path = write(db)

    def info() -> dict:
        with open_scene((path,)) as scene:
            assert isinstance(scene, S1Scene)
            return scene.info()

    assert info() == info()


def test_power_that_noise_removal_made_negative(write: Write, db: np.ndarray) -> None:
    power = (10 ** (db / 10)).astype(np.float32)
    power[1, :2] = -1e-4
    with open_scene((write(power, names=("VV", "VH")),)) as scene:
        assert scene.unit == "power"
        assert np.isnan(scene.read(scene.window)[:, :2]).all()


@pytest.mark.parametrize(
    ("crs", "affine"),
    [
        ("EPSG:4326", Affine(1.3e-4, 0, 15.0, 0, -0.9e-4, 48.7)),
        ("EPSG:4326", Affine(0.9e-4, 0, 25.0, 0, -0.9e-4, 70.0)),
        ("EPSG:3857", Affine(15, 0, 1_670_000, 0, -15, 6_220_000)),
        ("EPSG:32633", ROTATED),
        ("EPSG:32633", Affine(20, 0, 500_003, 0, -20, 5_400_000)),
        ("EPSG:32633", Affine(30, 0, 500_000, 0, -30, 5_400_000)),
        ("EPSG:32633", Affine(40, 0, 500_000, 0, -40, 5_400_000)),
        ("EPSG:32633", Affine(10, 0, 500_003, 0, 10, 5_400_000)),
    ],
    ids=["degrees", "far north", "mercator", "rotated", "20 m", "30 m", "40 m", "south up"],
)
def test_resampling_is_that_of_gdal(write: Write, crs: str, affine: Affine) -> None:
    """The same power warped by GDAL onto the same grid: within hundredths of a dB, not shifted."""
    db = backscatter(300, 320)
    db[:, 100:140, 100:160] = np.nan
    power = 10 ** (db.astype(np.float64) / 10)
    warped = write(power, "power.tif", crs=crs, transform=affine, nodata=np.nan)
    with open_scene((write(db, names=("VV", "VH"), crs=crs, transform=affine),)) as scene:
        found, grid, window = scene.read(scene.window), scene.grid, scene.window
    with rasterio.open(warped) as file, WarpedVRT(
        file, crs=f"EPSG:{grid.epsg}", transform=grid.transform(window), height=window.height,
        width=window.width, resampling=Resampling.bilinear, tolerance=0.001, nodata=np.nan,
    ) as reference:  # fmt: skip
        expected = 10 * np.log10(reference.read())
    both = np.isfinite(found[0]) & np.isfinite(expected[0])
    assert np.isnan(found[0]).mean() == pytest.approx(np.isnan(expected[0]).mean(), abs=0.006)
    assert both.mean() > 0.3
    # Far north three pixels are averaged, by a triangle in GDAL and by a rectangle here.
    spread = 0.6 if affine.f == 70.0 else 0.01
    assert (found - expected)[:, both].std() < spread
    inner = binary_erosion(both, iterations=3)
    assert np.abs(shift(10 ** (found[0] / 10), 10 ** (expected[0] / 10), inner)).max() < 0.05


def shift(one: np.ndarray, other: np.ndarray, where: np.ndarray) -> np.ndarray:
    """Rows and columns from one image to another: the peak of their cross-correlation."""
    one, other = (np.where(where, v - v[where].mean(), 0.0) for v in (one, other))
    product = np.fft.fft2(one) * np.conj(np.fft.fft2(other))
    peak = np.fft.ifft2(product).real
    assert peak.argmax() == 0
    sides = np.array([[peak[1, 0], peak[-1, 0]], [peak[0, 1], peak[0, -1]]])
    # Vertex of the parabola through the peak and its neighbours.
    return (sides[:, 0] - sides[:, 1]) / (2 * (2 * peak[0, 0] - sides.sum(axis=1)))


@pytest.mark.parametrize("declared", [True, False])
@pytest.mark.parametrize("fill", [-9999.0, -32768.0, 0.0, np.nan])
@pytest.mark.parametrize("unit", ["db", "power"])
@pytest.mark.parametrize("affine", [ROTATED, Affine(4, 0, 5e5, 0, -4, 5.4e6), GEOGRAPHIC])
def test_nodata_never_leaks(
    write: Write, fill: float, declared: bool, unit: str, affine: Affine
) -> None:
    """Round holes and at borders there is no halo: constant power stays that power to the edge."""
    db = np.full((2, 300, 300), -10, np.float32)
    db[1] = -17
    holes = np.random.default_rng(0).random((300, 300)) < 0.01
    holes[100:160, 120:170] = True
    holes[:, :9] = True
    values = db if unit == "db" else (10 ** (db / 10)).astype(np.float32)
    values[:, holes] = fill
    crs = "EPSG:4326" if affine == GEOGRAPHIC else "EPSG:32633"
    path = write(
        values, names=("VV", "VH"), crs=crs, transform=affine, nodata=fill if declared else None
    )
    with open_scene((path,), unit=unit) as scene:
        found = scene.read(scene.window)
        window, grid = scene.window, scene.grid
    good = np.isfinite(found[0])
    assert (good == np.isfinite(found[1])).all()
    np.testing.assert_allclose(found[0, good], -10, atol=1e-4)
    np.testing.assert_allclose(found[1, good], -17, atol=1e-4)
    # As large an area of measurements as before, and the middle of the hole is still one.
    a, b, d, e = affine.a, affine.b, affine.d, affine.e
    area = abs(a * e - b * d) * (1 if crs != "EPSG:4326" else METRES**2 * np.cos(np.radians(48.69)))
    assert good.sum() * 100 / ((~holes).sum() * area) == pytest.approx(1, abs=0.02)
    x, y = affine @ (145.0, 130.0)
    ((x,), (y,)) = transform(crs, f"EPSG:{grid.epsg}", [x], [y])
    col, row = (x - grid.offset_x) / 10 - window.col, (grid.offset_y - y) / 10 - window.row
    assert not good[int(row) - 2 : int(row) + 3, int(col) - 2 : int(col) + 3].any()


METRES = 111_250.0
"""Metres of a degree of latitude, and of a degree of longitude at the equator, roughly."""
