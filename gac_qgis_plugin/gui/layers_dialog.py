"""Dialog for several raster layers of the project."""

from __future__ import annotations

from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.engine_inputs import VIEW_PROPERTY, optical_source
from gac_qgis_plugin.gui.widgets import NoteLabel


class LayersDialog(QDialog):
    """List of the raster layers that can be read as an optical image, to be ticked.

    Signals:
        chosen: The layers' sources for the worker, a list of str.
    """

    chosen = pyqtSignal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("GAC: layers of the Sentinel-2 image"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.list = QListWidget()
        self.list.setToolTip(tr("A layer for each band, all of one date"))
        for layer in QgsProject.instance().mapLayers().values():
            if not isinstance(layer, QgsRasterLayer) or layer.customProperty(VIEW_PROPERTY, False):
                continue
            try:
                source = optical_source(layer)
            except PluginError:
                continue
            item = QListWidgetItem(layer.name(), self.list)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            item.setData(Qt.ItemDataRole.UserRole, source)
        words = NoteLabel()
        words.show_text(tr("Tick the layers that hold its bands."))
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        column = QVBoxLayout(self)
        column.addWidget(words)
        column.addWidget(self.list)
        column.addWidget(self.buttons)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def accept(self) -> None:
        """Emit the ticked layers. Called by Qt."""
        items = [self.list.item(row) for row in range(self.list.count())]
        sources = [
            item.data(Qt.ItemDataRole.UserRole)
            for item in items
            if item.checkState() == Qt.CheckState.Checked
        ]
        super().accept()
        if sources:
            self.chosen.emit(sources)
