"""Processes that do one training together: what they tell each other, and how they part.

Every exchange between them comes right after a roll call (`Team.agree`) in which each said that it
is well. A process that cannot go on, or was asked to stop, says so in the next one instead: so
none waits for an answer that never comes. Of one that was killed the system tells the others.

`training.launch` starts them. Alone, a process is a team of one, for which all this is nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import torch
import torch.distributed as dist

from gac_core.contract.errors import GacError
from training.fit.stopping import Stopped

T = TypeVar("T")


class Lost(GacError):
    """Another process of the training is gone."""

    code = "lost"


@dataclass(frozen=True)
class Said:
    """What a process says in a roll call.

    Attributes:
        value: What the others shall know, if it is well.
        error: Code, message and remedy, if it cannot go on.
    """

    value: Any = None
    error: tuple[str, str, str] | None = None


class Team:
    """The processes of a training, from the point of view of one of them.

    Args:
        rank: Its number among all, from 0.
        size: How many there are.
        local: Its number among those of its computer.
        talk: The process group for words; None: there is one process only.

    Attributes:
        rank: The same.
        size: The same.
        local: The same.
    """

    def __init__(
        self, rank: int = 0, size: int = 1, local: int = 0, talk: dist.ProcessGroup | None = None
    ) -> None:
        self.rank = rank
        self.size = size
        self.local = local
        self._talk = talk
        self._ended = False
        self._broken = False

    @property
    def lead(self) -> bool:
        """Whether it is the one that holds the folder, writes, validates and speaks."""
        return self.rank == 0

    @property
    def speaks(self) -> bool:
        """Whether it tells how the training ended; that others are lost, each tells."""
        return self.lead or self._broken

    def agree(self, value: T) -> list[T]:
        """What each process says here, by rank; waits for all.

        Raises:
            Stopped: If one was asked to stop.
            GacError: If one cannot go on, in its words.
            Lost: If one is gone.
        """
        if self._talk is None:
            return [value]
        said = self._call(Said(value))
        for other in said:
            if other.error is not None:
                self._ended = True
                raise _again(*other.error)
        return [other.value for other in said]

    def from_lead(self, make: Callable[[], T]) -> T:
        """What the lead makes, for all; the others wait.

        Args:
            make: Called in the lead alone; tensors that it gives are on the CPU.

        Raises:
            GacError: As for `agree`.
        """
        value = make() if self.lead else None
        if self._talk is None:
            return value  # type: ignore[return-value]
        self.agree(None)
        box = [value]
        with self._linked():
            dist.broadcast_object_list(box, src=0, group=self._talk)
        return box[0]  # type: ignore[return-value]

    def share(self, items: Sequence[T]) -> Sequence[T]:
        """This process's share of work that can be done in any order."""
        return items[self.rank :: self.size]

    def relay(self, total: torch.Tensor, own: Sequence[torch.Tensor], chunk: int = 1 << 20) -> None:
        """Add up tensors in the order of the ranks: each adds its own to what those before made.

        So the sum has the same bits as one process's that adds them one after the other. Chunks
        follow each other from process to process, so that none waits for the whole.

        Args:
            total: (n,), on the training's device; holds the sum of all afterwards.
            own: (n,) each, in their order.
            chunk: Numbers that are sent at once.
        """
        last = self.size - 1
        with self._linked():
            for start in range(0, len(total), chunk):
                part = slice(start, start + chunk)
                if self.rank:
                    dist.recv(total[part], self.rank - 1)
                else:
                    total[part] = 0
                for tensor in own:
                    total[part] += tensor[part]
                if self.rank < last:
                    dist.send(total[part], self.rank + 1)
            dist.broadcast(total, last)

    def leave(self, error: GacError) -> None:
        """Tell the others that this one cannot go on, unless they know."""
        if self._talk is None or self._ended or self._broken:
            return
        self._ended = True
        try:
            self._call(Said(error=(error.code, error.message, error.remedy)))
        except Lost:
            return

    def finish(self) -> None:
        """All have done what there was to do.

        Raises:
            GacError: As for `agree`: one has not.
        """
        self.agree(None)
        self._ended = True

    def part(self) -> None:
        """Wait until all have put their things in order; then there is no team any more.

        Launchers end the others as soon as one has ended: nobody goes while one still writes.
        """
        if self._talk is None or self._broken or not self._ended:
            return
        try:
            self._call(Said())
        except Lost:
            return
        dist.destroy_process_group()

    def _call(self, said: Said) -> list[Said]:
        found: list[Any] = [None] * self.size
        with self._linked():
            dist.all_gather_object(found, said, group=self._talk)
        return found

    @contextmanager
    def _linked(self) -> Iterator[None]:
        try:
            yield
        except RuntimeError as error:
            self._broken = True
            raise Lost(
                "Another process of this training has ended without a word: it was killed, or "
                "its computer or the network is gone.",
                "See that each has memory enough; the same command with --resume goes on from the "
                "last checkpoint.",
            ) from error


def _again(code: str, message: str, remedy: str) -> GacError:
    """Another process's error."""
    if code == Stopped.code:
        return Stopped(message, remedy)
    error = GacError(message, remedy)
    error.code = code
    return error
