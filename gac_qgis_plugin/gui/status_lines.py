"""Lines of status in the panel: worker, notes, unfinished runs, the run to build upon."""

from __future__ import annotations

from html import escape
from pathlib import Path

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QToolButton, QVBoxLayout, QWidget

from gac_qgis_plugin.core.i18n import tr, translated
from gac_qgis_plugin.core.work_folder import Journal
from gac_qgis_plugin.gui.messages import wants_to_discard
from gac_qgis_plugin.gui.widgets import ElidedLabel, NoteLabel
from gac_qgis_plugin.jobs import name_of, start_of
from gac_qgis_plugin.runs import DerivedRun
from gac_qgis_plugin.worker.client import WorkerClient
from gac_qgis_plugin.worker.protocol import Event, outcome_of

MAX_LINES = 3
MAX_NAME = 24
"""Maximum characters of a run's name."""
RESUME, DISCARD = "resume", "discard"


class DerivedRunLine(NoteLabel):
    """Line with the earlier run and the parameters that it fixes.

    Signals:
        new_run_wanted: The user wants a new run instead.
    """

    new_run_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.linkActivated.connect(lambda _: self.new_run_wanted.emit())

    def show_run(self, derived: DerivedRun | None) -> None:
        """Show an earlier run to build upon; None hides the line."""
        if derived is None:
            self.show_text("")
            return
        entry = derived.entry
        name = " · ".join(part for part in (entry.name, entry.when) if part)
        if derived.first == 2:
            text = tr("Stage 1 of {} is taken over.")
            fixed = tr("Radar, area, seed and its steps stay.")
        else:
            text = tr("Stages 1 and 2 of {} are taken over.")
            fixed = tr("Radar, area, month, biome, seed and the steps of stage 1 stay.")
        link = f'<a href="new">{escape(tr("New run instead"))}</a>'
        self.setToolTip(f"{fixed}\n{entry.folder}")
        self.show_text(f"{text.format(f'<b>{escape(name)}</b>')} {link}")


class NotesLine(QWidget):
    """Notes about a run, folded into a line; hidden while there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = QToolButton()
        self.button.setAutoRaise(True)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.label = NoteLabel()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.button)
        layout.addWidget(self.label)
        self.button.clicked.connect(lambda: self._unfold(self.label.isHidden()))
        self.show_notes([])

    def show_notes(self, notes: list[str]) -> None:
        """Show these notes instead of earlier ones."""
        self.label.show_text("<br>".join(f"• {escape(note)}" for note in notes))
        self.button.setText(tr("%n note(s) about this run", len(notes)))
        self._unfold(False)
        self.setVisible(bool(notes))

    def _unfold(self, unfolded: bool) -> None:
        self.button.setArrowType(Qt.ArrowType.DownArrow if unfolded else Qt.ArrowType.RightArrow)
        self.label.setVisible(unfolded and bool(self.label.text()))


class WorkerLine(ElidedLabel):
    """Line with the worker's state and device.

    Signals:
        bundles_found: The bundles it can run: a list of the protocol's BundleInfo.
        greeted: The worker is running and has loaded its libraries.
        changed: It shows another text.

    Attributes:
        is_urgent: True while the user has to wait for the worker, or it has failed.
    """

    bundles_found = pyqtSignal(list)
    greeted = pyqtSignal()
    changed = pyqtSignal()

    def __init__(self, client: WorkerClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self.is_urgent = False
        client.state_changed.connect(self._on_state)

    def ask_bundles(self) -> None:
        """Request the bundles; a worker started for that is asked for its device too."""
        self._client.request("bundles", {}, self._on_bundles)

    def clear(self) -> None:
        """Show nothing: what is wrong is shown elsewhere."""
        self._tell("")

    def _tell(self, text: str, *, is_urgent: bool = False, is_alert: bool = False) -> None:
        self.is_urgent = is_urgent
        self.show_text(text, is_alert=is_alert)
        self.changed.emit()

    def _on_state(self, state: str) -> None:
        if state == "starting":
            self._tell(tr("Worker: starting…"), is_urgent=True)
        elif state == "ready":
            self._tell(tr("Worker: loading its libraries…"), is_urgent=True)
            self._client.request("hello", {}, self._on_hello)
        else:
            # The next run starts it again.
            self._tell("")

    def _on_bundles(self, event: Event) -> None:
        outcome = outcome_of(event)
        if outcome is None:
            return
        if outcome.state == "done":
            self.bundles_found.emit(list(outcome.result.get("bundles") or []))
        elif outcome.problem is not None:
            self._show_failure(f"{outcome.problem.message} {outcome.problem.remedy}")

    def _on_hello(self, event: Event) -> None:
        outcome = outcome_of(event)
        if outcome is None:
            return
        if outcome.state == "done":
            device = outcome.result.get("device_name") or outcome.result.get("device") or "?"
            self._tell(tr("Worker: ready, computes on {}").format(translated(str(device))))
            self.greeted.emit()
        elif outcome.problem is not None:
            self._show_failure(f"{outcome.problem.message} {outcome.problem.remedy}")

    def _show_failure(self, text: str) -> None:
        self._tell(text, is_urgent=True, is_alert=True)


class UnfinishedLines(QWidget):
    """List of unfinished runs; hidden while there are none.

    Signals:
        resume_wanted: The user wants to resume the run in a folder (a Path).
        discard_wanted: The user wants to discard it, and has confirmed that (a Path).
    """

    resume_wanted = pyqtSignal(object)
    discard_wanted = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[UnfinishedLine] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)
        self.setVisible(False)

    def show_runs(self, runs: list[Journal], can_resume: bool) -> None:
        """Show the first of these runs; `can_resume` enables their links to resume."""
        for line in self.lines:
            self._layout.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = [UnfinishedLine(run, can_resume, self) for run in runs[:MAX_LINES]]
        for line in self.lines:
            self._layout.addWidget(line)
        self.setVisible(bool(self.lines))

    def ask_discard(self, folder: Path) -> None:
        """Ask whether to discard a run, and emit the signal if confirmed."""
        if wants_to_discard(self.window(), folder):
            self.discard_wanted.emit(folder)


class UnfinishedLine(NoteLabel):
    """An unfinished run, with links to resume and to discard it."""

    def __init__(self, run: Journal, can_resume: bool, parent: UnfinishedLines) -> None:
        super().__init__(parent)
        resume = tr("Resume")
        if can_resume:
            resume = f'<a href="{RESUME}">{resume}</a>'
        discard = f'<a href="{DISCARD}">{tr("Discard")}</a>'
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.setToolTip(str(run.out))
        self.show_text(f"{escape(describe(run))} · {resume}&nbsp;·&nbsp;{discard}")
        self._folder, self._lines = run.out, parent
        self.linkActivated.connect(self._on_link)

    def _on_link(self, link: str) -> None:
        if link == RESUME:
            self._lines.resume_wanted.emit(self._folder)
        elif link == DISCARD:
            self._lines.ask_discard(self._folder)


def describe(run: Journal) -> str:
    """Describe an unfinished run in a few words: its name, start and progress."""
    name = shorten(name_of(run.out, run.request.get("sar", [])))
    parts = [tr("Unfinished: {}").format(name), start_of(run.out, run.started or run.updated)]
    if run.stage:
        parts.append(tr("stage {} of {}").format(run.stage, run.stages))
    return " · ".join(part for part in parts if part)


def shorten(name: str) -> str:
    """Shorten a long name in the middle: scenes differ at the beginning and end of their names."""
    return name if len(name) <= MAX_NAME else f"{name[: MAX_NAME - 8]}…{name[-7:]}"
