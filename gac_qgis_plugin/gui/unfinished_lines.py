"""Lines of unfinished runs, each with links to resume or discard it."""

from __future__ import annotations

from html import escape
from pathlib import Path

from qgis.core import QgsProject
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from gac_qgis_plugin.gui.questions import wants_to_discard
from gac_qgis_plugin.gui.widgets import NoteLabel
from gac_qgis_plugin.jobs import run_name
from gac_qgis_plugin.toolbelt.words import tr
from gac_qgis_plugin.toolbelt.work_folder import Journal

MOST = 3
LONGEST = 24
"""Maximum characters of a run's name."""

RESUME, DISCARD = "resume", "discard"


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
        self.lines = [UnfinishedLine(run, can_resume, self) for run in runs[:MOST]]
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
    """Describe an unfinished run in a few words."""
    parts = [tr("Unfinished run: {}").format(shorten(run_name(run, QgsProject.instance())))]
    if run.stage:
        parts.append(tr("stage {} of {}").format(run.stage, run.stages))
        if run.tiles:
            parts.append(tr("tile {} of {}").format(run.tile, run.tiles))
    if run.when:
        parts.append(run.when)
    return ", ".join(parts)


def shorten(name: str) -> str:
    """Shorten a long name in the middle: scenes differ at the beginning and end of their names."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 8]}…{name[-7:]}"
