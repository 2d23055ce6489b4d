"""Bands, masks, products and dates in the names and tags of optical files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from gac_core.contract.bands import SENSOR_BANDS

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
