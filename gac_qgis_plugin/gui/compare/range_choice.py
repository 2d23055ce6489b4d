"""Choice of a run's display range, for panel, menu and options."""

from __future__ import annotations

from qgis.core import QgsMapLayer, QgsMapLayerProxyModel, QgsRasterLayer
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from gac_qgis_plugin.core.i18n import Number, tr
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.display import FITTED, FIXED, LAYER, DisplayRange
from gac_qgis_plugin.gui.layer_combo import LayerCombo
from gac_qgis_plugin.gui.widgets import narrow
from gac_qgis_plugin.styles import range_like

TIP = Qt.ItemDataRole.ToolTipRole
ORIGINS = (FIXED, FITTED, LAYER)


def range_title(origin: str, display: DisplayRange | None = None) -> str:
    """Return a choice's title.

    Args:
        origin: `FIXED`, `FITTED` or `LAYER`.
        display: The run's range; its numbers are included if it is of this origin.
    """
    numbers = () if display is None or display.origin != origin else _numbers(display)
    if origin == FIXED:
        return tr("Fixed ({} to {})").format(*_numbers(DisplayRange()))
    if origin == FITTED:
        return tr("Fitted ({} to {})").format(*numbers) if numbers else tr("Fitted to the run")
    if display is not None and numbers:
        return tr("As {} ({} to {})").format(display.layer, *numbers)
    return tr("As another layer…")


def _numbers(display: DisplayRange) -> tuple[Number, ...]:
    return tuple(map(Number, display.reflectance))


def range_hint(origin: str) -> str:
    """Return a choice's description."""
    if origin == FIXED:
        low, high = _numbers(DisplayRange())
        return tr("Reflectance {} to {} in every run: runs can be compared by eye").format(
            low, high
        )
    if origin == FITTED:
        return tr(
            "From 2 to 98 % of the visible bands of the highest stage, together: for snow, sand, "
            "dark water"
        )
    return tr("The range that a raster layer of the project has now, one for all bands")


class RangeCombo(QComboBox):
    """Combo box with the range of a run and alternatives.

    Signals:
        chosen: The user chose a range of this origin.
    """

    chosen = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        narrow(self)
        for origin in ORIGINS:
            self.addItem(range_title(origin), origin)
            self.setItemData(self.count() - 1, range_hint(origin), TIP)
        self.setToolTip(range_hint(ORIGINS[0]))
        self.activated.connect(lambda index: self.chosen.emit(self.itemData(index)))

    def show_range(self, display: DisplayRange, *, is_stretched: bool) -> None:
        """Show the range of a run.

        Args:
            display: The range.
            is_stretched: True if the run's style uses the range; NDVI has its own.
        """
        for index, origin in enumerate(ORIGINS):
            self.setItemText(index, range_title(origin, display))
        self.setCurrentIndex(ORIGINS.index(display.origin))
        self.setEnabled(is_stretched)
        self.setToolTip(
            f"{self.currentText()}. {range_hint(display.origin)}"
            if is_stretched
            else tr("NDVI has a range of its own: -0.2 to 0.9")
        )


class LayerDialog(QDialog):
    """Dialog for the layer whose range is to be used.

    Signals:
        chosen: The layer, a QgsRasterLayer.

    Args:
        excluded: Layers to exclude.
    """

    chosen = pyqtSignal(object)

    def __init__(self, excluded: list[QgsMapLayer], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("GAC: range as another layer"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.layer_combo = LayerCombo(QgsMapLayerProxyModel.Filter.RasterLayer)
        self.layer_combo.setExceptedLayerList(excluded)
        self.layer_combo.setToolTip(
            tr("A layer with reflectance, such as a Sentinel-2 image or another run's stage")
        )
        self._prefer_reflectance()
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        words = QLabel(tr("Black and white are taken from this layer as it is shown now."))
        words.setWordWrap(True)
        column = QVBoxLayout(self)
        column.addWidget(words)
        column.addWidget(self.layer_combo)
        column.addWidget(self.buttons)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(self.layer_combo.currentLayer() is not None)
        self.layer_combo.layerChanged.connect(lambda layer: ok.setEnabled(layer is not None))

    def accept(self) -> None:
        """Emit the chosen layer. Called by Qt."""
        layer = self.layer_combo.currentLayer()
        super().accept()
        if isinstance(layer, QgsRasterLayer):
            self.chosen.emit(layer)

    def _prefer_reflectance(self) -> None:
        """Preselect a layer with a usable range, which radar does not have."""
        for index in range(self.layer_combo.count()):
            try:
                range_like(self.layer_combo.layer(index))
            except PluginError:
                continue
            self.layer_combo.setCurrentIndex(index)
            return
