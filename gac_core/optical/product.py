"""Sentinel-2 products and folders of bands: their files, and what their metadata say."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree.ElementTree import ParseError  # nosec B405

import rasterio
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from gac_core.contract.errors import SceneError
from gac_core.contract.message import Message
from gac_core.optical.names import band_of, is_other, mask_of
from gac_core.scene.files import open_raster
from gac_core.scene.paths import (
    exists,
    file_name,
    gdal_prefix,
    is_folder,
    is_remote,
    is_zarr,
    names_in_archive,
    require_reachable,
)

RASTERS = (".jp2", ".tif", ".tiff", ".img", ".vrt")
CONTAINERS = (".nc", ".nc4", ".h5", ".hdf5")
ARCHIVES = (".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz", ".7z", ".rar", ".kmz")
MAX_DEPTH = 5
"""Maximum number of folders between a folder in a product and the product."""
MAX_MEMBERS = 20_000
"""Maximum number of files of a folder or archive that are looked at."""
MAX_XML_BYTES = 64 << 20

_DRIVER = re.compile(r"SENTINEL2_L\w+:\"?(?P<path>.+?)\"?(?::(?:\d+m|TCI|PREVIEW)(?::\w+)*)?$")
"""GDAL's name of a part of a product: its metadata file, a resolution, a CRS."""
_IN_ARCHIVE = re.compile(r"/vsizip/\{?(?P<path>.+?\.zip)\}?(?:/.*)?$", re.IGNORECASE)
_RESOLUTION = re.compile(r"(?:_|/r)(\d\d)m(?=\.|_|/|$)")
_PACKED = re.compile(r"\.(?:zip|tar|tgz|gz|bz2|xz|7z|rar)$", re.IGNORECASE)
_ZARR_MARK = re.compile(r"(?:^|/)(?:\.zgroup|\.zarray|\.zmetadata|zarr\.json)$")
_METADATA = re.compile(r"(?:MTD_MSIL\w+|MTD_TL|S2\w_\w+_MTD_\w+)\.xml$", re.IGNORECASE)
_OF_PRODUCT = re.compile(rf"(?:{_METADATA.pattern}|manifest\.safe$|INSPIRE\.xml$)", re.IGNORECASE)
"""Files of a product that stand for it."""
_CLOUDS = re.compile(r"MSK_CLOUDS\w*\.gml$", re.IGNORECASE)
"""Polygons of clouds in products before baseline 04.00."""
_MAJA = re.compile(r"SENTINEL2[A-D]_\d{8}-", re.IGNORECASE)


@dataclass(frozen=True)
class ProductMetadata:
    """Metadata of a product.

    Attributes:
        name: Name of the product, "" if they do not state it.
        baseline: Processing baseline, None likewise.
        offset: What is in the values and is to be taken off, in DN; None if they do not state it.
        quantification: DN of reflectance 1.
        sun_zenith: Mean angle between sun and zenith in degrees, None if they do not state it.
    """

    name: str = ""
    baseline: float | None = None
    offset: int | None = None
    quantification: float = 10000.0
    sun_zenith: float | None = None


def expanded_product(path: str) -> tuple[tuple[str, ...], ProductMetadata | None]:
    """Return the rasters for a path, and the metadata if it is a product.

    For a file it is this file; for a folder or zip archive, one file for each band and mask in it,
    at the finest resolution; for GDAL's name of a part of a product, the same of the product.

    Raises:
        SceneError: If it is no file, or a folder or archive without bands.
    """
    path = _whole_product(path)
    require_reachable(path)
    _refuse_archives(path)
    if is_remote(path):
        return (path,), None
    if is_folder(path) and is_zarr(path):
        return _layers_of_zarr(path), None
    members = _members(path)
    if members is None:
        return _layers_of_container(path) or (path,), None
    path, prefix, names = members
    chosen = _chosen(names)
    if not chosen:
        raise _without_bands(Path(path).name, names)
    return tuple(f"{prefix}/{name}" for name in chosen), _metadata(Path(path), names)


def _without_bands(name: str, members: Iterable[str] = ()) -> SceneError:
    """Return the error for a folder or archive without bands: packed ones have to be unpacked."""
    packed = sorted(each for each in members if _PACKED.search(each))
    if packed:
        return SceneError(
            Message("{} holds no bands, but another archive: {}.", name, file_name(packed[0])),
            Message("Unpack that, and give what is in it."),
            problem="optical-archive-nested",
        )
    if any(_ZARR_MARK.search(each) for each in members):
        return SceneError(
            Message("{} holds a Zarr store, which GAC does not read in archives.", name),
            Message("Unpack it, and give the folder (.zarr)."),
            problem="optical-zarr-in-archive",
        )
    return SceneError(
        Message("{} holds no bands of Sentinel-2.", name),
        Message("Give a product (.SAFE), or files whose names say the bands, such as B02.tif."),
        problem="optical-product-without-bands",
    )


def product_masks(path: str) -> tuple[str, ...]:
    """Return the masks in a product or folder, or its polygons of clouds; for a file, this file.

    Raises:
        SceneError: If it has none, or is an archive that cannot be read.
    """
    path = _whole_product(path)
    _refuse_archives(path)
    if is_remote(path):
        return (path,)
    require_reachable(path)
    if not is_folder(path) and not zipfile.is_zipfile(path):
        return (path,)
    try:
        masks = tuple(each for each in expanded_product(path)[0] if mask_of(file_name(each)))
    except SceneError:
        masks = ()
    if masks := masks or cloud_polygons(path):
        return masks
    raise SceneError(
        Message("{} holds no mask.", Path(path).name),
        Message("Give the file with the mask itself, unpacked: a raster or polygons."),
        problem="mask-not-in-product",
    )


def cloud_polygons(path: str) -> tuple[str, ...]:
    """Return the files with the polygons of clouds in a product, as those of level 1C have them."""
    path = _whole_product(path)
    members = None if is_remote(path) or not exists(path) else _members(path)
    if members is None:
        return ()
    _, prefix, names = members
    return tuple(f"{prefix}/{name}" for name in sorted(names) if _CLOUDS.search(name))


def _members(path: str) -> tuple[str, str, list[str]] | None:
    """Return a folder or zip archive, the start of its members' paths, and their names.

    The folder is that of the product in it; None for other files.
    """
    if is_folder(path):
        path = _inner_product(path)
        return path, path, _names_in_folder(Path(path))
    if zipfile.is_zipfile(path):
        return path, gdal_prefix(Path(path)), names_in_archive(Path(path))[:MAX_MEMBERS]
    return None


def _refuse_archives(path: str) -> None:
    if not is_remote(path) and path.lower().endswith(ARCHIVES) and not is_folder(path):
        raise SceneError(
            Message("{} is an archive of a kind that GAC does not read.", file_name(path)),
            Message("Unpack it, and give the folder or the file in it."),
            problem="optical-archive",
        )


def _inner_product(path: str) -> str:
    """Return the only product in a folder that is none itself, or the folder."""
    folder = Path(path)
    if _is_product(folder):
        return path
    with suppress(OSError):
        inside = [each for each in folder.iterdir() if each.is_dir() and _is_product(each)]
        files = [each for each in folder.iterdir() if each.suffix.lower() in RASTERS]
        if len(inside) == 1 and not files:
            return str(inside[0])
    return path


def _layers_of_container(path: str) -> tuple[str, ...]:
    """Return GDAL's names of the variables in a netCDF file that are bands or masks."""
    if Path(path).suffix.lower() not in CONTAINERS:
        return ()
    with open_raster(path) as file:
        layers = tuple(file.subdatasets) if not file.count else ()
    variables = {layer: layer.rpartition(":")[2].strip('/"') for layer in layers}
    return tuple(layer for layer, name in variables.items() if mask_of(name) or band_of(name))


def _layers_of_zarr(path: str) -> tuple[str, ...]:
    """Return GDAL's names of the bands and masks in a Zarr store, each at its finest.

    Raises:
        SceneError: If there are none, or if GDAL does not see where they lie.
    """
    with open_raster(path) as file:
        layers = [path] if file.count else sorted(file.subdatasets)
    best: dict[str, tuple[int, str]] = {}
    for layer in layers:
        name = layer.rpartition("/")[2].strip('"')
        match = _RESOLUTION.search(layer)
        resolution = int(match.group(1)) if match else 0
        kind = mask_of(name) or (None if is_other(name) else band_of(name))
        if kind and (kind not in best or resolution < best[kind][0]):
            best[kind] = resolution, layer
    chosen = tuple(layer for _, layer in best.values())
    if not chosen and layers == [path]:
        chosen = (path,)  # GDAL opens a store of one array as that array.
    if not chosen:
        raise _without_bands(Path(path).name)
    with open_raster(chosen[0]) as file:
        if file.crs is not None:
            return chosen
    raise SceneError(
        Message(
            "{} is a Zarr store in which GDAL {} sees no coordinate system: that of ESA's new "
            "products lies where it does not look.",
            Path(path).name,
            rasterio.__gdal_version__,
        ),
        Message(
            "Give the product as .SAFE, or save its bands as GeoTIFF with their coordinate system."
        ),
        problem="optical-zarr-not-placed",
    )


def _whole_product(path: str) -> str:
    """Return the folder or archive of the product that a path belongs to, or the path as it is.

    Rasters stand for themselves; folders in a product and files of its metadata stand for it.
    """
    if match := _DRIVER.match(path):
        path = match["path"]
    if match := _IN_ARCHIVE.match(path):
        inner = path[match.end("path") :]
        if _METADATA.search(inner) or PurePosixPath(inner).suffix.lower() not in RASTERS:
            return match["path"]
    if is_remote(path) or not exists(path):
        return path
    if path.lower().endswith(".dim") and is_folder(path[: -len("dim")] + "data"):
        return path[: -len("dim")] + "data"
    if not is_folder(path) and not _OF_PRODUCT.search(path):
        return path
    above = Path(path) if is_folder(path) else Path(path).parent
    products = (each for each in (above, *above.parents[:MAX_DEPTH]) if _is_product(each))
    default = above if _METADATA.search(path) else path
    return str(next(products, default))


def _names_in_folder(folder: Path) -> list[str]:
    names: list[str] = []
    for parent, folders, files in os.walk(folder):
        folders.sort()
        inside = Path(parent).relative_to(folder)
        names += [(inside / name).as_posix() for name in sorted(files)]
        if len(names) > MAX_MEMBERS or not _is_product(folder):
            break  # bands of a plain folder lie in it, not below
    return names[:MAX_MEMBERS]


def _is_product(folder: Path) -> bool:
    # MAJA's products have their masks in a folder of their own.
    is_named = folder.suffix.upper() == ".SAFE" or bool(_MAJA.match(folder.name))
    return is_named or (folder / "GRANULE").is_dir()


def _chosen(names: Iterable[str]) -> tuple[str, ...]:
    """Return one raster for each band and mask of each granule, the finest of its resolutions."""
    best: dict[tuple[str, str], tuple[int, str]] = {}
    for name in names:
        path = PurePosixPath(name)
        hidden = path.name.startswith(".") or "__MACOSX" in path.parts
        if hidden or path.suffix.lower() not in RASTERS:
            continue
        kind = mask_of(path.stem)
        if kind is None and ("QI_DATA" in path.parts or is_other(path.stem)):
            continue
        kind = kind or band_of(path.stem)
        if kind is None:
            continue
        match = _RESOLUTION.search(path.name)
        resolution = int(match.group(1)) if match else 0
        granule = path.parts[path.parts.index("GRANULE") + 1] if "GRANULE" in path.parts else ""
        key = granule, kind
        if key not in best or resolution < best[key][0]:
            best[key] = resolution, name
    return tuple(name for _, (_, name) in sorted(best.items()))


def _metadata(path: Path, names: list[str]) -> ProductMetadata | None:
    files = [name for name in names if _METADATA.search(name)]
    trees = [tree for name in files if (tree := _tree(path, name)) is not None]
    if not trees:
        return None

    def first(tag: str) -> str:
        # Tags of the file's own namespace have none; older products put it before the name.
        texts = (node.text or "" for tree in trees for node in tree.iter() if _local(node) == tag)
        return next((text.strip() for text in texts if text.strip()), "")

    offsets = [
        number
        for tree in trees
        for node in tree.iter()
        if _local(node) in ("BOA_ADD_OFFSET", "RADIO_ADD_OFFSET")
        and (number := _number(node.text)) is not None
    ]
    baseline = _number(first("PROCESSING_BASELINE"))
    if baseline is not None and offsets:
        offset: int | None = round(-min(offsets))
    else:
        # Products before baseline 04.00 do not know the element.
        offset = 0 if baseline is not None and baseline < 4.0 else None
    zenith = [
        number
        for tree in trees
        for node in tree.iter()
        if _local(node) == "Mean_Sun_Angle"
        for angle in node
        if _local(angle) == "ZENITH_ANGLE" and (number := _number(angle.text)) is not None
    ]
    quantification = _number(first("BOA_QUANTIFICATION_VALUE") or first("QUANTIFICATION_VALUE"))
    return ProductMetadata(
        first("PRODUCT_URI"),
        baseline,
        offset,
        quantification or 10000.0,
        zenith[0] if zenith else None,
    )


def _local(node: Any) -> str:
    return str(node.tag).rpartition("}")[2]


def _number(text: str | None) -> float | None:
    try:
        return float(text or "")
    except ValueError:
        return None


def _tree(path: Path, name: str) -> Any | None:
    """Return the XML of a metadata file; None if it cannot be read."""
    with suppress(
        OSError, KeyError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile,
        ParseError, DefusedXmlException, RecursionError,
    ):  # fmt: skip
        if path.is_dir():
            require_reachable(str(path / name))
            with (path / name).open("rb") as file:
                text = file.read(MAX_XML_BYTES + 1)
        else:
            with zipfile.ZipFile(path) as archive, archive.open(name) as member:
                text = member.read(MAX_XML_BYTES + 1)
        return fromstring(text) if len(text) <= MAX_XML_BYTES else None
    return None
