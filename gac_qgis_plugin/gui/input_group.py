"""Choice of a run's radar input: layers, their interpretation, and the user's overrides."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsMapLayer, QgsMapLayerProxyModel, QgsProject, QgsRasterLayer
from qgis.gui import QgsMapLayerComboBox
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QGroupBox, QWidget

from gac_qgis_plugin.gui.evidence import describe_scene
from gac_qgis_plugin.gui.override_box import OverrideBox
from gac_qgis_plugin.gui.widgets import NoteLabel, alert, narrow, narrow_form
from gac_qgis_plugin.sar_source import gdal_source
from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.records import Request
from gac_qgis_plugin.toolbelt.words import tr


class InputGroup(QGroupBox):
    """The radar input.

    Signals:
        changed: The input has changed.
        layer_changed: Another layer was chosen.
    """

    changed = pyqtSignal()
    layer_changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Radar (Sentinel-1)"), parent)
        self.layer_combo = _raster_combo()
        self.vh_layer_combo = _raster_combo()
        self.vh_layer_combo.setAllowEmptyLayer(True, tr("in the same layer"))
        self.vh_layer_combo.setToolTip(tr("Choose the VH layer if VV and VH are separate files."))
        self.layer_combo.setToolTip(tr("The radar: calibrated, geocoded backscatter, VV and VH"))
        self.note = NoteLabel()
        self.overrides = OverrideBox()
        form = narrow_form(self)
        form.addRow(tr("Layer"), self.layer_combo)
        form.addRow(tr("VH layer"), self.vh_layer_combo)
        form.addRow(self.note)
        form.addRow(self.overrides)
        self.layer_combo.layerChanged.connect(self._on_layer)
        self.vh_layer_combo.layerChanged.connect(self._on_files)
        self.overrides.changed.connect(self.changed)
        self._on_layer()

    @property
    def layer(self) -> QgsRasterLayer | None:
        """The radar layer."""
        layer = self.layer_combo.currentLayer()
        return layer if isinstance(layer, QgsRasterLayer) else None

    def set_layer(self, layer: QgsMapLayer) -> None:
        """Choose the radar layer."""
        self.layer_combo.setLayer(layer)

    def show_choices(self, layers: list[QgsRasterLayer], request: Request) -> None:
        """Show the radar of an earlier run, VV's layer first, and its overrides."""
        self.set_layer(layers[0])
        if len(layers) > 1:
            self.vh_layer_combo.setLayer(layers[1])
        self.overrides.show_choices(request)

    def layers(self) -> list[QgsRasterLayer]:
        """Return the radar layer, followed by the VH layer if that is a separate one.

        Raises:
            PluginError: If there is none.
        """
        if self.layer is None:
            raise PluginError(
                tr("There is no radar layer."),
                tr(
                    "Add a Sentinel-1 scene (VV and VH) to the project: "
                    "Layer, Add Layer, Add Raster Layer."
                ),
            )
        vh_layer = self.vh_layer_combo.currentLayer()
        if isinstance(vh_layer, QgsRasterLayer) and vh_layer.id() != self.layer.id():
            return [self.layer, vh_layer]
        return [self.layer]

    def params(self) -> dict[str, Any]:
        """Return the input as fields of the engine's request.

        Raises:
            PluginError: If there is no layer, if the worker cannot open it, or if the user's
                overrides are invalid.
        """
        sources = [gdal_source(layer) for layer in self.layers()]
        return {"sar": sources, **self.overrides.params()}

    def show_waiting(self) -> None:
        """Show that the scene is being read."""
        self.note.show_text(f"<i>{tr('Reading the scene…')}</i>")

    def show_nothing(self) -> None:
        """Clear the note: there is no worker to ask."""
        self.note.show_text("")

    def show_scene(self, scene: dict[str, Any]) -> None:
        """Show the engine's interpretation of the input, the protocol's SceneInfo."""
        self.note.show_text(describe_scene(scene, self.palette()))

    def show_problem(self, problem: PluginError) -> None:
        """Show why the input cannot be used."""
        self.note.show_text(alert(f"{problem.message} {problem.remedy}"))

    def _on_layer(self) -> None:
        self.vh_layer_combo.blockSignals(True)
        vh_layer = find_vh_layer(self.layer)
        if vh_layer is None:
            # setLayer(None) would leave the combo box blank instead of on its first entry.
            self.vh_layer_combo.setCurrentIndex(0)
        else:
            self.vh_layer_combo.setLayer(vh_layer)
        self.vh_layer_combo.blockSignals(False)
        self.layer_changed.emit()
        self._on_files()

    def _on_files(self) -> None:
        self.overrides.set_layers(self.layer, self.vh_layer_combo.currentLayer())
        self.changed.emit()


def find_vh_layer(layer: QgsRasterLayer | None) -> QgsRasterLayer | None:
    """Return the VH layer that belongs to a single-band VV layer, by its name."""
    if layer is None or layer.bandCount() != 1:
        return None
    name = layer.name().replace("VV", "VH").replace("vv", "vh")
    if name == layer.name():
        return None
    candidates = QgsProject.instance().mapLayersByName(name)
    return next((each for each in candidates if isinstance(each, QgsRasterLayer)), None)


def _raster_combo() -> QgsMapLayerComboBox:
    combo = QgsMapLayerComboBox()
    combo.setFilters(QgsMapLayerProxyModel.Filter.RasterLayer)
    narrow(combo)
    return combo
