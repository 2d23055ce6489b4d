"""The part of the screenshots about trust and running again; runs inside QGIS after a run."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

SAMPLES = 2
LIMIT_S = 900.0
STEPS = 6
"""Of stage 3, in the run with changes."""


def trust_steps(
    iface: Any, plugin: Any, tell: Callable[[str], None], words: list[str]
) -> Iterator[float]:
    """Makes maps and runs stage 3 again, by the panel's own buttons."""
    dock = plugin.dock
    trust = dock.compare.trust

    def until(done: Callable[[], bool], what: str) -> Iterator[float]:
        end = time.monotonic() + LIMIT_S
        while not done():
            if time.monotonic() > end:
                words.append(f"FAILED: {what} took too long")
                return
            yield 0.2

    dock.tabs.setCurrentIndex(1)
    yield 0.5
    trust.agreement[3].click()
    yield from until(lambda: trust.task is None, "the map of agreement")
    yield 2
    tell("desk-agreement")
    if trust.doubt[3].isEnabled():  # the demo bundle has an adversary
        trust.doubt[3].click()
        yield from until(lambda: trust.task is None, "the map of doubt")
        yield 2
        tell("desk-doubt")
    trust.seeds.setValue(SAMPLES)
    trust.spread_button.click()
    yield from until(lambda: trust.task is None, "the spread of samples")
    yield 2
    tell("desk-spread")
    dock.tabs.setCurrentIndex(2)
    yield 0.5
    menu = dock.runs.again_menu
    menu.popup(dock.runs.again_button.mapToGlobal(dock.runs.again_button.rect().bottomLeft()))
    yield 0.5
    tell("desk-again-menu")
    menu.close()
    menu.changes[3].trigger()
    dock.advanced.timesteps_3.setValue(STEPS)
    yield 0.5
    tell("desk-again")
    outcomes: list[Any] = []
    plugin._controller.ended.connect(outcomes.append)
    dock.start_run()
    yield from until(lambda: bool(outcomes), "the run from stage 3 on")
    yield 3
    tell("desk-again-results")
    if not outcomes or outcomes[0].state != "done":
        words.append(f"FAILED: the run from stage 3 on ended so: {outcomes}")
