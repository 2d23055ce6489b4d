"""The batches in the Runs tab: progress, layers, and failures."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProject
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gac_qgis_plugin.batches import known
from gac_qgis_plugin.batches.entry import BatchEntry, describe, read_batch, state
from gac_qgis_plugin.batches.opening import open_batch, refresh_batch
from gac_qgis_plugin.gui.messages import show_folder, show_problem
from gac_qgis_plugin.gui.widgets import NoteLabel, tight
from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.words import tr

FOLDER = Qt.ItemDataRole.UserRole
LOOK_MS = 2_000
ROWS = 4
"""Number of batches visible without scrolling."""


class BatchesBox(QWidget):
    """List of the batches; hidden while there are none."""

    def __init__(self, iface: QgisInterface, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._iface = iface
        self._entries: dict[Path, BatchEntry] = {}
        self.list = QTreeWidget()
        self.list.setHeaderLabels([tr("Batch"), tr("Blocks"), tr("State")])
        self.list.setRootIsDecorated(False)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setMaximumHeight(self.list.fontMetrics().height() * 2 * (ROWS + 1))
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.details = NoteLabel()
        self.open_button = QPushButton(tr("Open"))
        self.open_button.setToolTip(
            tr("Adds the batch's layers to the project, or shows the blocks that came since")
        )
        self.forget_button = QPushButton(tr("Remove from the list"))
        self.forget_button.setToolTip(tr("Its files stay"))
        self.folder_button = QPushButton(tr("Open folder"))
        self.folder_button.setToolTip(tr("Shows its folder in the system's file manager"))
        row = QHBoxLayout()
        for button in (self.open_button, self.folder_button, self.forget_button):
            tight(button)
            row.addWidget(button)
        column_box = QVBoxLayout(self)
        column_box.setContentsMargins(0, 0, 0, 0)
        column_box.addWidget(QLabel(f"<b>{tr('Batches')}</b>"))
        column_box.addWidget(self.list)
        column_box.addWidget(self.details)
        column_box.addLayout(row)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        self.list.itemSelectionChanged.connect(self._show_chosen)
        self.list.itemDoubleClicked.connect(lambda *_: self.open())
        self.open_button.clicked.connect(self.open)
        self.forget_button.clicked.connect(self.forget)
        self.folder_button.clicked.connect(self.show_folder)
        self.refresh()

    def chosen(self) -> BatchEntry | None:
        """Return the selected batch."""
        items = self.list.selectedItems()
        return self._entries.get(Path(items[0].data(0, FOLDER))) if items else None

    def refresh(self) -> None:
        """Read all batches again."""
        selected = self.chosen()
        entries = [read_batch(folder) for folder in known.folders(QgsProject.instance())]
        self._entries = {entry.folder: entry for entry in entries}
        self.list.blockSignals(True)
        self.list.clear()
        for entry in entries:
            over, total = entry.blocks
            progress = tr("{} of {}").format(over, total) if total else ""
            item = QTreeWidgetItem([entry.folder.name, progress, state(entry)])
            item.setData(0, FOLDER, str(entry.folder))
            item.setToolTip(0, str(entry.folder))
            self.list.addTopLevelItem(item)
            if selected is None or entry.folder == selected.folder:
                self.list.setCurrentItem(item)
                selected = entry
        self.list.blockSignals(False)
        self.setVisible(bool(entries))
        self._show_chosen()

    def open(self) -> None:
        """Add the selected batch to the map."""
        entry = self.chosen()
        if entry is None:
            return
        try:
            open_batch(read_batch(entry.folder), QgsProject.instance())
        except PluginError as problem:
            show_problem(self._iface, problem)

    def show_folder(self) -> None:
        """Open the selected batch's folder in the system's file manager."""
        entry = self.chosen()
        if entry is not None:
            show_folder(entry.folder)

    def forget(self) -> None:
        """Remove the selected batch from the list."""
        entry = self.chosen()
        if entry is not None:
            known.forget(entry.folder, QgsProject.instance())
            self.refresh()

    def watch(self, seen: bool) -> None:
        """Follow active batches while the tab is visible."""
        if seen:
            self.refresh()
            self._timer.start()
        else:
            self._timer.stop()

    def _look(self) -> None:
        """Read batches that may have changed, and update their layers on the map."""
        folders = known.folders(QgsProject.instance())
        changed = folders != list(self._entries)
        for folder, previous in self._entries.items():
            if (previous.is_over or previous.damage) and not previous.is_busy:
                continue
            entry = read_batch(folder)
            if entry != previous:
                changed = True
                refresh_batch(entry, QgsProject.instance())
        if changed:
            self.refresh()

    def _show_chosen(self) -> None:
        entry = self.chosen()
        self.details.show_text("" if entry is None else describe(entry))
        self.open_button.setEnabled(entry is not None and bool(entry.layers()))
        self.folder_button.setEnabled(entry is not None)
        self.forget_button.setEnabled(entry is not None)
