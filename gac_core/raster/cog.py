"""Output files: cloud-optimised GeoTIFFs of reflectance."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
import rasterio.shutil
from affine import Affine
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.enums import ColorInterp
from rasterio.windows import Window as PixelWindow

from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.contract.protocol import VERSION
from gac_core.gdal import GDAL_ERRORS
from gac_core.grid import Window
from gac_core.io import (
    INCOMPLETE_WRITE,
    Content,
    atomic_write,
    content_of,
    require_space,
    write_error,
)
from gac_core.raster.working_file import Floats, LineReader, WorkingFile, damaged_error

NODATA = 0
TILE = 512

COLOURS = {"B02": ColorInterp.blue, "B03": ColorInterp.green, "B04": ColorInterp.red}
"""Colour interpretation, by which viewers display true colours."""

BASE_TAGS = {
    "SYNTHETIC": "YES",
    "TIFFTAG_IMAGEDESCRIPTION": (
        "SYNTHETIC optical image, generated from Sentinel-1 radar by GAC. Not an observation. "
        "Reflectance x 10000, without offset; 0 is nodata."
    ),
    "TIFFTAG_SOFTWARE": f"GAC {VERSION}",
}


@dataclass(frozen=True)
class Kind:
    """Type of a file's values.

    Attributes:
        dtype: Data type.
        nodata: Nodata value.
        convert: Converts a working file's values (C, H, W), NaN for nodata, to the file's.
        overviews: GDAL's resampling of the overviews.
    """

    dtype: str
    nodata: float
    convert: Callable[[Floats], NDArray[Any]]
    overviews: str = "AVERAGE"


def to_dn(values: Floats) -> NDArray[np.uint16]:
    """Round reflectance DN (C, H, W) to the values of a file.

    Returns:
        uint16 DN, 1 to 65535, so that 0 only means nodata; a pixel is nodata in all bands if it is
        NaN in any.
    """
    dn = np.clip(np.rint(values), 1, 65535)
    dn[:, np.isnan(values).any(axis=0)] = NODATA
    return dn.astype(np.uint16)


REFLECTANCE = Kind("uint16", NODATA, to_dn)
MAP = Kind("float32", np.nan, lambda values: values)
"""Unconverted values."""
KINDS = Kind("uint8", NODATA, lambda values: np.nan_to_num(values).astype(np.uint8), "MODE")
"""Classes, whose overviews show the most frequent one."""


def write_cog(
    path: Path,
    working: WorkingFile,
    *,
    checksum: int | None = None,
    bands: tuple[str, ...] = OUTPUT_BANDS,
    window: Window | None = None,
    tags: Mapping[str, str] | None = None,
    tick: Callable[[], None] | None = None,
    kind: Kind = REFLECTANCE,
) -> Content:
    """Write the final file from a working file.

    It is processed by windows; on the same disk it temporarily needs space for an uncompressed
    copy.

    Args:
        path: Path of the complete file; its folder exists.
        working: Working file (DN) that holds at least `bands`.
        checksum: Checksum of the working file when it was written; None: not verified.
        bands: Bands to write, in file order.
        window: Extent of the file; None: that of the working file.
        tags: GDAL metadata in addition to SYNTHETIC and a description.
        tick: Called between windows; may raise to stop.
        kind: Type of its values.

    Returns:
        Size and hash of the file.

    Raises:
        OutputError: If the disk is full, the file cannot be written, or the working file has
            changed.
    """
    with LineReader(working) as reader:
        window = window or working.window
        pixels = window.height * window.width
        # The uncompressed copy, and the file with a third more for its overviews.
        size = np.dtype(kind.dtype).itemsize * len(bands) * pixels
        require_space(path.parent, int(size * (1 + 4 / 3)))
        # Written in the working folder, so that a killed run leaves nothing beside the results.
        with atomic_write(path, working.path.parent) as part:
            plain = part.with_name(f"{part.name}.plain.tif")
            try:
                _write_plain(
                    plain, reader, window, bands, {**BASE_TAGS, **(tags or {})}, tick, kind
                )
                # Verified after reading: damage in the meantime would be in the copy.
                if checksum is not None and checksum != working.checksum(tick=tick):
                    raise damaged_error(working.path)
                _copy_to_cog(plain, part, kind)
                content = content_of(part)
            except (*GDAL_ERRORS, OSError) as error:
                raise write_error(path, error) from error
    return content


def write_image(
    path: Path,
    values: Floats,
    crs: str,
    transform: Affine,
    *,
    bands: tuple[str, ...] = OUTPUT_BANDS,
    tags: Mapping[str, str] | None = None,
) -> None:
    """Write an in-memory image as the same kind of file, on any grid.

    Args:
        path: Path of the complete file; its folder exists.
        values: DN (C, H, W), NaN for nodata.
        crs: WKT; "": none.
        transform: Affine transform from pixels to coordinates.
        bands: Names, in order.
        tags: GDAL metadata in addition to SYNTHETIC and a description.

    Raises:
        OutputError: If the disk is full or the file cannot be written.
    """
    size = values.size * np.dtype(REFLECTANCE.dtype).itemsize
    require_space(path.parent, int(size * (1 + 4 / 3)))
    height, width = values.shape[1:]
    grid = {"height": height, "width": width, "transform": transform}
    if crs:
        grid["crs"] = CRS.from_wkt(crs)
    with atomic_write(path) as part:
        plain = part.with_name(f"{part.name}.plain.tif")
        try:
            with _plain_file(plain, bands, {**BASE_TAGS, **(tags or {})}, REFLECTANCE, grid) as to:
                to.write(REFLECTANCE.convert(values))
            _copy_to_cog(plain, part, REFLECTANCE)
        except (*GDAL_ERRORS, OSError) as error:
            raise write_error(path, error) from error


def _copy_to_cog(plain: Path, part: Path, kind: Kind) -> None:
    rasterio.shutil.copy(
        plain,
        part,
        driver="COG",
        COMPRESS="DEFLATE",
        PREDICTOR="YES",
        BLOCKSIZE=TILE,
        OVERVIEWS="IGNORE_EXISTING",
        OVERVIEW_RESAMPLING=kind.overviews,
        BIGTIFF="IF_SAFER",
        NUM_THREADS="ALL_CPUS",
    )


@contextmanager
def _plain_file(
    path: Path, bands: tuple[str, ...], tags: Mapping[str, str], kind: Kind, where: dict[str, Any]
) -> Iterator[Any]:
    """Open a tiled file to write pixels into; `where` holds height, width, CRS and transform."""
    profile = {
        "driver": "GTiff",
        "dtype": kind.dtype,
        "nodata": kind.nodata,
        "count": len(bands),
        "tiled": True,
        "blockxsize": TILE,
        "blockysize": TILE,
        "BIGTIFF": "IF_SAFER",
        **where,
    }
    with rasterio.open(path, "w", **profile) as file:
        file.descriptions = bands
        file.colorinterp = [COLOURS.get(band, ColorInterp.undefined) for band in bands]
        file.update_tags(**tags)
        yield file
    pixels = where["height"] * where["width"]
    if path.stat().st_size < np.dtype(kind.dtype).itemsize * len(bands) * pixels:
        raise OSError(INCOMPLETE_WRITE)


def _write_plain(
    path: Path,
    reader: LineReader,
    window: Window,
    bands: tuple[str, ...],
    tags: Mapping[str, str],
    tick: Callable[[], None] | None,
    kind: Kind,
) -> None:
    grid = {
        "height": window.height,
        "width": window.width,
        "crs": CRS.from_epsg(reader.file.grid.epsg),
        "transform": reader.file.grid.transform(window),
    }
    with _plain_file(path, bands, tags, kind, grid) as file:
        for strip in window.strips(TILE):
            if tick is not None:
                tick()
            target = PixelWindow(0, strip.row - window.row, strip.width, strip.height)
            file.write(kind.convert(reader.read(strip, bands)), window=target)
