"""Parameters of the worker's methods: a table for validation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from gac_core.contract.bands import DEVICES
from gac_core.contract.errors import RequestError
from gac_core.contract.request import LONGEST_NAME, MOST_SEEDS, READING, RunRequest

INSPECTED = ("sar", *READING, "extent", "extent_crs")
"""Fields of a run's request that `inspect` takes too."""

LONGEST_SHOWN = 80
"""Maximum characters of an invalid value in a message."""

Params = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """Type of a parameter.

    Attributes:
        fits: Returns whether a value is valid.
        words: Description of valid values, for people.
        optional: True if it may be missing or null.
    """

    fits: Callable[[Any], bool]
    words: str
    optional: bool = False


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_NAME and "\0" not in value


def _whole(low: int, high: int) -> Callable[[Any], bool]:
    return lambda value: type(value) is int and low <= value <= high


_FOLDER = Kind(_is_name, "the folder of a run")
_STAGE = Kind(_whole(1, 3), "1, 2 or 3")
TABLE: Mapping[str, Mapping[str, Kind]] = {
    "warm": {
        "bundle": Kind(_is_name, "the name or folder of a bundle", optional=True),
        "device": Kind(
            lambda value: isinstance(value, str) and value in DEVICES,
            ", ".join(DEVICES),
            optional=True,
        ),
    },
    "agreement": {"run": _FOLDER, "stage": _STAGE},
    "doubt": {"run": _FOLDER, "stage": _STAGE},
    "spread": {
        "run": _FOLDER,
        "seeds": Kind(_whole(2, MOST_SEEDS), f"a whole number, 2 to {MOST_SEEDS}"),
    },
}
"""Methods without a run's request; those with one are validated by `RunRequest`."""


def require_params(method: str, params: Params) -> None:
    """Check the parameters of a method.

    Raises:
        RequestError: If a parameter is missing, of another type, or out of range.
    """
    for name, kind in TABLE.get(method, {}).items():
        value = params.get(name)
        if (value is None and kind.optional) or kind.fits(value):
            continue
        text = repr(value)
        text = text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
        raise RequestError(f"{name} of {method!r} is {text}.", f"It can be {kind.words}. {_SEE}")


_SEE = "docs/architecture.md describes the worker's methods."


def inspected(params: Params) -> RunRequest:
    """Return the request for `inspect`, for which the output folder does not matter.

    Raises:
        RequestError: If a value is out of range or of the wrong type.
    """
    values = {name: params[name] for name in INSPECTED if params.get(name) is not None}
    return RunRequest.from_dict({**values, "out": "."})
