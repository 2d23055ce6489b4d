"""Simulation of Sentinel-1 images (IW GRD, VV and VH, sigma nought) of a landscape."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter, shift

from training.demo.landscape import Landscape
from training.demo.noise import Array, fractal
from training.demo.region import CROPS
from training.demo.season import (
    flooded,
    ground_cover,
    leaf_cover,
    shading,
    snow_cover,
    wetness,
)

_BOG = CROPS.index("bog")

_FLOOR_DB = (-31.0, -25.5)
"""Range of the thermal noise in IW scenes; the sensor is specified for better than -22 dB."""

_INCIDENCE = (30.0, 45.0)
"""Range in degrees, from the near to the far edge of the IW swath."""

_LOOKS = (1.0, 1.0, 1.0, 1.0, 0.235)
"""Weights of the looks: (sum w)^2 / sum w^2 = 4.4, IW GRDH's equivalent number of looks."""

_SPECKLE_BLUR = 1.04
"""Width in pixels of the Gaussian that correlates each look's complex field. The intensity's
correlation is then exp(-d^2 / 2 sigma^2): 0.63 at one pixel and 0.16 at two, as measured on real
GRD scenes terrain-corrected to 10 m."""

_RESAMPLED = (1.0, 1.4)
"""Range of that width over products, which are resampled more or less smoothly."""

_MEAN_OF_PASSES = 0.12
"""Share of images that are means of several passes, like monthly composites, with less speckle."""

_CANOPY = {
    "winter cereal": (-13.0, -6.2),
    "maize": (-9.4, -6.0),
    "rapeseed": (-9.2, -5.6),
    "orchard": (-9.6, -6.4),
    "rice": (-9.5, -7.5),
    "irrigated": (-10.0, -6.6),
    "pasture": (-11.2, -7.8),
}
"""VV in dB over green plants, and VH relative to it; other covers are like pasture. Round numbers
after Vreugdenhil et al. (2018) and Veloso et al. (2017) for Austria and France."""

_SMOOTH = {"steppe": -1.0, "bog": 0.5, "bare": -3.0, "rock": 1.5}
"""Excess of bare ground in VV over a field's soil, dB: sand is smooth."""


def simulate_s1(
    place: Landscape, month: int, rng: np.random.Generator, offset: tuple[float, float] = (0, 0)
) -> Array:
    """Return a Sentinel-1 image of a landscape.

    Args:
        place: The landscape.
        month: 1 to 12.
        rng: Random generator of pass-to-pass variation: wind, moisture, direction, speckle, and
            texture invisible to the optical sensor.
        offset: Misregistration in rows and columns of pixels.

    Returns:
        Sigma nought in dB, (VV, VH), (2, H, W).
    """
    size = place.water.shape[0]
    power = backscatter(place, month, rng)
    incidence = float(rng.uniform(*_INCIDENCE))
    # The light of `shading` stands at the radar's elevation, 90 degrees minus incidence. A slope
    # towards the radar is foreshortened: its echo is smeared over the neighbours.
    azimuth = 259.0 if rng.random() < 0.5 else 101.0
    look = gaussian_filter(shading(place, azimuth, 90.0 - incidence, canopy=2.5), 1.5)
    tilt = look.clip(0.4, 2.0)
    # Moisture, rain, frost and calibration change the brightness of a whole scene. Sigma nought
    # falls by about 0.15 dB per degree over land (Widhalm et al. 2018).
    vv_gain = rng.normal(0.9, 1.4) - 0.15 * (incidence - 38)
    gain = np.power(10, np.array((vv_gain, vv_gain + rng.normal(-0.2, 1.0))) / 10)
    # Structure without colour: clods, stubble, lodging, stones, moisture.
    both, cross = fractal(rng, size, 25, 1.4), fractal(rng, size, 45, 1.6)
    texture = np.stack([0.45 * both - 0.3 * cross, 0.45 * both + 0.45 * cross])
    texture = np.exp(texture * np.float32(np.log(10) / 10))
    land = gain[:, None, None].astype(np.float32) * (1 - place.water) * tilt * texture
    power *= place.water + land
    out = np.empty_like(power)
    floor = np.float32(10 ** (rng.uniform(*_FLOOR_DB) / 10))
    looks, blur = _product(rng)
    for channel in range(2):
        channel_power = gaussian_filter(power[channel], 0.8)
        if any(offset):
            channel_power = shift(channel_power, offset, order=1, mode="nearest")
        noise = speckle(rng, channel_power.shape, blur) ** np.float32(looks**-0.5)
        channel_power = (channel_power + floor) * noise / noise.mean()
        out[channel] = 10 * np.log10(np.maximum(channel_power, 1e-5))
    return out


def _product(rng: np.random.Generator) -> tuple[float, float]:
    """Return the number of averaged passes, and the blur of speckle by resampling."""
    passes = float(rng.uniform(2, 10)) if rng.random() < _MEAN_OF_PASSES else 1.0
    return passes, float(rng.uniform(*_RESAMPLED))


def backscatter(place: Landscape, month: int, rng: np.random.Generator) -> Array:
    """Return mean backscatter over level ground: linear power without speckle, (2, H, W)."""
    size = place.water.shape[0]
    wind = np.float32(rng.uniform(-24, -14.5)) + fractal(rng, size, 60, 2.2)
    water = _pair(wind, -7.5 - 0.25 * (wind + 24))
    ground = _ground(place, month, float(rng.normal()))
    pool = flooded(place, month)
    ground = ground + pool * (0.6 * water - ground)
    wood = _pair(
        -10.3 + 0.3 * place.vigour + 0.5 * place.conifer,
        -4.9 - 0.9 * (1 - leaf_cover(place, month)) * (1 - place.conifer),
    )
    wood *= np.exp(0.07 * place.grain)
    # Walls and streets form corner reflectors: a few buildings outshine all others.
    strength = -8.0 + 13 * ((place.roof * 13.7) % 1) ** 3
    roofs = _pair(strength.astype(np.float32), -9.0 + 3.5 * ((place.roof * 29.3) % 1))
    tarmac = _pair(np.full((size, size), -14.5, np.float32), -8.5)
    rest = np.maximum(1 - place.water - place.tree - place.built - place.sealed, 0)
    power = place.water * water + place.tree * wood + place.built * roofs
    return np.asarray(power + place.sealed * tarmac + rest * ground, dtype=np.float32)


def speckle(rng: np.random.Generator, shape: tuple[int, ...], blur: float = _SPECKLE_BLUR) -> Array:
    """Return multiplicative speckle: mean 1, 4.4 looks, correlated over neighbouring pixels.

    Args:
        rng: Random generator.
        shape: (H, W).
        blur: Width in pixels of the Gaussian that correlates each look's complex field.
    """
    total = np.zeros(shape, np.float32)
    for weight in _LOOKS:
        for _ in range(2):
            part = gaussian_filter(rng.standard_normal(shape, dtype=np.float32), blur, mode="wrap")
            total += np.float32(weight) * part * part
    return np.asarray(total / total.mean(), dtype=np.float32)


def _ground(place: Landscape, month: int, moisture: float) -> Array:
    """Return the power of fields and wild ground: soil, and plants that scatter and attenuate."""
    green, dry = ground_cover(place, month)
    wet = 0.8 * moisture + 4.0 * (wetness(place, month) - 0.4) + 2.0 * (place.crop == _BOG)
    base = np.array([_SMOOTH.get(name, 0.0) for name in CROPS], np.float32)[place.crop]
    # Rough soil depolarises; smooth soil hardly does (Oh et al. 1992).
    soil = _pair(-11.2 + base + 1.7 * place.rough + np.float32(wet), -10.3 + 1.3 * place.rough)
    straw = _pair(-11.5 + 1.0 * place.rough + np.float32(0.6 * wet), -9.0 + 0.8 * place.rough)
    vv, ratio = (
        np.array([_CANOPY.get(name, _CANOPY["pasture"])[i] for name in CROPS], np.float32)
        for i in range(2)
    )
    plants = _pair(
        vv[place.crop] + 0.4 * place.vigour + 0.5 * place.rough,
        ratio[place.crop] + 0.3 * place.rough,
    )
    # Dry snow is transparent; wet snow absorbs (Nagler and Rott 2000).
    thaw = 1 - 0.5 * snow_cover(place, month)
    bare = np.maximum(1 - green - dry, 0)
    mixed = green * plants + dry * straw + bare * soil
    return np.asarray(mixed * thaw * np.exp(0.06 * place.grain), dtype=np.float32)


def _pair(vv_db: Array, ratio_db: Array | float) -> Array:
    """Return linear power (VV, VH) from VV in dB and VH relative to it in dB."""
    vv = np.power(np.float32(10), vv_db / 10)
    return np.asarray(np.stack([vv, vv * np.power(10, np.asarray(ratio_db) / 10)]), np.float32)
