"""The engine's interpretation of the radar with its reasons, for review before the run."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from qgis.PyQt.QtGui import QColor, QPalette

from gac_qgis_plugin.gui.widgets import alert
from gac_qgis_plugin.toolbelt.engine_words import translated
from gac_qgis_plugin.toolbelt.words import later, tr
from gac_qgis_plugin.worker.protocol import Event

MARKS = {"assumed": (later("assumed"), "#f2c14e"), "user": (later("set by you"), "#9cc9ee")}
"""Label and background colour by the origin of a decision."""


def describe_scene(scene: Event, palette: QPalette) -> str:
    """Return the protocol's SceneInfo as HTML: decisions, size of the result, warnings."""
    decisions = scene.get("decisions")
    if isinstance(decisions, list) and decisions:
        faint = _faint(palette)
        text = _table([each for each in decisions if isinstance(each, dict)], faint)
        text += f'<div style="color:{faint}">{_size(scene)}</div>'
    else:
        lines = [
            *_understood(scene),
            tr("{}; computed at 10 m in EPSG:{}").format(_size(scene), scene.get("epsg")),
        ]
        text = "".join(f"<div>{escape(line)}</div>" for line in lines)
    warnings = scene.get("warnings") or []
    return text + "".join(f"<div>{alert(translated(str(each)))}</div>" for each in warnings)


def _table(decisions: list[dict[str, Any]], faint: str) -> str:
    rows = "".join(_row(each, faint) for each in decisions)
    return f'<table cellspacing="0" cellpadding="1" width="100%">{rows}</table>'


def _row(decision: dict[str, Any], faint: str) -> str:
    label = escape(translated(str(decision.get("label") or decision.get("name") or "")))
    value = f"<b>{escape(translated(str(decision.get('value'))))}</b>"
    mark = MARKS.get(str(decision.get("by")))
    if mark:
        words, ground = tr(mark[0]), mark[1]
        style = f"background-color:{ground};color:#202020"
        value += f'&nbsp;<span style="{style}">&nbsp;{words}&nbsp;</span>'
    if decision.get("why"):
        value += f' <span style="color:{faint}">{escape(translated(str(decision["why"])))}</span>'
    return f'<tr><td style="padding-right:6px">{label}</td><td width="100%">{value}</td></tr>'


def _faint(palette: QPalette) -> str:
    """Return a colour between text and background, for dark themes too."""
    text, ground = (
        palette.color(QPalette.ColorRole.WindowText),
        palette.color(QPalette.ColorRole.Window),
    )
    pairs = zip(text.getRgb()[:3], ground.getRgb()[:3])
    return str(QColor(*(round(0.65 * a + 0.35 * b) for a, b in pairs)).name())


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
