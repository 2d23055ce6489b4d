"""Presentation of options on the command line and in forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, fields
from typing import Any, NamedTuple


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
