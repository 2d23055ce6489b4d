"""Work on the environment or the models as a QGIS task, with progress and cancellation."""

from __future__ import annotations

import traceback
from typing import Callable

from qgis.core import QgsTask
from qgis.PyQt.QtCore import pyqtSignal

from gac_qgis_plugin.environment.plan import Tell
from gac_qgis_plugin.environment.processes import BuildCancelled
from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.words import tr

IsCancelled = Callable[[], bool]
Work = Callable[[Tell, IsCancelled], object]
"""Function that takes callbacks for progress and cancellation, and returns its result."""


class EnvironmentTask(QgsTask):
    """QGIS task that does work outside the main thread.

    Keep a reference to the task: QGIS does not run a task that Python has garbage-collected.

    Signals:
        told: Progress in percent, and a label.
        ended: The work's result and the problem (a PluginError or None). Cancelled: both None.
    """

    told = pyqtSignal(float, str)
    ended = pyqtSignal(object, object)

    def __init__(self, title: str, work: Work) -> None:
        super().__init__(title, QgsTask.Flag.CanCancel)
        self._work = work
        self._result: object = None
        self._problem: PluginError | None = None

    def run(self) -> bool:
        """Run the work. Called by QGIS on another thread."""
        try:
            self._result = self._work(self._tell, self.isCanceled)
        except BuildCancelled:
            return False
        except PluginError as problem:
            self._problem = problem
        except Exception as error:  # an exception that escapes from here aborts QGIS
            self._problem = PluginError(
                tr("Something unexpected happened: {}.").format(error),
                tr("This is a fault of the plugin; please report it with the details."),
                traceback.format_exc(),
            )
        return self._problem is None

    def finished(self, result: bool) -> None:
        """Emit the result. Called by QGIS on the main thread."""
        self.ended.emit(self._result, self._problem)

    def _tell(self, percent: float, text: str) -> None:
        self.setProgress(percent)
        self.told.emit(percent, text)
