"""Choice of an export's CRS and pixel size."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsCoordinateReferenceSystem, QgsRasterLayer, QgsUnitTypes
from qgis.gui import QgsProjectionSelectionWidget
from qgis.PyQt.QtCore import QObject, QSignalBlocker, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QDoubleSpinBox, QFormLayout

from gac_qgis_plugin.areas import crs_text
from gac_qgis_plugin.gui.widgets import narrow
from gac_qgis_plugin.toolbelt.words import tr

METRES_PER_DEGREE = 111320.0


class GridChoice(QObject):
    """Widgets for CRS, pixel size and resampling method, in rows of a form.

    Signals:
        changed: The grid has changed.
    """

    changed = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._own = QgsCoordinateReferenceSystem()
        self._size = 10.0
        self.crs = QgsProjectionSelectionWidget()
        self.pixel = QDoubleSpinBox()
        self.pixel.setRange(1e-7, 100000.0)
        self.pixel.setToolTip(tr("Side of a pixel, in the units of the CRS"))
        self.method_combo = QComboBox()
        narrow(self.method_combo)
        self.method_combo.setToolTip(tr("How values are found where pixels do not coincide"))
        for text, method in (
            (tr("Nearest: values as they are"), "near"),
            (tr("Bilinear"), "bilinear"),
            (tr("Cubic"), "cubic"),
            (tr("Mean, for larger pixels"), "average"),
        ):
            self.method_combo.addItem(text, method)
        self.crs.crsChanged.connect(self._on_crs)
        self.pixel.valueChanged.connect(self._on_pixel)
        self._on_pixel()

    def add_to(self, form: QFormLayout) -> None:
        """Add the rows to a form, so that the labels align in any language."""
        form.addRow(tr("CRS"), self.crs)
        form.addRow(tr("Pixel"), self.pixel)
        form.addRow(tr("Resampling"), self.method_combo)

    def set_image(self, layer: QgsRasterLayer) -> None:
        """Start from an image's grid, on which nothing is resampled."""
        self._own = layer.crs()
        self._size = layer.rasterUnitsPerPixelX()
        self.crs.setCrs(self._own)
        self._on_crs()

    @property
    def is_resampled(self) -> bool:
        """True if the grid differs from the image's."""
        return self.crs.crs() != self._own or abs(self.pixel.value() - self._size) > 1e-6

    def params(self) -> dict[str, Any]:
        """Return the grid as fields of an `ExportPlan`."""
        if not self.is_resampled:
            return {}
        method = self.method_combo.currentData()
        crs = crs_text(self.crs.crs()) if self.crs.crs() != self._own else ""
        return {"crs": crs, "pixel": self.pixel.value(), "resampling": method}

    def _on_crs(self, *_: object) -> None:
        """Suggest a pixel size close to the image's, in the units of the CRS."""
        crs = self.crs.crs()
        in_degrees = crs.isGeographic()
        size = self._size / METRES_PER_DEGREE if in_degrees else self._size
        with QSignalBlocker(self.pixel):
            self.pixel.setDecimals(7 if in_degrees else 2)
            self.pixel.setSingleStep(0.0001 if in_degrees else 10.0)
            self.pixel.setSuffix(f" {QgsUnitTypes.toAbbreviatedString(crs.mapUnits())}")
            self.pixel.setValue(size)
        self._on_pixel()

    def _on_pixel(self, *_: object) -> None:
        self.method_combo.setEnabled(self.is_resampled)
        self.changed.emit()
