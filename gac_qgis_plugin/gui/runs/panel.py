"""The Runs tab: earlier runs with their parameters; opening, resuming and deleting them."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProject
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QHideEvent, QShowEvent
from qgis.PyQt.QtWidgets import (
    QGridLayout,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gac_qgis_plugin.controller import RunController
from gac_qgis_plugin.gui.compare.desk import Desk
from gac_qgis_plugin.gui.messages import show_folder, show_problem
from gac_qgis_plugin.gui.questions import wants_to_delete
from gac_qgis_plugin.gui.runs.again_menu import AgainMenu
from gac_qgis_plugin.gui.runs.batches import BatchesBox
from gac_qgis_plugin.gui.widgets import NoteLabel
from gac_qgis_plugin.jobs import Job
from gac_qgis_plugin.results import run_in
from gac_qgis_plugin.runs import history
from gac_qgis_plugin.runs.again import settings_of
from gac_qgis_plugin.runs.deleting import delete_run, files_of, free_kept
from gac_qgis_plugin.runs.entry import RunEntry, describe, read_entry, state
from gac_qgis_plugin.runs.opening import gone_radar, open_run, radar_of
from gac_qgis_plugin.toolbelt import unfinished
from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.words import tr

FOLDER = Qt.ItemDataRole.UserRole


class RunsPanel(QWidget):
    """List of the runs, with a description of the selected one.

    Signals:
        opened: A run is on the map (its folder, a Path).
        again_wanted: The user wants to repeat a run (a RunEntry) from a stage on, with changes.
    """

    opened = pyqtSignal(object)
    again_wanted = pyqtSignal(object, int)

    def __init__(
        self,
        iface: QgisInterface,
        controller: RunController,
        desk: Desk,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._iface = iface
        self._controller = controller
        self._desk = desk
        self._entries: dict[Path, RunEntry] = {}
        self.list = QTreeWidget()
        self.list.setHeaderLabels([tr("Radar"), tr("When"), tr("GAC")])
        self.list.setRootIsDecorated(False)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.details = NoteLabel()
        self.open_button = QPushButton(tr("Open"))
        self.open_button.setToolTip(tr("Adds the run's layers to the project again"))
        self.resume_button = QPushButton(tr("Resume"))
        self.resume_button.setToolTip(tr("Goes on with an unfinished run"))
        self.again_button = QPushButton(tr("Run again"))
        self.again_button.setToolTip(tr("Another run with this one's settings, or with changes"))
        self.again_menu = AgainMenu(self.again_button)
        self.again_button.setMenu(self.again_menu)
        self.delete_button = QPushButton(tr("Delete…"))
        self.delete_button.setToolTip(tr("Deletes the run with its files; asks first"))
        self.folder_button = QPushButton(tr("Open folder"))
        self.folder_button.setToolTip(tr("Shows its folder in the system's file manager"))
        self.forget_button = QPushButton(tr("Remove from the list"))
        self.forget_button.setToolTip(tr("Its files stay"))
        self.batches = BatchesBox(iface)
        self.buttons = QGridLayout()
        buttons = (
            self.open_button,
            self.again_button,
            self.resume_button,
            self.delete_button,
            self.folder_button,
            self.forget_button,
        )
        for number, button in enumerate(buttons):
            self.buttons.addWidget(button, number // 2, number % 2)
        column_box = QVBoxLayout(self)
        column_box.setContentsMargins(6, 6, 6, 6)
        column_box.addWidget(self.list, 1)
        column_box.addWidget(self.details)
        column_box.addLayout(self.buttons)
        column_box.addWidget(self.batches)
        self.list.itemSelectionChanged.connect(self._show_chosen)
        self.list.itemDoubleClicked.connect(lambda *_: self.open())
        self.open_button.clicked.connect(self.open)
        self.resume_button.clicked.connect(self.resume)
        self.again_menu.same_wanted.connect(self.run_again)
        self.again_menu.changes_wanted.connect(self.ask_again)
        self.again_menu.free_wanted.connect(self.free_kept)
        self.delete_button.clicked.connect(self.delete)
        self.folder_button.clicked.connect(self.show_folder)
        self.forget_button.clicked.connect(self.forget)
        controller.unfinished_changed.connect(self._on_change)
        desk.changed.connect(self._on_change)
        self.refresh()

    def chosen(self) -> RunEntry | None:
        """Return the selected run."""
        items = self.list.selectedItems()
        return self._entries.get(Path(items[0].data(0, FOLDER))) if items else None

    def refresh(self) -> None:
        """Read all runs again; the newest come first."""
        selected = self.chosen()
        entries = [read_entry(folder) for folder in history.folders(QgsProject.instance())]
        entries.sort(key=lambda entry: entry.when, reverse=True)
        self._entries = {entry.folder: entry for entry in entries}
        self.list.blockSignals(True)
        self.list.clear()
        for entry in entries:
            item = QTreeWidgetItem([entry.name, entry.when, state(entry)])
            item.setData(0, FOLDER, str(entry.folder))
            item.setToolTip(0, str(entry.folder))
            self.list.addTopLevelItem(item)
            if selected is not None and entry.folder == selected.folder:
                item.setSelected(True)
        self.list.blockSignals(False)
        self._show_chosen()

    def open(self) -> None:
        """Add the selected run to the map."""
        entry = self.chosen()
        if entry is None:
            return
        try:
            run = open_run(entry, QgsProject.instance())
        except PluginError as problem:
            show_problem(self._iface, problem)
            return
        history.remember(entry.folder, QgsProject.instance())
        self._desk.choose(run.folder)
        self.opened.emit(run.folder)

    def resume(self) -> None:
        """Resume the selected run."""
        entry = self.chosen()
        if entry is not None and entry.can_resume:
            self._controller.resume(entry.folder)

    def run_again(self) -> None:
        """Start another run with the settings of the selected one, in its own folder."""
        entry = self.chosen()
        if entry is None:
            return
        try:
            layers = radar_of(entry, QgsProject.instance())
            if not layers:
                raise gone_radar(entry)
        except PluginError as problem:
            show_problem(self._iface, problem)
            return
        ids = tuple(layer.id() for layer in layers)
        parent = entry.folder.parent
        params = {**settings_of(entry), "keep": bool(entry.request.get("keep"))}
        self._controller.start(Job(ids, layers[0].name(), parent, params))

    def ask_again(self, first: int) -> None:
        """Request another run with changes that reuses the stages before `first`."""
        entry = self.chosen()
        if entry is not None:
            self.again_wanted.emit(entry, first)

    def free_kept(self) -> None:
        """Remove the stages that the selected run keeps for other runs."""
        entry = self.chosen()
        if entry is None:
            return
        try:
            free_kept(entry.folder)
        except PluginError as problem:
            show_problem(self._iface, problem)
        self.refresh()

    def delete(self) -> None:
        """Delete the selected run, if the user confirms."""
        entry = self.chosen()
        if entry is None:
            return
        project = QgsProject.instance()
        if not entry.is_gone:
            names = [path.name for path in files_of(entry.folder)]
            if not wants_to_delete(self.window(), entry.folder, names):
                return
            try:
                delete_run(entry.folder, project)
            except PluginError as problem:
                show_problem(self._iface, problem)
                self.refresh()
                return
        self.forget()

    def show_folder(self) -> None:
        """Open the selected run's folder in the system's file manager."""
        entry = self.chosen()
        if entry is not None:
            show_folder(entry.folder)

    def forget(self) -> None:
        """Remove the selected run from the list; its files stay."""
        entry = self.chosen()
        if entry is None:
            return
        history.forget(entry.folder, QgsProject.instance())
        unfinished.forget(entry.folder)
        self._controller.unfinished_changed.emit()
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  (Qt names this method)
        """Refresh the lists, as files may have changed meanwhile."""
        super().showEvent(event)
        self.refresh()
        self.batches.watch(True)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802  (Qt names this method)
        """Stop following batches."""
        super().hideEvent(event)
        self.batches.watch(False)

    def _on_change(self) -> None:
        if self.isVisible():
            self.refresh()

    def _show_chosen(self) -> None:
        entry = self.chosen()
        if entry is None:
            empty = "" if self._entries else tr("No runs yet. They are listed here once begun.")
            self.details.show_text(empty)
        else:
            self.details.show_text(describe(entry))
        idle = not self._controller.is_running
        self.again_button.setEnabled(entry is not None)
        self.again_menu.show_entry(entry, idle=idle)
        self.open_button.setEnabled(entry is not None and bool(entry.stages))
        self.resume_button.setEnabled(entry is not None and entry.can_resume and idle)
        self.delete_button.setEnabled(entry is not None and not entry.is_busy)
        self.folder_button.setEnabled(entry is not None)
        # A run on the map is always listed.
        on_map = entry is not None and run_in(QgsProject.instance(), entry.folder) is not None
        self.forget_button.setEnabled(entry is not None and not entry.is_busy and not on_map)
