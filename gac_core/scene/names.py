"""What file names, band descriptions and tags say about a radar file.

Conventions read: SNAP (`Sigma0_VV_db`, `_Orb_NR_Cal_TF_TC`), pyroSAR (`VV_gamma0-rtc_db`,
`VV_sigma0-elp`), ASF HyP3 (`…_DVP_RTC30_G_gpuned_FD6A_VV`), OPERA (`OPERA_L2_RTC-S1_…`), Planetary
Computer (`iw-vv.rtc.tiff`), S1Tiling (`s1a_33NWB_vv_DES_007_…_GammaNaughtRTC`, its tags), Sentinel
Hub's coefficients (`GAMMA0_ELLIPSOID`), Copernicus Browser (`…_IW_VV+VH_VV_(Raw)`), Copernicus
products (`S1A_IW_GRDH_1SDV_…`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

Texts = Iterable[tuple[str, str]]
"""(where it stands, text) pairs, most telling first."""

_PAIRS = "VV|VH|HH|HV"
_BEFORE = ("(?<![A-Za-z])", *(rf"(?<={w})" for w in ("GRD", "GRD[FHM]", "RTC", "SLC", "IW", "EW")))
_BEFORE += tuple(rf"(?<={word})" for word in ("sigma", "gamma", "beta", "amplitude", "intensity"))
_AFTER = "db|decibels?|lin|linear|pow|power|amp|amplitude|int|intensity|sigma|gamma"
_POL = re.compile(rf"(?:{'|'.join(_BEFORE)})({_PAIRS})(?=(?:{_AFTER})?(?![A-Za-z]))", re.IGNORECASE)
_LIST = re.compile(
    rf"(?<![A-Za-z])(?:{_PAIRS})(?:\s*(?:[+,;&|]|%2B|and)\s*(?:{_PAIRS}))+(?![A-Za-z])",
    re.IGNORECASE,
)
"""All that a product holds, as Copernicus Browser and Sentinel Hub put it before a band's own."""

_ELSEWISE = (
    r"angles?|incidence|lia|elia|plia|inc[_ -]?(?:map|ang)|ratio|coh|coherence|masks?|layover"
    r"|shadow|phase|interferogram|ifg|entropy|anisotropy|stdev|std(?:dev)?|variance|nesz|ls[_ -]map"
    r"|(?:scattering|gamma)[_ -]?area|n[_ -]?looks|number[_ -]of[_ -]\w+|glcm"
)
_ELSE = re.compile(rf"(?<![a-z])(?:{_ELSEWISE})(?![a-z])", re.IGNORECASE)
_ELSE_BAND = re.compile(
    rf"(?<![a-z])(?:{_ELSEWISE}|area|inc|alpha|span|rvi|ndpi|rfdi|cpr|counts?|flags?|weights?|diff"
    r"|difference|change|contrast|dissimilarity|homogeneity|quality|slope|aspect|dem|elevation"
    r"|noise(?![_ -]*(?:free|remov|reduc|corr)))(?![a-z])",
    re.IGNORECASE,
)
"""Words for another quantity than backscatter. A file may be called after an area or a slope that
it shows; a band is not."""

_NO_RADAR_UNIT = re.compile(
    r"\s*(?:deg|degrees?|°|rad|radians?|m|met(?:re|er)s?)\s*", re.IGNORECASE
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_FULL_ID = re.compile(
    r"S1[A-D]_\w\w_[A-Z]{3}\w_\d[SA][SD][VH]_\d{8}T\d{6}_\d{8}T\d{6}_\d{6}_\w{6}_\w{4}"
    r"(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_NEUTRAL = re.compile(
    r"\d+|\d{8}t\d{6}z?|\d\d[a-z]{3}\d{4}|b(?:and)?\d*|la?ye?r\d*|ch(?:annel)?\d*|grey|gray|raster"
    r"|image|img|data|values?|sar|radar|sentinel\d?|s1[a-d]?|iw\d?|ew\d?|grd[fhm]?|rtc|sigma\d?"
    r"|gamma\d?|naught|nought|db|decibels?|lin|linear|pow|power|int|intensity|amp|amplitude"
    r"|backscatter(?:ing)?|coefficient|orb|nr|tnr|bnr|cal|ml|spk|tc|tf|mst|slv\d?|float(?:32|64)?"
    r"|undefined|unknown|unnamed|none|null|no|name|of|the|asc(?:ending)?|desc(?:ending)?",
    re.IGNORECASE,
)
"""Words with which a band's name says nothing about its polarisation."""

_HYP3 = re.compile(r"_RTC\d+_[A-Z]_[gs]([pda])[uf]\w{3}_", re.IGNORECASE)
_UNITS = (
    ("db", re.compile(r"(?<![a-z0-9])(?:db|decibels?)(?![a-z0-9])", re.IGNORECASE)),
    ("amplitude", re.compile(r"(?<![a-z])amplitude(?![a-z])", re.IGNORECASE)),
    ("power", re.compile(r"(?<![a-z])(?:linear|lin|power|intensity)(?![a-z])", re.IGNORECASE)),
)
_HYP3_UNITS = {"p": "power", "d": "db", "a": "amplitude"}
_PRODUCT = re.compile(r"_(?:1S([SD][HV])|([SD][HV])[PRO]_RTC\d+)_", re.IGNORECASE)
_PRODUCT_POLS = {"SV": "VV", "SH": "HH", "DV": "VV+VH", "DH": "HH+HV"}

_ZERO = r"[-_ ]?(?:0|nought|naught)"
_POWER_BY_CUSTOM = (
    ("OPERA", re.compile(r"OPERA_L2_RTC", re.IGNORECASE)),
    ("Planetary Computer", re.compile(r"iw-(?:vv|vh)\.rtc\.tif", re.IGNORECASE)),
    ("S1Tiling", re.compile(r"(?<![a-z0-9])s1[a-d]_\d\d[c-x][a-z]{2}_v[vh]_", re.IGNORECASE)),
    ("Sentinel Hub", re.compile(r"(?:GAMMA|SIGMA)0_(?:ELLIPSOID|TERRAIN)", re.IGNORECASE)),
    ("The Copernicus mosaic", re.compile(r"Sentinel-1_IW_mosaic", re.IGNORECASE)),
    ("SNAP, like everybody,", re.compile(rf"(?<![a-z])(?:sigma|gamma){_ZERO}", re.IGNORECASE)),
)
"""Whose values are linear power where they do not say otherwise."""

_FLATTENED = re.compile(
    r"(?<![a-z])rtc(?![a-z])|naughtrtc|(?<![a-z])TF(?![a-z])|terrain[-_ ]?flatten"
    r"|radiometric(?:ally)?[-_ ]terrain|gamma0_terrain|gamma_area|(?<![a-z])nrb(?![a-z])"
    r"|Sentinel-1_IW_mosaic",
    re.IGNORECASE,
)
_ON_ELLIPSOID = re.compile(
    rf"(?<![a-z])elp(?![a-z])|ellipsoid|(?<![a-z])sigma{_ZERO}|normlim"
    r"|(?<![a-z])(?:sigma|gamma) calibrated|^(?:sigma|gamma)$|(?<![a-z])Cal_TC(?![a-z])"
    rf"|gamma{_ZERO}[-_ ]+orthorectified",
    re.IGNORECASE,
)
_GRD = re.compile(r"(?<![a-z])GRD[FHM]?(?![a-z])", re.IGNORECASE)
_GAMMA = re.compile(rf"(?<![a-z])gamma{_ZERO}", re.IGNORECASE)
_BETA = re.compile(rf"(?<![a-z])beta{_ZERO}|^beta$|(?<![a-z])beta calibrated", re.IGNORECASE)


def polarisation(text: str) -> str | None:
    """Return `VV`, `VH`, `HH` or `HV` where a text names just one of them, else None.

    What a product holds (`VV+VH`) is left out, if a band of it is named besides. A text that names
    two otherwise is a ratio or a stack and tells nothing about one band.
    """
    named = {m.upper() for m in _POL.findall(_LIST.sub(" ", text))}
    return named.pop() if len(named) == 1 else None


def without_polarisation(text: str) -> str:
    """Return a text with `*` in place of all polarisations that it names."""
    return _POL.sub("*", text)


def is_another_quantity(text: str, *, of_band: bool = False) -> bool:
    """Whether a text is about something else than backscatter: an angle, a ratio, a mask.

    Args:
        text: A name, or what a tag says.
        of_band: It is a band's name. A file may be called after an area or a slope that it shows.
    """
    apart, pattern = _CAMEL.sub("_", text), _ELSE_BAND if of_band else _ELSE
    if pattern.search(text) or pattern.search(apart):
        return True
    return of_band and polarisation(text) is None and len(set(_POL.findall(text.upper()))) > 1


def words(text: str) -> frozenset[str]:
    """Return the words of a band's name, in lower case, without a product's name in it."""
    return frozenset(filter(None, re.split(r"[^a-z0-9°]+", _FULL_ID.sub(" ", text).lower())))


def is_neutral(words: Iterable[str]) -> bool:
    """Whether all words say nothing about a polarisation, as in `Band 1`, `sigma0` or a date."""
    return all(_NEUTRAL.fullmatch(word) for word in words)


def is_unit_of_something_else(text: str) -> bool:
    """Whether a band's unit is that of an angle or a length, as no backscatter's is."""
    return bool(_NO_RADAR_UNIT.fullmatch(text))


def single_polarisation(text: str) -> str | None:
    """Return the one polarisation that a text names or its product type (`1SSV`) has, else None."""
    product = product_polarisations(text)
    return polarisation(text) or (product if product in ("VV", "HH") else None)


def product_polarisations(text: str) -> str | None:
    """Return `VV+VH`, `HH+HV`, `VV` or `HH`: what a Sentinel-1 product's name says it holds."""
    match = _PRODUCT.search(text)
    return _PRODUCT_POLS[(match.group(1) or match.group(2)).upper()] if match else None


def unit(texts: Texts) -> tuple[str, str] | None:
    """The unit that names and tags tell.

    Returns:
        (`db`, `power` or `amplitude`; the reason), or None where no text tells one.
    """
    for where, text in texts:
        if match := _HYP3.search(text):
            found = _HYP3_UNITS[match.group(1).lower()]
            return found, f"the HyP3 flag in the {where} says {found}"
        # "dB" settles it: "intensity_db" is dB whatever it was before.
        for found, pattern in _UNITS:
            if match := pattern.search(text):
                return found, f"the {where} says {match.group()!r}"
    return None


def usual_unit(texts: Texts) -> tuple[str, str] | None:
    """The unit that a producer's files are in unless they say otherwise, and the reason.

    Less than a statement: someone may have converted the file and kept its name.
    """
    texts = list(texts)
    for producer, pattern in _POWER_BY_CUSTOM:
        for where, text in texts:
            if match := pattern.search(text):
                return "power", f"{producer} writes linear power ({match.group()!r} in the {where})"
    return None


def modality(texts: Texts) -> tuple[str, str, str]:
    """TerraMind's kind of radar image: `S1RTC` if terrain-flattened, else `S1GRD`.

    Returns:
        (the kind, why, `file` or `assumed`). Gamma0 alone is assumed to be terrain-flattened, as
        what SNAP's Terrain-Flattening and most archives call by that name is; gamma0 that says
        that it refers to the ellipsoid (Sentinel Hub, pyroSAR's `elp`) is not.
    """
    texts = list(texts)
    for where, text in texts:
        if match := _FLATTENED.search(text):
            return "S1RTC", f"terrain-flattened: {match.group()!r} in the {where}", "file"
    for where, text in texts:
        if match := _ON_ELLIPSOID.search(text):
            return "S1GRD", f"not terrain-flattened: {match.group()!r} in the {where}", "file"
    for where, text in texts:
        if match := _GAMMA.search(text):
            why = f"{match.group()!r} in the {where}, which usually is terrain-flattened"
            return "S1RTC", why, "assumed"
    for where, text in texts:
        if match := _GRD.search(text):
            return "S1GRD", f"nothing but {match.group()!r} in the {where}", "file"
    return "S1GRD", "nothing says that it is terrain-flattened", "assumed"


def beta0(texts: Texts) -> str | None:
    """Where it is said that the values are radar brightness (beta0), else None."""
    return next((where for where, text in texts if _BETA.search(text)), None)
