"""What went wrong, in words for the person who caused it or can cure it."""

from __future__ import annotations

from typing import Any


class PluginError(Exception):
    """A failure as the user will read it.

    Attributes:
        message: What is wrong, and with which input.
        remedy: What to do now. May be empty.
        details: Text for a bug report: a traceback, the worker's last words. May be empty.
    """

    def __init__(self, message: str, remedy: str = "", details: str = "") -> None:
        super().__init__(f"{message} {remedy}".strip())
        self.message = message
        self.remedy = remedy
        self.details = details

    @classmethod
    def from_event(cls, event: dict[str, Any]) -> PluginError:
        """The failure that an `error` event of the worker tells of."""
        return cls(
            str(event.get("message") or "The worker reported an error without a word about it."),
            str(event.get("remedy") or ""),
            str(event.get("details") or ""),
        )
