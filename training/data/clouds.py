"""Simulated clouds and their shadows: masks with the shapes, sizes and shares of real ones.

Clouds are where a Gaussian random field exceeds a threshold, the usual stochastic model of a cloud
field (Barker and Davies 1992, "Cumulus cloud radiative properties and the characteristics of
satellite radiance wavenumber spectra", Remote Sensing of Environment 42; for simulated training
data Czerkawski et al. 2023, "SatelliteCloudGenerator", Remote Sensing 15). Its power falls with the
wavenumber k as (k² + k₀²)^-(H + 1), von Kármán's spectrum: a fractal surface with Hurst exponent H,
uncorrelated over distances much larger than 1 / k₀. Contours of such a surface have the dimension
2 - H (Mandelbrot 1982), and cloud edges 1.35, from 1 to 1000 km² and below (Lovejoy 1982,
"Area-perimeter relation for rain and cloud areas", Science 216): H is 0.65.

Shadows are the same field, shifted away from the sun by the clouds' height times the cotangent of
the sun's elevation.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.fft import irfft2, next_fast_len, rfft2
from scipy.ndimage import maximum_filter

from gac_core.grid import PIXEL
from training.data.pair import name_hash

Mask = npt.NDArray[np.bool_]

HURST = 0.65
"""Hurst exponent of the field."""
HEIGHTS = 500.0, 2000.0
"""Range of the clouds' heights in metres: low clouds, which break up the most."""

_HALF = 0.8858
"""Distance, in units of 1 / k₀, at which the field's correlation (Matérn's with ν = `HURST`) is a
half."""
_LOWEST_SUN = 20.0
"""Elevation in degrees below which shadows are not drawn longer: Sentinel-2 is processed for solar
zenith angles up to 70°."""
_TIME = -22.5
"""Hour angle of the sun at Sentinel-2's passes, 10:30 local solar time, in degrees."""
_DEFAULT_LATITUDE, _DEFAULT_MONTH = 45.0, 6


@dataclass(frozen=True)
class Sun:
    """Direction to the sun.

    Attributes:
        elevation: Degrees above the horizon.
        azimuth: Degrees from north, clockwise.
    """

    elevation: float
    azimuth: float

    @classmethod
    def at(cls, latitude: float | None, month: int) -> Sun:
        """Return the sun at Sentinel-2's passes in the middle of a month.

        The declination is Cooper's (1969), 23.45° · sin(360° · (284 + day) / 365).

        Args:
            latitude: Degrees; None: unknown, taken as 45° N.
            month: 1 to 12 of the northern season (`gac_core.places.local_month`), which on the
                southern hemisphere mirrors the latitude; 0: unknown, taken as June.
        """
        lat = math.radians(abs(_DEFAULT_LATITUDE if latitude is None else latitude))
        day = 30.4 * ((month or _DEFAULT_MONTH) - 0.5)
        declination = math.radians(23.45 * math.sin(math.radians(360 * (284 + day) / 365)))
        hour = math.radians(_TIME)
        height = math.sin(lat) * math.sin(declination)
        height += math.cos(lat) * math.cos(declination) * math.cos(hour)
        east = -math.cos(declination) * math.sin(hour)
        north = math.sin(declination) * math.cos(lat)
        north -= math.cos(declination) * math.sin(lat) * math.cos(hour)
        if latitude is not None and latitude < 0:
            north = -north
        return cls(math.degrees(math.asin(height)), math.degrees(math.atan2(east, north)) % 360)


def simulate_clouds(
    shape: tuple[int, int],
    share: float,
    size: float,
    name: str,
    sun: Sun | None = None,
    *,
    margin: float = 0.0,
) -> Mask:
    """Return the mask (H, W) of pixels of 10 m that are under a cloud or in its shadow.

    Args:
        shape: H and W; rows run from north to south.
        share: Share of the pixels that are covered, 0 to 1.
        size: Size of the clouds in metres: width of the field's correlation at half its maximum.
        name: Name of the place, or of the draw; the same name gives the same clouds.
        sun: Direction to the sun; None: as at 45° N in June.
        margin: Metres by which clouds and shadows are grown; the share counts it.

    Raises:
        ValueError: If the share is not from 0 to 1, or the size is not positive.
    """
    if not 0 <= share <= 1 or not size > 0:
        raise ValueError(f"share {share}, size {size}")
    count = round(share * shape[0] * shape[1])
    covered = np.zeros(shape, bool)
    if count == 0:
        return covered
    rng = np.random.default_rng(name_hash(name))
    sun = sun or Sun.at(None, 0)
    field = _field(shape, size / PIXEL, rng)
    reach = rng.uniform(*HEIGHTS) / PIXEL / math.tan(math.radians(max(sun.elevation, _LOWEST_SUN)))
    angle = math.radians(sun.azimuth)
    # Away from the sun: south where it stands in the north. The field is periodic, so that shadows
    # of clouds beyond the image fall into it.
    shift = round(reach * math.cos(angle)), round(-reach * math.sin(angle))
    depth = np.maximum(field, np.roll(field, shift, (0, 1)))
    if margin > 0:
        depth = maximum_filter(depth, footprint=_disc(margin / PIXEL), mode="wrap")
    depth = depth[: shape[0], : shape[1]]
    covered.flat[np.argsort(-depth, axis=None, kind="stable")[:count]] = True
    return covered


def _field(
    shape: tuple[int, int], size: float, rng: np.random.Generator
) -> npt.NDArray[np.float64]:
    """Return a periodic random field, larger than an image so that opposite edges do not agree."""
    height, width = (next_fast_len(side + math.ceil(2 * size), real=True) for side in shape)
    rows = 2 * np.pi * np.fft.fftfreq(height)[:, None]
    cols = 2 * np.pi * np.fft.rfftfreq(width)
    lowest = 2 * _HALF / size
    amplitude = (rows**2 + cols**2 + lowest**2) ** (-(HURST + 1) / 2)
    amplitude[0, 0] = 0.0
    noise = rng.standard_normal((height, width))
    field: npt.NDArray[np.float64] = irfft2(rfft2(noise) * amplitude, s=(height, width))
    return field


def _disc(radius: float) -> Mask:
    reach = int(radius)
    rows, cols = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    disc: Mask = rows**2 + cols**2 <= radius**2
    return disc
