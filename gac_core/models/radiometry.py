"""The scales on which stages 2 and 3 compute: roots of reflectance, and radar of several looks."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from gac_core.models.detail import local_mean
from gac_core.models.terramind import standardise_radar

LOOKS = (1.5, 5.0)
"""Sigma in pixels of the means beside the radar as it is: of some 30, and of some 300, looks."""

RADAR_CHANNELS = 2 * (1 + len(LOOKS))
"""Channels of `radar_looks`."""

_FARTHEST = 100.0
"""dB beyond which no radar measures; what a file holds there must not outshine its surroundings."""

_SCALE = 100.0
"""Root of the DN that is 1 on the root scale: reflectance 1."""

_GAIN = 10.0
"""Brings most of the land's reflectances, 0.01 to 0.4, to 1 to 6."""


def to_root(dn: Tensor) -> Tensor:
    """Return ten times the square root of reflectance.

    An error of a tenth of the value is about as large on dark ground as on bright, where in DN
    bright ground would count alone.

    Args:
        dn: DN of any shape; below 1 it counts as 1, where the root's gradient ends.
    """
    return dn.clamp_min(1.0).sqrt() * (_GAIN / _SCALE)


def from_root(root: Tensor) -> Tensor:
    """Return DN, the inverse of `to_root`; what is below zero is dark, and gets no gradient."""
    return (root.clamp_min(0.0) * (_SCALE / _GAIN)) ** 2


def radar_looks(s1_db: Tensor, modality: str | Sequence[str]) -> Tensor:
    """Return the radar as it is, and freed of speckle at two scales, standardised.

    Speckle is a factor on power, so power is what is averaged (multi-looking).

    Args:
        s1_db: (B, 2, H, W) dB, without NaN.
        modality: `S1GRD` or `S1RTC`; or that of each sample.

    Returns:
        (B, `RADAR_CHANNELS`, H, W).
    """
    db = s1_db.clamp(-_FARTHEST, _FARTHEST)
    power = torch.pow(10.0, db / 10)
    images = [db, *(10 * local_mean(power, sigma).log10() for sigma in LOOKS)]
    return torch.cat([standardise_radar(image, modality) for image in images], dim=1)
