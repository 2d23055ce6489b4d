"""Appearance of fields by month.

South of the equator, a month means that of the same season in the north, as for stage 2.
"""

from __future__ import annotations

import numpy as np

from training.demo.landscape import Array, Landscape, smoothstep
from training.demo.region import CROPS

# One row for each of region.CROPS, January to December, in the northern hemisphere. The curves
# follow known crop calendars and NDVI time series; the numbers are ours.
_GREEN = np.array(
    [
        [0.32, 0.35, 0.50, 0.78, 0.93, 0.62, 0.10, 0.05, 0.06, 0.15, 0.25, 0.30],
        [0.05, 0.05, 0.06, 0.06, 0.14, 0.50, 0.90, 0.94, 0.58, 0.15, 0.06, 0.05],
        [0.45, 0.45, 0.58, 0.85, 0.82, 0.68, 0.18, 0.06, 0.20, 0.42, 0.48, 0.46],
        [0.52, 0.50, 0.58, 0.78, 0.93, 0.88, 0.76, 0.68, 0.68, 0.68, 0.62, 0.55],
        [0.12, 0.12, 0.15, 0.22, 0.28, 0.25, 0.20, 0.15, 0.12, 0.12, 0.12, 0.12],
        [0.12, 0.12, 0.16, 0.32, 0.52, 0.66, 0.66, 0.60, 0.50, 0.32, 0.16, 0.12],
        [0.05, 0.05, 0.05, 0.05, 0.08, 0.35, 0.80, 0.92, 0.75, 0.25, 0.08, 0.05],
        [0.70, 0.85, 0.88, 0.45, 0.10, 0.20, 0.60, 0.85, 0.82, 0.40, 0.20, 0.45],
        [0.08, 0.09, 0.13, 0.28, 0.35, 0.24, 0.15, 0.12, 0.12, 0.12, 0.10, 0.08],
        [0.20, 0.20, 0.22, 0.30, 0.52, 0.70, 0.76, 0.72, 0.55, 0.38, 0.26, 0.20],
        [0.02, 0.02, 0.03, 0.04, 0.05, 0.04, 0.03, 0.03, 0.03, 0.03, 0.02, 0.02],
        [0.03, 0.03, 0.04, 0.07, 0.12, 0.14, 0.12, 0.10, 0.08, 0.06, 0.04, 0.03],
    ],
    dtype=np.float32,
)
_DRY = np.array(
    [
        [0.10, 0.10, 0.05, 0.05, 0.10, 0.60, 0.90, 0.60, 0.30, 0.10, 0.10, 0.10],
        [0.30, 0.25, 0.10, 0.02, 0.02, 0.02, 0.05, 0.20, 0.60, 0.75, 0.45, 0.35],
        [0.15, 0.15, 0.10, 0.05, 0.05, 0.25, 0.80, 0.50, 0.20, 0.15, 0.15, 0.15],
        [0.70, 0.75, 0.70, 0.60, 0.60, 0.60, 0.75, 0.85, 0.85, 0.75, 0.70, 0.70],
        [0.25, 0.25, 0.20, 0.15, 0.20, 0.35, 0.50, 0.50, 0.45, 0.35, 0.30, 0.25],
        [0.35, 0.35, 0.30, 0.25, 0.30, 0.40, 0.50, 0.55, 0.55, 0.45, 0.40, 0.35],
        [0.30, 0.25, 0.15, 0.08, 0.02, 0.02, 0.02, 0.05, 0.40, 0.70, 0.55, 0.40],
        [0.05, 0.03, 0.05, 0.55, 0.45, 0.10, 0.03, 0.02, 0.10, 0.45, 0.30, 0.10],
        [0.50, 0.50, 0.48, 0.42, 0.40, 0.50, 0.60, 0.65, 0.65, 0.60, 0.55, 0.52],
        [0.65, 0.65, 0.62, 0.55, 0.40, 0.35, 0.35, 0.40, 0.50, 0.60, 0.65, 0.65],
        [0.04, 0.04, 0.04, 0.04, 0.04, 0.05, 0.06, 0.06, 0.06, 0.05, 0.04, 0.04],
        [0.05, 0.05, 0.05, 0.05, 0.06, 0.06, 0.06, 0.06, 0.06, 0.06, 0.05, 0.05],
    ],
    dtype=np.float32,
)
_SUMMER = np.array([0, 0, 0, 0.1, 0.4, 0.8, 1, 1, 0.8, 0.4, 0.1, 0], dtype=np.float32)
_LEAVES = np.array([0, 0, 0.05, 0.4, 0.95, 1, 1, 1, 0.9, 0.5, 0.1, 0], dtype=np.float32)
_WINTER = np.array([1, 1, 0.6, 0.15, 0, 0, 0, 0, 0, 0.05, 0.4, 0.9], dtype=np.float32)
_RAPESEED, _RICE = CROPS.index("rapeseed"), CROPS.index("rice")


def ground_cover(place: Landscape, month: int) -> tuple[Array, Array]:
    """Return the shares of green and of dry plants on the fields; the rest is bare soil.

    Args:
        place: The landscape.
        month: 1 to 12.

    Returns:
        Green and dry share, (H, W) each, of ground that is not water, trees or sealed.
    """
    when = (month - 1 + place.phase) % 12
    first = np.floor(when).astype(np.int64) % 12
    part = (when - np.floor(when)).astype(np.float32)
    green, dry = (
        table[place.crop, first] * (1 - part) + table[place.crop, (first + 1) % 12] * part
        for table in (_GREEN, _DRY)
    )
    thirst = place.region.aridity * float(_SUMMER[month - 1])
    green = green * np.exp(0.14 * place.vigour) * (1 - 0.72 * thirst)
    green = green.clip(0, 0.98)
    return green, ((1 - green) * (dry + (1 - dry) * 0.5 * thirst)).astype(np.float32)


def flowering(place: Landscape, month: int) -> Array:
    """Return the degree of flowering of rapeseed, 0 to 1, (H, W)."""
    when = month + place.phase
    in_flower = np.exp(-np.square((when - 4.8) / 0.6)).astype(np.float32)
    return np.where(place.crop == _RAPESEED, in_flower, np.float32(0))


def flooded(place: Landscape, month: int) -> Array:
    """Return the share of ground under shallow water, 0 to 1, (H, W): rice at planting."""
    when = (month + place.phase - 5.3 + 6) % 12 - 6
    depth = np.exp(-np.square(when / 0.9)).astype(np.float32)
    return np.where(place.crop == _RICE, depth, np.float32(0))


def leaf_cover(place: Landscape, month: int) -> Array:
    """Return the leaf cover of broadleaved trees, 0 to 1, (H, W)."""
    evergreen = place.region.evergreen
    leaves = evergreen + (1 - evergreen) * float(_LEAVES[month - 1])
    return np.full(place.tree.shape, leaves, np.float32)


def autumn(place: Landscape, month: int) -> float:
    """Return the degree of autumn colour of leaves, 0 to 1."""
    turned = {9: 0.15, 10: 0.7, 11: 0.6}.get(month, 0.0)
    return turned * (1 - place.region.evergreen)


def snow_cover(place: Landscape, month: int) -> Array:
    """Return the share of open ground under snow, 0 to 1, (H, W)."""
    amount = place.snow * float(_WINTER[month - 1])
    if amount <= 0:
        return np.zeros(place.tree.shape, np.float32)
    return smoothstep(place.drift + np.float32(4 * amount - 2), -0.4, 0.4)


def sun(month: int, latitude: float = 48.0) -> tuple[float, float]:
    """Return azimuth and elevation of the sun in degrees at 10:30 local time.

    Args:
        month: 1 to 12.
        latitude: Degrees north.
    """
    declination = -23.4 * np.cos(2 * np.pi * (month - 0.5 + 0.35) / 12)
    hour_angle = np.radians(-22.5)
    lat, dec = np.radians(abs(latitude)), np.radians(declination)
    sine = np.sin(lat) * np.sin(dec) + np.cos(lat) * np.cos(dec) * np.cos(hour_angle)
    # Sentinel-2 takes no images at a lower sun.
    elevation = max(np.arcsin(sine), np.radians(10))
    east = -np.cos(dec) * np.sin(hour_angle)
    north = np.cos(lat) * np.sin(dec) - np.sin(lat) * np.cos(dec) * np.cos(hour_angle)
    azimuth = np.arctan2(east, north if latitude >= 0 else -north)
    return float(np.degrees(azimuth) % 360), float(np.degrees(elevation))


def shading(place: Landscape, azimuth: float, elevation: float, canopy: float = 9.0) -> Array:
    """Return the cosine of the angle of incidence of the light, relative to level ground.

    Args:
        place: The landscape; tree crowns count as higher ground.
        azimuth: Azimuth of the light, degrees from north.
        elevation: Elevation of the light, degrees.
        canopy: Height of a closed canopy in metres, as far as a 10 m pixel resolves it.
    """
    gy, gx = np.gradient(place.height + canopy * place.tree, 10.0)
    sun_elevation, sun_azimuth = np.radians(elevation), np.radians(azimuth)
    # Rows run south, so a rise towards the north is a negative gy.
    toward = gx * np.sin(sun_azimuth) - gy * np.cos(sun_azimuth)
    slope = np.sqrt(1 + gx * gx + gy * gy)
    cosine = (np.sin(sun_elevation) - toward * np.cos(sun_elevation)) / slope
    return np.asarray(cosine / np.sin(sun_elevation), dtype=np.float32)


def wetness(place: Landscape, month: int) -> float:
    """Return the usual wetness of the topsoil in a month, 0 to 1."""
    return float(0.75 - 0.55 * _SUMMER[month - 1] - 0.25 * place.region.aridity)
