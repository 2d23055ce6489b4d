"""What went wrong, in words for the person who caused it or can cure it."""

from __future__ import annotations


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
