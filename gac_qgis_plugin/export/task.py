"""Export as a QGIS task with progress and cancellation."""

from __future__ import annotations

import traceback
from pathlib import Path

from qgis.core import QgsTask
from qgis.PyQt.QtCore import pyqtSignal

from gac_qgis_plugin.export.plan import ExportPlan
from gac_qgis_plugin.export.writing import ExportCancelled, export
from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.words import tr


class ExportTask(QgsTask):
    """QGIS task that writes the files of a plan outside the main thread.

    Keep a reference to the task: QGIS does not run a task that Python has garbage-collected.

    Signals:
        told: Progress in percent, and a label.
        ended: The files (a list of Path) and the problem (a PluginError or None); neither if
            cancelled.
    """

    told = pyqtSignal(float, str)
    ended = pyqtSignal(object, object)

    def __init__(self, plan: ExportPlan) -> None:
        super().__init__(tr("GAC: export {}").format(plan.stem), QgsTask.Flag.CanCancel)
        self.plan = plan
        self._files: list[Path] = []
        self._problem: PluginError | None = None

    def run(self) -> bool:
        """Export the files. Called by QGIS on another thread."""
        try:
            self._files = export(self.plan, self._tell)
        except ExportCancelled:
            return False
        except PluginError as problem:
            self._problem = problem
        except Exception as error:  # an exception that escapes from here aborts QGIS
            self._problem = PluginError(
                tr("The export failed: {}.").format(error),
                tr("This is a fault of the plugin; please report it with the details."),
                traceback.format_exc(),
            )
        return self._problem is None

    def finished(self, result: bool) -> None:
        """Emit the result. Called by QGIS on the main thread."""
        self.ended.emit(self._files, self._problem)

    def _tell(self, done: float, label: str) -> bool:
        percent = 100.0 * min(max(done, 0.0), 1.0)
        self.setProgress(percent)
        self.told.emit(percent, label)
        return not self.isCanceled()
