"""How an option is asked for, on the command line and in forms."""

from __future__ import annotations

from dataclasses import field, fields
from typing import Any, NamedTuple


class Option(NamedTuple):
    """What is to be known of an option beside its name and default.

    Texts of forms are English, marked by `message.later`; who shows them puts them through `tr`.

    Attributes:
        kind: `str`, `int`, `float`, `bool`, or `tuple` for several floats.
        label: In forms; "": forms have a widget of their own for it.
        help: On the command line.
        metavar: Likewise, of its value.
        noun: In messages; "": the name, in words.
        low: Least whole number.
        high: Greatest whole number.
        choices: Values that it can have; none: any of its type, or the numbers from low to high.
        labels: In forms, of each choice or number.
        unset: In forms, what is done where no value is given; "": there is always one.
        is_advanced: Whether forms fold it away at first.
        is_reading: Whether it says how to read the radar.
        is_inherited: Whether a run that builds upon another one takes over its value.
        free_from: First stages that such a run can begin at and still have a value of its own.
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
    is_inherited: bool = True
    free_from: tuple[int, ...] = ()


_KEY = "option"


def option(default: Any, **values: Any) -> Any:
    """Return a dataclass field with an option's default, described by `Option(**values)`."""
    return field(default=default, metadata={_KEY: Option(**values)})


def options_of(request: type) -> dict[str, Option]:
    """Return the options of a dataclass by name, in its order; fields without one are left out."""
    return {f.name: f.metadata[_KEY] for f in fields(request) if _KEY in f.metadata}


def defaults_of(request: type) -> dict[str, Any]:
    """Return the defaults of the same."""
    return {f.name: f.default for f in fields(request) if _KEY in f.metadata}
