"""Notes about a run, one line each; longer lists are collapsed."""

from __future__ import annotations

from html import escape

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QToolButton, QVBoxLayout, QWidget

from gac_qgis_plugin.gui.widgets import NoteLabel
from gac_qgis_plugin.toolbelt.words import tr

FEW = 2
"""Maximum number of notes shown without collapsing."""


class NotesLine(QWidget):
    """List of notes; hidden while there are none."""

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
        self.button.setVisible(len(notes) > FEW)
        self._unfold(len(notes) <= FEW)
        self.setVisible(bool(notes))

    def _unfold(self, unfolded: bool) -> None:
        self.button.setArrowType(Qt.ArrowType.DownArrow if unfolded else Qt.ArrowType.RightArrow)
        self.label.setVisible(unfolded and bool(self.label.text()))
