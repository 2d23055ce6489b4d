"""Virtual rasters of results, computed by GDAL as they are read: NDVI, differences.

A pixel without data is NaN in every computed band: every function turns NaN into NaN, so that none
needs to know about nodata.

The files lie in the run's folder, some kilobytes each, and move along with it.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

# XML is written here, never read.
from xml.etree import ElementTree  # nosec B405

from osgeo import gdal

from gac_qgis_plugin.contract import bands, layout, rename
from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.core.problems import PluginError

RED, NIR = 3, 4
"""Band numbers of B04 and B08 in a result."""
MEAN = "mean of the four bands"


@dataclass(frozen=True)
class Source:
    """Input band of a computed band.

    Attributes:
        path: The file, or GDAL's name of what is none.
        band: Its number, from 1.
        factor: Factor of its values.
        nodata: Its nodata value; None: already NaN.
    """

    path: Path | str
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


def write_vrt(path: Path, like: Path | str, bands: list[Band], tags: dict[str, str]) -> None:
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
        tr("{} cannot be read.").format(like),
        tr("Check that the run's files still exist."),
        problem="run-file-unreadable",
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
        file = source.path if isinstance(source.path, Path) else None
        near = file is not None and file.parent == path.parent
        name = file.name if file is not None and near else str(source.path)
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
        rename.replace_path(part, path)
    except OSError as error:
        raise PluginError(
            tr("{} cannot be written: {}.").format(path, error.strerror or error),
            tr("Choose a run whose folder you may write to."),
            problem="run-file-not-written",
        ) from error


def result_file(folder: Path, stage: int) -> Path:
    """Return the path of a stage's image."""
    return folder / layout.result_file(stage)


def ndvi_file(folder: Path, stage: int) -> Path:
    """Return the path of a stage's image with NDVI as a fifth band."""
    return folder / f"opt_v{stage}_ndvi.vrt"


def difference_file(folder: Path, later: int, earlier: int) -> Path:
    """Return the path of the difference of two stages."""
    return folder / f"difference_v{later}_v{earlier}.vrt"


def derived_files(folder: Path) -> list[Path]:
    """Return every file that this module may have written into a run's folder."""
    ndvi = [ndvi_file(folder, stage) for stage in (1, 2, 3)]
    return [
        *ndvi,
        *map(_intermediate_file, ndvi),
        *(difference_file(folder, later, earlier) for later, earlier in ((2, 1), (3, 2), (3, 1))),
    ]


def ndvi_raster(folder: Path, stage: int) -> Path:
    """Write a stage's four bands and NDVI, (B08 − B04) / (B08 + B04), as a virtual raster.

    Raises:
        PluginError: If the image cannot be read, or the folder is not writable.
    """
    image, path = result_file(folder, stage), ndvi_file(folder, stage)
    parts = _intermediate_file(path)
    nir, red = Source(image, NIR), Source(image, RED)
    tags = _tags(image)
    # GDAL's NDVI function is newer than QGIS 3.22; two steps work everywhere.
    sums = [Band("B08 - B04", "diff", (nir, red)), Band("B08 + B04", "sum", (nir, red))]
    write_vrt(parts, image, sums, tags)
    quotient = Source(parts, 1, nodata=None), Source(parts, 2, nodata=None)
    copies = [
        Band(name, "", (Source(image, n),)) for n, name in enumerate(bands.OUTPUT_BANDS, start=1)
    ]
    write_vrt(path, image, [*copies, Band("NDVI", "div", quotient)], tags)
    return path


def difference_raster(folder: Path, later: int, earlier: int) -> Path:
    """Write the difference of two stages, later minus earlier, as a virtual raster.

    Its first band is the mean over the four bands, the others are B02, B03, B04, B08; all in
    reflectance × 10000.

    Raises:
        PluginError: If an image cannot be read, or the folder is not writable.
    """
    first, second = result_file(folder, earlier), result_file(folder, later)
    path = difference_file(folder, later, earlier)
    numbers = range(1, len(bands.OUTPUT_BANDS) + 1)
    share = 1.0 / len(bands.OUTPUT_BANDS)
    mean = tuple(Source(second, n, share) for n in numbers)
    mean += tuple(Source(first, n, -share) for n in numbers)
    differences = [
        Band(MEAN, "sum", mean),
        *(
            Band(name, "diff", (Source(second, n), Source(first, n)))
            for n, name in enumerate(bands.OUTPUT_BANDS, start=1)
        ),
    ]
    _open(first)
    tags = {
        **_tags(second),
        "GAC_STAGE": f"difference: opt_v{later} - opt_v{earlier}, reflectance x 10000",
    }
    write_vrt(path, second, differences, tags)
    return path


def _intermediate_file(path: Path) -> Path:
    return path.with_name(f"{path.stem}_parts.vrt")


def _tags(image: Path) -> dict[str, str]:
    """Return an image's GAC tags, always marked as synthetic, at least in part."""
    metadata = _open(image).GetMetadata()
    tags = {k: v for k, v in metadata.items() if k.startswith("GAC_")}
    return {**tags, "SYNTHETIC": "PARTLY" if metadata.get("SYNTHETIC") == "PARTLY" else "YES"}


def _open(image: Path) -> gdal.Dataset:
    with suppress(RuntimeError):  # raised by GDAL if its exceptions are enabled
        file = gdal.Open(str(image)) if image.exists() else None
        if file is not None:
            return file
    raise PluginError(
        tr("The image {} cannot be read.").format(image),
        tr("Check that the run's files still exist."),
        problem="run-image-unreadable",
    )
