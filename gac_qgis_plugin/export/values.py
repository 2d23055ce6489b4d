"""In which values an image is exported, as a virtual raster that GDAL computes while it writes."""

from __future__ import annotations

# XML is written here, never read.
from xml.etree import ElementTree  # nosec B405

from osgeo import gdal

from gac_qgis_plugin.export.plan import FLOAT32, PICTURE, UINT16, ExportPlan
from gac_qgis_plugin.rasters.vrt import vrt_root
from gac_qgis_plugin.stages import BANDS

COLOURS = {
    "true_colour": ((3, 3000), (2, 3000), (1, 3000)),
    "false_colour": ((4, 5000), (3, 3000), (2, 3000)),
}
"""Band and brightest value of red, green and blue, as in the styles of the same name."""

TYPES = {UINT16: "UInt16", FLOAT32: "Float32", PICTURE: "Byte"}


def in_values(plan: ExportPlan, image: gdal.Dataset, path: str, tags: dict[str, str]) -> str:
    """Writes a virtual raster with the plan's values.

    Args:
        plan: What is asked for.
        image: The image on its grid; must have a name.
        path: Where to, in GDAL's memory.
        tags: Metadata of the file.
    """
    root = vrt_root(image, tags)
    for number, (source, name, brightest) in enumerate(_bands(plan), start=1):
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
        ElementTree.SubElement(one, "SourceBand").text = str(source)
        if plan.kind == FLOAT32:
            ElementTree.SubElement(one, "ScaleOffset").text = "0"
            ElementTree.SubElement(one, "ScaleRatio").text = "0.0001"
        elif plan.kind == PICTURE:
            # 0 is kept for no data, so that a black pixel is not taken for none.
            ElementTree.SubElement(one, "LUT").text = f"0:1,{brightest}:255"
        ElementTree.SubElement(one, "NODATA").text = "0"
    text = ElementTree.tostring(root, encoding="utf-8")
    gdal.FileFromMemBuffer(path, bytes(text))
    return path


def _bands(plan: ExportPlan) -> list[tuple[int, str, int]]:
    """The source band, the name and the brightest value of each band."""
    if plan.kind == PICTURE:
        return [(band, BANDS[band - 1], brightest) for band, brightest in COLOURS[plan.style]]
    return [(number, name, 0) for number, name in enumerate(BANDS, start=1)]


def _nodata(plan: ExportPlan) -> float:
    return 0.0 if plan.kind == PICTURE else plan.nodata
