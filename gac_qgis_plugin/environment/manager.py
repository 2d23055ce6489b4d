"""Manager of the plugin's environment: its state, and background work on it."""

from __future__ import annotations

import os
import traceback
from pathlib import Path
from typing import Callable

from qgis.core import QgsApplication, QgsTask
from qgis.PyQt.QtCore import QObject, pyqtSignal

from gac_qgis_plugin.core import log
from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.core.processes import Cancelled
from gac_qgis_plugin.core.settings import PluginSettings
from gac_qgis_plugin.environment import build, choices, state
from gac_qgis_plugin.environment.plan import Plan, ProgressCallback, managed_home
from gac_qgis_plugin.environment.state import State
from gac_qgis_plugin.worker.engine import has_checkout_environment

IsCancelled = Callable[[], bool]
Work = Callable[[ProgressCallback, IsCancelled], object]
"""Function that takes callbacks for progress and cancellation, and returns its result."""

STOP_WAIT_MS = 8_000


class BackgroundTask(QgsTask):
    """QGIS task that does work outside the main thread.

    Keep a reference to the task: QGIS does not run a task that Python has garbage-collected.

    Signals:
        progressed: Progress in percent, and a label.
        ended: The work's result and the problem (a PluginError or None). Cancelled: both None.
    """

    progressed = pyqtSignal(float, str)
    ended = pyqtSignal(object, object)

    def __init__(self, title: str, work: Work) -> None:
        super().__init__(title, QgsTask.Flag.CanCancel)
        self._work = work
        self._result: object = None
        self._problem: PluginError | None = None

    def run(self) -> bool:
        """Run the work. Called by QGIS on another thread."""
        try:
            self._result = self._work(self._report, self.isCanceled)
        except Cancelled:
            return False
        except PluginError as problem:
            self._problem = problem
        except Exception as error:  # an exception that escapes from here aborts QGIS
            self._problem = PluginError(
                tr("Something unexpected happened: {}.").format(error),
                tr("This is a fault of the plugin; please report it with the details."),
                traceback.format_exc(),
                problem="environment-fault",
            )
        return self._problem is None

    def finished(self, result: bool) -> None:
        """Emit the result. Called by QGIS on the main thread."""
        self.ended.emit(self._result, self._problem)

    def _report(self, percent: float, text: str) -> None:
        self.setProgress(percent)
        self.progressed.emit(percent, text)


class EnvironmentManager(QObject):
    """State of the environment, and operations that change it, one at a time.

    Attributes:
        state: The environment's state.
        unused_gpu: Name of a GPU that the environment's PyTorch cannot use, see
            `choices.unused_gpu`; empty until `check` has looked.

    Signals:
        changed: The state, or whether an operation is active, may have changed.
        progressed: Progress in percent, and a label.
        ended: The operation is over; its problem (a PluginError), or None if done or cancelled.
    """

    changed = pyqtSignal()
    progressed = pyqtSignal(float, str)
    ended = pyqtSignal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = State(state.ABSENT, managed_home())
        self.unused_gpu = ""
        self._task: BackgroundTask | None = None
        self._check: BackgroundTask | None = None
        self.refresh()

    @property
    def is_working(self) -> bool:
        """True while the environment is being built, repaired, or removed."""
        return self._task is not None

    @property
    def is_in_charge(self) -> bool:
        """True if the worker depends on this environment rather than on one chosen by the user."""
        python = PluginSettings.load().worker_python or os.environ.get("GAC_PYTHON")
        if python:
            return False
        return self.state.condition != state.ABSENT or not has_checkout_environment()

    @property
    def blocks_runs(self) -> bool:
        """True if no worker can be started before the environment is built or repaired."""
        if not self.is_in_charge or (self.state.is_usable and not self.is_working):
            return False
        return self.is_working or not has_checkout_environment()

    def refresh(self) -> None:
        """Read the environment's records; takes milliseconds."""
        if not self.is_working:
            self.state = state.read_state(managed_home())
            if self.state.marker is None or self.state.marker.build:
                self.unused_gpu = ""
            self.changed.emit()

    def check(self) -> None:
        """Check every file of every package, and the GPUs, in the background; takes seconds."""
        if self._task is not None or self._check is not None or not self.state.is_usable:
            return
        home, host = self.state.home, choices.host_settings()

        def work(on_progress: ProgressCallback, is_cancelled: IsCancelled) -> tuple[State, str]:
            now = state.read_state(home, thorough=True)
            return now, choices.unused_gpu(now.marker, host)

        task = BackgroundTask(tr("GAC: check the environment"), work)
        task.ended.connect(self._on_checked)
        self._check = task
        QgsApplication.taskManager().addTask(task)

    def build(self, plan: Plan) -> None:
        """Create, complete, repair or update the environment."""
        self._begin(
            tr("GAC: set up the environment"),
            lambda on_progress, is_cancelled: build.build(plan, on_progress, is_cancelled),
        )

    def remove(self, home: Path) -> None:
        """Delete the environment and its downloads."""

        def work(on_progress: ProgressCallback, is_cancelled: Callable[[], bool]) -> None:
            on_progress(0.0, tr("Removing the environment…"))
            build.remove_environment(home)

        self._begin(tr("GAC: remove the environment"), work)

    def cancel(self) -> None:
        """Stop the operation; its processes are killed."""
        if self._task is not None:
            self._task.cancel()

    def close(self) -> None:
        """Stop all operations, so that the plugin can be unloaded."""
        for task in (self._task, self._check):
            if task is not None:
                task.ended.disconnect()
                task.cancel()
                task.waitForFinished(STOP_WAIT_MS)
        self._task = self._check = None

    def _begin(
        self, title: str, work: Callable[[ProgressCallback, Callable[[], bool]], object]
    ) -> None:
        if self._task is not None:
            return
        task = BackgroundTask(title, work)
        task.progressed.connect(self.progressed)
        task.ended.connect(self._on_ended)
        self._task = task
        self.changed.emit()
        QgsApplication.taskManager().addTask(task)

    def _on_checked(self, result: tuple[State, str] | None, problem: PluginError | None) -> None:
        self._check = None
        if problem is not None:
            log.failure(problem)
        elif result is not None and not self.is_working:
            self.state, self.unused_gpu = result
            self.changed.emit()

    def _on_ended(self, _: object, problem: PluginError | None) -> None:
        self._task = None
        if problem is not None:
            log.failure(problem)
        self.refresh()
        self.ended.emit(problem)
