"""Files that change while a run reads them: the radar's, and an optical reference's."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import numpy as np

from tests.core.inputs.bench import Bench, decibels
from tests.core.inputs.case import Case, Params, fails

SIDE = 1500
"""Side of the scene: looking at it reads patches of 128 pixels, 196 pixels apart."""

UNREAD = [501_440.0, 5_396_800.0, 501_920.0, 5_400_000.0]
"""An extent between these patches: what a run over it reads is in no cache yet."""


OPTICAL = "S2_20180130.tif"
OPTICAL_LEVELS = 400, 600, 500, 2800


def large(bench: Bench) -> Params:
    values = np.tile(decibels(250, 250), (1, 6, 6))
    path = bench.scene(values, tiled=True, blockxsize=16, blockysize=16)
    bench.touched.add(Path(path))
    return {"sar": [path], "extent": UNREAD, "timesteps_1": 3}


def with_optical(bench: Bench) -> Params:
    """A large scene that stays as it is, beside a large optical image that will not."""
    params = large(bench)
    field = np.random.default_rng(2).integers(0, 300, (1, SIDE, SIDE))
    values = (np.array(OPTICAL_LEVELS)[:, None, None] + field).astype(np.uint16)
    tiled = {"tiled": True, "blockxsize": 16, "blockysize": 16}
    image = bench.scene(values, OPTICAL, bands=("B02", "B03", "B04", "B08"), **tiled)
    mask = np.zeros((1, SIDE, SIDE), np.uint8)
    mask[:, ::7] = 1
    bench.touched.add(Path(image))
    params["optical"] = [image]
    params["optical_mask"] = bench.scene(mask, "clouds.tif", bands=())
    return {**params, "optical_use": "keep", "optical_margin": 0}


def rewrite_optical(bench: Bench) -> None:
    path = bench.data / OPTICAL
    with path.open("r+b") as file:
        file.seek(200_000)
        file.write(np.full((path.stat().st_size - 200_000) // 2, 900, np.uint16).tobytes())


def remove_optical(bench: Bench) -> None:
    (bench.data / OPTICAL).unlink()


def truncate(bench: Bench) -> None:
    os.truncate(bench.data / "S1.tif", 100_000)


def remove(bench: Bench) -> None:
    (bench.data / "S1.tif").unlink()


def replace(bench: Bench) -> None:
    other = bench.data / "other.tif"
    shutil.copy(bench.data / "S1.tif", other)
    with other.open("r+b") as file:
        file.seek(-1000, os.SEEK_END)
        file.write(bytes(1000))
    other.replace(bench.data / "S1.tif")


def rewrite(bench: Bench) -> None:
    path = bench.data / "S1.tif"
    count = (path.stat().st_size - 200_000) // 4
    with path.open("r+b") as file:
        file.seek(200_000)
        file.write(np.full(count, -15, np.float32).tobytes())


def grow(bench: Bench) -> None:
    with (bench.data / "S1.tif").open("ab") as file:
        file.write(bytes(100_000))


CASES = (
    Case(
        "cut-in-run",
        "The file is cut short while GAC reads it",
        large,
        fails("scene", "can no longer be read", remedy="again"),
        during=1,
        meddle=truncate,
    ),
    Case(
        "gone-in-run",
        "The file is removed while GAC reads it (Linux keeps what is open)",
        large,
        fails("scene", "removed while it was being read", remedy="again"),
        during=1,
        meddle=remove,
    ),
    Case(
        "replaced-in-run",
        "Another file takes the name of the input while GAC reads it",
        large,
        fails("scene", "changed", remedy="again"),
        during=1,
        meddle=replace,
    ),
    Case(
        "rewritten-in-run",
        "The file gets other values while GAC reads it",
        large,
        fails("scene", "changed", remedy="again"),
        during=1,
        meddle=rewrite,
    ),
    Case(
        "growing-in-run",
        "The file is still being written while GAC reads it",
        large,
        fails("scene", "changed", remedy="again"),
        during=1,
        meddle=grow,
    ),
    Case(
        "optical-rewritten-in-run",
        "The optical image gets other values while GAC reads it",
        with_optical,
        fails("scene", "changed", remedy="again"),
        during=1,
        meddle=rewrite_optical,
    ),
    Case(
        "optical-gone-in-run",
        "The optical image is removed while GAC reads it",
        with_optical,
        fails("scene", "removed while it was being read", remedy="again"),
        during=1,
        meddle=remove_optical,
    ),
)
