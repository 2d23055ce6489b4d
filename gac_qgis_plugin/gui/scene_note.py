"""Interpretation of the radar: a line, and the decisions behind it on demand."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import QDate, Qt, pyqtSignal
from qgis.PyQt.QtGui import QPalette
from qgis.PyQt.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from gac_qgis_plugin.core.i18n import later, locale, tr, translated
from gac_qgis_plugin.gui.widgets import NoteLabel, alert, faint, shrink_font
from gac_qgis_plugin.worker.protocol import Event

MARKS = {"assumed": (later("assumed"), "#f2c14e"), "user": (later("set by you"), "#9cc9ee")}
"""Label and background colour by the origin of a decision."""


class SceneNote(QWidget):
    """Interpretation of a scene in a line; its decisions and their reasons unfold.

    While it is folded, what was assumed is listed all the same.

    Signals:
        changed: Another text is shown.
    """

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line, self.details, self.warnings = NoteLabel(), NoteLabel(), NoteLabel()
        self.is_unfolded = False
        self._scene: Event = {}
        self.button = QToolButton()
        self.button.setAutoRaise(True)
        self.button.setToolTip(tr("What was recognised, and why"))
        shrink_font(self.button)
        row = QHBoxLayout()
        row.addWidget(self.line, 1)
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        for label in (self.details, self.warnings):
            column.addWidget(label)
        self.button.clicked.connect(lambda: self.unfold(not self.is_unfolded))
        self.show_text("")

    @property
    def warning_texts(self) -> list[str]:
        """The scene's warnings, translated."""
        return [translated(str(each)) for each in self._scene.get("warnings") or []]

    def show_text(self, html: str) -> None:
        """Show a text instead of a scene, or nothing."""
        self._scene = {}
        self.line.show_text(html)
        self.button.setVisible(False)
        self.details.show_text("")
        self.warnings.show_text("")
        self.setVisible(bool(html))
        self.changed.emit()

    def show_scene(self, scene: Event) -> None:
        """Show the protocol's SceneInfo."""
        self._scene = scene
        self.warnings.show_text("<br>".join(map(alert, self.warning_texts)))
        self.unfold(self.is_unfolded)
        self.setVisible(True)
        self.changed.emit()

    def unfold(self, unfolded: bool) -> None:
        """Show all decisions with their reasons, or only those that were assumed."""
        self.is_unfolded = unfolded
        decisions, palette = decisions_of(self._scene), self.palette()
        assumed = [each for each in decisions if each.get("by") == "assumed"]
        words = tr("%n assumed", len(assumed)) if assumed else tr("Details")
        self.button.setText(f"{words} {'▾' if unfolded else '▸'}")
        self.button.setVisible(True)
        self.line.show_text(escape(summarise(self._scene)))
        if unfolded:
            self.details.show_text(describe_scene(self._scene, palette))
        else:
            brief = [{**each, "why": ""} for each in assumed]
            self.details.show_text(_table(brief, faint(palette)) if brief else "")

    def text(self) -> str:
        """Return everything that is known of the scene as HTML, folded or not."""
        details = describe_scene(self._scene, self.palette()) if self._scene else ""
        return self.line.text() + details + self.warnings.text()


def decisions_of(scene: Event) -> list[dict[str, Any]]:
    """Return a scene's decisions; an old engine reports none."""
    decisions = scene.get("decisions")
    return [each for each in decisions or [] if isinstance(each, dict)]


def summarise(scene: Event) -> str:
    """Return a scene in a line: bands, unit, spacing, day."""
    values = {each.get("name"): translated(str(each.get("value"))) for each in decisions_of(scene)}
    units = {"db": "dB", "power": tr("linear power"), "amplitude": tr("amplitude")}
    unit = values.get("unit") or units.get(str(scene.get("unit")), "")
    parts = "VV + VH", unit, values.get("spacing", ""), day_of(scene)
    return " · ".join(part for part in parts if part)


def day_of(scene: Event) -> str:
    """Return the day of a scene in the words of the user's language; "" if it is unknown."""
    day = QDate.fromString(str(scene.get("date") or "")[:10], Qt.DateFormat.ISODate)
    if not day.isValid():
        return ""
    # Translators order it as their language does, such as "d. MMMM yyyy".
    return str(locale().toString(day, tr("d MMMM yyyy")))


def describe_scene(scene: Event, palette: QPalette) -> str:
    """Return the protocol's SceneInfo as HTML: decisions and their reasons."""
    decisions = decisions_of(scene)
    if decisions:
        colour = faint(palette)
        text = _table(decisions, colour)
        text += f'<div style="color:{colour}">{_size(scene)}</div>'
    else:
        lines = [
            *_understood(scene),
            tr("{}; computed at 10 m in EPSG:{}").format(_size(scene), scene.get("epsg")),
        ]
        text = "".join(f"<div>{escape(line)}</div>" for line in lines)
    return text


def describe_decisions(decisions: list[dict[str, Any]], palette: QPalette) -> str:
    """Return decisions of the engine with their reasons as HTML."""
    return _table(decisions, faint(palette))


def _table(decisions: list[dict[str, Any]], colour: str) -> str:
    rows = "".join(_row(each, colour) for each in decisions)
    return f'<table cellspacing="0" cellpadding="1" width="100%">{rows}</table>'


def _row(decision: dict[str, Any], colour: str) -> str:
    label = escape(translated(str(decision.get("label") or decision.get("name") or "")))
    value = f"<b>{escape(translated(str(decision.get('value'))))}</b>"
    mark = MARKS.get(str(decision.get("by")))
    if mark:
        words, ground = tr(mark[0]), mark[1]
        style = f"background-color:{ground};color:#202020"
        value += f'&nbsp;<span style="{style}">&nbsp;{words}&nbsp;</span>'
    # The mark says already that the user chose it.
    if decision.get("why") and decision.get("by") != "user":
        value += f' <span style="color:{colour}">{escape(translated(str(decision["why"])))}</span>'
    style = "padding-right:6px;white-space:nowrap"
    return f'<tr><td style="{style}">{label}</td><td width="100%">{value}</td></tr>'


def _understood(scene: Event) -> list[str]:
    """Describe the scene of an engine that does not report its decisions."""
    units = {"db": "dB", "power": tr("linear power"), "amplitude": tr("amplitude")}
    unit = units.get(str(scene.get("unit")), tr("unknown"))
    reason = translated(str(scene.get("unit_reason") or ""))
    paths = scene.get("paths") or []
    bands = tr("VV: band {}, VH: band {}").format(scene.get("vv_band"), scene.get("vh_band"))
    if len(paths) > 1:
        bands = tr("{} of {}").format(bands, Path(paths[1]).name)
    return [
        bands,
        tr("unit: {}").format(unit) + (f" ({reason})" if reason else ""),
        _date(scene),
    ]


def _date(scene: Event) -> str:
    date = str(scene.get("date") or "")
    if not date:
        return tr("date: not found")
    source = str(scene.get("date_source") or "")
    return tr("date: {}").format(date.replace("T", " ")) + (f" ({source})" if source else "")


def _size(scene: Event) -> str:
    return f"{scene.get('width')} × {scene.get('height')} px"
