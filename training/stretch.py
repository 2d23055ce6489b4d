"""Stretch that shows reflectance as colours: one for all images of a place, that of its real one.

A stretch of each band invents colours, and one of each stage makes stages look alike that are not.
The figures are the plugin's (`gac_qgis_plugin.display`), which nothing here can import.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

RADAR_DB = (-22.0, -2.0)
"""VV backscatter that is black, and that is white."""

BRIGHTEST = 1500.0
"""White in DN where there is no real image: a reflectance of 0.15."""

LEAST_WIDTH = 500.0
"""DN from black to white at least, so that noise over dark water is no pattern."""

SHARES = (0.02, 0.98)
"""Shares of the real image's values below black and below white."""

NODATA = 200
"""Grey of pixels without data."""

_RED_GREEN_BLUE = [2, 1, 0]

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Stretch:
    """The DN of the visible bands that are black and white.

    Attributes:
        low: DN that is black.
        high: DN that is white.
    """

    low: float = 0.0
    high: float = BRIGHTEST

    @classmethod
    def of(cls, real: npt.NDArray[Any]) -> Stretch:
        """Return the stretch from 2 to 98 % of an image's visible bands, all values together.

        Args:
            real: (4, H, W) DN: B02, B03, B04, B08; what is not finite does not count. Where
                nothing is, the stretch is the fixed one.
        """
        visible = real[_RED_GREEN_BLUE]
        values = visible[np.isfinite(visible)]
        if not values.size:
            return cls()
        low, high = (float(value) for value in np.quantile(values, SHARES))
        if high - low < LEAST_WIDTH:
            low = max((low + high - LEAST_WIDTH) / 2, 0.0)
            high = low + LEAST_WIDTH
        return cls(low, high)


def true_colour(dn: npt.NDArray[Any], stretch: Stretch) -> Pixels:
    """Return (H, W, 3) from (4, H, W) DN of B02, B03, B04, B08.

    A pixel of which one of the visible bands is not finite is grey.
    """
    return _bytes((dn[_RED_GREEN_BLUE] - stretch.low) / (stretch.high - stretch.low))


def radar(s1: npt.NDArray[Any]) -> Pixels:
    """Return (H, W, 3), grey, from (2, H, W) dB: VV."""
    low, high = RADAR_DB
    return _bytes(np.repeat((s1[:1] - low) / (high - low), 3, axis=0))


def _bytes(values: npt.NDArray[Any]) -> Pixels:
    """(H, W, 3) from (3, H, W) of 0 to 1."""
    known = np.isfinite(values).all(axis=0)
    shown = np.where(known, 255 * values.clip(0, 1), NODATA)
    return np.ascontiguousarray(shown.round().astype(np.uint8).transpose(1, 2, 0))
