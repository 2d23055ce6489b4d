"""How a simulated landscape looks to Sentinel-2 (level 2A, 12 bands)."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter

from training.demo.landscape import Landscape
from training.demo.noise import Array, fractal
from training.demo.season import autumn, flowering, ground_cover, leaf_cover, shading, sun, wetness

# Reflectance x 10000 in the bands of gac_core.bands.S2_BANDS:
# B01 B02 B03 B04 B05 B06 B07 B08 B8A B09 B11 B12.
_SPECTRA = {
    "clear water": (170, 200, 230, 150, 130, 110, 105, 95, 85, 80, 45, 35),
    "turbid water": (420, 480, 700, 560, 470, 300, 290, 240, 200, 190, 90, 70),
    "crop": (150, 230, 560, 260, 980, 3000, 3750, 3950, 4050, 4050, 1850, 850),
    "flower": (260, 330, 1250, 1150, 1600, 2800, 3300, 3500, 3600, 3600, 1950, 1000),
    "meadow": (230, 310, 620, 430, 1050, 2450, 2950, 3150, 3250, 3250, 2050, 1100),
    "straw": (480, 640, 980, 1350, 1700, 1950, 2120, 2320, 2480, 2500, 3300, 2350),
    "soil": (480, 580, 800, 1080, 1300, 1460, 1600, 1740, 1860, 1880, 2500, 2150),
    "broadleaf": (110, 180, 400, 210, 700, 2250, 2800, 3000, 3100, 3100, 1480, 620),
    "turned leaf": (150, 240, 480, 640, 1150, 1800, 2050, 2200, 2300, 2300, 1800, 1000),
    "bare tree": (220, 290, 420, 500, 760, 1020, 1130, 1270, 1380, 1400, 1650, 1050),
    "conifer": (90, 150, 290, 190, 520, 1400, 1680, 1800, 1900, 1900, 900, 400),
    "tile roof": (600, 680, 850, 1350, 1550, 1680, 1760, 1840, 1950, 1980, 2350, 2150),
    "grey roof": (900, 1000, 1120, 1220, 1300, 1370, 1430, 1500, 1560, 1600, 1800, 1750),
    "white roof": (2200, 2600, 2900, 3100, 3200, 3250, 3300, 3350, 3400, 3400, 3100, 2900),
    "asphalt": (700, 800, 950, 1080, 1160, 1230, 1290, 1360, 1420, 1450, 1700, 1620),
}
_RED_SOIL = np.array((0.8, 0.82, 0.92, 1.1, 1.1, 1.1, 1.1, 1.1, 1.1, 1.1, 1.05, 1.0), np.float32)
_SHARPNESS = np.array((2.4, 0.45, 0.45, 0.45, 0.9, 0.9, 0.9, 0.45, 0.9, 2.4, 0.9, 0.9))
"""Blur of each band in pixels of 10 m, by its own pixel size (60, 10 or 20 m)."""


def spectrum(name: str) -> Array:
    """Spectrum of a material, (12, 1, 1)."""
    return np.asarray(_SPECTRA[name], dtype=np.float32)[:, None, None]


def simulate_s2(place: Landscape, month: int, rng: np.random.Generator) -> Array:
    """Renders a landscape as a cloud-free Sentinel-2 L2A image.

    Args:
        place: The landscape.
        month: 1 to 12.
        rng: Where what differs from day to day comes from: haze, turbidity, sensor noise.

    Returns:
        Reflectance DN without offset in the order of `gac_core.bands.S2_BANDS`, (12, H, W).
    """
    field = np.maximum(1 - place.water - place.tree - place.built - place.sealed, 0)
    image = field * _ground(place, month)
    image += place.tree * _crowns(place, month)
    image += place.built * _roofs(place) + place.sealed * spectrum("asphalt")

    azimuth, elevation = sun(month)
    light = shading(place, azimuth, elevation, canopy=6.0).clip(0.15, 1.9)
    image *= np.float32(np.exp(rng.normal(0, 0.12))) * (0.25 + 0.75 * light)
    image *= np.exp(0.05 * place.grain + 0.09 * place.grain * place.tree)

    # Water lies flat and takes no shading.
    mud = np.float32(rng.uniform(0, 1)) + 0.15 * fractal(rng, place.water.shape[0], 40, 2.4)
    mud = mud.clip(0, 1)
    image += place.water * (mud * spectrum("turbid water") + (1 - mud) * spectrum("clear water"))

    # What the atmospheric correction leaves behind: more in the blue.
    residue = np.float32(rng.uniform(-40, 90)) * np.array(
        (1.2, 1.0, 0.7, 0.5, 0.4, 0.3, 0.3, 0.2, 0.2, 0.2, 0.1, 0.1), np.float32
    )
    image += residue[:, None, None]
    for band, blur in zip(image, _SHARPNESS, strict=True):
        band[:] = gaussian_filter(band, blur)
    image *= 1 + 0.006 * rng.standard_normal(image.shape, dtype=np.float32)
    return np.asarray(image.clip(1, 16000), dtype=np.float32)


def _ground(place: Landscape, month: int) -> Array:
    green, dry = ground_cover(place, month)
    flower = flowering(place, month)
    lush = np.where(place.crop == 3, spectrum("meadow"), spectrum("crop"))
    lush = lush * np.exp(0.05 * place.vigour) + flower * (spectrum("flower") - lush)
    red = np.float32(place.region.aridity)
    soil = spectrum("soil") * (1 - red + red * _RED_SOIL[:, None, None]) * place.soil
    straw = spectrum("straw") * np.exp(0.06 * place.rough)
    # Wet soil and straw are darker, most so in the short-wave infrared (Lobell and Asner 2002).
    dark = np.exp(-wetness(place, month) * np.linspace(0.55, 0.75, 12, dtype=np.float32))
    soil, straw = soil * dark[:, None, None], straw * dark[:, None, None]
    return np.asarray(green * lush + dry * straw + (1 - green - dry) * soil, dtype=np.float32)


def _crowns(place: Landscape, month: int) -> Array:
    leaves, turned = leaf_cover(place, month), np.float32(autumn(month))
    leaf = (1 - turned) * spectrum("broadleaf") + turned * spectrum("turned leaf")
    broadleaf = leaves * leaf + (1 - leaves) * spectrum("bare tree")
    crown = place.conifer * spectrum("conifer") + (1 - place.conifer) * broadleaf
    return np.asarray(crown * np.exp(0.07 * place.vigour), dtype=np.float32)


def _roofs(place: Landscape) -> Array:
    kind = place.roof
    tile, white = kind < 0.5, kind > 0.94
    brightness = 0.75 + 0.5 * ((kind * 7.3) % 1)
    roof = np.where(tile, spectrum("tile roof"), spectrum("grey roof"))
    return np.asarray(np.where(white, spectrum("white roof"), roof) * brightness, dtype=np.float32)
