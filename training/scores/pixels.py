"""Scores of pixels, and of an image's power and contrast at each scale.

PSNR, SSIM and GAC hardly detect blur. Scores by scale do: a blurred image lacks power at its finest
scales and local contrast, noise has too much of both.

They put a model's scores into perspective: noise and flipped images score 0, a copy of the radar
scores highest, and blur does not affect GAC.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from gac_core.band_statistics import REFLECTANCE_SCALE
from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.scores.gac import WHOLE, agreement

Image = NDArray[Any]
Doubles = NDArray[np.float64]
Mask = NDArray[np.bool_]
_RED, _NIR = OUTPUT_BANDS.index("B04"), OUTPUT_BANDS.index("B08")

BLOCK = 64
"""Side in pixels of the blocks whose spectra are averaged; the minimum size of an image."""
OCTAVES = ((2, 4), (4, 8), (8, 16), (16, 32), (32, 64))
"""Wavelengths in pixels, finest first."""
REACH = 8.0
"""Sigma in pixels of the local mean for local contrast: half a token."""
ROUNDING = 1 / 12
"""Variance of rounding to integer DN, added to keep the logarithm of a flat image's power
finite."""
Case = tuple[Doubles, Doubles]
"""Radar image (2, H, W) in dB and optical image (4, H, W) in DN."""
SHIFT = 8
"""Shift in pixels."""
BLUR = 2.0
"""Sigma in pixels of the Gaussian that blurs the real image, removing detail finer than 50 m."""


def psnr(image: Image, real: Image, valid: Mask) -> float:
    """Return the peak signal-to-noise ratio in dB for a peak of 10000 DN: 20·log10(10000 / RMSE).

    Args:
        image: (C, H, W) DN.
        real: Likewise.
        valid: (H, W) pixels to compare.

    Returns:
        Infinite for identical images; NaN without valid pixels.
    """
    error = _spectra(image, valid) - _spectra(real, valid)
    if not error.size:
        return float("nan")
    mean = float(np.mean(error**2))
    return float("inf") if mean == 0 else float(10 * np.log10(REFLECTANCE_SCALE**2 / mean))


def sam(image: Image, real: Image, valid: Mask) -> float:
    """Return the mean spectral angle in degrees (Kruse et al. 1993), ignoring zero spectra.

    Returns:
        0 to 180; NaN if no pixel has a spectrum in both images.
    """
    a, b = _spectra(image, valid), _spectra(real, valid)
    lengths = np.linalg.norm(a, axis=0) * np.linalg.norm(b, axis=0)
    lit = lengths > 0
    if not lit.any():
        return float("nan")
    cosine = (a * b).sum(axis=0)[lit] / lengths[lit]
    return float(np.degrees(np.arccos(cosine.clip(-1, 1))).mean())


def ergas(image: Image, real: Image, valid: Mask) -> float:
    """Return the relative error over the bands in percent (Wald 2000), for equal resolutions.

    100·√(mean over bands of (RMSE / mean of the real band)²).

    Returns:
        0 or more; NaN without valid pixels, or if a real band is 0 throughout.
    """
    a, b = _spectra(image, valid), _spectra(real, valid)
    if not b.size or not (means := b.mean(axis=1)).all():
        return float("nan")
    squares = ((a - b) ** 2).mean(axis=1)
    return float(100 * np.sqrt(np.mean(squares / means**2)))


def biases(image: Image, real: Image, valid: Mask) -> Doubles:
    """Return each band's bias in percent: mean of the image over the real one's, less 1.

    The relative form of the mean error (MBE) that is usual for reflectances; positive if the image
    is too bright.

    Returns:
        (C,); NaN without valid pixels, or where a real band is 0 throughout.
    """
    a, b = _spectra(image, valid), _spectra(real, valid)
    if not b.size:
        return np.full(len(image), np.nan)
    mean, target = a.mean(axis=1), b.mean(axis=1)
    share = np.divide(mean, target, out=np.full_like(mean, np.nan), where=target > 0)
    return 100 * (share - 1)


def ndvi_mae(image: Image, real: Image, valid: Mask) -> float:
    """Return the mean absolute error of NDVI, ignoring pixels without red and near infrared.

    Args:
        image: (4, H, W) DN: B02, B03, B04, B08.
        real: Likewise.
        valid: (H, W) pixels to compare.

    Returns:
        0 to 2; NaN without valid pixels.
    """
    indices = []
    for each in (image, real):
        red, nir = _spectra(each, valid)[[_RED, _NIR]].clip(min=0)
        total = red + nir
        indices.append(
            np.divide(nir - red, total, out=np.full_like(total, np.nan), where=total > 0)
        )
    error = np.abs(indices[0] - indices[1])
    finite = np.isfinite(error)
    return float(error[finite].mean()) if finite.any() else float("nan")


def _spectra(image: Image, valid: Mask) -> Doubles:
    """Return the values (C, n) of the valid pixels."""
    return image[:, valid].astype(np.float64)


def power_ratios(image: Image, real: Image, valid: Mask) -> Doubles:
    """Return log2 of an image's power over the real one's, by band and octave of wavelengths.

    Radially averaged power spectra by Welch's method (Welch 1967): blocks of 64 px overlapping by
    half, each less its weighted mean and with a Hann window; blocks with an unknown pixel are
    skipped, so that masks leave no edges. White noise has its variance at each frequency.

    Args:
        image: (C, H, W) DN.
        real: Likewise.
        valid: (H, W) pixels to compare.

    Returns:
        (C, 5) for `OCTAVES`: 0 as in the real image, -1 half of its power, 1 twice. NaN if no whole
        block is known.
    """
    corners = [
        (row, col)
        for row, col in product(*(_starts(side) for side in valid.shape))
        if valid[row : row + BLOCK, col : col + BLOCK].all()
    ]
    if not corners:
        return np.full((len(image), len(OCTAVES)), np.nan)
    ratios: Doubles = np.log2(_power(image, corners) / _power(real, corners))
    return ratios


def spectrum_error(ratios: Doubles) -> float:
    """Return the mean over bands and octaves of the absolute log2-ratio of power (`power_ratios`).

    Returns:
        0 for the real image's spectrum, 1 if every octave has half or twice its power.
    """
    return float(np.abs(ratios).mean())


def contrast_ratios(image: Image, real: Image, valid: Mask) -> Doubles:
    """Return the local contrast of each band over the real image's.

    Local contrast is the standard deviation from the Gaussian mean within 8 px (sigma) over known
    pixels: the square root of the contrast term's variance in SSIM (Wang et al. 2004) over a wider
    window, without the covariance, so that the location of details does not count.

    Args:
        image: (C, H, W) DN.
        real: Likewise.
        valid: (H, W) pixels to compare.

    Returns:
        (C,): 1 as in the real image, 0.5 half of its contrast. NaN without valid pixels.
    """
    if not valid.any():
        return np.full(len(image), np.nan)
    a, b = ((_detail(x, valid)[:, valid] ** 2).mean(axis=1) + ROUNDING for x in (image, real))
    ratios: Doubles = np.sqrt(a / b)
    return ratios


def contrast_error(ratios: Doubles) -> float:
    """Return the mean over bands of the absolute log2-ratio of contrast (`contrast_ratios`).

    Returns:
        0 for the real image's contrast, 1 if each band has half or twice as much.
    """
    return float(np.abs(np.log2(ratios)).mean())


def blurred(image: Doubles, sigma: float) -> Doubles:
    """Return the Gaussian mean of an image (C, H, W) over known pixels; NaN stays."""
    finite = np.isfinite(image)
    reach = (0.0, sigma, sigma)
    # One weight suffices if all bands lack the same pixels, as they mostly do.
    same_mask = bool((finite == finite[:1]).all())
    weight = gaussian_filter(finite[: 1 if same_mask else None].astype(np.float64), reach)
    total = gaussian_filter(np.where(finite, image, 0.0), reach)
    weight = np.broadcast_to(weight, total.shape)
    return np.divide(total, weight, out=np.full(image.shape, np.nan), where=finite)


def _starts(side: int) -> list[int]:
    """Return the first pixels of the blocks along a side; the last block ends at the edge."""
    last = side - BLOCK
    return [] if last < 0 else sorted({*range(0, last + 1, BLOCK // 2), last})


def _power(image: Image, corners: list[tuple[int, int]]) -> Doubles:
    """Return the mean power (C, 5) of the octaves in DN², including that of rounding."""
    hann = np.hanning(BLOCK + 1)[:-1]
    window = np.outer(hann, hann)
    total = np.zeros((len(image), BLOCK, BLOCK))
    for row, col in corners:
        block = image[:, row : row + BLOCK, col : col + BLOCK].astype(np.float64)
        block -= (block * window).sum(axis=(1, 2), keepdims=True) / window.sum()
        total += np.abs(np.fft.fft2(block * window)) ** 2
    total /= len(corners) * (window**2).sum()
    return np.stack([total[:, ring].mean(axis=1) for ring in _rings()], axis=1) + ROUNDING


def _rings() -> list[NDArray[np.bool_]]:
    """Return the frequency masks (64, 64) of the octaves."""
    each = np.fft.fftfreq(BLOCK)
    radius = np.hypot(each[:, None], each[None, :])
    return [(radius >= 1 / long) & (radius < 1 / short) for short, long in OCTAVES]


def _detail(image: Image, valid: Mask) -> Doubles:
    """Return an image (C, H, W) less its local mean."""
    masked = np.where(valid, image, np.nan).astype(np.float64)
    return masked - blurred(masked, REACH)


def reference_scores(
    s1: NDArray[Any], real: NDArray[Any], *, seed: int = 0
) -> dict[str, list[tuple[float, float]]]:
    """Return GAC and CFOG of each reference image of a pair.

    Args:
        s1: (2, H, W) backscatter in dB, NaN for nodata.
        real: (4, H, W) DN of the real image, NaN for nodata.
        seed: Seed of the noise.

    Returns:
        GAC and CFOG of each case, by kind of image; NaN where undefined.
    """
    cases = reference_cases(s1.astype(np.float64), real.astype(np.float64), seed=seed)
    return {kind: [gac_and_cfog(*case) for case in group] for kind, group in cases.items()}


def reference_cases(s1: Doubles, real: Doubles, *, seed: int = 0) -> dict[str, list[Case]]:
    """Return the reference images of a pair, each with its radar image."""
    rng = np.random.default_rng(seed)
    power = 10 ** (s1 / 10)
    speckled = 10 * np.log10(power * rng.exponential(size=s1.shape))
    flips = [real[:, ::-1], real[:, :, ::-1], real[:, ::-1, ::-1]]
    return {
        "real": [(s1, real)],
        "real, contrast reversed": [(s1, 1e7 / np.maximum(real, 1.0))],
        "real, blurred": [(s1, blurred(real, BLUR))],
        "real, one-look speckle added to the radar": [(speckled, real)],
        "copy of the radar": [(s1, 1e4 * np.sqrt(power)[[0, 1, 0, 1]])],
        "noise": [(s1, rng.uniform(500, 3000, real.shape))],
        f"shifted {SHIFT} px": [
            (s1[:, :, :-SHIFT], real[:, :, SHIFT:]),
            (s1[:, :, SHIFT:], real[:, :, :-SHIFT]),
            (s1[:, :-SHIFT], real[:, SHIFT:]),
            (s1[:, SHIFT:], real[:, :-SHIFT]),
        ],
        "flipped": [(s1, flipped) for flipped in flips],
    }


def gac_and_cfog(s1: Doubles, dn: Doubles) -> tuple[float, float]:
    """Return GAC and CFOG of two images, cropped to their common size."""
    height, width = np.minimum(s1.shape[1:], dn.shape[1:])
    sums = agreement(s1[:, :height, :width], dn[:, :height, :width], WHOLE)
    return sums.gac(), sums.cfog()
