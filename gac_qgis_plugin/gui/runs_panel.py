"""The Runs tab: earlier runs with their parameters; opening, resuming and deleting them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from qgis.core import QgsProject
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QHideEvent, QShowEvent
from qgis.PyQt.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gac_qgis_plugin import history
from gac_qgis_plugin.batches import (
    BatchEntry,
    batch_state,
    describe_batch,
    open_batch,
    read_batch,
    refresh_batch,
)
from gac_qgis_plugin.controller import RunController
from gac_qgis_plugin.core.i18n import locale, tr
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.gui.compare.session import ComparisonSession
from gac_qgis_plugin.gui.messages import show_folder, show_problem, wants_to_delete
from gac_qgis_plugin.gui.widgets import NoteLabel, secondary, shrink_to_text
from gac_qgis_plugin.history import tell_apart
from gac_qgis_plugin.jobs import Job
from gac_qgis_plugin.map_view import zoom_soon
from gac_qgis_plugin.results import run_in
from gac_qgis_plugin.runs import (
    RunEntry,
    delete_run,
    delete_stage_cache,
    describe_run,
    files_of,
    missing_radar_error,
    open_run,
    radar_of,
    read_entry,
    reusable_from,
    run_state,
    settings_of,
    stage_cache_files,
)

BATCH_FOLDER = Qt.ItemDataRole.UserRole
REFRESH_MS = 2_000
ROWS = 4
"""Number of batches visible without scrolling."""

FOLDER = Qt.ItemDataRole.UserRole


class RunAgainMenu(QMenu):
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
        possible = reusable_from(entry.folder) if entry is not None else ()
        without = tr("Its stages were not kept (Advanced).")
        for first in (2, 3):
            self.changes[first].setEnabled(is_usable and first in possible)
            self.changes[first].setToolTip("" if first in possible else without)
        files = stage_cache_files(entry.folder) if entry is not None else []
        size = locale().formattedDataSize(sum(path.stat().st_size for path in files))
        self.free.setText(
            tr("Remove kept stages ({})").format(size) if files else tr("Remove kept stages")
        )
        self.free.setEnabled(bool(files) and idle)
        self.free.setToolTip(tr("Frees disk space; images stay.") if files else without)

    def _want_changes(self, first: int, _checked: bool = False) -> None:
        self.changes_wanted.emit(first)


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
        self.open_button.setToolTip(tr("Shows the batch on the map, with its newest blocks"))
        self.forget_button = QPushButton(tr("Remove from the list"))
        self.forget_button.setToolTip(tr("Its files stay"))
        self.folder_button = QPushButton(tr("Open folder"))
        self.folder_button.setToolTip(tr("In the file manager"))
        secondary(self.folder_button, self.forget_button)
        row = QHBoxLayout()
        for button in (self.open_button, self.folder_button, self.forget_button):
            shrink_to_text(button)
            row.addWidget(button)
        column_box = QVBoxLayout(self)
        column_box.setContentsMargins(0, 0, 0, 0)
        column_box.addWidget(QLabel(f"<b>{tr('Batches')}</b>"))
        column_box.addWidget(self.list)
        column_box.addWidget(self.details)
        column_box.addLayout(row)
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self._on_timer)
        self.list.itemSelectionChanged.connect(self._show_chosen)
        self.list.itemDoubleClicked.connect(lambda *_: self.open())
        self.open_button.clicked.connect(self.open)
        self.forget_button.clicked.connect(self.forget)
        self.folder_button.clicked.connect(self.show_folder)
        self.refresh()

    def chosen(self) -> BatchEntry | None:
        """Return the selected batch."""
        items = self.list.selectedItems()
        return self._entries.get(Path(items[0].data(0, BATCH_FOLDER))) if items else None

    def refresh(self) -> None:
        """Read all batches again."""
        selected = self.chosen()
        entries = [read_batch(folder) for folder in history.batch_folders(QgsProject.instance())]
        self._entries = {entry.folder: entry for entry in entries}
        self.list.blockSignals(True)
        self.list.clear()
        for entry in entries:
            over, total = entry.blocks
            progress = tr("{} of {}").format(over, total) if total else ""
            item = QTreeWidgetItem([entry.folder.name, progress, batch_state(entry)])
            item.setData(0, BATCH_FOLDER, str(entry.folder))
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
            history.forget_batch(entry.folder, QgsProject.instance())
            self.refresh()

    def watch(self, seen: bool) -> None:
        """Follow active batches while the tab is visible."""
        if seen:
            self.refresh()
            self._timer.start()
        else:
            self._timer.stop()

    def _on_timer(self) -> None:
        """Read batches that may have changed, and update their layers on the map."""
        folders = history.batch_folders(QgsProject.instance())
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
        self.details.show_text("" if entry is None else describe_batch(entry))
        self.open_button.setEnabled(entry is not None and bool(entry.layers()))
        self.folder_button.setEnabled(entry is not None)
        self.forget_button.setEnabled(entry is not None)


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
        session: ComparisonSession,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._iface = iface
        self._controller = controller
        self._session = session
        self._entries: dict[Path, RunEntry] = {}
        self.list = QTreeWidget()
        self.list.setHeaderLabels([tr("Radar"), tr("Started"), tr("GAC")])
        self.list.setRootIsDecorated(False)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.details = NoteLabel()
        self.open_button = QPushButton(tr("Open"))
        self.open_button.setToolTip(tr("Shows the run on the map"))
        self.resume_button = QPushButton(tr("Resume"))
        self.resume_button.setToolTip(tr("Resumes an unfinished run"))
        self.again_button = QPushButton(tr("Run again"))
        self.again_button.setToolTip(tr("The same settings, or with changes"))
        self.again_menu = RunAgainMenu(self.again_button)
        self.again_button.setMenu(self.again_menu)
        self.delete_button = QPushButton(tr("Delete…"))
        self.delete_button.setToolTip(tr("With its files; asks first"))
        self.folder_button = QPushButton(tr("Open folder"))
        self.folder_button.setToolTip(tr("In the file manager"))
        self.forget_button = QPushButton(tr("Remove from the list"))
        self.forget_button.setToolTip(tr("Its files stay"))
        secondary(self.delete_button, self.folder_button, self.forget_button)
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
            shrink_to_text(button)
            self.buttons.addWidget(button, number // 2, number % 2)
        column_box = QVBoxLayout(self)
        column_box.setContentsMargins(6, 6, 6, 6)
        self.list.setMinimumHeight(self.list.fontMetrics().height() * 2 * (ROWS + 1))
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
        self.again_menu.free_wanted.connect(self.delete_stage_cache)
        self.delete_button.clicked.connect(self.delete)
        self.folder_button.clicked.connect(self.show_folder)
        self.forget_button.clicked.connect(self.forget)
        controller.unfinished_changed.connect(self._on_change)
        session.changed.connect(self._on_change)
        self.refresh()

    def chosen(self) -> RunEntry | None:
        """Return the selected run."""
        items = self.list.selectedItems()
        return self._entries.get(Path(items[0].data(0, FOLDER))) if items else None

    def refresh(self) -> None:
        """Read all runs again; the newest come first."""
        selected = self.chosen()
        entries = [read_entry(folder) for folder in history.run_folders(QgsProject.instance())]
        entries.sort(key=lambda entry: entry.when, reverse=True)
        differences = tell_apart(entries)
        self._entries = {entry.folder: entry for entry in entries}
        self.list.blockSignals(True)
        self.list.clear()
        for entry in entries:
            apart = differences[entry.folder]
            title = f"{entry.name}\n{apart}" if apart else entry.name
            item = QTreeWidgetItem([title, entry.when, run_state(entry)])
            item.setData(0, FOLDER, str(entry.folder))
            item.setToolTip(0, "\n".join(filter(None, (entry.name, apart, str(entry.folder)))))
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
        history.remember_run(entry.folder, QgsProject.instance())
        self._session.choose(run.folder)
        zoom_soon(self._iface.mapCanvas(), run.stages.values())
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
                raise missing_radar_error(entry)
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

    def delete_stage_cache(self) -> None:
        """Remove the stages that the selected run keeps for other runs."""
        entry = self.chosen()
        if entry is None:
            return
        try:
            delete_stage_cache(entry.folder)
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
        history.forget_run(entry.folder, QgsProject.instance())
        history.forget_unfinished(entry.folder)
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
            empty = "" if self._entries else tr("No runs yet.")
            self.details.show_text(empty)
        else:
            self.details.show_text(describe_run(entry))
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
