"""GAC's page in QGIS's options: settings that are not specific to a run."""

from __future__ import annotations

from typing import Callable

from qgis.gui import QgsFileWidget, QgsOptionsPageWidget, QgsOptionsWidgetFactory
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QComboBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from gac_qgis_plugin.core import paths
from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.core.settings import PluginSettings
from gac_qgis_plugin.display import FITTED, FIXED
from gac_qgis_plugin.gui.compare.range_choice import range_hint, range_title
from gac_qgis_plugin.gui.settings_groups import device_combo, python_widget
from gac_qgis_plugin.gui.widgets import narrow_form
from gac_qgis_plugin.styles import styles

TITLE = "GAC"


class OptionsPage(QgsOptionsPageWidget):
    """Folders, the style of new results, the worker.

    Args:
        on_applied: Called when the user has applied the page.
        show_cleanup: Opens the window that removes GAC's data, above the given widget.
    """

    def __init__(
        self,
        on_applied: Callable[[], None],
        show_cleanup: Callable[[QWidget], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._on_applied = on_applied
        settings = PluginSettings.load()
        self.style_combo = QComboBox()
        for style in styles():
            self.style_combo.addItem(style.title, style.key)
        self.style_combo.setCurrentIndex(max(0, self.style_combo.findData(settings.style)))
        self.style_combo.setToolTip(tr("Style of the stages of new runs; each can be switched."))
        self.range_combo = QComboBox()
        for number, origin in enumerate((FIXED, FITTED)):
            self.range_combo.addItem(range_title(origin), origin)
            self.range_combo.setItemData(number, range_hint(origin), Qt.ItemDataRole.ToolTipRole)
        self.range_combo.setCurrentIndex(max(0, self.range_combo.findData(settings.display_range)))
        self.range_combo.setToolTip(
            tr("Black and white points of new results; each run's can be switched.")
        )
        self.output = _folder(settings.output_folder, tr("beside the project"))
        self.exports = _folder(settings.export_folder, tr("in the folder for runs"))
        self.device = device_combo()
        self.device.setCurrentIndex(max(0, self.device.findData(settings.device)))
        self.python = python_widget()
        self.python.setFilePath(settings.worker_python)
        self.scheduler = QLineEdit(settings.scheduler)
        self.scheduler.setPlaceholderText(tr("none: this computer computes batches"))
        self.scheduler.setToolTip(
            tr(
                "Address of a Dask scheduler for the algorithm gac:batch, such as "
                "tls://host:8786. Anyone who reaches a scheduler can run programs on its "
                "workers: use one that you trust"
            )
        )
        self.certificates = {
            "scheduler_ca": (tr("Certificate authority"), _file(settings.scheduler_ca)),
            "scheduler_certificate": (tr("My certificate"), _file(settings.scheduler_certificate)),
            "scheduler_key": (tr("My key"), _file(settings.scheduler_key)),
        }
        column = QVBoxLayout(self)
        inner = QWidget()
        form = narrow_form(inner)
        form.addRow(tr("Style of new results"), self.style_combo)
        form.addRow(tr("Range of new results"), self.range_combo)
        form.addRow(tr("Folder for runs"), self.output)
        form.addRow(tr("Folder for exports"), self.exports)
        form.addRow(tr("Device"), self.device)
        form.addRow(tr("Worker Python"), self.python)
        form.addRow(tr("Dask scheduler"), self.scheduler)
        for title, widget in self.certificates.values():
            form.addRow(title, widget)
        self.scheduler.textChanged.connect(self._show_certificates)
        self._form = form
        self._show_certificates()
        self.cleanup_button = QPushButton(tr("Remove stored files…"))
        self.cleanup_button.setToolTip(
            tr("Lists the environment, models, runs and settings with their sizes; asks first")
        )
        self.cleanup_button.setEnabled(show_cleanup is not None)
        self.cleanup_button.clicked.connect(
            lambda: show_cleanup(self.window()) if show_cleanup else None
        )
        column.addWidget(inner)
        column.addWidget(self.cleanup_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        self._shown = self._chosen()

    def apply(self) -> None:
        """Save the changed settings. Called by QGIS, also if nothing has changed."""
        values = self._chosen()
        changed = {name: each for name, each in values.items() if each != self._shown[name]}
        if not changed:
            # Do not write the settings: they may have been removed meanwhile.
            return
        settings = PluginSettings.load()
        for name, value in changed.items():
            setattr(settings, name, value)
        settings.save()
        self._shown = values
        self._on_applied()

    def _show_certificates(self) -> None:
        """Show the certificates' widgets if the address needs them."""
        needed = self.scheduler.text().strip().startswith("tls://")
        for _, widget in self.certificates.values():
            widget.setVisible(needed)
            self._form.labelForField(widget).setVisible(needed)

    def _chosen(self) -> dict[str, str]:
        """Return the page's values by the names of `PluginSettings`."""
        return {
            "style": self.style_combo.currentData(),
            "display_range": self.range_combo.currentData(),
            "output_folder": self.output.filePath().strip(),
            "export_folder": self.exports.filePath().strip(),
            "device": self.device.currentData(),
            "worker_python": self.python.filePath().strip(),
            "scheduler": self.scheduler.text().strip(),
            **{name: each.filePath().strip() for name, (_, each) in self.certificates.items()},
        }


class OptionsFactory(QgsOptionsWidgetFactory):
    """Factory of the page for QGIS's options."""

    def __init__(
        self,
        on_applied: Callable[[], None],
        show_cleanup: Callable[[QWidget], object] | None = None,
    ) -> None:
        super().__init__()
        self._on_applied = on_applied
        self._show_cleanup = show_cleanup
        self.setTitle(TITLE)

    def icon(self) -> QIcon:
        """Return the page's icon."""
        return QIcon(str(paths.resource("icons", "gac.svg")))

    def createWidget(self, parent: QWidget) -> OptionsPage:  # noqa: N802  (QGIS names this method)
        """Create the page."""
        return OptionsPage(self._on_applied, self._show_cleanup, parent)


def _file(path: str) -> QgsFileWidget:
    file = QgsFileWidget()
    file.setFilePath(path)
    return file


def _folder(path: str, otherwise: str) -> QgsFileWidget:
    folder = QgsFileWidget()
    folder.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
    folder.setFilePath(path)
    folder.lineEdit().setPlaceholderText(otherwise)
    return folder
