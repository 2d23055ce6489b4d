"""Top-of-atmosphere images (level 1C) brought near to those of the surface (level 2A)."""

from __future__ import annotations

import numpy as np

from gac_core.bands import S2_BANDS
from training.data.pair import Array

CORRECTED = "L1C"
"""Level of a pair whose image is corrected here."""

_WAVELENGTHS = (443, 490, 560, 665, 705, 740, 783, 842, 865, 945, 1610, 2190)
"""Nanometres, of `S2_BANDS`."""

_BLUE = S2_BANDS.index("B02")

_DARK_SHARE = 1.0
"""Percent of the pixels that count as dark objects."""

_DARK = 150.0
"""DN of forest, water or shadow in blue at the surface."""

_CLEAREST_AND_HAZIEST = 0.0, 750.0
"""DN of path radiance in blue: where nothing is dark, bright ground must not pass for haze."""

_RAYLEIGH = 4.0


def subtract_haze(s2: Array) -> Array:
    """Return an image with the light that the air scatters taken away, by its dark objects.

    What dark pixels have in blue beyond what such ground has is path radiance. Other bands have
    less of it, by the fourth power of the wavelength, as in a very clear sky (Chavez 1988, "An
    improved dark-object subtraction technique", Remote Sensing of Environment 24). What the air
    absorbs is left as it is: colours come out right to some hundredths of reflectance, no better.

    Args:
        s2: (12, H, W) DN at the top of the atmosphere; NaN: unknown.

    Returns:
        (12, H, W) DN of about the surface, 1 at least.
    """
    blue = s2[_BLUE][np.isfinite(s2[_BLUE])]
    if not blue.size:
        return s2
    haze = float(np.clip(np.percentile(blue, _DARK_SHARE) - _DARK, *_CLEAREST_AND_HAZIEST))
    share = (_WAVELENGTHS[_BLUE] / np.array(_WAVELENGTHS)) ** _RAYLEIGH
    return np.maximum(s2 - (haze * share)[:, None, None], 1.0).astype(np.float32)
