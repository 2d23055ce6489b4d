"""What file names, band descriptions and tags say about a radar file.

Conventions read: SNAP (`Sigma0_VV_db`, `_Orb_NR_Cal_TF_TC`), pyroSAR (`VV_gamma0-rtc_db`,
`VV_sigma0-elp`), ASF HyP3 (`…_DVP_RTC30_G_gpuned_FD6A_VV`), OPERA (`OPERA_L2_RTC-S1_…`), Planetary
Computer (`iw-vv.rtc.tiff`), S1Tiling (`s1a_33NWB_vv_DES_007_…_GammaNaughtRTC`, its tags), Sentinel
Hub's coefficients (`GAMMA0_ELLIPSOID`), Copernicus products (`S1A_IW_GRDH_1SDV_…`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

Texts = Iterable[tuple[str, str]]
"""(where it stands, text) pairs, most telling first."""

_POL = re.compile(r"(?<![A-Za-z])(VV|VH|HH|HV)(?![A-Za-z])", re.IGNORECASE)
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
    r"|(?<![a-z])(?:sigma|gamma) calibrated|^(?:sigma|gamma)$|(?<![a-z])Cal_TC(?![a-z])",
    re.IGNORECASE,
)
_GRD = re.compile(r"(?<![a-z])GRD[FHM]?(?![a-z])", re.IGNORECASE)
_GAMMA = re.compile(rf"(?<![a-z])gamma{_ZERO}", re.IGNORECASE)
_BETA = re.compile(rf"(?<![a-z])beta{_ZERO}|^beta$|(?<![a-z])beta calibrated", re.IGNORECASE)


def polarisation(text: str) -> str | None:
    """`VV`, `VH`, `HH` or `HV` where a text names just one of them, else None.

    A text that names two is a ratio or a stack and tells nothing about one band.
    """
    found = {m.upper() for m in _POL.findall(text)}
    return found.pop() if len(found) == 1 else None


def product_polarisations(text: str) -> str | None:
    """`VV+VH`, `HH+HV`, `VV` or `HH`: what a Sentinel-1 product's name says that it holds."""
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
