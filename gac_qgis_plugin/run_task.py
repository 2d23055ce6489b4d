"""One run as QGIS sees it: a task with progress, that can be stopped and gone on with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import pyqtSignal

from gac_qgis_plugin.toolbelt.work_folder import discard_run, read_journal
from gac_qgis_plugin.worker.client import WorkerClient
from gac_qgis_plugin.worker.protocol import Event
from gac_qgis_plugin.worker_task import WorkerTask


class RunTask(WorkerTask):
    """Supervises a run in the shared worker.

    QGIS stops a task by `cancel()`: from its list of tasks, and when it closes. That, like any
    end of the worker, leaves what the run needs to be gone on with. Only `discard()` removes it.

    Args:
        title: What QGIS's task list shows.
        client: The shared worker.
        params: The run, in the fields of the engine's request.

    Signals:
        stage_finished: A `stage` event: a file is whole.
    """

    stage_finished = pyqtSignal(dict)

    def __init__(self, title: str, client: WorkerClient, params: dict[str, Any]) -> None:
        super().__init__(title, client, "run", params)
        self._keep = True

    def discard(self) -> None:
        """Stops the run for good: of what it has computed only complete stages stay."""
        self._keep = False
        self.cancel()

    def _tidy_up(self) -> None:
        # Of a run that was stopped nothing is removed here: QGIS may be closing.
        out, state = Path(self._params["out"]), self._outcome.state
        if state == "cancelled" or (state == "failed" and read_journal(out) is None):
            discard_run(out)

    def _pass_on(self, event: Event) -> None:
        super()._pass_on(event)
        if event["event"] == "stage":
            self.stage_finished.emit(event)
