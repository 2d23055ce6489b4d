"""Console output of the training commands: unbuffered lines, progress and remaining time."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sized
from types import TracebackType
from typing import Generic, Protocol, TypeVar

from tqdm import tqdm

from gac_core.io import lenient_output

STOPPED = "Stopped. The same command goes on from here."
"""Last line of a command that was stopped and keeps what it has made."""

EVERY_SECONDS = 15.0
"""Seconds between progress lines without a terminal."""

Item = TypeVar("Item", covariant=True)


def flush_lines() -> None:
    """Flush each printed line at once, to a terminal, pipe or file.

    Characters that a console lacks, such as Windows' older ones, are replaced instead of ending a
    training.
    """
    lenient_output(line_buffering=True)


def time_left(done: float, total: float, seconds: float) -> str:
    """Return the remaining time as `12:34 left`; empty before the first part is done.

    Args:
        done: Number of parts done in `seconds`.
        total: Total number of parts.
        seconds: Seconds since the start.
    """
    if done <= 0:
        return ""
    return f"{tqdm.format_interval(seconds / done * (total - done))} left"


class ProgressReport:
    """Progress of a long task: a bar on a terminal, elsewhere lines with the remaining time.

    Args:
        title: Title of the task.
        total: Number of parts, including done ones.
        unit: Name of a part, in the plural.
        done: Number of parts done before.
        brief: Print nothing unless the task takes long.
        silent: Print nothing, because another process does.
        clock: Returns seconds.
    """

    def __init__(
        self,
        title: str,
        total: int,
        unit: str,
        *,
        done: int = 0,
        brief: bool = False,
        silent: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._title, self._total, self._unit = title, total, unit
        self._first = self._done = done
        self._brief, self._silent, self._clock = brief, silent, clock
        self._began = self._spoke = clock()
        terminal = sys.stderr.isatty()
        self._lines = not terminal and not silent
        self._bar = tqdm(
            total=total, initial=done, desc=title, unit=f" {unit}", leave=not brief,
            disable=not terminal or silent,
        )  # fmt: skip

    def __enter__(self) -> ProgressReport:
        if self._lines and not self._brief and self._done < self._total:
            self.say(f"{self._title}: {self._done} of {self._total} {self._unit}")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.close()
        finished_some = not self._brief and self._done > self._first
        if kind is None and self._lines and finished_some:
            seconds = tqdm.format_interval(self._clock() - self._began)
            self.say(f"{self._title}: {self._done} of {self._total} {self._unit} in {seconds}")

    def advance(self, parts: int = 1) -> None:
        """Count finished parts."""
        self._done += parts
        self._bar.update(parts)
        now = self._clock()
        if self._lines and now - self._spoke >= EVERY_SECONDS and self._done < self._total:
            self._spoke = now
            remaining = time_left(
                self._done - self._first, self._total - self._first, now - self._began
            )
            self.say(f"{self._title}: {self._done} of {self._total} {self._unit}, {remaining}")

    def say(self, text: str) -> None:
        """Print a line, above the bar if there is one."""
        if not self._silent:
            tqdm.write(text, file=sys.stderr)


class _Reiterable(Protocol[Item]):
    """Reiterable collection with a length."""

    def __iter__(self) -> Iterator[Item]: ...

    def __len__(self) -> int: ...


class WithProgress(Generic[Item], Iterable[Item], Sized):
    """Collection with a progress report for each iteration.

    Args:
        items: The items.
        title: Title of the task.
        unit: Name of an item, in the plural.
    """

    def __init__(self, items: _Reiterable[Item], title: str, unit: str) -> None:
        self._items, self._title, self._unit = items, title, unit

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[Item]:
        with ProgressReport(self._title, len(self._items), self._unit, brief=True) as progress:
            for item in self._items:
                yield item
                progress.advance()
