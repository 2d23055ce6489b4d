"""The part of the screenshots that is about the preview lens and the guide; runs inside QGIS."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from qgis.core import QgsRectangle
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest

from gac_qgis_plugin.gui.guide import close_guide

LIMIT_S = 600.0
SIDE_M = 2600.0


def lens_steps(
    iface: Any, dock: Any, shoot: Callable[[str], None], words: list[str]
) -> Iterator[float]:
    """Clicks with the lens as a user does, and opens the guide."""
    canvas, lens = iface.mapCanvas(), dock.lens
    whole = dock.input.layer.extent()
    x, y = whole.xMinimum() + 0.38 * whole.width(), whole.yMinimum() + 0.46 * whole.height()
    canvas.setExtent(QgsRectangle(x - SIDE_M / 2, y - SIDE_M / 2, x + SIDE_M / 2, y + SIDE_M / 2))
    dock.footer.lens_button.click()
    yield 1
    # The models load while the user looks at the panel; the first click waits for them.
    middle = QPoint(canvas.width() // 2, canvas.height() // 2)
    for number in range(2):
        began = time.monotonic()
        QTest.mouseClick(
            canvas.viewport(), Qt.MouseButton.LeftButton, pos=middle + QPoint(10 * number, 0)
        )
        while not lens.item.label.startswith("opt_v3") or lens.preview.is_computing:
            if time.monotonic() > began + LIMIT_S:
                words.append("FAILED: the lens shows nothing")
                break
            yield 0.02
        words.append(f"lens, click {number + 1}: {time.monotonic() - began:.1f} s")
    yield 0.5
    shoot("lens")
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    dock.footer.help_button.click()
    yield 1.5
    shoot("guide")
    close_guide()
    canvas.setExtent(whole)
    yield 0.5
