"""Window that lists GAC's data on this computer and removes the selected items."""

from __future__ import annotations

from typing import Callable

from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QMessageBox,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gac_qgis_plugin import cleanup, history
from gac_qgis_plugin.cleanup import KEPT_BY_DEFAULT, DataItem, find_data, remove_data
from gac_qgis_plugin.core import paths
from gac_qgis_plugin.core.i18n import later, locale, tr
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.environment.manager import BackgroundTask, EnvironmentManager
from gac_qgis_plugin.gui.widgets import NoteLabel, alert

KEPT = Qt.ItemDataRole.UserRole
TITLES = {
    cleanup.SETTINGS: later("Settings and the list of runs, in QGIS's settings"),
    cleanup.ENVIRONMENT: later("The models' environment: {}"),
    cleanup.MODELS: later("A model of yours: {}"),
    cleanup.MEMORY: later("Measured speed of this computer: {}"),
    cleanup.PREVIEWS: later("Previews left by a crash: {}"),
    cleanup.RUN: later("A run's files: {}"),
}


class CleanupDialog(QDialog):
    """List of GAC's data with sizes. Models and runs are selected only by the user.

    Args:
        manager: Manager of the environment.
        release: Ends the worker, called before anything is removed; returns False if a run needs
            it.

    Signals:
        removed: Something was removed: settings may be the defaults again.
    """

    removed = pyqtSignal()

    def __init__(
        self,
        manager: EnvironmentManager,
        release: Callable[[], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("GAC: files stored on this computer"))
        self.resize(560, 360)
        self._manager = manager
        self._release = release
        self._search: BackgroundTask | None = None
        self._left: list[str] = []
        self._waits = False
        words = NoteLabel()
        words.show_text(
            tr(
                "QGIS removes the plugin only, not these files. Remove here what you do not "
                "want to keep, then uninstall GAC in the plugin manager."
            )
        )
        self.list = QTreeWidget()
        self.list.setHeaderLabels([tr("Stored"), tr("Size")])
        self.list.setRootIsDecorated(False)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.message = NoteLabel()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.remove_button = buttons.addButton(
            tr("Remove…"), QDialogButtonBox.ButtonRole.DestructiveRole
        )
        column = QVBoxLayout(self)
        for widget in (words, self.list, self.message, buttons):
            column.addWidget(widget)
        buttons.rejected.connect(self.reject)
        self.remove_button.clicked.connect(self._on_remove)
        self.list.itemChanged.connect(lambda *_: self._show_total())
        manager.ended.connect(self._on_environment)
        self.search()

    def search(self) -> None:
        """Refresh the list, in the background."""
        runs = history.run_folders(QgsProject.instance())
        self.remove_button.setEnabled(False)
        self.message.show_text(tr("Looking…"))
        task = BackgroundTask(tr("GAC: stored files"), lambda tell, _: find_data(runs))
        task.ended.connect(self._on_found)
        self._search = task
        QgsApplication.taskManager().addTask(task)

    def chosen(self) -> list[DataItem]:
        """Return the selected items."""
        items = [self.list.topLevelItem(n) for n in range(self.list.topLevelItemCount())]
        ticked = Qt.CheckState.Checked
        return [item.data(0, KEPT) for item in items if item.checkState(0) == ticked]

    def remove(self) -> None:
        """Remove the selected items without asking."""
        items = self.chosen()
        if not self._release():
            words = tr("A run is in progress. Cancel it or wait for it to end, then remove.")
            self.message.show_text(alert(words))
            return
        self.remove_button.setEnabled(False)
        environment = [item for item in items if item.kind == cleanup.ENVIRONMENT]
        self._left = remove_data(items, QgsProject.instance())
        if environment and not self._manager.is_working:
            self._waits = True
            self.message.show_text(tr("Removing the environment…"))
            self._manager.remove(environment[0].path)
        else:
            if environment:
                self._left.append(tr("The environment is being worked on."))
            self._finish()

    def done(self, result: int) -> None:
        """Abandon the search. Called by Qt."""
        if self._search is not None:
            self._search.ended.disconnect(self._on_found)
            self._search = None
        super().done(result)

    def _on_found(self, found: list[DataItem] | None, problem: PluginError | None) -> None:
        self._search = None
        self.list.blockSignals(True)
        self.list.clear()
        for entry in found or []:
            where = paths.short(entry.path) if entry.paths else ""
            size = locale().formattedDataSize(entry.size) if entry.paths else ""
            item = QTreeWidgetItem([tr(TITLES[entry.kind]).format(where), size])
            item.setToolTip(0, "\n".join(map(str, entry.paths)))
            ticked = (
                Qt.CheckState.Unchecked if entry.kind in KEPT_BY_DEFAULT else Qt.CheckState.Checked
            )
            item.setCheckState(0, ticked)
            item.setData(0, KEPT, entry)
            self.list.addTopLevelItem(item)
        self.list.blockSignals(False)
        if problem is not None:
            self.message.show_text(alert(problem.message))
        elif self._left:
            self.message.show_text(alert("\n".join(self._left)))
            self._left = []
        else:
            self._show_total()

    def _show_total(self) -> None:
        items = self.chosen()
        size = locale().formattedDataSize(sum(item.size for item in items))
        self.message.show_text(tr("Selected: {}").format(size) if items else "")
        self.remove_button.setEnabled(bool(items))

    def _on_remove(self) -> None:
        yes, no = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.Cancel
        text = tr("Delete the selected items permanently? This cannot be undone.")
        if QMessageBox.question(self, "GAC", text, yes | no, no) == yes:
            self.remove()

    def _on_environment(self, problem: PluginError | None) -> None:
        if not self._waits:
            return
        self._waits = False
        if problem is not None:
            self._left.append(f"{problem.message} {problem.details}".strip())
        self._finish()

    def _finish(self) -> None:
        self.removed.emit()
        self.search()
