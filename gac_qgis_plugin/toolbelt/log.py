"""The 'GAC' tab of QGIS's log panel. May be called from any thread."""

from __future__ import annotations

from qgis.core import Qgis, QgsMessageLog

from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.redaction import redacted

TAG = "GAC"
MAX_LENGTH = 4000
"""Characters of one message that are kept; a library may print a whole array on one line."""


def info(text: str) -> None:
    """Logs something that may help to understand a run."""
    _log(text, Qgis.MessageLevel.Info)


def warning(text: str) -> None:
    """Logs something that is odd but did no harm; QGIS flags the log panel."""
    _log(text, Qgis.MessageLevel.Warning)


def failure(problem: PluginError) -> None:
    """Logs a failure that the user is told of elsewhere."""
    parts = [problem.message, problem.remedy, problem.details]
    # The message bar tells the user already.
    _log("\n".join(p for p in parts if p), Qgis.MessageLevel.Critical, notify=False)


def _log(text: str, level: Qgis.MessageLevel, *, notify: bool = True) -> None:
    # Cut twice: masks make a text shorter, and one without end would take long to look through.
    whole = redacted(text[: 4 * MAX_LENGTH])
    QgsMessageLog.logMessage(whole[:MAX_LENGTH], TAG, level, notify)
