"""Cost of a run before it is started: time or tiles, surroundings, memory and disk."""

from __future__ import annotations

from html import escape
from typing import Any

from qgis.PyQt.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from gac_qgis_plugin.core.i18n import Number, later, tr, translated
from gac_qgis_plugin.gui.widgets import ElidedLabel, NoteLabel, alert

GB = 1e9
SMALL = 9.95
KINDS = (
    ("memory", later("Memory")),
    ("gpu", later("GPU memory")),
    ("disk", later("Disk")),
)
PRECISIONS = {"bfloat16": later("16-bit"), "float32": later("32-bit")}
LITTLE = 0.05
"""Share of surroundings below which the quick way would save next to nothing."""


class CostLine(QWidget):
    """Line with the cost of the chosen run beside a button for the quick way.

    What exceeds this computer stands below, in full; what fits is in the tooltip.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = ElidedLabel()
        self.shortage = NoteLabel()
        self.quick_button = QToolButton()
        self.quick_button.setText(tr("Quick"))
        self.quick_button.setCheckable(True)
        self.quick_button.setToolTip(
            tr(
                "Leaves out the surroundings: faster for small areas, but pixels near the edge "
                "differ"
            )
        )
        row = QHBoxLayout()
        row.addWidget(self.label, 1)
        row.addWidget(self.quick_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.shortage)
        self._estimate: dict[str, Any] = {}
        self.quick_button.toggled.connect(lambda _: self._show())
        self.clear()

    def clear(self) -> None:
        """Show nothing: the cost is not known. The choice of the quick way stays."""
        self.show_estimate({})

    def show_estimate(self, estimate: dict[str, Any]) -> None:
        """Show the worker's answer to `estimate`."""
        self._estimate = estimate
        self._show()

    def _show(self) -> None:
        estimate, is_quick = self._estimate, self.quick_button.isChecked()
        work = estimate.get("work") or {}
        share = float(work.get("surroundings") or 0.0)
        tip = "\n".join(filter(None, (describe_work(work), describe_needs(estimate))))
        self.label.show_text(summarise_work(work, is_quick), tip)
        self.quick_button.setVisible(is_quick or share >= LITTLE)
        self.shortage.show_text("<br>".join(shortages(estimate)))
        self.setVisible(bool(self.label.text() or self.shortage.text() or is_quick))


def summarise_work(work: dict[str, Any], is_quick: bool) -> str:
    """Return a run's work in a few words: its time or blocks, and the share of surroundings."""
    seconds = work.get("quick_seconds" if is_quick else "seconds")
    tiles = work.get("quick_tiles" if is_quick else "tiles") or {}
    parts = []
    if isinstance(seconds, (int, float)):
        parts.append(duration(seconds))
    elif tiles:
        parts.append(tr("%n block(s)", int(tiles[min(tiles)])))
    share = float(work.get("surroundings") or 0.0)
    if is_quick:
        parts.append(tr("without surroundings"))
    elif share >= LITTLE:
        parts.append(tr("{} % surroundings").format(round(100 * share)))
    return " · ".join(parts)


def describe_work(work: dict[str, Any]) -> str:
    """Return what the surroundings are for and what they cost; "" if there are none."""
    tiles, quick = work.get("tiles") or {}, work.get("quick_tiles") or {}
    ring = sum(tiles.values()) - sum(quick.values())
    if ring <= 0:
        return ""
    text = tr(
        "{} of {} blocks and tiles lie around the area: they make its pixels the same in every run."
    )
    return text.format(ring, sum(tiles.values()))


def describe_needs(estimate: dict[str, Any]) -> str:
    """Return needed and free memory and disk, and how a GPU computes."""
    parts = [_need(name, room) for name, room in _rooms(estimate)]
    if estimate.get("device") == "cuda":
        precision = tr(PRECISIONS.get(str(estimate.get("precision")), "{}"))
        parts.append(tr("batches of {}, {}").format(int(estimate.get("batch") or 1), precision))
    return " · ".join(parts)


def shortages(estimate: dict[str, Any]) -> list[str]:
    """Return what does not suffice, and what to do, as lines of HTML."""
    lines = [_need(name, room) for name, room in _rooms(estimate) if not room.get("fits")]
    bold = [f"<b>{escape(line)}</b>" for line in lines]
    return [*bold, *(alert(translated(str(text))) for text in estimate.get("advice") or [])]


def duration(seconds: float) -> str:
    """Return a time as text, rounded to the precision of an estimate."""
    if seconds < 90:
        return tr("about {} s").format(max(5, 5 * round(seconds / 5)))
    minutes = round(seconds / 60)
    if minutes < 90:
        return tr("about {} min").format(minutes)
    hours, minutes = divmod(5 * round(minutes / 5), 60)
    return tr("about {} h {} min").format(hours, minutes)


def _rooms(estimate: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    rooms = ((name, estimate.get(key)) for key, name in KINDS)
    return [(name, room) for name, room in rooms if isinstance(room, dict)]


def _need(name: str, room: dict[str, Any]) -> str:
    needed, free = _gigabytes(room["needed"]), _gigabytes(room["free"])
    return tr("{} {} of {} GB free").format(tr(name), needed, free)


def _gigabytes(count: float) -> str:
    """Format gigabytes, with a decimal for small numbers."""
    value = count / GB
    return f"{Number(value):.1f}" if value < SMALL else f"{value:.0f}"
