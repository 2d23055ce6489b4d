"""What file names, band descriptions and tags say about a radar file.

Conventions read: SNAP (`Sigma0_VV_db`), ASF HyP3 (`…_DVP_RTC30_G_gpuned_FD6A_VV`), OPERA
(`OPERA_L2_RTC-S1_…`), Planetary Computer (`…_rtc`), Copernicus products (`S1A_IW_GRDH_1SDV_…`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_POL = re.compile(r"(?<![A-Za-z])(VV|VH|HH|HV)(?![A-Za-z])", re.IGNORECASE)
_HYP3 = re.compile(r"_RTC\d+_[A-Z]_[gs]([pda])[uf]\w{3}_", re.IGNORECASE)
_UNITS = (
    ("db", re.compile(r"(?<![a-z0-9])(?:db|decibels?)(?![a-z0-9])", re.IGNORECASE)),
    ("amplitude", re.compile(r"(?<![a-z])amplitude(?![a-z])", re.IGNORECASE)),
    ("power", re.compile(r"(?<![a-z])(?:linear|power|intensity)(?![a-z])", re.IGNORECASE)),
)
_HYP3_UNITS = {"p": "power", "d": "db", "a": "amplitude"}
_TERRAIN_FLATTENED = re.compile(
    r"(?<![a-z])rtc(?![a-z])|(?<![a-z])gamma[-_ ]?(?:0|nought|naught)(?![-_ ]?ellipsoid)",
    re.IGNORECASE,
)
_PRODUCT = re.compile(r"_(?:1S([SD][HV])|([SD][HV])[PRO]_RTC\d+)_", re.IGNORECASE)
_PRODUCT_POLS = {"SV": "VV", "SH": "HH", "DV": "VV+VH", "DH": "HH+HV"}


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


def unit(texts: Iterable[tuple[str, str]]) -> tuple[str, str] | None:
    """The unit that names and tags tell.

    Args:
        texts: (where it stands, text) pairs, most telling first.

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


def modality(texts: Iterable[str]) -> str:
    """TerraMind's name for this kind of radar image: `S1RTC` if terrain-flattened, else `S1GRD`.

    RTC is taken from the word itself (HyP3, OPERA, Planetary Computer) and from gamma0, which
    those products hold; ellipsoid gamma0 (Sentinel Hub's default) is not terrain-flattened.
    """
    return "S1RTC" if any(_TERRAIN_FLATTENED.search(text) for text in texts) else "S1GRD"
