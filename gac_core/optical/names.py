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
    ("B04", r"(?<!infra[ _-])red(?![ _-]?edge)"),
    ("B09", r"water[ _-]?vapou?r|nir[ _-]?09"),
    ("B10", r"cirrus"),
    ("B11", r"swir[ _-]?(?:1|16)"),
    ("B12", r"swir[ _-]?(?:2|22)"),
    ("B08", r"nir(?:[ _-]?(?:1|wide|broad))?|broad[ _-]?nir|near[ _-]?infra[ _-]?red"),
)
_COMMON_NAMES = tuple(
    (band, re.compile(rf"(?<![a-z0-9])(?:{pattern})(?![a-z0-9])", re.IGNORECASE))
    for band, pattern in _COMMON
)
"""Names of the electro-optical extension of STAC, of Sentinel Hub and of openEO; B04 and B08 come
after those whose names begin alike."""

_BROAD_NIR = re.compile(r"(?<![a-z0-9])(?:broad[ _-]?nir|nir[ _-]?broad)", re.IGNORECASE)
"""Name of B08 in FORCE's stacks, in which `NIR` alone is B8A."""

_WAVELENGTHS = {
    "B01": (440, 445), "B02": (489, 498), "B03": (558, 561), "B04": (663, 666),
    "B05": (702, 706), "B06": (738, 742), "B07": (778, 784), "B08": (831, 843),
    "B8A": (863, 866), "B09": (939, 946), "B10": (1372, 1378), "B11": (1608, 1615),
    "B12": (2184, 2204),
}  # fmt: skip
"""First and last centre in nm that is given for each band."""
_NANOMETRES = re.compile(
    r"(?<![\d.])(\d{3,4})(?:\.\d+)?[ _]?(?:nm|nanomet\w+)(?![a-z0-9])|^(?:rho[st]|Rrs)_(\d{3,4})$",
    re.IGNORECASE,
)
"""A wavelength as SNAP and ENVI write it, or as ACOLITE does."""

_COUNTED = re.compile(r"b0*([1-9]\d*)", re.IGNORECASE)

_LANDSAT = re.compile(
    r"(?<![a-z0-9])(?:L[COTEM]0[4-9]_|HLS\.L30|landsat|SR_B[1-7](?![0-9]))", re.IGNORECASE
)
_OF_LANDSAT = {
    "B01": "B01", "B02": "B02", "B03": "B03", "B04": "B04",
    "B05": "B8A", "B06": "B11", "B07": "B12",
}  # fmt: skip
"""Sentinel-2's band for each of Landsat 8 and 9."""

_LANDSAT_ID = re.compile(
    r"(?<![A-Z0-9])L[COTE]0[4-9]_L2S[PR]_\d{6}_(?P<when>20\d{6})_20\d{6}_02_", re.IGNORECASE
)
"""Product of Landsat's Collection 2, level 2: its dates are those of acquisition and processing."""

_OTHER_SATELLITES = (
    ("PlanetScope", r"AnalyticMS|PSScene|PlanetScope|SuperDove"),
    ("RapidEye", r"RapidEye"),
    ("SkySat", r"SkySat"),
    ("SPOT", r"SPOT[ _-]?[4-7]"),
    ("Pleiades", r"PHR1[AB]|Pl[eé]iades"),
    ("WorldView", r"WorldView"),
    ("MODIS", r"M[OY]D09\w*|MODIS"),
    ("EnMAP", r"EnMAP"),
)
_SATELLITE_NAMES = tuple(
    (name, re.compile(rf"(?<![a-z0-9])(?:{pattern})(?![a-z0-9])", re.IGNORECASE))
    for name, pattern in _OTHER_SATELLITES
)

_MASKS = (
    ("scl", r"SCL|scene[ _-]?class(?:ification)?(?:[ _-]?(?:map|layer))?"),
    ("qa60", r"QA[ _-]?60"),
    ("classi", r"MSK_CLASSI(?:_B00|_OPAQUE|_CIRRUS)?"),
    ("oa_fmask", r"oa_fmask|ga_s2\w*?_fmask"),
    ("fmask", r"Fmask"),
    ("clm", r"CLM"),
    ("qai", r"QAI"),
    ("qa_pixel", r"QA_PIXEL"),
    ("cloud_score", r"\Acs(?:_cdf)?\Z"),
)
_MASK_NAMES = tuple(
    (kind, re.compile(rf"(?<![a-z0-9])(?:{pattern})(?![a-z0-9]|_SNOW)", re.IGNORECASE))
    for kind, pattern in _MASKS
)

_OTHERS = re.compile(
    r"(?<![a-z0-9])(?:TCI|AOT|WVP|PVI|visual|thumbnail|preview|overview|quicklook|data[ _-]?mask"
    r"|CLD(?:PRB)?|CLP|SNW|DEM|SAA|SZA|VAA|VZA|sun\w*|view\w*|MSK_\w+|QA_\w+|QA\d*|water_mask"
    r"|std(?:_?dev)?|stdev|variance|count|probability|alpha)"
    r"(?![a-z0-9])",
    re.IGNORECASE,
)
"""Files and bands of a product that are neither a band nor a mask that is understood."""

_PROBABILITY = re.compile(
    r"(?<![a-z0-9])(?:MSK_CLDPRB|CLDPRB|CLP|CLD|(?:cloud[ _-]?)?prob(?:ability)?)(?![a-z0-9])",
    re.IGNORECASE,
)
_OF_CLEAR = re.compile(
    r"(?<![a-z0-9])(?:clear|cloud[ _-]?free|cloudless|no[nt]?[ _-]?cloud(?:s|y)?|valid|usable"
    r"|data[ _-]?mask)(?![a-z])",
    re.IGNORECASE,
)
_CLOUD_MASK = re.compile(
    r"(?<![a-z0-9])(?:cloud[ _-]?mask|clouds?|mask)(?![a-z0-9])", re.IGNORECASE
)
_GENERATED = re.compile(r"(?<![A-Z0-9])SYNTHETIC(?![A-Z0-9])")

_PRODUCT = re.compile(
    r"(?<![A-Z0-9])S2[A-D]_MSI(?P<level>L1C|L2A)_(?P<when>20\d{6}T\d{6})"
    r"(?:_N(?P<baseline>\d{4})_R\d{3}_T\w{5}(?:_20\d{6}T\d{6})?)?",
    re.IGNORECASE,
)
_GRANULE = re.compile(r"(?<![A-Z0-9])T\d\d[A-Z]{3}_(?P<when>20\d{6}T\d{6})(?![0-9])", re.IGNORECASE)
_ITEM = re.compile(
    r"(?<![A-Z0-9])S2[A-D]_T?\d\d[A-Z]{3}_(?P<when>20\d{6})_\d+_L(?:1C|2A)(?![A-Z0-9])",
    re.IGNORECASE,
)
"""Item of Element 84's catalogue."""
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
    return _at_wavelength(text)


def _at_wavelength(text: str) -> str | None:
    match = _NANOMETRES.search(text)
    if match is None:
        return None
    centre = int(match.group(1) or match.group(2))
    return next((band for band, (a, b) in _WAVELENGTHS.items() if a <= centre <= b), None)


def _named(groups: tuple[str, ...]) -> str:
    one, two, narrow = groups
    return "B8A" if narrow else f"B{int(one or two):02d}"


def names_broad_nir(text: str) -> bool:
    """Return whether a text names B08 as FORCE does, beside which `NIR` is B8A."""
    return bool(_BROAD_NIR.search(text))


def only_count(texts: Iterable[str | None]) -> bool:
    """Return whether the names of a file's bands are b1, b2, b3 and so on: they count."""
    matches = [_COUNTED.fullmatch((text or "").strip()) for text in texts]
    return [match and int(match.group(1)) for match in matches] == list(range(1, len(matches) + 1))


def mask_of(text: str) -> str | None:
    """Return the kind of mask that a text names, a key of `clouds.NAMES`."""
    return next((kind for kind, pattern in _MASK_NAMES if pattern.search(text)), None)


def is_other(text: str) -> bool:
    """Return whether a text names what is neither a band nor a mask that is understood."""
    return bool(_OTHERS.search(text))


def is_probability(text: str) -> bool:
    """Return whether a text names a probability of clouds."""
    return bool(_PROBABILITY.search(text))


def is_cloud_mask(text: str) -> bool:
    """Return whether a band's name says that it is a mask, or one of clouds."""
    return bool(_CLOUD_MASK.search(text))


def is_of_clear(text: str) -> bool:
    """Return whether a mask's name says that it marks what is clear, not what is cloudy."""
    return bool(_OF_CLEAR.search(text))


def is_generated(text: str) -> bool:
    """Return whether a name has the mark of generated images."""
    return bool(_GENERATED.search(text))


def other_satellite(texts: Iterable[Text]) -> str | None:
    """Return another satellite that is named, for which Landsat does not count, or None."""
    texts = list(texts)
    return next(
        (n for n, pattern in _SATELLITE_NAMES if any(pattern.search(t) for _, t in texts)), None
    )


def is_landsat_level_2(texts: Iterable[Text]) -> bool:
    """Return whether a file is of Landsat's Collection 2, level 2: its DN have their own scale."""
    return any(_LANDSAT_ID.search(text) for _, text in texts)


def is_landsat(texts: Iterable[Text]) -> bool:
    """Return whether a file is Landsat's by its names and tags."""
    return any(_LANDSAT.search(text) for _, text in texts)


def product_folder(path: str) -> str:
    """Return the nearest folder or archive of a path that is named like a product, or "".

    SNAP's are: `NAME.data` holds the rasters of the product `NAME.dim`.
    """
    parts = re.split(r"[/\\]", path)[:-1]

    def is_named(part: str) -> bool:
        return bool(_PRODUCT.search(part) or _ITEM.search(part)) or part.endswith(".data")

    return next(filter(is_named, reversed(parts)), "")


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
    """Return the date in the name of a granule, an item, or a product of HLS or Landsat; origin."""
    for where, text in texts:
        try:
            if match := _GRANULE.search(text):
                return datetime.strptime(match["when"].upper(), "%Y%m%dT%H%M%S"), where
            if match := _ITEM.search(text) or _LANDSAT_ID.search(text):
                return datetime.strptime(match["when"], "%Y%m%d"), where
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
