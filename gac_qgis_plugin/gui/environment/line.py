"""Line in the panel about the environment, with a button; hidden while the environment is ready."""

from __future__ import annotations

from html import escape

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QPushButton, QWidget

from gac_qgis_plugin.environment import state
from gac_qgis_plugin.environment.manager import EnvironmentManager
from gac_qgis_plugin.gui.widgets import NoteLabel, alert
from gac_qgis_plugin.toolbelt.words import tr
from gac_qgis_plugin.worker.launch import environment_words


def action_words(condition: str) -> str:
    """Return the text of the button that builds or repairs the environment."""
    return {
        state.ABSENT: tr("Set up"),
        state.UNFINISHED: tr("Go on"),
        state.BROKEN: tr("Repair"),
        state.OUTDATED: tr("Update"),
        state.READY: tr("Check"),
    }[condition]


class EnvironmentLine(QWidget):
    """Line with the problem of the environment and a button.

    Signals:
        pressed: The button was pressed.
    """

    pressed = pyqtSignal()

    def __init__(self, manager: EnvironmentManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._manager = manager
        self.label = NoteLabel()
        self.button = QPushButton()
        self.button.setToolTip(
            tr("Opens the window that sets up the Python environment of GAC's models.")
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 8, 2)
        row.addWidget(self.label, 1)
        row.addWidget(self.button)
        self.button.clicked.connect(self.pressed)
        manager.changed.connect(self.show_state)
        manager.told.connect(self._on_told)
        self.show_state()

    def show_state(self) -> None:
        """Show the manager's state."""
        now = self._manager.state
        working = self._manager.is_working
        self.setVisible(working or (self._manager.is_in_charge and now.condition != state.READY))
        self.button.setText(tr("Show…") if working else f"{action_words(now.condition)}…")
        if working:
            self.label.show_text(tr("The environment is being worked on…"))
        else:
            self.label.show_text(alert(environment_words(now)))

    def _on_told(self, percent: float, text: str) -> None:
        self.label.show_text(f"{percent:.0f} % · {escape(text)}")
