"""A timer's view of how long QGIS's main thread was busy without a break."""

from __future__ import annotations

import time

from qgis.PyQt.QtCore import QObject, QTimer

BEAT_MS = 5


class Pulse(QObject):
    """Measures for how long the main thread is busy without a break."""

    def __init__(self) -> None:
        super().__init__()
        self._longest, self._last = 0.0, time.monotonic()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT_MS)

    def take(self) -> int:
        """The longest time since this was last asked, in milliseconds."""
        longest, self._longest, self._last = self._longest, 0.0, time.monotonic()
        return round(1000 * longest)

    def _beat(self) -> None:
        now = time.monotonic()
        self._longest = max(self._longest, now - self._last)
        self._last = now
