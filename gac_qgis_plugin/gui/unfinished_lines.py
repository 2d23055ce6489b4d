"""Runs that were begun and not ended: one line each, to go on with or to throw away."""

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
"""Characters of a run's name that are shown."""

RESUME, DISCARD = "resume", "discard"


class UnfinishedLines(QWidget):
    """Shows unfinished runs; hidden while there are none.

    Signals:
        resume_wanted: The user wants to go on with the run in a folder (a Path).
        discard_wanted: The user wants to throw it away, and is sure (a Path).
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
        """Shows these runs, the first ones of many; `can_resume`: whether one may go on now."""
        for line in self.lines:
            self._layout.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = [UnfinishedLine(run, can_resume, self) for run in runs[:MOST]]
        for line in self.lines:
            self._layout.addWidget(line)
        self.setVisible(bool(self.lines))

    def ask_discard(self, folder: Path) -> None:
        """Asks whether a run shall be thrown away, and passes the wish on."""
        if wants_to_discard(self.window(), folder):
            self.discard_wanted.emit(folder)


class UnfinishedLine(NoteLabel):
    """One unfinished run, with links to go on with it and to throw it away."""

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
    """An unfinished run in a few words."""
    parts = [tr("Unfinished run: {}").format(shorten(run_name(run, QgsProject.instance())))]
    if run.stage:
        parts.append(tr("stage {} of {}").format(run.stage, run.stages))
        if run.tiles:
            parts.append(tr("tile {} of {}").format(run.tile, run.tiles))
    if run.when:
        parts.append(run.when)
    return ", ".join(parts)


def shorten(name: str) -> str:
    """A long name without its middle: scenes differ in how their names begin and end."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 8]}…{name[-7:]}"
