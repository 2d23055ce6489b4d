"""Writes the demo scene: a simulated Sentinel-1 image of a place that does not exist.

    python -m training.demo.make_scene resources/demo_scene/demo_s1.tif

The same command writes the same pixels. Nobody has to download anything, and nobody can take the
result for an observation.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import rasterio
from rasterio.transform import from_origin

from training.demo.landscape import make_landscape
from training.demo.noise import Array
from training.demo.radar import simulate_s1
from training.demo.region import Region

SEED = 15
SIZE = 1024
MONTH = 6
STEP_DB = 0.125
"""Backscatter is rounded to this: far below the speckle, and the file is a third of the size."""

VALLEY = Region(
    relief=22.0,
    forest=0.27,
    conifer=0.45,
    block_size=120.0,
    field_size=17.0,
    crop_mix=(0.3, 0.2, 0.12, 0.26, 0.08, 0.04),
    aridity=0.15,
    river_width=9.0,
    lakes=0.02,
    towns=0.0,
)
TOWNS = (
    (560.0, 395.0, 74.0),
    (250.0, 760.0, 26.0),
    (880.0, 700.0, 22.0),
    (150.0, 190.0, 18.0),
    (800.0, 130.0, 15.0),
    (420.0, 930.0, 17.0),
)
TAGS = {
    "SIMULATED": "YES",
    "TIFFTAG_IMAGEDESCRIPTION": (
        "SIMULATED Sentinel-1 IW GRD, sigma nought in dB, of a procedural landscape. Not an "
        "observation; the place does not exist. Made by training/demo/make_scene.py."
    ),
    "ACQUISITION_DATE": "2021-06-14T05:42:10",
    "TIFFTAG_DATETIME": "2021:06:14 05:42:10",
}


def simulate_scene(size: int = SIZE) -> Array:
    """The scene's backscatter in dB, (VV, VH), (2, size, size), in steps of `STEP_DB`."""
    place = make_landscape(np.random.default_rng((SEED, 0)), size, VALLEY, TOWNS)
    s1 = simulate_s1(place, MONTH, np.random.default_rng((SEED, MONTH)))
    return np.round(s1 / STEP_DB) * np.float32(STEP_DB)


def write_scene(path: Path, s1: Array) -> None:
    """Writes backscatter in dB as a two-band GeoTIFF in UTM zone 32 north with 10 m pixels."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        width=s1.shape[2],
        height=s1.shape[1],
        count=2,
        dtype="float32",
        crs="EPSG:32632",
        transform=from_origin(500_000, 5_340_000, 10, 10),
        nodata=float("nan"),
        tiled=True,
        blockxsize=256,
        blockysize=256,
        compress="deflate",
        zlevel=9,
        predictor=3,
        interleave="band",
    ) as file:
        file.write(s1)
        file.descriptions = ("VV", "VH")
        file.update_tags(**TAGS)
        for band in (1, 2):
            file.update_tags(band, UNITS="dB")


def main() -> None:
    """Command line: where to write the scene."""
    parser = argparse.ArgumentParser(description="Write the simulated demo scene.")
    parser.add_argument("path", type=Path)
    path = parser.parse_args().path
    write_scene(path, simulate_scene())
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
