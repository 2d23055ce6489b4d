"""Extents in any CRS, cut to the scene."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from affine import Affine
from rasterio.warp import transform_bounds

from gac_core.errors import RequestError
from gac_core.grid import Window
from gac_core.scene import S1Scene, extent_window, open_scene


@pytest.fixture
def scene(write: Callable[..., str], db: np.ndarray) -> Iterator[S1Scene]:
    with open_scene((write(db),)) as opened:
        yield opened


def test_none_is_the_whole_scene(scene: S1Scene) -> None:
    assert extent_window(scene, None) == scene.window


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
    ("extent", "crs", "words"),
    [
        ((0, 0, 10, 10), None, "does not touch"),
        ((500_100, 5_399_500, 500_300, 5_399_700), "EPSG:32634", "does not touch"),
        ((10, 10, 20, 20), "EPSG:99999", "unknown"),
        ((10, 10, 20, 20), "nonsense", "unknown"),
        ((500_100, 5_399_500, 500_300, 5_399_700), "EPSG:4326", "no place on Earth"),
    ],
)
def test_refusals(scene: S1Scene, extent: tuple, crs: str | None, words: str) -> None:
    with pytest.raises(RequestError, match=words) as caught:
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
