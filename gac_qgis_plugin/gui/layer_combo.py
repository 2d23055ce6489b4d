"""Choice of the project's layers: a combo box that follows removals, a dialog for several."""

from __future__ import annotations

from qgis.core import QgsMapLayerProxyModel, QgsProject, QgsRasterLayer
from qgis.gui import QgsMapLayerComboBox
from qgis.PyQt.QtCore import Qt, QTimer, pyqtSignal
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
from gac_qgis_plugin.engine_inputs import SYNTHETIC_PROPERTY, VIEW_PROPERTY, optical_source
from gac_qgis_plugin.gui.widgets import NoteLabel, narrow


class LayerCombo(QgsMapLayerComboBox):
    """Combo box of layers. If the chosen layer leaves the project, no other takes its place.

    QGIS's own moves on to the next layer then, without a signal.

    Args:
        kinds: Kinds of layers that it offers.
        is_radar: True to leave out web maps, and results, differences and maps of GAC.
    """

    def __init__(
        self,
        kinds: QgsMapLayerProxyModel.Filter,
        parent: QWidget | None = None,
        *,
        is_radar: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setFilters(kinds)
        narrow(self)
        self._before = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._leave_out_results)
        if is_radar:
            # Not yet a removal of a choice.
            self._leave_out_results()
        self.model().rowsAboutToBeRemoved.connect(self._remember)
        # Connected after Qt's own: by then another layer is the current one.
        self.model().rowsRemoved.connect(self._on_removed)
        if is_radar:
            # Layers are marked as results before or right after they are added.
            QgsProject.instance().layersAdded.connect(self._on_added)

    def _remember(self) -> None:
        layer = self.currentLayer()
        self._before = "" if layer is None else layer.id()

    def _on_removed(self) -> None:
        layer = self.currentLayer()
        if not self._before or (layer is not None and layer.id() == self._before):
            return
        if self.allowEmptyLayer():
            self.setCurrentIndex(0)
            self.layerChanged.emit(None)
        else:
            self.setLayer(None)

    def _on_added(self) -> None:
        self._timer.start(0)

    def _leave_out_results(self) -> None:
        # Tags of files would say more, but reading those of every layer takes too long.
        self.setExceptedLayerList(
            [
                layer
                for layer in QgsProject.instance().mapLayers().values()
                # Web maps show pictures, not measurements.
                if layer.providerType() == "wms"
                or any(layer.customProperty(p, False) for p in (SYNTHETIC_PROPERTY, VIEW_PROPERTY))
            ]
        )


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
