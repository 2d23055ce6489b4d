"""Radar files: opening them, refusing unusable ones, and collecting their metadata."""

from __future__ import annotations

import math
import os
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import rasterio
from defusedxml.ElementTree import fromstring
from rasterio.env import ensure_env_with_credentials
from rasterio.errors import NotGeoreferencedWarning
from rasterio.io import DatasetReader

from gac_core.contract.errors import SceneError
from gac_core.contract.message import Message
from gac_core.contract.redaction import redacted, redacted_text
from gac_core.contract.request import Bounds
from gac_core.gdal import GDAL_ERRORS, configure
from gac_core.scene import metadata
from gac_core.scene.metadata import FileMetadata, Text
from gac_core.scene.paths import (
    CALIBRATE,
    GEOCODE,
    exists,
    file_name,
    is_endless,
    is_link,
    is_raw,
    is_remote,
    overview_paths,
    product_folder,
    raw_product_error,
    refuse_side_file,
    require_reachable,
)
from gac_core.scene.vrt import (
    MAX_DEPTH,
    REBUILD,
    BandSource,
    band_sources,
    require_sources,
    too_deep_error,
)

WEB_PAGE = Message("the server sends no raster, but perhaps a web page that asks to sign in")
MAX_LISTED = 4
"""Maximum number of a container's rasters listed in a message."""
GRID_TOLERANCE = 0.01
"""Maximum offset, as a fraction of a pixel, between the grids of two files."""

# fmt: off
FORMATS = (
    "GTiff", "VRT", "ENVI", "HFA", "netCDF", "HDF5", "HDF5Image", "Zarr", "JP2OpenJPEG",
    "AAIGrid", "GRASSASCIIGrid", "XYZ", "EHdr", "ERS", "GSBG", "GS7BG", "GSAG", "SAGA", "RST",
    "RMF", "PCRaster", "ISCE", "ROI_PAC", "GFF", "SNAP_TIFF", "NITF", "PNG", "JPEG", "GIF",
    "BMP", "WEBP", "GPKG", "MBTiles", "GRIB", "HTTP", "WCS",
)
# fmt: on
"""GDAL drivers that may be used: those that hold their values themselves, VRT, whose files are
checked, and WCS. Others (GTI, STACIT, WMS, MRF and more) are lists that may lead anywhere."""
MAX_BLOCK_BYTES = 2 << 30
"""Maximum bytes of a block, which GDAL always decodes as a whole."""
MAX_BLOCK_MEMORY_SHARE = 0.3
"""Maximum share of the free memory for a block."""
_SMALL_BLOCK = 64 << 20

_RELEVANT_TAG = re.compile(
    r"unit|product|scale|calib|descr|backscatter|radiometr|title|polari|layer|image_type"
    r"|gamma_area|varname|long_name",
    re.IGNORECASE,
)
"""Tags that may state unit, polarisation or product. Others, such as the name of a resampling
method, use the same words for something else."""
_IRRELEVANT_TAG = re.compile(r"equation|conversion|algorithm|reference|input|access", re.IGNORECASE)
"""Tags that describe something else than these values: OPERA's formula for dB in a file that is
linear, the beta0 that it was made from."""
_MAX_TEXT_LENGTH = 300
"""Longer tags are logs and whole metadata files, which mention every unit there is."""
DescribedFiles = dict[str, FileMetadata]
"""Metadata of files already read, by real path."""


@contextmanager
def open_raster(path: str) -> Iterator[Any]:
    """Open a raster for reading, after checking that GDAL will open nothing but plain files.

    Raises:
        SceneError: If it does not exist, is not a raster or not a file, leads to a pipe or a
            device, or is stored in blocks too large for memory.
    """
    configure()
    _require_name(path)
    require_reachable(path)
    require_sources(path)
    with warnings.catch_warnings():
        # A file without georeference is refused later with our own message.
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        try:
            file = _reader(path)
        except (*GDAL_ERRORS, ValueError, TypeError) as error:
            raise _unreadable(path, str(error)) from error
    with file:
        _refuse_overviews(path, file)
        _refuse_huge_blocks(path, file)
        yield file


@ensure_env_with_credentials  # type: ignore[untyped-decorator]
def _reader(path: str) -> Any:
    """Open as `rasterio.open` does, which accepts no list of formats."""
    return DatasetReader(path, driver=_formats(), sharing=False)


@cache
def _formats() -> list[str]:
    """Return those of `FORMATS` that this GDAL build has."""
    with rasterio.Env() as env:
        return [name for name in FORMATS if name in env.drivers()]


def _refuse_overviews(path: str, file: Any) -> None:
    """Refuse overviews in a pipe: a file's tags may name any other file for them."""
    name = file.tags(ns="OVERVIEWS").get("OVERVIEW_FILE", "")
    if name and any(map(is_endless, overview_paths(path, name))):
        raise SceneError(
            Message(
                "The overviews of {} are in {}, which is not a file but a pipe or a device.",
                redacted(path),
                name,
            ),
            Message("Save the raster again without overviews."),
            problem="overviews-are-a-pipe",
        )


def _refuse_huge_blocks(path: str, file: Any) -> None:
    """Refuse blocks too large for memory, as in a large GeoTIFF with a single strip."""
    sizes = [
        rows * columns * np.dtype(kind).itemsize
        for (rows, columns), kind in zip(file.block_shapes, file.dtypes, strict=True)
    ]
    # With pixel interleaving, a block of one band is decoded together with all others.
    is_interleaved = file.driver == "GTiff" and file.profile.get("interleave") == "pixel"
    largest = sum(sizes) if is_interleaved else max(sizes, default=0)
    if largest <= _SMALL_BLOCK:
        return
    free = psutil.virtual_memory().available
    if largest > min(MAX_BLOCK_BYTES, MAX_BLOCK_MEMORY_SHARE * free):
        rows, columns = max(file.block_shapes)
        raise SceneError(
            Message(
                "{} is stored in blocks of {} x {} pixels: to read any part of it takes "
                "{} GB of memory, of which {} GB are free.",
                file_name(path),
                columns,
                rows,
                f"{largest / 2**30:.1f}",
                f"{free / 2**30:.1f}",
            ),
            Message(
                "Save it again in tiles, for example with gdal_translate -co TILED=YES, "
                "on a computer with enough memory."
            ),
            problem="file-blocks-too-large",
        )


def bounds_of(path: str) -> tuple[Bounds | None, str | None]:
    """Return bounds and CRS (WKT) of any raster; (None, None) if missing or unreadable."""
    try:
        with open_raster(path) as file:
            if file.crs is None:
                return None, None
            return tuple(file.bounds), file.crs.to_wkt()
    except SceneError:
        return None, None


def _require_name(path: str) -> None:
    """Refuse a name not in UTF-8, as in old archives: GDAL cannot open it."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError as error:
        name = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        raise SceneError(
            Message(
                "The file {} cannot be opened: its name holds letters that are not "
                "in this system's encoding (UTF-8).",
                name,
            ),
            Message("Rename it."),
            problem="name-not-in-encoding",
        ) from error


def _unreadable(path: str, reason: str) -> SceneError:
    name, reason = redacted(path), public_text(reason, path)
    if not is_remote(path) and is_link(path) and not exists(path):
        return SceneError(
            Message("The file {} is a link to a file that does not exist.", name),
            Message("Give the file itself."),
            problem="file-link-broken",
        )
    if not is_remote(path) and not exists(path):
        return SceneError(
            Message("The file {} does not exist.", name),
            Message("Check the path."),
            problem="file-missing",
        )
    if not is_remote(path) and not os.access(path, os.R_OK):
        return SceneError(
            Message("You have no permission to read the file {}.", name),
            Message("Ask its owner for the permission, or give a copy of your own."),
            problem="file-permission-denied",
        )
    if _is_tiff(path):
        return SceneError(
            Message("The file {} cannot be read: it is a damaged or incomplete GeoTIFF.", name),
            Message("Copy or download it again."),
            problem="file-damaged",
        )
    remedy = Message("Give a GeoTIFF, or save it as one, for example with QGIS's Export, Save As.")
    if is_remote(path) and ("://" in path or path.startswith("/vsicurl")):
        remedy = Message(
            "Check the address and the connection, and that the access is still valid."
        )
        if "not recognized" in reason:
            reason = WEB_PAGE
    elif "not recognized" in reason:
        reason = Message("it is not a raster, or of a format that GAC does not read")
    return SceneError(
        Message("The file {} cannot be read: {}.", name, reason),
        remedy,
        problem="file-unreadable",
    )


def _is_tiff(path: str) -> bool:
    if is_remote(path):
        return False
    try:
        with Path(path).open("rb") as file:
            return file.read(4) in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
    except OSError:
        return False


def public_text(text: str, *paths: str) -> str:
    """Return a message from GDAL without the secrets of the addresses `paths` in it."""
    for path in paths:
        text = text.replace(path, redacted(path))
    return redacted_text(text).rstrip(". ")


def refuse_unusable(path: str, file: Any) -> None:
    """Refuse a file that can never be geocoded backscatter.

    Raises:
        SceneError: For a file without bands, with complex values, an 8-bit picture, or one without
            georeference.
    """
    name, types = file_name(path), set(file.dtypes)
    refuse_side_file(name)
    if str(file.tags().get("IMAGE_TYPE", "")).upper() == "MASK":
        raise SceneError(
            Message("{} is a mask, not backscatter.", name),
            Message("Give the image that it is for."),
            problem="mask-not-backscatter",
        )
    if not types:
        opera = "OPERA" in name.upper()
        raise SceneError(
            _container_message(name, file.subdatasets),
            Message("Give the product's GeoTIFFs instead, those that end in _VV.tif and _VH.tif.")
            if opera
            else Message(
                "Give one of the rasters in it by GDAL's name, or in QGIS the layer of one."
            ),
            problem="container-not-a-raster",
        )
    if file.crs is None and file.gcps[0] and is_raw(path):
        raise raw_product_error(name)
    if all(t.startswith("complex") for t in types):
        raise SceneError(
            Message("{} holds complex values (single-look complex, SLC).", name),
            Message(
                "Give detected, calibrated backscatter: a terrain-corrected GRD or RTC product."
            ),
            problem="complex-values",
        )
    if types <= {"uint8", "int8"}:
        raise SceneError(
            Message(
                "{} is an 8-bit picture: stretched for display, its backscatter is lost.", name
            ),
            Message("Give the data that the picture was made from."),
            problem="picture-not-backscatter",
        )
    if file.crs is None and file.gcps[0]:
        raise SceneError(
            Message(
                "{} is in radar geometry: it has ground control points but is not geocoded.", name
            ),
            GEOCODE if any(t.startswith("float") for t in types) else CALIBRATE,
            problem="radar-geometry",
        )
    refuse_unplaced(name, file)


def refuse_unplaced(name: str, file: Any) -> None:
    """Refuse a raster that does not say where it lies.

    Raises:
        SceneError: If it has no CRS, or no position.
    """
    if not all(map(math.isfinite, file.transform)):
        raise SceneError(
            Message("The position of {} contains values that are not finite.", name),
            Message("Check its georeference, and export it again."),
            problem="position-not-finite",
        )
    if file.crs is None or file.transform.is_identity:
        raise SceneError(
            Message(
                "{} does not say where it lies: it has no coordinate system or no position.", name
            ),
            Message(
                "Assign its CRS and extent, for example with QGIS's Assign projection, "
                "or export it again with georeference."
            ),
            problem="position-missing",
        )


def refuse_different(called: tuple[str, str], first: Any, second: Any) -> None:
    """Refuse two files that are not on the same pixel grid.

    Raises:
        SceneError: If CRS, size or position differ.
    """
    differs, problem = None, ""
    if first.crs != second.crs:
        differs = Message("coordinate systems")
        problem = "vv-vh-crs-differ"
    elif first.shape != second.shape:
        problem = "vv-vh-sizes-differ"
        differs = Message(
            "sizes ({}x{} and {}x{})", first.width, first.height, second.width, second.height
        )
    else:
        corners = ((0, 0), (first.width, 0), (0, first.height))
        back = ~first.transform @ second.transform
        shift = max(abs(v - w) for c in corners for v, w in zip(back @ c, c, strict=True))
        if shift > GRID_TOLERANCE:
            differs = Message("positions (by up to {} pixels)", f"{shift:.2f}")
            problem = "vv-vh-positions-differ"
    if differs:
        raise SceneError(
            Message("{} and {} have different {}.", called[0], called[1], differs),
            Message("Give VV and VH of one scene on one grid, for example exported together."),
            problem=problem,
        )


def _container_message(name: str, rasters: list[str]) -> Message:
    """Return the message for a container without bands, with a list of its rasters."""
    if not rasters:
        return Message("{} is a container without bands of its own.", name)
    names = [re.sub(r"^(\w+)", lambda m: m.group().upper(), raster) for raster in rasters]
    listed = ", ".join(names[:MAX_LISTED])
    if len(names) > MAX_LISTED:
        listed = Message("{} and {} more", listed, len(names) - MAX_LISTED)
    return Message("{} is a container without bands of its own; it holds {}.", name, listed)


def polarisation_layers(file: Any) -> tuple[str, ...]:
    """Return GDAL's names of VV and VH in a netCDF file or Zarr store with one of each, or ()."""
    if file.count or file.driver not in ("netCDF", "Zarr"):
        return ()
    candidates = [
        (metadata.polarisation(re.split(r"[:/]", name)[-1]), name) for name in file.subdatasets
    ]
    matches = [[name for pol, name in candidates if pol == label] for label in ("VV", "VH")]
    return (matches[0][0], matches[1][0]) if [len(names) for names in matches] == [1, 1] else ()


@dataclass(frozen=True)
class _Origin:
    """Metadata that a virtual raster's band gets from its source: texts, and all tags."""

    texts: tuple[Text, ...]
    tags: dict[str, str]


def describe(
    path: str, file: Any, within: tuple[str, ...] = (), seen: DescribedFiles | None = None
) -> FileMetadata:
    """Return the metadata from an open file's name, tags and band descriptions.

    Args:
        path: Path of the file.
        file: rasterio's open file.
        within: The virtual rasters that it is a source of, outermost first.
        seen: Metadata of its other sources; extended here.

    Raises:
        SceneError: If it is a virtual raster and one of its source files cannot be read, lacks the
            band, or is the raster itself.
    """
    name, folder = file_name(path), product_folder(path)
    origins = _origins(path, file, within, {} if seen is None else seen)
    product: list[Text] = [
        (Message("file name"), name),
        *([(Message("folder name"), folder)] if folder else []),
    ]
    descriptions, units = (_readable(file, kind) for kind in ("descriptions", "units"))
    tags = file.tags()
    bands, band_tags = [], []
    for b in file.indexes:
        own, origin = file.tags(b), origins.get(b)
        texts: list[Text] = [
            (Message("band description"), descriptions[b - 1]),
            (Message("band unit"), units[b - 1]),
        ]
        texts += _relevant_tags(own)
        texts += origin.texts if origin else ()
        bands.append(tuple(text for text in texts if text[1]))
        # netCDF keeps the units of a band's time in the file's tags.
        time_units = {key: value for key, value in tags.items() if key.endswith("#units")}
        band_tags.append({**time_units, **(origin.tags if origin else {}), **own})
    return FileMetadata(
        name, (*product, *_relevant_tags(tags)), tuple(bands), tags, tuple(band_tags)
    )


def _readable(file: Any, kind: str) -> tuple[str | None, ...]:
    """Return names or units of all bands, None for each if they are not in UTF-8."""
    try:
        return tuple(getattr(file, kind))
    except UnicodeDecodeError:
        return (None,) * int(file.count)


def _relevant_tags(tags: dict[str, str]) -> list[Text]:
    return [
        (Message("tag {}", key), value)
        for key, value in tags.items()
        if _RELEVANT_TAG.search(key)
        and not _IRRELEVANT_TAG.search(key)
        and len(value) <= _MAX_TEXT_LENGTH
    ]


def _origins(
    path: str, file: Any, within: tuple[str, ...], seen: DescribedFiles
) -> dict[int, _Origin]:
    """Return the metadata of a virtual raster's (VRT) source files, by band.

    A band that is a mosaic is described by its first file.
    """
    if file.driver != "VRT":
        return {}
    within = (*within, os.path.realpath(path))
    if len(within) > MAX_DEPTH:
        raise too_deep_error(file_name(path))
    tree = fromstring(file.tags(ns="xml:VRT")["xml:VRT"])
    return {
        band: _origin(path, source, within, seen)
        for band, source in band_sources(path, tree).items()
    }


def _origin(
    path: str, source: BandSource, within: tuple[str, ...], seen: DescribedFiles
) -> _Origin:
    target, number = source.target, source.band
    if not source.opens:
        texts = [
            (Message("file name"), file_name(target)),
            (Message("folder name"), product_folder(target)),
        ]
        return _Origin(tuple((_of_source(where, False), text) for where, text in texts if text), {})
    described = _source(path, target, within, seen)
    if number is not None and not 1 <= number <= len(described.bands):
        raise SceneError(
            Message(
                "{} takes band {} of {}, which has {}.",
                file_name(path),
                number,
                target,
                len(described.bands),
            ),
            REBUILD,
            problem="vrt-band-missing",
        )
    band = described.bands[number - 1] if number else ()
    tags = {**described.tags, **(described.band_tags[number - 1] if number else {})}
    joined = [
        (_of_source(where, source.alters), text) for where, text in (*band, *described.product)
    ]
    return _Origin(tuple(joined), tags)


def _of_source(where: str, alters: bool) -> str:
    """Return the origin of a source's text; what a source has from its own sources keeps it."""
    if where.startswith(metadata.ALTERED) or (where.startswith("source's ") and not alters):
        return where
    return Message("altered source's {}" if alters else "source's {}", where)


def _source(path: str, target: str, within: tuple[str, ...], seen: DescribedFiles) -> FileMetadata:
    real_path = os.path.realpath(target)
    if real_path in within:
        raise SceneError(
            Message("{} is made of {}, which is made of it in turn.", file_name(path), target),
            REBUILD,
            problem="vrt-circular",
        )
    if real_path not in seen:
        try:
            with open_raster(target) as file:
                seen[real_path] = describe(target, file, within, seen)
        except SceneError as error:
            message = Message(
                "{} is made of a file that cannot be used. {}", file_name(path), error.message
            )
            raise SceneError(message, error.remedy, problem=error.problem) from error
    return seen[real_path]
