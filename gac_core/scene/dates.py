"""Dates of acquisition in names, tags and netCDF's time axis."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import PurePath

from gac_core.contract.message import Message

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
    "TIME",
)
"""Tags for the acquisition time, as written by OPERA, SNAP, S1Tiling, Earth Engine and others, in
capitals and without word separators. The TIFF standard's `TIFFTAG_DATETIME` is not among them: it
states when the file was made."""
MAX_TAG_LENGTH = 4000
"""Maximum characters of a tag that is searched for a product's name: longer ones are whole logs."""
LAUNCH = datetime(2014, 4, 3)
"""Sentinel-1A's launch: nothing was acquired before."""
_DATE = r"(20\d{2})([-_:/.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])"
_TIME = r"([01]\d|2[0-3]):?([0-5]\d):?([0-5]\d)"
_STAMP = re.compile(rf"(?<!\d){_DATE}(?:[T_ -]?{_TIME}(?!\d)|(?!\d))", re.IGNORECASE)
_DAY_OF_YEAR = re.compile(
    r"(?<![a-z0-9])(?P<marked>(?:A|doy)[-_]?)?(?P<number>(20\d\d)-?([0-3]\d\d))"
    rf"(?P<timed>T{_TIME})?(?![a-z0-9]|-\d(?!\d{{6}}(?!\d)))",
    re.IGNORECASE,
)
"""Year and day of the year, as MODIS (`A2017230`), AppEEARS (`doy2017230`) and HLS
(`2017230T101031`) write them. A bare `2017230` may be the number of a parcel or a tile."""
_DAY_AND_MONTH = re.compile(
    r"(?<!\d)(?<!\d[-./])(?:(\d\d)([-_])(\d\d)\2(20\d\d)|(\d\d?)([./])(\d\d?)\6(20\d\d))(?!\d)"
)
"""Day and month in either order before the year."""
_RESOLUTIONS = {10, 20}
"""Sentinel-2's, in metres: `B04_10_20_2020` may name them before the year."""
_PRODUCT_DATE = re.compile(
    r"(?<![a-z0-9])(?:S1[A-D]|OPERA_L2_RTC-S1)[-_][\w-]{0,60}?(?<=[-_])(20\d{6}T\d{6})(?!\d)",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SNAP = re.compile(rf"(?<![a-z0-9])(\d\d)({'|'.join(_MONTHS)})(20\d\d)(?![a-z0-9])", re.IGNORECASE)
"""Date of a band in SNAP's stacks: `Sigma0_VV_slv1_03Sep2018`."""
_EPOCH_MS = re.compile(r"\d{12,13}(?:\.0)?$")
_CF_UNITS = re.compile(r"\s*(second|minute|hour|day)s?\s+since\s+(\S.*)", re.IGNORECASE)
_CF_AXIS = re.compile(
    r"(?:NETCDF_DIM_(t|time|date|datetime)(?:_VALUES)?|DIM_(t|time|date|datetime)_VALUE)$",
    re.IGNORECASE,
)
"""Position on the time axis, as GDAL reports it for netCDF and for Zarr."""
_EPOCH = datetime(1970, 1, 1)


def read_date(
    tags: Mapping[str, str], names: Iterable[tuple[str, str]]
) -> tuple[datetime | None, str]:
    """Return the acquisition time of a scene and where it is stated.

    A product's name has precedence, wherever it is: it is never changed by accident. Then follow
    tags for the acquisition, netCDF's time axis, and dates in other names. The time at which a
    file was made says nothing.

    Args:
        tags: Tags of the file.
        names: (origin, text) of names of bands, files and folders, the most informative first; of
            a path, only the last part is read.

    Returns:
        The time (UTC, without time zone) and `tag …` or the origin of the name; (None, "") if
        nothing states it.
    """
    basenames = [(where, PurePath(name).name) for where, name in names]
    for where, name in basenames:
        if when := _product_date(name):
            return when, where
    for key, value in tags.items():
        if len(value) <= MAX_TAG_LENGTH and (when := _product_date(value)):
            return when, Message("tag {}", key)
    normalised = {
        re.sub(r"[^A-Z0-9]", "", key.upper()): (key, value) for key, value in tags.items()
    }
    for tag in ACQUISITION_TAGS:
        if tag in normalised and (when := parse_date(normalised[tag][1])):
            key, value = normalised[tag]
            return when, explained(Message("tag {}", key.upper()), value)
    if axis := _axis_date(tags):
        return axis
    for where, name in basenames:
        if when := parse_date(name):
            return when, explained(where, name)
    return None, ""


def parse_date(text: str) -> datetime | None:
    """Return the first date in a text that is possible for Sentinel-1, or None.

    Accepts `20180128T161201`, `2018-01-28T16:12:01Z`, `2018:01:28 16:12:01`, `20180128`, SNAP's
    `28Jan2018`, Earth Engine's milliseconds since 1970, and the forms of `dates_in`. If a text
    contains a product's name, the date is that name's.
    """
    text = text.strip()
    if _EPOCH_MS.match(text):
        return _plausible(_EPOCH + timedelta(seconds=float(text) // 1000))
    return _product_date(text) or next(iter(dates_in(text)), None)


def dates_in(text: str) -> list[datetime]:
    """Return all dates in a text from Sentinel-1's launch on, in its order.

    They are those written as year, month and day; only if there are none, those by the day of the
    year (`A2017230`, `doy2017-230`) and those that end with the year (`18.08.2017`), if
    one of the two numbers before it can be no month.
    """
    dates = []
    for match in _STAMP.finditer(text):
        year, separator, month, day, *clock = match.groups()
        hour, minute, second = (int(c or 0) for c in clock)
        with suppress(ValueError):
            when = datetime(int(year), int(month), int(day), hour, minute, second)
            # Eight digits alone may be a number; what is surely a date is warned about later.
            if _is_past(when) or ((separator or clock[0]) and _plausible(when)):
                dates.append(when)
    return dates or [when for when, _ in _odd_dates(text)]


def explained(where: str, text: str) -> str:
    """Return the origin of a date; how it was read as well if it is not year, month and day."""
    when = parse_date(text)
    note = next((note for odd, note in _odd_dates(text) if odd == when), None)
    return where if note is None else Message("{} ({})", where, note)


def ambiguous_date(text: str) -> tuple[str, date, date] | None:
    """Return a date of which day and month may be meant the other way round, and what it may be."""
    for written, one, two, year in _before_the_year(text):
        with suppress(ValueError):
            pair = date(year, two, one), date(year, one, two)
            if one != two and year >= LAUNCH.year:
                return written, *pair
    return None


def _odd_dates(text: str) -> Iterator[tuple[datetime, str]]:
    """Yield dates by the day of the year or that end with the year, and how they were read."""
    end: int | None = None
    for match in _DAY_OF_YEAR.finditer(text):
        marked, _, year, number, timed, *clock = match.groups()
        # The end of a range may lack the mark: `A2020001-2020366`.
        is_end = end is not None and text[end : match.start()] == "-"
        if not marked and not timed and not is_end:
            continue
        end = match.end()
        hour, minute, second = (int(c or 0) for c in clock)
        first = datetime(int(year), 1, 1, hour, minute, second)
        day_of_year = first + timedelta(days=int(number) - 1)
        if day_of_year.year == first.year and int(number) and _is_past(day_of_year):
            yield day_of_year, Message("{}: day {} of the year", match["number"], int(number))
    for written, one, two, year in _before_the_year(text):
        day, month = (one, two) if two <= 12 else (two, one)
        if month > 12 or (day <= 12 and day != month):
            continue
        with suppress(ValueError):
            when = datetime(year, month, day)
            if _is_past(when) and day == one:
                yield when, Message("{}: day, month, year", written)
            elif _is_past(when):
                yield when, Message("{}: month, day, year", written)


def _before_the_year(text: str) -> Iterator[tuple[str, int, int, int]]:
    """Yield dates that end with the year: as written, the two numbers before it, the year."""
    for match in _DAY_AND_MONTH.finditer(text):
        numbers = match.group(1, 3, 4) if match.group(1) else match.group(5, 7, 8)
        one, two, year = map(int, numbers)
        if {one, two} != _RESOLUTIONS:
            yield match.group(), one, two, year


def _product_date(text: str) -> datetime | None:
    """Return the acquisition time from a product's name, or from SNAP's name of a stack's band."""
    for day, month, year in _SNAP.findall(text):
        with suppress(ValueError):
            return _plausible(datetime(int(year), 1 + _MONTHS.index(month.lower()), int(day)))
    for stamp in _PRODUCT_DATE.findall(text):
        with suppress(ValueError):
            if when := _plausible(datetime.strptime(stamp.upper(), "%Y%m%dT%H%M%S")):
                return when
    return None


def axis_dates(tags: Mapping[str, str]) -> list[date]:
    """Return the days on netCDF's time axis, each once, in order."""
    dates, _ = _axis(tags)
    return sorted({when.date() for when in dates})


def _axis_date(tags: Mapping[str, str]) -> tuple[datetime, str] | None:
    """Return the first position on netCDF's time axis, by the CF conventions, and its tag."""
    dates, where = _axis(tags)
    return (dates[0], where) if dates else None


def _axis(tags: Mapping[str, str]) -> tuple[list[datetime], str]:
    """Return the positions on netCDF's time axis, and the tag that has them."""
    # A band's own position has precedence over the list of all.
    for key, value in sorted(tags.items(), key=lambda tag: tag[0].endswith("_VALUES")):
        axis = _CF_AXIS.match(key)
        if axis is None:
            continue
        unit_text = tags.get(f"{axis.group(1)}#units") or tags.get(f"DIM_{axis.group(2)}_UNIT", "")
        units = _CF_UNITS.match(unit_text)
        if units is None:
            when = parse_date(value)
            dates = [when] if when else []
        else:
            dates = []
            with suppress(ValueError, OverflowError):
                since = datetime.fromisoformat(units.group(2).strip().removesuffix("Z"))
                unit = f"{units.group(1).lower()}s"
                for position in value.strip("{} ").split(","):
                    elapsed = timedelta(**{unit: float(position)})
                    when = (since.replace(tzinfo=None) + elapsed).replace(microsecond=0)
                    dates += [when] if _plausible(when) else []
        if dates:
            return dates, Message("tag {}", key)
    return [], ""


def _plausible(when: datetime) -> datetime | None:
    return when if when >= LAUNCH else None


def _is_past(when: datetime) -> bool:
    # A day more: clocks and time zones differ.
    return LAUNCH <= when <= datetime.now() + timedelta(days=1)
