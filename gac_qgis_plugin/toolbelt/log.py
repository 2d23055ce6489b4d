"""The 'GAC' tab of QGIS's log panel. May be called from any thread."""

from __future__ import annotations

from qgis.core import Qgis, QgsMessageLog

from gac_qgis_plugin.toolbelt.problem import PluginError

TAG = "GAC"
MAX_LENGTH = 4000
"""Characters of one message that are kept; a library may print a whole array on one line."""


def info(text: str) -> None:
    """Logs something that may help to understand a run."""
    QgsMessageLog.logMessage(text[:MAX_LENGTH], TAG, Qgis.MessageLevel.Info)


def warning(text: str) -> None:
    """Logs something that is odd but did no harm; QGIS flags the log panel."""
    QgsMessageLog.logMessage(text[:MAX_LENGTH], TAG, Qgis.MessageLevel.Warning)


def failure(problem: PluginError) -> None:
    """Logs a failure that the user is told of elsewhere."""
    parts = [problem.message, problem.remedy, problem.details]
    # notifyUser is off: the message bar tells the user already.
    QgsMessageLog.logMessage(
        "\n".join(p for p in parts if p)[:MAX_LENGTH], TAG, Qgis.MessageLevel.Critical, False
    )
