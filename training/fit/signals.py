"""Graceful stop by Ctrl-C and SIGTERM after the current step; the training can be resumed."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from types import FrameType
from typing import Any, TypeVar

from gac_core.contract.errors import GacError

Item = TypeVar("Item")


class Stopped(GacError):
    """Error of a training stopped from outside; it can be resumed."""

    code = "stopped"


class StopSignals:
    """Context that records the first stop signal; the second one is obeyed.

    Attributes:
        is_requested: True after a stop signal.
    """

    def __init__(self) -> None:
        self.is_requested = False
        self._previous_handlers: dict[int, Any] = {}

    def __enter__(self) -> StopSignals:
        # Only the main thread can handle signals in Python.
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                self._previous_handlers[number] = signal.signal(number, self._note)
        return self

    def __exit__(self, *_: object) -> None:
        self._restore()

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.is_requested = True
        self._restore()

    def _restore(self) -> None:
        while self._previous_handlers:
            signal.signal(*self._previous_handlers.popitem())


def until_stopped(
    items: Iterable[Item], stop: StopSignals, any_requested: Callable[[bool], bool] = bool
) -> Iterator[Item]:
    """Yield items until a stop is requested.

    Args:
        items: Items to yield.
        stop: Stop signals of this process.
        any_requested: Returns whether any process was asked to stop, given this one's answer, so
            that all stop at the same item.

    Raises:
        Stopped: Instead of yielding the next item.
    """
    source = iter(items)
    while True:
        try:
            item = next(source)
        except StopIteration:
            return
        except Exception as error:
            # Ctrl-C ends a loader's worker processes too; the loader's error varies.
            if stop.is_requested:
                raise Stopped("Stopped from outside.") from error
            raise
        if any_requested(stop.is_requested):
            raise Stopped("Stopped from outside.")
        yield item
