"""The Compare tab: one run of the project, side by side, in place, value by value."""

from __future__ import annotations

from functools import partial

from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QSignalBlocker, Qt
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QGroupBox,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gac_qgis_plugin.gui.compare.badges import badge
from gac_qgis_plugin.gui.compare.blink import RADAR, shown_step
from gac_qgis_plugin.gui.compare.colours import RADAR_COLOUR, STAGE_COLOURS
from gac_qgis_plugin.gui.compare.desk import Desk
from gac_qgis_plugin.gui.compare.range_choice import RangeCombo
from gac_qgis_plugin.gui.compare.readout import Readout
from gac_qgis_plugin.gui.compare.swipe_group import SwipeGroup
from gac_qgis_plugin.gui.compare.trust_group import TrustGroup
from gac_qgis_plugin.gui.score.chart import ScorePanel
from gac_qgis_plugin.gui.widgets import NoteLabel, narrow, narrow_form
from gac_qgis_plugin.results import ResultRun, gac_of
from gac_qgis_plugin.stages import stage_name, stage_purpose
from gac_qgis_plugin.styles import NDVI, range_of, style_of, styles
from gac_qgis_plugin.toolbelt.words import tr

DIFFERENCES = ((2, 1), (3, 2))
TIP = Qt.ItemDataRole.ToolTipRole


class ComparePanel(QWidget):
    """All comparison tools, from top to bottom in the order of their use."""

    def __init__(
        self,
        desk: Desk,
        canvas: QgsMapCanvas,
        trust: TrustGroup | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.trust = trust
        self._desk = desk
        self.hint = NoteLabel()
        self.run_combo = QComboBox()
        self.style_combo = QComboBox()
        self.range_combo = RangeCombo()
        for combo in (self.run_combo, self.style_combo):
            narrow(combo)
        self.run_combo.setToolTip(tr("Which run of the project is looked at"))
        self.style_combo.setToolTip(tr("Colours of all stages of the run at once"))
        for style in styles():
            self.style_combo.addItem(style.title, style.key)
            self.style_combo.setItemData(self.style_combo.count() - 1, style.hint, TIP)
        self.steps = {step: self._step_button(step) for step in (RADAR, 1, 2, 3)}
        self.swipe = SwipeGroup(desk)
        self.differences = {pair: self._difference_button(*pair) for pair in DIFFERENCES}
        self.scores = ScorePanel()
        self.readout = Readout(canvas, desk.probe)
        self.export_button = QPushButton(tr("Export…"))
        self.export_button.setToolTip(tr("GeoTIFFs, pictures and a figure of this run"))
        self._lay_out()
        self.run_combo.activated.connect(self._on_run)
        self.style_combo.activated.connect(self._on_style)
        self.range_combo.chosen.connect(desk.choose_range)
        self.export_button.clicked.connect(desk.export_wanted)
        desk.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the project's current content."""
        runs, run = self._desk.runs(), self._desk.run()
        with QSignalBlocker(self.run_combo):
            self.run_combo.clear()
            for each in runs:
                self.run_combo.addItem(each.title, str(each.folder))
                tip = str(each.folder)
                self.run_combo.setItemData(self.run_combo.count() - 1, tip, TIP)
            self.run_combo.setCurrentIndex(
                next((i for i, each in enumerate(runs) if run and each.folder == run.folder), -1)
            )
        self.body.setEnabled(run is not None)
        nothing = tr("There is no result in this project yet. Start a run, or open one in Runs.")
        self.hint.show_text("" if run is not None else nothing)
        self.readout.forget()
        self._show_run(run)

    def _show_run(self, run: ResultRun | None) -> None:
        visible_step = None if run is None else shown_step(run)
        for step, button in self.steps.items():
            button.setChecked(step == visible_step)
            button.setEnabled(run is not None and (step == RADAR or step in run.nodes))
        for (later, earlier), button in self.differences.items():
            button.setEnabled(run is not None and {later, earlier} <= run.nodes.keys())
        scores = {} if run is None else {n: gac_of(layer) for n, layer in run.stages.items()}
        self.scores.show_scores(scores)
        self.score_group.setVisible(bool(scores))
        self.swipe.refresh()
        if self.trust is not None:
            self.trust.show_run(run)
        if run is not None:
            key = style_of(run.stages)
            index = self.style_combo.findData(key)
            self.style_combo.setCurrentIndex(index)
            self.style_combo.setToolTip(styles()[index].hint)
            self.range_combo.show_range(range_of(run.stages), is_stretched=key != NDVI)

    def _lay_out(self) -> None:
        self.body = QWidget()
        form = narrow_form(self.body)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(tr("Run of"), self.run_combo)
        form.addRow(tr("Style"), self.style_combo)
        form.addRow(tr("Range"), self.range_combo)
        in_place = QGroupBox(tr("In place (B, Shift+B)"))
        row = QHBoxLayout(in_place)
        row.setSpacing(2)
        row.setContentsMargins(6, 4, 6, 4)
        for button in self.steps.values():
            row.addWidget(button)
        difference = QGroupBox(tr("Difference"))
        row = QHBoxLayout(difference)
        row.setContentsMargins(6, 4, 6, 4)
        for button in self.differences.values():
            row.addWidget(button)
        self.score_group = QGroupBox(tr("GAC score"))
        inner = QVBoxLayout(self.score_group)
        inner.setContentsMargins(6, 4, 6, 4)
        inner.addWidget(self.scores)
        values = QGroupBox(tr("Under the cursor"))
        inner = QVBoxLayout(values)
        inner.setContentsMargins(4, 4, 4, 4)
        inner.addWidget(self.readout)
        form.addRow(in_place)
        form.addRow(self.swipe)
        form.addRow(difference)
        form.addRow(self.score_group)
        form.addRow(values)
        if self.trust is not None:
            form.addRow(self.trust)
        form.addRow(self.export_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(self.hint)
        column.addWidget(self.body)
        column.addStretch()

    def _step_button(self, step: int) -> QPushButton:
        if step == RADAR:
            text, colour, tip = "S1", RADAR_COLOUR, tr("What lies beneath the group: the radar")
        else:
            text, colour = f"v{step}", STAGE_COLOURS[step]
            tip = tr("Only stage {}, {}: {}")
            tip = tip.format(step, stage_name(step), stage_purpose(step))
        button = QPushButton(text)
        if step != RADAR:
            button.setIcon(badge(str(step), colour))
        button.setCheckable(True)
        button.setToolTip(tip)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setMinimumWidth(44)
        button.clicked.connect(partial(self._on_step, step))
        return button

    def _difference_button(self, later: int, earlier: int) -> QPushButton:
        button = QPushButton(f"v{later} − v{earlier}")
        tip = tr("A layer that shows what stage {} changed: red is brighter, blue darker")
        button.setToolTip(tip.format(later))
        button.clicked.connect(lambda: self._desk.show_difference(later, earlier))
        return button

    def _on_step(self, step: int) -> None:
        self._desk.show_step(step)
        # A click on the active step must not leave its button up.
        self.refresh()

    def _on_run(self, index: int) -> None:
        runs = self._desk.runs()
        if 0 <= index < len(runs):
            self._desk.choose(runs[index].folder)

    def _on_style(self, index: int) -> None:
        self._desk.set_style(self.style_combo.itemData(index))
