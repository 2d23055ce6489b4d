"""The part of the screenshots that is about batches; runs inside QGIS."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import processing
from qgis.core import QgsProject
from qgis.PyQt.QtWidgets import QPushButton
from screenshots_pulse import Pulse

from gac_qgis_plugin.batches import batch_state, read_batch

LIMIT_S = 900.0
SEEN = 3
"""Blocks that are complete when the first pictures are taken."""


def batch_steps(
    iface: Any, plugin: Any, shoot: Callable[[str], None], words: list[str], out: Path
) -> Iterator[float]:
    """Starts a batch from the toolbox's dialog; gives the seconds to wait after each step."""
    dock, pulse = plugin.dock, Pulse()
    asked = {
        "INPUT": [dock.input.layer.id()],
        "OUTPUT_FOLDER": str(out),
        "BLOCK": 512,
        "TIMESTEPS_1": 1,
        "TIMESTEPS_3": 1,
    }
    dialog = processing.createAlgorithmDialog("gac:batch", asked)
    dialog.resize(900, 720)
    dialog.show()
    yield 1.5
    shoot("batch-dialog")
    (run,) = (each for each in dialog.findChildren(QPushButton) if each.text() == "Run")
    pulse.take()
    run.click()
    end = time.monotonic() + LIMIT_S
    while read_batch(out).blocks[0] < SEEN and time.monotonic() < end:
        yield 0.5
    words.append(f"batch, begun: main thread busy for {pulse.take()} ms at most")
    dialog.hide()
    dock.tabs.setCurrentIndex(2)
    yield 1
    box = dock.runs.batches
    box.list.setCurrentItem(box.list.topLevelItem(0))
    box.open_button.click()
    yield 3
    words.append(f"batch, opened: main thread busy for {pulse.take()} ms at most")
    shoot("batch-running")
    while read_batch(out).is_busy and time.monotonic() < end:
        yield 0.5
    yield 4
    words.append(f"batch, to its end: main thread busy for {pulse.take()} ms at most")
    layers = [each.name() for each in QgsProject.instance().mapLayers().values()]
    if batch_state(read_batch(out)) != "complete":
        words.append("FAILED: the batch is not complete")
    words.append(f"batch: {batch_state(read_batch(out))}; layers {layers}")
