"""A scene's own edges: levels that were put there are seen, and a part lies where it lay."""

from __future__ import annotations

import numpy as np
import pytest
import rasterio

from gac_core.bundles.bundle import WindowSpec
from tests.bench.edges import OUTER, compare_edges, cut
from tests.bench.report import to_markdown
from tests.bench.scenes import write_scene
from tests.bench.test_report import part

SPEC = WindowSpec(32, 16, 4, decode=64, seam=32)


def images(side=260):
    larger = np.random.default_rng(3).uniform(500, 1500, (4, side, side))
    return larger.copy(), larger


def test_a_bright_strip_is_told_by_edge_and_band():
    scene, larger = images()
    scene[1, :, -32:] *= 1.25
    compared = compare_edges(scene, larger, SPEC)
    near, further = compared["edges"]["east"]
    assert near == pytest.approx([0, 25, 0, 0]) and 10 < further[1] < 15
    assert compared["edges"]["west"] == [[0.0] * 4] * len(OUTER)
    # The strip takes an eighth of the northern edge.
    assert compared["edges"]["north"][0][1] == pytest.approx(25 * 32 / 260, rel=0.2)
    assert compared["inner"] == [0.0] * 4 and compared["same"] == 100


def test_a_pixel_that_differs_inside_is_told():
    scene, larger = images()
    scene[2, 130, 130] += 1
    count = (260 - 2 * (SPEC.decode + SPEC.size)) ** 2
    assert compare_edges(scene, larger, SPEC)["same"] == pytest.approx(100 * (1 - 1 / count))


def test_a_small_scene_has_no_inside():
    scene, larger = images(180)
    compared = compare_edges(scene, larger, SPEC)
    assert compared["inner"] is None and compared["same"] is None


def test_a_part_of_a_scene_lies_where_it_lay(tmp_path):
    window = cut(400)
    write_scene(tmp_path / "larger.tif", 400, SPEC)
    write_scene(tmp_path / "scene.tif", 400, SPEC, window)
    with (
        rasterio.open(tmp_path / "larger.tif") as larger,
        rasterio.open(tmp_path / "scene.tif") as scene,
    ):
        assert scene.shape == window.shape
        there = rasterio.windows.from_bounds(*scene.bounds, larger.transform)
        assert np.array_equal(larger.read(window=there), scene.read())
    assert not any(inset % 32 == 0 for inset in (window.row, window.col))


def test_the_table_has_a_row_for_each_edge():
    scene, larger = images()
    scene[0, :32] *= 0.9
    made = part([1.0], [1.0])
    made["images"] = {"1": compare_edges(scene, larger, SPEC)}
    made["bands"] = ["B02", "B03", "B04", "B08"]
    text = to_markdown({"device": "cpu", "parts": {"edges x": made}})
    assert "| x, opt_v1 | north | −10.0 % / −" in text
    assert "| x, opt_v1 | inside | +0.0 % | +0.0 % | +0.0 % | +0.0 % | 100.0 % |" in text
