"""Failures, worded for the user."""

from __future__ import annotations

from gac_qgis_plugin.toolbelt.redaction import redacted


class PluginError(Exception):
    """A failure as shown to the user.

    Passwords and tokens in it are masked: it is shown, logged, and pasted into reports.

    Attributes:
        message: What is wrong, and with which input.
        remedy: What to do now. May be empty.
        details: Text for a bug report, e.g. a traceback or the worker's last output. May be empty.
    """

    def __init__(self, message: str, remedy: str = "", details: str = "") -> None:
        self.message = redacted(message)
        self.remedy = redacted(remedy)
        self.details = redacted(details)
        super().__init__(f"{self.message} {self.remedy}".strip())
