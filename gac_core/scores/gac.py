"""The GAC score, and CFOG beside it, from sums over an area.

Channel features of orientated gradients, after Ye, Bruzzone, Shan, Bovolo, Zhu, "Fast and robust
matching for multimodal remote sensing image registration", IEEE TGRS 57 (2019). Train on one of the
two measures, validate and stop on the other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, minimum_filter

Doubles = NDArray[np.float64]
Mask = NDArray[np.bool_]
ALPHA = 2.0
"""Decay of the weights in pixels."""

SIGMA_GRADIENT = 1.5
"""Sigma of the optical image's Gaussian derivative, in pixels."""
SIGMA_TENSOR = 2.0
"""Smoothing of the tensor, in pixels."""
TRUNCATE = 4.0
"""Truncation of Gaussians, in sigmas."""


def roewa(power: Doubles, valid: Mask, alpha: float = ALPHA) -> Doubles:
    """Return ROEWA log-ratio gradients.

    g_x = ln(M₊ₓ / M₋ₓ), where M₊ₓ averages the half plane right of the pixel with weights exp(-(|x|
    + |y|) / alpha) and M₋ₓ the one left of it; g_y likewise, below against above. Only valid pixels
    are averaged; the pixel itself belongs to neither side.

    Args:
        power: (C, H, W) linear power, above 0 where `valid`.
        valid: (H, W).
        alpha: Decay of the weights in pixels.

    Returns:
        (C, 2, H, W) g_x, g_y (natural logarithm); 0 where a side has no valid pixel.
    """
    decay = float(np.exp(-1.0 / alpha))
    stacked = np.concatenate([np.where(valid, power, 0.0), valid[None].astype(np.float64)])
    gradients = np.zeros((power.shape[0], 2, *valid.shape))
    for number, (along, across) in enumerate(((2, 1), (1, 2))):
        smooth = stacked + _before(stacked, decay, across) + _after(stacked, decay, across)
        low, high = _before(smooth, decay, along), _after(smooth, decay, along)
        # With a vanishing weight all valid pixels are tens of pixels away: no gradient.
        is_valid = (low[-1] > WEIGHT_FLOOR) & (high[-1] > WEIGHT_FLOOR)
        ratio = np.ones_like(power)
        np.divide(high[:-1] * low[-1], low[:-1] * high[-1], out=ratio, where=is_valid)
        gradients[:, number] = np.log(ratio)
    return gradients


WEIGHT_FLOOR = 1e-3
"""Total weight below which an average is undefined (a full half plane has some 6)."""


def _before(values: Doubles, decay: float, axis: int) -> Doubles:
    """Return the sum of decay^n times the value n pixels before, for n from 1 on."""
    # A plain loop, since importing scipy.signal takes longer than scoring a scene.
    lines = np.ascontiguousarray(np.moveaxis(values, axis, 0))
    summed = np.zeros_like(lines)
    for number in range(1, len(lines)):
        np.add(summed[number - 1], lines[number - 1], out=summed[number])
        summed[number] *= decay
    return np.moveaxis(summed, 0, axis)


def _after(values: Doubles, decay: float, axis: int) -> Doubles:
    """Return the sum of decay^n times the value n pixels after, for n from 1 on."""
    return np.flip(_before(np.flip(values, axis), decay, axis), axis)


def log_gradient(dn: Doubles, valid: Mask, sigma: float = SIGMA_GRADIENT) -> Doubles:
    """Return Gaussian-derivative gradients of log-reflectance.

    Normalised convolution (Knutsson & Westin 1993): the derivative of the weighted mean over valid
    pixels, so that nodata creates no edges. Where all pixels are valid it equals the plain
    derivative.

    Args:
        dn: (C, H, W) reflectance DN, above 0 where `valid`.
        valid: (H, W).
        sigma: Sigma in pixels.

    Returns:
        (C, 2, H, W) g_x, g_y; 0 where there is no valid pixel nearby.
    """
    weight = valid.astype(np.float64)
    mean_weight = _gauss(weight, sigma)
    slopes = [_gauss(weight, sigma, order) for order in ORDERS]
    near = mean_weight > WEIGHT_FLOOR
    gradients = np.zeros((dn.shape[0], 2, *valid.shape))
    for band, values in enumerate(dn):
        logs = np.log(values, out=np.zeros_like(values), where=valid)
        mean = _gauss(logs, sigma)
        for axis, (order, slope) in enumerate(zip(ORDERS, slopes, strict=True)):
            top = _gauss(logs, sigma, order) * mean_weight - mean * slope
            np.divide(top, mean_weight**2, out=gradients[band, axis], where=near)
    return gradients


ORDERS = ((0, 1), (1, 0))
"""Derivative orders (y, x) of g_x and g_y."""


def orientation(gradients: Doubles, sigma: float = SIGMA_TENSOR) -> Doubles:
    """Return the orientation of edges as a doubled-angle vector.

    J = Σ g·gᵀ over channels, smoothed; a = (J₁₁ - J₂₂, 2·J₁₂). The doubled angle makes
    bright-to-dark equal to dark-to-bright: it is invariant to contrast reversal (structure tensor,
    Bigün & Granlund 1987; for comparing images: Haber & Modersitzki 2006).

    Args:
        gradients: (C, 2, H, W) g_x, g_y.
        sigma: Sigma in pixels.

    Returns:
        (2, H, W).
    """
    gx, gy = gradients[:, 0], gradients[:, 1]
    return np.stack(
        [
            _gauss((gx * gx - gy * gy).sum(axis=0), sigma),
            _gauss(2.0 * (gx * gy).sum(axis=0), sigma),
        ]
    )


def _gauss(values: Doubles, sigma: float, order: tuple[int, int] = (0, 0)) -> Doubles:
    """Apply a Gaussian filter (H, W), with zeros outside the array."""
    filtered: Doubles = gaussian_filter(
        values, sigma, order=order, mode="constant", cval=0.0, truncate=TRUNCATE
    )
    return filtered


CHANNELS = 9
"""Orientations from 0 to 180 degrees, as in the paper."""
SIGMA = 2.0
"""Spatial smoothing in pixels, equal to that of the orientation tensor."""
TINY = 1e-6
"""Length (log-ratio) below which gradients are rounding errors of a flat image."""

BORDER = int(SIGMA_TENSOR * TRUNCATE)
"""Minimum distance of scored pixels from nodata: the support of the tensor's smoothing."""
DN_FLOOR = 100.0
"""Minimum DN, a reflectance of 0.01. Over water and in shadow atmospheric correction gives anything
from 1 to 100, and the logarithm would make that noise the strongest edge of the image.
"""
FLAT = 1e-12
"""Mean squared length of the vectors below which an image has no edges to compare."""

WHOLE = (slice(None), slice(None))
REAL_MEAN = 0.36
REAL_HIGH = 0.65
"""Mean and 95th percentile of the score of real Sentinel-2 images.

Measured on 44 real pairs from eight countries (docs/score.md). More is not better: an image that
copies the radar including its speckle scores 0.89, so a score above `REAL_HIGH` is a reason to
look.
"""


def cfog(gradients: Doubles) -> Doubles:
    """Return descriptors of the gradients around each pixel.

    Magnitudes |cos θ·g_x + sin θ·g_y| for each orientation θ (the absolute value makes them
    invariant to contrast reversal), summed over bands, smoothed spatially with a Gaussian and
    across neighbouring orientations with 1-2-1, scaled to length 1.

    Args:
        gradients: (C, 2, H, W) g_x, g_y.

    Returns:
        (9, H, W); 0 where there is no gradient.
    """
    angles = np.arange(CHANNELS) * np.pi / CHANNELS
    channels = np.empty((CHANNELS, *gradients.shape[2:]))
    for out, angle in zip(channels, angles, strict=True):
        along = np.cos(angle) * gradients[:, 0] + np.sin(angle) * gradients[:, 1]
        summed = np.abs(along).sum(axis=0)
        gaussian_filter(summed, SIGMA, mode="constant", truncate=TRUNCATE, output=out)
    # Orientations are circular: 180 degrees equals 0 degrees.
    smooth = 2.0 * channels + np.roll(channels, 1, axis=0) + np.roll(channels, -1, axis=0)
    length = np.sqrt((smooth**2).sum(axis=0))
    descriptors: Doubles = smooth / np.maximum(length, TINY)
    return descriptors


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
    s1_db: Doubles,
    dn: Doubles,
    core: tuple[slice, slice],
    skipped: Mask | None = None,
    *,
    features: bool = True,
) -> AgreementSums:
    """Return the sums of one piece.

    Args:
        s1_db: (2, H, W) backscatter in dB, NaN for nodata.
        dn: (4, H, W) reflectance DN, NaN for nodata.
        core: Rows and columns whose pixels to sum; the rest is context.
        skipped: Pixels (H, W) that are context wherever they are; None: none.
        features: Include CFOG's sums, which doubles the time.
    """
    valid, far = _valid(s1_db, dn)
    scored = (far if skipped is None else far & ~skipped)[core]
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


def gac_score(s1_db: NDArray[Any], optical_dn: NDArray[Any]) -> float:
    """Return the GAC score of an in-memory image pair.

    Args:
        s1_db: (2, H, W) Sentinel-1 backscatter in dB, NaN for nodata.
        optical_dn: (4, H, W) reflectance DN (B02, B03, B04, B08) on the same pixels; nodata is NaN,
            or 0 in integer arrays.

    Returns:
        -1 to 1, near 0 for unrelated images; NaN if there is nothing to compare: a flat image, or
        no pixel 8 px away from all nodata.

    Raises:
        ValueError: If the shapes do not match.
    """
    if s1_db.ndim != 3 or s1_db.shape[0] != 2 or optical_dn.shape != (4, *s1_db.shape[1:]):
        raise ValueError(f"shapes {s1_db.shape} and {optical_dn.shape}; not (2, H, W), (4, H, W)")
    return agreement(s1_db.astype(np.float64), mark_nodata(optical_dn), WHOLE, features=False).gac()


def mark_nodata(dn: NDArray[Any]) -> Doubles:
    """Return DN as float64 with NaN for nodata, which is 0 in integer arrays."""
    values = dn.astype(np.float64)
    if np.issubdtype(dn.dtype, np.integer):
        values[values == 0] = np.nan
    return values


def above_real(score: float) -> bool:
    """Return whether a score exceeds 95 of 100 real images', which suggests a copy of the radar."""
    return score > REAL_HIGH
