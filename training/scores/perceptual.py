"""LPIPS as a score, if its weights are on this machine."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from training.scores.pixels import Doubles, Mask

if TYPE_CHECKING:
    from training.losses.perceptual import Lpips


def available() -> bool:
    """Return whether the weights exist."""
    # Imported lazily: torch takes seconds, and no other score needs it.
    from training.losses import perceptual

    return perceptual.available()


def lpips(found: Doubles, real: Doubles, valid: Mask) -> float:
    """Return the LPIPS of the true-colour images, both stretched from 0 to 3000 DN.

    Args:
        found: (4, H, W) DN: B02, B03, B04, B08.
        real: Likewise.
        valid: (H, W) pixels that count; the others are black in both.

    Returns:
        0 for identical images; NaN without valid pixels.

    Raises:
        BundleError: If the weights are missing.
    """
    import torch

    from training.losses.masks import Where

    network = _network()
    if not valid.any():
        return float("nan")
    a, b = (torch.from_numpy(np.nan_to_num(x)).float()[None] for x in (found, real))
    where = Where.of(torch.from_numpy(valid)[None, None], len(found))
    with torch.no_grad():
        return float(network(a, b, where).mean)


@lru_cache(maxsize=1)
def _network() -> Lpips:
    from training.losses.perceptual import Lpips

    return Lpips()
