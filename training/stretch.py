"""Stretch of reflectance to colours, shared by all images of a place.

A stretch per band would invent colours, and one per stage would make different stages look alike.
The numbers equal the plugin's (`gac_qgis_plugin.display`), which cannot be imported here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

RADAR_DB = (-22.0, -2.0)
"""VV backscatter shown as black and as white."""

MAX_DN = 1500.0
"""DN shown as white without a real image: a reflectance of 0.15."""

MIN_WIDTH = 500.0
"""Minimum DN from black to white, so that noise over dark water shows no pattern."""

QUANTILES = (0.02, 0.98)
"""Shares of the real image's values below black and below white."""

NODATA = 200
"""Grey of nodata pixels."""

_RED_GREEN_BLUE = [2, 1, 0]

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Stretch:
    """Range of DN shown from black to white in the visible bands.

    Attributes:
        low: DN shown as black.
        high: DN shown as white.
    """

    low: float = 0.0
    high: float = MAX_DN

    @classmethod
    def of(cls, real: npt.NDArray[Any]) -> Stretch:
        """Return the stretch from 2 to 98 % of an image's visible bands, all values together.

        Args:
            real: (4, H, W) DN: B02, B03, B04, B08; non-finite values are ignored. Without finite
                values the default stretch is returned.
        """
        visible = real[_RED_GREEN_BLUE]
        values = visible[np.isfinite(visible)]
        if not values.size:
            return cls()
        low, high = (float(value) for value in np.quantile(values, QUANTILES))
        if high - low < MIN_WIDTH:
            low = max((low + high - MIN_WIDTH) / 2, 0.0)
            high = low + MIN_WIDTH
        return cls(low, high)


def true_colour(dn: npt.NDArray[Any], stretch: Stretch) -> Pixels:
    """Return (H, W, 3) from (4, H, W) DN of B02, B03, B04, B08.

    Pixels with a non-finite visible band are grey.
    """
    return _bytes((dn[_RED_GREEN_BLUE] - stretch.low) / (stretch.high - stretch.low))


def radar(s1: npt.NDArray[Any]) -> Pixels:
    """Return VV as grey (H, W, 3) from (2, H, W) dB."""
    low, high = RADAR_DB
    return _bytes(np.repeat((s1[:1] - low) / (high - low), 3, axis=0))


def _bytes(values: npt.NDArray[Any]) -> Pixels:
    """Return (H, W, 3) from (3, H, W) of 0 to 1."""
    finite = np.isfinite(values).all(axis=0)
    scaled = np.where(finite, 255 * values.clip(0, 1), NODATA)
    return np.ascontiguousarray(scaled.round().astype(np.uint8).transpose(1, 2, 0))
