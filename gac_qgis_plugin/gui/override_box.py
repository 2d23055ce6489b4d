"""The user's overrides of the radar's interpretation."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsRasterLayer
from qgis.gui import QgsCollapsibleGroupBox, QgsFilterLineEdit, QgsRasterBandComboBox
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from gac_qgis_plugin.forms import entries
from gac_qgis_plugin.gui.widgets import choice, narrow, narrow_form
from gac_qgis_plugin.radar_words import overrides, read_nodata
from gac_qgis_plugin.toolbelt.records import Request
from gac_qgis_plugin.toolbelt.words import tr


class OverrideBox(QgsCollapsibleGroupBox):
    """Bands, unit, kind of backscatter and nodata; initially collapsed.

    Signals:
        changed: The overrides have changed.
    """

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("If that is not right"), parent)
        self.vv_band = _band_combo()
        self.vh_band = _band_combo()
        self.unit_combo = choice(entries("unit"))
        self.modality_combo = choice(entries("modality"))
        self.modality_combo.setToolTip(tr("Which of TerraMind's two kinds of radar this is"))
        self.nodata = QgsFilterLineEdit()
        self.nodata.setPlaceholderText(tr("as the file says"))
        self.nodata.setToolTip(
            tr("A value that is no measurement, beside what the file says itself")
        )
        self.vv_band.setToolTip(tr("The band with VV; if it is not told, the file's names decide"))
        self.vh_band.setToolTip(tr("The band with VH; if it is not told, the file's names decide"))
        self.unit_combo.setToolTip(
            tr("Unit of the values: dB, linear power, or amplitude (the square root of power)")
        )
        form = narrow_form(self)
        form.addRow(tr("VV band"), self.vv_band)
        form.addRow(tr("VH band"), self.vh_band)
        form.addRow(tr("Unit"), self.unit_combo)
        form.addRow(tr("Kind"), self.modality_combo)
        form.addRow(tr("Nodata"), self.nodata)
        self.vv_band.bandChanged.connect(self._on_choice)
        self.vh_band.bandChanged.connect(self._on_choice)
        self.unit_combo.currentIndexChanged.connect(self._on_choice)
        self.modality_combo.currentIndexChanged.connect(self._on_choice)
        self.nodata.editingFinished.connect(self._on_choice)
        self.nodata.cleared.connect(self._on_choice)
        self.setCollapsed(True)

    def set_layers(self, layer: QgsRasterLayer | None, vh_layer: QgsRasterLayer | None) -> None:
        """List the bands of other layers; bands are detected again."""
        for combo, source in ((self.vv_band, layer), (self.vh_band, vh_layer or layer)):
            combo.blockSignals(True)
            combo.setLayer(source)
            combo.setBand(-1)
            combo.blockSignals(False)

    def show_choices(self, request: Request) -> None:
        """Show the overrides of an earlier run."""
        self.vv_band.setBand(request.get("vv_band", -1))
        self.vh_band.setBand(request.get("vh_band", -1))
        unit, modality = request.get("unit"), request.get("modality")
        for combo, value in ((self.unit_combo, unit), (self.modality_combo, modality)):
            combo.setCurrentIndex(max(0, combo.findData(value)))
        nodata = request.get("nodata")
        self.nodata.setText("" if nodata is None else f"{nodata:.15g}")

    def params(self) -> dict[str, Any]:
        """Return the choices as fields of the engine's request.

        Raises:
            PluginError: If nodata is not a number.
        """
        return {
            "vv_band": _band(self.vv_band),
            "vh_band": _band(self.vh_band),
            "unit": self.unit_combo.currentData(),
            **overrides(self.modality_combo.currentData(), read_nodata(self.nodata.text())),
        }

    def _on_choice(self) -> None:
        self.changed.emit()


def _band_combo() -> QgsRasterBandComboBox:
    combo = QgsRasterBandComboBox()
    combo.setShowNotSetOption(True, tr("Recognise"))
    narrow(combo)
    return combo


def _band(combo: QgsRasterBandComboBox) -> int | None:
    return combo.currentBand() if combo.currentBand() > 0 else None
