"""Choice of a run's radar input: layers, their interpretation, and the user's overrides."""

from __future__ import annotations

from html import escape
from typing import Any, Callable

from qgis.core import QgsMapLayer, QgsMapLayerProxyModel, QgsProject, QgsRasterLayer
from qgis.gui import QgsFilterLineEdit, QgsRasterBandComboBox
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QHBoxLayout, QToolButton, QWidget

from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.core.records import Request
from gac_qgis_plugin.engine_inputs import gdal_source
from gac_qgis_plugin.gui.layer_combo import LayerCombo
from gac_qgis_plugin.gui.scene_note import SceneNote
from gac_qgis_plugin.gui.widgets import PanelGroup, alert, choice, narrow
from gac_qgis_plugin.labels import entries, overrides, read_nodata
from gac_qgis_plugin.radar_layers import show_look
from gac_qgis_plugin.worker.client import WorkerClient
from gac_qgis_plugin.worker.protocol import NO_WORKER, Event, outcome_of

SETTLE_MS = 150
"""Delay before a request: choosing a layer changes several widgets at once."""


class LookButton(QToolButton):
    """Small button that gives radar layers a look for the eye.

    Args:
        layers: Returns the layers, VV's first; may raise PluginError.

    Signals:
        failed: The PluginError of a click.
    """

    failed = pyqtSignal(object)

    def __init__(
        self, layers: Callable[[], list[QgsRasterLayer]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._layers = layers
        self.setIcon(QIcon(":/images/themes/default/propertyicons/symbology.svg"))
        self.setText(tr("Radar look"))
        self.setToolTip(
            tr(
                "Radar look: VV in grey by its dB, and above it VV, VH and VV/VH in red, green and "
                "blue. The former style stays in the layer's list of styles."
            )
        )
        self.clicked.connect(self.show_look)

    def show_look(self) -> None:
        """Show the layers for the eye."""
        try:
            show_look(self._layers(), QgsProject.instance())
        except PluginError as problem:
            self.failed.emit(problem)


def beside(widget: QWidget, button: QToolButton) -> QWidget:
    """Return a row of a widget and a small button."""
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(2)
    line.addWidget(widget, 1)
    line.addWidget(button)
    return row


class OverrideBox(PanelGroup):
    """Bands, unit, kind of backscatter and nodata; initially collapsed.

    Signals:
        changed: The overrides have changed.
    """

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Override"), "override", parent, folded=True)
        self.vv_band = _band_combo()
        self.vh_band = _band_combo()
        self.unit_combo = choice(entries("unit"))
        self.modality_combo = choice(entries("modality"))
        self.modality_combo.setToolTip(tr("TerraMind knows two kinds."))
        self.nodata = QgsFilterLineEdit()
        self.nodata.setPlaceholderText(tr("as the file says"))
        self.nodata.setToolTip(tr("In addition to the file's own"))
        self.vv_band.setToolTip(tr("If not set, the file's band names decide."))
        self.vh_band.setToolTip(tr("If not set, the file's band names decide."))
        self.unit_combo.setToolTip(tr("dB, linear power, or amplitude (its square root)"))
        self.form.addRow(tr("VV band"), self.vv_band)
        self.form.addRow(tr("VH band"), self.vh_band)
        self.form.addRow(tr("Unit"), self.unit_combo)
        self.form.addRow(tr("Kind"), self.modality_combo)
        self.form.addRow(tr("Nodata"), self.nodata)
        self.vv_band.bandChanged.connect(self._on_choice)
        self.vh_band.bandChanged.connect(self._on_choice)
        self.unit_combo.currentIndexChanged.connect(self._on_choice)
        self.modality_combo.currentIndexChanged.connect(self._on_choice)
        self.nodata.editingFinished.connect(self._on_choice)
        self.nodata.cleared.connect(self._on_choice)

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


class InputGroup(PanelGroup):
    """The radar input.

    Signals:
        changed: The input has changed.
        layer_changed: Another layer was chosen.
    """

    changed = pyqtSignal()
    layer_changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Radar (Sentinel-1)"), "radar", parent)
        kinds = QgsMapLayerProxyModel.Filter.RasterLayer
        self.layer_combo = LayerCombo(kinds, is_radar=True)
        self.vh_layer_combo = LayerCombo(kinds, is_radar=True)
        self.vh_layer_combo.setAllowEmptyLayer(True, tr("in the same layer"))
        self.vh_layer_combo.setToolTip(tr("If VV and VH are separate files"))
        self.layer_combo.setToolTip(tr("Calibrated, geocoded backscatter"))
        self.note = SceneNote()
        self.overrides = OverrideBox()
        self.look_button = LookButton(self.layers)
        self.look_button.failed.connect(self.show_problem)
        self.form.addRow(tr("Layer"), beside(self.layer_combo, self.look_button))
        self.form.addRow(tr("VH layer"), self.vh_layer_combo)
        self.form.addRow(self.note)
        self.form.addRow(self.overrides)
        self.layer_combo.layerChanged.connect(self._on_layer)
        self.vh_layer_combo.layerChanged.connect(self._on_files)
        self.overrides.changed.connect(self.changed)
        self._on_layer()

    @property
    def is_empty(self) -> bool:
        """True if the project has no layer that could be radar."""
        return self.layer_combo.count() == 0

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
        if self.layer is None and self.layer_combo.count():
            raise PluginError(
                tr("No radar layer is chosen."),
                tr("Choose the Sentinel-1 layer."),
                problem="radar-layer-not-chosen",
            )
        if self.layer is None:
            raise PluginError(
                tr("There is no radar layer."),
                tr("Open a Sentinel-1 file with VV and VH."),
                problem="radar-layer-missing",
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
        self.note.show_scene(scene)

    def show_problem(self, problem: PluginError) -> None:
        """Show why the input cannot be used; a choice that is still to be made is no warning."""
        text = f"{problem.message} {problem.remedy}"
        self.note.show_text(escape(text) if self.layer is None else alert(text))

    def _on_layer(self) -> None:
        self.vh_layer_combo.blockSignals(True)
        layer, vh_layer = self.layer, find_partner(self.layer, "VV", "VH")
        vv_layer = find_partner(layer, "VH", "VV")
        if vv_layer is not None:
            vh_layer = layer
            self.layer_combo.blockSignals(True)
            self.layer_combo.setLayer(vv_layer)
            self.layer_combo.blockSignals(False)
        if vh_layer is None:
            # setLayer(None) would leave the combo box blank instead of on its first entry.
            self.vh_layer_combo.setCurrentIndex(0)
        else:
            self.vh_layer_combo.setLayer(vh_layer)
        self.vh_layer_combo.blockSignals(False)
        self.layer_changed.emit()
        self._on_files()

    def _on_files(self) -> None:
        # Only a file with one band needs another one beside it.
        is_single = self.layer is not None and self.layer.bandCount() == 1
        is_needed = is_single or self.vh_layer_combo.currentLayer() is not None
        self.show_row(self.vh_layer_combo, is_needed)
        self.overrides.set_layers(self.layer, self.vh_layer_combo.currentLayer())
        self.changed.emit()


def find_partner(layer: QgsRasterLayer | None, own: str, other: str) -> QgsRasterLayer | None:
    """Return the layer of the other polarisation that belongs to a single-band one, by its name."""
    if layer is None or layer.bandCount() != 1:
        return None
    name = layer.name().replace(own, other).replace(own.lower(), other.lower())
    if name == layer.name():
        return None
    candidates = QgsProject.instance().mapLayersByName(name)
    return next((each for each in candidates if isinstance(each, QgsRasterLayer)), None)


class WorkerQuery(QObject):
    """Up-to-date answer of the worker about the radar input, or about the run.

    Args:
        client: The shared worker.
        params: Returns the fields of the request; may raise PluginError.
        method: The protocol's `inspect`, or another quick one.

    Signals:
        asked: A request about another input, not only another area, was made.
        answered: The SceneInfo of the current input.
        refused: A PluginError: the input cannot be used.
        unanswered: There is no worker, which is reported elsewhere.
    """

    asked = pyqtSignal()
    answered = pyqtSignal(dict)
    refused = pyqtSignal(object)
    unanswered = pyqtSignal()

    def __init__(
        self,
        client: WorkerClient,
        params: Callable[[], dict[str, Any]],
        parent: QObject | None = None,
        method: str = "inspect",
    ) -> None:
        super().__init__(parent)
        self._client = client
        self._params = params
        self._method = method
        self._asking: dict[str, Any] = {}
        self._is_waiting = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MS)
        self._timer.timeout.connect(self._ask)

    def touch(self) -> None:
        """Schedule a request, as the input or the area may have changed.

        The worker has at most one pending request: panning the map must not queue up a hundred of
        them behind a run.
        """
        self._timer.start()

    def _ask(self) -> None:
        try:
            params = self._params()
        except PluginError as problem:
            self._asking = {}
            self.refused.emit(problem)
            return
        is_other = _input(params) != _input(self._asking)
        self._asking = params
        if is_other:
            self.asked.emit()
        if not self._is_waiting:
            self._send()

    def _send(self) -> None:
        params = self._asking
        self._is_waiting = True
        self._client.request(self._method, params, lambda event: self._on_event(params, event))

    def _on_event(self, params: dict[str, Any], event: Event) -> None:
        outcome = outcome_of(event)
        if outcome is None:
            return
        self._is_waiting = False
        if params is not self._asking:
            # The answer to an outdated request is of no use.
            if self._asking:
                self._send()
        elif outcome.state == "done":
            self.answered.emit(outcome.result)
        elif event.get("code") == NO_WORKER:
            self._asking = {}
            self.unanswered.emit()
        elif outcome.problem is not None:
            self.refused.emit(outcome.problem)


def _input(params: dict[str, Any]) -> dict[str, Any]:
    """Return a request's fields without its area."""
    return {key: value for key, value in params.items() if not key.startswith("extent")}
