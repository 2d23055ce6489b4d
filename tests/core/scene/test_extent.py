"""Extents in any CRS, cut to the scene."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from affine import Affine
from rasterio.warp import transform, transform_bounds

from gac_core.contract.errors import RequestError
from gac_core.grid import Window
from gac_core.scene import S1Scene, extent_window, open_scene
from tests.problems import notes_with, raises

Write = Callable[..., str]


@pytest.fixture
def scene(write: Callable[..., str], db: np.ndarray) -> Iterator[S1Scene]:
    with open_scene((write(db),)) as opened:
        yield opened


def test_none_is_the_whole_scene(scene: S1Scene) -> None:
    assert extent_window(scene, None) == scene.window


def test_the_centre_is_the_scene_s_whatever_extent_is_asked_for(
    scene: S1Scene, write: Write, db: np.ndarray
) -> None:
    assert scene.centre == (48.7, 15.0)
    extent = (500_100, 5_399_500, 500_300, 5_399_700)
    with open_scene((write(db, "again.tif"),), extent=extent) as other:
        assert other.centre == scene.centre


def test_own_crs(scene: S1Scene) -> None:
    window = extent_window(scene, (500_100, 5_399_500, 500_300, 5_399_700))
    assert window == Window(-539_970, 50_010, 20, 20)


def test_cut_to_the_scene(scene: S1Scene) -> None:
    window = extent_window(scene, (499_000, 5_399_900, 500_100, 5_401_000), "EPSG:32633")
    assert window == Window(-540_000, 50_000, 10, 10)


def test_another_crs(scene: S1Scene) -> None:
    inner = (500_100.0, 5_399_500.0, 500_300.0, 5_399_700.0)
    for crs in ("EPSG:4326", "EPSG:3857"):
        window = extent_window(scene, transform_bounds("EPSG:32633", crs, *inner), crs)
        assert window.contains(Window(-539_970, 50_010, 20, 20))
        assert window.height <= 22 and window.width <= 22


@pytest.mark.parametrize(
    ("extent", "crs", "expected"),
    [
        ((0, 0, 10, 10), None, ("extent-off-scene",)),
        ((500_100, 5_399_500, 500_300, 5_399_700), "EPSG:32634", ("extent-off-scene",)),
        ((10, 10, 20, 20), "EPSG:99999", ("extent-crs-unknown",)),
        ((10, 10, 20, 20), "nonsense", ("extent-crs-unknown",)),
        (
            (500_100, 5_399_500, 500_300, 5_399_700),
            "EPSG:4326",
            ("extent-off-scene", "no place on Earth"),
        ),
        ((-3, 40, -2, 41), "EPSG:4326", ("extent-off-scene", "40.500° N 2.500° W", "48.748° N")),
        ((10, 20, 30, 40), "IAU_2015:30100", ("extent-crs-out-of-reach",)),
        ((500_100, 5_399_500, 500_100, 5_399_700), None, ("extent-empty",)),
        ((500_300, 5_399_500, 500_100, 5_399_700), None, ("extent-reversed",)),
        ((15.1, 49, 15.0, 48), "EPSG:4326", ("extent-reversed",)),
        ((float("nan"), 48, 15, 49), "EPSG:4326", ("extent-not-finite",)),
        ((-float("inf"), 48, 15, 49), "EPSG:4326", ("extent-not-finite",)),
    ],
)
def test_refusals(
    scene: S1Scene, extent: tuple, crs: str | None, expected: tuple[str, ...]
) -> None:
    with raises(RequestError, *expected) as caught:
        extent_window(scene, extent, crs)
    assert caught.value.remedy


def test_on_a_warped_scene(write: Callable[..., str], db: np.ndarray) -> None:
    path = write(db, crs="EPSG:4326", transform=Affine(1e-4, 0, 15.0, 0, -1e-4, 48.0))
    with open_scene((path,)) as scene:
        whole = extent_window(scene, (14.9, 47.9, 15.1, 48.1))
        assert whole == scene.window
        part = extent_window(scene, (15.002, 47.992, 15.006, 47.996))
        assert scene.window.contains(part) and part != scene.window
        assert np.isfinite(scene.read(part)).all()


def test_the_whole_world_is_the_whole_scene(scene: S1Scene) -> None:
    for extent in ((-180, -90, 180, 90), (-400, -100, 400, 100), (180, -90, -180, 90)):
        assert extent_window(scene, extent, "EPSG:4326") == scene.window
    assert extent_window(scene, (-2e7, -2e8, 2e7, 2e8), "EPSG:3857") == scene.window


@pytest.mark.parametrize("size", [1e-4, 0.5, 100.0, 1e6, 1e12])
def test_extents_of_any_size(scene: S1Scene, size: float) -> None:
    """Down to a part of a pixel, up to more than the Earth: never more than the scene."""
    x, y = 500_603.0, 5_399_396.0
    window = extent_window(scene, (x - size / 2, y - size / 2, x + size / 2, y + size / 2))
    assert scene.window.contains(window)
    assert window.width == {1e-4: 1, 0.5: 1, 100.0: 11}.get(size, 120)


def test_what_is_cut_off_is_said(write: Write, db: np.ndarray) -> None:
    path = write(db)
    half = (500_000 - 600, 5_400_000 - 1200, 500_000 + 600, 5_400_000)
    for extent, percent in (
        (half, "50"),
        ((400_000, 5_300_000, 600_000, 5_500_000), "1"),
        ((500_000, 5_398_800, 501_200, 5_400_000), None),
        ((500_100, 5_399_500, 500_300, 5_399_700), None),
        (None, None),
    ):
        with open_scene((path,), extent=extent) as scene:
            clipped = [w for w in scene.warnings if len(w.arguments) == 1]
            assert bool(clipped) == bool(percent)
            assert percent is None or notes_with(clipped, percent)


def test_far_from_the_zone_is_said(write: Write) -> None:
    wide = np.full((2, 40, 16_000), -10, np.float32)
    wide[1] = -17
    path = write(wide, crs="EPSG:4326", transform=Affine(9e-4, 0, 5.0, 0, -9e-4, 40))
    for extent, far in (((5, 39.9, 19.4, 40), True), ((5.5, 39.97, 6, 40), False)):
        with open_scene((path,), unit="db", extent=extent) as scene:
            assert bool(notes_with(scene.warnings, scene.grid.epsg % 100)) == far


def test_a_wide_extent_is_covered_up_to_its_bulge(write: Write) -> None:
    """Parallels are bent in UTM: the corners alone would cut off a strip of many pixels."""
    values = np.full((2, 70, 7000), -10, np.float32)
    values[1] = -17
    path = write(values, crs="EPSG:4326", transform=Affine(8e-4, 0, 12.3, 0, -8e-4, 60))
    extent = (12.3, 59.96, 17.7, 59.99)
    with open_scene((path,), unit="db", extent=extent) as scene:
        left, bottom, right, top = scene.grid.bounds(extent_window(scene, extent))
    for x in np.linspace(12.3, 17.7, 200):
        (e, f), (n, o) = transform("EPSG:4326", "EPSG:32633", [x, x], [59.96, 59.99])
        assert left <= min(e, f) and max(e, f) <= right
        assert bottom <= min(n, o) and max(n, o) <= top
