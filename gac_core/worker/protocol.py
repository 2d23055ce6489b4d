"""JSON lines between the worker and whoever started it (docs/architecture.md)."""

from __future__ import annotations

import io
import json
import math
import os
import sys
import threading
from typing import Any, TextIO

from gac_core.contract.errors import GacError
from gac_core.contract.redaction import redacted_values

VERSION = 1


class Channel:
    """Where events go: one JSON object a line, from any thread."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def send(self, event: str, **fields: Any) -> None:
        """Write one event now, without the secrets of addresses."""
        values = redacted_values(_finite({"event": event, **fields}))
        line = json.dumps(values, ensure_ascii=True)
        with self._lock:
            self._stream.write(line + "\n")
            self._stream.flush()


def claim_stdin() -> TextIO:
    """Take standard input for the protocol; whatever else reads it finds it empty.

    GDAL opens a file's name for it (`/vsistdin/`, `/dev/stdin`), and files may name it in turn:
    orders would be lost, and their end waited for.
    """
    orders = os.dup(0)  # not inherited by processes that are started
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    # Bytes that are no UTF-8 are one bad request, not the end of all reading.
    return io.TextIOWrapper(os.fdopen(orders, "rb"), encoding="utf-8", errors="replace")


def claim_stdout() -> TextIO:
    """Take standard output for the protocol; whatever else is printed goes to standard error."""
    stream, sys.stdout = sys.stdout, sys.stderr
    return stream


def parse(line: str) -> tuple[str, str, dict[str, Any]]:
    """(id, method, params) of a request line.

    Raises:
        GacError: If the line is no request.
    """
    try:
        message = json.loads(line)
        ident, method = message["id"], message["method"]
        params = message.get("params") or {}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise GacError(f"The worker was sent something that is no request: {error!r}.") from error
    if not (isinstance(ident, str) and isinstance(method, str) and isinstance(params, dict)):
        raise GacError("The worker was sent a request of the wrong types.")
    return ident, method, params


def _finite(value: Any) -> Any:
    """JSON knows no NaN and no infinity: null takes their place."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {k: _finite(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(v) for v in value]
    return value
