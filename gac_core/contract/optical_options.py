"""Options of the optical reference: a Sentinel-2 image of the same place beside the radar.

`request.RunRequest` has a field for each. They cannot be a class that it inherits: fields of a base
come first, and in Python 3.9 those without a default, radar and folder, cannot follow.
"""

from __future__ import annotations

import re
from typing import Any

from .bands import OPTICAL_OFFSETS, OPTICAL_SCALES, OPTICAL_USES, SENSOR_BANDS
from .errors import RequestError
from .message import Message, later
from .options import as_names, option, require_date, require_text

MAX_FILES = 64
"""Maximum number of files of a reference: 13 bands and masks, of a few scenes side by side."""

IGNORED_BAND = "-"
"""Name for a band of a file that is none of Sentinel-2's."""

NO_CLOUDS = "none"
"""Mask of an image in which the user sees no clouds."""

MAX_MASK_VALUE = 65535
"""Largest value of a mask."""

_VALUE = re.compile(r"(\d{1,5}(?:\.\d{1,9})?)\s*-\s*(\d{1,5}(?:\.\d{1,9})?)", re.ASCII)

PATHS = Message("Give a list of paths.")

_BANDS = Message("optical bands")
_CLEAR = Message("clear values")
_DATE = Message("optical date")
_OPTICAL = {"is_advanced": True, "is_optical": True}

FILES: Any = option(
    (),
    kind=tuple,
    label=later("Sentinel-2 of the same place"),
    noun=later("optical files"),
    help="Sentinel-2 image of the same place: a file, a product, or a file for each band",
    metavar="FILE",
    is_path=True,
    **_OPTICAL,
)

MASK: Any = option(
    "",
    label=later("Cloud mask of it"),
    noun=later("cloud mask"),
    help="its clouds, as a raster or polygons; none: there are none; left out: what the product "
    "itself says",
    metavar="FILE",
    is_path=True,
    **_OPTICAL,
)

USE: Any = option(
    "auto",
    label=later("Use of it"),
    noun=later("optical use"),
    help="keep its clear pixels, or let it guide; auto: by the days between it and the radar",
    choices=OPTICAL_USES,
    labels=(
        later("By the days between"),
        later("Keep clear pixels, generate the others"),
        later("Guide only, generate all pixels"),
    ),
    **_OPTICAL,
)

DAYS: Any = option(
    3,
    kind=int,
    label=later("Days within which pixels are kept"),
    noun=later("optical days"),
    help="most days from the radar for which clear pixels are kept (3)",
    metavar="N",
    low=0,
    high=366,
    **_OPTICAL,
)

BANDS: Any = option(
    "",
    label=later("Bands of Sentinel-2, in file order"),
    noun=later("optical bands"),
    help="its bands in file order, such as B02,B03,B04,B08; - for any other",
    metavar="NAMES",
    **_OPTICAL,
)

SCALE: Any = option(
    "auto",
    label=later("Scale of Sentinel-2"),
    noun=later("optical scale"),
    help="dn: 10000 is a reflectance of 1; reflectance: 1 is; uint16: 65535 is",
    choices=OPTICAL_SCALES,
    labels=(later("Recognise"), later("0 to 10000"), later("0 to 1"), later("0 to 65535")),
    **_OPTICAL,
)

OFFSET: Any = option(
    None,
    kind=int,
    label=later("Offset of Sentinel-2"),
    noun=later("optical offset"),
    help="what is added to its values; 1000 from processing baseline 04.00 on",
    choices=OPTICAL_OFFSETS,
    labels=(later("0"), later("1000, from processing baseline 04.00 on")),
    unset=later("recognise"),
    **_OPTICAL,
)

DATE: Any = option(
    "",
    label=later("Date of Sentinel-2"),
    noun=later("optical date"),
    help="its date; left out: that of the file",
    metavar="YYYY-MM-DD",
    **_OPTICAL,
)

CLEAR: Any = option(
    "",
    label=later("Clear values of the mask"),
    noun=later("clear values"),
    help="values of its mask that are clear, such as 0 or 4,5,6 or 0-40 (0)",
    metavar="VALUES",
    **_OPTICAL,
)

MARGIN: Any = option(
    8,
    kind=int,
    label=later("Margin around clouds in pixels"),
    noun=later("margin around clouds"),
    help="pixels of 10 m by which clouds and shadows are grown (8)",
    metavar="N",
    low=0,
    high=100,
    **_OPTICAL,
)

OTHER: Any = option(
    (),
    kind=tuple,
    label=later("Sentinel-2 of another date"),
    noun=later("optical files of another date"),
    help="a Sentinel-2 image of another date, which guides where the first one is cloudy; both are "
    "read as the options say",
    metavar="FILE",
    is_path=True,
    **_OPTICAL,
)

OTHER_MASK: Any = option(
    "",
    label=later("Cloud mask of the other date"),
    noun=later("cloud mask of another date"),
    help="its clouds, likewise",
    metavar="FILE",
    is_path=True,
    **_OPTICAL,
)


def require_files(paths: tuple[str, ...]) -> None:
    """Refuse too many files, and names that no file can have."""
    if len(paths) > MAX_FILES:
        raise RequestError(
            Message("{} optical files were given.", len(paths)),
            Message("Give at most {}, all of one date.", MAX_FILES),
            problem="optical-file-count",
        )
    for path in paths:
        require_text(Message("optical file"), path, Message("a path or a name"))
    if not all(paths):
        raise RequestError(
            Message("An optical file without a name was given."),
            Message("Name the file."),
            problem="optical-file-unnamed",
        )


def require_first(paths: tuple[str, ...], other: tuple[str, ...]) -> None:
    """Refuse an image of another date without a first one."""
    if other and not paths:
        raise RequestError(
            Message("A Sentinel-2 image of another date was given, and no first one."),
            Message("Give it as the optical image itself."),
            problem="optical-other-alone",
        )


def require_lists(bands: str, clear: str, date: str) -> None:
    """Refuse a list of bands, a list of mask values or a date that cannot be read."""
    require_text(_BANDS, bands, Message("names with commas"))
    require_text(_CLEAR, clear, Message("values with commas"))
    require_text(_DATE, date, Message("a date such as 2021-07-06"))
    band_names(bands)
    mask_values(clear)
    require_date(_DATE, date)


def band_names(text: str) -> tuple[str, ...]:
    """Return the bands in a list with commas, `-` for any that is none of Sentinel-2's."""
    return as_names(_BANDS, text, (*SENSOR_BANDS, IGNORED_BAND))


def mask_values(text: str) -> tuple[int | tuple[float, float], ...]:
    """Return the integers and the ranges, such as 0-40 or 0.6-1, in a list with commas."""
    values: list[int | tuple[float, float]] = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        match = _VALUE.fullmatch(part)
        low, high = (float(each) for each in (match.groups("nan") if match else ("nan", "nan")))
        if part.isascii() and part.isdigit() and int(part) <= MAX_MASK_VALUE:
            values.append(int(part))
        elif match and low <= high <= MAX_MASK_VALUE:
            values.append((low, high))
        else:
            raise RequestError(
                Message("{} is {}.", _CLEAR, repr(text)),
                Message(
                    "It must be integers from 0 to {}, or ranges such as 0-40 and 0.6-1, with "
                    "commas between them.",
                    MAX_MASK_VALUE,
                ),
                problem="mask-values-expected",
            )
    return tuple(values)
