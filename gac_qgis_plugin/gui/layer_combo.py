"""Combo box of the project's layers that follows removals and leaves out what is no radar."""

from __future__ import annotations

from qgis.core import QgsMapLayerProxyModel, QgsProject
from qgis.gui import QgsMapLayerComboBox
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QWidget

from gac_qgis_plugin.engine_inputs import SYNTHETIC_PROPERTY, VIEW_PROPERTY
from gac_qgis_plugin.gui.widgets import narrow


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
