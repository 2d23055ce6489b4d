"""Parsing of names: tile, date, processing baseline."""

from __future__ import annotations

import re

_TILE = re.compile(r"(?:^|[^A-Za-z0-9])(T\d{2}[C-HJ-NP-X][A-HJ-NP-Z][A-HJ-NP-V])(?![A-Za-z0-9])")
_WRITTEN = re.compile(r"T?(\d{1,2})([C-HJ-NP-X][A-HJ-NP-Z][A-HJ-NP-V])", re.IGNORECASE)
_SENSED = re.compile(r"MSIL[12][AC]_(\d{8})T\d{6}")
_BASELINE = re.compile(r"(?:^|_)N(\d{4})(?:_|$)")
_DIGITS = re.compile(r"^(\d{4})-?(\d{2})(?:-?(\d{2}))?(?:[T ].*)?$")

_STORABLE = re.compile(r"[A-Za-z0-9]([\w.+-]*[\w+-])?")
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_BYTES = 200
"""Maximum length of a name in UTF-8: with the suffixes of files stored for a pair, systems allow
255."""

UNNUMBERED = 9999
"""Baseline in names of products processed outside the ground segment, such as BigEarthNet's: no
information."""


def is_storable(name: str) -> bool:
    """Return whether a name is valid for files and folders on any system, and no path."""
    return (
        bool(_STORABLE.fullmatch(name))
        and not _DEVICES.fullmatch(name)
        and len(name.encode()) <= _BYTES
    )


def tile_in(name: str) -> str:
    """Return the Sentinel-2 tile in a name, with its `T`; "" if none."""
    match = _TILE.search(name)
    return match.group(1) if match else ""


def as_tile(text: str) -> str:
    """Return a tile's name in one spelling: `33uup` as `T33UUP`, ` Vienna ` as `Vienna`."""
    match = _WRITTEN.fullmatch(text.strip())
    return f"T{int(match.group(1)):02d}{match.group(2).upper()}" if match else text.strip()


def date_in(name: str) -> str:
    """Return the sensing date in a Sentinel-2 product's name, `YYYY-MM-DD`; "" if none."""
    match = _SENSED.search(name)
    return as_date(match.group(1)) if match else ""


def baseline_in(name: str) -> int | None:
    """Return the processing baseline in a product's name, 400 for `N0400`; None if unknown."""
    match = _BASELINE.search(name)
    if match is None or int(match.group(1)) == UNNUMBERED:
        return None
    return int(match.group(1))


def as_date(text: str) -> str:
    """Return a date as `YYYY-MM-DD` or `YYYY-MM`; "" if it is not a date.

    Accepts `20170613`, `2017-06-13`, `2017-06-13T10:10:31` and `201706`.
    """
    match = _DIGITS.match(text.strip())
    if match is None or not 1 <= int(match.group(2)) <= 12:
        return ""
    return "-".join(part for part in match.groups() if part)


def month_of(date: str) -> int:
    """Return the calendar month of a date from `as_date`; 0 for ""."""
    return int(date[5:7]) if date else 0
