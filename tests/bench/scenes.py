"""Radar scenes of any size: the simulated demo scene, mirrored as needed."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import rasterio
from rasterio.transform import from_origin

from gac_core.bundles.bundle import WindowSpec
from gac_core.bundles.library import engine_root
from gac_core.grid import PIXEL, Window
from gac_core.tiling.tokens import core_edge

DEMO = engine_root() / "resources" / "demo_scene" / "demo_s1.tif"
MONTH = 6
ZONE = "EPSG:32632"
_ROW, _COL = -534_000, 50_000


def corner(spec: WindowSpec) -> tuple[int, int]:
    """Return (row, col) on the world grid at which all of a bundle's tiles and blocks begin.

    TerraTorch's tiles begin at the scene's corner; ours are anchored to the world. A small scene
    with an arbitrary corner would charge only our side for tiles that reach beyond it, which is
    negligible in a large scene.
    """
    period = math.lcm(spec.stride, spec.size - spec.blend, spec.decode - spec.seam)
    inset = max(core_edge(spec), spec.blend - spec.margin)
    row, col = (value // period * period + inset for value in (_ROW, _COL))
    return row, col


def write_scene(path: Path, side: int, spec: WindowSpec, part: Window | None = None) -> None:
    """Write `side` by `side` pixels of simulated backscatter in dB (VV, VH), 10 m UTM.

    Args:
        path: Path of the GeoTIFF.
        side: Side in pixels; beyond the demo scene's 1024 it is mirrored repeatedly.
        spec: Tiling of the bundle that will run over it; see `corner`.
        part: Part to write as its own scene, relative to the first pixel; None: all.
    """
    part = Window(0, 0, side, side) if part is None else part
    with rasterio.open(DEMO) as demo:
        values = demo.read()
        names, tags = demo.descriptions, demo.tags()
    beyond = max(0, side - values.shape[-1])
    values = np.pad(values, ((0, 0), (0, beyond), (0, beyond)), mode="symmetric")
    row, col = (a + b for a, b in zip(corner(spec), (part.row, part.col), strict=True))
    path.parent.mkdir(parents=True, exist_ok=True)
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        width=part.width,
        height=part.height,
        count=2,
        dtype="float32",
        crs=ZONE,
        transform=from_origin(col * PIXEL, -row * PIXEL, PIXEL, PIXEL),
        nodata=float("nan"),
        tiled=True,
        blockxsize=256,
        blockysize=256,
        compress="deflate",
        predictor=3,
    ) as file:
        file.write(values[:, part.row : part.stop_row, part.col : part.stop_col])
        file.descriptions = names
        file.update_tags(**tags)
        for band in (1, 2):
            file.update_tags(band, UNITS="dB")


def square_km(side: int) -> float:
    """Return the area of a scene in km²."""
    return (side * PIXEL / 1000) ** 2
