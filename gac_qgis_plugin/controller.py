"""Runs that are started in QGIS's window: from the panel's request to layers on the map."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from qgis.core import Qgis, QgsApplication, QgsProject
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from gac_qgis_plugin.gui.messages import show_problem, show_success
from gac_qgis_plugin.layers import RunLayers
from gac_qgis_plugin.run_task import RunTask
from gac_qgis_plugin.toolbelt import log, paths
from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.worker.client import WorkerClient
from gac_qgis_plugin.worker.protocol import Event, Outcome

MESSAGE_DELAY_MS = 500


@dataclass(frozen=True)
class Job:
    """What the panel asks for.

    Attributes:
        layer_ids: The radar layers, the one with VV first.
        layer_name: That one's name.
        output_parent: Folder in which the run makes its own.
        params: The run, in the fields of the engine's request, without `out`.
    """

    layer_ids: tuple[str, ...]
    layer_name: str
    output_parent: Path
    params: dict[str, Any]


class RunController(QObject):
    """Starts one run at a time and brings its results into the project.

    Signals:
        started: A run has begun.
        progressed: A `progress` event of it.
        stage_finished: A `stage` event of it; its layer is on the map.
        ended: Its `Outcome`.
    """

    started = pyqtSignal()
    progressed = pyqtSignal(dict)
    stage_finished = pyqtSignal(dict)
    ended = pyqtSignal(object)

    def __init__(
        self, iface: QgisInterface, client: WorkerClient, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._iface = iface
        self._client = client
        self._task: RunTask | None = None
        self._layers: RunLayers | None = None
        self._folder = Path()
        # QGIS announces that a task is complete; what is said before that, lies under it.
        self._success_timer = QTimer(self)
        self._success_timer.setSingleShot(True)
        self._success_timer.setInterval(MESSAGE_DELAY_MS)
        self._success_timer.timeout.connect(self._tell_success)

    @property
    def is_running(self) -> bool:
        """Whether a run is on its way."""
        return self._task is not None

    def start(self, job: Job) -> None:
        """Starts a run, unless one is on its way; failures go to the message bar."""
        if self._task is not None:
            return
        now = datetime.now()
        try:
            self._folder = paths.new_run_folder(job.output_parent, job.layer_name, now)
        except PluginError as problem:
            show_problem(self._iface, problem)
            return
        title = f"GAC SYNTHETIC · {job.layer_name} · {now:%Y-%m-%d %H:%M}"
        params = {**job.params, "out": str(self._folder)}
        bundle = str(params.get("bundle", ""))
        self._layers = RunLayers(QgsProject.instance(), job.layer_ids, title, bundle)
        task = RunTask(f"GAC: {job.layer_name}", self._client, params)
        task.progressed.connect(self.progressed)
        task.stage_finished.connect(self._on_stage)
        task.ended.connect(self._on_ended)
        self._task = task
        log.info(f"Run into {self._folder}: {params}")
        self.started.emit()
        QgsApplication.taskManager().addTask(task)

    def cancel(self) -> None:
        """Stops the run."""
        if self._task is not None:
            self._task.cancel()

    def close(self) -> None:
        """Stops the run and waits until it is gone, so that the plugin can be unloaded."""
        self._success_timer.stop()
        if self._task is not None:
            task, self._task = self._task, None
            task.ended.disconnect(self._on_ended)
            task.cancel()
            task.waitForFinished(3000)

    def _tell_success(self) -> None:
        show_success(self._iface, self._folder)

    def _on_stage(self, event: Event) -> None:
        if self._layers is not None:
            try:
                self._layers.add_stage(event)
            except PluginError as problem:
                show_problem(self._iface, problem)
        self.stage_finished.emit(event)

    def _on_ended(self, outcome: Outcome) -> None:
        self._task = None
        if self._layers is not None:
            self._layers.release()
            self._layers = None
        if outcome.problem is not None:
            show_problem(self._iface, outcome.problem)
        elif outcome.state == "done":
            for note in outcome.result.get("notes") or []:
                log.info(str(note))
            self._success_timer.start()
        else:
            text = "The run was cancelled; the stages that were finished are kept."
            self._iface.messageBar().pushMessage("GAC", text, Qgis.MessageLevel.Info, 8)
        self.ended.emit(outcome)
