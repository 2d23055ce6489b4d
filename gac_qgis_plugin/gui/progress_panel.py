"""Progress of a run: a bar, and a line for each stage."""

from __future__ import annotations

from html import escape

from qgis.PyQt.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from gac_qgis_plugin.contract import bands
from gac_qgis_plugin.gui.notes_line import NotesLine
from gac_qgis_plugin.gui.score.chart import ScorePanel
from gac_qgis_plugin.gui.score.words import Scores, score_help
from gac_qgis_plugin.gui.widgets import NoteLabel
from gac_qgis_plugin.stages import stage_name
from gac_qgis_plugin.toolbelt.engine_words import translated
from gac_qgis_plugin.toolbelt.words import later, tr
from gac_qgis_plugin.worker.protocol import Event, Outcome

ENDINGS = {
    "done": later("Done."),
    "cancelled": later("Cancelled."),
    "stopped": later("Stopped; what was computed is kept."),
}
FAILED = later("Failed.")


class ProgressPanel(QWidget):
    """Progress of a run by its events; hidden until the first run starts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setFormat("%p %")
        self.message = NoteLabel()
        self.notes = NotesLine()
        self.scores = ScorePanel()
        self._scores: Scores = {}
        self.stage_labels: dict[int, NoteLabel] = {
            stage: NoteLabel() for stage in bands.STAGE_NAMES
        }
        self._last_stage = 0
        self._done: set[int] = set()
        for label in self.stage_labels.values():
            label.setToolTip(score_help())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.bar)
        layout.addWidget(self.message)
        for label in self.stage_labels.values():
            layout.addWidget(label)
        layout.addWidget(self.scores)
        layout.addWidget(self.notes)
        self.setVisible(False)

    def begin(self, stages: int) -> None:
        """Show the start of a run of `stages` stages."""
        self._last_stage = stages
        self._done.clear()
        self._scores = {}
        self.scores.show_scores({})
        self.bar.setRange(0, 0)
        self.message.show_text(tr("Starting…"))
        self.notes.show_notes([])
        for stage, label in self.stage_labels.items():
            label.show_text(_line("○", stage, tr("waiting")) if stage <= stages else "")
        self.setVisible(True)

    def show_progress(self, event: Event) -> None:
        """Show a `progress` event."""
        stage = int(event.get("stage") or 0)
        words = escape(translated(str(event.get("message") or "")))
        seconds = event.get("seconds_left")
        if isinstance(seconds, (int, float)):
            words = f"{words} · <b>{time_left(seconds)}</b>"
        self.message.show_text(words)
        if stage == 0:
            # Loading models has no meaningful percentage: show a busy bar.
            self.bar.setRange(0, 0)
            return
        self.bar.setRange(0, 1000)
        self.bar.setValue(round(10 * float(event.get("percent") or 0.0)))
        if stage in self.stage_labels and stage not in self._done:
            words = tr("tile {} of {}").format(event.get("tile"), event.get("tiles"))
            self.stage_labels[stage].show_text(_line("▶", stage, words))

    def show_stage(self, event: Event) -> None:
        """Show a `stage` event: the stage is complete."""
        stage = int(event["stage"])
        self._done.add(stage)
        gac = event.get("gac")
        score = tr("GAC not defined here") if gac is None else f"GAC {float(gac):.2f}"
        words = f"{float(event.get('seconds') or 0):.0f} s, {score}"
        self.stage_labels[stage].show_text(_line("✔", stage, words))
        self._scores[stage] = None if gac is None else float(gac)
        self.scores.show_scores(self._scores)

    def end(self, outcome: Outcome) -> None:
        """Show the end of a run."""
        self.bar.setRange(0, 1000)
        words = tr(ENDINGS.get(outcome.state, FAILED))
        self.bar.setValue(1000 if outcome.state == "done" else 0)
        if outcome.problem is not None:
            # The remedy and the details are in the message above the map.
            words = tr("Failed: {}").format(outcome.problem.message)
        self.message.show_text(escape(words))
        self.notes.show_notes([translated(str(note)) for note in outcome.result.get("notes") or []])
        for stage in range(1, self._last_stage + 1):
            if stage not in self._done:
                self.stage_labels[stage].show_text(_line("–", stage, tr("not made")))


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


def _line(sign: str, stage: int, words: str) -> str:
    return f"{sign} opt_v{stage} · {stage_name(stage)}: {words}"
