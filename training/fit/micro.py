"""Micro-batches that adapt to the available memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import torch

from gac_core.contract.errors import DeviceError
from training.fit.module import Batch
from training.team import Team


class MicroBatches:
    """Runner of work over a batch in pieces, which are halved when memory does not suffice.

    Attributes:
        size: Samples in a piece.
    """

    def __init__(self, size: int, say: Callable[[str], None]) -> None:
        self.size = size
        self._say = say

    def run(self, work: Callable[[int], None], team: Team | None = None) -> None:
        """Call `work` with the size of a piece; restart it with half the size if out of memory.

        Args:
            work: Must have no side effects if it fails.
            team: Processes that run it together; all restart if one fails.

        Raises:
            DeviceError: If memory does not suffice for a single sample.
        """
        team = team or Team()
        while not all(team.agree(self._fits(work))):
            if self.size == 1:
                raise DeviceError(
                    "The device's memory does not suffice for a single image.",
                    "Choose a smaller --crop or --lora-rank, load the base in 8 bits, close what "
                    "else uses the device, or train with --device cpu.",
                )
            self.size //= 2
            self._say(
                f"Out of memory: going on with {self.size} images at once, and as many more "
                "accumulation steps."
            )

    def _fits(self, work: Callable[[int], None]) -> bool:
        try:
            work(self.size)
            return True
        except (torch.OutOfMemoryError, MemoryError, RuntimeError) as error:
            if not out_of_memory(error):
                raise
        # Only here are the error and the tensors held by its traceback released.
        if torch.cuda.is_available():
            torch.cuda.empty_cache()
        return False


def out_of_memory(error: BaseException) -> bool:
    """Return whether an error means out of memory."""
    if isinstance(error, (torch.OutOfMemoryError, MemoryError)):
        return True
    text = str(error).lower()
    return "alloc" in text and "memory" in text


def pieces(batch: Batch, size: int, whole: int = 0) -> Iterator[tuple[int, Batch]]:
    """Yield pieces of a batch with the index of their first sample.

    Args:
        batch: Samples.
        size: Samples in a piece.
        whole: Size of the larger pieces to cut, each on its own: it keeps the cuts equal for any
            number of processes. 0: cut the batch directly.
    """
    count = samples(batch)
    whole = whole or count
    for first in range(0, count, whole):
        after = min(first + whole, count)
        for start in range(first, after, size):
            stop = min(start + size, after)
            yield start, {name: value[start:stop] for name, value in batch.items()}


def samples(batch: Batch) -> int:
    """Return the number of samples in a batch."""
    return len(batch["name"])
