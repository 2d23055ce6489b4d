"""Choice of a run's models: bundle, number of stages, month and biome."""

from __future__ import annotations

from html import escape
from typing import Any

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QGroupBox, QHBoxLayout, QToolButton, QWidget

from gac_qgis_plugin.contract import bands, request
from gac_qgis_plugin.forms import entries
from gac_qgis_plugin.gui.widgets import NoteLabel, alert, narrow, narrow_form
from gac_qgis_plugin.toolbelt.engine_words import translated
from gac_qgis_plugin.toolbelt.records import Request
from gac_qgis_plugin.toolbelt.words import later, months, tr


class ModelGroup(QGroupBox):
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
        super().__init__(tr("Models"), parent)
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
        self.bundle_combo.setToolTip(tr("Which models compute"))
        self.stages_combo.setToolTip(tr("The last stage that is computed; fewer take less time"))
        self.month_combo.setToolTip(tr("The month that stage 2 is told, as a season of the place"))
        self.biome_combo.setToolTip(tr("The kind of vegetation that stage 2 is told (RESOLVE)"))
        self._note = NoteLabel()
        form = narrow_form(self)
        self.models_button = QToolButton()
        self.models_button.setText("…")
        self.models_button.setToolTip(tr("Models: what is here, download, import, delete"))
        with_button = QHBoxLayout()
        with_button.addWidget(self.bundle_combo, 1)
        with_button.addWidget(self.models_button)
        form.addRow(tr("Bundle"), with_button)
        form.addRow(self._note)
        form.addRow(tr(request.OPTIONS["stages"].label), self.stages_combo)
        form.addRow(tr(request.OPTIONS["month"].label), self.month_combo)
        form.addRow(tr(request.OPTIONS["biome"].label), self.biome_combo)
        self.show_date(None)
        self.show_biome(None)
        self.bundle_combo.currentIndexChanged.connect(self._on_bundle)
        self.stages_combo.currentIndexChanged.connect(self.changed)
        self.models_button.clicked.connect(self.models_wanted)

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
            title = str(info.get("title") or info.get("name"))
            ready = bool(info.get("ready"))
            label = tr(title) if ready else tr("{} (not ready)").format(tr(title))
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
        label, names = tr("By place"), [later("none there"), *bands.BIOMES[1:]]
        if number is not None and number in range(len(names)):
            label = tr("By place ({})").format(tr(names[number]))
        self.biome_combo.setItemText(0, label)

    def _info(self) -> dict[str, Any]:
        return self.bundle_combo.currentData() or {}

    def _on_bundle(self) -> None:
        info = self._info()
        lines = [escape(translated(str(note))) for note in info.get("notes") or []]
        if not info.get("ready"):
            problem = translated(str(info.get("problem") or "")) or tr("It is not ready.")
            remedy = translated(str(info.get("remedy") or ""))
            lines.insert(0, alert(f"{problem} {remedy}".strip()))
        self._note.show_text("<br>".join(lines))
        self.bundle_changed.emit()
