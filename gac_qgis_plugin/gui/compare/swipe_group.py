"""Controls of the swipe: its two layers, and the line's orientation."""

from __future__ import annotations

from qgis.core import QgsRasterLayer
from qgis.PyQt.QtCore import QSignalBlocker
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QGroupBox,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gac_qgis_plugin.gui.compare.desk import Desk
from gac_qgis_plugin.gui.widgets import narrow
from gac_qgis_plugin.results import layer_label
from gac_qgis_plugin.toolbelt.words import tr


class SwipeGroup(QGroupBox):
    """Controls to start and end the swipe, and to choose its layers."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(tr("Side by side"), parent)
        self._desk = desk
        self.combos = [QComboBox(), QComboBox()]
        # Layer ids; None: no choice, so the first and the last existing stage.
        self._by_user: list[str | None] = [None, None]
        tips = tr("Left of the line, or above it"), tr("Right of the line, or below it")
        for combo, tip in zip(self.combos, tips):
            narrow(combo)
            combo.setMinimumContentsLength(3)
            combo.setToolTip(tip)
            combo.activated.connect(self._on_layers)
        self.button = QPushButton(tr("Swipe"))
        self.button.setCheckable(True)
        self.button.setToolTip(
            tr("Wipe between the two on the map. Arrows move the line, X exchanges, Escape ends.")
        )
        self.exchange_button = QToolButton()
        self.exchange_button.setText("⇄")
        self.exchange_button.setToolTip(tr("Exchange the two sides (X)"))
        self.across_button = QToolButton()
        self.across_button.setText(tr("Across"))
        self.across_button.setCheckable(True)
        self.across_button.setToolTip(tr("A line across (H) instead of an upright one (V)"))
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.combos[0])
        first.addWidget(self.exchange_button)
        first.addWidget(self.combos[1])
        second.addWidget(self.button, 1)
        second.addWidget(self.across_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 4, 6, 4)
        column.setSpacing(4)
        column.addLayout(first)
        column.addLayout(second)
        self.button.clicked.connect(self._on_button)
        self.exchange_button.clicked.connect(self._on_exchange)
        self.across_button.toggled.connect(lambda across: desk.swipe.set_upright(not across))
        desk.swipe.activated.connect(self._show_state)
        desk.swipe.deactivated.connect(self._show_state)
        desk.swipe.changed.connect(self._show_state)

    def refresh(self) -> None:
        """List the current layers, keeping the user's choice where possible."""
        layers = self._desk.layers()
        stages = [i for i, layer in enumerate(layers) if layer_label(layer).startswith("opt_v")]
        preset = (stages[0], stages[-1]) if len(stages) > 1 else (0, len(layers) - 1)
        for combo, index, layer_id in zip(self.combos, preset, self._by_user):
            with QSignalBlocker(combo):
                combo.clear()
                for layer in layers:
                    combo.addItem(layer_label(layer), layer.id())
                chosen_index = combo.findData(layer_id)
                combo.setCurrentIndex(chosen_index if chosen_index >= 0 else index)
        for widget in (self.button, self.exchange_button):
            widget.setEnabled(len(layers) > 1)
        self._show_state()

    def chosen(self) -> list[QgsRasterLayer]:
        """Return the two layers."""
        by_id = {layer.id(): layer for layer in self._desk.layers()}
        ids = [combo.currentData() for combo in self.combos]
        return [by_id[each] for each in ids if each in by_id]

    def _on_button(self, on: bool) -> None:
        if on:
            self._desk.begin_swipe(self.chosen())
        else:
            self._desk.swipe.end()
        self._show_state()

    def _on_layers(self) -> None:
        self._by_user = [combo.currentData() for combo in self.combos]
        if self._desk.swipe.item is not None:
            self._desk.begin_swipe(self.chosen())

    def _on_exchange(self) -> None:
        first, second = (combo.currentIndex() for combo in self.combos)
        self.combos[0].setCurrentIndex(second)
        self.combos[1].setCurrentIndex(first)
        self._on_layers()

    def _show_state(self) -> None:
        swipe = self._desk.swipe
        self.button.setChecked(swipe.item is not None)
        with QSignalBlocker(self.across_button):
            self.across_button.setChecked(not swipe.upright)
        # Keys and menus change the sides too; keep the lists in step with the map.
        for combo, layer_id in zip(self.combos, swipe.layer_ids):
            index = combo.findData(layer_id)
            if index >= 0:
                combo.setCurrentIndex(index)
                self._by_user = [each.currentData() for each in self.combos]
