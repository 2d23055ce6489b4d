"""Widgets that stay usable in a narrow panel."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from qgis.PyQt.QtCore import QEvent, Qt
from qgis.PyQt.QtGui import QColor, QPalette
from qgis.PyQt.QtWidgets import (
    QApplication,
    QComboBox,
    QFormLayout,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

DARK = 128
"""Lightness below which a background is dark."""

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
    """Let a combo box shrink below its longest entry, which then ends in an ellipsis."""
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(6)
    combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


def shrink_to_text(button: QPushButton) -> None:
    """Let a button shrink to its text in any language, and no further."""
    words = button.fontMetrics().boundingRect(button.text()).width()
    button.setMinimumWidth(max(48, words + 14))


def secondary(*buttons: QPushButton) -> None:
    """Show buttons without a frame, beside others that are clicked more often."""
    for button in buttons:
        button.setFlat(True)


def narrow_form(parent: QWidget) -> QFormLayout:
    """Create a form whose fields take all available width."""
    form = QFormLayout(parent)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    form.setContentsMargins(6, 6, 6, 6)
    form.setVerticalSpacing(4)
    return form


def scrolling(contents: QWidget) -> QScrollArea:
    """Create a scroll area in which a widget may be higher than the panel, but never wider."""
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(contents)
    return scroll


def alert(text: str) -> str:
    """Return a warning as HTML, readable on light and on dark backgrounds."""
    ground = QApplication.palette().color(QPalette.ColorRole.Window)
    colour = ALERT_COLOURS[ground.lightness() < DARK]
    return f'<span style="color:{colour}">⚠ {escape(text)}</span>'


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
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 0.9)
        self.setFont(font)
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
