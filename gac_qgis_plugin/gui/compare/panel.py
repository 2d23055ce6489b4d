"""The Compare tab: one run of the project, side by side, in place, value by value."""

from __future__ import annotations

from functools import partial

from qgis.core import QgsRasterLayer
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QSignalBlocker, Qt
from qgis.PyQt.QtGui import QShowEvent
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QGroupBox,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gac_qgis_plugin.core import paths
from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.gui.compare.badges import badge
from gac_qgis_plugin.gui.compare.range_choice import RangeCombo
from gac_qgis_plugin.gui.compare.readout import Readout
from gac_qgis_plugin.gui.compare.session import RADAR, ComparisonSession, shown_step
from gac_qgis_plugin.gui.compare.trust_group import TrustGroup
from gac_qgis_plugin.gui.score_chart import ScorePanel
from gac_qgis_plugin.gui.widgets import (
    RADAR_COLOUR,
    STAGE_COLOURS,
    NoteLabel,
    alert,
    narrow,
    narrow_form,
)
from gac_qgis_plugin.history import tell_apart
from gac_qgis_plugin.labels import stage_name, stage_purpose
from gac_qgis_plugin.layer_metadata import read_record
from gac_qgis_plugin.rasters import result_file
from gac_qgis_plugin.results import ResultRun, gac_of, layer_label, missing_file
from gac_qgis_plugin.runs import read_entry
from gac_qgis_plugin.styles import NDVI, range_of, style_of, styles

DIFFERENCES = ((2, 1), (3, 2))
TIP = Qt.ItemDataRole.ToolTipRole


class SwipeGroup(QGroupBox):
    """Controls to start and end the swipe, and to choose its layers."""

    def __init__(self, session: ComparisonSession, parent: QWidget | None = None) -> None:
        super().__init__(tr("Side by side"), parent)
        self._session = session
        self.combos = [QComboBox(), QComboBox()]
        # Layer ids; None: no choice, so the first and the last existing stage.
        self._by_user: list[str | None] = [None, None]
        tips = tr("Left or above"), tr("Right or below")
        for combo, tip in zip(self.combos, tips):
            narrow(combo)
            combo.setMinimumContentsLength(3)
            combo.setToolTip(tip)
            combo.activated.connect(self._on_layers)
        self.button = QPushButton(tr("Swipe"))
        self.button.setCheckable(True)
        self.button.setToolTip(tr("Swipe on the map. Arrows move the line, X swaps, Escape ends."))
        self.exchange_button = QToolButton()
        self.exchange_button.setText("⇄")
        self.exchange_button.setToolTip(tr("Swap the two sides (X)"))
        self.across_button = QToolButton()
        self.across_button.setText(tr("Across"))
        self.across_button.setCheckable(True)
        self.across_button.setToolTip(tr("Horizontal (H) or vertical (V) line"))
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
        self.across_button.toggled.connect(lambda across: session.swipe.set_upright(not across))
        session.swipe.activated.connect(self._show_state)
        session.swipe.deactivated.connect(self._show_state)
        session.swipe.changed.connect(self._show_state)

    def refresh(self) -> None:
        """List the current layers, keeping the user's choice where possible."""
        layers = self._session.layers()
        stages = [i for i, layer in enumerate(layers) if layer_label(layer).startswith("opt_v")]
        preset = (stages[0], stages[-1]) if len(stages) > 1 else (0, len(layers) - 1)
        for combo, index, layer_id in zip(self.combos, preset, self._by_user):
            with QSignalBlocker(combo):
                combo.clear()
                for layer in layers:
                    combo.addItem(layer_label(layer), layer.id())
                chosen_index = combo.findData(layer_id)
                combo.setCurrentIndex(chosen_index if chosen_index >= 0 else index)
        self.exchange_button.setEnabled(len(layers) > 1)
        existing = [layer for layer in layers if missing_file(layer) is None]
        self.button.setEnabled(len(existing) > 1)
        self._show_state()

    def chosen(self) -> list[QgsRasterLayer]:
        """Return the two layers."""
        by_id = {layer.id(): layer for layer in self._session.layers()}
        ids = [combo.currentData() for combo in self.combos]
        return [by_id[each] for each in ids if each in by_id]

    def _on_button(self, on: bool) -> None:
        if on:
            self._session.begin_swipe(self.chosen())
        else:
            self._session.swipe.end()
        self._show_state()

    def _on_layers(self) -> None:
        self._by_user = [combo.currentData() for combo in self.combos]
        if self._session.swipe.item is not None:
            self._session.begin_swipe(self.chosen())

    def _on_exchange(self) -> None:
        first, second = (combo.currentIndex() for combo in self.combos)
        self.combos[0].setCurrentIndex(second)
        self.combos[1].setCurrentIndex(first)
        self._on_layers()

    def _show_state(self) -> None:
        swipe = self._session.swipe
        self.button.setChecked(swipe.item is not None)
        with QSignalBlocker(self.across_button):
            self.across_button.setChecked(not swipe.upright)
        # Keys and menus change the sides too; keep the lists in step with the map.
        for combo, layer_id in zip(self.combos, swipe.layer_ids):
            index = combo.findData(layer_id)
            if index >= 0:
                combo.setCurrentIndex(index)
                self._by_user = [each.currentData() for each in self.combos]


class ComparePanel(QWidget):
    """All comparison tools, from top to bottom in the order of their use."""

    def __init__(
        self,
        session: ComparisonSession,
        canvas: QgsMapCanvas,
        trust: TrustGroup | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.trust = trust
        self._session = session
        self.hint = NoteLabel()
        self.missing = NoteLabel()
        self.run_combo = QComboBox()
        self.style_combo = QComboBox()
        self.range_combo = RangeCombo()
        for combo in (self.run_combo, self.style_combo):
            narrow(combo)
        self.run_combo.setToolTip(tr("The run to look at"))
        self.style_combo.setToolTip(tr("For all stages at once"))
        for style in styles():
            self.style_combo.addItem(style.title, style.key)
            self.style_combo.setItemData(self.style_combo.count() - 1, style.hint, TIP)
        self.steps = {step: self._step_button(step) for step in (RADAR, 1, 2, 3)}
        self.swipe = SwipeGroup(session)
        self.differences = {pair: self._difference_button(*pair) for pair in DIFFERENCES}
        self.scores = ScorePanel()
        self.readout = Readout(canvas, session.probe)
        self.export_button = QPushButton(tr("Export…"))
        self.export_button.setToolTip(tr("GeoTIFFs, pictures, a figure"))
        self._lay_out()
        self.run_combo.activated.connect(self._on_run)
        self.style_combo.activated.connect(self._on_style)
        self.range_combo.chosen.connect(session.choose_range)
        self.export_button.clicked.connect(session.export_wanted)
        session.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the project's current content."""
        runs, run = self._session.runs(), self._session.run()
        with QSignalBlocker(self.run_combo):
            self.run_combo.clear()
            entries = [read_entry(each.folder) for each in runs] if len(runs) > 1 else []
            differences = tell_apart(entries)
            for each in runs:
                title = " · ".join(filter(None, (each.title, differences.get(each.folder))))
                self.run_combo.addItem(title, str(each.folder))
                tip = str(each.folder)
                self.run_combo.setItemData(self.run_combo.count() - 1, tip, TIP)
            self.run_combo.setCurrentIndex(
                next((i for i, each in enumerate(runs) if run and each.folder == run.folder), -1)
            )
        self.body.setEnabled(run is not None)
        nothing = tr("No results yet. Run GAC, or open a run in Runs.")
        self.hint.show_text("" if run is not None else nothing)
        self.readout.forget()
        self._show_run(run)

    def _show_run(self, run: ResultRun | None) -> None:
        visible_step = None if run is None else shown_step(run)
        files = set() if run is None else run.files
        for step, button in self.steps.items():
            button.setChecked(step == visible_step)
            button.setEnabled(run is not None and (step == RADAR or step in files))
        for pair, button in self.differences.items():
            button.setEnabled(set(pair) <= files)
        self.export_button.setEnabled(bool(files))
        self._show_missing(run)
        scores = {} if run is None else {n: gac_of(layer) for n, layer in run.stages.items()}
        # The critique of stage 3 below says what it did to the agreement.
        record = {} if run is None or self.trust is None else read_record(run.folder)
        self.scores.show_scores(scores, 3 if record.get("critique") else 0)
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

    def _show_missing(self, run: ResultRun | None) -> None:
        missing = set() if run is None else run.nodes.keys() - run.files
        text = ""
        if run is not None and missing:
            names = ", ".join(result_file(run.folder, stage).name for stage in sorted(missing))
            text = alert(tr("Files are missing in {}: {}.").format(paths.short(run.folder), names))
        self.missing.show_text(text)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  (Qt names this method)
        """Look for the files again: nothing tells that some were moved or deleted."""
        super().showEvent(event)
        self.refresh()

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
        column.addWidget(self.missing)
        column.addWidget(self.body)
        column.addStretch()

    def _step_button(self, step: int) -> QPushButton:
        if step == RADAR:
            text, colour, tip = "S1", RADAR_COLOUR, tr("The layers below the group: the radar")
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
        tip = tr("Map of what stage {} changed: red brighter, blue darker")
        button.setToolTip(tip.format(later))
        button.clicked.connect(lambda: self._session.show_difference(later, earlier))
        return button

    def _on_step(self, step: int) -> None:
        self._session.show_step(step)
        # A click on the active step must not leave its button up.
        self.refresh()

    def _on_run(self, index: int) -> None:
        runs = self._session.runs()
        if 0 <= index < len(runs):
            self._session.choose(runs[index].folder)

    def _on_style(self, index: int) -> None:
        self._session.set_style(self.style_combo.itemData(index))
