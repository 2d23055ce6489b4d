"""Pairs made up for tests: images like real ones, written in each layout that is read."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import rasterio
from affine import Affine

from gac_core.band_statistics import S2_BANDS
from tests.core.conftest import backscatter
from training.data import Pair, open_source

NORTH = Affine(10, 0, 500_000, 0, -10, 5_400_000)

GROUND = {
    # Reflectance of the 12 bands, in DN: meadow, forest, bare soil, water, sand.
    "meadow": (300, 400, 700, 450, 1100, 2800, 3400, 3600, 3700, 3800, 2000, 1000),
    "forest": (200, 250, 450, 280, 700, 2000, 2400, 2500, 2600, 2700, 1200, 550),
    "soil": (500, 700, 1000, 1300, 1600, 1800, 1950, 2100, 2200, 2300, 2700, 2300),
    "water": (350, 300, 280, 180, 160, 120, 110, 90, 80, 60, 40, 30),
    "sand": (1600, 2000, 2900, 3800, 4100, 4300, 4400, 4500, 4600, 4700, 5600, 5100),
}


def landscape(side: int = 64, seed: int = 0, kinds: tuple[str, ...] = ()) -> np.ndarray:
    """(12, side, side) DN: fields of each kind, with some texture."""
    rng = np.random.default_rng(seed)
    known = np.array([GROUND[kind] for kind in kinds or ("meadow", "forest", "soil", "water")])
    fields = rng.integers(0, len(known), (4, 4)).repeat(-(-side // 4), 0).repeat(-(-side // 4), 1)
    image = known[fields[:side, :side]].transpose(2, 0, 1)
    return (image * rng.uniform(0.9, 1.1, image.shape)).round().astype(np.uint16)


def write_tif(path: Path, values: np.ndarray, names: tuple[str, ...] = (), **profile: Any) -> None:
    """(C, H, W) as a GeoTIFF; `tags` go into it."""
    tags = profile.pop("tags", {})
    path.parent.mkdir(parents=True, exist_ok=True)
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        count=len(values),
        height=values.shape[1],
        width=values.shape[2],
        dtype=values.dtype,
        **{"crs": "EPSG:32633", "transform": NORTH, **profile},
    ) as file:
        file.write(values)
        if names:
            file.descriptions = names
        file.update_tags(**tags)


def write_pair(folder: Path, seed: int = 0, side: int = 64, **images: Any) -> None:
    """A pair's two files; `s1` and `s2` replace what is made up, `tags` go into the second."""
    tags = images.pop("tags", {})
    s1 = images.get("s1", backscatter(side, side, seed))
    s2 = images.get("s2", landscape(side, seed))
    names = S2_BANDS if len(s2) == 12 else ("B02", "B03", "B04", "B08")
    write_tif(folder / "s1.tif", s1, ("VV", "VH"))
    write_tif(folder / "s2.tif", s2, names, tags=tags)


def write_table(root: Path, rows: list[dict[str, str]]) -> Path:
    """`pairs.csv`."""
    root.mkdir(parents=True, exist_ok=True)
    with (root / "pairs.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return root


ROW = {"id": "one", "tile": "T34VER", "s2_date": "20170613"}
"""A line of a table."""


def only(root: Path) -> Pair:
    """The one pair that a folder holds."""
    source = open_source(root)
    assert len(source) == 1
    return source.read(0)


def write_folders(root: Path, count: int = 6, side: int = 64, shift: int = 0) -> Path:
    """Pair folders with a table: two pairs a tile, `shift` added to Sentinel-2."""
    rows = []
    for i in range(count):
        row = {"id": f"pair_{i}", "tile": f"tile_{i // 2}", "s2_date": f"2019-0{i % 9 + 1}-15"}
        rows.append(row)
        write_pair(root / "pairs" / row["id"], i, side, s2=landscape(side, i) + np.uint16(shift))
    return write_table(root, rows)


PATCHES = (
    (
        "S2A_MSIL2A_20170613T101031_N9999_R022_T33UUP_26_57",
        "S1A_IW_GRDH_1SDV_20170613T165043_33UUP_26_57",
    ),
    # The radar image of a patch of T34VER was cut for another tile's grid, by its own name.
    (
        "S2B_MSIL2A_20180525T094029_N9999_R036_T34VER_72_74",
        "S1B_IW_GRDH_1SDV_20180524T160812_35VLK_03_09",
    ),
    (
        "S2B_MSIL2A_20180220T114339_N9999_R123_T29UPV_21_64",
        "S1A_IW_GRDH_1SDV_20180221T182259_29UPV_21_64",
    ),
)


def write_bigearthnet(
    root: Path, patches: tuple[tuple[str, str], ...] = PATCHES, apart: float = 0
) -> Path:
    """BigEarthNet v2's layout, each band in its own resolution; patches lie `apart` metres."""
    sides = {"B01": 20, "B09": 20, "B02": 120, "B03": 120, "B04": 120, "B08": 120}
    for seed, (name, radar) in enumerate(patches):
        folder = root / "BigEarthNet-S2" / name[: name.rindex("_", 0, -3)] / name
        corner = Affine.translation(seed * apart, 0) @ NORTH
        for band, values in zip(S2_BANDS, landscape(120, seed), strict=True):
            side = sides.get(band, 60)
            step = 120 // side
            coarse = values.reshape(side, step, side, step).mean((1, 3)).astype(np.uint16)
            place = corner @ Affine.scale(step)
            write_tif(folder / f"{name}_{band}.tif", coarse[None], transform=place)
        product = radar[: len("S1A_IW_GRDH_1SDV_20170613T165043")]
        for channel, values in zip(("VV", "VH"), backscatter(120, 120, seed), strict=True):
            file = root / "BigEarthNet-S1" / product / radar / f"{radar}_{channel}.tif"
            write_tif(file, values[None], transform=corner)
    columns = {
        "patch_id": [name for name, _ in patches],
        "labels": [["Arable land"]] * len(patches),
        "split": ["train"] * len(patches),
        "country": ["Austria"] * len(patches),
        "s1_name": [radar for _, radar in patches],
        "s2v1_name": [name.replace("_N9999", "") for name, _ in patches],
        "contains_seasonal_snow": [number == 1 for number in range(len(patches))],
        "contains_cloud_or_shadow": [False] * len(patches),
    }
    pq.write_table(pa.table(columns), root / "metadata.parquet")
    return root
