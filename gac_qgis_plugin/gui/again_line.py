"""Line of the Run tab about the earlier run that is being built upon."""

from __future__ import annotations

from html import escape

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from gac_qgis_plugin.gui.widgets import NoteLabel
from gac_qgis_plugin.runs.again import Again
from gac_qgis_plugin.toolbelt.words import tr


class AgainLine(NoteLabel):
    """Line with the earlier run and the parameters that it fixes.

    Signals:
        given_up: The user wants a new run instead.
    """

    given_up = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.linkActivated.connect(lambda _: self.given_up.emit())

    def show_again(self, again: Again | None) -> None:
        """Show an earlier run to build upon; None hides the line."""
        if again is None:
            self.show_text("")
            return
        entry = again.entry
        name = " · ".join(part for part in (entry.name, entry.when) if part)
        if again.first == 2:
            text = tr("Stage 1 is taken from the run of {}: radar, area, seed and its steps stay.")
        else:
            text = tr(
                "Stages 1 and 2 are taken from the run of {}: radar, area, month, biome, seed and "
                "the steps of stage 1 stay."
            )
        link = f'<a href="new">{escape(tr("New run instead"))}</a>'
        self.setToolTip(str(entry.folder))
        self.show_text(f"{text.format(f'<b>{escape(name)}</b>')} {link}")
