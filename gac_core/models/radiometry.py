"""Scales on which stages 2 and 3 compute: root of reflectance, and multi-looked radar."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from gac_core.models.detail import local_mean
from gac_core.models.terramind import standardise_radar

LOOKS = (1.5, 5.0)
"""Sigmas in pixels of the local means beside the original radar: about 30 and 300 looks."""

RADAR_CHANNELS = 2 * (1 + len(LOOKS))
"""Channels of `radar_looks`."""

_FARTHEST = 100.0
"""Limit in dB beyond any radar measurement, so that invalid values do not dominate local means."""

_SCALE = 100.0
"""Square root of the DN of reflectance 1."""

_GAIN = 10.0
"""Scales the roots of most land reflectances, 0.01 to 0.4, to 1 to 6."""


def to_root(dn: Tensor) -> Tensor:
    """Return ten times the square root of reflectance.

    An error of a tenth of the value is about as large on dark as on bright ground, while in DN
    bright ground would dominate.

    Args:
        dn: DN of any shape; clamped to at least 1, below which there is no gradient.
    """
    return dn.clamp_min(1.0).sqrt() * (_GAIN / _SCALE)


def from_root(root: Tensor) -> Tensor:
    """Return DN, the inverse of `to_root`; negative values are clamped, without a gradient."""
    return (root.clamp_min(0.0) * (_SCALE / _GAIN)) ** 2


def radar_looks(s1_db: Tensor, modality: str | Sequence[str]) -> Tensor:
    """Return the original radar and two multi-looked versions, standardised.

    Speckle is multiplicative on power, so power is averaged (multi-looking).

    Args:
        s1_db: (B, 2, H, W) dB, without NaN.
        modality: `S1GRD` or `S1RTC`, or one per sample.

    Returns:
        (B, `RADAR_CHANNELS`, H, W).
    """
    db = s1_db.clamp(-_FARTHEST, _FARTHEST)
    power = torch.pow(10.0, db / 10)
    images = [db, *(10 * local_mean(power, sigma).log10() for sigma in LOOKS)]
    return torch.cat([standardise_radar(image, modality) for image in images], dim=1)
