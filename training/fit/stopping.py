"""Ctrl-C and SIGTERM: a training ends after the step that it is in, and can be gone on with."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from types import FrameType
from typing import Any, TypeVar

from gac_core.contract.errors import GacError

Item = TypeVar("Item")


class Stopped(GacError):
    """A training was stopped from outside; it can be gone on with."""

    code = "stopped"


class StopSignals:
    """While it is entered, signals to end are noted instead of obeyed; the second is obeyed.

    Attributes:
        asked: Whether one came.
    """

    def __init__(self) -> None:
        self.asked = False
        self._held: dict[int, Any] = {}

    def __enter__(self) -> StopSignals:
        # Python lets the main thread alone handle signals.
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                self._held[number] = signal.signal(number, self._note)
        return self

    def __exit__(self, *_: object) -> None:
        self._restore()

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.asked = True
        self._restore()

    def _restore(self) -> None:
        while self._held:
            signal.signal(*self._held.popitem())


def until_stopped(
    items: Iterable[Item], stop: StopSignals, asked: Callable[[bool], bool] = bool
) -> Iterator[Item]:
    """Items, until stopping is asked for.

    Args:
        items: What is gone through.
        stop: Whether this process was asked to stop.
        asked: Whether any was, from that: all then stop at the same item.

    Raises:
        Stopped: Instead of giving the next item.
    """
    source = iter(items)
    while True:
        try:
            item = next(source)
        except StopIteration:
            return
        except Exception as error:
            # Ctrl-C ends a loader's worker processes too; how the loader finds out varies.
            if stop.asked:
                raise Stopped("Stopped from outside.") from error
            raise
        if asked(stop.asked):
            raise Stopped("Stopped from outside.")
        yield item
