"""Table of how real radar images, and transformations of them, are read in each unit.

usage: python -m scripts.units FOLDER

FOLDER holds GeoTIFFs, at any depth, with VV and VH in dB as their first two bands.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import rasterio

from gac_core.contract.errors import SceneError
from gac_core.scene.holes import detect_fills
from gac_core.scene.source import PATCH, Sample
from gac_core.scene.units import decide_unit, likeness, without_fills

Image = np.ndarray


def stretched(db: Image, low: float, high: float) -> Image:
    """Return dB scaled to 0 … 1 and clipped."""
    return np.clip((db - low) / (high - low), 0, 1)


def by_band(db: Image) -> Image:
    """Return dB of each band between its 1st and 99th percentile, scaled to 0 … 1."""
    low, high = np.nanpercentile(db, (1, 99), axis=(1, 2))[:, :, None, None]
    return np.asarray(np.clip((db - low) / (high - low), 0, 1))


def scores(db: Image) -> Image:
    """Return z-scores of dB per band."""
    mean, spread = (of(db, (1, 2), keepdims=True) for of in (np.nanmean, np.nanstd))
    return np.asarray((db - mean) / spread)


MADE: dict[str, tuple[str, Callable[[Image], Image]]] = {
    "dB": ("db", lambda db: db),
    "linear power": ("power", lambda db: 10 ** (db / 10)),
    "amplitude": ("amplitude", lambda db: 10 ** (db / 20)),
    "dB from -30 … 10 to 0 … 1": ("", lambda db: stretched(db, -30, 10)),
    "dB from -25 … 0 to 0 … 1": ("", lambda db: stretched(db, -25, 0)),
    "dB by percentiles to 0 … 1": ("", by_band),
    "dB from -30 … 10 to -1 … 1": ("", lambda db: 2 * stretched(db, -30, 10) - 1),
    "z-scores of dB": ("", scores),
    "ln of power": ("", lambda db: db * np.log(10) / 10),
    "10·ln of power": ("", lambda db: db * np.log(10)),
    "bel": ("", lambda db: db / 10),
    "20·log10 of power": ("", lambda db: 2 * db),
    "10·log10 of amplitude": ("", lambda db: db / 2),
    "dB divided by 100": ("", lambda db: db / 100),
    "dB times 100": ("", lambda db: 100 * db),
    "dB plus 50": ("", lambda db: db + 50),
    "dB without its sign": ("", lambda db: -db),
    "power squared": ("", lambda db: 10 ** (db / 5)),
    "square root of amplitude": ("", lambda db: 10 ** (db / 40)),
}
"""Transformations of an image, with the resulting unit; "" if it is none of GAC's."""


def images(folder: Path) -> Iterator[Image]:
    """Yield (2, H, W) dB of each file, NaN where nothing was measured."""
    for path in sorted(folder.rglob("*.tif")):
        with rasterio.open(path) as file:
            if file.count >= 2 and "float" in file.dtypes[0]:
                db = file.read((1, 2), masked=True).astype(np.float64).filled(np.nan)
                good = (np.isfinite(db) & (db != 0) & (db > -79)).all(axis=0)
                if good.sum() > 1000 and (db[:, good] < 0).mean() > 0.5:
                    yield np.where(good, db, np.nan)


def sampled(values: Image) -> Sample:
    """Return a sample of a whole image."""
    raw = values.astype(np.float32)
    steps = [range(0, length, PATCH) for length in raw.shape[1:]]
    patches = tuple(raw[:, r : r + PATCH, c : c + PATCH] for r in steps[0] for c in steps[1])
    flat = raw.reshape(2, -1)
    flat = flat[:, (np.isfinite(flat) & (flat != 0)).all(axis=0)]
    missing = raw[0].size - flat.shape[1]
    return Sample(flat, raw[0].size, flat.shape[1], missing, 0, {}, patches)


def verdict(sample: Sample, unit: str) -> str:
    """Return how GAC interprets values without metadata."""
    try:
        decision = decide_unit("auto", None, None, without_fills(sample), "float32", "it")
    except SceneError as error:
        return "asked" if error.problem == "unit-ambiguous" else "refused"
    if decision.warnings:
        return "warned"
    return "right" if decision.unit == unit else "silent"


def row(name: str, unit: str, images: list[Image]) -> str:
    """Return a row of the table."""
    counts = dict.fromkeys(("right", "warned", "asked", "refused", "silent"), 0)
    deviations, growths = [], []
    for image in images:
        sample = sampled(image)
        counts[verdict(sample, unit)] += 1
        negative = np.median(sample.values) < 0
        looks = {}
        for one in ("db",) if negative else ("power", "amplitude"):
            look = likeness(sample, detect_fills(sample, one), one)
            if look is not None:
                looks[one] = look
        if looks:
            best = unit if unit in looks else min(looks, key=lambda one: looks[one].deviation())
            deviations.append(looks[best].deviation())
            factor = {"db": np.nan, "power": 10, "amplitude": 20}[best]
            growths.append(1 + looks[best].slope * factor / np.log(10))
    low, middle, high = np.percentile(deviations, (0, 50, 100)) if deviations else (np.nan,) * 3
    # An image of constant level has no growth.
    ends = (np.nanmin(growths), np.nanmax(growths)) if np.isfinite(growths).any() else None
    growth = f"{ends[0]:.2f} … {ends[1]:.2f}" if ends else ""
    cells = " | ".join(str(count or "") for count in counts.values())
    return f"| {name} | {low:.1f} … {middle:.1f} … {high:.1f} | {growth} | {cells} |"


def main() -> None:
    """Print the table."""
    all_images = list(images(Path(sys.argv[1])))
    print(f"{len(all_images)} images.\n")
    print("| read as it is, of what is made of dB | deviation | growth | right | warned | asked "
          "| refused | in silence |")  # fmt: skip
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    with np.errstate(all="ignore"):
        for name, (unit, make) in MADE.items():
            print(row(name, unit, [make(db) for db in all_images]), flush=True)


if __name__ == "__main__":
    main()
