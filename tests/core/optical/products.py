"""Products as ESA delivers them, made to order."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import rasterio

from gac_core.band_statistics import S2_BANDS
from tests.core.conftest import UTM
from tests.core.optical.conftest import SIDE, clouds, reflectance

NAME = "S2B_MSIL2A_{day}T101031_N{baseline}_R022_T33UVP_20230101T000000.SAFE"
FOUR = ("B02", "B03", "B04", "B08")
RESOLUTIONS = {
    "B02": 10, "B03": 10, "B04": 10, "B08": 10, "B05": 20, "B06": 20, "B07": 20, "B8A": 20,
    "B11": 20, "B12": 20, "B01": 60, "B09": 60,
}  # fmt: skip
METADATA = """<?xml version="1.0" encoding="UTF-8"?>
<n1:Level-2A_User_Product xmlns:n1="https://psd-14.sentinel2.eo.esa.int/PSD/User_Product_Level-2A.xsd">
 <n1:General_Info><Product_Info><PRODUCT_URI>{name}</PRODUCT_URI>
  <PROCESSING_BASELINE>{baseline}</PROCESSING_BASELINE></Product_Info>
 <Product_Image_Characteristics>
  <QUANTIFICATION_VALUES_LIST><BOA_QUANTIFICATION_VALUE unit="none">10000</BOA_QUANTIFICATION_VALUE>
  </QUANTIFICATION_VALUES_LIST>{offsets}
 </Product_Image_Characteristics></n1:General_Info>
</n1:Level-2A_User_Product>"""
OFFSETS = """<BOA_ADD_OFFSET_VALUES_LIST>
  <BOA_ADD_OFFSET band_id="0">-1000</BOA_ADD_OFFSET></BOA_ADD_OFFSET_VALUES_LIST>"""
TILE = """<n1:Level-2A_Tile_ID xmlns:n1="https://psd-14.sentinel2.eo.esa.int/PSD/S2_PDI_Level-2A.xsd">
 <n1:Geometric_Info><Tile_Angles><Mean_Sun_Angle><ZENITH_ANGLE unit="deg">{zenith}</ZENITH_ANGLE>
 <AZIMUTH_ANGLE unit="deg">150</AZIMUTH_ANGLE></Mean_Sun_Angle></Tile_Angles></n1:Geometric_Info>
</n1:Level-2A_Tile_ID>"""


def raster(path: Path, values: np.ndarray, resolution: int) -> None:
    options = {"driver": "JP2OpenJPEG", "QUALITY": "100", "REVERSIBLE": "YES"}
    if path.suffix != ".jp2":
        options = {"driver": "GTiff"}
    path.parent.mkdir(parents=True, exist_ok=True)
    with rasterio.open(
        path, "w", crs="EPSG:32633", transform=UTM @ UTM.scale(resolution / 10), count=1,
        dtype=values.dtype, height=values.shape[0], width=values.shape[1], **options,
    ) as file:  # fmt: skip
        file.write(values, 1)


def coarse(band: np.ndarray, resolution: int) -> np.ndarray:
    step, side = resolution // 10, SIDE * 10 // resolution
    means = band.reshape(side, step, side, step).mean((1, 3))
    return means.round().astype(np.uint16)


def product(
    folder: Path,
    *,
    baseline: str = "0400",
    day: int = 20220706,
    suffix: str = ".jp2",
    zenith: float = 40.0,
) -> Path:
    """A product of 3 km as ESA delivers it, with clouds in its SCL."""
    offset = 1000 if float(baseline) >= 400 else 0
    values = dict(zip(S2_BANDS, reflectance(S2_BANDS), strict=True))
    root = folder / NAME.format(day=day, baseline=baseline)
    images = root / "GRANULE" / f"L2A_T33UVP_A000001_{day}T101031" / "IMG_DATA"
    for band, native in RESOLUTIONS.items():
        for resolution in (10, 20, 60):
            if resolution < native:
                continue
            file = images / f"R{resolution}m" / f"T33UVP_{day}T101031_{band}_{resolution}m{suffix}"
            raster(file, coarse(values[band] + np.uint16(offset), resolution), resolution)
    scl = np.where(clouds()[0, ::2, ::2] > 0, 9, 4).astype(np.uint8)
    raster(images / "R20m" / f"T33UVP_{day}T101031_SCL_20m{suffix}", scl, 20)
    raster(images / "R10m" / f"T33UVP_{day}T101031_TCI_10m{suffix}", scl, 20)
    raster(images / "R10m" / f"T33UVP_{day}T101031_AOT_10m{suffix}", scl.astype(np.uint16), 20)
    raster(root / "GRANULE" / images.parent.name / "QI_DATA" / f"MSK_CLDPRB_20m{suffix}", scl, 20)
    text = METADATA.format(
        name=root.name, baseline=f"{int(baseline) / 100:05.2f}", offsets=OFFSETS if offset else ""
    )
    (root / "MTD_MSIL2A.xml").write_text(text)
    (root / "manifest.safe").write_text("<xfdu/>")
    (images.parent / "MTD_TL.xml").write_text(TILE.format(zenith=zenith))
    return root
