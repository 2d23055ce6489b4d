"""One scene in every unit, with every kind of hole, is one array."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import rasterio
from affine import Affine
from rasterio.warp import Resampling, reproject

from gac_core.grid import Window
from gac_core.scene import S1Scene, open_scene
from gac_core.scene.decisions import TAKEN_AS_NODATA
from tests.core.conftest import backscatter
from tests.problems import notes_with

SCALE, OFFSET = 0.01, -110.0
"""Of packed values: whole hundredths of a dB, from -110 dB on."""


def write_as(write: Callable[..., str], db: np.ndarray, kind: str, **profile: object) -> str:
    """Write dB in a unit, or packed into 16 bits. Returns the path."""
    names = ("VV", "VH")
    exact = db.astype(np.float64)
    with np.errstate(over="ignore"):
        power, amplitude = 10 ** (exact / 10), 10 ** (exact / 20)
    if kind != "packed":
        values = {"db": exact, "power": power, "amplitude": amplitude}[kind]
        with np.errstate(over="ignore"):
            return write(values.astype(np.float32), f"{kind}.tif", names=names, **profile)
    packed = np.rint((exact - OFFSET) / SCALE)
    packed = np.where(np.isfinite(packed), np.clip(packed, 0, 65535), 0).astype(np.uint16)
    path = write(packed, "packed.tif", names=names, **profile)
    with rasterio.open(path, "r+") as file:
        file.scales, file.offsets = (SCALE, SCALE), (OFFSET, OFFSET)
    return path


def blended(db: np.ndarray, fill: float, share: float = 0.4) -> np.ndarray:
    """DB with a hole of a fill, moved by a part of a pixel by linear interpolation."""
    db[:, 20:60, 30:80] = fill
    moved = db.copy()
    for axis in (1, 2):
        moved = (1 - share) * moved + share * np.roll(moved, 1, axis)
    return moved


HOLES: dict[str, Callable[[np.ndarray], np.ndarray | None]] = {
    "none": lambda db: None,
    "NaN": lambda db: db[:, :9].fill(np.nan),
    "log of 1e-10 in a border row": lambda db: db[:, 0].fill(-100),
    "log of 1e-30 in a border column": lambda db: db[:, :, -1].fill(-300),
    "log of 1e-8": lambda db: db[:, 30:50, 30:70].fill(-80),
    "log of 1e-7 in both": lambda db: db[:, 30:50, 30:70].fill(-70),
    "log of 1e-6": lambda db: db[:, :, 0].fill(-60),
    "log of 1e-5": lambda db: db[:, :, 0].fill(-50),
    "log of 1e-4": lambda db: db[:, :20, :20].fill(-40.5),
    "-99 in a fifth of VH": lambda db: db[1, :, :24].fill(-99),
    "-60 in a fifth of VH": lambda db: db[1, :, :24].fill(-60),
    "-60 in a corner": lambda db: db[:, :10, :20].fill(-60),
    "each band's own": lambda db: np.copyto(db[:, :10], [[[-52]], [[-57]]]),
    "0 dB over an area": lambda db: db[:, 40:60, 40:60].fill(0),
    "0 dB over a fifth of VH": lambda db: db[1, :, :24].fill(0),
    "20 dB over an area": lambda db: db[:, 40:60, 40:60].fill(20),
    "60 dB over an area": lambda db: db[:, 40:60, 40:60].fill(60),
    "-9999, blended": lambda db: blended(db, -9999),
    "-99, blended": lambda db: blended(db, -99),
    "-60, blended": lambda db: blended(db, -60),
    "no signal in VH": lambda db: db[1, 20:30].fill(-70),
}
"""What makes holes in dB: in place, or as what it returns."""

MEASURED = ("none", "no signal in VH")


def with_hole(db: np.ndarray, hole: str) -> np.ndarray:
    """Return dB, in whole hundredths, with a hole."""
    db = np.round(db, 2)
    made = HOLES[hole](db)
    return np.round(db if made is None else made, 2)


@pytest.mark.parametrize("hole", HOLES)
def test_one_scene_in_every_unit_is_one_array(db: np.ndarray, write, hole: str) -> None:
    values = with_hole(db, hole)
    arrays, shares = {}, {}
    for kind in ("db", "power", "amplitude", "packed"):
        with open_scene((write_as(write, values, kind),)) as scene:
            assert scene.unit == (kind if kind != "packed" else "db")
            arrays[kind] = scene.read(scene.window)
            nodata = next(one for one in scene.decisions if one.name == "nodata")
            shares[kind] = np.isnan(arrays[kind][0]).mean()
            told = notes_with(scene.warnings, template=TAKEN_AS_NODATA)
        assert (nodata.value != "none") == (hole not in MEASURED)
        usual = ("NaN", "0 dB over an area")
        if kind == "db" and hole not in (*MEASURED, *usual) and "9999" not in hole:
            assert told, nodata
    first = arrays["db"]
    assert (np.isnan(first[0]) == np.isnan(first[1])).all()
    assert np.nanmin(first) >= -50 and np.nanmax(first) < 15
    for kind, array in arrays.items():
        np.testing.assert_array_equal(np.isnan(array), np.isnan(first), err_msg=kind)
        atol = 1e-5 if kind != "packed" else 2e-5
        np.testing.assert_allclose(array, first, rtol=0, atol=atol, err_msg=kind)
    if hole in MEASURED:
        assert shares["db"] == 0
    else:
        original = np.round(db, 2)
        kept = ~np.isnan(first)
        close = np.abs(first - original)[kept] < (1e-4 if "blended" not in hole else 40)
        assert close.all(), "what is left is not what was measured"
        assert 0.005 < shares["db"] < 0.3


@pytest.mark.parametrize("hole", ["-99, blended", "-9999, blended", "-99 in a fifth of VH"])
@pytest.mark.parametrize("metres", [10, 20])
def test_a_window_changes_nothing(db: np.ndarray, write, hole: str, metres: int) -> None:
    """Holes reach as far in a small window as in the whole scene."""
    grid = Affine(metres, 0, 500_000, 0, -metres, 5_400_000)
    path = write_as(write, with_hole(db, hole), "db", transform=grid)
    with open_scene((path,)) as scene:
        whole = scene.read(scene.window)
    with open_scene((path,)) as scene:
        window = scene.window
        for row, col, size in ((0, 0, 7), (19, 29, 1), (20, 30, 3), (50, 60, 33), (0, 79, 40)):
            part = scene.read(Window(window.row + row, window.col + col, size, size))
            expected = whole[:, row : row + size, col : col + size]
            np.testing.assert_array_equal(part, expected)


def clip(low: float, high: float) -> Callable[[np.ndarray], np.ndarray]:
    return lambda db: np.clip(db, low, high)


def lake(db: np.ndarray) -> np.ndarray:
    """Calm water, VH of which noise removal left at what it could, scattered."""
    db = db.copy()
    db[0, 20:80, 20:80] -= 14
    water = np.random.default_rng(3).random((60, 60)) < 0.5
    db[1, 20:80, 20:80] = np.where(water, -47.0625, db[1, 20:80, 20:80] - 12)
    return db


def scattered(db: np.ndarray) -> np.ndarray:
    """1e-6 where nothing was left of VH, here and there."""
    db = db.copy()
    db[1, np.random.default_rng(3).random(db.shape[1:]) < 0.05] = -60
    return db


DARK = {
    "clipped at -25 and 0": clip(-25, 0),
    "clipped at -20 and -5": clip(-20, -5),
    "whole decibels": np.rint,
    "a calm lake": lake,
    "no signal here and there": scattered,
    "40 dB down in places": lambda db: np.where(db < -25, db - 15, db),
    "bright targets": lambda db: np.where(db > -5, db + 20, db),
}


@pytest.mark.parametrize("kind", DARK)
@pytest.mark.parametrize("unit", ["db", "power"])
def test_measurements_are_kept(db: np.ndarray, write, kind: str, unit: str) -> None:
    """Dark water, clipped and quantised values, and bright targets are measured."""
    values = DARK[kind](np.round(db, 2))
    with open_scene((write_as(write, values, unit),), unit=unit) as scene:
        read = scene.read(scene.window)
    np.testing.assert_allclose(read, np.maximum(values, -50), atol=1e-4)


def test_every_real_image_is_all_measured(shared_data: Path, write) -> None:
    """Of every fourth real image nothing is taken for a fill but 0 dB in both bands."""
    for path in sorted(shared_data.glob("pairs/*/s1.tif"))[::4]:
        with open_scene((str(path),), unit="db") as scene:
            assert isinstance(scene, S1Scene)
            assert not notes_with(scene.warnings, template=TAKEN_AS_NODATA), path


@pytest.mark.parametrize("method", ["bilinear", "cubic", "cubicspline", "lanczos"])
@pytest.mark.parametrize("fill", [-9999.0, -999.0, -99.0])
def test_no_way_of_resampling_leaves_values_that_nobody_measured(write, method, fill) -> None:
    """Resampling over a fill that was not declared: GDAL's kernels make low and high values."""
    db = backscatter(200, 200)
    values = db.copy()
    values[:, :, :60] = fill
    with rasterio.open(write(values, names=("VV", "VH"))) as file:
        shape, pixel = (2, 260, 260), file.transform.a * 200 / 260
        transform = Affine(pixel, 0, file.transform.c, 0, -pixel, file.transform.f)
        fine, _ = reproject(
            values,
            np.zeros(shape, np.float32),
            src_transform=file.transform,
            src_crs=file.crs,
            dst_transform=transform,
            dst_crs=file.crs,
            resampling=Resampling[method.replace("cubicspline", "cubic_spline")],
        )
    path = write(fine, "fine.tif", names=("VV", "VH"), transform=transform)
    with open_scene((path,)) as scene:
        found = scene.read(scene.window)
    assert np.nanmax(found) < db.max() + 6 and np.nanmin(found) > db.min() - 12
    assert np.isfinite(found).mean() > 0.6
