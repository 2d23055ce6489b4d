"""Writes pairs as pair folders have them."""

from __future__ import annotations

import rasterio
from rasterio.transform import from_origin

from gac_core.band_statistics import S2_BANDS


def write_pair(folder, s1, s2):
    """`s1.tif` and `s2.tif` of one place."""
    folder.mkdir(parents=True)
    for name, image, bands in (("s1.tif", s1, ("VV", "VH")), ("s2.tif", s2, S2_BANDS)):
        count, height, width = image.shape
        with rasterio.open(
            folder / name,
            "w",
            driver="GTiff",
            count=count,
            height=height,
            width=width,
            dtype=image.dtype,
            crs="EPSG:32633",
            transform=from_origin(500_000, 5_400_000, 10, 10),
        ) as file:
            file.write(image)
            file.descriptions = bands
