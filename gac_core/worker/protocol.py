"""JSON lines between the worker and its caller (docs/architecture.md)."""

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
    """Output for events: one JSON object per line, from any thread."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def send(self, event: str, **fields: Any) -> None:
        """Write one event and flush, without secrets of addresses."""
        values = redacted_values(_finite({"event": event, **fields}))
        line = json.dumps(values, ensure_ascii=True)
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
        raise GacError(f"The worker was sent something that is no request: {error!r}.") from error
    if not (isinstance(ident, str) and isinstance(method, str) and isinstance(params, dict)):
        raise GacError("The worker was sent a request of the wrong types.")
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
