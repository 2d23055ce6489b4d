"""Peak memory of the process that asks, and of its GPU."""

from __future__ import annotations

import sys
from pathlib import Path

import torch

from gac_core.runs.memory import peak_memory

_STATUS, _RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def forget(device: torch.device) -> None:
    """Begin to watch for a new peak, where the system can: Linux, and GPUs."""
    if sys.platform == "linux":
        _RESET.write_text("5", encoding="ascii")
    if device.type == "cuda":
        torch.cuda.reset_peak_memory_stats(device)


def since(device: torch.device) -> dict[str, int]:
    """Peak bytes since `forget`; where the system cannot forget, since the process began.

    `process` is what the kernel calls VmHWM; `gpu` what tensors took; `gpu_reserved` what PyTorch
    took for them. What CUDA itself takes, some 0.3 to 0.5 GB, is in none of them.
    """
    found = {"process": _high_water()}
    if device.type == "cuda":
        found["gpu"] = torch.cuda.max_memory_allocated(device)
        found["gpu_reserved"] = torch.cuda.max_memory_reserved(device)
    return found


def cap(device: torch.device, gigabytes: float) -> None:
    """Let PyTorch take no more than that on a GPU (10^9 bytes), as if it had no more."""
    total = torch.cuda.get_device_properties(device).total_memory
    torch.cuda.set_per_process_memory_fraction(min(1.0, gigabytes * 1e9 / total), device)


def _high_water() -> int:
    if sys.platform != "linux":
        return peak_memory(torch.device("cpu"))["process_bytes"]
    for line in _STATUS.read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise RuntimeError("the kernel tells no VmHWM")
