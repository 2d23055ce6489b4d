"""Extents that hold nothing, lie elsewhere or cannot be understood."""

from __future__ import annotations

import math

import numpy as np
import rasterio

from tests.core.inputs.bench import Bench, changed, decibels
from tests.core.inputs.case import Case, Params, fails, runs

LEFT, BOTTOM, RIGHT, TOP = 500_000.0, 5_399_520.0, 500_480.0, 5_400_000.0
"""The edges of the usual scene."""


def size(width: int, height: int) -> object:
    """Checks the size of the result in pixels."""

    def check(bench: Bench) -> None:
        with rasterio.open(bench.out / "opt_v1.tif") as file:
            assert (file.width, file.height) == (width, height), file.shape

    return check


def half_empty(bench: Bench) -> Params:
    """An extent in the half of a scene that holds nothing."""
    values = changed(decibels(), lambda v: v[:, :, :24].fill(np.nan))
    return {"sar": [bench.scene(values)], "extent": [LEFT, BOTTOM, LEFT + 200, TOP]}


CASES = (
    Case(
        "extent-zero",
        "An extent of no width",
        lambda b: {"extent": [LEFT, BOTTOM, LEFT, TOP]},
        fails("request", "is empty", "500000", remedy="xmin < xmax"),
    ),
    Case(
        "extent-inverted",
        "An extent with its edges turned round",
        lambda b: {"extent": [RIGHT, TOP, LEFT, BOTTOM]},
        fails("request", "exceeds its maximum", remedy="xmin < xmax"),
    ),
    Case(
        "extent-nan",
        "An extent with an edge that is no number",
        lambda b: {"extent": [LEFT, BOTTOM, math.nan, TOP]},
        fails("request", "extent", "nan", remedy="xmin"),
    ),
    Case(
        "extent-infinite",
        "An extent without end",
        lambda b: {"extent": [LEFT, BOTTOM, math.inf, TOP]},
        fails("request", "extent", "inf", remedy="xmin"),
    ),
    Case(
        "extent-three",
        "An extent of three numbers",
        lambda b: {"extent": [LEFT, BOTTOM, RIGHT]},
        fails("request", "extent", remedy="xmin"),
    ),
    Case(
        "extent-words",
        "An extent in words",
        lambda b: {"extent": ["west", "south", "east", "north"]},
        fails("request", "extent", remedy="xmin"),
    ),
    Case(
        "extent-outside",
        "An extent beside the scene",
        lambda b: {"extent": [LEFT - 9000, BOTTOM, LEFT - 8000, TOP]},
        fails("request", "does not touch", "491000", remedy="on the scene"),
    ),
    Case(
        "extent-degrees",
        "An extent in degrees, its coordinate system not named",
        lambda b: {"extent": [15.0, 48.7, 15.1, 48.8]},
        fails("request", "does not touch", remedy="CRS"),
    ),
    Case(
        "extent-crs",
        "An extent in an unknown coordinate system",
        lambda b: {"extent": [LEFT, BOTTOM, RIGHT, TOP], "extent_crs": "EPSG:987654"},
        fails("request", "EPSG:987654", remedy="EPSG:n"),
    ),
    Case(
        "extent-crs-number",
        "A number where the extent's coordinate system should be",
        lambda b: {"extent": [LEFT, BOTTOM, RIGHT, TOP], "extent_crs": 1.5},
        fails("request", "1.5", remedy="EPSG:n"),
    ),
    Case(
        "extent-beyond-earth",
        "An extent in degrees beyond the pole",
        lambda b: {"extent": [14.0, 91.0, 15.0, 95.0], "extent_crs": "EPSG:4326"},
        fails("request", "no place on Earth", remedy="CRS"),
    ),
    Case(
        "extent-empty",
        "An extent in which the radar has no data",
        half_empty,
        fails("request", "no measurement", remedy="extent"),
    ),
    Case(
        "extent-ten",
        "An extent of 10 x 10 pixels",
        lambda b: {"extent": [LEFT + 100, BOTTOM + 100, LEFT + 200, BOTTOM + 200]},
        runs(),
        check=size(10, 10),
    ),
    Case(
        "extent-one",
        "An extent smaller than a pixel",
        lambda b: {"extent": [LEFT + 101, BOTTOM + 101, LEFT + 102, BOTTOM + 102]},
        runs(),
        check=size(1, 1),
    ),
    Case(
        "extent-huge",
        "An extent of 100,000 x 100,000 pixels",
        lambda b: {"extent": [LEFT - 5e5, BOTTOM - 5e5, LEFT + 5e5, BOTTOM + 5e5]},
        runs(),
        check=size(48, 48),
    ),
)
