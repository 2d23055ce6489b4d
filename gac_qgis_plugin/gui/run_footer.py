"""Bottom of the panel: the buttons of a run and one line about it, always of the same height."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gac_qgis_plugin.contract import bands
from gac_qgis_plugin.controller import RunController
from gac_qgis_plugin.core.i18n import Number, later, tr, translated
from gac_qgis_plugin.gui.guide import help_button
from gac_qgis_plugin.gui.score_chart import score_help
from gac_qgis_plugin.gui.status_lines import NotesLine, UnfinishedLines, WorkerLine
from gac_qgis_plugin.gui.widgets import (
    ElidedLabel,
    NoteLabel,
    PanelGroup,
    shrink_font,
    shrink_to_text,
)
from gac_qgis_plugin.jobs import name_of, start_of
from gac_qgis_plugin.labels import stage_name
from gac_qgis_plugin.worker.client import WorkerClient
from gac_qgis_plugin.worker.protocol import Event, Outcome

ENDINGS = {
    "cancelled": later("Cancelled."),
    "stopped": later("Stopped; computed tiles are kept."),
}
FAILED = later("Failed.")

PARTLY_NOTICE = later("PARTLY OBSERVED: clear pixels kept, the rest SYNTHETIC")
PARTLY_DEMO_NOTICE = later("PARTLY OBSERVED, demo: clear pixels kept, the rest SYNTHETIC")
SYNTHETIC_NOTICE = later("SYNTHETIC: generated, not observed")
DEMO_NOTICE = later("SYNTHETIC, demo: generated, not observed")
ALL_STAGES = 3
BAR_HEIGHT = 5


class RunDetails(PanelGroup):
    """Stages and notes of the active or the last run; hidden until the first run starts.

    Attributes:
        name: Line with the run's name and start.
        message: Line about the progress or the end, which the footer shows.
        bar: Its progress bar, likewise.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("This run"), "run", parent)
        self.message, self.name = ElidedLabel(), ElidedLabel()
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(BAR_HEIGHT)
        self.notes = NotesLine()
        self.stage_labels: dict[int, NoteLabel] = {
            stage: NoteLabel() for stage in bands.STAGE_NAMES
        }
        self._last_stage = 0
        self._done: set[int] = set()
        self.form.addRow(self.name)
        for label in self.stage_labels.values():
            label.setToolTip(score_help())
            self.form.addRow(label)
        self.form.addRow(self.notes)
        self.setVisible(False)

    def begin(self, stages: int, name: str) -> None:
        """Show the start of a run of `stages` stages."""
        self._last_stage = stages
        self._done.clear()
        self.name.show_text(name)
        self.bar.setRange(0, 0)
        self.message.show_text(tr("Starting…"))
        self.notes.show_notes([])
        for stage, label in self.stage_labels.items():
            label.show_text(_line("○", stage) if stage <= stages else "")
        self.setVisible(True)

    def show_progress(self, event: Event) -> None:
        """Show a `progress` event."""
        stage = int(event.get("stage") or 0)
        text = translated(str(event.get("message") or ""))
        seconds = event.get("seconds_left")
        if isinstance(seconds, (int, float)):
            # First, as a narrow panel cuts off the end.
            text = f"{time_left(seconds)} · {text}"
        self.message.show_text(text)
        if stage == 0:
            # Loading models has no meaningful percentage: show a busy bar.
            self.bar.setRange(0, 0)
            return
        self.bar.setRange(0, 1000)
        self.bar.setValue(round(10 * float(event.get("percent") or 0.0)))
        if stage in self.stage_labels and stage not in self._done:
            self.stage_labels[stage].show_text(_line("▶", stage))

    def show_stage(self, event: Event) -> None:
        """Show a `stage` event: the stage is complete."""
        stage = int(event["stage"])
        self._done.add(stage)
        gac = event.get("gac")
        score = tr("GAC not defined here") if gac is None else f"GAC {Number(gac):.2f}"
        words = f"{float(event.get('seconds') or 0):.0f} s · {score}"
        self.stage_labels[stage].show_text(_line("✔", stage, words))

    def end(self, outcome: Outcome, known_notes: list[str] | None = None) -> None:
        """Show the end of a run.

        Args:
            outcome: The run's outcome.
            known_notes: Notes that the panel shows elsewhere.
        """
        self.bar.setRange(0, 1000)
        self.bar.setValue(1000 if outcome.state == "done" else 0)
        if outcome.state == "done":
            count = len(self._done)
            self.message.show_text(f"{tr('Done')} · {tr('%n layer(s)', count)}")
        elif outcome.problem is not None:
            # The remedy and the details are in the message above the map.
            text = tr("Failed: {}").format(outcome.problem.message)
            self.message.show_text(text, is_alert=True)
        else:
            self.message.show_text(tr(ENDINGS.get(outcome.state, FAILED)))
        notes = [translated(str(note)) for note in outcome.result.get("notes") or []]
        self.notes.show_notes([note for note in notes if note not in (known_notes or [])])
        for stage in range(1, self._last_stage + 1):
            if stage not in self._done:
                self.stage_labels[stage].show_text(_line("–", stage, tr("not computed")))


def time_left(seconds: float) -> str:
    """Return a remaining time as text, rounded to its precision."""
    if seconds < 10:
        return tr("a few seconds left")
    if seconds < 90:
        return tr("about {} s left").format(10 * round(seconds / 10))
    minutes = round(seconds / 60)
    if minutes < 90:
        return tr("about {} min left").format(minutes)
    hours, minutes = divmod(5 * round(minutes / 5), 60)
    return tr("about {} h {} min left").format(hours, minutes)


def _line(sign: str, stage: int, words: str = "") -> str:
    return " · ".join(filter(None, (f"{sign} v{stage} {stage_name(stage)}", words)))


class RunFooter(QWidget):
    """Line about the run, and its buttons; neither its height nor its width ever changes.

    The line tells what matters most: a run that is active or over, a worker that is not ready, or
    that results are synthetic. After a run it offers the next steps.

    Signals:
        run_wanted: The button was pressed.
        resume_wanted: The user wants to resume an unfinished run; its folder (a Path).
        compare_wanted: The user wants to compare the results of the last run.
        export_wanted: The user wants to export them.
        zoom_wanted: The user wants to see them on the map.

    Attributes:
        progress: Details of the run, for the part of the panel that scrolls.
        unfinished: Unfinished runs, likewise.
    """

    run_wanted = pyqtSignal()
    resume_wanted = pyqtSignal(object)
    compare_wanted = pyqtSignal()
    export_wanted = pyqtSignal()
    zoom_wanted = pyqtSignal()

    def __init__(
        self, client: WorkerClient, controller: RunController, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._known_notes: list[str] = []
        self.unfinished = UnfinishedLines()
        self.progress = RunDetails()
        self.notice = ElidedLabel()
        self.worker_line = WorkerLine(client)
        self.compare_button = _next_step(tr("Compare"), tr("Swipe from radar to result"))
        self.export_button = _next_step(tr("Export"), tr("GeoTIFFs, pictures, a figure"))
        self.zoom_button = _next_step(tr("Zoom"), tr("Shows all of it"))
        self.next_steps = (self.compare_button, self.export_button, self.zoom_button)
        self.run_button = QPushButton(tr("Run GAC"))
        self.run_button.setDefault(True)
        self.run_button.setToolTip(tr("Tiles appear on the map as they are finished."))
        self.lens_button = QPushButton(tr("Lens"))
        self.lens_button.setCheckable(True)
        self.lens_button.setToolTip(
            tr("Click on the map to preview a tile. 1, 2, 3: stage; B: next; Escape ends.")
        )
        self.cancel_button = QPushButton(tr("Cancel"))
        self.cancel_button.setToolTip(
            tr("Cancels for good. To resume later, stop it in QGIS's list of tasks.")
        )
        self.cancel_button.setEnabled(False)
        self.help_button = help_button()
        self._lay_out()
        self.run_button.clicked.connect(self.run_wanted)
        self.cancel_button.clicked.connect(self._on_cancel)
        for button, wanted in zip(
            self.next_steps, (self.compare_wanted, self.export_wanted, self.zoom_wanted)
        ):
            button.clicked.connect(wanted)
        self.worker_line.changed.connect(self._show_line)
        self.unfinished.resume_wanted.connect(self.resume_wanted)
        self.unfinished.discard_wanted.connect(controller.discard_unfinished)
        controller.started.connect(self._on_started)
        controller.progressed.connect(self.progress.show_progress)
        controller.stage_finished.connect(self.progress.show_stage)
        controller.ended.connect(self._on_ended)
        controller.unfinished_changed.connect(self.show_unfinished)
        self._show_line()

    def show_notice(self, is_demo: bool, *, keeps: bool = False) -> None:
        """Show the notice about synthetic results.

        Args:
            is_demo: True if the models are a demonstration.
            keeps: True if clear pixels of an optical reference are kept.
        """
        partly = PARTLY_DEMO_NOTICE if is_demo else PARTLY_NOTICE
        whole = DEMO_NOTICE if is_demo else SYNTHETIC_NOTICE
        self.notice.show_text(tr(partly if keeps else whole))
        self._show_line()

    def show_known_notes(self, notes: list[str]) -> None:
        """Set the notes that the panel shows elsewhere, which a run need not repeat."""
        self._known_notes = notes

    def show_unfinished(self) -> None:
        """Show the runs that can be resumed."""
        can_resume = not self._controller.is_running
        self.unfinished.show_runs(self._controller.unfinished(), can_resume)

    def _lay_out(self) -> None:
        line, buttons = QHBoxLayout(), QHBoxLayout()
        line.setSpacing(1)
        for label in (self.progress.message, self.worker_line, self.notice):
            line.addWidget(label, 1)
        for button in self.next_steps:
            line.addWidget(button)
        buttons.setSpacing(4)
        for button, stretch in (
            (self.run_button, 3),
            (self.lens_button, 2),
            (self.cancel_button, 2),
            (self.help_button, 2),
        ):
            shrink_to_text(button)
            buttons.addWidget(button, stretch)
        height = max(self.notice.sizeHint().height(), self.zoom_button.sizeHint().height())
        row = QWidget()
        row.setLayout(line)
        line.setContentsMargins(0, 0, 0, 0)
        row.setFixedHeight(height)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 2, 8, 4)
        column.setSpacing(2)
        column.addWidget(row)
        column.addWidget(self.progress.bar)
        column.addLayout(buttons)
        policy = self.progress.bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.progress.bar.setSizePolicy(policy)
        self.progress.bar.setVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _show_line(self) -> None:
        """Show the most important of the three labels."""
        has_run = bool(self.progress.message.text())
        is_running = self._controller.is_running
        is_urgent = self.worker_line.is_urgent and not is_running
        visible = self.notice
        if has_run and not is_urgent:
            visible = self.progress.message
        elif is_urgent:
            visible = self.worker_line
        for label in (self.progress.message, self.worker_line, self.notice):
            label.setVisible(label is visible)
        if self.worker_line.text() and not self.worker_line.is_urgent:
            self.notice.setToolTip(f"{self.notice.text()}\n{self.worker_line.text()}")
        self.progress.bar.setVisible(is_running)

    def _show_next_steps(self, shown: bool) -> None:
        for button in self.next_steps:
            button.setVisible(shown)

    def _on_started(self, request: dict[str, Any]) -> None:
        self.run_button.setEnabled(False)
        self.cancel_button.setEnabled(True)
        self._show_next_steps(False)
        out = Path(str(request.get("out") or ""))
        title = name_of(out, list(request.get("sar") or [])), start_of(out)
        stages = int(request.get("stages") or ALL_STAGES)
        self.progress.begin(stages, " · ".join(part for part in title if part))
        self._show_line()

    def _on_cancel(self) -> None:
        self.cancel_button.setEnabled(False)
        self._controller.cancel()

    def _on_ended(self, outcome: Outcome) -> None:
        self.run_button.setEnabled(True)
        self.cancel_button.setEnabled(False)
        self.progress.end(outcome, self._known_notes)
        self._show_next_steps(outcome.state == "done")
        self._show_line()


def _next_step(text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setToolTip(tip)
    button.setAutoRaise(True)
    shrink_font(button)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    button.setVisible(False)
    return button
