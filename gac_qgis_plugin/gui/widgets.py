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
    return f'<span style="color:{_alert_colour()}">⚠ {escape(text)}</span>'


def _alert_colour() -> str:
    ground = QApplication.palette().color(QPalette.ColorRole.Window)
    return "#f09050" if ground.lightness() < DARK else "#b04000"


def faint(palette: QPalette) -> str:
    """Return a colour between text and background, for dark themes too."""
    text = palette.color(QPalette.ColorRole.WindowText)
    ground = palette.color(QPalette.ColorRole.Window)
    pairs = zip(text.getRgb()[:3], ground.getRgb()[:3])
    return str(QColor(*(round(0.65 * a + 0.35 * b) for a, b in pairs)).name())


class NoteLabel(QLabel):
    """Small explanatory text that wraps; hidden while it is empty.

    Its colours of `alert` and `faint` follow a theme that is switched.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = self._theme_colours()
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
        self._colours = self._theme_colours()
        self.setText(html)
        self.setVisible(bool(html))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  (Qt names this method)
        """Take over the colours of another theme."""
        super().changeEvent(event)
        # Qt sends some before the label is complete.
        before = getattr(self, "_colours", None)
        colours = self._theme_colours()
        if event.type() == QEvent.Type.PaletteChange and before not in (None, colours):
            text = self.text()
            for old, new in zip(before, colours):
                text = text.replace(f"color:{old}", f"color:{new}")
            self._colours = colours
            self.setText(text)

    def _theme_colours(self) -> tuple[str, str]:
        return _alert_colour(), faint(self.palette())
