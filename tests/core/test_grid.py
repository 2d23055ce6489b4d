"""Arithmetic of windows and grids."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gac_core.grid import Window, WorkGrid, is_utm, utm_epsg

positions = st.integers(-1_000_000, 1_000_000)
sizes = st.integers(1, 5000)
windows = st.builds(Window, positions, positions, sizes, sizes)
offsets = st.floats(0, 9.999, allow_nan=False)
grids = st.builds(WorkGrid, st.just(32633), offsets, offsets)


@given(grids, windows)
def test_bounds_and_window_are_inverse(grid: WorkGrid, window: Window) -> None:
    assert grid.window(grid.bounds(window)) == window


@given(grids, windows, st.floats(0.01, 9.9))
def test_window_covers_bounds_and_no_more(grid: WorkGrid, window: Window, inset: float) -> None:
    xmin, ymin, xmax, ymax = grid.bounds(window)
    if window.height > 1 and window.width > 1:
        inner = (xmin + inset, ymin + inset, xmax - inset, ymax - inset)
        assert grid.window(inner) == window


@given(windows, windows)
def test_intersection_and_union(a: Window, b: Window) -> None:
    both, either = a.intersection(b), a.union(b)
    assert both == b.intersection(a)
    assert either.contains(a) and either.contains(b)
    if not both.is_empty:
        assert a.contains(both) and b.contains(both)


@given(
    st.builds(Window, positions, positions, st.integers(1, 60), st.integers(1, 60)),
    st.integers(1, 70),
)
def test_strips_cover_every_pixel_once(window: Window, height: int) -> None:
    seen = np.zeros(window.shape, int)
    for strip in window.strips(height):
        assert window.contains(strip)
        seen[strip.slices(window)] += 1
    assert (seen == 1).all()


@given(grids, windows, windows)
def test_a_pixel_has_one_place_whatever_its_window(grid: WorkGrid, a: Window, b: Window) -> None:
    ax, ay = grid.transform(a) @ (float(b.col - a.col), float(b.row - a.row))
    bx, by = grid.transform(b) @ (0.0, 0.0)
    assert abs(ax - bx) < 1e-6 and abs(ay - by) < 1e-6


@given(st.floats(-180, 180), st.floats(-84, 84))
def test_every_place_has_a_zone_of_six_degrees(longitude: float, latitude: float) -> None:
    epsg = utm_epsg(longitude, latitude)
    assert is_utm(epsg)
    centre = (epsg % 100) * 6 - 183
    assert abs((longitude - centre + 180) % 360 - 180) <= 3.0 + 1e-9
    assert (epsg // 100 == 326) == (latitude >= 0)
