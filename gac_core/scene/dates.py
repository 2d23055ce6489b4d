"""The date of a radar scene: from a product's name, tags, netCDF's time, or other names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import PurePath

ACQUISITION_TAGS = (
    "ACQUISITIONSTARTTIME",
    "ACQUISITIONDATETIME",
    "ACQUISITIONDATE",
    "ACQUISITIONTIME",
    "ZERODOPPLERSTARTTIME",
    "STARTDATETIME",
    "SENSINGSTART",
    "SENSINGTIME",
    "SENSINGDATE",
    "FIRSTLINETIME",
    "STARTTIME",
    "STARTDATE",
    "BEGINPOSITION",
    "TIMECOVERAGESTART",
    "SYSTEMTIMESTART",
    "S1DATE",
    "DATETIME",
    "DATE",
)
"""Tags for the acquisition time, as OPERA, SNAP, S1Tiling, Earth Engine and others write it, in
capitals and without what parts their words. The TIFF standard's `TIFFTAG_DATETIME` is none of them:
it says when the file was made."""

LONGEST_TAG = 4000
"""Letters of a tag that are searched for a product's name: longer ones are whole logs."""

LAUNCH = datetime(2014, 4, 3)
"""Sentinel-1A's launch: nothing was acquired before."""

_DATE = r"(20\d{2})([-_:/.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])"
_TIME = r"([01]\d|2[0-3]):?([0-5]\d):?([0-5]\d)"
_STAMP = re.compile(rf"(?<!\d){_DATE}(?:[T_ -]?{_TIME}(?!\d)|(?!\d))", re.IGNORECASE)
_PRODUCT = re.compile(
    r"(?<![a-z0-9])(?:S1[A-D]|OPERA_L2_RTC-S1)[-_][\w-]{0,60}?(?<=[-_])(20\d{6}T\d{6})(?!\d)",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SNAP = re.compile(rf"(?<![a-z0-9])(\d\d)({'|'.join(_MONTHS)})(20\d\d)(?![a-z0-9])", re.IGNORECASE)
"""The day of a band in SNAP's stacks: `Sigma0_VV_slv1_03Sep2018`."""

_EPOCH_MS = re.compile(r"\d{12,13}(?:\.0)?$")
_CF_UNITS = re.compile(r"\s*(second|minute|hour|day)s?\s+since\s+(\S.*)", re.IGNORECASE)
_CF_AXIS = re.compile(
    r"(?:NETCDF_DIM_(t|time|date|datetime)(?:_VALUES)?|DIM_(t|time|date|datetime)_VALUE)$",
    re.IGNORECASE,
)
"""The place on the axis of time, as GDAL tells it of netCDF and of Zarr."""

_EPOCH = datetime(1970, 1, 1)


def read_date(
    tags: Mapping[str, str], names: Iterable[tuple[str, str]]
) -> tuple[datetime | None, str]:
    """Return when the scene was acquired and where that stands.

    A product's name comes first, wherever it stands: nobody changes it by accident. Then come tags
    for the acquisition, netCDF's time, and dates in other names. When a file was made tells
    nothing.

    Args:
        tags: The file's tags.
        names: (where it stands, text) of names of bands, files and folders, most telling first;
            of a path only the last part is read.

    Returns:
        The time (UTC, without zone) and `tag …` or where the name stands; (None, "") where nothing
        tells.
    """
    ends = [(where, PurePath(name).name) for where, name in names]
    for where, name in ends:
        if when := _of_product(name):
            return when, where
    for key, value in tags.items():
        if len(value) <= LONGEST_TAG and (when := _of_product(value)):
            return when, f"tag {key}"
    plain = {re.sub(r"[^A-Z0-9]", "", key.upper()): (key, value) for key, value in tags.items()}
    for tag in ACQUISITION_TAGS:
        if tag in plain and (when := parse_date(plain[tag][1])):
            return when, f"tag {plain[tag][0].upper()}"
    if axis := _of_axis(tags):
        return axis
    for where, name in ends:
        if when := parse_date(name):
            return when, where
    return None, ""


def parse_date(text: str) -> datetime | None:
    """Return the first date in a text that Sentinel-1 can have seen, or None.

    Takes `20180128T161201`, `2018-01-28T16:12:01Z`, `2018:01:28 16:12:01`, `20180128`, SNAP's
    `28Jan2018`, and Earth Engine's milliseconds since 1970. Of a text with a product's name that
    name's.
    """
    text = text.strip()
    if _EPOCH_MS.match(text):
        return _plausible(_EPOCH + timedelta(seconds=float(text) // 1000))
    if when := _of_product(text):
        return when
    for match in _STAMP.finditer(text):
        year, _, month, day, *clock = match.groups()
        try:
            hour, minute, second = (int(c or 0) for c in clock)
            when = datetime(int(year), int(month), int(day), hour, minute, second)
        except ValueError:
            continue
        if _plausible(when):
            return when
    return None


def _of_product(text: str) -> datetime | None:
    """The acquisition by a product's name in a text, or by SNAP's name of a band in a stack."""
    for day, month, year in _SNAP.findall(text):
        with suppress(ValueError):
            return _plausible(datetime(int(year), 1 + _MONTHS.index(month.lower()), int(day)))
    for stamp in _PRODUCT.findall(text):
        with suppress(ValueError):
            if when := _plausible(datetime.strptime(stamp.upper(), "%Y%m%dT%H%M%S")):
                return when
    return None


def _of_axis(tags: Mapping[str, str]) -> tuple[datetime, str] | None:
    """The first place on netCDF's axis of time, counted as the CF conventions do, and its tag."""
    # A band's own place comes before the list of all.
    for key, value in sorted(tags.items(), key=lambda tag: tag[0].endswith("_VALUES")):
        axis = _CF_AXIS.match(key)
        if axis is None:
            continue
        counted = tags.get(f"{axis.group(1)}#units") or tags.get(f"DIM_{axis.group(2)}_UNIT", "")
        units = _CF_UNITS.match(counted)
        if units is None:
            when = parse_date(value)
        else:
            when = None
            with suppress(ValueError, OverflowError):
                since = datetime.fromisoformat(units.group(2).strip().removesuffix("Z"))
                first = float(value.strip("{} ").split(",")[0])
                passed = timedelta(**{f"{units.group(1).lower()}s": first})
                when = _plausible((since.replace(tzinfo=None) + passed).replace(microsecond=0))
        if when:
            return when, f"tag {key}"
    return None


def _plausible(when: datetime) -> datetime | None:
    return when if when >= LAUNCH else None
