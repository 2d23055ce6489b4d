"""Choices for building an environment, i.e. Python, folder, source, and their effects."""

from __future__ import annotations

from html import escape
from pathlib import Path

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QFileDialog, QPushButton, QVBoxLayout, QWidget

from gac_qgis_plugin.environment import offer
from gac_qgis_plugin.environment.offer import Offer, Surroundings
from gac_qgis_plugin.environment.pythons import Python
from gac_qgis_plugin.gui.widgets import NoteLabel, alert, choice, narrow, narrow_form
from gac_qgis_plugin.toolbelt import paths
from gac_qgis_plugin.toolbelt.settings import PluginSettings
from gac_qgis_plugin.toolbelt.words import tr

INDEX, FOLDER = "index", "folder"
GB = 1e9


class EnvironmentChoices(QWidget):
    """The choices, and a summary of packages, sizes, folder and device.

    Signals:
        changed: Another choice was made.
    """

    changed = pyqtSignal()

    def __init__(self, around: Surroundings, home: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._offer: Offer | None = None
        settings = PluginSettings.load()
        self.python_combo = QComboBox()
        narrow(self.python_combo)
        self.browse = QPushButton(tr("Another Python…"))
        self.home_widget = _folder(str(home))
        self.source_combo = choice(
            ((INDEX, tr("the Python package index")), (FOLDER, tr("a folder of wheels (offline)")))
        )
        self.wheels_widget = _folder(settings.wheel_folder)
        self.about = NoteLabel()
        form_widget = QWidget()
        self._form = narrow_form(form_widget)
        self._form.addRow(tr("Made with"), self.python_combo)
        self._form.addRow("", self.browse)
        self._form.addRow(tr("Folder"), self.home_widget)
        self._form.addRow(tr("Packages from"), self.source_combo)
        self._form.addRow(tr("Wheel folder"), self.wheels_widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(form_widget)
        column.addWidget(self.about)
        self.source_combo.setCurrentIndex(1 if settings.wheel_folder else 0)
        self.python_combo.currentIndexChanged.connect(self._on_changed)
        self.source_combo.currentIndexChanged.connect(self._on_changed)
        self.home_widget.fileChanged.connect(self._on_changed)
        self.wheels_widget.fileChanged.connect(self._on_changed)
        self.browse.clicked.connect(self._on_browse)
        self.about.show_text(tr("Looking for Pythons on this machine…"))
        self._on_changed()

    @property
    def python(self) -> Python | None:
        """The chosen Python; None if there is none, or if it is unsuitable."""
        python = self.python_combo.currentData()
        return python if isinstance(python, Python) and not python.unfit else None

    @property
    def home(self) -> Path:
        """The environment's folder."""
        return Path(self.home_widget.filePath().strip()).expanduser()

    @property
    def wheels(self) -> Path | None:
        """The wheel folder; None: the package index."""
        if self.source_combo.currentData() != FOLDER:
            return None
        return Path(self.wheels_widget.filePath().strip()).expanduser()

    @property
    def is_complete(self) -> bool:
        """True if an environment can be built from the choices."""
        wheels = self.wheels
        return self.python is not None and (wheels is None or wheels.is_dir())

    def show_offer(self, found: Offer, before: str) -> None:
        """Show this machine's Pythons and GPUs.

        Args:
            found: The Pythons and GPUs.
            before: The Python of the existing environment, to be selected again.
        """
        self._offer = found
        self.python_combo.clear()
        for python in found.pythons:
            self._add(python)
        places = [str(python.path) for python in found.pythons]
        if before in places:
            self.python_combo.setCurrentIndex(places.index(before))
        self._on_changed()

    def remember(self, default_home: Path) -> None:
        """Save the chosen folders."""
        settings = PluginSettings.load()
        settings.environment_folder = "" if self.home == default_home else str(self.home)
        settings.wheel_folder = str(self.wheels) if self.wheels else ""
        settings.save()

    def add_python(self, path: Path) -> None:
        """Add a Python chosen by the user, with the reason if it is unsuitable."""
        self._add(offer.named_python(self._around, path))
        self.python_combo.setCurrentIndex(self.python_combo.count() - 1)

    def _add(self, python: Python) -> None:
        unfit = tr(" (will not do)") if python.unfit else ""
        self.python_combo.addItem(python.title + unfit, python)

    def _on_browse(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, tr("A Python program"))
        if name:
            self.add_python(Path(name))

    def _on_changed(self) -> None:
        from_folder = self.source_combo.currentData() == FOLDER
        self.wheels_widget.setVisible(from_folder)
        self._form.labelForField(self.wheels_widget).setVisible(from_folder)
        if self._offer is not None:
            self.about.show_text(self._meaning(self._offer))
        self.changed.emit()

    def _meaning(self, found: Offer) -> str:
        python = self.python_combo.currentData()
        if not isinstance(python, Python):
            return alert(
                tr("No Python was found here. Install Python 3.11 and look again, or name one.")
            )
        if python.unfit:
            return alert(f"{python.title}: {python.unfit}")
        cost = offer.preview(python, found, self.home)
        amount = tr("<b>{} packages</b>, exact versions, checked by their hashes: ").format(
            cost.packages
        )
        if self.wheels is None:
            amount += tr("about {:.1f} GB to fetch, ").format(cost.fetched / GB)
        amount += tr("about {:.1f} GB on the disk; {:.0f} GB are free.").format(
            cost.installed / GB, cost.free / GB
        )
        place = tr("They go into {}; QGIS's own Python stays as it is.").format(
            escape(paths.short(self.home))
        )
        return f"{amount} {place}<br><br><b>PyTorch:</b> {escape(cost.torch.reason)}"


def _folder(path: str) -> QgsFileWidget:
    widget = QgsFileWidget()
    widget.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
    widget.setFilePath(path)
    return widget
