"""Menu of an earlier run: run it again, with changes, or remove the stages kept for that."""

from __future__ import annotations

from functools import partial

from qgis.PyQt.QtCore import QLocale, pyqtSignal
from qgis.PyQt.QtWidgets import QMenu, QWidget

from gac_qgis_plugin.runs.again import kept_files, may_begin_at
from gac_qgis_plugin.runs.entry import RunEntry
from gac_qgis_plugin.toolbelt.words import tr


class AgainMenu(QMenu):
    """Menu of the actions that the selected run allows.

    Signals:
        same_wanted: Another run with the same settings.
        changes_wanted: Another run with changes from a stage on (its number).
        free_wanted: The user wants to remove the stages kept for other runs.
    """

    same_wanted = pyqtSignal()
    changes_wanted = pyqtSignal(int)
    free_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setToolTipsVisible(True)
        self.same = self.addAction(tr("Same settings"))
        self.same.triggered.connect(lambda _checked: self.same_wanted.emit())
        titles = {
            1: tr("With changes…"),
            2: tr("With changes from stage 2 on…"),
            3: tr("With changes from stage 3 on…"),
        }
        self.changes = {first: self.addAction(title) for first, title in titles.items()}
        for first, action in self.changes.items():
            action.triggered.connect(partial(self._want_changes, first))
        self.addSeparator()
        self.free = self.addAction("")
        self.free.triggered.connect(lambda _checked: self.free_wanted.emit())

    def show_entry(self, entry: RunEntry | None, *, idle: bool) -> None:
        """Enable the actions that a run allows; `idle` is False while another run is active."""
        # A damaged record may lack a setting: another run would not be the same.
        is_usable = entry is not None and bool(entry.sources) and not entry.is_busy and idle
        is_usable = is_usable and entry is not None and not entry.damage
        self.same.setEnabled(is_usable)
        self.changes[1].setEnabled(is_usable)
        possible = may_begin_at(entry.folder) if entry is not None else ()
        without = tr("This run did not keep its stages (Run, Advanced, Keep stages).")
        for first in (2, 3):
            self.changes[first].setEnabled(is_usable and first in possible)
            self.changes[first].setToolTip("" if first in possible else without)
        files = kept_files(entry.folder) if entry is not None else []
        size = QLocale().formattedDataSize(sum(path.stat().st_size for path in files))
        self.free.setText(
            tr("Remove kept stages ({})").format(size) if files else tr("Remove kept stages")
        )
        self.free.setEnabled(bool(files) and idle)
        self.free.setToolTip(
            tr("Gives their room on the disk back; the run's images stay.") if files else without
        )

    def _want_changes(self, first: int, _checked: bool = False) -> None:
        self.changes_wanted.emit(first)
