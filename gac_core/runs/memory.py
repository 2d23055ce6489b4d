"""How much memory a run took at most."""

from __future__ import annotations

import sys

import psutil
import torch


def peak_memory(device: torch.device) -> dict[str, int]:
    """Peak bytes of this process so far, and of the GPU where one computes."""
    peak = {"process_bytes": _process_peak()}
    if device.type == "cuda":
        peak["gpu_bytes"] = torch.cuda.max_memory_allocated(device)
    return peak


def _process_peak() -> int:
    if sys.platform == "win32":
        return int(psutil.Process().memory_info().peak_wset)
    import resource  # Unix only

    # Linux counts in KiB, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
