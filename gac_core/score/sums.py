"""Sums for both scores, so that an area can be scored piece by piece."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy.ndimage import minimum_filter

from gac_core.score.cfog import CHANNELS, cfog
from gac_core.score.orientation import SIGMA_TENSOR, TRUNCATE, log_gradient, orientation
from gac_core.score.roewa import Doubles, Mask, roewa

BORDER = int(SIGMA_TENSOR * TRUNCATE)
"""Minimum distance of scored pixels from nodata: the support of the tensor's smoothing."""

DN_FLOOR = 100.0
"""Minimum DN, a reflectance of 0.01. Over water and in shadow atmospheric correction gives anything
from 1 to 100, and the logarithm would make that noise the strongest edge of the image.
"""

FLAT = 1e-12
"""Mean squared length of the vectors below which an image has no edges to compare."""


@dataclass
class AgreementSums:
    """Sums over scored pixels, combined with `+=`.

    Attributes:
        cross: Σ a_sar·a_opt of the orientation vectors.
        sar: Σ |a_sar|².
        optical: Σ |a_opt|².
        pixels: Number of pixels.
        features: Σ of CFOG products and squares: Σ d_sar·d_opt, Σ |d_sar|², Σ |d_opt|².
        means: (2, 9) Σ d_sar and Σ d_opt per channel.
    """

    cross: float = 0.0
    sar: float = 0.0
    optical: float = 0.0
    pixels: int = 0
    features: Doubles = field(default_factory=lambda: np.zeros(3))
    means: Doubles = field(default_factory=lambda: np.zeros((2, CHANNELS)))

    def __iadd__(self, other: AgreementSums) -> AgreementSums:
        self.cross += other.cross
        self.sar += other.sar
        self.optical += other.optical
        self.pixels += other.pixels
        self.features = self.features + other.features
        self.means = self.means + other.means
        return self

    def gac(self) -> float:
        """Return Σ a_sar·a_opt / √(Σ|a_sar|²·Σ|a_opt|²), -1 to 1; NaN if either image is flat."""
        if not self.pixels or min(self.sar, self.optical) < FLAT * self.pixels:
            return float("nan")
        return float(self.cross / np.sqrt(self.sar * self.optical))

    def cfog(self) -> float:
        """Return the correlation of the centred CFOG descriptors; NaN if either image is flat."""
        if not self.pixels:
            return float("nan")
        sar, optical = self.means
        shared = np.array([sar @ optical, sar @ sar, optical @ optical]) / self.pixels
        cross, a, b = self.features - shared
        if min(a, b) < FLAT * self.pixels:
            return float("nan")
        return float(cross / np.sqrt(a * b))


def agreement(
    s1_db: Doubles, dn: Doubles, core: tuple[slice, slice], *, features: bool = True
) -> AgreementSums:
    """Return the sums of one piece.

    Args:
        s1_db: (2, H, W) backscatter in dB, NaN for nodata.
        dn: (4, H, W) reflectance DN, NaN for nodata.
        core: Rows and columns whose pixels to sum; the rest is context.
        features: Include CFOG's sums, which doubles the time.
    """
    valid, far = _valid(s1_db, dn)
    scored = far[core]
    if not scored.any():
        return AgreementSums()
    sar, optical = _gradients(s1_db, dn, valid)
    a, b = (orientation(g)[(..., *core)][:, scored] for g in (sar, optical))
    sums = AgreementSums(
        cross=float((a * b).sum()),
        sar=float((a * a).sum()),
        optical=float((b * b).sum()),
        pixels=int(scored.sum()),
    )
    if features:
        d, e = (cfog(g)[(..., *core)][:, scored] for g in (sar, optical))
        sums.features = np.array([(d * e).sum(), (d * d).sum(), (e * e).sum()])
        sums.means = np.stack([d.sum(axis=1), e.sum(axis=1)])
    return sums


def directions(s1_db: Doubles, dn: Doubles) -> tuple[Doubles, Doubles, Mask] | None:
    """Return the orientation vectors (2, H, W) of radar and optical image, and the scored pixels.

    See `agreement` for the arguments. None: no pixel is scored.
    """
    valid, far = _valid(s1_db, dn)
    if not far.any():
        return None
    sar, optical = _gradients(s1_db, dn, valid)
    return orientation(sar), orientation(optical), far


def _valid(s1_db: Doubles, dn: Doubles) -> tuple[Mask, Mask]:
    """Return the pixels with data, and those that are also far enough from nodata."""
    valid: Mask = np.isfinite(np.concatenate([s1_db, dn])).all(axis=0)
    eroded: Mask = np.empty_like(valid)
    minimum_filter(valid, 2 * BORDER + 1, mode="constant", cval=False, output=eroded)
    return valid, eroded


def _gradients(s1_db: Doubles, dn: Doubles, valid: Mask) -> tuple[Doubles, Doubles]:
    power = np.power(10.0, np.where(valid, s1_db, 0.0) / 10.0)
    clamped = np.where(valid, np.maximum(dn, DN_FLOOR), 1.0)
    return roewa(power, valid), log_gradient(clamped, valid)
