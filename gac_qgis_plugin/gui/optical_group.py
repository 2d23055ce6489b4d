"""The panel's group for an optical reference: a Sentinel-2 image beside the radar."""

from __future__ import annotations

from html import escape
from typing import Any

from qgis.core import QgsMapLayer, QgsMapLayerProxyModel, QgsProject, QgsRasterLayer
from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import QSignalBlocker, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QSpinBox,
    QToolButton,
    QWidget,
)

from gac_qgis_plugin.contract import optical_options, request
from gac_qgis_plugin.core.i18n import tr, translated
from gac_qgis_plugin.core.problems import PluginError, file_name, redacted
from gac_qgis_plugin.core.records import Request
from gac_qgis_plugin.engine_inputs import mask_source, optical_source
from gac_qgis_plugin.gui.layer_combo import LayerCombo, LayersDialog
from gac_qgis_plugin.gui.scene_note import day_of, decisions_of, describe_decisions
from gac_qgis_plugin.gui.widgets import NoteLabel, PanelGroup, alert, choice
from gac_qgis_plugin.jobs import layers_of_sources, polygons_of_source
from gac_qgis_plugin.labels import entries, percent, whole_range
from gac_qgis_plugin.worker.protocol import Event

READING = ("bands", "scale", "offset", "date", "clear", "margin")
"""Options below Advanced, without `optical_`."""
UNFOLD = "unfold"


class SourceChoice(QWidget):
    """Choice of a layer, or of several layers or files through a menu beside it.

    Args:
        kinds: Kinds of layers that it offers.
        none: Text for no layer.
        are_several: True if several layers, files or a folder can be chosen together.

    Signals:
        changed: Another source was chosen.
    """

    changed = pyqtSignal()

    def __init__(
        self,
        kinds: QgsMapLayerProxyModel.Filter,
        none: str,
        parent: QWidget | None = None,
        *,
        are_several: bool,
    ) -> None:
        super().__init__(parent)
        self._sources: list[str] = []
        self.layer_combo = LayerCombo(kinds, is_radar=True)
        self.layer_combo.setAllowEmptyLayer(True, none)
        self.layer_combo.setCurrentIndex(0)
        self.more_button = QToolButton()
        self.more_button.setText("…")
        menu = QMenu(self)
        if are_several:
            self.more_button.setToolTip(tr("Choose several layers, files, or a product's folder"))
            menu.addAction(tr("Several layers…")).triggered.connect(self._on_layers)
            menu.addAction(tr("Files…")).triggered.connect(self._on_files)
            menu.addAction(tr("Folder of a product…")).triggered.connect(self._on_folder)
        else:
            self.more_button.setToolTip(tr("Choose a file, or say that there are no clouds"))
            menu.addAction(tr("File…")).triggered.connect(self._on_file)
            menu.addAction(tr("No clouds")).triggered.connect(self._on_no_clouds)
        self.more_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more_button.setMenu(menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.layer_combo, 1)
        row.addWidget(self.more_button)
        self.layer_combo.layerChanged.connect(self._on_layer)

    @property
    def is_empty(self) -> bool:
        """True if nothing is chosen."""
        return not self._sources and self.layer_combo.currentLayer() is None

    @property
    def sources(self) -> list[str]:
        """Files chosen beside the project's layers; empty if a layer is chosen."""
        return list(self._sources)

    def layer(self) -> QgsMapLayer | None:
        """Return the chosen layer; None if there is none, or if files are chosen."""
        return None if self._sources else self.layer_combo.currentLayer()

    def set_layer(self, layer: QgsMapLayer | None) -> None:
        """Choose a layer of the project; None: no layer."""
        with QSignalBlocker(self.layer_combo):
            self._show_sources([])
            if layer is None:
                self.layer_combo.setCurrentIndex(0)
            else:
                self.layer_combo.setLayer(layer)
        self.changed.emit()

    def set_sources(self, sources: list[str]) -> None:
        """Choose files by their names for GDAL; empty: nothing."""
        with QSignalBlocker(self.layer_combo):
            self._show_sources(sources)
            count = self.layer_combo.count()
            self.layer_combo.setCurrentIndex(count - 1 if sources else 0)
        self.changed.emit()

    def _show_sources(self, sources: list[str]) -> None:
        self._sources = list(sources)
        names = [
            tr("no clouds") if source == optical_options.NO_CLOUDS else redacted(file_name(source))
            for source in sources
        ]
        text = (
            tr("{} files: {}, …").format(len(names), names[0]) if len(names) > 1 else "".join(names)
        )
        self.layer_combo.setAdditionalItems([text] if names else [])
        self.layer_combo.setToolTip("\n".join(names) if names else "")

    def _on_layer(self, *_: object) -> None:
        is_files = bool(self._sources) and (
            self.layer_combo.currentIndex() == self.layer_combo.count() - 1
        )
        if self._sources and not is_files:
            # The entry of the files is of no use any more.
            layer = self.layer_combo.currentLayer()
            self.set_layer(layer)
            return
        self.changed.emit()

    def _on_layers(self) -> None:
        dialog = LayersDialog(self.window())
        dialog.chosen.connect(self.set_sources)
        dialog.open()

    def _on_files(self) -> None:
        paths, _ = QFileDialog.getOpenFileNames(self, tr("Sentinel-2 of the same place"))
        if paths:
            self.set_sources(paths)

    def _on_folder(self) -> None:
        path = QFileDialog.getExistingDirectory(self, tr("Folder of a Sentinel-2 product"))
        if path:
            self.set_sources([path])

    def _on_no_clouds(self) -> None:
        self.set_sources([optical_options.NO_CLOUDS])

    def _on_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, tr("Clouds, as a raster or polygons"))
        if path:
            self.set_sources([path])


class ReadingBox(PanelGroup):
    """Overrides of how the reference is read, made from the table of options; initially folded.

    Signals:
        changed: An override has changed.
    """

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Advanced"), "opticalreading", parent, folded=True)
        self.widgets: dict[str, QWidget] = {}
        titles = {
            "bands": tr("Bands"),
            "scale": tr("Scale"),
            "offset": tr("Offset"),
            "date": tr("Date"),
            "clear": tr("Clear values"),
            "margin": tr("Margin"),
        }
        for short in READING:
            name = f"optical_{short}"
            option = request.OPTIONS[name]
            widget: QWidget
            if option.choices:
                widget = choice(entries(name))
                widget.currentIndexChanged.connect(self._on_choice)
            elif option.kind is int:
                widget = QSpinBox()
                widget.setRange(*whole_range(option))
                widget.setValue(request.DEFAULTS[name])
                widget.valueChanged.connect(self._on_choice)
            else:
                line = QgsFilterLineEdit()
                line.setPlaceholderText(_hint(short))
                line.editingFinished.connect(self._on_choice)
                line.cleared.connect(self._on_choice)
                widget = line
            widget.setToolTip(tr(option.label))
            self.widgets[name] = widget
            self.form.addRow(titles[short], widget)

    def params(self) -> dict[str, Any]:
        """Return the overrides as fields of the engine's request, without those at the default."""
        values = {name: _value(widget) for name, widget in self.widgets.items()}
        return {name: each for name, each in values.items() if each != request.DEFAULTS[name]}

    def show_choices(self, chosen: Request) -> None:
        """Show the overrides of an earlier run."""
        for name, widget in self.widgets.items():
            value = chosen.get(name, request.DEFAULTS[name])
            with QSignalBlocker(widget):
                if isinstance(widget, QComboBox):
                    widget.setCurrentIndex(max(0, widget.findData(value)))
                elif isinstance(widget, QSpinBox):
                    widget.setValue(value if isinstance(value, int) else request.DEFAULTS[name])
                elif isinstance(widget, QLineEdit):
                    widget.setText(str(value or ""))

    def _on_choice(self, *_: object) -> None:
        self.changed.emit()


class OpticalGroup(PanelGroup):
    """The optical reference: its files, clouds and use, and how the engine reads it.

    Beneath it an image of another date can be chosen, which guides where the first is cloudy.

    Signals:
        changed: The reference, or how it is read, has changed.
        clear_wanted: The user wants to see what is clear.
        told: The engine's reading has changed.
    """

    changed = pyqtSignal()
    clear_wanted = pyqtSignal()
    told = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr(request.OPTIONS["optical"].label), "optical", parent, folded=True)
        filters = QgsMapLayerProxyModel.Filter
        self.image, self.other = (
            SourceChoice(filters.RasterLayer, tr("none"), are_several=True) for _ in range(2)
        )
        masks = filters.RasterLayer | filters.PolygonLayer
        self.mask, self.other_mask = (
            SourceChoice(masks, tr("as the product says"), are_several=False) for _ in range(2)
        )
        self.use_combo = choice(entries("optical_use"))
        self.days = QSpinBox()
        self.days.setRange(*whole_range(request.OPTIONS["optical_days"]))
        self.days.setValue(request.DEFAULTS["optical_days"])
        self.days.setToolTip(tr(request.OPTIONS["optical_days"].label))
        self.image.setToolTip(tr("Its clear pixels are kept, or guide; only the rest is generated"))
        for mask in (self.mask, self.other_mask):
            mask.setToolTip(tr("A raster that is 0 where it is clear, or polygons of clouds"))
        self.other.setToolTip(tr("A clear image of another date guides where the first is cloudy"))
        self.use_combo.setToolTip(
            tr("Keep clear pixels of the same days; let images of other days guide")
        )
        self.reading = ReadingBox()
        self.note = NoteLabel()
        self.note.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.clear_button = QPushButton(tr("Show what is clear"))
        self.clear_button.setToolTip(tr("Adds a layer with the clear pixels, before any run"))
        self.form.addRow(tr("Image"), self.image)
        self.form.addRow(tr("Clouds"), self.mask)
        self.form.addRow(tr("Use"), self.use_combo)
        self.form.addRow(tr("Days"), self.days)
        self.form.addRow(tr("Other date"), self.other)
        self.form.addRow(tr("Its clouds"), self.other_mask)
        self.form.addRow(self.note)
        self.form.addRow(self.clear_button)
        self.form.addRow(self.reading)
        self._optical: dict[str, Any] = {}
        self._is_unfolded = False
        self.image.changed.connect(self._on_image)
        for source in (self.mask, self.other, self.other_mask):
            source.changed.connect(self._on_choice)
        self.use_combo.currentIndexChanged.connect(self._on_choice)
        self.days.valueChanged.connect(self._on_choice)
        self.reading.changed.connect(self._on_choice)
        self.note.linkActivated.connect(self._on_link)
        self.clear_button.clicked.connect(self.clear_wanted)
        self._show_state()

    @property
    def is_empty(self) -> bool:
        """True if no reference is chosen."""
        return self.image.is_empty

    @property
    def keeps(self) -> bool:
        """True if the engine keeps clear pixels of the reference."""
        return not self.is_empty and self._optical.get("use") == "keep"

    def set_layer(self, layer: QgsMapLayer) -> None:
        """Choose a layer as the reference, and unfold the group."""
        self.image.set_layer(layer)
        self.setCollapsed(False)

    def params(self) -> dict[str, Any]:
        """Return the reference as fields of the engine's request; empty if there is none.

        Raises:
            PluginError: If the worker cannot open a layer, or if GAC generated it.
        """
        if self.is_empty:
            return {}
        return {
            **_image_params("optical", self.image, self.mask),
            **_image_params("optical_other", self.other, self.other_mask),
            "optical_use": self.use_combo.currentData(),
            "optical_days": self.days.value(),
            **self.reading.params(),
        }

    def show_choices(self, chosen: Request) -> None:
        """Show the reference of an earlier run; without one, none."""
        sources = chosen.get("optical", [])
        _choose(self.image, sources)
        _choose(self.other, chosen.get("optical_other", []))
        for choice_, mask in (
            (self.mask, chosen.get("optical_mask", "")),
            (self.other_mask, chosen.get("optical_other_mask", "")),
        ):
            _choose(choice_, [mask] if mask else [])
        use = self.use_combo.findData(chosen.get("optical_use"))
        self.use_combo.setCurrentIndex(max(0, use))
        self.days.setValue(chosen.get("optical_days", request.DEFAULTS["optical_days"]))
        self.reading.show_choices(chosen)
        if sources:
            self.setCollapsed(False)
        self.changed.emit()

    def show_waiting(self) -> None:
        """Show that the reference is being read."""
        self._optical = {}
        self.note.show_text(f"<i>{tr('Reading the Sentinel-2 image…')}</i>")

    def show_nothing(self) -> None:
        """Clear the note: there is no reference, or no worker to ask."""
        self._optical = {}
        self.note.show_text("")
        self.told.emit()

    def show_scene(self, scene: Event) -> None:
        """Show how the engine reads the reference, the field `optical` of SceneInfo."""
        optical = scene.get("optical")
        self._optical = optical if isinstance(optical, dict) else {}
        self._show_note()
        self.told.emit()

    def show_problem(self, problem: PluginError) -> None:
        """Show why the reference cannot be used."""
        self._optical = {}
        words = f"{problem.message} {problem.remedy}".strip()
        self.note.show_text(alert(words) if words and not self.is_empty else "")
        self.told.emit()

    def _show_note(self) -> None:
        if not self._optical or self.is_empty:
            self.note.show_text("")
            return
        other = self._optical.get("other")
        mark = "▾" if self._is_unfolded else "▸"
        line = f'<a href="{UNFOLD}">{mark}</a> {escape(summary_of(self._optical))}'
        images = [(line, self._optical)]
        if isinstance(other, dict):
            images.append((escape(summary_of_other(other)), other))
        text = ""
        for line, image in images:
            gap = 8 if text and self._is_unfolded else 0
            text += f'<div style="margin-top:{gap}px">{line}</div>'
            if self._is_unfolded:
                text += describe_decisions(decisions_of(image), self.palette())
        # The engine's warnings about the image of another date are among these.
        warnings = [translated(str(each)) for each in _list(self._optical.get("warnings"))]
        self.note.show_text(text + "".join(f"<div>{alert(each)}</div>" for each in warnings))

    def _on_link(self, target: str) -> None:
        if target == UNFOLD:
            self._is_unfolded = not self._is_unfolded
            self._show_note()

    def _on_image(self) -> None:
        self._show_state()
        self.changed.emit()

    def _on_choice(self, *_: object) -> None:
        self._show_state()
        if not self.is_empty:
            self.changed.emit()

    def _show_state(self) -> None:
        """Enable what has a meaning for the present choice."""
        is_used = not self.is_empty
        needed = self.mask, self.use_combo, self.other, self.other_mask, self.reading
        for widget in (*needed, self.clear_button):
            widget.setEnabled(is_used)
        self.days.setEnabled(is_used and self.use_combo.currentData() == "auto")
        self.show_row(self.other_mask, not self.other.is_empty)
        if not is_used:
            self.note.show_text("")


def summary_of(optical: dict[str, Any]) -> str:
    """Return how the engine reads a reference, in one line."""
    uses = {"keep": tr("clear pixels are kept"), "guide": tr("it only guides")}
    return _summary(optical, uses.get(str(optical.get("use")), ""))


def summary_of_other(image: dict[str, Any]) -> str:
    """Return how the engine reads the image of another date, in one line."""
    return tr("Other date: {}").format(_summary(image, tr("guides under the clouds")))


def _summary(image: dict[str, Any], use: str) -> str:
    days = image.get("days")
    words = [day_of(image)]
    if isinstance(days, int):
        words.append(tr("%n day(s) from the radar", days))
    clear = image.get("clear_share")
    if isinstance(clear, (int, float)) and 0 <= clear <= 1:
        words.append(tr("{} clear").format(percent(clear).replace(" ", "\u00a0")))
    return ", ".join(filter(None, (*words, use)))


def _image_params(name: str, image: SourceChoice, mask: SourceChoice) -> dict[str, Any]:
    """Return an image and the mask of its clouds as fields of a request; empty without one.

    Raises:
        PluginError: As `OpticalGroup.params`.
    """
    if image.is_empty:
        return {}
    layer, clouds = image.layer(), mask.layer()
    is_layer = isinstance(layer, QgsRasterLayer)
    values: dict[str, Any] = {name: [optical_source(layer)] if is_layer else image.sources}
    if not mask.is_empty:
        values[f"{name}_mask"] = mask.sources[0] if clouds is None else mask_source(clouds)
    return values


def _choose(choice_: SourceChoice, sources: list[str]) -> None:
    """Choose a source by its layer if the project has one, else by its name."""
    project = QgsProject.instance()
    layers: list[Any] = []
    if len(sources) == 1:
        layers = layers_of_sources(sources, project) or polygons_of_source(sources[0], project)
    if layers:
        choice_.set_layer(layers[0])
    else:
        choice_.set_sources(list(sources))


def _value(widget: QWidget) -> Any:
    if isinstance(widget, QComboBox):
        return widget.currentData()
    if isinstance(widget, QSpinBox):
        return widget.value()
    return widget.text().strip() if isinstance(widget, QLineEdit) else None


def _hint(short: str) -> str:
    """Return what an empty line means."""
    return {
        "bands": tr("as the file says"),
        "date": tr("that of the file"),
        "clear": tr("as the mask's kind"),
    }[short]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
