"""Runs that were begun and not ended: one line each, to go on with or to throw away."""

from __future__ import annotations

from html import escape
from pathlib import Path

from qgis.core import QgsProject
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from gac_qgis_plugin.gui.questions import wants_to_discard
from gac_qgis_plugin.gui.widgets import NoteLabel
from gac_qgis_plugin.jobs import run_name
from gac_qgis_plugin.toolbelt.work_folder import Journal

MOST = 3


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

    def show_runs(self, runs: list[Journal]) -> None:
        """Shows these runs, the first ones of many."""
        for line in self.lines:
            self._layout.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = [UnfinishedLine(run, self) for run in runs[:MOST]]
        for line in self.lines:
            self._layout.addWidget(line)
        self.setVisible(bool(self.lines))

    def allow(self, allowed: bool) -> None:
        """Whether one of them may be gone on with now."""
        for line in self.lines:
            line.resume.setEnabled(allowed)

    def ask_discard(self, folder: Path) -> None:
        """Asks whether a run shall be thrown away, and passes the wish on."""
        if wants_to_discard(self.window(), folder):
            self.discard_wanted.emit(folder)


class UnfinishedLine(QWidget):
    """One unfinished run."""

    def __init__(self, run: Journal, parent: UnfinishedLines) -> None:
        super().__init__(parent)
        self.words = NoteLabel()
        self.words.show_text(escape(describe(run)))
        self.words.setToolTip(str(run.out))
        self.resume = _button("Resume", "Goes on from the last whole tile.")
        self.discard = _button("Discard", "Removes what it keeps. Complete stages stay.")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.words, 1)
        row.addWidget(self.resume)
        row.addWidget(self.discard)
        self.resume.clicked.connect(lambda: parent.resume_wanted.emit(run.out))
        self.discard.clicked.connect(lambda: parent.ask_discard(run.out))


def describe(run: Journal) -> str:
    """An unfinished run in a few words."""
    parts = [f"Unfinished run: {run_name(run, QgsProject.instance())}"]
    if run.stage:
        parts.append(f"stage {run.stage} of {run.stages}")
        if run.tiles:
            parts.append(f"tile {run.tile} of {run.tiles}")
    if run.when:
        parts.append(run.when)
    return ", ".join(parts)


def _button(words: str, help_text: str) -> QToolButton:
    button = QToolButton()
    button.setText(words)
    button.setToolTip(help_text)
    return button
