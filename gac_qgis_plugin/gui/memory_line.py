"""Line of a run's memory and disk requirements, beside what is free."""

from __future__ import annotations

from html import escape
from typing import Any

from qgis.PyQt.QtWidgets import QWidget

from gac_qgis_plugin.gui.widgets import NoteLabel, alert
from gac_qgis_plugin.toolbelt.engine_words import translated
from gac_qgis_plugin.toolbelt.words import later, tr

GB = 1e9
SMALL = 9.95

KINDS = (
    ("memory", later("Memory")),
    ("gpu", later("GPU memory")),
    ("disk", later("Disk")),
)
PRECISIONS = {"bfloat16": later("16-bit"), "float32": later("32-bit")}


class MemoryLine(NoteLabel):
    """Line with the worker's answer to `estimate`; hidden while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setContentsMargins(8, 2, 8, 2)

    def show_estimate(self, found: dict[str, Any]) -> None:
        """Show required and free space, and advice if it is not enough."""
        parts = []
        for key, name in KINDS:
            room = found.get(key)
            if not isinstance(room, dict):
                continue
            needed, free = _gigabytes(room["needed"]), _gigabytes(room["free"])
            words = tr("{} {} of {} GB free").format(tr(name), needed, free)
            parts.append(escape(words) if room.get("fits") else f"<b>{escape(words)}</b>")
        line = " · ".join(parts)
        device = str(found.get("device") or "")
        if device == "cuda":
            precision = tr(PRECISIONS.get(str(found.get("precision")), "{}"))
            line += " · " + tr("batches of {}, {}").format(int(found.get("batch") or 1), precision)
        advice = [alert(translated(str(text))) for text in found.get("advice") or []]
        self.show_text("<br>".join([line, *advice]))


def _gigabytes(count: float) -> str:
    """Format gigabytes, with a decimal for small numbers."""
    value = count / GB
    return f"{value:.1f}" if value < SMALL else f"{value:.0f}"
