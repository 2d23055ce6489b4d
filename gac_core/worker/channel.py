"""JSON lines between the worker and its caller (docs/architecture.md)."""

from __future__ import annotations

import io
import json
import math
import os
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TextIO

from gac_core.contract.bands import DEVICES
from gac_core.contract.errors import GacError, RequestError
from gac_core.contract.message import Message, with_words
from gac_core.contract.redaction import redacted_values
from gac_core.contract.request import (
    MAX_NAME_LENGTH,
    MAX_SEEDS,
    OPTICAL_OPTIONS,
    READING_OPTIONS,
    RunRequest,
)

INSPECTED = ("sar", *READING_OPTIONS, "extent", "extent_crs", *OPTICAL_OPTIONS)
"""Fields of a run's request that `inspect` takes too."""
LONGEST_SHOWN = 80
"""Maximum characters of an invalid value in a message."""
Params = dict[str, Any]


class Channel:
    """Output for events: one JSON object per line, from any thread."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def send(self, event: str, **fields: Any) -> None:
        """Write one event and flush, without secrets of addresses."""
        values = redacted_values(_finite({"event": event, **fields}))
        line = json.dumps(with_words(values), ensure_ascii=True)
        with self._lock:
            self._stream.write(line + "\n")
            self._stream.flush()


def claim_stdin() -> TextIO:
    """Reserve standard input for the protocol; other readers find it empty.

    GDAL opens certain file names as standard input (`/vsistdin/`, `/dev/stdin`), and files may
    refer to them: requests would be lost, and GDAL would wait for their end.
    """
    requests = os.dup(0)  # not inherited by child processes
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    # Invalid UTF-8 must fail as one bad request, not end the reading.
    return io.TextIOWrapper(os.fdopen(requests, "rb"), encoding="utf-8", errors="replace")


def claim_stdout() -> TextIO:
    """Reserve standard output for the protocol; other output goes to standard error."""
    stream, sys.stdout = sys.stdout, sys.stderr
    return stream


def parse(line: str) -> tuple[str, str, dict[str, Any]]:
    """Return (id, method, params) of a request line.

    Raises:
        GacError: If the line is no request.
    """
    try:
        message = json.loads(line)
        ident, method = message["id"], message["method"]
        params = message.get("params") or {}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise GacError(
            Message("The worker was sent something that is not a request: {}.", repr(error)),
            problem="request-unreadable",
        ) from error
    if not (isinstance(ident, str) and isinstance(method, str) and isinstance(params, dict)):
        raise GacError(
            Message("The worker was sent a request of the wrong types."),
            problem="request-types-wrong",
        )
    return ident, method, params


def _finite(value: Any) -> Any:
    """Replace NaN and infinities, which JSON does not support, by None."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {k: _finite(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(v) for v in value]
    return value


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
    return isinstance(value, str) and 0 < len(value) <= MAX_NAME_LENGTH and "\0" not in value


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
        "seeds": Kind(_whole(2, MAX_SEEDS), f"a whole number, 2 to {MAX_SEEDS}"),
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
        raise RequestError(
            Message("{} of {} is {}.", name, repr(method), text),
            Message("It can be {}. {}", kind.words, _SEE),
            problem="parameter-wrong",
        )


_SEE = Message("docs/architecture.md describes the worker's methods.")


def inspect_request(params: Params) -> RunRequest:
    """Return the request for `inspect`, for which the output folder does not matter.

    Raises:
        RequestError: If a value is out of range or of the wrong type.
    """
    values = {name: params[name] for name in INSPECTED if params.get(name) is not None}
    return RunRequest.from_dict({**values, "out": "."})
