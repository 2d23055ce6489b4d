"""Sentinel-2 products: names of bands, masks and files, and what their metadata say."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree.ElementTree import ParseError  # nosec B405

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from gac_core.contract.bands import SENSOR_BANDS
from gac_core.contract.errors import SceneError
from gac_core.contract.message import Message
from gac_core.scene.paths import (
    exists,
    gdal_prefix,
    is_folder,
    is_remote,
    names_in_archive,
    require_reachable,
)

Text = tuple[str, str]
"""Origin of a text, and the text."""

_CODE = re.compile(r"(?<![a-z0-9])B(?:0?([1-9])|(1[0-2])|0?(8A))(?![a-z0-9])", re.IGNORECASE)
_COMMON = (
    ("B01", r"coastal(?:[ _-]?aerosol)?"),
    ("B02", r"blue"),
    ("B03", r"green"),
    ("B05", r"red[ _-]?edge[ _-]?(?:1|704|705)|re1|vre1"),
    ("B06", r"red[ _-]?edge[ _-]?(?:2|740)|re2|vre2"),
    ("B07", r"red[ _-]?edge[ _-]?(?:3|780|783)|re3|vre3"),
    ("B8A", r"red[ _-]?edge[ _-]?4|re4|nir[ _-]?08|nir[ _-]?2|narrow[ _-]?nir|nir[ _-]?narrow|n2"),
    ("B04", r"red"),
    ("B09", r"water[ _-]?vapou?r|nir[ _-]?09"),
    ("B10", r"cirrus"),
    ("B11", r"swir[ _-]?(?:1|16)"),
    ("B12", r"swir[ _-]?(?:2|22)"),
    ("B08", r"nir(?:[ _-]?(?:1|wide|broad))?|near[ _-]?infrared"),
)
_COMMON_NAMES = tuple(
    (band, re.compile(rf"(?<![a-z0-9])(?:{pattern})(?![a-z0-9])", re.IGNORECASE))
    for band, pattern in _COMMON
)
"""Names of the electro-optical extension of STAC, of Sentinel Hub and of openEO; B04 and B08 come
after those whose names begin alike."""

_LANDSAT = re.compile(
    r"(?<![a-z0-9])(?:L[COTEM]0[4-9]_|HLS\.L30|landsat|SR_B[1-7](?![0-9]))", re.IGNORECASE
)
_OF_LANDSAT = {
    "B01": "B01", "B02": "B02", "B03": "B03", "B04": "B04",
    "B05": "B8A", "B06": "B11", "B07": "B12",
}  # fmt: skip
"""Sentinel-2's band for each of Landsat 8 and 9."""

_MASKS = (
    ("scl", r"SCL|scene[ _-]?class(?:ification)?(?:[ _-]?(?:map|layer))?"),
    ("qa60", r"QA[ _-]?60"),
    ("classi", r"MSK_CLASSI(?:_B00|_OPAQUE|_CIRRUS)?"),
    ("fmask", r"Fmask"),
    ("clm", r"CLM"),
)
_MASK_NAMES = tuple(
    (kind, re.compile(rf"(?<![a-z0-9])(?:{pattern})(?![a-z0-9]|_SNOW)", re.IGNORECASE))
    for kind, pattern in _MASKS
)

_OTHERS = re.compile(
    r"(?<![a-z0-9])(?:TCI|AOT|WVP|PVI|visual|thumbnail|preview|overview|quicklook|data[ _-]?mask"
    r"|CLD(?:PRB)?|CLP|SNW|DEM|SAA|SZA|VAA|VZA|sun\w*|view\w*|MSK_\w+|QA_\w+|QA\d*|water_mask)"
    r"(?![a-z0-9])",
    re.IGNORECASE,
)
"""Files and bands of a product that are neither a band nor a mask that is understood."""

_PRODUCT = re.compile(
    r"(?<![A-Z0-9])S2[A-D]_MSI(?P<level>L1C|L2A)_(?P<when>20\d{6}T\d{6})"
    r"(?:_N(?P<baseline>\d{4})_R\d{3}_T\w{5}(?:_20\d{6}T\d{6})?)?",
    re.IGNORECASE,
)
_GRANULE = re.compile(r"(?<![A-Z0-9])T\d\d[A-Z]{3}_(?P<when>20\d{6}T\d{6})(?![0-9])", re.IGNORECASE)
_HLS = re.compile(r"HLS\.[SL]30\.T\w{5}\.(?P<year>20\d\d)(?P<day>\d{3})T(?P<time>\d{6})")
_LEVEL = re.compile(
    r"(?<![a-z0-9])(?:level[ _-]?|S2MSI|MSI)?(L?1C|L?2A)(?![a-z0-9])", re.IGNORECASE
)
_HARMONISED = re.compile(r"harmoni[sz]ed", re.IGNORECASE)
MAX_BASELINE = 20.0
"""Highest processing baseline that is one: BigEarthNet, for example, writes 99.99 for its own."""


@dataclass(frozen=True)
class Product:
    """Sentinel-2 product, by its name.

    Attributes:
        name: The name.
        level: `L1C` or `L2A`.
        acquired: Time of acquisition (UTC).
        baseline: Processing baseline; None if the name has none.
        where: Origin of the name.
    """

    name: str
    level: str
    acquired: datetime
    baseline: float | None
    where: str


def band_of(text: str, *, landsat: bool = False) -> str | None:
    """Return Sentinel-2's band that a text names, None if it names none or several.

    Args:
        text: A band's name, or a file's.
        landsat: True if codes such as B5 are Landsat's.
    """
    text = _PRODUCT.sub(" ", text)
    codes = {_named(match) for match in _CODE.findall(text)}
    if landsat:
        codes = {_OF_LANDSAT.get(code, "") for code in codes} - {""}
    if codes:
        return codes.pop() if len(codes) == 1 else None
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", text)
    for band, pattern in _COMMON_NAMES:
        if pattern.search(text) or pattern.search(spaced):
            return band
    return None


def _named(groups: tuple[str, ...]) -> str:
    one, two, narrow = groups
    return "B8A" if narrow else f"B{int(one or two):02d}"


def mask_of(text: str) -> str | None:
    """Return the kind of mask that a text names: `scl`, `qa60`, `classi`, `fmask` or `clm`."""
    return next((kind for kind, pattern in _MASK_NAMES if pattern.search(text)), None)


def is_other(text: str) -> bool:
    """Return whether a text names what is neither a band nor a mask that is understood."""
    return bool(_OTHERS.search(text))


def is_landsat(texts: Iterable[Text]) -> bool:
    """Return whether a file is Landsat's by its names and tags."""
    return any(_LANDSAT.search(text) for _, text in texts)


def product_folder(path: str) -> str:
    """Return the nearest folder or archive of a path that is named like a product, or ""."""
    parts = re.split(r"[/\\]", path)[:-1]
    return next((part for part in reversed(parts) if _PRODUCT.search(part)), "")


def product_of(texts: Iterable[Text]) -> Product | None:
    """Return the first Sentinel-2 product that is named."""
    for where, text in texts:
        if match := _PRODUCT.search(text):
            try:
                acquired = datetime.strptime(match["when"].upper(), "%Y%m%dT%H%M%S")
            except ValueError:
                continue
            number = int(match["baseline"]) / 100 if match["baseline"] else None
            baseline = number if number is not None and number <= MAX_BASELINE else None
            return Product(match.group(), match["level"].upper(), acquired, baseline, where)
    return None


def granule_date(texts: Iterable[Text]) -> tuple[datetime, str] | None:
    """Return the date in a granule's name or in one of HLS, and its origin."""
    for where, text in texts:
        try:
            if match := _GRANULE.search(text):
                return datetime.strptime(match["when"].upper(), "%Y%m%dT%H%M%S"), where
            if match := _HLS.search(text):
                start = datetime.strptime(match["year"] + match["time"], "%Y%H%M%S")
                return start + timedelta(days=int(match["day"]) - 1), where
        except ValueError:
            continue
    return None


def level_of(texts: Iterable[Text]) -> tuple[str, str] | None:
    """Return the level, `L1C` or `L2A`, that names or tags state, and where."""
    texts = list(texts)
    if product := product_of(texts):
        return product.level, product.where
    for where, text in texts:
        levels = {each.upper().removeprefix("L") for each in _LEVEL.findall(text)}
        if len(levels) == 1:
            return f"L{levels.pop()}", where
    return None


def harmonised(texts: Iterable[Text]) -> str | None:
    """Return where the values are stated to be harmonised, else None."""
    return next((where for where, text in texts if _HARMONISED.search(text)), None)


def usual_order(count: int) -> tuple[str, ...]:
    """Return the usual order of so many bands without names; empty if there is none."""
    without_cirrus = tuple(band for band in SENSOR_BANDS if band != "B10")
    ten = tuple(band for band in without_cirrus if band not in ("B01", "B09"))
    return {
        4: ("B02", "B03", "B04", "B08"),
        6: ("B02", "B03", "B04", "B8A", "B11", "B12"),
        10: ten,
        12: without_cirrus,
        13: SENSOR_BANDS,
    }.get(count, ())


RASTERS = (".jp2", ".tif", ".tiff", ".img", ".vrt")
MAX_MEMBERS = 20_000
"""Maximum number of files of a folder or archive that are looked at."""
MAX_XML_BYTES = 64 << 20

_DRIVER = re.compile(r"SENTINEL2_L\w+:\"?(?P<path>.+?)\"?(?::(?:\d+m|TCI|PREVIEW)(?::\w+)*)?$")
"""GDAL's name of a part of a product: its metadata file, a resolution, a CRS."""
_IN_ARCHIVE = re.compile(r"/vsizip/\{?(?P<path>.+?\.zip)\}?(?:/.*)?$", re.IGNORECASE)
_RESOLUTION = re.compile(r"_(\d\d)m(?=\.|_|$)")
_METADATA = re.compile(r"(?:MTD_MSIL\w+|MTD_TL|S2\w_\w+_MTD_\w+)\.xml$", re.IGNORECASE)


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
    if is_remote(path):
        return (path,), None
    if is_folder(path):
        names, prefix = _names_in_folder(Path(path)), path
    elif zipfile.is_zipfile(path):
        names, prefix = names_in_archive(Path(path))[:MAX_MEMBERS], gdal_prefix(Path(path))
    else:
        return (path,), None
    chosen = _chosen(names)
    if not chosen:
        raise SceneError(
            Message("{} holds no bands of Sentinel-2.", Path(path).name),
            Message("Give a product (.SAFE), or files whose names say the bands, such as B02.tif."),
            problem="optical-product-without-bands",
        )
    return tuple(f"{prefix}/{name}" for name in chosen), _metadata(Path(path), names)


def _whole_product(path: str) -> str:
    """Return the folder or archive of a product's metadata file, or the path as it is."""
    if match := _DRIVER.match(path):
        path = match["path"]
    if match := _IN_ARCHIVE.match(path):
        inner = path[match.end("path") :]
        if _METADATA.search(inner) or PurePosixPath(inner).suffix.lower() not in RASTERS:
            return match["path"]
    if not is_remote(path) and _METADATA.search(path) and exists(path):
        return str(Path(path).parent)
    return path


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
    return folder.suffix.upper() == ".SAFE" or (folder / "GRANULE").is_dir()


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
