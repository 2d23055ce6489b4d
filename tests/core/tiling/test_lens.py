"""The lens: one tile about a place, one window for each stage."""

from __future__ import annotations

import numpy as np
import pytest

from gac_core.bundles.bundle import WindowSpec
from gac_core.engine.areas import stage_areas
from gac_core.grid import Window
from gac_core.tiling.stage_inputs import lens_window, masked_source
from gac_core.tiling.tiles import count_tiles, tile_layout

DEMO = WindowSpec(size=96, overlap=32, margin=8)
FULL = WindowSpec()
SCENE = Window(533_000, 50_000, 3000, 4000)


@pytest.mark.parametrize("spec", [DEMO, FULL])
@pytest.mark.parametrize("place", [(700, 900), (1311, 77), (1500, 2111), (2000, 3003)])
def test_each_stage_computes_one_window_that_holds_the_place(spec, place) -> None:
    spot = Window(SCENE.row + place[0], SCENE.col + place[1], 1, 1)
    found = lens_window(spot, SCENE, spec)
    assert found.height == found.width >= spec.size // 2
    areas = stage_areas(found, found, spec, 3)
    assert areas.images == areas.generated == {1: found, 2: found, 3: found}
    for decodes in (False, True):
        assert count_tiles(found, tile_layout(spec, found, decodes=decodes)) == 1
    assert abs(spot.row - found.row - found.height / 2) <= spec.size
    assert abs(spot.col - found.col - found.width / 2) <= spec.size


def test_at_the_edge_of_the_scene_the_tile_is_within() -> None:
    for row, col in ((SCENE.row, SCENE.col), (SCENE.stop_row - 1, SCENE.stop_col - 1)):
        found = lens_window(Window(row, col, 1, 1), SCENE, FULL)
        assert SCENE.contains(found)
        assert found.height == found.width == 176


def test_a_scene_smaller_than_a_tile_is_shown_as_far_as_it_goes() -> None:
    scene = Window(1000, 1000, 40, 300)
    found = lens_window(Window(1010, 1010, 1, 1), scene, FULL)
    assert scene.contains(found)
    assert found.shape == (40, 176)


def test_beyond_the_whole_there_is_no_data() -> None:
    whole = Window(10, 10, 4, 4)

    def source(window: Window) -> np.ndarray:
        assert window.is_empty or whole.contains(window), "read though nobody needs it"
        return np.ones((2, *window.shape), np.float32)

    read = masked_source(source, whole)
    assert np.isfinite(read(whole)).all()
    values = read(Window(8, 8, 4, 4))
    assert np.isnan(values[:, :2]).all()
    assert np.isnan(values[:, :, :2]).all()
    assert np.isfinite(values[:, 2:, 2:]).all()
    assert np.isnan(read(Window(0, 0, 4, 4))).all()
