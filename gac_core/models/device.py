"""Which device computes."""

from __future__ import annotations

import gc

import torch

from gac_core.contract.errors import DeviceError
from gac_core.heap import trim_heap


def choose_device(name: str) -> torch.device:
    """The device for `auto`, `cpu`, `cuda` or `mps`.

    Apple's GPU, `mps`, is never chosen by itself: nothing has been run on one yet.

    Raises:
        DeviceError: If a GPU is asked for that cannot be used.
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
    """The device's name for people."""
    if device.type == "cuda":
        return str(torch.cuda.get_device_name(device))
    if device.type == "mps":
        return "Apple GPU (MPS, untested)"
    return f"CPU, {torch.get_num_threads()} threads"


def free_memory() -> None:
    """Give back memory that nothing uses any more, on the GPU and in the computer.

    After Prithvi-600M has turned into 8-bit numbers that is some 2 GB.
    """
    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
    if torch.backends.mps.is_available():
        torch.mps.empty_cache()
    trim_heap()
