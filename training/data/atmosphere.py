"""Approximate atmospheric correction of top-of-atmosphere images (level 1C to 2A)."""

from __future__ import annotations

import numpy as np

from gac_core.bands import S2_BANDS
from training.data.pair import Array

CORRECTED = "L1C"
"""Level of pairs that are corrected here."""

_WAVELENGTHS = (443, 490, 560, 665, 705, 740, 783, 842, 865, 945, 1610, 2190)
"""Wavelengths of `S2_BANDS` in nanometres."""

_BLUE = S2_BANDS.index("B02")

_DARK_SHARE = 1.0
"""Percentile of the pixels that count as dark objects."""

_DARK = 150.0
"""Blue surface DN of forest, water or shadow."""

_CLEAREST_AND_HAZIEST = 0.0, 750.0
"""Limits of the path radiance in blue, DN: without dark objects, bright ground must not pass for
haze."""

_RAYLEIGH = 4.0


def subtract_haze(s2: Array) -> Array:
    """Subtract the path radiance, estimated from dark objects.

    The excess of dark pixels in blue over the usual value of dark ground is path radiance. It
    decreases with the fourth power of the wavelength, as in a very clear sky (Chavez 1988, "An
    improved dark-object subtraction technique", Remote Sensing of Environment 24). Absorption is
    not corrected: colours are accurate to a few hundredths of reflectance.

    Args:
        s2: (12, H, W) DN at the top of the atmosphere; NaN: unknown.

    Returns:
        (12, H, W) approximate surface DN, at least 1.
    """
    blue = s2[_BLUE][np.isfinite(s2[_BLUE])]
    if not blue.size:
        return s2
    haze = float(np.clip(np.percentile(blue, _DARK_SHARE) - _DARK, *_CLEAREST_AND_HAZIEST))
    share = (_WAVELENGTHS[_BLUE] / np.array(_WAVELENGTHS)) ** _RAYLEIGH
    return np.maximum(s2 - (haze * share)[:, None, None], 1.0).astype(np.float32)
