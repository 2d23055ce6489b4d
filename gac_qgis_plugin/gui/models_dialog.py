"""The models' window: list, download, verification, import, deletion, and folder."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any, Callable

from qgis.core import Qgis
from qgis.gui import QgisInterface, QgsCollapsibleGroupBox, QgsPasswordLineEdit
from qgis.PyQt.QtCore import QObject, Qt
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QMenu,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gac_qgis_plugin.controller import RunController
from gac_qgis_plugin.core import paths
from gac_qgis_plugin.core import settings as core_settings
from gac_qgis_plugin.core.i18n import Number, later, tr, translated
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.core.settings import PluginSettings
from gac_qgis_plugin.gui.guide import help_button
from gac_qgis_plugin.gui.messages import ProblemDialog, push, show_problem
from gac_qgis_plugin.gui.widgets import NoteLabel, alert, narrow_form, secondary
from gac_qgis_plugin.models import DELETE, FETCH, FOLDER, IMPORT, VERIFY, ModelsManager

HUB = "https://huggingface.co"

GB, MB = 1e9, 1e6
DOING = {
    FETCH: later("downloading…"),
    VERIFY: later("being verified…"),
    IMPORT: later("importing…"),
    DELETE: later("deleting…"),
    FOLDER: later("moving…"),
}
HOME = "models folder"

SECONDS = 10

MIN_GB = 0.01
"""GB below which a size is shown in MB."""

PLACES = {
    "with GAC": later("comes with GAC"),
    HOME: later("in your models"),
    "elsewhere": later("in another folder"),
    "": later("missing"),
}
HASHES = {
    "card": later("hash in its card"),
    "first download": later("hash of the first download"),
    "none": later("no hash known"),
}

Entry = dict[str, Any]


class ConnectionGroup(QgsCollapsibleGroupBox):
    """A mirror, and a token that is stored in QGIS's encrypted store or not at all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Download from"), parent)
        self.mirror = QLineEdit(PluginSettings.load().models_mirror)
        self.mirror.setPlaceholderText(HUB)
        self.mirror.setToolTip(
            tr("Server with Hugging Face's interface; QGIS's proxy and certificates are used.")
        )
        self.token = QgsPasswordLineEdit()
        self.token.setPlaceholderText(
            tr("kept in QGIS, encrypted") if core_settings.has_token() else tr("none")
        )
        self.token.setToolTip(
            tr("Only for models that ask for permission. It is never logged or written in clear.")
        )
        self.keep = QCheckBox(tr("Keep the token in QGIS, encrypted"))
        self.keep.setChecked(core_settings.has_token())
        self.keep.setEnabled(core_settings.can_store())
        form = narrow_form(self)
        form.addRow(tr("Server"), self.mirror)
        form.addRow(tr("Token"), self.token)
        form.addRow("", self.keep)
        self.setCollapsed(not self.mirror.text())

    def remember(self) -> str:
        """Store the inputs as far as permitted, and return the token to use."""
        settings = PluginSettings.load()
        settings.models_mirror = core_settings.store_server(self.mirror.text().strip())
        settings.save()
        token = self.token.text().strip()
        if not self.keep.isChecked():
            core_settings.forget_token()
            self.token.setPlaceholderText(tr("none"))
            return token
        if not token:
            return core_settings.stored_token()
        if core_settings.store_token(token):
            self.token.clear()
            self.token.setPlaceholderText(tr("kept in QGIS, encrypted"))
        else:
            self.keep.setChecked(False)
        return token


class ModelsDialog(QDialog):
    """Dialog to manage the models; an operation continues when it is closed.

    Args:
        manager: Manager of the models.
        is_running: Returns True while a run uses models, which must not be replaced then.
    """

    def __init__(
        self,
        manager: ModelsManager,
        is_running: Callable[[], bool] = lambda: False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("GAC: models"))
        self.resize(720, 500)
        self._manager = manager
        self._is_running = is_running
        self._problem: PluginError | None = None
        self.table = ModelsTable()
        self.about = NoteLabel()
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.message = NoteLabel()
        self.place = NoteLabel()
        self.move_button = QPushButton(tr("Move…"))
        self.move_button.setAutoDefault(False)
        self.move_button.setToolTip(tr("Chooses another folder for the models"))
        self.connection = ConnectionGroup()
        self.main_button = QPushButton()
        self.verify_button = QPushButton(tr("Verify"))
        self.verify_button.setToolTip(tr("Reads every file and compares its hash"))
        self.import_button = QPushButton(tr("Import"))
        self.delete_button = QPushButton(tr("Delete…"))
        self.details_button = QPushButton(tr("Details…"))
        menu = QMenu(self.import_button)
        menu.addAction(tr("From a folder or a stick…"), self._on_import_folder)
        menu.addAction(tr("From a zip or tar file…"), self._on_import_file)
        self.import_button.setMenu(menu)
        self._lay_out()
        self.main_button.clicked.connect(self._on_main)
        self.verify_button.clicked.connect(lambda: self._on_chosen(manager.verify))
        self.delete_button.clicked.connect(self._on_delete)
        self.move_button.clicked.connect(self._on_move)
        self.details_button.clicked.connect(self._show_details)
        self.table.currentItemChanged.connect(lambda *_: self._show_chosen())
        manager.changed.connect(self._show)
        manager.progressed.connect(self._on_progress)
        manager.ended.connect(self._on_ended)
        self._show()
        manager.refresh()

    def choose(self, name: str) -> None:
        """Select a bundle by its name."""
        for i in range(self.table.topLevelItemCount()):
            self.table.setCurrentItem(self.table.topLevelItem(i))
            if (self.table.chosen or {}).get("name") == name:
                return

    def download(self) -> None:
        """Download the selected bundle's missing files."""
        token = self.connection.remember()
        self._on_chosen(lambda name: self._manager.fetch(name, token))

    def _lay_out(self) -> None:
        where = QHBoxLayout()
        where.addWidget(self.place, 1)
        where.addWidget(self.move_button)
        row = QHBoxLayout()
        for button in (
            self.main_button,
            self.verify_button,
            self.import_button,
            self.delete_button,
            self.details_button,
        ):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch()
        row.addWidget(help_button())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        row.addWidget(buttons)
        self.main_button.setDefault(True)
        secondary(self.move_button, self.delete_button, self.details_button)
        column = QVBoxLayout(self)
        column.addWidget(self.table, 1)
        for widget in (self.about, self.bar, self.message):
            column.addWidget(widget)
        column.addLayout(where)
        column.addWidget(self.connection)
        column.addLayout(row)

    def _show(self) -> None:
        manager = self._manager
        # The result of an operation is known only once the list has been refreshed.
        busy = manager.bundle if manager.is_working or manager.is_listing else ""
        words = tr(DOING.get(manager.action, "")) if manager.is_working else "…"
        self.table.show_bundles(manager.bundles, busy, words)
        self.bar.setVisible(manager.is_working)
        if manager.is_working:
            self.message.show_text(tr("You can close this window; the work continues."))
        elif not manager.listing and self._problem is None:
            self.message.show_text(tr("Looking for models…"))
        elif self.message.text() == tr("Looking for models…"):
            self.message.show_text("")
        self._show_place()
        self._show_chosen()

    def _show_place(self) -> None:
        listing = self._manager.listing
        folder = str(listing.get("folder") or "")
        self.move_button.setVisible(bool(folder))
        if not folder:
            self.place.show_text("")
        elif not listing.get("there"):
            text = tr(
                "The models' folder {} is missing: plug in its disk, or choose another folder."
            )
            self.place.show_text(alert(text.format(folder)))
        else:
            text = tr("Your models live in {}; {:.0f} GB are free.").format(
                escape(paths.short(Path(folder))), float(listing.get("free") or 0) / GB
            )
            if listing.get("fixed"):
                text = tr("{} The variable GAC_MODELS sets it.").format(text)
            self.place.show_text(text)
        self.move_button.setEnabled(
            bool(folder) and not listing.get("fixed") and self._may_replace()
        )

    def _show_chosen(self) -> None:
        entry = self.table.chosen
        working = self._manager.is_working
        is_fetching = working and self._manager.action == FETCH
        label = tr("Download")
        if entry is not None and fetched(entry):
            label = tr("Continue")
        self.main_button.setText(tr("Pause") if is_fetching else label)
        can_fetch = entry is not None and is_downloadable(entry)
        is_idle = not working and not self._manager.is_listing
        self.main_button.setEnabled(is_fetching or (can_fetch and is_idle))
        self.verify_button.setEnabled(bool(entry and entry["ready"]) and not working)
        self.import_button.setEnabled(bool(self._manager.listing) and self._may_replace())
        self.delete_button.setEnabled(entry is not None and _has_own(entry) and self._may_replace())
        self.details_button.setVisible(self._problem is not None and not working)
        self.about.show_text("" if entry is None else _about(entry))

    def _may_replace(self) -> bool:
        return not self._manager.is_working and not self._is_running()

    def _on_progress(self, percent: float, text: str) -> None:
        self.bar.setValue(round(10 * percent))
        self.message.show_text(escape(text))

    def _on_ended(self, result: dict[str, Any] | None, problem: PluginError | None) -> None:
        self._problem = problem
        self.bar.setValue(0)
        if problem is not None:
            self.message.show_text(alert(f"{problem.message} {problem.remedy}".strip()))
        elif result is None:
            self.message.show_text(tr("Paused. Downloaded data is kept; Continue resumes."))
        else:
            lines = [escape(translated(str(text))) for text in result.get("told") or []]
            lines += [alert(translated(str(text))) for text in result.get("warned") or []]
            self.message.show_text("<br>".join(lines))
        self._show()

    def _on_main(self) -> None:
        if self._manager.is_working:
            self._manager.cancel()
        else:
            self.download()

    def _on_chosen(self, action: Callable[[str], None]) -> None:
        entry = self.table.chosen
        if entry is not None and not self._manager.is_working:
            self._problem = None
            action(str(entry["name"]))

    def _on_import_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, tr("A folder with models"))
        if name:
            self.import_from(Path(name))

    def _on_import_file(self) -> None:
        kinds = tr("Archives") + " (*.zip *.tar *.tar.gz *.tgz *.tar.xz)"
        name, _ = QFileDialog.getOpenFileName(self, tr("An archive with models"), "", kinds)
        if name:
            self.import_from(Path(name))

    def import_from(self, path: Path) -> None:
        """Import a folder or an archive."""
        self._problem = None
        self._manager.import_from(path)

    def _on_delete(self) -> None:
        entry = self.table.chosen
        if entry is None:
            return
        text = tr("Delete {} from your models? Files that other bundles need stay.")
        if _confirmed(self, text.format(translated(str(entry["title"])))):
            self._on_chosen(self._manager.delete)

    def _on_move(self) -> None:
        name = QFileDialog.getExistingDirectory(self, tr("Another folder for the models"))
        if not name:
            return
        box = QMessageBox(self)
        box.setWindowTitle("GAC")
        box.setText(tr("Move the models in {}?").format(self._folder()))
        box.setInformativeText(
            tr(
                "Move: they are copied to {} and then deleted here. Leave: they stay here and "
                "GAC no longer sees them."
            ).format(name)
        )
        move = box.addButton(tr("Move them"), QMessageBox.ButtonRole.AcceptRole)
        leave = box.addButton(tr("Leave them"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.exec()
        if box.clickedButton() in (move, leave):
            self._problem = None
            self._manager.move(Path(name), leave=box.clickedButton() == leave)

    def _folder(self) -> str:
        return str(self._manager.listing.get("folder") or "")

    def _show_details(self) -> None:
        if self._problem is not None:
            ProblemDialog(self._problem, self).open()


def _has_own(entry: dict[str, Any]) -> bool:
    """Return whether any file of a bundle lies in the models folder."""
    files = entry["files"]
    return entry["place"] == HOME or any(f["place"] == HOME or f["fetched"] for f in files)


def _about(entry: dict[str, Any]) -> str:
    lines = [tr("<b>Licence:</b> {}").format(escape(translated(str(entry["licence"]))))]
    repos = sorted({f"{f['repo']} ({_revision(f)})" for f in entry["files"] if f["repo"]})
    if repos:
        lines.append(tr("<b>Source:</b> {}").format(escape(", ".join(repos))))
    else:
        lines.append(tr("<b>Source:</b> {}").format(escape(paths.short(Path(entry["path"])))))
    if any(f["repo"] and f["hash"] == "none" for f in entry["files"]):
        lines.append(
            tr(
                "GAC does not know the publisher's hashes of these files: the first download is "
                "compared with the server's hashes, recorded, and trusted from then on."
            )
        )
    if not entry["ready"] and not is_downloadable(entry):
        problem = (translated(str(entry[key])) for key in ("problem", "remedy"))
        lines.append(alert(" ".join(filter(None, problem))))
    return "<br>".join(lines)


def _revision(file: dict[str, Any]) -> str:
    return str(file["revision"])[:12] or tr("newest commit")


def _confirmed(parent: QWidget, text: str) -> bool:
    yes, no = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.Cancel
    return bool(QMessageBox.question(parent, "GAC", text, yes | no, no) == yes)


class ModelsController(QObject):
    """Controller of the models' window; reports operations that finish after it is closed."""

    def __init__(
        self, iface: QgisInterface, controller: RunController, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.manager = ModelsManager(self)
        self.dialog: ModelsDialog | None = None
        self._iface = iface
        self._controller = controller
        self.manager.ended.connect(self._on_ended)

    def open(self, name: str = "") -> None:
        """Show the window, with a bundle selected if one is given."""
        if self.dialog is None or self.dialog.isHidden():
            if self.dialog is not None:
                self.dialog.deleteLater()
            self.dialog = ModelsDialog(
                self.manager, lambda: self._controller.is_running, self._iface.mainWindow()
            )
        self.dialog.choose(name)
        self.dialog.show()
        self.dialog.raise_()

    def close(self) -> None:
        """Stop all operations and close the window: the plugin is unloaded."""
        self.manager.close()
        if self.dialog is not None:
            self.dialog.close()
            self.dialog.deleteLater()
            self.dialog = None

    def _on_ended(self, result: dict[str, Any] | None, problem: PluginError | None) -> None:
        if self.dialog is None or not self.dialog.isHidden():
            return
        if problem is not None:
            show_problem(self._iface, problem)
        elif result is not None:
            texts = [*(result.get("told") or []), *(result.get("warned") or [])]
            words = " ".join(translated(str(text)) for text in texts)
            push(self._iface, words, Qgis.MessageLevel.Success, seconds=SECONDS)


class ModelsTable(QTreeWidget):
    """Tree of bundles; the first column of each carries its entry."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderLabels([tr("Model"), tr("Size"), tr("State")])
        self.setRootIsDecorated(True)
        self.setUniformRowHeights(True)
        header = self.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(0, 340)
        header.resizeSection(1, 90)

    @property
    def chosen(self) -> Entry | None:
        """The entry of the selected bundle, or of the selected file's bundle."""
        item = self.currentItem()
        if item is None:
            return None
        entry = (item.parent() or item).data(0, Qt.ItemDataRole.UserRole)
        return entry if isinstance(entry, dict) else None

    def show_bundles(self, bundles: list[Entry], busy: str, words: str) -> None:
        """Show the bundles.

        Args:
            bundles: The entries.
            busy: Name of the bundle with an active operation; empty if none.
            words: Description of that operation.
        """
        selected = self.chosen
        name = selected["name"] if selected else ""
        expanded = {
            self.topLevelItem(i).data(0, Qt.ItemDataRole.UserRole)["name"]
            for i in range(self.topLevelItemCount())
            if self.topLevelItem(i).isExpanded()
        }
        self.blockSignals(True)
        self.clear()
        for entry in bundles:
            state = words if entry["name"] == busy else state_words(entry)
            item = QTreeWidgetItem(
                [translated(str(entry["title"])), size_words(int(entry["bytes"])), state]
            )
            item.setData(0, Qt.ItemDataRole.UserRole, entry)
            item.setToolTip(0, str(entry["path"]))
            for file in entry["files"]:
                item.addChild(_file_item(file))
            self.addTopLevelItem(item)
            item.setExpanded(entry["name"] in expanded)
            if entry["name"] == name:
                self.setCurrentItem(item)
        if self.currentItem() is None and self.topLevelItemCount():
            self.setCurrentItem(self.topLevelItem(0))
        self.blockSignals(False)


def fetched(entry: Entry) -> int:
    """Return the bytes downloaded so far."""
    return sum(int(file["fetched"]) for file in entry["files"])


def is_downloadable(entry: Entry) -> bool:
    """Return whether published files of a bundle are missing here."""
    return not entry["ready"] and any(f["repo"] and not f["path"] for f in entry["files"])


def state_words(entry: Entry) -> str:
    """Return a bundle's state in words."""
    if entry["ready"]:
        return tr("ready, {}").format(tr(PLACES.get(str(entry["place"]), "{}")))
    downloaded = fetched(entry)
    if downloaded:
        return tr("paused: {} downloaded so far").format(size_words(downloaded))
    if not is_downloadable(entry):
        return tr("incomplete")
    size = int(entry.get("download") or 0)
    return tr("to be downloaded: {}").format(size_words(size)) if size else tr("to be downloaded")


def size_words(count: int) -> str:
    """Return bytes in words; a dash for none."""
    if not count:
        return "–"
    if count < MB:
        return f"{Number(count / 1e3):.0f} kB"
    if count < MIN_GB * GB:
        return f"{Number(count / MB):.1f} MB"
    return f"{count / MB:.0f} MB" if count < GB else f"{Number(count / GB):.2f} GB"


def _file_item(file: Entry) -> QTreeWidgetItem:
    words = [tr(PLACES.get(str(file["place"]), "{}")), tr(HASHES.get(str(file["hash"]), "{}"))]
    if file["fetched"]:
        words[0] = tr("paused: {} downloaded so far").format(size_words(int(file["fetched"])))
    if file["verified"]:
        words.append(tr("verified on {}").format(file["verified"]))
    item = QTreeWidgetItem([str(file["file"]), size_words(int(file["bytes"])), ", ".join(words)])
    item.setToolTip(0, str(file["path"]))
    item.setToolTip(2, item.text(2))
    return item
