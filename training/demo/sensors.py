"""Sensors: a simulated landscape as Sentinel-1 and Sentinel-2 see it."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter, shift

from gac_core.band_statistics import S2_BANDS
from training.demo.landscape import Array, Landscape, fractal, make_landscape, smoothstep
from training.demo.region import CROPS, SOILS, Region, random_region
from training.demo.season import (
    autumn,
    flooded,
    flowering,
    ground_cover,
    leaf_cover,
    shading,
    snow_cover,
    sun,
    wetness,
)

# Reflectance x 10000 in the bands of gac_core.band_statistics.S2_BANDS:
# B01 B02 B03 B04 B05 B06 B07 B08 B8A B09 B11 B12.
# Round numbers in the range of the USGS and ECOSTRESS spectral libraries for each kind of surface
# (Kokaly et al. 2017, Meerdink et al. 2019), darkened where a pixel contains its own shadows.
_SPECTRA = {
    "clear water": (170, 200, 230, 150, 130, 110, 105, 95, 85, 80, 45, 35),
    "turbid water": (420, 480, 700, 560, 470, 300, 290, 240, 200, 190, 90, 70),
    "green water": (240, 270, 520, 300, 420, 340, 350, 310, 250, 230, 80, 50),
    "shallow sea": (620, 820, 780, 330, 200, 140, 130, 110, 95, 90, 45, 35),
    "crop": (150, 230, 560, 260, 980, 3000, 3750, 3950, 4050, 4050, 1850, 850),
    "young crop": (260, 370, 780, 560, 1200, 2500, 2950, 3150, 3250, 3250, 2050, 1100),
    "yellow crop": (280, 380, 830, 880, 1400, 2350, 2700, 2900, 3000, 3000, 2500, 1450),
    "flower": (260, 330, 1250, 1150, 1600, 2800, 3300, 3500, 3600, 3600, 1950, 1000),
    "meadow": (230, 310, 620, 430, 1050, 2450, 2950, 3150, 3250, 3250, 2050, 1100),
    "sedge": (190, 260, 480, 470, 850, 1550, 1850, 2000, 2100, 2100, 1600, 850),
    "straw": (450, 600, 960, 1400, 1800, 2100, 2300, 2540, 2700, 2720, 3500, 2450),
    "dark soil": (230, 270, 390, 560, 760, 870, 970, 1080, 1180, 1200, 1790, 1510),
    "brown soil": (430, 530, 780, 1170, 1570, 1770, 1940, 2110, 2240, 2260, 3080, 2580),
    "red soil": (310, 400, 690, 1500, 2020, 2220, 2370, 2530, 2690, 2720, 3420, 2740),
    "grey soil": (950, 1120, 1450, 1750, 2150, 2280, 2410, 2540, 2650, 2680, 3360, 2970),
    "sand": (1250, 1600, 2250, 2950, 3250, 3400, 3530, 3650, 3780, 3800, 4600, 4150),
    "grey rock": (850, 980, 1150, 1320, 1420, 1500, 1570, 1650, 1720, 1740, 2150, 1950),
    "broadleaf": (110, 180, 400, 210, 700, 2150, 2650, 2850, 2950, 2950, 1480, 620),
    "evergreen": (110, 160, 330, 220, 600, 1700, 2100, 2280, 2380, 2380, 1350, 600),
    "turned leaf": (150, 240, 480, 640, 1150, 1800, 2050, 2200, 2300, 2300, 1800, 1000),
    "bare tree": (200, 260, 390, 500, 760, 1020, 1130, 1270, 1380, 1400, 1650, 1050),
    "conifer": (90, 150, 290, 190, 520, 1400, 1680, 1800, 1900, 1900, 900, 400),
    "tile roof": (600, 680, 850, 1350, 1550, 1680, 1760, 1840, 1950, 1980, 2350, 2150),
    "grey roof": (900, 1000, 1120, 1220, 1300, 1370, 1430, 1500, 1560, 1600, 1800, 1750),
    "white roof": (2200, 2600, 2900, 3100, 3200, 3250, 3300, 3350, 3400, 3400, 3100, 2900),
    "asphalt": (700, 800, 950, 1080, 1160, 1230, 1290, 1360, 1420, 1450, 1700, 1620),
    "gravel": (1150, 1350, 1700, 2050, 2200, 2280, 2350, 2420, 2480, 2500, 2900, 2700),
    "snow": (7200, 7500, 7500, 7400, 7300, 7100, 7000, 6800, 6600, 6500, 800, 600),
}
_PIXEL = {"B01": 6, "B09": 6} | dict.fromkeys(("B05", "B06", "B07", "B8A", "B11", "B12"), 2)
"""Size of a band's native pixel in pixels of 10 m, where larger than one."""
_HAZE = np.array((1.25, 1, 0.72, 0.5, 0.43, 0.36, 0.32, 0.25, 0.24, 0.2, 0.1, 0.1), np.float32)
"""Light scattered by air in each band relative to B02, roughly as wavelength to the power -1.3 to
-1.7: a mixture of Rayleigh scattering and aerosol."""
_NOISE = {"B01": 0.03, "B09": 0.02}
"""Relative noise of a band's native pixels, where more than `_MIN_NOISE`."""
_MIN_NOISE = 0.006
_ORCHARD, _PASTURE, _STEPPE, _BOG, _ROCK = (
    CROPS.index(name) for name in ("orchard", "pasture", "steppe", "bog", "rock")
)

_BOG_DB = CROPS.index("bog")
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

_MISREGISTRATION = 1.5
"""Maximum misregistration of a pair in pixels, as in real ones."""


def spectrum(name: str) -> Array:
    """Return the spectrum of a material, (12, 1, 1)."""
    return np.asarray(_SPECTRA[name], dtype=np.float32)[:, None, None]


def simulate_s2(
    place: Landscape, month: int, rng: np.random.Generator, spread: float = 1.0
) -> Array:
    """Return a cloud-free Sentinel-2 L2A image of a landscape.

    Args:
        place: The landscape.
        month: 1 to 12.
        rng: Random generator of day-to-day variation: haze, turbidity, sensor noise, and texture
            invisible to radar.
        spread: Deviation of light, haze and calibration from their means; 0 is an average day.

    Returns:
        Reflectance DN without offset in the order of `S2_BANDS`, (12, H, W).
    """
    size = place.water.shape[0]
    fine, broad = fractal(rng, size, 8, 1.2), fractal(rng, size, 40, 1.7)
    field = np.maximum(1 - place.water - place.tree - place.built - place.sealed, 0)
    image = field * _ground(place, month, broad)
    image += place.tree * _crowns(place, month, broad)
    image += place.built * _roofs(place) + place.sealed * _roads(place)
    snow = snow_cover(place, month) * (1 - 0.75 * place.tree) * (1 - place.water)
    image += snow * (spectrum("snow") - image)

    # Level 2A is never fully corrected for the terrain, and the sky lights shadows too.
    azimuth, elevation = sun(month, place.region.latitude)
    light = shading(place, azimuth, elevation, canopy=3.0).clip(0.15, 1.9)
    residual = np.float32(rng.uniform(0.2, 0.65))
    image *= np.float32(np.exp(spread * rng.normal(0, 0.2))) * (1 - residual + residual * light)
    texture = np.float32(rng.uniform(0.02, 0.09)) * fine + np.float32(0.03) * place.grain
    texture = texture * (1 + 0.5 * place.tree)
    # Chlorophyll and shadow vary in the visible; in the infrared leaves scatter more evenly.
    image[:5] *= np.exp(texture)
    image[5:] *= np.exp(0.55 * texture)

    # Water is flat and has no shading.
    image += place.water * _water(place, rng)

    # Residue of the atmospheric correction, and each band's calibration.
    residue = np.float32(30 + spread * rng.normal(0, 170)) * _HAZE
    image += np.maximum(residue[:, None, None], -0.8 * _darkest(image))
    image *= np.exp(spread * rng.normal(0, 0.04, (12, 1, 1))).astype(np.float32)
    for number, name in enumerate(S2_BANDS):
        noise = _NOISE.get(name, _MIN_NOISE)
        image[number] = _sampled(image[number], _PIXEL.get(name, 1), noise, rng)
    return np.asarray(image.clip(1, 16000), dtype=np.float32)


def _darkest(image: Array) -> Array:
    """Return each band's first percentile, (12, 1, 1): corrections hardly go below 0."""
    return np.quantile(image[:, ::4, ::4], 0.01, axis=(1, 2), keepdims=True).astype(np.float32)


def _sampled(band: Array, pixel: int, noise: float, rng: np.random.Generator) -> Array:
    """Return a band measured with pixels `pixel` wide, linearly interpolated to 10 m."""
    size = len(band)
    band = gaussian_filter(band, 0.45 * pixel)
    if pixel == 1:
        return np.asarray(band * (1 + noise * rng.standard_normal(band.shape, dtype=np.float32)))
    centres = np.arange(int(rng.integers(pixel)) - pixel, size + pixel, pixel)
    near = np.abs(np.arange(size)[:, None] - centres) / np.float32(pixel)
    weight = np.maximum(1 - near, 0).astype(np.float32)
    inside = centres.clip(0, size - 1)
    own = band[np.ix_(inside, inside)]
    own = own * (1 + noise * rng.standard_normal(own.shape, dtype=np.float32))
    return np.asarray(weight @ own @ weight.T, dtype=np.float32)


def _ground(place: Landscape, month: int, broad: Array) -> Array:
    green, dry = ground_cover(place, month)
    green = (green * np.exp(0.12 * broad + 0.15 * place.tint)).clip(0, 0.98)
    dry = np.minimum(dry, 1 - green)
    flower = flowering(place, month)
    crop = place.crop
    # Fields of one crop differ in sowing date, variety, nutrients and water.
    tint = place.tint + 0.4 * broad
    young, yellow = smoothstep(tint, 0.0, 2.2), smoothstep(tint, 0.0, -2.2)
    lush = spectrum("crop") + young * (spectrum("young crop") - spectrum("crop"))
    lush = lush + yellow * (spectrum("yellow crop") - spectrum("crop"))
    grass = (crop == _PASTURE) | (crop == _STEPPE) | (crop == _ROCK) | (crop == _ORCHARD)
    meadow = spectrum("meadow") + yellow * 0.5 * (spectrum("yellow crop") - spectrum("meadow"))
    lush = np.where(grass, meadow, lush)
    lush = np.where(crop == _BOG, spectrum("sedge"), lush)
    lush = lush * np.exp(0.05 * place.vigour) + flower * (spectrum("flower") - lush)
    # Wet soil and straw are darker, most of all in the short-wave infrared (Lobell and Asner 2002).
    wet = np.float32(wetness(place, month)) + 0.15 * place.tint + 0.4 * (crop == _BOG)
    dark = np.exp(-wet.clip(0) * np.linspace(0.5, 0.65, 12, dtype=np.float32)[:, None, None])
    straw = spectrum("straw") * np.exp(0.09 * place.tint + 0.06 * broad)
    ground = green * lush + (1 - green - dry) * _soil(place) * dark
    ground = ground + dry * straw * np.sqrt(dark)
    pool = flooded(place, month)
    return np.asarray(ground + pool * (0.9 * spectrum("turbid water") - ground), dtype=np.float32)


def _soil(place: Landscape) -> Array:
    first, second = (spectrum(SOILS[i]) for i in place.region.soils)
    soil = first + place.blend * (second - first)
    soil = np.where(place.crop == _ROCK, 0.6 * spectrum("grey rock") + 0.4 * soil, soil)
    return np.asarray(soil * place.soil, dtype=np.float32)


def _crowns(place: Landscape, month: int, broad: Array) -> Array:
    leaves, turned = leaf_cover(place, month), np.float32(autumn(place, month))
    always = np.float32(place.region.evergreen)
    leaf = (1 - turned) * spectrum("broadleaf") + turned * spectrum("turned leaf")
    leaf = leaf + always * (spectrum("evergreen") - leaf)
    broadleaf = leaves * leaf + (1 - leaves) * spectrum("bare tree")
    crown = place.conifer * spectrum("conifer") + (1 - place.conifer) * broadleaf
    return np.asarray(crown * np.exp(0.04 * place.vigour + 0.07 * broad), dtype=np.float32)


def _roofs(place: Landscape) -> Array:
    kind = place.roof
    tile, white = kind < place.region.tiled, kind > 0.94
    brightness = 0.75 + 0.5 * ((kind * 7.3) % 1)
    roof = np.where(tile, spectrum("tile roof"), spectrum("grey roof"))
    return np.asarray(np.where(white, spectrum("white roof"), roof) * brightness, dtype=np.float32)


def _roads(place: Landscape) -> Array:
    """Return asphalt in towns; in the country, tracks of gravel and soil too."""
    first, second = (spectrum(SOILS[i]) for i in place.region.soils)
    track = 0.35 * spectrum("asphalt") + 0.3 * spectrum("gravel") + 0.175 * (first + second)
    return np.asarray(np.where(place.urban > 0.05, spectrum("asphalt"), track), dtype=np.float32)


def _water(place: Landscape, rng: np.random.Generator) -> Array:
    mud = np.float32(rng.uniform(0, 1)) + 0.15 * fractal(rng, place.water.shape[0], 40, 2.4)
    kinds = ("turbid water", "green water", "shallow sea" if place.region.coast else "clear water")
    murky = spectrum(kinds[int(rng.choice(3, p=(0.5, 0.3, 0.2)))])
    return np.asarray(spectrum("clear water") + mud.clip(0, 1) * (murky - spectrum("clear water")))


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
    ground = _ground_of_radar(place, month, float(rng.normal()))
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


def _ground_of_radar(place: Landscape, month: int, moisture: float) -> Array:
    """Return the power of fields and wild ground: soil, and plants that scatter and attenuate."""
    green, dry = ground_cover(place, month)
    wet = 0.8 * moisture + 4.0 * (wetness(place, month) - 0.4) + 2.0 * (place.crop == _BOG_DB)
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


def simulate_pair(
    seed: int, size: int = 256, month: int = 6, region: Region | None = None
) -> tuple[Array, Array]:
    """Return simulated images of a place by both satellites in one month.

    The same seed and size give the same place in every month.

    Args:
        seed: Seed of the place.
        size: Side in pixels of 10 m.
        month: 1 to 12; south of the equator that of the same season in the north, as for stage 2.
        region: Kind of region; None: a random one.

    Returns:
        Sentinel-1 in dB, (VV, VH), (2, size, size), and Sentinel-2 L2A in reflectance DN without
        offset in the order of `S2_BANDS`, (12, size, size).
    """
    ground = _ground_of_pair(seed)
    place = make_landscape(ground, size, region or random_region(ground))
    day = np.random.default_rng((seed, month))
    angle, distance = day.uniform(0, 2 * np.pi), day.uniform(0, _MISREGISTRATION)
    offset = (float(distance * np.sin(angle)), float(distance * np.cos(angle)))
    return simulate_s1(place, month, day, offset), simulate_s2(place, month, day)


def biome_of_place(seed: int) -> int:
    """Return the biome, 1 to 14, of the random region of a place in `simulate_pair`."""
    return random_region(_ground_of_pair(seed)).biome


def _ground_of_pair(seed: int) -> np.random.Generator:
    return np.random.default_rng((seed, 0))
