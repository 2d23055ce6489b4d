"""A bad input: how to make it, and what the user must see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.core.inputs.bench import Bench

Params = dict[str, Any]
"""Parameters of the worker's `run` that differ from a good run's."""


@dataclass(frozen=True)
class Fails:
    """The run must end in an error.

    Attributes:
        code: The error's code.
        message: Words that its message must have.
        remedy: Words that its remedy must have; a remedy there must be in any case.
    """

    code: str
    message: tuple[str, ...]
    remedy: tuple[str, ...] = ()


@dataclass(frozen=True)
class Runs:
    """The run must give a result.

    Attributes:
        notes: Words, each of which one of its notes must have.
    """

    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """One row of the table.

    Attributes:
        name: Unique, for the test's name.
        about: What is wrong, for the table.
        build: Makes the input and tells how the request differs from a good one.
        expect: How the run must end.
        fault: What GAC does wrong here today; the case must then fail. "": nothing.
        during: Stage (0: loading) at whose first sign of progress `meddle` is called.
        meddle: What happens to the input or the output meanwhile.
        check: What else must hold afterwards; raises `AssertionError`.
        method: The worker's method; `inspect` reads the inputs as a run would.
    """

    name: str
    about: str
    build: Callable[[Bench], Params]
    expect: Fails | Runs
    fault: str = ""
    during: int | None = None
    meddle: Callable[[Bench], None] | None = None
    check: Callable[[Bench], None] | None = None
    method: str = "run"


def fails(code: str, *message: str, remedy: str = "") -> Fails:
    """An error with these words in its message, and these in its remedy."""
    return Fails(code, message, (remedy,) if remedy else ())


def runs(*notes: str) -> Runs:
    """A result, with a note for each of these words."""
    return Runs(notes)
