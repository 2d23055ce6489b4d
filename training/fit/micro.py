"""Batches cut as small as memory wants them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import torch

from gac_core.contract.errors import DeviceError
from training.fit.module import Batch
from training.team import Team


class MicroBatches:
    """Runs work over a batch in pieces, and in smaller ones when memory does not suffice.

    Attributes:
        size: Samples in a piece.
    """

    def __init__(self, size: int, say: Callable[[str], None]) -> None:
        self.size = size
        self._say = say

    def run(self, work: Callable[[int], None], team: Team | None = None) -> None:
        """Do work that takes the size of a piece; again from its start with half the size.

        Args:
            work: Must leave nothing behind when it fails.
            team: Processes that do it too: all do it again when it fails in one.

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
        # Only here, with the error and the tensors that its traceback holds gone.
        if torch.cuda.is_available():
            torch.cuda.empty_cache()
        return False


def out_of_memory(error: BaseException) -> bool:
    """Whether an error means that memory did not suffice."""
    if isinstance(error, (torch.OutOfMemoryError, MemoryError)):
        return True
    text = str(error).lower()
    return "alloc" in text and "memory" in text


def pieces(batch: Batch, size: int, whole: int = 0) -> Iterator[tuple[int, Batch]]:
    """The number of the first sample, and the batch's next `size` samples, and so on.

    Args:
        batch: Samples.
        size: Of a piece.
        whole: Of the larger pieces that are cut, each for itself: where they are dealt to several
            processes, the cuts are the same in any number of these. 0: the batch as it is.
    """
    count = samples(batch)
    whole = whole or count
    for first in range(0, count, whole):
        after = min(first + whole, count)
        for start in range(first, after, size):
            stop = min(start + size, after)
            yield start, {name: value[start:stop] for name, value in batch.items()}


def samples(batch: Batch) -> int:
    """How many samples a batch has."""
    return len(batch["name"])
