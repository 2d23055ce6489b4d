"""Checks of a request's values; what does not fit is a `RequestError` with what to give instead."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path
from typing import Any

from .errors import RequestError
from .message import Message


def require_rectangle(extent: tuple[float, float, float, float]) -> None:
    """Refuse an extent that is no rectangle; xmin > xmax is valid in degrees, across ±180°."""
    xmin, ymin, xmax, ymax = extent
    edges = " ".join(f"{edge:.10g}" for edge in extent)
    remedy = Message("Give it as xmin ymin xmax ymax with xmin < xmax and ymin < ymax.")
    if not all(math.isfinite(edge) for edge in extent):
        raise RequestError(
            Message("The extent {} contains a coordinate that is not finite.", edges),
            remedy,
            problem="extent-not-finite",
        )
    if xmin == xmax or ymin == ymax:
        raise RequestError(
            Message("The extent {} is empty.", edges), remedy, problem="extent-empty"
        )
    if ymin > ymax:
        raise RequestError(
            Message("The minimum of the extent {} exceeds its maximum.", edges),
            remedy,
            problem="extent-reversed",
        )


def as_paths(what: str, value: Any, remedy: str) -> tuple[str, ...]:
    """Return a list of paths as texts.

    Args:
        what: Name of the list in messages.
        value: The list.
        remedy: What to give instead of anything else.
    """
    paths = tuple(value) if isinstance(value, (list, tuple)) else ()
    if (value and not paths) or not all(isinstance(path, (str, Path)) for path in paths):
        raise RequestError(
            Message("The {} are {}.", what, repr(value)), remedy, problem="paths-not-a-list"
        )
    return tuple(str(path) for path in paths)


def as_extent(extent: Any) -> tuple[float, float, float, float]:
    """Return an extent as four numbers."""
    try:
        xmin, ymin, xmax, ymax = (float(edge) for edge in extent)
    except (TypeError, ValueError, OverflowError) as error:
        raise RequestError(
            Message("The extent is {}.", repr(extent)),
            Message("Give it as four numbers, xmin ymin xmax ymax."),
            problem="extent-not-numbers",
        ) from error
    return xmin, ymin, xmax, ymax


def require_text(what: str, value: str, kind: str) -> None:
    """Refuse values that cannot be a file name: other types, NUL, lone surrogates."""
    if not isinstance(value, str):
        raise RequestError(
            Message("The {} is {}.", what, repr(value)),
            Message("It must be a text: {}.", kind),
            problem="text-expected",
        )
    try:
        # Python keeps the bytes of a file name that are not UTF-8 as surrogate escapes.
        value.encode("utf-8", "surrogateescape")
        is_valid = "\0" not in value
    except UnicodeEncodeError:
        is_valid = False
    if not is_valid:
        raise RequestError(
            Message("The {} {} holds a character that no name can have.", what, repr(value)),
            Message("Type its name again."),
            problem="name-with-bad-character",
        )


def as_number(name: str, value: float) -> float:
    """Return a finite number."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise RequestError(
            Message("The {} is {}.", name, repr(value)),
            Message("It must be a number such as 0 or -9999."),
            problem="number-expected",
        )
    return float(value)


def require_choice(name: str, value: object, allowed: tuple[Any, ...]) -> None:
    """Refuse anything but the values of a list, whose types count too."""
    if value not in allowed or type(value) not in map(type, allowed):
        raise RequestError(
            Message("{} is {}.", name, repr(value)),
            Message("It can be {}.", ", ".join(map(str, allowed))),
            problem="choice-unknown",
        )


def require_switch(name: str, value: bool) -> None:
    """Refuse anything but true and false."""
    if not isinstance(value, bool):
        raise RequestError(
            Message("{} is {}.", name, repr(value)),
            Message("It can be true or false."),
            problem="true-or-false-expected",
        )


def require_range(name: str, value: int, low: int, high: int) -> None:
    """Refuse anything but an integer from `low` to `high`."""
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise RequestError(
            Message("{} is {}.", name, repr(value)),
            Message("It must be an integer from {} to {}.", low, high),
            problem="integer-out-of-range",
        )


def as_names(name: str, text: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names in a list with commas; blanks and an empty text are allowed.

    Args:
        name: Name of the list in messages.
        text: The list.
        allowed: Names that it can have; upper and lower case count as equal.
    """
    by_name = {each.upper(): each for each in allowed}
    names = [part.strip() for part in text.split(",")] if text.strip() else []
    for each in names:
        if each.upper() not in by_name:
            raise RequestError(
                Message("{} is {}.", name, repr(text)),
                Message("It can be {}.", ", ".join(allowed)),
                problem="name-unknown",
            )
    return tuple(by_name[each.upper()] for each in names)


def as_integers(name: str, text: str, high: int) -> tuple[int, ...]:
    """Return the integers from 0 to `high` in a list with commas."""
    parts = [part.strip() for part in text.split(",")] if text.strip() else []
    if not all(part.isascii() and part.isdigit() and int(part) <= high for part in parts):
        raise RequestError(
            Message("{} is {}.", name, repr(text)),
            Message("It must be integers from 0 to {}, with commas between them.", high),
            problem="integers-expected",
        )
    return tuple(int(part) for part in parts)


def require_date(name: str, text: str) -> None:
    """Refuse anything but a date such as 2021-07-06, or nothing."""
    try:
        if text:
            date.fromisoformat(text)
    except ValueError as error:
        raise RequestError(
            Message("{} is {}.", name, repr(text)),
            Message("Give it as 2021-07-06."),
            problem="date-expected",
        ) from error
