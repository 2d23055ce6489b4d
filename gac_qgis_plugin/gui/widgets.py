"""Widgets that stay usable in a narrow panel."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from qgis.gui import QgsCollapsibleGroupBox
from qgis.PyQt.QtCore import QEvent, QObject, QSize, Qt
from qgis.PyQt.QtGui import QColor, QHelpEvent, QPalette, QShowEvent
from qgis.PyQt.QtWidgets import (
    QApplication,
    QComboBox,
    QFormLayout,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolTip,
    QWidget,
)

DARK = 128
"""Lightness below which a background is dark."""

SMALL_FONT = 0.9
"""Size of explanatory texts, as a share of the usual one."""
TITLE_MARGIN = 6
"""Pixels that a group's title takes beside its line of text."""
ALERT_COLOURS = ("#b04000", "#f09050")
"""Colour of alerts on light and on dark backgrounds."""

STAGE_COLOURS = {1: "#d55e00", 2: "#2a8fd4", 3: "#009e73"}
"""After Okabe and Ito; readable on light and on dark backgrounds."""
RADAR_COLOUR = "#7f7f7f"
DIFFERENCE_COLOUR = "#8a5a9e"


def choice(values: Iterable[tuple[Any, str]]) -> QComboBox:
    """Return a narrow combo box of values and their texts."""
    combo = QComboBox()
    for value, label in values:
        combo.addItem(label, value)
    narrow(combo)
    return combo


def narrow(combo: QComboBox) -> None:
    """Let a combo box shrink below its longest entry; what is cut ends in an ellipsis."""
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(6)
    combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    combo.installEventFilter(ComboElider(combo))


class ComboElider(QObject):
    """Event filter that elides a combo box's entry and shows all of it in the tooltip.

    Qt 5 cuts the entry off. The combo boxes of QGIS cannot be given another class.
    """

    def __init__(self, combo: QComboBox) -> None:
        super().__init__(combo)
        self._combo = combo

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt names it)
        """Draw the box, or show its tooltip, in place of Qt. Called by Qt."""
        if watched is not self._combo:
            return False
        if event.type() == QEvent.Type.Paint:
            self._paint()
            return True
        if isinstance(event, QHelpEvent) and self.elided_text() != self._combo.currentText():
            texts = self._combo.currentText(), self._combo.toolTip()
            QToolTip.showText(event.globalPos(), "\n".join(filter(None, texts)), self._combo)
            return True
        return False

    def elided_text(self) -> str:
        """Return the current entry as it is drawn."""
        option, combo = self._option(), self._combo
        field = combo.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            combo,
        )
        icon = 0 if option.currentIcon.isNull() else option.iconSize.width() + 4
        room = field.width() - icon - 2
        mode = Qt.TextElideMode.ElideMiddle
        return str(combo.fontMetrics().elidedText(combo.currentText(), mode, room))

    def _option(self) -> QStyleOptionComboBox:
        combo, option = self._combo, QStyleOptionComboBox()
        option.initFrom(combo)
        option.subControls = QStyle.SubControl.SC_All
        option.frame = combo.hasFrame()
        option.currentText = combo.currentText()
        option.currentIcon = combo.itemIcon(combo.currentIndex())
        option.iconSize = combo.iconSize()
        if combo.view().isVisible():
            option.state |= QStyle.StateFlag.State_On
        return option

    def _paint(self) -> None:
        option, painter = self._option(), QStylePainter(self._combo)
        option.currentText = self.elided_text()
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()


def shrink_to_text(button: QPushButton) -> None:
    """Let a button shrink to its text in any language, and no further."""
    words = button.fontMetrics().boundingRect(button.text()).width()
    button.setMinimumWidth(max(48, words + 14))


def shrink_font(widget: QWidget) -> None:
    """Give a widget the font of explanatory texts."""
    font = widget.font()
    font.setPointSizeF(font.pointSizeF() * SMALL_FONT)
    widget.setFont(font)


def secondary(*buttons: QPushButton) -> None:
    """Show buttons without a frame, beside others that are clicked more often."""
    for button in buttons:
        button.setFlat(True)


def narrow_form(parent: QWidget) -> QFormLayout:
    """Create a form whose fields take all available width."""
    form = QFormLayout(parent)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    form.setContentsMargins(6, 6, 6, 6)
    form.setVerticalSpacing(4)
    return form


class PanelGroup(QgsCollapsibleGroupBox):
    """Group of the panel: a title that folds it, and a form of narrow rows.

    Args:
        title: Its title.
        name: Name by which QGIS remembers whether it is folded; letters only.
        folded: True to fold it until the user unfolds it.
    """

    def __init__(
        self, title: str, name: str, parent: QWidget | None = None, *, folded: bool = False
    ) -> None:
        super().__init__(title, parent)
        self.setObjectName(name)
        self.setSettingGroup("GacDock")
        self.form = narrow_form(self)
        self._left_out: set[QWidget] = set()
        self.collapsedStateChanged.connect(self._on_folded)
        self.setCollapsed(folded)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  (Qt names this method)
        """Restore the remembered state. Called by Qt."""
        super().showEvent(event)
        # Until then no signal tells of a change.
        self._on_folded(self.isCollapsed())

    def setCollapsed(self, collapse: bool) -> None:  # noqa: N802  (Qt names this method)
        """Fold or unfold the group."""
        super().setCollapsed(collapse)
        # Without a signal if it was so before, though QGIS shows all rows then too.
        self._on_folded(self.isCollapsed())

    def show_row(self, field: QWidget, is_shown: bool) -> None:
        """Show or leave out a field and its label, whether the group is folded or not."""
        (self._left_out.discard if is_shown else self._left_out.add)(field)
        if not self.isCollapsed():
            self._show_row(field, is_shown)

    def _show_row(self, field: QWidget, is_shown: bool) -> None:
        for widget in filter(None, (self.form.labelForField(field), field)):
            widget.setVisible(is_shown)

    def _on_folded(self, collapsed: bool) -> None:
        # A form without visible rows is lower than the title.
        self.setMinimumHeight(self.fontMetrics().height() + TITLE_MARGIN if collapsed else 0)
        if not collapsed:
            # QGIS shows all rows that it hid, also those that were hidden before.
            for field in self._left_out:
                self._show_row(field, False)


def scrolling(contents: QWidget) -> QScrollArea:
    """Create a scroll area in which a widget may be higher than the panel, but never wider."""
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(contents)
    return scroll


def alert_colour() -> str:
    """Return a colour for warnings, readable on light and on dark backgrounds."""
    ground = QApplication.palette().color(QPalette.ColorRole.Window)
    return ALERT_COLOURS[ground.lightness() < DARK]


def alert(text: str) -> str:
    """Return a warning as HTML."""
    return f'<span style="color:{alert_colour()}">⚠ {escape(text)}</span>'


class ElidedLabel(QLabel):
    """Line of plain text, always one line high; the tooltip holds what does not fit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._is_alert = False
        shrink_font(self)
        self.show_text("")

    def show_text(self, text: str, tip: str = "", *, is_alert: bool = False) -> None:
        """Show a text; `tip` is the tooltip where the text alone is not enough."""
        self._is_alert = is_alert
        self.setText(f"⚠ {text}" if is_alert else text)
        self.setToolTip(tip or text)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt names this method)
        """Return the height of a line, whatever the text."""
        return QSize(60, self.fontMetrics().height() + 2)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  (Qt names this method)
        """Return the same as the size hint."""
        return self.sizeHint()

    def paintEvent(self, event: object) -> None:  # noqa: N802  (Qt names this method)
        """Draw the elided text. Called by Qt."""
        painter = QStylePainter(self)
        mode = Qt.TextElideMode.ElideRight
        text = self.fontMetrics().elidedText(self.text(), mode, self.width())
        colour = self.palette().color(QPalette.ColorRole.WindowText)
        painter.setPen(QColor(alert_colour()) if self._is_alert else colour)
        place = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(self.rect(), place, text)
        painter.end()


def faint(palette: QPalette) -> str:
    """Return a colour between text and background, for dark themes too."""
    text = palette.color(QPalette.ColorRole.WindowText)
    ground = palette.color(QPalette.ColorRole.Window)
    # A theme that is a style sheet may leave black as the background of light text.
    share = 0.85 if text.lightness() >= DARK else 0.65
    pairs = zip(text.getRgb()[:3], ground.getRgb()[:3])
    return str(QColor(*(round(share * a + (1 - share) * b) for a, b in pairs)).name())


class NoteLabel(QLabel):
    """Small explanatory text that wraps; hidden while it is empty.

    Its colours of `alert` and `faint` follow a theme that is switched.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._faint = faint(self.palette())
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        # A path without blanks must not widen the panel.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        shrink_font(self)
        self.show_text("")

    def show_text(self, html: str) -> None:
        """Show a text, or hide the label if it is empty."""
        self._faint = faint(self.palette())
        self.setText(self._themed(html))
        self.setVisible(bool(html))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  (Qt names this method)
        """Take over the colours of another theme."""
        super().changeEvent(event)
        themed = (QEvent.Type.PaletteChange, QEvent.Type.StyleChange)
        # Qt sends some before the label is complete.
        if event.type() in themed and hasattr(self, "_faint"):
            before, self._faint = self._faint, faint(self.palette())
            text = self._themed(self.text().replace(f"color:{before}", f"color:{self._faint}"))
            if text != self.text():
                self.setText(text)

    def _themed(self, html: str) -> str:
        """Return a text with the colour of alerts that fits this label.

        A theme may be a style sheet, of which the application's palette knows nothing.
        """
        ink = self.palette().color(QPalette.ColorRole.WindowText)
        other, fitting = ALERT_COLOURS if ink.lightness() >= DARK else ALERT_COLOURS[::-1]
        return html.replace(f"color:{other}", f"color:{fitting}")
