"""The way in: a scene for an empty project, and the path of a first run."""

from __future__ import annotations

from html import escape

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QPushButton, QVBoxLayout, QWidget

from gac_qgis_plugin.core.i18n import later, tr
from gac_qgis_plugin.gui.widgets import NoteLabel

LEAVE = "leave"
STEPS = (later("Environment"), later("Radar"), later("Run GAC"), later("Result"))


class StartGroup(QWidget):
    """Buttons that open a scene, shown while there is none; and the path of a first run.

    Signals:
        demo_wanted: The user wants the demo scene.
        file_wanted: The user wants to choose files.
        left: The user does not want to be led.
    """

    demo_wanted = pyqtSignal()
    file_wanted = pyqtSignal()
    left = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path = NoteLabel()
        self.path.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.demo_button = QPushButton(tr("Open the demo scene"))
        self.demo_button.setToolTip(tr("Simulated; comes with GAC"))
        self.file_button = QPushButton(tr("Open a Sentinel-1 file…"))
        self.file_button.setToolTip(tr("One file, or one each for VV and VH"))
        self.needs = NoteLabel()
        self.needs.show_text(tr("Calibrated, geocoded backscatter: VV and VH"))
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(4)
        for widget in (self.path, self.demo_button, self.file_button, self.needs):
            column.addWidget(widget)
        self.path.linkActivated.connect(lambda _: self.left.emit())
        self.demo_button.clicked.connect(self.demo_wanted)
        self.file_button.clicked.connect(self.file_wanted)
        self.show_state(is_empty=True, steps_done=None)

    def show_state(self, *, is_empty: bool, steps_done: int | None) -> None:
        """Show what comes next.

        Args:
            is_empty: True if the project has no layer that could be radar.
            steps_done: How many of `STEPS` are done; None: the user is not led.
        """
        for widget in (self.demo_button, self.file_button, self.needs):
            widget.setVisible(is_empty)
        self.path.show_text("" if steps_done is None else _path(steps_done))
        self.setVisible(is_empty or steps_done is not None)


def _path(done: int) -> str:
    """Return the steps as HTML: what is done, what is next, what follows, and a way out."""
    parts = []
    for number, step in enumerate(STEPS):
        text = escape(tr(step))
        if number < done:
            text = f"✔&nbsp;{text}"
        elif number == done:
            text = f"<b>{text}</b>"
        parts.append(text)
    return f'{" → ".join(parts)} · <a href="{LEAVE}">{escape(tr("Skip"))}</a>'
