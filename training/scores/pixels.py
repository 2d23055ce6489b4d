"""Pixel-wise scores: PSNR, SAM, ERGAS, bias, NDVI error."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from gac_core.band_statistics import REFLECTANCE_SCALE
from gac_core.contract.bands import OUTPUT_BANDS

Image = NDArray[Any]
Doubles = NDArray[np.float64]
Mask = NDArray[np.bool_]

_RED, _NIR = OUTPUT_BANDS.index("B04"), OUTPUT_BANDS.index("B08")


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
