"""Controller of runs started in QGIS's window, from the panel's request to layers on the map."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from qgis.core import QgsApplication, QgsProject
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QObject, pyqtSignal

from gac_qgis_plugin import history
from gac_qgis_plugin.core import log, paths
from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.core.work_folder import Journal, discard_run, is_busy, read_journal
from gac_qgis_plugin.gui.messages import RunMessages, show_problem
from gac_qgis_plugin.jobs import Job, layers_of_sources, name_of, resumption, start_of
from gac_qgis_plugin.labels import group_title
from gac_qgis_plugin.layers import RunLayers
from gac_qgis_plugin.maps import show_kinds
from gac_qgis_plugin.results import run_in
from gac_qgis_plugin.worker.client import WorkerClient
from gac_qgis_plugin.worker.protocol import Event, Outcome
from gac_qgis_plugin.worker.tasks import RunTask


class RunController(QObject):
    """Controller that runs one run at a time and adds its results to the project.

    Signals:
        started: A run has started; its request.
        progressed: A `progress` event of it.
        stage_finished: A `stage` event of it; its layer is on the map.
        ended: Its `Outcome`.
        unfinished_changed: The list of unfinished runs has changed.
    """

    started = pyqtSignal(dict)
    progressed = pyqtSignal(dict)
    stage_finished = pyqtSignal(dict)
    ended = pyqtSignal(object)
    unfinished_changed = pyqtSignal()

    def __init__(
        self, iface: QgisInterface, client: WorkerClient, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._iface = iface
        self._client = client
        self._task: RunTask | None = None
        self._layers: RunLayers | None = None
        self._folder = Path()
        self._messages = RunMessages(iface, self)
        self._messages.resume_wanted.connect(self.resume)
        self._messages.discard_wanted.connect(self.discard_unfinished)

    @property
    def is_running(self) -> bool:
        """True while a run is active."""
        return self._task is not None

    @property
    def folder(self) -> Path:
        """Folder of the active or the last run."""
        return self._folder

    def start(self, job: Job) -> None:
        """Start a run, unless one is active; failures go to the message bar."""
        if self._task is not None:
            return
        try:
            folder = paths.new_run_folder(job.output_parent, job.layer_name, datetime.now())
        except PluginError as problem:
            show_problem(self._iface, problem)
            return
        request = {**job.params, "out": str(folder)}
        name = name_of(folder, job.params.get("sar") or [])
        self._begin(folder, request, job.layer_ids, name, start_of(folder))

    def resume(self, folder: Path) -> None:
        """Resume an unfinished run, unless one is active; failures go to the message bar."""
        if self._task is not None:
            return
        try:
            resumed = resumption(folder, QgsProject.instance())
        except PluginError as problem:
            show_problem(self._iface, problem)
            self.unfinished_changed.emit()
            return
        self._begin(folder, {**resumed.request}, resumed.layer_ids, resumed.name, resumed.started)

    def unfinished(self) -> list[Journal]:
        """Return the unfinished runs, the newest first, excluding active ones."""
        journals = history.journals()
        others = [run for run in journals if self._task is None or run.out != self._folder]
        return [run for run in others if not is_busy(run.out)]

    def discard_unfinished(self, folder: Path) -> None:
        """Remove an unfinished run's working files without asking; its complete stages stay."""
        if self._task is not None and folder == self._folder:
            return
        self._messages.withdraw_offer()
        if discard_run(folder):
            history.forget_unfinished(folder)
        else:
            show_problem(
                self._iface,
                PluginError(
                    tr(
                        "The unfinished run in {} cannot be removed: a worker is at work on "
                        "it, or the folder cannot be written to."
                    ).format(folder),
                    tr("If another QGIS runs it, cancel it there."),
                    problem="unfinished-run-not-removed",
                ),
            )
        self.unfinished_changed.emit()

    def cancel(self) -> None:
        """Stop the run for good, keeping only complete stages."""
        if self._task is not None:
            self._task.discard()

    def close(self) -> None:
        """Abandon the run so that the plugin can be unloaded; it can be resumed later.

        The worker must have been closed before.
        """
        self._messages.close()
        if self._task is not None:
            task, self._task = self._task, None
            task.ended.disconnect(self._on_ended)
            task.abandon()
            task.waitForFinished(3000)
        if self._layers is not None:
            self._layers.release()
            self._layers = None

    def _begin(
        self,
        folder: Path,
        request: dict[str, Any],
        layer_ids: tuple[str, ...],
        name: str,
        when: str,
    ) -> None:
        self._messages.withdraw_offer()
        self._folder = folder
        bundle = str(request.get("bundle", ""))
        # The reference must not cover what was made with it either.
        beneath = layers_of_sources(request.get("optical") or [], QgsProject.instance())
        ids = (*layer_ids, *(layer.id() for layer in beneath))
        self._layers = RunLayers(QgsProject.instance(), ids, group_title(name, when), bundle)
        task = RunTask(f"GAC: {name}", self._client, request)
        task.progressed.connect(self.progressed)
        task.stage_finished.connect(self._on_stage)
        task.ended.connect(self._on_ended)
        self._task = task
        history.remember_unfinished(folder)
        history.remember_run(folder, QgsProject.instance())
        log.info(f"Run into {folder}: {request}")
        self.started.emit(request)
        self.unfinished_changed.emit()
        QgsApplication.taskManager().addTask(task)

    def _on_stage(self, event: Event) -> None:
        if self._layers is not None:
            try:
                self._layers.add_stage(event)
            except PluginError as problem:
                show_problem(self._iface, problem)
        self.stage_finished.emit(event)

    def _on_ended(self, outcome: Outcome) -> None:
        self._task = None
        project_closed = False
        if self._layers is not None:
            self._layers.finish()
            project_closed = self._layers.project_closed
            self._layers = None
            if not project_closed:
                self._show_kinds()
        can_resume = outcome.state in ("stopped", "failed") and self._can_resume()
        if not can_resume:
            history.forget_unfinished(self._folder)
        self._messages.tell(outcome, self._folder, can_resume, project_closed)
        self.ended.emit(outcome)
        self.unfinished_changed.emit()

    def _show_kinds(self) -> None:
        run = run_in(QgsProject.instance(), self._folder)
        if run is not None:
            try:
                show_kinds(run, QgsProject.instance())
            except PluginError as problem:
                show_problem(self._iface, problem)

    def _can_resume(self) -> bool:
        if read_journal(self._folder) is not None:
            return True
        # Nothing was computed yet, so nothing is lost.
        discard_run(self._folder, pauses=())
        return False
