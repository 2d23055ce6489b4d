"""Grids, extents and warping of scenes anywhere on Earth."""

from __future__ import annotations

import numpy as np
import pytest
from affine import Affine
from hypothesis import assume, given
from hypothesis import strategies as st
from pyproj import Transformer

from gac_core.contract.errors import GacError, RequestError
from gac_core.grid import Window, WorkGrid
from gac_core.scene import extent_window, open_scene
from tests.core.fuzz.budget import fuzz, in_words
from tests.core.fuzz.scenes import located, placed, write_ramp
from tests.problems import assert_problem

zones = st.builds(
    lambda side, zone: side + zone, st.sampled_from([32600, 32700]), st.integers(1, 60)
)
offsets = st.floats(0, 9.999999).map(lambda v: round(v, 6))
places = st.integers(-2_000_000, 2_000_000)


@fuzz(150)
@given(
    st.builds(WorkGrid, zones, offsets, offsets),
    st.builds(Window, places, places, st.integers(1, 10**6), st.integers(1, 10**6)),
)
def test_bounds_and_window_are_inverse(grid: WorkGrid, window: Window) -> None:
    assert grid.window(grid.bounds(window)) == window


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("places")


def back(grid: WorkGrid, window: Window, crs: str, affine: Affine) -> np.ndarray:
    """Columns and rows (2, H, W) of a scene on which a window's pixels lie, by pyproj."""
    rows, cols = np.mgrid[: window.height, : window.width] + 0.5
    to_metres = grid.transform(window)
    xs, ys = to_metres.c + 10 * cols, to_metres.f - 10 * rows
    return back_to_pixels(f"EPSG:{grid.epsg}", crs, affine, xs, ys)


TURNS = {"EPSG:4326": 360.0, "EPSG:3857": 2 * np.pi * 6378137, "EPSG:6933": 2 * 17367530.445161372}


def back_to_pixels(
    from_crs: str, crs: str, affine: Affine, xs: np.ndarray, ys: np.ndarray
) -> np.ndarray:
    """Columns and rows of a scene for places in any CRS, whichever side of ±180° they are on."""
    xs, ys = Transformer.from_crs(from_crs, crs, always_xy=True).transform(xs, ys)
    if turn := TURNS.get(crs):
        middle = (affine @ (45.0, 40.0))[0]
        xs = middle + (xs - middle + turn / 2) % turn - turn / 2
    inverse = ~affine
    return np.array(
        [
            inverse.a * xs + inverse.b * ys + inverse.c,
            inverse.d * xs + inverse.e * ys + inverse.f,
        ]
    )


@fuzz(30)
@given(st.data())
def test_a_ramp_lies_where_it_should(folder, data: st.DataObject) -> None:
    height, width = 80, 90
    crs, affine = placed(data.draw, height, width)
    path = write_ramp(folder / "ramp.tif", crs, affine, height, width)
    with open_scene((str(path),), unit="db") as scene:
        assume(scene.window.height * scene.window.width < 10**6)
        found = located(scene.read(scene.window))
        cols, rows = back(scene.grid, scene.window, crs, affine)
        steps = scene._place.steps
    # Where finer pixels are averaged, the last ones stand for less than the others.
    across, down = (max(1, round(10 / step)) for step in steps)
    inner = (cols > across) & (cols < width - 2 * across)
    inner &= (rows > down) & (rows < height - 2 * down)
    outside = (cols < -across) | (cols > width + across)
    outside |= (rows < -down) | (rows > height + down)
    assert np.isnan(found[:, outside]).all()
    assert np.isfinite(found[:, inner]).all()
    # float32 dB of a power of 90 are good to 1e-4 of it.
    np.testing.assert_allclose(found[0, inner], cols[inner], atol=0.005)
    np.testing.assert_allclose(found[1, inner], rows[inner], atol=0.005)


@fuzz(50)
@given(st.data())
def test_extents_lie_on_the_scene_and_cover_what_was_asked(folder, data: st.DataObject) -> None:
    height, width = 80, 90
    crs, affine = placed(data.draw, height, width)
    path = write_ramp(folder / "extent.tif", crs, affine, height, width)
    extent_crs = data.draw(st.sampled_from(["EPSG:4326", "EPSG:3857", crs]))
    # The extent's middle is near the scene's, and it is from a pixel to three scenes large.
    to_extent = Transformer.from_crs(crs, extent_crs, always_xy=True)
    share = st.floats(-0.2, 1.2)
    corners = [affine @ (width * data.draw(share), height * data.draw(share)) for _ in range(2)]
    (ax, ay), (bx, by) = (to_extent.transform(*corner) for corner in corners)
    extent = (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
    if extent_crs == "EPSG:4326" and extent[2] - extent[0] > 180:
        extent = (extent[2], extent[1], extent[0], extent[3])
    assume(extent[0] != extent[2] and extent[1] != extent[3])
    assume(extent_crs == "EPSG:4326" or extent[2] - extent[0] < 2e7)
    try:
        scene = open_scene((str(path),), unit="db", extent=extent, extent_crs=extent_crs)
    except RequestError as error:
        assert_problem(error, "extent-off-scene")
        scene, window = open_scene((str(path),), unit="db"), None
    else:
        window = extent_window(scene, extent, extent_crs)
        assert scene.window.contains(window) and not window.is_empty
    with scene:
        grid = scene.grid
    # Every point of the extent that lies on the scene is in the window.
    us, vs = np.meshgrid(np.linspace(0, 1, 9), np.linspace(0, 1, 9))
    wide = (extent[2] - extent[0]) % 360 if extent_crs == "EPSG:4326" else extent[2] - extent[0]
    xs, ys = extent[0] + us * wide, extent[1] + vs * (extent[3] - extent[1])
    ground = Transformer.from_crs(extent_crs, grid.epsg, always_xy=True).transform(xs, ys)
    cols, rows = back_to_pixels(extent_crs, crs, affine, xs, ys)
    on = (cols > 0) & (cols < width) & (rows > 0) & (rows < height)
    if window is None:  # It may overlap by the 0.1 m that snapping to the grid forgives.
        inner = np.minimum.reduce([cols, width - cols, rows, height - rows])
        assert (inner < 0.1 / 5).all()
        return
    left, bottom, right, top = grid.bounds(window)
    assert (ground[0][on] >= left - 0.1).all() and (ground[0][on] <= right + 0.1).all()
    assert (ground[1][on] >= bottom - 0.1).all() and (ground[1][on] <= top + 0.1).all()


any_number = (
    st.floats(allow_nan=True, allow_infinity=True)
    | st.floats(-200, 200)
    | st.integers(-(10**7), 10**7).map(float)
)
odd_crs = st.sampled_from(
    [
        None, "", "EPSG:4326", "EPSG:32633", "EPSG:3857", "EPSG:99999", "EPSG:-1", "x", "EPSG:5041",
        "EPSG:3413", "EPSG:4978", "IAU_2015:30100", "EPSG:5773", "EPSG:2225", "EPSG:4807",
        "+proj=utm +zone=33 +datum=WGS84 +units=us-ft", "EPSG:9518", "+proj=ob_tran", "EPSG:27700",
        'LOCAL_CS["x",UNIT["m",1]]', "{", "EPSG:3035",
    ]
)  # fmt: skip


@pytest.fixture(scope="module")
def ramps(folder):
    """One scene in UTM, one in degrees across ±180°."""
    made = []
    for name, crs, affine in (
        ("utm", "EPSG:32633", Affine(10, 0, 500_000, 0, -10, 5_400_000)),
        ("degrees", "EPSG:4326", Affine(1e-3, 0, 179.95, 0, -1e-4, 1.0)),
    ):
        made.append(str(write_ramp(folder / f"{name}.tif", crs, affine, 80, 90)))
    return made


@fuzz(150)
@given(
    st.integers(0, 1), st.tuples(*[any_number] * 4), odd_crs | st.text(max_size=12), st.booleans()
)
def test_any_numbers_as_an_extent(ramps, which, extent, crs, at_opening) -> None:
    extra = {"extent": extent, "extent_crs": crs} if at_opening else {}
    try:
        with open_scene((ramps[which],), unit="db", **extra) as scene:
            window = extent_window(scene, extent, crs)
            assert scene.window.contains(window) and not window.is_empty
    except GacError as error:
        in_words(error)
