"""A stage's batches on a GPU: the memory of the first one, and those that turn slow."""

from __future__ import annotations

import statistics

import torch

from gac_core.networks.device import BESIDE, gpu_room, start_peak
from gac_core.networks.memory import corrected_batch

SLOW = 4.0
"""Times the median from which on a batch is slow. Memory that the driver moved to the computer's is
some 8 times slower; two lanes that wait for each other take twice the time.
"""
_ENOUGH = 4
"""Batches that make a median."""


class BatchWatch:
    """Watch over the batches of a stage; without effect on a CPU.

    Args:
        device: Device that computes; the stage's networks are on it.
        size: Tiles computed together.
        corrects: Whether another number of tiles may be computed together.

    Attributes:
        size: Tiles computed together.
    """

    def __init__(self, device: torch.device, size: int, *, corrects: bool) -> None:
        self._device, self.size = device, size
        self._on_gpu = device.type == "cuda"
        self._corrects = corrects and self._on_gpu
        self._seconds: list[float] = []
        self._count = 0
        if self._corrects:
            self._networks = torch.cuda.memory_allocated(device)
            start_peak(device)

    def batch_done(self, seconds: float) -> None:
        """Take notice of a batch; may be called from several threads."""
        self._seconds.append(seconds)

    def better_batch(self, left: int) -> int:
        """Return the number of tiles to compute together, by the memory that the first batch took.

        Asked once a batch is done; later calls, and those before, return the present number.

        Args:
            left: Tiles that are not computed yet; for a few, more at a time are of no use.
        """
        if not (self._corrects and self._seconds):
            return self.size
        self._corrects = False
        peak = torch.cuda.max_memory_allocated(self._device)
        free = gpu_room(self._device) - BESIDE - self._networks
        fit = corrected_batch(self.size, peak - self._networks, max(0, free))
        if fit <= self.size or left < 4 * self.size:
            return min(fit, self.size)
        return 1 << (min(fit, left).bit_length() - 1)

    def slowdown(self) -> float:
        """Return how many times the median of the batches before the last two took; 0: not slow.

        A single slow batch may come of anything, such as a computer that slept.
        """
        count = len(self._seconds)
        if not self._on_gpu or count == self._count or count < _ENOUGH + 2:
            return 0.0
        self._count = count
        times = min(self._seconds[count - 2 : count])
        ratio = times / max(statistics.median(self._seconds[: count - 2]), 1e-6)
        return ratio if ratio >= SLOW else 0.0
