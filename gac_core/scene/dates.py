"""When a radar scene was acquired: from its tags, else from its file name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import PurePath

ACQUISITION_TAGS = (
    "ACQUISITION_START_TIME",
    "ACQUISITION_DATETIME",
    "ACQUISITION_DATE",
    "ACQUISITION_TIME",
    "ZERO_DOPPLER_START_TIME",
    "START_DATETIME",
    "SENSING_START",
    "FIRST_LINE_TIME",
    "START_TIME",
    "STARTTIME",
    "SYSTEM:TIME_START",
    "S1_DATE",
    "DATETIME",
)
"""Tags for the acquisition time, as OPERA, SNAP, S1Tiling, Earth Engine and others write it."""

CREATION_TAG = "TIFFTAG_DATETIME"
"""The TIFF standard says: time of the file's creation. Some tools put the acquisition there."""

LAUNCH = datetime(2014, 4, 3)
"""Sentinel-1A's launch: nothing was acquired before."""

_DATE = r"(20\d{2})([-_:/.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])"
_TIME = r"([01]\d|2[0-3]):?([0-5]\d):?([0-5]\d)"
_STAMP = re.compile(rf"(?<!\d){_DATE}(?:[T_ -]?{_TIME}(?!\d)|(?!\d))", re.IGNORECASE)
_EPOCH_MS = re.compile(r"\d{12,13}(?:\.0)?$")


def read_date(tags: Mapping[str, str], names: Iterable[str]) -> tuple[datetime | None, str]:
    """When the scene was acquired and where that stands.

    The TIFF creation time counts only while no file name tells an earlier time: an acquisition
    comes before its processing, never after.

    Args:
        tags: The file's tags.
        names: File names or paths, most telling first; only their last part is read.

    Returns:
        The time (UTC, without zone) and `tag …` or `file name`; (None, "") where nothing tells.
    """
    upper = {key.upper(): value for key, value in tags.items()}
    for key in ACQUISITION_TAGS:
        if found := parse_date(upper.get(key, "")):
            return found, f"tag {key}"
    named = next((d for n in names if (d := parse_date(PurePath(n).name))), None)
    created = parse_date(upper.get(CREATION_TAG, ""))
    if created and not (named and named.date() < created.date()):
        return created, f"tag {CREATION_TAG}"
    return (named, "file name") if named else (None, "")


def parse_date(text: str) -> datetime | None:
    """The first date in a text that Sentinel-1 can have seen, or None.

    Takes `20180128T161201`, `2018-01-28T16:12:01Z`, `2018:01:28 16:12:01`, `20180128`, and Earth
    Engine's milliseconds since 1970.
    """
    text = text.strip()
    if _EPOCH_MS.match(text):
        seconds = float(text) / 1000.0
        return _plausible(datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None, microsecond=0))
    for match in _STAMP.finditer(text):
        year, _, month, day, *clock = match.groups()
        try:
            hour, minute, second = (int(c or 0) for c in clock)
            found = datetime(int(year), int(month), int(day), hour, minute, second)
        except ValueError:
            continue
        if _plausible(found):
            return found
    return None


def _plausible(when: datetime) -> datetime | None:
    return when if when >= LAUNCH else None
