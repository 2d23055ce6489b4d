"""Values under the cursor while the mouse moves over the map."""

from __future__ import annotations

from typing import Callable

from qgis.core import QgsPointXY
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from gac_qgis_plugin.contract import bands
from gac_qgis_plugin.gui.compare.colours import STAGE_COLOURS
from gac_qgis_plugin.gui.compare.readings import Probe, Reading
from gac_qgis_plugin.gui.compare.spectrum_plot import SpectrumPlot
from gac_qgis_plugin.gui.widgets import NoteLabel
from gac_qgis_plugin.toolbelt.words import tr

DELAY_MS = 30
"""Interval between readings; the mouse reports more positions than anyone can read."""


class Readout(QWidget):
    """Plot and table of the values under the cursor; reads nothing while hidden.

    Args:
        canvas: The map.
        probe: Returns a probe of the current run, or None if there is no run.
    """

    def __init__(
        self,
        canvas: QgsMapCanvas,
        probe: Callable[[], Probe | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._make_probe = probe
        self._probe: Probe | None = None
        self._point: QgsPointXY | None = None
        self.plot = SpectrumPlot()
        self.table = NoteLabel()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.plot, 1)
        column.addWidget(self.table)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self.read)
        canvas.xyCoordinates.connect(self._on_mouse)

    def forget(self) -> None:
        """Drop references to layers, which may have changed or be about to be removed."""
        self._probe = None

    def read(self) -> None:
        """Read the values at the last mouse position."""
        if self._point is None or not self.isVisible():
            return
        if self._probe is None:
            self._probe = self._make_probe()
        crs = self._canvas.mapSettings().destinationCrs()
        reading = self._probe.read(self._point, crs) if self._probe is not None else None
        self.plot.show_reading(reading)
        self.table.show_text(as_table(reading) if reading is not None else "")

    def _on_mouse(self, point: QgsPointXY) -> None:
        self._point = point
        if not self._timer.isActive() and self.isVisible():
            self._timer.start()


def as_table(reading: Reading) -> str:
    """Return a reading as HTML: a line for each stage, one for the radar."""
    if not reading.stages and not reading.backscatter:
        return ""
    head = "".join(f'<td align="right">&nbsp;{name}</td>' for name in bands.OUTPUT_BANDS)
    rows = [f"<tr><td></td>{head}</tr>"] if reading.stages else []
    for stage, values in reading.stages.items():
        cells = "".join(f'<td align="right">&nbsp;&nbsp;{value:.4f}</td>' for value in values)
        name = f'<td style="color:{STAGE_COLOURS[stage]}"><b>opt_v{stage}</b></td>'
        rows.append(f"<tr>{name}{cells}</tr>")
    table = f'<table cellspacing="0">{"".join(rows)}</table>' if rows else ""
    radar = " &nbsp; ".join(f"{name} {value:.1f} dB" for name, value in reading.backscatter.items())
    return table + (f"<div>{tr('Radar')}: {radar}</div>" if radar else "")
