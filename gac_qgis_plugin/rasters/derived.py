"""Rasters derived from a run's images: NDVI of a stage, difference of two stages.

The files lie in the run's folder, some kilobytes each, and move along with it.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from osgeo import gdal

from gac_qgis_plugin.contract import bands, layout
from gac_qgis_plugin.rasters.vrt import Band, Source, write_vrt
from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.words import tr

RED, NIR = 3, 4
"""Band numbers of B04 and B08 in a result."""

NDVI_BAND = len(bands.OUTPUT_BANDS) + 1
"""Band number of NDVI in the output of `ndvi_raster`, after the image's own bands."""

MEAN = "mean of the four bands"


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
        *map(_parts_file, ndvi),
        *(difference_file(folder, later, earlier) for later, earlier in ((2, 1), (3, 2), (3, 1))),
    ]


def ndvi_raster(folder: Path, stage: int) -> Path:
    """Write a stage's four bands and NDVI, (B08 − B04) / (B08 + B04), as a virtual raster.

    Raises:
        PluginError: If the image cannot be read, or the folder is not writable.
    """
    image, path = result_file(folder, stage), ndvi_file(folder, stage)
    parts = _parts_file(path)
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


def _parts_file(path: Path) -> Path:
    return path.with_name(f"{path.stem}_parts.vrt")


def _tags(image: Path) -> dict[str, str]:
    """Return an image's GAC tags, always marked as synthetic."""
    tags = {k: v for k, v in _open(image).GetMetadata().items() if k.startswith("GAC_")}
    return {**tags, "SYNTHETIC": "YES"}


def _open(image: Path) -> gdal.Dataset:
    with suppress(RuntimeError):  # raised by GDAL if its exceptions are enabled
        file = gdal.Open(str(image)) if image.exists() else None
        if file is not None:
            return file
    raise PluginError(
        tr("The image {} cannot be read.").format(image),
        tr("Look whether the run's files are still there."),
    )
