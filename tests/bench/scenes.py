"""Radar scenes of any size: the simulated demo scene, mirrored as needed."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from rasterio.transform import from_origin
from rasterio.warp import Resampling, calculate_default_transform, reproject
from scipy.ndimage import gaussian_filter

from gac_core.band_statistics import S2_BANDS
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


def write_reference(folder: Path, radar: Path, degrees: bool = False) -> dict[str, Any]:
    """Write a simulated Sentinel-2 image over a radar scene and the mask of its clouds.

    Its bands are smooth random fields; half of it lies under clouds some 800 m across.

    Args:
        folder: Folder for the files.
        radar: The scene, in UTM at 10 m.
        degrees: In degrees, so that it has to be warped; the mask stays on the radar's grid.

    Returns:
        Options of a run that keeps what is clear.
    """
    rng = np.random.default_rng(5)
    with rasterio.open(radar) as file:
        shape, crs, transform, bounds = file.shape, file.crs, file.transform, file.bounds
    field = gaussian_filter(rng.standard_normal((len(S2_BANDS), *shape)), (0, 5, 5))
    values = (900 + 300 * np.abs(field) / field.std()).astype(np.uint16)
    clouds = gaussian_filter(rng.standard_normal(shape), 25) > 0
    common = {"driver": "GTiff", "tiled": True, "blockxsize": 256, "blockysize": 256}
    own = {"height": shape[0], "width": shape[1], "crs": crs, "transform": transform}
    image, mask = folder / "s2.tif", folder / "clouds.tif"
    with rasterio.open(mask, "w", count=1, dtype="uint8", **common, **own) as file:
        file.write(clouds.astype(np.uint8)[None])
    if degrees:
        place, width, height = calculate_default_transform(
            crs, "EPSG:4326", shape[1], shape[0], *bounds
        )
        own = {"height": height, "width": width, "crs": "EPSG:4326", "transform": place}
        values, _ = reproject(
            values,
            np.zeros((len(S2_BANDS), height, width), np.uint16),
            src_crs=crs,
            src_transform=transform,
            dst_crs="EPSG:4326",
            dst_transform=place,
            resampling=Resampling.nearest,
        )
    bands = {"count": len(S2_BANDS), "dtype": "uint16", "nodata": 0, "compress": "deflate"}
    with rasterio.open(image, "w", **common, **own, **bands) as file:
        file.write(values)
        file.descriptions = S2_BANDS
    return {
        "optical": (str(image),),
        "optical_mask": str(mask),
        "optical_offset": 0,
        "optical_use": "keep",
    }
