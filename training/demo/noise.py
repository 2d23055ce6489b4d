"""Random fields of the simulated maps: fractal noise and hashes of integers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import fft

Array = NDArray[np.float32]
"""Float32 map, (H, W) unless stated otherwise."""

Integers = NDArray[np.int64]


def fractal(
    rng: np.random.Generator, size: int, scale: float, slope: float = 2.4, finest: float = 0.0
) -> Array:
    """Return Gaussian noise with a power-law spectrum, mean 0 and deviation 1.

    The amplitude at spatial frequency k is (k² + 1/scale²)^(−slope/2): flat for features larger
    than `scale`, self-similar below (spectral synthesis, Saupe 1988).

    Args:
        rng: Random generator.
        size: Side of the map in pixels.
        scale: Size of the largest features in pixels.
        slope: Steepness of the spectrum; 1 is grainy, 3 is smooth.
        finest: Size in pixels below which features are damped; 0 keeps all.

    Returns:
        The map, (size, size).
    """
    # A border keeps the transform's periodic image out of the map.
    edge = fft.next_fast_len(size + min(size, round(scale)))
    ky = np.fft.fftfreq(edge).astype(np.float32)[:, None]
    kx = np.fft.rfftfreq(edge).astype(np.float32)[None, :]
    k2 = ky * ky + kx * kx
    amplitude = (k2 + np.float32(1.0 / scale**2)) ** np.float32(-slope / 2)
    if finest > 0:
        amplitude *= np.exp(-k2 * np.float32(finest**2))
    amplitude[0, 0] = 0
    white = rng.standard_normal((edge, edge), dtype=np.float32)
    field = fft.irfft2(fft.rfft2(white) * amplitude, s=(edge, edge))
    field = field / field.std()
    return np.ascontiguousarray(field[:size, :size], dtype=np.float32)


def hash01(seed: int, *keys: Integers | int) -> Array:
    """Return a reproducible number in [0, 1) for each combination of integers.

    Args:
        seed: Another seed gives unrelated numbers.
        *keys: Integer arrays that broadcast against each other.

    Returns:
        The numbers, in the shape of the keys. Mixing as in SplitMix64 (Steele et al. 2014).
    """
    state = np.asarray(seed * 0x9E3779B97F4A7C15 & (2**64 - 1), dtype=np.uint64)
    with np.errstate(over="ignore"):
        for key in keys:
            mixed = np.asarray(key, dtype=np.int64).astype(np.uint64) ^ state
            mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            state = mixed ^ (mixed >> np.uint64(31))
    return np.asarray((state >> np.uint64(40)) / 2**24, dtype=np.float32)


def smoothstep(values: Array, low: float, high: float) -> Array:
    """Return 0 below `low`, 1 above `high`, a smooth ramp between (also with low > high)."""
    t = np.clip((values - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), dtype=np.float32)


def bell(seed: int, *keys: Integers | int) -> Array:
    """Return roughly normal numbers like `hash01`, with mean 0, deviation 1 and none beyond 3."""
    total = hash01(seed, *keys) + hash01(seed + 101, *keys) + hash01(seed + 202, *keys)
    return np.asarray(2 * total - 3, dtype=np.float32)
