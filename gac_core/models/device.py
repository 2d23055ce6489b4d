"""Computing devices."""

from __future__ import annotations

import gc

import torch

from gac_core.contract.errors import DeviceError
from gac_core.heap import trim_heap


def choose_device(name: str) -> torch.device:
    """Return the device for `auto`, `cpu`, `cuda` or `mps`.

    `auto` never selects Apple's GPU, `mps`: it has not been tested.

    Raises:
        DeviceError: If the requested GPU is not available.
    """
    if name == "cuda" and not torch.cuda.is_available():
        raise DeviceError(
            "CUDA was asked for, but PyTorch finds no usable NVIDIA GPU here.",
            "Choose device auto or cpu, or install a driver that fits PyTorch "
            f"{torch.__version__}.",
        )
    if name == "mps" and not torch.backends.mps.is_available():
        raise DeviceError(
            "Apple's GPU was asked for, but PyTorch finds none that it can use here.",
            "Choose device auto or cpu.",
        )
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "cpu"
    return torch.device(name)


def describe_device(device: torch.device) -> str:
    """Return the device's display name."""
    if device.type == "cuda":
        return str(torch.cuda.get_device_name(device))
    if device.type == "mps":
        return "Apple GPU (MPS, untested)"
    return f"CPU, {torch.get_num_threads()} threads"


def free_memory() -> None:
    """Free unused memory, on the GPU and on the CPU.

    After Prithvi-600M has been quantised to 8 bits this is some 2 GB.
    """
    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
    if torch.backends.mps.is_available():
        torch.mps.empty_cache()
    trim_heap()
