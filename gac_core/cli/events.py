"""What a command tells a program: events as the worker's, a line of JSON each."""

from __future__ import annotations

import json
from typing import Any

from gac_core.contract.errors import GacError, as_known
from gac_core.contract.redaction import redacted_values


def say(event: str, **values: Any) -> None:
    """Print one event now."""
    print(json.dumps(redacted_values({"event": event, **values})), flush=True)


def fail(error: Exception) -> None:
    """Print how a command failed, as its last event."""
    known = as_known(error)
    if isinstance(known, GacError):
        say("error", code=known.code, message=known.message, remedy=known.remedy, details="")
    else:
        say(
            "error",
            code="internal",
            message=f"GAC failed: {known}",
            remedy="",
            details=type(known).__name__,
        )
