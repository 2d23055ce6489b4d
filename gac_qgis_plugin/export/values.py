"""Pixel values of an exported image, as a virtual raster that GDAL computes while writing."""

from __future__ import annotations

# XML is written here, never read.
from xml.etree import ElementTree  # nosec B405

from osgeo import gdal

from gac_qgis_plugin.contract import bands
from gac_qgis_plugin.display import channels
from gac_qgis_plugin.export.plan import FLOAT32, PICTURE, UINT16, ExportPlan
from gac_qgis_plugin.rasters.vrt import vrt_root

TYPES = {UINT16: "UInt16", FLOAT32: "Float32", PICTURE: "Byte"}


def in_values(plan: ExportPlan, image: gdal.Dataset, path: str, tags: dict[str, str]) -> str:
    """Write a virtual raster with the plan's pixel values.

    Args:
        plan: The export.
        image: The image on its grid; must have a name.
        path: Output file in GDAL's memory.
        tags: Metadata of the file.
    """
    root = vrt_root(image, tags)
    for number, (name, black, white) in enumerate(_bands(plan), start=1):
        band = ElementTree.SubElement(
            root, "VRTRasterBand", dataType=TYPES[plan.kind], band=str(number)
        )
        ElementTree.SubElement(band, "Description").text = name
        ElementTree.SubElement(band, "NoDataValue").text = repr(float(_nodata(plan)))
        if plan.kind == PICTURE:
            ElementTree.SubElement(band, "ColorInterp").text = ("Red", "Green", "Blue")[number - 1]
        one = ElementTree.SubElement(band, "ComplexSource")
        ElementTree.SubElement(
            one, "SourceFilename", relativeToVRT="0"
        ).text = image.GetDescription()
        ElementTree.SubElement(one, "SourceBand").text = str(bands.OUTPUT_BANDS.index(name) + 1)
        if plan.kind == FLOAT32:
            ElementTree.SubElement(one, "ScaleOffset").text = "0"
            ElementTree.SubElement(one, "ScaleRatio").text = "0.0001"
        elif plan.kind == PICTURE:
            # 0 is reserved for nodata, so that black pixels stay distinct.
            ElementTree.SubElement(one, "LUT").text = f"{black!r}:1,{white!r}:255"
        ElementTree.SubElement(one, "NODATA").text = "0"
    text = ElementTree.tostring(root, encoding="utf-8")
    gdal.FileFromMemBuffer(path, bytes(text))
    return path


def _bands(plan: ExportPlan) -> list[tuple[str, float, float]]:
    """Return the name of each band, and the DN shown as black and white in a picture."""
    if plan.kind == PICTURE:
        return channels(plan.style, plan.display)
    return [(name, 0.0, 0.0) for name in bands.OUTPUT_BANDS]


def _nodata(plan: ExportPlan) -> float:
    return 0.0 if plan.kind == PICTURE else plan.nodata
