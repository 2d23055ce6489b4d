"""What names tell: tile, date, processing baseline."""

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
"""Longest name in UTF-8: with the endings of what is kept for a pair, systems allow 255."""

UNNUMBERED = 9999
"""The baseline in names of products that were processed outside the ground segment, such as
BigEarthNet's: it tells nothing."""


def is_storable(name: str) -> bool:
    """Whether files and folders can be called so on any system, and stay where they belong."""
    return (
        bool(_STORABLE.fullmatch(name))
        and not _DEVICES.fullmatch(name)
        and len(name.encode()) <= _BYTES
    )


def tile_in(name: str) -> str:
    """The Sentinel-2 tile in a name, with its `T`; "" where there is none."""
    found = _TILE.search(name)
    return found.group(1) if found else ""


def as_tile(text: str) -> str:
    """A tile's name in one spelling: `33uup` and `T33UUP` are one, ` Vienna ` is `Vienna`."""
    found = _WRITTEN.fullmatch(text.strip())
    return f"T{int(found.group(1)):02d}{found.group(2).upper()}" if found else text.strip()


def date_in(name: str) -> str:
    """The sensing date in a Sentinel-2 product's name, `YYYY-MM-DD`; "" where there is none."""
    found = _SENSED.search(name)
    return as_date(found.group(1)) if found else ""


def baseline_in(name: str) -> int | None:
    """The processing baseline in a product's name, 400 for `N0400`; None: none that tells."""
    found = _BASELINE.search(name)
    if found is None or int(found.group(1)) == UNNUMBERED:
        return None
    return int(found.group(1))


def as_date(text: str) -> str:
    """`20170613`, `2017-06-13`, `2017-06-13T10:10:31`, `201706`: as `YYYY-MM-DD` or `YYYY-MM`.

    "" for anything else.
    """
    found = _DIGITS.match(text.strip())
    if found is None or not 1 <= int(found.group(2)) <= 12:
        return ""
    return "-".join(part for part in found.groups() if part)


def month_of(date: str) -> int:
    """The calendar month of what `as_date` gives; 0 for ""."""
    return int(date[5:7]) if date else 0
