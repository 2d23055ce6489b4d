"""FLOP of networks, and peak FLOP rate of a device."""

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
    """Return a counter that includes bitsandbytes' 8-bit products (one multiply-add is 2 FLOP)."""
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
    """Return the FLOP of (…, k) by (n, k) transposed."""
    return 2 * math.prod(a) * b[0]


def _mixed(a: Any, ca: Sequence[int], cb: Sequence[int], *_: Any, **__: Any) -> int:
    return _product(ca, cb)


def _convolution(x: Sequence[int], weight: Sequence[int], *_: Any, **__: Any) -> int:
    """Return the FLOP of the direct algorithm, as used by others; NNPACK needs fewer."""
    return 2 * math.prod(weight) * x[0] * x[2] * x[3]


def in_steps(one: float, two: float, steps: int) -> float:
    """Return the FLOP of a stage with `steps` equal steps from those with one and with two."""
    return one + (two - one) * (steps - 1)


def matrix_peak(device: torch.device) -> dict[str, Any]:
    """Return the median FLOP/s of a large matrix product, the device's practical peak.

    In 16 bits (bfloat16) on a GPU and 32 bits on a processor, as GAC computes there.
    """
    on_gpu = device.type == "cuda"
    side, dtype = (8192, torch.bfloat16) if on_gpu else (2048, torch.float32)
    a, b = (torch.randn(side, side, device=device, dtype=dtype) for _ in range(2))
    rates = []
    for turn in range(_TRIES + 2):
        began = _now(device)
        _ = a @ b
        if turn >= 2:  # The first ones are warm-up.
            rates.append(2 * side**3 / (_now(device) - began))
    return {
        "flops": statistics.median(rates),
        "spread": [min(rates), max(rates)],
        "side": side,
        "dtype": str(dtype).removeprefix("torch."),
    }


def _now(device: torch.device) -> float:
    if device.type == "cuda":
        torch.cuda.synchronize(device)
    return time.perf_counter()
