"""Work on the environment or the models: a task of QGIS with progress, that can be cancelled."""

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
"""Gets whom to tell of progress and whether it is cancelled; gives its result."""


class EnvironmentTask(QgsTask):
    """Does work beside the main thread.

    Keep a reference to the task: QGIS does not run a task that Python has forgotten.

    Signals:
        told: How far it is, in percent, and with what.
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
        """Works. Called by QGIS on another thread."""
        try:
            self._result = self._work(self._tell, self.isCanceled)
        except BuildCancelled:
            return False
        except PluginError as problem:
            self._problem = problem
        except Exception as error:  # whatever escapes from here aborts QGIS
            self._problem = PluginError(
                tr("Something unexpected happened: {}.").format(error),
                tr("This is a fault of the plugin; please report it with the details."),
                traceback.format_exc(),
            )
        return self._problem is None

    def finished(self, result: bool) -> None:
        """Tells how it ended. Called by QGIS on the main thread."""
        self.ended.emit(self._result, self._problem)

    def _tell(self, percent: float, text: str) -> None:
        self.setProgress(percent)
        self.told.emit(percent, text)
