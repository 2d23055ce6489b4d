"""What the engine makes of the radar, and why: for the user to check before the run."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from qgis.PyQt.QtGui import QColor, QPalette

from gac_qgis_plugin.gui.widgets import alert
from gac_qgis_plugin.worker.protocol import Event

MARKS = {"assumed": ("assumed", "#f2c14e"), "user": ("set by you", "#9cc9ee")}
"""By who decided: a word and the colour behind it."""


def describe_scene(scene: Event, palette: QPalette) -> str:
    """The protocol's SceneInfo as HTML: decisions, what will be computed, warnings."""
    decisions = scene.get("decisions")
    if isinstance(decisions, list) and decisions:
        faint = _faint(palette)
        text = _table([each for each in decisions if isinstance(each, dict)], faint)
        text += f'<div style="color:{faint}">{_size(scene)}</div>'
    else:
        lines = [
            *_understood(scene),
            f"{_size(scene)}; computed at 10 m in EPSG:{scene.get('epsg')}",
        ]
        text = "".join(f"<div>{escape(line)}</div>" for line in lines)
    warnings = scene.get("warnings") or []
    return text + "".join(f"<div>{alert(str(each))}</div>" for each in warnings)


def _table(decisions: list[dict[str, Any]], faint: str) -> str:
    rows = "".join(_row(each, faint) for each in decisions)
    return f'<table cellspacing="0" cellpadding="1" width="100%">{rows}</table>'


def _row(decision: dict[str, Any], faint: str) -> str:
    label = escape(str(decision.get("label") or decision.get("name") or ""))
    value = f"<b>{escape(str(decision.get('value')))}</b>"
    mark = MARKS.get(str(decision.get("by")))
    if mark:
        value += (
            f'&nbsp;<span style="background-color:{mark[1]};color:#202020">&nbsp;{mark[0]}&nbsp;'
            "</span>"
        )
    if decision.get("why"):
        value += f' <span style="color:{faint}">{escape(str(decision["why"]))}</span>'
    return f'<tr><td style="padding-right:6px">{label}</td><td width="100%">{value}</td></tr>'


def _faint(palette: QPalette) -> str:
    """A colour between text and background, in dark themes too."""
    text, ground = (
        palette.color(QPalette.ColorRole.WindowText),
        palette.color(QPalette.ColorRole.Window),
    )
    pairs = zip(text.getRgb()[:3], ground.getRgb()[:3])
    return str(QColor(*(round(0.65 * a + 0.35 * b) for a, b in pairs)).name())


def _understood(scene: Event) -> list[str]:
    """What an engine that does not name its decisions says of them."""
    units = {"db": "dB", "power": "linear power", "amplitude": "amplitude"}
    unit = units.get(str(scene.get("unit")), "unknown")
    reason = str(scene.get("unit_reason") or "")
    paths = scene.get("paths") or []
    vh_file = f" of {Path(paths[1]).name}" if len(paths) > 1 else ""
    return [
        f"VV: band {scene.get('vv_band')}, VH: band {scene.get('vh_band')}{vh_file}",
        f"unit: {unit}" + (f" ({reason})" if reason else ""),
        _date(scene),
    ]


def _date(scene: Event) -> str:
    date = str(scene.get("date") or "")
    if not date:
        return "date: not found"
    source = str(scene.get("date_source") or "")
    return f"date: {date.replace('T', ' ')}" + (f" (from the {source})" if source else "")


def _size(scene: Event) -> str:
    return f"{scene.get('width')} × {scene.get('height')} px"
