"""Removal of what GAC keeps on this machine: what there is, and the dialog to choose from it."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

from qgis.core import QgsApplication, QgsProject, QgsSettings
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

from gac_qgis_plugin import history
from gac_qgis_plugin.contract import layout, removal, rename
from gac_qgis_plugin.core import paths, settings
from gac_qgis_plugin.core.i18n import later, locale, tr
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.core.processes import CERTIFICATES, certificates_folder
from gac_qgis_plugin.core.settings import PREFIX
from gac_qgis_plugin.environment.manager import BackgroundTask, EnvironmentManager
from gac_qgis_plugin.environment.plan import folders_of, managed_home, size_of
from gac_qgis_plugin.environment.state import MARKER
from gac_qgis_plugin.gui.compare.tools import KEYS
from gac_qgis_plugin.gui.lens import PREVIEW_PREFIX
from gac_qgis_plugin.gui.widgets import NoteLabel, alert
from gac_qgis_plugin.models import models_folder
from gac_qgis_plugin.runs import delete_run, files_of

SETTINGS, ENVIRONMENT, MODELS, MEMORY, PREVIEWS, RUN = (
    "settings",
    "environment",
    "models",
    "memory",
    "previews",
    "run",
)
KEPT_BY_DEFAULT = (MODELS, RUN)
"""Kinds that may have taken hours to create: removed only if the user selects them."""

_ORDER = (RUN, MODELS, MEMORY, PREVIEWS, SETTINGS)
"""Order of removal. Settings go last: deleting a run changes them once more."""

KEPT = Qt.ItemDataRole.UserRole
TITLES = {
    SETTINGS: later("Settings and the list of runs, in QGIS's settings"),
    ENVIRONMENT: later("The models' environment: {}"),
    MODELS: later("A model of yours: {}"),
    MEMORY: later("Measured speed of this computer: {}"),
    PREVIEWS: later("Previews left by a crash: {}"),
    RUN: later("A run's files: {}"),
}


@dataclass(frozen=True)
class DataItem:
    """An item of GAC's data.

    Attributes:
        kind: One of the kinds above.
        paths: Its files and folders; none for settings.
        size: Bytes on the disk.
    """

    kind: str
    paths: tuple[Path, ...] = ()
    size: int = 0

    @property
    def path(self) -> Path:
        """The folder or file that represents it."""
        return self.paths[0]


def find_data(runs: Iterable[Path]) -> list[DataItem]:
    """Find all of GAC's data; takes seconds, as an environment has many files.

    Args:
        runs: Folders of the known runs.
    """
    return [DataItem(SETTINGS), *_environment(), *_of_engine(), *_previews(), *_runs(runs)]


def _environment() -> list[DataItem]:
    home = managed_home()
    existing = tuple(each for each in folders_of(home) if each.exists())
    # The user may have chosen an unrelated folder.
    markers = (home / MARKER, home / "pyvenv.cfg", *folders_of(home)[1:])
    if not any(each.exists() for each in markers):
        return []
    return [DataItem(ENVIRONMENT, existing, size_of(existing))]


def _of_engine() -> list[DataItem]:
    parts = [models_folder() / name for name in layout.MODELS_PARTS]
    models = [path for part in parts for path in sorted(part.glob("*"))]
    items = [DataItem(MODELS, (path,), size_of([path])) for path in models]
    files = [layout.data_dir() / name for name in (layout.TIMINGS, layout.MODELS_FOLDER_FILE)]
    compiled = layout.compiled_folder()
    memory = tuple(path for path in files if path.is_file())
    memory += (compiled,) if compiled.is_dir() else ()
    return [*items, DataItem(MEMORY, memory, size_of(memory))] if memory else items


def _previews() -> list[DataItem]:
    """Return previews of the lens that a killed QGIS of this user left behind."""
    files = tuple(filter(_is_ours, sorted(Path(tempfile.gettempdir()).glob(f"{PREVIEW_PREFIX}*"))))
    return [DataItem(PREVIEWS, files, size_of(files))] if files else []


def _is_ours(path: Path) -> bool:
    """Return whether a path is a folder of this user, not a link: others have such names too."""
    try:
        state = path.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(state.st_mode) and (
        not hasattr(os, "getuid") or state.st_uid == os.getuid()
    )


def _runs(folders: Iterable[Path]) -> list[DataItem]:
    items = []
    for folder in folders:
        files = [
            *files_of(folder),
            *([folder / layout.WORK] if (folder / layout.WORK).is_dir() else []),
        ]
        if files:
            items.append(DataItem(RUN, (folder,), size_of(files)))
    return items


def remove_data(chosen: Iterable[DataItem], project: QgsProject) -> list[str]:
    """Remove all selected data except the environment, which its manager removes.

    No worker may be active, or hold models. QGIS waits for the files that other programs hold as
    long as for one of them.

    Returns:
        The failures, a line each.
    """
    failures: list[str] = []
    pauses = iter(rename.PAUSES)
    for item in sorted(
        (each for each in chosen if each.kind != ENVIRONMENT), key=lambda x: _ORDER.index(x.kind)
    ):
        if item.kind == SETTINGS:
            forget_settings(pauses)
            continue
        for path in item.paths:
            try:
                _remove(item.kind, path, project, pauses)
            except PluginError as problem:
                failures.append(f"{problem.message} {problem.details}".strip())
            except OSError as error:
                words = tr("{} could not be deleted: {}.")
                failures.append(words.format(paths.short(path), error.strerror or error))
    return failures


def forget_settings(pauses: Iterator[float]) -> None:
    """Remove GAC's settings from QGIS, including changed shortcuts and its secrets."""
    store = QgsSettings()
    store.remove(PREFIX.rstrip("/"))
    for name in KEYS:
        store.remove(f"shortcuts/{name}")
    store.sync()
    settings.forget_token()
    settings.forget_server()
    with suppress(OSError):  # a copy of QGIS's own certificates
        copy = certificates_folder() / CERTIFICATES
        removal.remove_file(copy, missing_ok=True, pauses=pauses)
        certificates_folder().rmdir()


def _remove(kind: str, path: Path, project: QgsProject, pauses: Iterator[float]) -> None:
    if kind == RUN:
        delete_run(path, project, pauses)
        history.forget_run(path, project)
        history.forget_unfinished(path)
    elif path.is_dir() and not path.is_symlink():
        removal.remove_folder(path, pauses=pauses)
    else:
        removal.remove_file(path, missing_ok=True, pauses=pauses)
    if kind in (MODELS, MEMORY):
        # Remove its parent folders if they are empty.
        for folder in (path.parent, path.parent.parent):
            if folder.name in (*layout.MODELS_PARTS, "gac", "Cache"):
                with suppress(OSError):
                    folder.rmdir()


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
        environment = [item for item in items if item.kind == ENVIRONMENT]
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
