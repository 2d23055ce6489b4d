"""Tree of the models: bundles with their files."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from gac_qgis_plugin.core.i18n import Number, later, tr, translated

GB, MB = 1e9, 1e6
MIN_GB = 0.01
"""GB below which a size is shown in MB."""

PLACES = {
    "with GAC": later("comes with GAC"),
    "models folder": later("in your models"),
    "elsewhere": later("in another folder"),
    "": later("missing"),
}
HASHES = {
    "card": later("hash in its card"),
    "first download": later("hash of the first download"),
    "none": later("no hash known"),
}

Entry = dict[str, Any]


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
