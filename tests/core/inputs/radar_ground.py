"""Radar files that lie nowhere, in an odd place, or are very small."""

from __future__ import annotations

import warnings

import numpy as np
import rasterio
from affine import Affine
from rasterio.control import GroundControlPoint
from rasterio.errors import NotGeoreferencedWarning

from tests.core.inputs.bench import Bench, decibels
from tests.core.inputs.case import Case, Params, fails, runs

DEGREES = Affine(1e-4, 0, 15.0, 0, -1e-4, 48.7)
NOWHERE = 'LOCAL_CS["a plan of the site",UNIT["metre",1]]'


def lies(bench: Bench, values: np.ndarray | None = None, **profile: object) -> Params:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        return {"sar": [bench.scene(values, **profile)]}


def with_points(bench: Bench, values: np.ndarray, name: str, bands: tuple[str, ...]) -> Params:
    """A file in radar geometry: ground control points and nothing else."""
    corners = ((0, 0), (0, 48), (48, 0), (48, 48))
    points = [GroundControlPoint(r, c, 15 + c / 1e4, 48 - r / 1e4, 0) for r, c in corners]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        path = bench.scene(values, name, bands=bands, crs=None, transform=Affine.identity())
        with rasterio.open(path, "r+") as file:
            file.gcps = (points, rasterio.CRS.from_epsg(4326))
    return {"sar": [path]}


def flattened(bench: Bench) -> Params:
    """A VRT whose pixels have no width."""
    source = bench.scene()
    bands = "".join(
        f'<VRTRasterBand dataType="Float32" band="{n}"><SimpleSource><SourceFilename>{source}'
        f"</SourceFilename><SourceBand>{n}</SourceBand></SimpleSource></VRTRasterBand>"
        for n in (1, 2)
    )
    path = bench.data / "flat.vrt"
    path.write_text(
        '<VRTDataset rasterXSize="48" rasterYSize="48"><SRS>EPSG:32633</SRS>'
        f"<GeoTransform>500000, 0, 0, 5400000, 0, -10</GeoTransform>{bands}</VRTDataset>"
    )
    return {"sar": [str(path)]}


def measurement(bench: Bench) -> Params:
    """Write a SAFE folder's `measurement` file."""
    values = np.random.default_rng(0).integers(40, 240, (1, 48, 48)).astype(np.uint16)
    name = "s1a-iw-grd-vv-20180128t161201-20180128t161226-020353-022c4e-001.tiff"
    return with_points(bench, values, name, ())


CASES = (
    Case(
        "no-crs",
        "No coordinate system",
        lambda b: lies(b, crs=None),
        fails("scene", "does not say where it lies", remedy="Assign"),
    ),
    Case(
        "no-position",
        "A coordinate system, but no position",
        lambda b: lies(b, transform=Affine.identity()),
        fails("scene", "does not say where it lies", remedy="Assign"),
    ),
    Case(
        "points-only",
        "Ground control points only (float)",
        lambda b: with_points(b, decibels(), "S1.tif", ("VV", "VH")),
        fails("scene", "radar geometry", remedy="Terrain-correct"),
    ),
    Case(
        "safe-measurement",
        "A measurement file out of a SAFE folder",
        measurement,
        fails("scene", "radar geometry", remedy="Calibrate"),
    ),
    Case(
        "local-crs",
        "A coordinate system that has no place on the Earth",
        lambda b: lies(b, crs=NOWHERE),
        fails("scene", "CRS of its own", remedy="Check its CRS"),
    ),
    Case(
        "metres-as-degrees",
        "Coordinates in metres, said to be degrees",
        lambda b: lies(b, crs="EPSG:4326"),
        fails("scene", "UTM grid", remedy="Check its CRS"),
    ),
    Case(
        "degrees-as-metres",
        "Coordinates in degrees, said to be metres",
        lambda b: lies(b, transform=Affine(1e-5, 0, 15.0, 0, -1e-5, 48.7)),
        fails("scene", "pixel", remedy="CRS"),
    ),
    Case(
        "pole",
        "A scene at the North Pole",
        lambda b: lies(b, crs="EPSG:3413", transform=Affine(10, 0, -240, 0, -10, 240)),
        fails("scene", "UTM grid", remedy="84 degrees"),
    ),
    Case(
        "no-area",
        "A position with pixels of no width",
        flattened,
        fails("scene", "pixel"),
    ),
    Case(
        "degrees",
        "A scene in degrees (EPSG:4326)",
        lambda b: lies(b, crs="EPSG:4326", transform=DEGREES),
        runs(),
    ),
    Case(
        "rotated",
        "A scene rotated by 30 degrees",
        lambda b: lies(
            b,
            transform=Affine.translation(5e5, 5.4e6) @ Affine.rotation(30) @ Affine.scale(10, -10),
        ),
        runs(),
    ),
    Case(
        "south-up",
        "A scene stored from south to north",
        lambda b: lies(b, transform=Affine(10, 0, 500_000, 0, 10, 5_399_520)),
        runs(),
    ),
    Case(
        "coarse",
        "Pixels of 40 m",
        lambda b: lies(b, transform=Affine(40, 0, 500_000, 0, -40, 5_400_000)),
        runs("40 m pixels"),
    ),
    Case(
        "small",
        "A scene of 5 x 7 pixels",
        lambda b: lies(b, decibels(5, 7)),
        runs(),
    ),
    Case(
        "one-pixel",
        "A scene of one pixel",
        lambda b: lies(b, decibels(1, 1)),
        runs(),
    ),
)
