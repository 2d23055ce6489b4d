"""Settings of a run in the panel: models, area, advanced."""

from __future__ import annotations

from html import escape
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsRasterLayer,
    QgsRectangle,
    QgsReferencedRectangle,
)
from qgis.gui import QgsExtentWidget, QgsFileWidget, QgsMapCanvas
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QSpinBox,
    QStyle,
    QToolButton,
    QWidget,
)

from gac_qgis_plugin.contract import bands, request
from gac_qgis_plugin.core.i18n import later, months, tr, translated
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.core.records import Request
from gac_qgis_plugin.core.settings import PluginSettings
from gac_qgis_plugin.gui.cost_line import CostLine
from gac_qgis_plugin.gui.widgets import NoteLabel, PanelGroup, alert, choice, narrow
from gac_qgis_plugin.labels import entries, whole_range

WHOLE, VIEW, RECTANGLE = range(3)


class ModelGroup(PanelGroup):
    """The models and their information about the scene.

    Signals:
        bundle_changed: Another bundle was chosen, or its description has changed.
        changed: Any other choice was made.
        models_wanted: The user wants to open the models' window.
    """

    bundle_changed = pyqtSignal()
    changed = pyqtSignal()
    models_wanted = pyqtSignal()

    def __init__(self, bundle: str, parent: QWidget | None = None) -> None:
        super().__init__(tr("Models"), "models", parent)
        self.bundle_combo = QComboBox()
        self.bundle_combo.addItem(bundle, {"name": bundle, "ready": True})
        self.stages_combo = QComboBox()
        for number, label in reversed(entries("stages")):
            self.stages_combo.addItem(label, number)
        self.month_combo, self.biome_combo = QComboBox(), QComboBox()
        for combo, name in ((self.month_combo, "month"), (self.biome_combo, "biome")):
            for number, label in entries(name):
                combo.addItem(label, number)
        for combo in (self.bundle_combo, self.stages_combo, self.month_combo, self.biome_combo):
            narrow(combo)
        self.bundle_combo.setToolTip(tr("What computes"))
        self.stages_combo.setToolTip(tr("Fewer stages take less time."))
        self.month_combo.setToolTip(tr("Season that stage 2 is told"))
        self.biome_combo.setToolTip(tr("Biome that stage 2 is told (RESOLVE)"))
        self._problem, self._note = NoteLabel(), NoteLabel()
        self.notes_button = QToolButton()
        icon = QStyle.StandardPixmap.SP_MessageBoxInformation
        self.notes_button.setIcon(self.style().standardIcon(icon))
        self.notes_button.setAutoRaise(True)
        self.notes_button.setCheckable(True)
        self.notes_button.setToolTip(tr("Notes on these models"))
        self.notes_button.setVisible(False)
        self.models_button = QToolButton()
        self.models_button.setText("…")
        self.models_button.setToolTip(tr("Models: list, download, import, delete"))
        with_button = QHBoxLayout()
        with_button.addWidget(self.bundle_combo, 1)
        with_button.addWidget(self.notes_button)
        with_button.addWidget(self.models_button)
        with_button.setSpacing(2)
        self.season = PanelGroup(tr("Month and biome"), "season", folded=True)
        self.season.form.addRow(tr(request.OPTIONS["month"].label), self.month_combo)
        self.season.form.addRow(tr(request.OPTIONS["biome"].label), self.biome_combo)
        self.form.addRow(tr("Bundle"), with_button)
        self.form.addRow(self._problem)
        self.form.addRow(self._note)
        self.form.addRow(tr(request.OPTIONS["stages"].label), self.stages_combo)
        self.form.addRow(self.season)
        self.show_date(None)
        self.show_biome(None)
        self.bundle_combo.currentIndexChanged.connect(self._on_bundle)
        self.stages_combo.currentIndexChanged.connect(self.changed)
        self.models_button.clicked.connect(self.models_wanted)
        self.notes_button.toggled.connect(self._show_notes)

    @property
    def notes(self) -> list[str]:
        """The chosen bundle's notes, translated."""
        return [translated(str(note)) for note in self._info().get("notes") or []]

    @property
    def bundle(self) -> str:
        """Name of the chosen bundle."""
        return str(self._info().get("name", ""))

    @property
    def is_demo(self) -> bool:
        """True if the chosen bundle is only a demonstration."""
        return self._info().get("kind") == "demo"

    @property
    def is_ready(self) -> bool:
        """True if the chosen bundle can run."""
        return bool(self._info().get("ready"))

    def params(self) -> dict[str, Any]:
        """Return the choices as fields of the engine's request."""
        return {
            "bundle": self.bundle,
            "stages": self.stages_combo.currentData(),
            "month": self.month_combo.currentData(),
            "biome": self.biome_combo.currentData(),
        }

    def show_choices(self, chosen: Request) -> None:
        """Show the parameters of an earlier run, adding its bundle if it is missing."""
        bundle = chosen.get("bundle") or self.bundle
        names = [
            (self.bundle_combo.itemData(i) or {}).get("name")
            for i in range(self.bundle_combo.count())
        ]
        if bundle not in names:
            self.bundle_combo.addItem(bundle, {"name": bundle, "ready": True})
            names.append(bundle)
        self.bundle_combo.setCurrentIndex(names.index(bundle))
        for combo, value in (
            (self.stages_combo, chosen.get("stages")),
            (self.month_combo, chosen.get("month")),
            (self.biome_combo, chosen.get("biome")),
        ):
            combo.setCurrentIndex(max(0, combo.findData(value) if value is not None else 0))

    def lock(self, first: int) -> None:
        """Enable only parameters that affect stages from `first` on; 1 enables everything."""
        self.stages_combo.setEnabled(first < 3)
        self.month_combo.setEnabled(first < 3)
        self.biome_combo.setEnabled(first < 3)

    def show_bundles(self, bundles: list[dict[str, Any]]) -> None:
        """List the worker's bundles (BundleInfo of the protocol)."""
        bundle = self.bundle
        self.bundle_combo.blockSignals(True)
        self.bundle_combo.clear()
        for info in bundles:
            title = translated(str(info.get("title") or info.get("name")))
            ready = bool(info.get("ready"))
            label = title if ready else tr("{} (not ready)").format(title)
            self.bundle_combo.addItem(label, info)
        names = [info.get("name") for info in bundles]
        self.bundle_combo.setCurrentIndex(names.index(bundle) if bundle in names else 0)
        self.bundle_combo.blockSignals(False)
        self._on_bundle()

    def show_date(self, date: str | None) -> None:
        """Show the month of the layer's date."""
        month = months()[int(date[5:7]) - 1] if date else tr("not found")
        self.month_combo.setItemText(0, tr("From the layer's date ({})").format(month))

    def show_biome(self, number: int | None) -> None:
        """Show the biome of the place: the engine's number, 0 for none; None if unknown."""
        label, names = tr("By place"), [later("none"), *bands.BIOMES[1:]]
        if number is not None and number in range(len(names)):
            label = tr("By place ({})").format(tr(names[number]))
        self.biome_combo.setItemText(0, label)

    def _info(self) -> dict[str, Any]:
        return self.bundle_combo.currentData() or {}

    def _on_bundle(self) -> None:
        info = self._info()
        text = ""
        if not info.get("ready"):
            problem = translated(str(info.get("problem") or "")) or tr("Not ready.")
            remedy = translated(str(info.get("remedy") or ""))
            text = alert(f"{problem} {remedy}".strip())
        self._problem.show_text(text)
        self.notes_button.setVisible(bool(self.notes))
        self._show_notes(self.notes_button.isChecked())
        self.bundle_changed.emit()

    def _show_notes(self, shown: bool) -> None:
        lines = [f"• {escape(note)}" for note in self.notes] if shown else []
        self._note.show_text("<br>".join(lines))


class AdvancedGroup(PanelGroup):
    """Steps, seed, device and the worker's Python.

    Signals:
        worker_python_changed: The user chose another Python for the worker.
        device_changed: Another device was chosen.
    """

    worker_python_changed = pyqtSignal()
    device_changed = pyqtSignal()

    def __init__(self, settings: PluginSettings, parent: QWidget | None = None) -> None:
        super().__init__(tr("Advanced"), "advanced", parent, folded=True)
        self.timesteps_1 = _spin("timesteps_1", settings.timesteps_1)
        self.timesteps_3 = _spin("timesteps_3", settings.timesteps_3)
        self.timesteps_1.setToolTip(tr("Generate: passes per tile"))
        self.timesteps_3.setToolTip(tr("Ground: passes per tile"))
        self.seed = _spin("seed", request.DEFAULTS["seed"])
        self.seed.setToolTip(tr("Same seed, same pixels"))
        self.keep = QCheckBox(tr(request.OPTIONS["keep"].label))
        self.keep.setChecked(settings.keep_stages)
        self.keep.setToolTip(
            tr("Another run can then begin at stage 2 or 3 (Runs, Run again); 96 bytes per pixel")
        )
        self.device_combo = device_combo()
        self.python = python_widget()
        self.show_settings(settings)
        self.form.addRow(tr("Steps, stage 1"), self.timesteps_1)
        self.form.addRow(tr("Steps, stage 3"), self.timesteps_3)
        self.form.addRow(tr(request.OPTIONS["seed"].label), self.seed)
        self.form.addRow(self.keep)
        self.form.addRow(tr(request.OPTIONS["device"].label), self.device_combo)
        self.form.addRow(tr("Worker Python"), self.python)
        self.python.lineEdit().editingFinished.connect(self.worker_python_changed)
        self.device_combo.currentIndexChanged.connect(self.device_changed)

    def params(self) -> dict[str, Any]:
        """Return the choices as fields of the engine's request."""
        return {
            "timesteps_1": self.timesteps_1.value() or None,
            "timesteps_3": self.timesteps_3.value() or None,
            "seed": self.seed.value(),
            "device": self.device_combo.currentData(),
            # An engine that does not know it works without.
            **({"keep": True} if self.keep.isChecked() else {}),
        }

    def show_choices(self, chosen: Request) -> None:
        """Show the parameters of an earlier run."""
        self.timesteps_1.setValue(chosen.get("timesteps_1", 0))
        self.timesteps_3.setValue(chosen.get("timesteps_3", 0))
        self.seed.setValue(max(0, min(chosen.get("seed", 0), self.seed.maximum())))
        self.device_combo.setCurrentIndex(max(0, self.device_combo.findData(chosen.get("device"))))

    def lock(self, first: int) -> None:
        """Enable only parameters that affect stages from `first` on; 1 enables everything."""
        for widget in (self.timesteps_1, self.seed):
            widget.setEnabled(first == 1)

    def show_settings(self, settings: PluginSettings) -> None:
        """Show the saved choices."""
        self.device_combo.setCurrentIndex(max(0, self.device_combo.findData(settings.device)))
        self.python.setFilePath(settings.worker_python)

    def remember(self, settings: PluginSettings) -> None:
        """Write the choices to save into the settings."""
        settings.timesteps_1 = self.timesteps_1.value()
        settings.timesteps_3 = self.timesteps_3.value()
        settings.keep_stages = self.keep.isChecked()
        settings.device = self.device_combo.currentData()
        settings.worker_python = self.python.filePath().strip()


def device_combo() -> QComboBox:
    """Create a combo box for the device."""
    combo = choice(entries("device"))
    combo.setToolTip(tr("A graphics card is many times faster."))
    return combo


def python_widget() -> QgsFileWidget:
    """Create a widget for the worker's Python."""
    python = QgsFileWidget()
    python.setStorageMode(QgsFileWidget.StorageMode.GetFile)
    python.lineEdit().setPlaceholderText(tr("found automatically"))
    python.setToolTip(tr("Python of the models' environment"))
    return python


def _spin(name: str, value: int) -> QSpinBox:
    spin = QSpinBox()
    spin.setRange(*whole_range(request.OPTIONS[name]))
    if request.OPTIONS[name].unset:
        # Shorter than the option's own text, which other lists have room for.
        spin.setSpecialValueText(tr("from the bundle"))
    spin.setValue(value)
    return spin


class AreaGroup(PanelGroup):
    """The area of a run.

    Signals:
        changed: The area may have changed.
    """

    changed = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas, parent: QWidget | None = None) -> None:
        super().__init__(tr("Area"), "area", parent)
        self._canvas = canvas
        self.mode_combo = QComboBox()
        self.mode_combo.addItem(tr("Whole layer"), WHOLE)
        self.mode_combo.addItem(tr("What the map shows"), VIEW)
        self.mode_combo.addItem(tr("Rectangle: draw, layer or type"), RECTANGLE)
        narrow(self.mode_combo)
        self.mode_combo.setToolTip(tr("What is computed, in pixels of 10 m"))
        self.rectangle = QgsExtentWidget(self, QgsExtentWidget.WidgetStyle.CondensedStyle)
        self.rectangle.setMapCanvas(canvas)
        self.rectangle.setToolTip(tr("Only what it covers, in units of its CRS"))
        self.rectangle.setVisible(False)
        self.cost = CostLine()
        self.form.addRow(self.mode_combo)
        self.form.addRow(self.rectangle)
        self.form.addRow(self.cost)
        self.mode_combo.currentIndexChanged.connect(self._on_mode)
        self.rectangle.extentChanged.connect(lambda: self._on_area(RECTANGLE))
        self.cost.quick_button.toggled.connect(lambda _: self.changed.emit())
        canvas.extentsChanged.connect(self._on_view)

    def set_layer(self, layer: QgsRasterLayer | None) -> None:
        """Set the layer whose extent the rectangle starts from."""
        if layer is not None:
            self.rectangle.setOutputCrs(layer.crs())
            self.rectangle.setOriginalExtent(layer.extent(), layer.crs())
            self.rectangle.setOutputExtentFromOriginal()

    def params(self) -> dict[str, Any]:
        """Return the choices besides the extent as fields of the engine's request."""
        # An engine that does not know it works without.
        return {"quick": True} if self.cost.quick_button.isChecked() else {}

    def show_whole(self) -> None:
        """Choose the whole layer."""
        self.mode_combo.setCurrentIndex(self.mode_combo.findData(WHOLE))

    def show_view(self) -> None:
        """Choose what the map shows."""
        self.mode_combo.setCurrentIndex(self.mode_combo.findData(VIEW))

    def show_choices(self, chosen: Request) -> None:
        """Show the area of an earlier run."""
        self.cost.quick_button.setChecked(chosen.get("quick") is True)
        self._show_extent(chosen.get("extent"), chosen.get("extent_crs"))

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
                tr("The rectangle is invalid."),
                tr("Draw one, or choose the whole layer."),
                problem="rectangle-unreadable",
            )
        return QgsReferencedRectangle(self.rectangle.outputExtent(), self.rectangle.outputCrs())

    def _show_extent(self, extent: list[float] | None, crs_text: str | None) -> None:
        """Show an extent; None means the whole layer."""
        if extent is None or len(extent) != 4:
            self.show_whole()
            return
        crs = QgsCoordinateReferenceSystem(str(crs_text or ""))
        self.rectangle.setOutputCrs(crs)
        self.rectangle.setOutputExtentFromUser(QgsRectangle(*extent), crs)
        self.mode_combo.setCurrentIndex(self.mode_combo.findData(RECTANGLE))

    def _on_mode(self) -> None:
        self.rectangle.setVisible(self.mode_combo.currentData() == RECTANGLE)
        self.changed.emit()

    def _on_view(self) -> None:
        self._on_area(VIEW)

    def _on_area(self, mode: int) -> None:
        if self.mode_combo.currentData() == mode:
            self.changed.emit()
