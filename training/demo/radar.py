"""How a simulated landscape looks to Sentinel-1 (IW GRD, VV and VH, sigma nought)."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter

from training.demo.landscape import Landscape
from training.demo.noise import Array, fractal
from training.demo.season import ground_cover, leaf_cover, shading, wetness

_FLOOR_DB = (-31.0, -25.5)
"""Range of the thermal noise in IW scenes; the sensor is specified for better than -22 dB."""

_INCIDENCE = 38.0
"""Degrees, the middle of the IW swath."""

_LOOKS = (1.0, 1.0, 1.0, 1.0, 0.235)
"""Weights of the looks: (sum w)^2 / sum w^2 = 4.4, IW GRDH's equivalent number of looks."""

_SPECKLE_BLUR = 1.04
"""Width in pixels of the Gaussian that correlates each look's complex field. The intensity's
correlation is then exp(-d^2 / 2 sigma^2): 0.63 one pixel away and 0.16 two pixels away, as measured
on real GRD scenes that were terrain-corrected to 10 m."""


def simulate_s1(place: Landscape, month: int, rng: np.random.Generator) -> Array:
    """Renders a landscape as Sentinel-1 sees it.

    Args:
        place: The landscape.
        month: 1 to 12.
        rng: Where what differs from pass to pass comes from: wind, moisture, direction, speckle.

    Returns:
        Sigma nought in dB, (VV, VH), (2, H, W).
    """
    power = backscatter(place, month, rng)
    ascending = rng.random() < 0.5
    # The light of `shading` stands where the radar does, 90 degrees minus incidence high.
    look = shading(place, 259.0 if ascending else 101.0, 90.0 - _INCIDENCE, canopy=5.0)
    tilt = look.clip(0.35, 2.2) ** 1.3
    # Incidence, frozen or soaked ground, dew: a whole scene is brighter or darker than the next.
    vv_gain = rng.normal(0.7, 1.3)
    gain = np.power(10, np.array((vv_gain, vv_gain + rng.normal(0, 0.9))) / 10).astype(np.float32)
    power *= place.water + gain[:, None, None] * (1 - place.water) * tilt
    out = np.empty_like(power)
    floor = np.float32(10 ** (rng.uniform(*_FLOOR_DB) / 10))
    for channel in range(2):
        seen = gaussian_filter(power[channel], 0.8) + floor
        out[channel] = 10 * np.log10(np.maximum(seen * speckle(rng, seen.shape), 1e-5))
    return out


def backscatter(place: Landscape, month: int, rng: np.random.Generator) -> Array:
    """Mean backscatter over level ground: linear power without speckle, (2, H, W)."""
    size = place.water.shape[0]
    wind = np.float32(rng.uniform(-24, -15.5)) + fractal(rng, size, 60, 2.2)
    water = _pair(wind, -7.5 - 0.25 * (wind + 24))
    ground = _ground(place, month, float(rng.normal()))
    wood = _pair(-9.3 + 0.4 * place.vigour, -5.6 - 0.8 * (1 - leaf_cover(place, month)))
    wood *= np.exp(0.12 * place.grain)
    # Walls and streets form corners: a few buildings outshine all others.
    strength = -8.0 + 13 * ((place.roof * 13.7) % 1) ** 3
    roofs = _pair(strength.astype(np.float32), -7.2)
    tarmac = _pair(np.full((size, size), -14.5, np.float32), -7.5)
    rest = np.maximum(1 - place.water - place.tree - place.built - place.sealed, 0)
    power = place.water * water + place.tree * wood + place.built * roofs
    return np.asarray(power + place.sealed * tarmac + rest * ground, dtype=np.float32)


def speckle(rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
    """Multiplicative speckle: mean 1, 4.4 looks, correlated over neighbouring pixels.

    Args:
        rng: Where the randomness comes from.
        shape: (H, W).
    """
    total = np.zeros(shape, np.float32)
    for weight in _LOOKS:
        for _ in range(2):
            part = gaussian_filter(
                rng.standard_normal(shape, dtype=np.float32), _SPECKLE_BLUR, mode="wrap"
            )
            total += np.float32(weight) * part * part
    return np.asarray(total / total.mean(), dtype=np.float32)


def _ground(place: Landscape, month: int, moisture: float) -> Array:
    """Fields: soil that shows through, and plants that scatter and attenuate."""
    green, dry = ground_cover(place, month)
    wet = 0.8 * moisture + 4.0 * (wetness(place, month) - 0.4)
    soil = _pair(-11.0 + 1.9 * place.rough + np.float32(wet), -8.6 + 0.6 * place.rough)
    straw = _pair(-11.3 + 1.1 * place.rough + np.float32(0.6 * wet), -8.0)
    upright = place.crop == 0
    tall = (place.crop == 1) | (place.crop == 2) | (place.crop == 5)
    canopy_vv = (
        np.select([upright, tall], [-13.4, -9.2], -11.0) + 0.5 * place.vigour + 0.8 * place.rough
    )
    canopy_ratio = np.select([upright, tall], [-6.0, -5.8], -7.4)
    plants = _pair(canopy_vv.astype(np.float32), canopy_ratio.astype(np.float32))
    bare = np.maximum(1 - green - dry, 0)
    mixed = green * plants + dry * straw + bare * soil
    return np.asarray(mixed * np.exp(0.1 * place.grain), dtype=np.float32)


def _pair(vv_db: Array, ratio_db: Array | float) -> Array:
    """(VV, VH) in linear power from VV in dB and VH relative to it in dB."""
    vv = np.power(np.float32(10), vv_db / 10)
    return np.asarray(np.stack([vv, vv * np.power(10, np.asarray(ratio_db) / 10)]), np.float32)
