"""A run as a QGIS task that can be stopped and resumed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import pyqtSignal

from gac_qgis_plugin.toolbelt.work_folder import discard_run, read_journal
from gac_qgis_plugin.worker.client import WorkerClient
from gac_qgis_plugin.worker.protocol import Event
from gac_qgis_plugin.worker_task import WorkerTask


class RunTask(WorkerTask):
    """QGIS task that supervises a run in the shared worker.

    QGIS stops a task by `cancel()`: from its list of tasks, and when it closes. That, like any end
    of the worker, keeps the files needed to resume the run. Only `discard()` removes them.

    Args:
        title: Text in QGIS's task list.
        client: The shared worker.
        params: The fields of the engine's run request.

    Signals:
        stage_finished: A `stage` event: a result file is complete.
    """

    stage_finished = pyqtSignal(dict)

    def __init__(self, title: str, client: WorkerClient, params: dict[str, Any]) -> None:
        super().__init__(title, client, "run", params)
        self._keep = True

    def discard(self) -> None:
        """Stop the run for good, keeping only complete stages."""
        self._keep = False
        self.cancel()

    def _tidy_up(self) -> None:
        # Nothing of a stopped run is removed here: QGIS may be closing.
        out, state = Path(self._params["out"]), self._outcome.state
        if state == "cancelled" or (state == "failed" and read_journal(out) is None):
            discard_run(out)

    def _pass_on(self, event: Event) -> None:
        super()._pass_on(event)
        if event["event"] == "stage":
            self.stage_finished.emit(event)
