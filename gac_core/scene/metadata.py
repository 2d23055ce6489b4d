"""Metadata of radar files: polarisation, unit and modality from names, tags, descriptions.

Supported conventions: SNAP (`Sigma0_VV_db`, `_Orb_NR_Cal_TF_TC`), pyroSAR (`VV_gamma0-rtc_db`,
`VV_sigma0-elp`), ASF HyP3 (`…_DVP_RTC30_G_gpuned_FD6A_VV`), OPERA (`OPERA_L2_RTC-S1_…`), Planetary
Computer (`iw-vv.rtc.tiff`), S1Tiling (`s1a_33NWB_vv_DES_007_…_GammaNaughtRTC`, its tags), Sentinel
Hub's coefficients (`GAMMA0_ELLIPSOID`), Copernicus Browser (`…_IW_VV+VH_VV_(Raw)`), Copernicus
products (`S1A_IW_GRDH_1SDV_…`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from gac_core.contract.message import Message

Texts = Iterable[tuple[str, str]]
"""(origin, text) pairs, the most informative first."""
_PAIRS = "VV|VH|HH|HV"
_BEFORE = ("(?<![A-Za-z])", *(rf"(?<={w})" for w in ("GRD", "GRD[FHM]", "RTC", "SLC", "IW", "EW")))

Text = tuple[str, str]
"""(origin, text): where a text comes from, and the text."""
ALTERED = "altered source's "
"""Beginning of the origins that a virtual raster's band has whose values are not its source's: what
they say of the unit does not hold."""
_NAMES = ("band description", "VARNAME")
"""Endings of the origins that hold a band's own name, and nothing else."""


_BEFORE += tuple(rf"(?<={word})" for word in ("sigma", "gamma", "beta", "amplitude", "intensity"))
_AFTER = "db|decibels?|lin|linear|pow|power|amp|amplitude|int|intensity|sigma|gamma"
_POL = re.compile(rf"(?:{'|'.join(_BEFORE)})({_PAIRS})(?=(?:{_AFTER})?(?![A-Za-z]))", re.IGNORECASE)
_LIST = re.compile(
    rf"(?<![A-Za-z])(?:{_PAIRS})(?:\s*(?:[+,;&|]|%2B|and)\s*(?:{_PAIRS}))+(?![A-Za-z])",
    re.IGNORECASE,
)
"""All polarisations of a product, as Copernicus Browser and Sentinel Hub put them before a band's
own."""
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
"""Words for quantities other than backscatter. A file may be named after an area or a slope that it
shows; a band is not."""
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
"""Words in a band's name that say nothing about its polarisation."""
_PASSES = {
    "ascending": re.compile(r"(?<![a-z])asc(?:ending)?(?![a-z])", re.IGNORECASE),
    "descending": re.compile(r"(?<![a-z])desc?(?:ending)?(?![a-z])", re.IGNORECASE),
}
_PASS_TAG = re.compile(r"orbit|direction|(?<![a-z])pass(?![a-z])", re.IGNORECASE)
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
_POWER_PRODUCERS = (
    ("OPERA", re.compile(r"OPERA_L2_RTC", re.IGNORECASE)),
    (Message("Planetary Computer"), re.compile(r"iw-(?:vv|vh)\.rtc\.tif", re.IGNORECASE)),
    ("S1Tiling", re.compile(r"(?<![a-z0-9])s1[a-d]_\d\d[c-x][a-z]{2}_v[vh]_", re.IGNORECASE)),
    (Message("Sentinel Hub"), re.compile(r"(?:GAMMA|SIGMA)0_(?:ELLIPSOID|TERRAIN)", re.IGNORECASE)),
    (Message("The Copernicus mosaic"), re.compile(r"Sentinel-1_IW_mosaic", re.IGNORECASE)),
    (
        Message("SNAP, like everybody,"),
        re.compile(rf"(?<![a-z])(?:sigma|gamma){_ZERO}", re.IGNORECASE),
    ),
)
"""Producers whose values are linear power unless they state otherwise."""
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
    """Return `VV`, `VH`, `HH` or `HV` if a text names exactly one of them, else None.

    A product's list (`VV+VH`) is ignored if a band of it is named as well. A text that otherwise
    names two is a ratio or a stack, and says nothing about one band.
    """
    names = {m.upper() for m in _POL.findall(_LIST.sub(" ", text))}
    return names.pop() if len(names) == 1 else None


def without_polarisation(text: str) -> str:
    """Return a text with `*` in place of every polarisation in it."""
    return _POL.sub("*", text)


def is_another_quantity(text: str, *, of_band: bool = False) -> bool:
    """Return whether a text describes something other than backscatter: an angle, a ratio, a mask.

    Args:
        text: A name, or the text of a tag.
        of_band: True for a band's name. A file may be named after an area or a slope that it shows.
    """
    split, pattern = _CAMEL.sub("_", text), _ELSE_BAND if of_band else _ELSE
    if pattern.search(text) or pattern.search(split):
        return True
    return of_band and polarisation(text) is None and len(set(_POL.findall(text.upper()))) > 1


def words(text: str) -> frozenset[str]:
    """Return the words of a band's name, in lower case, leaving out a product's name in it."""
    return frozenset(filter(None, re.split(r"[^a-z0-9°]+", _FULL_ID.sub(" ", text).lower())))


def is_neutral(words: Iterable[str]) -> bool:
    """Return whether no word states a polarisation, as in `Band 1`, `sigma0` or a date."""
    return all(_NEUTRAL.fullmatch(word) for word in words)


def is_unit_of_another_quantity(text: str) -> bool:
    """Return whether a band's unit is that of an angle or a length, unlike backscatter."""
    return bool(_NO_RADAR_UNIT.fullmatch(text))


def single_polarisation(text: str) -> str | None:
    """Return the only polarisation in a text or its product type (`1SSV`), else None."""
    product = product_polarisations(text)
    return polarisation(text) or (product if product in ("VV", "HH") else None)


def product_polarisations(text: str) -> str | None:
    """Return a Sentinel-1 product's polarisations by its name: `VV+VH`, `HH+HV`, `VV` or `HH`."""
    if match := _PRODUCT.search(text):
        return _PRODUCT_POLS[(match.group(1) or match.group(2)).upper()]
    return "HH+HV" if {name.upper() for name in _POL.findall(text)} == {"HH", "HV"} else None


def orbit_pass(tags: Mapping[str, str], texts: Texts) -> str | None:
    """Return `ascending` or `descending`, by the first tag or text that states one of them."""
    stated_by = [value for key, value in tags.items() if _PASS_TAG.search(key)]
    for text in (*stated_by, *(text for _, text in texts)):
        stated = {name for name, pattern in _PASSES.items() if pattern.search(text)}
        if len(stated) == 1:
            return stated.pop()
    return None


def unit(texts: Texts) -> tuple[str, str] | None:
    """Return the unit stated in names and tags.

    Returns:
        (`db`, `power` or `amplitude`; the reason), or None if no text states one.
    """
    for where, text in texts:
        if where.startswith(ALTERED):
            continue
        if match := _HYP3.search(text):
            name = _HYP3_UNITS[match.group(1).lower()]
            return name, Message("the HyP3 flag in the {} says {}", where, name)
        # "dB" settles it: "intensity_db" is dB whatever it was before.
        for name, pattern in _UNITS:
            if match := pattern.search(text):
                return name, Message("the {} says {}", where, repr(match.group()))
    return None


def conventional_unit(texts: Texts) -> tuple[str, str] | None:
    """Return the unit of a producer's files unless they state otherwise, and the reason.

    This is weaker than a statement: the file may have been converted under its old name.
    """
    texts = list(texts)
    for producer, pattern in _POWER_PRODUCERS:
        for where, text in texts:
            if not where.startswith(ALTERED) and (match := pattern.search(text)):
                return "power", Message(
                    "{} writes linear power ({} in the {})", producer, repr(match.group()), where
                )
    return None


def modality(texts: Texts) -> tuple[str, str, str]:
    """Return TerraMind's kind of radar image: `S1RTC` if terrain-flattened, else `S1GRD`.

    Returns:
        (kind, reason, `file` or `assumed`). Gamma0 alone is assumed to be terrain-flattened, as
        the output of SNAP's Terrain-Flattening and most archives of that name are; gamma0 that
        refers to the ellipsoid by its own statement (Sentinel Hub, pyroSAR's `elp`) is not.
    """
    texts = list(texts)
    for where, text in texts:
        if match := _FLATTENED.search(text):
            return (
                "S1RTC",
                Message("terrain-flattened: {} in the {}", repr(match.group()), where),
                "file",
            )
    for where, text in texts:
        if match := _ON_ELLIPSOID.search(text):
            return (
                "S1GRD",
                Message("not terrain-flattened: {} in the {}", repr(match.group()), where),
                "file",
            )
    for where, text in texts:
        if match := _GAMMA.search(text):
            why = Message(
                "{} in the {}, which usually is terrain-flattened", repr(match.group()), where
            )
            return "S1RTC", why, "assumed"
    for where, text in texts:
        if match := _GRD.search(text):
            return "S1GRD", Message("nothing but {} in the {}", repr(match.group()), where), "file"
    return "S1GRD", Message("nothing says that it is terrain-flattened"), "assumed"


def beta0(texts: Texts) -> str | None:
    """Return where the values are stated to be radar brightness (beta0), else None."""
    return next((where for where, text in texts if _BETA.search(text)), None)


@dataclass(frozen=True)
class BandName:
    """Content of a band according to its name.

    Attributes:
        polarisation: `VV`, `VH`, `HH`, `HV`, or None if nothing names one.
        other: Name of another quantity than backscatter (`angle`), or "".
        where: Origin of that name, or "".
    """

    polarisation: str | None = None
    other: str = ""
    where: str = ""

    @property
    def is_open(self) -> bool:
        """True if the band may still be either polarisation."""
        return self.polarisation is None and not self.other


@dataclass(frozen=True)
class FileMetadata:
    """Metadata of a file's bands.

    Attributes:
        name: File name.
        product: All texts about the whole file, as (origin, text): name, folder, tags.
        bands: Per band, all texts about it: description, tags, a VRT's source.
        tags: All tags of the file.
        band_tags: Per band, all its tags, and those of a VRT's source.
    """

    name: str
    product: tuple[Text, ...]
    bands: tuple[tuple[Text, ...], ...]
    tags: Mapping[str, str] = field(default_factory=dict)
    band_tags: tuple[Mapping[str, str], ...] = ()

    def band_names(self) -> tuple[BandName, ...]:
        """Return each band's content by its name; a lone band may be named by its file."""
        if len(self.bands) == 1:
            return (_named_in((*self.bands[0], *self.product)),)
        own = [words for texts in self.bands if (words := _own_words(texts)) is not None]
        # Words that all bands share say nothing about one of them.
        common = frozenset.intersection(*own) if len(own) > 1 else frozenset()
        return tuple(_named_in(texts, common) for texts in self.bands)

    def polarisations(self) -> tuple[str | None, ...]:
        """Return `VV`, `VH`, `HH`, `HV` or None per band."""
        return tuple(band.polarisation for band in self.band_names())

    def only(self) -> str | None:
        """Return the only polarisation in name, product type or tags of the file, if any."""
        return next(filter(None, (single_polarisation(text) for _, text in self.product)), None)

    def where(self, band: int) -> str:
        """Return the origin of the polarisation of a band (1-based), or ""."""
        return self.band_names()[band - 1].where


def _own_words(texts: tuple[Text, ...]) -> frozenset[str] | None:
    """Return the words of a band's own name, None if it has none."""
    return next((words(text) for where, text in texts if where.endswith(_NAMES)), None)


def _named_in(texts: tuple[Text, ...], common: frozenset[str] | None = None) -> BandName:
    """Return the content named by the first text with a polarisation or another quantity.

    Args:
        texts: Texts about a band.
        common: Words to ignore because all bands of the file have them; None: it is the only band,
            which may be named like its file.
    """
    for where, text in texts:
        of_band = where.endswith(_NAMES)
        of_angle = where.endswith("unit") and is_unit_of_another_quantity(text)
        if of_angle or is_another_quantity(text, of_band=of_band):
            return BandName(None, text, where)
        if pol := polarisation(text) if of_band else single_polarisation(text):
            return BandName(pol, "", where)
        if of_band and common is not None and not is_neutral(words(text) - common):
            return BandName(None, text, where)
    return BandName()
