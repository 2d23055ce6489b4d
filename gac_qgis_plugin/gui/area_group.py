"""Choice of a run's area: the whole layer, the map's extent, or a rectangle."""

from __future__ import annotations

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsRasterLayer,
    QgsRectangle,
    QgsReferencedRectangle,
)
from qgis.gui import QgsExtentWidget, QgsMapCanvas
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QGroupBox, QWidget

from gac_qgis_plugin.gui.widgets import narrow, narrow_form
from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.words import tr

WHOLE, VIEW, RECTANGLE = range(3)


class AreaGroup(QGroupBox):
    """The area of a run.

    Signals:
        changed: The area may have changed.
    """

    changed = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas, parent: QWidget | None = None) -> None:
        super().__init__(tr("Area"), parent)
        self._canvas = canvas
        self.mode_combo = QComboBox()
        self.mode_combo.addItem(tr("Whole layer"), WHOLE)
        self.mode_combo.addItem(tr("What the map shows"), VIEW)
        self.mode_combo.addItem(tr("Rectangle: draw, layer or type"), RECTANGLE)
        narrow(self.mode_combo)
        self.mode_combo.setToolTip(tr("What a run computes, in pixels of 10 m"))
        self.rectangle = QgsExtentWidget(self, QgsExtentWidget.WidgetStyle.CondensedStyle)
        self.rectangle.setMapCanvas(canvas)
        self.rectangle.setToolTip(tr("A rectangle in the units of its CRS; only what it covers"))
        self.rectangle.setVisible(False)
        form = narrow_form(self)
        form.addRow(self.mode_combo)
        form.addRow(self.rectangle)
        self.mode_combo.currentIndexChanged.connect(self._on_mode)
        self.rectangle.extentChanged.connect(lambda: self._on_area(RECTANGLE))
        canvas.extentsChanged.connect(self._on_view)

    def set_layer(self, layer: QgsRasterLayer | None) -> None:
        """Set the layer whose extent the rectangle starts from."""
        if layer is not None:
            self.rectangle.setOutputCrs(layer.crs())
            self.rectangle.setOriginalExtent(layer.extent(), layer.crs())
            self.rectangle.setOutputExtentFromOriginal()

    def show_extent(self, extent: list[float] | None, crs_text: str | None) -> None:
        """Show the area of an earlier run; None means the whole layer."""
        if extent is None or len(extent) != 4:
            self.mode_combo.setCurrentIndex(self.mode_combo.findData(WHOLE))
            return
        crs = QgsCoordinateReferenceSystem(str(crs_text or ""))
        self.rectangle.setOutputCrs(crs)
        self.rectangle.setOutputExtentFromUser(QgsRectangle(*extent), crs)
        self.mode_combo.setCurrentIndex(self.mode_combo.findData(RECTANGLE))

    def extent(self) -> QgsReferencedRectangle | None:
        """Return the chosen area; None means the whole layer.

        Raises:
            PluginError: If a rectangle is chosen but not given.
        """
        mode = self.mode_combo.currentData()
        if mode == WHOLE:
            return None
        if mode == VIEW:
            crs = self._canvas.mapSettings().destinationCrs()
            return QgsReferencedRectangle(self._canvas.extent(), crs)
        if not self.rectangle.isValid():
            raise PluginError(
                tr("The rectangle of the area cannot be read."),
                tr("Draw it on the map (the menu beside it), or choose the whole layer."),
            )
        return QgsReferencedRectangle(self.rectangle.outputExtent(), self.rectangle.outputCrs())

    def _on_mode(self) -> None:
        self.rectangle.setVisible(self.mode_combo.currentData() == RECTANGLE)
        self.changed.emit()

    def _on_view(self) -> None:
        self._on_area(VIEW)

    def _on_area(self, mode: int) -> None:
        if self.mode_combo.currentData() == mode:
            self.changed.emit()
