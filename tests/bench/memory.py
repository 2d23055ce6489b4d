"""Peak memory of the calling process, and of its GPU."""

from __future__ import annotations

import sys
from pathlib import Path

import torch

from gac_core.engine.pipeline import peak_memory
from gac_core.networks.device import cap_memory, limit_gpu

_STATUS, _RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def forget(device: torch.device) -> None:
    """Reset the peak, where the system can: on Linux, and on GPUs."""
    if sys.platform == "linux":
        _RESET.write_text("5", encoding="ascii")
    if device.type == "cuda":
        torch.cuda.reset_peak_memory_stats(device)


def since(device: torch.device) -> dict[str, int]:
    """Return the peak bytes since `forget`, or since the process began where it cannot be reset.

    `process` is the kernel's VmHWM; `gpu` the tensors' memory; `gpu_reserved` PyTorch's memory for
    them. CUDA's own memory, 0.3 to 0.5 GB, is not included.
    """
    peaks = {"process": _high_water()}
    if device.type == "cuda":
        peaks["gpu"] = torch.cuda.max_memory_allocated(device)
        peaks["gpu_reserved"] = torch.cuda.max_memory_reserved(device)
    return peaks


def cap(device: torch.device, gigabytes: float) -> None:
    """Limit PyTorch's memory on a GPU (10^9 bytes), as if it had no more."""
    limit_gpu(device, int(gigabytes * 1e9))
    cap_memory(device)


def _high_water() -> int:
    if sys.platform != "linux":
        return peak_memory(torch.device("cpu"))["process_bytes"]
    for line in _STATUS.read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise RuntimeError("the kernel tells no VmHWM")
