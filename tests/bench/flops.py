"""Floating point operations of networks, and how many a device can do at most."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Sequence
from typing import Any

import torch
from torch.utils.flop_counter import FlopCounterMode

_TRIES = 7


def counter() -> FlopCounterMode:
    """A counter that knows bitsandbytes' 8-bit products too (one multiply-add is 2 FLOP)."""
    return FlopCounterMode(display=False, custom_mapping=_eight_bit())


def _eight_bit() -> dict[Any, Any]:
    import bitsandbytes  # noqa: F401  # Registers the operators that are named here.

    ops = torch.ops.bitsandbytes
    return {
        torch.ops.aten._nnpack_spatial_convolution: _convolution,
        ops.int8_linear_matmul: _product,
        ops.int8_scaled_mm: _product,
        ops.int8_mixed_scaled_mm: _mixed,
    }


def _product(a: Sequence[int], b: Sequence[int], *_: Any, **__: Any) -> int:
    """Of (…, k) by (n, k) transposed."""
    return 2 * math.prod(a) * b[0]


def _mixed(a: Any, ca: Sequence[int], cb: Sequence[int], *_: Any, **__: Any) -> int:
    return _product(ca, cb)


def _convolution(x: Sequence[int], weight: Sequence[int], *_: Any, **__: Any) -> int:
    """What its definition asks for, with which others compute it; NNPACK makes do with less."""
    return 2 * math.prod(weight) * x[0] * x[2] * x[3]


def in_steps(one: float, two: float, steps: int) -> float:
    """FLOP for so many steps of a stage from those for one and for two: each step is the same."""
    return one + (two - one) * (steps - 1)


def matrix_peak(device: torch.device) -> dict[str, Any]:
    """FLOP/s of a large matrix product, the median of some: what the device can do at most.

    A GPU multiplies 16-bit numbers (bfloat16), a processor 32-bit ones: what GAC computes in there.
    """
    on_gpu = device.type == "cuda"
    side, dtype = (8192, torch.bfloat16) if on_gpu else (2048, torch.float32)
    a, b = (torch.randn(side, side, device=device, dtype=dtype) for _ in range(2))
    found = []
    for turn in range(_TRIES + 2):
        began = _now(device)
        _ = a @ b
        if turn >= 2:  # The first ones wake the device up.
            found.append(2 * side**3 / (_now(device) - began))
    return {
        "flops": statistics.median(found),
        "spread": [min(found), max(found)],
        "side": side,
        "dtype": str(dtype).removeprefix("torch."),
    }


def _now(device: torch.device) -> float:
    if device.type == "cuda":
        torch.cuda.synchronize(device)
    return time.perf_counter()
