"""Virtual rasters whose bands GDAL computes on reading.

A pixel without data is NaN in every computed band: every function turns NaN into NaN, so that none
needs to know about nodata.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

# XML is written here, never read.
from xml.etree import ElementTree  # nosec B405

from osgeo import gdal

from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.words import tr


@dataclass(frozen=True)
class Source:
    """Input band of a computed band.

    Attributes:
        path: The file.
        band: Its number, from 1.
        factor: Factor of its values.
        nodata: Its nodata value; None: already NaN.
    """

    path: Path
    band: int
    factor: float = 1.0
    nodata: float | None = 0.0


@dataclass(frozen=True)
class Band:
    """A computed band, float32.

    Attributes:
        name: Its description.
        function: One of GDAL's own pixel functions (`sum`, `diff`, `div`); "" copies one source.
        sources: Its inputs.
    """

    name: str
    function: str
    sources: tuple[Source, ...]


def write_vrt(path: Path, like: Path, bands: list[Band], tags: dict[str, str]) -> None:
    """Write a virtual raster on the grid of another one.

    Args:
        path: Output file; sources in the same folder are named relative to it.
        like: The raster whose grid it has.
        bands: Its bands.
        tags: Its metadata.

    Raises:
        PluginError: If `like` cannot be read, or the file cannot be written.
    """
    with suppress(RuntimeError):  # raised by GDAL if its exceptions are enabled
        grid = gdal.Open(str(like))
        if grid is not None:
            text = _xml(path, grid, bands, tags)
            return _write(path, text)
    raise PluginError(
        tr("{} cannot be read.").format(like), tr("Look whether the run's files are still there.")
    )


def vrt_root(grid: gdal.Dataset, tags: dict[str, str]) -> ElementTree.Element:
    """Return a virtual raster without bands.

    Args:
        grid: Raster with its size, geotransform and CRS.
        tags: Metadata of the file.
    """
    root = ElementTree.Element(
        "VRTDataset", rasterXSize=str(grid.RasterXSize), rasterYSize=str(grid.RasterYSize)
    )
    ElementTree.SubElement(root, "SRS", dataAxisToSRSAxisMapping="1,2").text = grid.GetProjection()
    transform = ", ".join(repr(number) for number in grid.GetGeoTransform())
    ElementTree.SubElement(root, "GeoTransform").text = transform
    metadata = ElementTree.SubElement(root, "Metadata")
    for key, value in tags.items():
        ElementTree.SubElement(metadata, "MDI", key=key).text = value
    return root


def _xml(path: Path, grid: gdal.Dataset, bands: list[Band], tags: dict[str, str]) -> bytes:
    root = vrt_root(grid, tags)
    for number, band in enumerate(bands, start=1):
        root.append(_band(path, number, band))
    return bytes(ElementTree.tostring(root, encoding="utf-8"))


def _band(path: Path, number: int, band: Band) -> ElementTree.Element:
    element = ElementTree.Element("VRTRasterBand", dataType="Float32", band=str(number))
    ElementTree.SubElement(element, "Description").text = band.name
    ElementTree.SubElement(element, "NoDataValue").text = "nan"
    if band.function:
        element.set("subClass", "VRTDerivedRasterBand")
        ElementTree.SubElement(element, "PixelFunctionType").text = band.function
        # From GDAL 3.12 on, functions skip nodata where they can, unless told not to.
        ElementTree.SubElement(element, "PixelFunctionArguments", propagateNoData="true")
    for source in band.sources:
        one = ElementTree.SubElement(element, "ComplexSource")
        near = source.path.parent == path.parent
        name = source.path.name if near else str(source.path)
        ElementTree.SubElement(
            one, "SourceFilename", relativeToVRT="1" if near else "0"
        ).text = name
        ElementTree.SubElement(one, "SourceBand").text = str(source.band)
        if source.factor != 1.0:
            ElementTree.SubElement(one, "ScaleOffset").text = "0"
            ElementTree.SubElement(one, "ScaleRatio").text = repr(source.factor)
        if source.nodata is not None:
            ElementTree.SubElement(one, "NODATA").text = repr(source.nodata)
    return element


def _write(path: Path, text: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    try:
        if path.exists() and path.read_bytes() == text:
            return
        part.write_bytes(text)
        part.replace(path)
    except OSError as error:
        raise PluginError(
            tr("{} cannot be written: {}.").format(path, error.strerror or error),
            tr("Choose a run whose folder you may write to."),
        ) from error
