"""Options: their presentation on the command line and in forms, and checks of their values."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import field, fields
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from .errors import RequestError
from .message import Message


class Option(NamedTuple):
    """Description of an option beside its name and default.

    Texts of forms are in English, marked by `message.later`; the form translates them with `tr`.

    Attributes:
        kind: `str`, `int`, `float`, `bool`, or `tuple` for several floats or paths.
        label: Label in forms; "": forms have a dedicated widget.
        help: Help text on the command line.
        metavar: Placeholder of the value on the command line.
        noun: Name in messages; "": the option's name with spaces.
        low: Smallest integer allowed.
        high: Largest integer allowed.
        choices: Allowed values; empty: any value of the type, or the integers from low to high.
        labels: Labels in forms, one for each choice or integer.
        unset: Text in forms for a missing value; "": a value is always set.
        is_advanced: True if forms collapse it by default.
        is_reading: True if it controls how the radar is read.
        is_optical: True if it concerns the optical reference.
        is_path: True for the path of a file, or (`tuple`) for the paths of several.
        is_inherited: True if a run that reuses another run's stages inherits its value.
        free_from: First stages for which such a run can still set its own value.
    """

    kind: type = str
    label: str = ""
    help: str = ""
    metavar: str | tuple[str, ...] | None = None
    noun: str = ""
    low: int | None = None
    high: int | None = None
    choices: tuple[Any, ...] = ()
    labels: tuple[str, ...] = ()
    unset: str = ""
    is_advanced: bool = False
    is_reading: bool = False
    is_optical: bool = False
    is_path: bool = False
    is_inherited: bool = True
    free_from: tuple[int, ...] = ()

    @property
    def values(self) -> Sequence[Any]:
        """Values that it can have: its choices, or the numbers of its range."""
        return self.choices or range(self.low or 0, (self.high or 0) + 1)


_KEY = "option"


def option(default: Any, **values: Any) -> Any:
    """Return a dataclass field with the option's default, described by `Option(**values)`."""
    return field(default=default, metadata={_KEY: Option(**values)})


def options_of(request: type) -> dict[str, Option]:
    """Return a dataclass's options by name, in field order; fields without one are left out."""
    return {f.name: f.metadata[_KEY] for f in fields(request) if _KEY in f.metadata}


def defaults_of(request: type) -> dict[str, Any]:
    """Return the defaults of a dataclass's options by name."""
    return {f.name: f.default for f in fields(request) if _KEY in f.metadata}


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
