"""Current and peak memory of this process."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import psutil
import torch

from gac_core.networks.device import limit_gpu

GIGABYTE = 1e9
_EVERY = 0.005
"""Interval of polling in seconds; shorter than the life of any large tensor."""


def memory_held(device: torch.device) -> float:
    """Return the GB held by tensors on a GPU, or by this process in main memory."""
    if device.type == "cuda":
        return torch.cuda.memory_allocated(device) / GIGABYTE
    return float(psutil.Process().memory_info().rss) / GIGABYTE


@dataclass
class Peak:
    """Peak memory, in GB, within its `with` block.

    On a GPU the memory of tensors (`torch.cuda.max_memory_allocated`), elsewhere the resident
    memory of the whole process, including libraries.
    """

    device: torch.device
    value: float = 0.0

    def __enter__(self) -> Peak:
        self.value = memory_held(self.device)
        if self.device.type == "cuda":
            torch.cuda.reset_peak_memory_stats(self.device)
        else:
            self._over = threading.Event()
            self._watch = threading.Thread(target=self._sample, daemon=True)
            self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.device.type == "cuda":
            self.value = torch.cuda.max_memory_allocated(self.device) / GIGABYTE
        else:
            self._over.set()
            self._watch.join()
            self.value = max(self.value, memory_held(self.device))

    def _sample(self) -> None:
        while not self._over.wait(_EVERY):
            self.value = max(self.value, memory_held(self.device))


def cap(device: torch.device, gigabytes: float) -> None:
    """Limit PyTorch's memory on a GPU, as if it had no more; no effect on a CPU."""
    if device.type == "cuda":
        limit_gpu(device, int(gigabytes * GIGABYTE))
        total = torch.cuda.get_device_properties(device).total_memory / GIGABYTE
        torch.cuda.set_per_process_memory_fraction(min(1.0, gigabytes / total), device)
