"""Choices of an export: area, grid, values, radar."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsGeometry,
    QgsMapLayerProxyModel,
    QgsProject,
    QgsRasterLayer,
    QgsUnitTypes,
    QgsVectorLayer,
)
from qgis.gui import QgsMapCanvas, QgsProjectionSelectionWidget
from qgis.PyQt.QtCore import QObject, QSignalBlocker, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QGridLayout,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.engine_inputs import crs_text, gdal_source
from gac_qgis_plugin.export.parameters import (
    ALL,
    FLOAT32,
    GENERATED,
    OBSERVED,
    PICTURE,
    UINT16,
    RadarImage,
)
from gac_qgis_plugin.gui.layer_combo import LayerCombo
from gac_qgis_plugin.gui.widgets import narrow
from gac_qgis_plugin.layer_metadata import read_record
from gac_qgis_plugin.results import ResultRun, radar_layers_of
from gac_qgis_plugin.styles import NDVI, styles

WHOLE, MAP, POLYGONS = range(3)

METRES_PER_DEGREE = 111320.0

DEFAULT_NODATA = {UINT16: "0", FLOAT32: "nan", PICTURE: "0"}


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
        self.layer_combo = LayerCombo(QgsMapLayerProxyModel.Filter.PolygonLayer)
        self.layer_combo.setToolTip(tr("Pixels whose centre lies in one of its polygons are kept."))
        self.selected_box = QCheckBox(tr("only selected polygons"))
        self.mode_combo.setToolTip(tr("The part of the image that is exported"))
        self.selected_box.setToolTip(tr("Leaves out the layer's polygons that are not selected"))
        narrow(self.mode_combo)
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
                problem="polygon-layer-missing",
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
                problem="polygon-missing",
            )
        return {"cutline": union.asWkt(12), "cutline_crs": crs_text(layer.crs())}

    def _on_mode(self, *_: object) -> None:
        by_layer = self.mode_combo.currentIndex() == POLYGONS
        self.layer_combo.setVisible(by_layer)
        self.selected_box.setVisible(by_layer)
        self.changed.emit()


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
        self.method_combo.setToolTip(tr("Interpolation where pixels do not coincide"))
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


class ValuesChoice(QWidget):
    """Widget for the kind of values.

    Signals:
        changed: Another kind was chosen.
    """

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.nodata = QLineEdit()
        self.nodata.setToolTip(tr("Value of pixels without radar data"))
        self.style_combo = QComboBox()
        narrow(self.style_combo)
        for style in styles():
            # NDVI is not a composite of three bands.
            if style.key != NDVI:
                self.style_combo.addItem(style.title, style.key)
        self.style_combo.setToolTip(
            tr("The colours of the picture, and of the figure, in the range of the Compare tab")
        )
        texts = {
            UINT16: tr("Reflectance × 10000, uint16 (as the result)"),
            FLOAT32: tr("Reflectance, float32"),
            PICTURE: tr("8-bit picture"),
        }
        self.buttons = {kind: QRadioButton(text) for kind, text in texts.items()}
        group = QButtonGroup(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        for row, button in enumerate(self.buttons.values()):
            group.addButton(button)
            grid.addWidget(button, row, 0, 1, 1 if row == 2 else 2)
            button.toggled.connect(self._on_kind)
        grid.addWidget(self.style_combo, 2, 1)
        self.setToolTip(tr("Values of the files: reflectance (0 to 1), or colours"))
        self.buttons[UINT16].setChecked(True)

    @property
    def kind(self) -> str:
        """The chosen kind."""
        return next(kind for kind, button in self.buttons.items() if button.isChecked())

    def params(self) -> dict[str, Any]:
        """Return the values as fields of an `ExportPlan`.

        Raises:
            PluginError: If the nodata value is not a number.
        """
        text = self.nodata.text().strip().replace(",", ".")
        try:
            nodata = float(text) if text else math.nan
        except ValueError as error:
            raise PluginError(
                tr("'{}' is not a number.").format(self.nodata.text()),
                tr("Give a number for no data, or nan."),
                problem="nodata-not-a-number",
            ) from error
        return {"kind": self.kind, "style": self.style_combo.currentData(), "nodata": nodata}

    def _on_kind(self, on: bool) -> None:
        if on:
            self.nodata.setText(DEFAULT_NODATA[self.kind])
            self.nodata.setEnabled(self.kind != PICTURE)
            self.changed.emit()


class PixelsChoice(QComboBox):
    """Choice of observed and generated pixels, for a run that keeps observed ones.

    Args:
        folder: The run's folder.
        observed: Share of observed pixels; None: there are none.
    """

    def __init__(self, folder: Path, observed: float | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._observed = observed
        record = read_record(folder).get("observed", {})
        self._source = ", ".join(
            filter(None, (record.get("product"), record.get("date", "").partition("T")[0]))
        )
        for text, pixels in (
            (tr("All"), ALL),
            (tr("Observed only; generated ones without data"), OBSERVED),
            (tr("Generated only; observed ones without data"), GENERATED),
        ):
            self.addItem(text, pixels)
        narrow(self)
        self.setToolTip(tr("Observed pixels are Sentinel-2's own; blended ones are generated."))

    @property
    def is_needed(self) -> bool:
        """True if the run has both kinds."""
        return self._observed is not None

    def params(self) -> dict[str, Any]:
        """Return the choice as fields of an `ExportPlan`."""
        return {
            "pixels": self.currentData() if self.is_needed else ALL,
            "observed": self._observed,
            "observed_source": self._source if self.is_needed else "",
        }


def radar_image(run: ResultRun, project: QgsProject) -> RadarImage | None:
    """Return the source of a run's VV; None if its radar is not in the project."""
    layers = radar_layers_of(run, project)
    scene = read_record(run.folder).get("scene")
    if not layers or scene is None:
        return None
    return RadarImage(gdal_source(layers[0]), scene.get("vv_band", 1), scene.get("unit") or "db")
