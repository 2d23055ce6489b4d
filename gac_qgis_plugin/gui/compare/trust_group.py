"""The Compare tab's section about a run's reliability."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path

from qgis.core import QgsApplication, QgsProject
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import QGroupBox, QHBoxLayout, QPushButton, QSpinBox, QVBoxLayout, QWidget

from gac_qgis_plugin.core.i18n import tr, translated
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.core.records import RunRecord
from gac_qgis_plugin.gui.compare.session import ComparisonSession
from gac_qgis_plugin.gui.messages import show_problem
from gac_qgis_plugin.gui.widgets import NoteLabel, shrink_to_text
from gac_qgis_plugin.layer_metadata import read_record
from gac_qgis_plugin.maps import (
    MapRequest,
    agreement_request,
    doubt_request,
    lacks_critic,
    show_map,
    spread_request,
)
from gac_qgis_plugin.results import ResultRun, run_in
from gac_qgis_plugin.worker.client import WorkerClient
from gac_qgis_plugin.worker.protocol import Event, Outcome
from gac_qgis_plugin.worker.tasks import WorkerTask

SEEDS = 5
"""Default number of samples: fewer say little, more take long."""


class TrustGroup(QGroupBox):
    """Controls that request maps of a run, one at a time, and add them to the run's group."""

    def __init__(
        self,
        iface: QgisInterface,
        client: WorkerClient,
        session: ComparisonSession,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("How far to trust it"), parent)
        self._iface, self._client, self._session = iface, client, session
        self.task: WorkerTask | None = None
        self._request: MapRequest | None = None
        self.critique = NoteLabel()
        self.agreement = self._buttons(
            agreement_request,
            tr(
                "Map of where stage {} contradicts the radar: red as an image of another place, "
                "blue as real images, see-through where the radar cannot tell"
            ),
        )
        self._doubt_tip = tr(
            "Map of the adversary's doubt in stage {}: orange as one in twenty places of real "
            "images, purple more than any. No probability of error."
        )
        self.doubt = self._buttons(doubt_request, self._doubt_tip)
        self.seeds = QSpinBox()
        self.seeds.setRange(2, 99)
        self.seeds.setValue(SEEDS)
        self.seeds.setSuffix(tr(" seeds"))
        self.seeds.setToolTip(tr("Each takes as long as the run"))
        self.spread_button = QPushButton(tr("Spread of samples"))
        shrink_to_text(self.spread_button)
        self.spread_button.setToolTip(
            tr(
                "Runs again with other seeds and maps how far results lie apart. It understates "
                "error."
            )
        )
        self.spread_button.clicked.connect(self.request_spread)
        self.note = NoteLabel()
        self.note.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.note.linkActivated.connect(lambda _: self.cancel())
        column_box = QVBoxLayout(self)
        column_box.setContentsMargins(6, 4, 6, 4)
        column_box.addWidget(self.critique)
        for title, buttons in (
            (tr("Agreement with the radar"), self.agreement),
            (tr("Where the adversary doubts it"), self.doubt),
        ):
            label = NoteLabel()
            label.show_text(escape(title))
            column_box.addWidget(label)
            column_box.addLayout(_row(*buttons.values()))
        column_box.addLayout(_row(self.seeds, self.spread_button))
        column_box.addWidget(self.note)

    def show_run(self, run: ResultRun | None) -> None:
        """Enable the maps available for a run, and show its recorded critique."""
        idle = self.task is None
        record: RunRecord = {} if run is None else read_record(run.folder)
        is_lacking = lacks_critic(record)
        files = set() if run is None else run.files
        tip = tr("This run's models have no adversary.")
        for buttons, allowed in ((self.agreement, True), (self.doubt, not is_lacking)):
            for stage, button in buttons.items():
                button.setEnabled(idle and allowed and stage in files)
        for stage, button in self.doubt.items():
            button.setToolTip(tip if is_lacking else self._doubt_tip.format(stage))
        self.spread_button.setEnabled(idle and bool(files))
        self.critique.show_text(escape(translated(record.get("critique", ""))))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt names this method)
        """Adapt the height of wrapped lines to the width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give the critique its full height: the form above would cut off its last lines."""
        height = self.critique.heightForWidth(self.critique.width())
        self.critique.setMinimumHeight(max(0, height) if self.critique.text() else 0)

    def request_map(self, make: Callable[[Path, int], MapRequest], stage: int) -> None:
        """Show a map of a stage, computing it if needed."""
        run = self._session.run()
        if run is not None:
            self._submit(make(run.folder, stage), run)

    def request_spread(self) -> None:
        """Compute the spread of the chosen number of samples."""
        run = self._session.run()
        if run is not None:
            self._begin(spread_request(run.folder, self.seeds.value()))

    def cancel(self) -> None:
        """Stop the active task."""
        if self.task is not None:
            self.task.cancel()

    def close_task(self) -> None:
        """Abandon the active task, so that the plugin can be unloaded."""
        if self.task is not None:
            task, self.task = self.task, None
            task.ended.disconnect(self._on_ended)
            task.abandon()
            task.waitForFinished(3000)

    def _submit(self, request: MapRequest, run: ResultRun) -> None:
        image = request.folder / f"opt_v{request.params['stage']}.tif"
        try:
            is_current = request.path.stat().st_mtime >= image.stat().st_mtime
        except OSError:
            is_current = False
        if is_current:
            self._show(request, run)
        else:
            self._begin(request)

    def _begin(self, request: MapRequest) -> None:
        if self.task is not None:
            return
        self._request = request
        self.task = WorkerTask(f"GAC: {request.mark}", self._client, request.method, request.params)
        self.task.progressed.connect(self._on_progress)
        self.task.ended.connect(self._on_ended)
        self._tell(tr("Starting…"))
        self.show_run(self._session.run())
        QgsApplication.taskManager().addTask(self.task)

    def _on_progress(self, event: Event) -> None:
        percent = float(event.get("percent") or 0.0)
        message = translated(str(event.get("message") or ""))
        self._tell(f"{message}: {percent:.0f} %")

    def _tell(self, text: str) -> None:
        self.note.show_text(f'{escape(text)} · <a href="cancel">{escape(tr("Cancel"))}</a>')

    def _on_ended(self, outcome: Outcome) -> None:
        request, self.task, self._request = self._request, None, None
        self.note.show_text("")
        if outcome.problem is not None:
            show_problem(self._iface, outcome.problem)
        run = run_in(QgsProject.instance(), request.folder) if request is not None else None
        if outcome.state == "done" and request is not None and run is not None:
            self._show(request, run)
        self.show_run(self._session.run())

    def _show(self, request: MapRequest, run: ResultRun) -> None:
        try:
            node = show_map(request, run, QgsProject.instance())
        except PluginError as problem:
            show_problem(self._iface, problem)
            return
        node.setItemVisibilityCheckedParentRecursive(True)

    def _buttons(
        self, make: Callable[[Path, int], MapRequest], tip: str
    ) -> Mapping[int, QPushButton]:
        """Return a button for the map of each stage."""
        return {stage: self._button(make, stage, tip.format(stage)) for stage in (1, 2, 3)}

    def _button(self, make: Callable[[Path, int], MapRequest], stage: int, tip: str) -> QPushButton:
        button = QPushButton(f"v{stage}")
        shrink_to_text(button)
        button.setToolTip(tip)
        button.clicked.connect(lambda: self.request_map(make, stage))
        return button


def _row(*widgets: QWidget) -> QHBoxLayout:
    """Return a row of widgets that share the width evenly."""
    row = QHBoxLayout()
    for widget in widgets:
        row.addWidget(widget, 1)
    return row
