"""Demo scene: a simulated Sentinel-1 image of a place that does not exist.

    python -m training.demo.make_scene resources/demo_scene/demo_s1.tif
    python -m training.demo.make_scene --truth build/demo_truth.tif
    python -m training.demo.make_scene --score build/scene

The command is reproducible to the pixel. Nothing has to be downloaded, and the result cannot be
mistaken for an observation. The truth is what Sentinel-2 would see of the place on that day, for
comparison with images generated from the radar. It is an average day, without the variation of haze
and light of the simulated pairs: a run over the scene scores better than one over those, and much
better than over real places.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.transform import from_origin

from gac_core.band_statistics import OUTPUT_INDEX, S2_BANDS
from training.demo.landscape import Array, Landscape, make_landscape
from training.demo.region import Region
from training.demo.sensors import simulate_s1, simulate_s2
from training.scores.pixels import psnr, sam

SEED = 1_000_003
"""Far from the seeds of the simulated pairs, so that no training has seen the place."""

SIZE = 1024
MONTH = 6
STEP_DB = 0.125
"""Rounding step of backscatter: far below the speckle, it reduces the file to a third."""

VALLEY = Region(
    relief=22.0,
    forest=0.27,
    conifer=0.45,
    block_size=120.0,
    field_size=17.0,
    crop_mix=(0.3, 0.2, 0.12, 0.26, 0.08, 0.04, 0.0, 0.0),
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
_PLACE = "of a procedural landscape. Not an observation; the place does not exist. Made by "
_SCRIPT = "training/demo/make_scene.py."
TAGS = {
    "SIMULATED": "YES",
    "TIFFTAG_IMAGEDESCRIPTION": (
        f"SIMULATED Sentinel-1 IW GRD, sigma nought in dB, {_PLACE}{_SCRIPT}"
    ),
    "ACQUISITION_DATE": "2021-06-14T05:42:10",
    "TIFFTAG_DATETIME": "2021:06:14 05:42:10",
}
TRUTH_TAGS = {
    "SIMULATED": "YES",
    "TIFFTAG_IMAGEDESCRIPTION": f"SIMULATED Sentinel-2 L2A, DN without offset, {_PLACE}{_SCRIPT}",
    "ACQUISITION_DATE": "2021-06-14T10:30:00",
    "TIFFTAG_DATETIME": "2021:06:14 10:30:00",
}


def simulate_scene(size: int = SIZE) -> Array:
    """Return the scene's backscatter in dB, (VV, VH), (2, size, size), in steps of `STEP_DB`."""
    s1 = simulate_s1(_place(size), MONTH, np.random.default_rng((SEED, MONTH)))
    return np.round(s1 / STEP_DB) * np.float32(STEP_DB)


def simulate_truth(size: int = SIZE) -> Array:
    """Return a simulated Sentinel-2 image of the scene.

    Args:
        size: Side in pixels.

    Returns:
        Reflectance DN without offset in the order of `S2_BANDS`, (12, size, size),
        on the grid of `simulate_scene(size)`.
    """
    # An average day: radar does not reveal the haze.
    return simulate_s2(_place(size), MONTH, np.random.default_rng((SEED, MONTH, 1)), spread=0)


def _place(size: int) -> Landscape:
    return make_landscape(np.random.default_rng((SEED, 0)), size, VALLEY, TOWNS)


def write_scene(path: Path, s1: Array) -> None:
    """Write backscatter in dB as a two-band GeoTIFF in UTM zone 32 north with 10 m pixels."""
    _write(path, s1, ("VV", "VH"), TAGS, "dB", nodata=float("nan"), predictor=3)


def write_truth(path: Path, s2: Array) -> None:
    """Write integer reflectance DN as a twelve-band GeoTIFF on the same grid."""
    dn = np.round(s2).astype(np.uint16)
    _write(path, dn, S2_BANDS, TRUTH_TAGS, "DN", nodata=0, predictor=2)


def _write(
    path: Path,
    bands: NDArray[Any],
    names: tuple[str, ...],
    tags: dict[str, str],
    units: str,
    *,
    nodata: float,
    predictor: int,
) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        width=bands.shape[2],
        height=bands.shape[1],
        count=len(bands),
        dtype=bands.dtype,
        crs="EPSG:32632",
        transform=from_origin(500_000, 5_340_000, 10, 10),
        nodata=nodata,
        tiled=True,
        blockxsize=256,
        blockysize=256,
        compress="deflate",
        zlevel=9,
        predictor=predictor,
        interleave="band",
    ) as file:
        file.write(bands)
        file.descriptions = names
        file.update_tags(**tags)
        for band in file.indexes:
            file.update_tags(band, UNITS=units)


def scene_scores(run: Path) -> dict[str, dict[str, float]]:
    """Return PSNR (dB) and SAM (degrees) of each stage of a run, and of the truth's mean.

    Args:
        run: Folder of a run over the whole demo scene.
    """
    truth = simulate_truth()[list(OUTPUT_INDEX)].astype(np.float64)
    images = {"mean of the truth": np.broadcast_to(truth.mean((1, 2), keepdims=True), truth.shape)}
    for path in sorted(run.glob("opt_v[123].tif")):
        with rasterio.open(path) as file:
            images[path.stem] = file.read().astype(np.float64)
    valid = np.ones(truth.shape[1:], bool)
    return {
        name: {"psnr": psnr(image, truth, valid), "sam": sam(image, truth, valid)}
        for name, image in images.items()
    }


def main() -> None:
    """Write the scene or its truth, or score a run over it, as given on the command line."""
    parser = argparse.ArgumentParser(description="Write the simulated demo scene.")
    parser.add_argument("path", type=Path, nargs="?", help="radar image to write")
    parser.add_argument("--truth", type=Path, metavar="FILE", help="optical image to write")
    parser.add_argument("--score", type=Path, metavar="RUN", help="folder of `gac run` to score")
    args = parser.parse_args()
    if args.path is args.truth is args.score is None:
        parser.error("nothing to do: give a path, --truth FILE or --score RUN")
    if args.path is not None:
        write_scene(args.path, simulate_scene())
    if args.truth is not None:
        write_truth(args.truth, simulate_truth())
    for path in filter(None, (args.path, args.truth)):
        print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")
    if args.score is not None:
        for name, scores in scene_scores(args.score).items():
            print(f"{name}: PSNR {scores['psnr']:.2f} dB, SAM {scores['sam']:.2f}°")


if __name__ == "__main__":
    main()
