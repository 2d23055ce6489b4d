"""Events of a command for programs: the worker's format, one line of JSON each."""

from __future__ import annotations

import json
from typing import Any

from gac_core.contract.errors import GacError, as_known
from gac_core.contract.redaction import redacted_values


def say(event: str, **values: Any) -> None:
    """Print one event and flush."""
    print(json.dumps(redacted_values({"event": event, **values})), flush=True)


def fail(error: Exception) -> None:
    """Print the failure of a command, as its last event."""
    failure = as_known(error)
    if isinstance(failure, GacError):
        say("error", code=failure.code, message=failure.message, remedy=failure.remedy, details="")
    else:
        say(
            "error",
            code="internal",
            message=f"GAC failed: {failure}",
            remedy="",
            details=type(failure).__name__,
        )
