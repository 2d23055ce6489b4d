"""Logging to the 'GAC' tab of QGIS's log panel; may be called from any thread."""

from __future__ import annotations

from qgis.core import Qgis, QgsMessageLog

from gac_qgis_plugin.core.problems import PluginError, redacted

TAG = "GAC"
MAX_LENGTH = 4000
"""Maximum number of characters of a message; a library may print a whole array on one line."""


def info(text: str) -> None:
    """Log something that may help to understand a run."""
    _log(text, Qgis.MessageLevel.Info)


def warning(text: str) -> None:
    """Log something odd but harmless; QGIS flags the log panel."""
    _log(text, Qgis.MessageLevel.Warning)


def failure(problem: PluginError) -> None:
    """Log a failure that the user is told of elsewhere."""
    parts = [problem.message, problem.remedy, problem.details]
    # The message bar shows it already.
    _log("\n".join(p for p in parts if p), Qgis.MessageLevel.Critical, notify=False)


def _log(text: str, level: Qgis.MessageLevel, *, notify: bool = True) -> None:
    # Cut twice: masking shortens a text, and searching an unlimited one would take long.
    masked = redacted(text[: 4 * MAX_LENGTH])
    QgsMessageLog.logMessage(masked[:MAX_LENGTH], TAG, level, notify)
