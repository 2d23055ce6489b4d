"""Choice of an export's area: all, the map's extent, a polygon layer."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsGeometry, QgsMapLayerProxyModel, QgsVectorLayer
from qgis.gui import QgsMapCanvas, QgsMapLayerComboBox
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QCheckBox, QComboBox, QGridLayout, QWidget

from gac_qgis_plugin.areas import crs_text
from gac_qgis_plugin.gui.widgets import narrow
from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.words import tr

WHOLE, MAP, POLYGONS = range(3)


class AreaChoice(QWidget):
    """Widget for the area.

    Signals:
        changed: Another area was chosen.
    """

    changed = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self.mode_combo = QComboBox()
        self.mode_combo.addItems([tr("Whole image"), tr("What the map shows"), tr("Polygon layer")])
        self.layer_combo = QgsMapLayerComboBox()
        self.layer_combo.setFilters(QgsMapLayerProxyModel.Filter.PolygonLayer)
        self.layer_combo.setToolTip(tr("Pixels whose centre lies in one of its polygons are kept."))
        self.selected_box = QCheckBox(tr("only selected polygons"))
        self.mode_combo.setToolTip(tr("Which part of the image is exported"))
        self.selected_box.setToolTip(tr("Leaves out the layer's polygons that are not selected"))
        for combo in (self.mode_combo, self.layer_combo):
            narrow(combo)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self.mode_combo, 0, 0)
        grid.addWidget(self.layer_combo, 0, 1)
        grid.addWidget(self.selected_box, 1, 1)
        self.mode_combo.currentIndexChanged.connect(self._on_mode)
        self.layer_combo.layerChanged.connect(self._on_mode)
        self._on_mode()

    def params(self) -> dict[str, Any]:
        """Return the area as fields of an `ExportPlan`.

        Raises:
            PluginError: If there are no polygons to clip to.
        """
        if self.mode_combo.currentIndex() == MAP:
            box = self._canvas.extent()
            extent = box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()
            crs = self._canvas.mapSettings().destinationCrs()
            return {"extent": extent, "extent_crs": crs_text(crs)}
        if self.mode_combo.currentIndex() == POLYGONS:
            return self._polygons()
        return {}

    def _polygons(self) -> dict[str, Any]:
        layer = self.layer_combo.currentLayer()
        if not isinstance(layer, QgsVectorLayer):
            raise PluginError(
                tr("There is no polygon layer in the project."),
                tr("Add one, or choose another area."),
            )
        only_selected = self.selected_box.isChecked()
        features = layer.selectedFeatures() if only_selected else layer.getFeatures()
        shapes = [each.geometry() for each in features if not each.geometry().isEmpty()]
        # Without the union, overlaps of polygons or self-intersections would be clipped away.
        union = QgsGeometry.unaryUnion([shape.makeValid() for shape in shapes])
        if union.isEmpty():
            raise PluginError(
                tr("The layer '{}' has no polygon to clip to.").format(layer.name()),
                tr("Select polygons, or choose another layer or area."),
            )
        return {"cutline": union.asWkt(12), "cutline_crs": crs_text(layer.crs())}

    def _on_mode(self, *_: object) -> None:
        by_layer = self.mode_combo.currentIndex() == POLYGONS
        self.layer_combo.setVisible(by_layer)
        self.selected_box.setVisible(by_layer)
        self.changed.emit()
