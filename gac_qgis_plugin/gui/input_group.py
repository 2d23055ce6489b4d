"""Which radar data a run reads: the layers, their bands and their unit."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from qgis.core import QgsMapLayer, QgsMapLayerProxyModel, QgsProject, QgsRasterLayer
from qgis.gui import QgsMapLayerComboBox, QgsRasterBandComboBox
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QGroupBox, QWidget

from gac_qgis_plugin.gui.widgets import NoteLabel, narrow, narrow_form
from gac_qgis_plugin.sar_source import local_file
from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.worker.protocol import Event

UNITS = (("auto", "Recognise"), ("db", "Decibel (dB)"), ("power", "Linear power"))


class InputGroup(QGroupBox):
    """The radar input.

    Signals:
        changed: Something about the input is different now.
    """

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Radar (Sentinel-1)", parent)
        self.layer_combo = _raster_combo()
        self.vh_layer_combo = _raster_combo()
        self.vh_layer_combo.setAllowEmptyLayer(True, "in the same layer")
        self.vh_layer_combo.setToolTip("Choose the VH layer if VV and VH are separate files.")
        self.vv_band = _band_combo()
        self.vh_band = _band_combo()
        self.unit_combo = QComboBox()
        for value, label in UNITS:
            self.unit_combo.addItem(label, value)
        narrow(self.unit_combo)
        self._note = NoteLabel()
        form = narrow_form(self)
        form.addRow("Layer", self.layer_combo)
        form.addRow("VH layer", self.vh_layer_combo)
        form.addRow("VV band", self.vv_band)
        form.addRow("VH band", self.vh_band)
        form.addRow("Unit", self.unit_combo)
        form.addRow(self._note)
        self.layer_combo.layerChanged.connect(self._on_layer)
        self.vh_layer_combo.layerChanged.connect(self._on_files)
        self.vv_band.bandChanged.connect(self._on_choice)
        self.vh_band.bandChanged.connect(self._on_choice)
        self.unit_combo.currentIndexChanged.connect(self._on_choice)
        self._on_layer()

    @property
    def layer(self) -> QgsRasterLayer | None:
        """The radar layer."""
        layer = self.layer_combo.currentLayer()
        return layer if isinstance(layer, QgsRasterLayer) else None

    def set_layer(self, layer: QgsMapLayer) -> None:
        """Chooses the radar layer."""
        self.layer_combo.setLayer(layer)

    def layers(self) -> list[QgsRasterLayer]:
        """The radar layer, and after it the VH layer if that is another one.

        Raises:
            PluginError: If there is none.
        """
        if self.layer is None:
            raise PluginError(
                "There is no radar layer.",
                "Add a Sentinel-1 scene (VV and VH) to the project: Layer, Add Layer, Add Raster.",
            )
        vh_layer = self.vh_layer_combo.currentLayer()
        if isinstance(vh_layer, QgsRasterLayer) and vh_layer.id() != self.layer.id():
            return [self.layer, vh_layer]
        return [self.layer]

    def params(self) -> dict[str, Any]:
        """The input in the fields of the engine's request.

        Raises:
            PluginError: If there is no layer or it is no local file.
        """
        return {
            "sar": [local_file(layer) for layer in self.layers()],
            "vv_band": _band(self.vv_band),
            "vh_band": _band(self.vh_band),
            "unit": self.unit_combo.currentData(),
        }

    def show_waiting(self) -> None:
        """Tells that the scene is being looked at."""
        self._note.show_text("<i>Reading the scene…</i>")

    def show_nothing(self) -> None:
        """Tells nothing: there is nobody to ask."""
        self._note.show_text("")

    def show_scene(self, scene: dict[str, Any]) -> None:
        """Tells what the engine understood of the input: the protocol's SceneInfo."""
        self._note.show_text(describe_scene(scene))

    def show_problem(self, problem: PluginError) -> None:
        """Tells why the input cannot be used."""
        self._note.show_text(_alert(f"{problem.message} {problem.remedy}"))

    def _on_layer(self) -> None:
        self.vh_layer_combo.blockSignals(True)
        vh_layer = find_vh_layer(self.layer)
        if vh_layer is None:
            # setLayer(None) would leave the combo box blank instead of on its first entry.
            self.vh_layer_combo.setCurrentIndex(0)
        else:
            self.vh_layer_combo.setLayer(vh_layer)
        self.vh_layer_combo.blockSignals(False)
        self._on_files()

    def _on_files(self) -> None:
        layer, vh_layer = self.layer, self.vh_layer_combo.currentLayer()
        for combo, source in ((self.vv_band, layer), (self.vh_band, vh_layer or layer)):
            combo.blockSignals(True)
            combo.setLayer(source)
            combo.setBand(-1)
            combo.blockSignals(False)
        self.changed.emit()

    def _on_choice(self) -> None:
        self.changed.emit()


def find_vh_layer(layer: QgsRasterLayer | None) -> QgsRasterLayer | None:
    """The layer that is named as a VV layer of one band is, with VH in the name's place of VV."""
    if layer is None or layer.bandCount() != 1:
        return None
    name = layer.name().replace("VV", "VH").replace("vv", "vh")
    if name == layer.name():
        return None
    found = QgsProject.instance().mapLayersByName(name)
    return next((each for each in found if isinstance(each, QgsRasterLayer)), None)


def describe_scene(scene: Event) -> str:
    """What the engine understood, as one short paragraph, warnings after it."""
    unit = {"db": "dB", "power": "linear power"}.get(str(scene.get("unit")), "unknown")
    reason = str(scene.get("unit_reason") or "")
    paths = scene.get("paths") or []
    vh_file = f" of {Path(paths[1]).name}" if len(paths) > 1 else ""
    parts = [
        f"VV: band {scene.get('vv_band')}, VH: band {scene.get('vh_band')}{vh_file}",
        f"unit: {unit}" + (f" ({reason})" if reason else ""),
        _describe_date(scene),
    ]
    pixels = f"{scene.get('width')} × {scene.get('height')} px"
    parts.append(f"{pixels}; computed at 10 m in EPSG:{scene.get('epsg')}")
    lines = [escape(part) for part in parts]
    lines += [_alert(str(warning)) for warning in scene.get("warnings") or []]
    return "<br>".join(lines)


def _describe_date(scene: Event) -> str:
    date = str(scene.get("date") or "")
    if not date:
        return "date: not found"
    source = str(scene.get("date_source") or "")
    return f"date: {date.replace('T', ' ')}" + (f" (from the {source})" if source else "")


def _alert(text: str) -> str:
    return f'<span style="color:#b04000">⚠ {escape(text)}</span>'


def _raster_combo() -> QgsMapLayerComboBox:
    combo = QgsMapLayerComboBox()
    combo.setFilters(QgsMapLayerProxyModel.Filter.RasterLayer)
    narrow(combo)
    return combo


def _band_combo() -> QgsRasterBandComboBox:
    combo = QgsRasterBandComboBox()
    combo.setShowNotSetOption(True, "Recognise")
    narrow(combo)
    return combo


def _band(combo: QgsRasterBandComboBox) -> int | None:
    return combo.currentBand() if combo.currentBand() > 0 else None
