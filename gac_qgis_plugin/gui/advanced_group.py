"""Parameters that most runs leave at their defaults."""

from __future__ import annotations

from typing import Any

from qgis.gui import QgsCollapsibleGroupBox, QgsFileWidget
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QCheckBox, QComboBox, QSpinBox, QWidget

from gac_qgis_plugin.contract import request
from gac_qgis_plugin.forms import entries, whole_range
from gac_qgis_plugin.gui.widgets import choice, narrow_form
from gac_qgis_plugin.toolbelt.records import Request
from gac_qgis_plugin.toolbelt.settings import PluginSettings
from gac_qgis_plugin.toolbelt.words import tr


class AdvancedGroup(QgsCollapsibleGroupBox):
    """Steps, seed, device and the worker's Python.

    Signals:
        worker_python_changed: The user chose another Python for the worker.
        device_changed: Another device was chosen.
    """

    worker_python_changed = pyqtSignal()
    device_changed = pyqtSignal()

    def __init__(self, settings: PluginSettings, parent: QWidget | None = None) -> None:
        super().__init__(tr("Advanced"), parent)
        self.timesteps_1 = _spin("timesteps_1", settings.timesteps_1)
        self.timesteps_3 = _spin("timesteps_3", settings.timesteps_3)
        self.timesteps_1.setToolTip(tr("Diffusion steps of stage 1, generate: passes per tile"))
        self.timesteps_3.setToolTip(tr("Steps of stage 3, ground: passes per tile"))
        self.seed = _spin("seed", request.DEFAULTS["seed"])
        self.seed.setToolTip(tr("The same seed gives the same pixels at the same place."))
        self.keep = QCheckBox(tr(request.OPTIONS["keep"].label))
        self.keep.setChecked(settings.keep_stages)
        self.keep.setToolTip(
            tr(
                "Keeps what stages 2 and 3 read, 96 bytes per pixel, so that another run can "
                "begin at stage 2 or 3 (Runs, Run again)"
            )
        )
        self.device_combo = device_combo()
        self.python = python_widget()
        self.show_settings(settings)
        form = narrow_form(self)
        form.addRow(tr("Steps, stage 1"), self.timesteps_1)
        form.addRow(tr("Steps, stage 3"), self.timesteps_3)
        form.addRow(tr(request.OPTIONS["seed"].label), self.seed)
        form.addRow(self.keep)
        form.addRow(tr(request.OPTIONS["device"].label), self.device_combo)
        form.addRow(tr("Worker Python"), self.python)
        self.python.lineEdit().editingFinished.connect(self.worker_python_changed)
        self.device_combo.currentIndexChanged.connect(self.device_changed)
        self.setCollapsed(True)

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
    combo.setToolTip(tr("What computes; a graphics card is many times faster"))
    return combo


def python_widget() -> QgsFileWidget:
    """Create a widget for the worker's Python."""
    python = QgsFileWidget()
    python.setStorageMode(QgsFileWidget.StorageMode.GetFile)
    python.lineEdit().setPlaceholderText(tr("found by itself"))
    python.setToolTip(tr("The Python of the environment that the models run in"))
    return python


def _spin(name: str, value: int) -> QSpinBox:
    spin = QSpinBox()
    spin.setRange(*whole_range(name))
    spin.setSpecialValueText(tr(request.OPTIONS[name].unset))
    spin.setValue(value)
    return spin
