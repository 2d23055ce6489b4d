"""Problems in words for users, and texts without secrets."""

from __future__ import annotations

from pathlib import PurePosixPath

from gac_qgis_plugin.contract import redaction

MASKS = (redaction.MARK, "…")
"""What stands for a secret; the second in settings of older versions."""
redacted = redaction.redacted_text
redacted_json = redaction.redacted_values


def file_name(source: str) -> str:
    """Return the last part of a file's path or address, as its display name."""
    path = redaction.address_path(redacted(source)).replace("\\", "/")
    return PurePosixPath(path).name or redaction.MARK


class PluginError(Exception):
    """A failure as shown to the user.

    Passwords and tokens in it are masked: it is shown, logged, and pasted into reports.

    Attributes:
        message: What is wrong, and with which input.
        remedy: What to do now. May be empty.
        details: Text for a bug report, e.g. a traceback or the worker's last output. May be empty.
        problem: Short stable identifier of the very problem, as of the engine's errors; empty for
            none.
    """

    def __init__(
        self, message: str, remedy: str = "", details: str = "", *, problem: str = ""
    ) -> None:
        self.problem = problem
        self.message = redacted(message)
        self.remedy = redacted(remedy)
        self.details = redacted(details)
        super().__init__(f"{self.message} {self.remedy}".strip())
