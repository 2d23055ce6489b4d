"""All scores of an image."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from scipy.ndimage import gaussian_filter, minimum_filter

from gac_core.band_statistics import REFLECTANCE_SCALE
from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.grid import PIXEL
from gac_core.scores.gac import WHOLE, agreement, mark_nodata
from training.scores import pixels
from training.scores.pixels import Doubles, Image, Mask

if TYPE_CHECKING:
    from training.losses.picture import Lpips

SIGMA = 1.5
_RADIUS = 5
"""Radius of SSIM's Gaussian window of 11 by 11."""
_SCALES_RADIUS = 3
"""Radius of MS-SSIM's window of 7 by 7, for images of any size: at 120 px, 11 by 11 does not fit
the fifth scale, and values of different windows are not comparable."""
BETAS = (0.0448, 0.2856, 0.3001, 0.2363, 0.1333)
"""Weights of the scales, finest first (Wang, Simoncelli, Bovik 2003)."""
_C1, _C2 = (0.01 * REFLECTANCE_SCALE) ** 2, (0.03 * REFLECTANCE_SCALE) ** 2

Score = Callable[[Image, Image, Mask], float]
_RED, _NIR = OUTPUT_BANDS.index("B04"), OUTPUT_BANDS.index("B08")
_VISIBLE = tuple(OUTPUT_BANDS.index(band) for band in ("B02", "B03", "B04"))


def available() -> bool:
    """Return whether the weights exist."""
    # Imported lazily: torch takes seconds, and no other score needs it.
    from training.losses import picture

    return picture.available()


def lpips(image: Doubles, real: Doubles, valid: Mask) -> float:
    """Return the LPIPS of the true-colour images, both stretched from 0 to 3000 DN.

    Args:
        image: (4, H, W) DN: B02, B03, B04, B08.
        real: Likewise.
        valid: (H, W) pixels that count; the others are black in both.

    Returns:
        0 for identical images; NaN without valid pixels.

    Raises:
        BundleError: If the weights are missing.
    """
    import torch

    from training.losses.masks import ValidMask

    network = _network()
    if not valid.any():
        return float("nan")
    a, b = (torch.from_numpy(np.nan_to_num(x)).float()[None] for x in (image, real))
    where = ValidMask.from_mask(torch.from_numpy(valid)[None, None], len(image))
    with torch.no_grad():
        return float(network(a, b, where).mean)


@lru_cache(maxsize=1)
def _network() -> Lpips:
    from training.losses.picture import Lpips

    return Lpips()


def ssim(image: Image, real: Image, valid: Mask, counted: Mask | None = None) -> float:
    """Return the structural similarity (Wang et al. 2004) for a range of 10000 DN, band mean.

    Args:
        image: (C, H, W) DN.
        real: Likewise.
        valid: (H, W) known pixels.
        counted: (H, W) pixels about which windows count; None: all.

    Returns:
        -1 to 1; NaN if no window is known.
    """
    pairs = _pairs(image, real, valid)
    return _mean([_maps(a, b, valid, _RADIUS, counted)[0] for a, b in pairs])


def ms_ssim(image: Image, real: Image, valid: Mask) -> float:
    """Return the multi-scale SSIM with windows of 7 by 7, averaged over the bands.

    Negative contrasts count as 0, as in torchmetrics and pytorch-msssim.

    Returns:
        0 to 1; NaN for sides below 112 px, or if a scale has no known window.
    """
    return _mean([_band(a, b, valid) for a, b in _pairs(image, real, valid)])


def _band(a: Doubles, b: Doubles, valid: Mask) -> float:
    product = 1.0
    for scale, beta in enumerate(BETAS):
        similarity, contrast = _maps(a, b, valid, _SCALES_RADIUS)
        last = scale == len(BETAS) - 1
        product *= max(similarity if last else contrast, 0.0) ** beta
        a, b = _halved(a), _halved(b)
        valid = _halved(valid.astype(np.float64)) == 1
    return product


def _maps(
    a: Doubles, b: Doubles, valid: Mask, radius: int, counted: Mask | None = None
) -> tuple[float, float]:
    """Return the means of SSIM and of its contrast and structure alone over the known windows."""
    if min(a.shape) <= 2 * radius:
        return float("nan"), float("nan")
    windows = minimum_filter(valid, 2 * radius + 1, mode="constant", cval=False)
    if counted is not None:
        windows = windows & counted
    if not windows.any():
        return float("nan"), float("nan")
    mean_a, mean_b, square_a, square_b, product = (
        gaussian_filter(x, SIGMA, radius=radius)[windows] for x in (a, b, a * a, b * b, a * b)
    )
    variances = square_a - mean_a**2 + square_b - mean_b**2
    contrast = (2 * (product - mean_a * mean_b) + _C2) / (variances + _C2)
    luminance = (2 * mean_a * mean_b + _C1) / (mean_a**2 + mean_b**2 + _C1)
    return float(np.mean(luminance * contrast)), float(np.mean(contrast))


def _pairs(image: Image, real: Image, valid: Mask) -> list[tuple[Doubles, Doubles]]:
    """Return the bands of both images, 0 where unknown."""
    a, b = (np.where(valid, x, 0).astype(np.float64) for x in (image, real))
    return list(zip(a, b, strict=True))


def _halved(values: Doubles) -> Doubles:
    """Return the means of 2 by 2 pixels, without an odd last row or column."""
    height, width = (side // 2 for side in values.shape)
    blocks = values[: 2 * height, : 2 * width].reshape(height, 2, width, 2)
    halved: Doubles = blocks.mean(axis=(1, 3))
    return halved


def _mean(values: list[float]) -> float:
    return float(np.mean(values)) if values else float("nan")


COMPARED: dict[str, Score] = {
    "psnr": pixels.psnr,
    "ssim": ssim,
    "ms_ssim": ms_ssim,
    "sam": pixels.sam,
    "ergas": pixels.ergas,
}
"""Comparisons with the real image over its bands."""
PER_BAND = ("psnr", "ssim")
"""Scores that are also computed by band, as psnr_B02 and so on."""
SCALED = ("bias", "contrast", "spectrum")
"""Distances of level, local contrast and power at each scale from the real image's, over its bands.
Their components are returned too: `bias_B02` in percent, `contrast_B02` as a ratio, and the power
ratios of `OCTAVES`."""
OCTAVES = tuple(f"power_{PIXEL * short:.0f}m" for short, _ in pixels.OCTAVES)
"""Log2 of the ratio of power, averaged over the bands: at wavelengths from 20 to 40 m and so on."""
SCORES = (*COMPARED, *SCALED, "ndvi_mae", "gac", "cfog", "lpips")
HIGHER_IS_BETTER = {
    **dict.fromkeys(("psnr", "ssim", "ms_ssim", "gac", "cfog"), True),
    **dict.fromkeys(("sam", "ergas", *SCALED, "ndvi_mae", "lpips"), False),
}
"""GAC and CFOG only up to the level of real images: a copy of the radar scores highest."""


def score_image(
    s1: Image,
    image: Image,
    real: Image,
    valid: Mask | None = None,
    *,
    names: Collection[str] | None = None,
    per_band: bool = True,
) -> dict[str, float]:
    """Return all scores of an image.

    Args:
        s1: (2, H, W) backscatter in dB, NaN for nodata.
        image: (4, H, W) DN (B02, B03, B04, B08); nodata is NaN, or 0 for integers.
        real: Likewise; a band that the source lacks is NaN throughout.
        valid: (H, W) pixels that count; None: all that hold data.
        names: Scores to compute, of `SCORES`; None: all, LPIPS if its weights exist.
        per_band: Also compute psnr and ssim by band, which doubles their time, and the components
            of `SCALED`.

    Returns:
        Scores by name; NaN where undefined. PSNR is infinite for identical images. An image with
        nodata at a pixel of `valid` has no score at all: it may omit just what it cannot do.

    Raises:
        ValueError: If the shapes do not fit or a name is unknown.
    """
    shape = s1.shape[1:]
    if s1.shape[0] != 2 or image.shape != (4, *shape) or real.shape != (4, *shape):
        raise ValueError(f"shapes {s1.shape}, {image.shape}, {real.shape}; not (2|4|4, H, W)")
    requested = set(SCORES if names is None else names)
    if unknown := requested - set(SCORES):
        raise ValueError(f"no scores named {sorted(unknown)}; there are {SCORES}")
    a, b = mark_nodata(image), mark_nodata(real)
    valid_pixels = np.asarray(np.isfinite(a).all(axis=0))
    if valid is not None:
        valid_pixels = valid & valid_pixels.all(where=valid)
    bands = [i for i in range(4) if np.isfinite(b[i]).any()]
    nowhere = np.zeros_like(valid_pixels)
    compared = valid_pixels & np.isfinite(b[bands]).all(axis=0) if bands else nowhere

    scores: dict[str, float] = {}
    for name in [n for n in COMPARED if n in requested]:
        score = COMPARED[name]
        scores[name] = score(a[bands], b[bands], compared) if bands else float("nan")
        for i, band in enumerate(OUTPUT_BANDS if per_band and name in PER_BAND else ()):
            mask = compared if i in bands else nowhere
            scores[f"{name}_{band}"] = score(a[i : i + 1], b[i : i + 1], mask)
    if requested & set(SCALED):
        scores |= _scaled(a, b, compared, bands, requested, per_band)
    if "ndvi_mae" in requested:
        mask = compared if {_RED, _NIR} <= set(bands) else nowhere
        scores["ndvi_mae"] = pixels.ndvi_mae(a, b, mask)
    if requested & {"gac", "cfog"}:
        scores |= _radar(s1, np.where(valid_pixels, a, np.nan), requested)
    if "lpips" in requested and (names is not None or available()):
        mask = compared if set(_VISIBLE) <= set(bands) else nowhere
        scores["lpips"] = lpips(a, b, mask)
    return scores


def _scaled(
    image: Doubles,
    real: Doubles,
    valid: Mask,
    bands: list[int],
    wanted: Collection[str],
    per_band: bool,
) -> dict[str, float]:
    """Return the scores of `SCALED`; NaN for bands that the real image lacks."""
    scores: dict[str, float] = {}
    single: dict[str, float] = {}

    def by_band(name: str, values: Doubles) -> None:
        by_index = dict(zip(bands, values, strict=True))
        single.update({f"{name}_{band}": float(by_index.get(i, np.nan))
                       for i, band in enumerate(OUTPUT_BANDS)})  # fmt: skip

    a, b = image[bands], real[bands]
    if "bias" in wanted:
        shares = pixels.biases(a, b, valid)
        scores["bias"] = float(np.abs(shares).mean()) if bands else float("nan")
        by_band("bias", shares)
    if "contrast" in wanted:
        contrasts = pixels.contrast_ratios(a, b, valid)
        scores["contrast"] = pixels.contrast_error(contrasts) if bands else float("nan")
        by_band("contrast", contrasts)
    if "spectrum" in wanted:
        power = pixels.power_ratios(a, b, valid)
        scores["spectrum"] = pixels.spectrum_error(power) if bands else float("nan")
        means = power.mean(axis=0) if bands else np.full(len(OCTAVES), np.nan)
        single.update(zip(OCTAVES, map(float, means), strict=True))
    return scores | (single if per_band else {})


def _radar(s1: Image, image: Doubles, wanted: Collection[str]) -> dict[str, float]:
    """Return the scores without a real image: GAC, and CFOG, which doubles the time."""
    sums = agreement(s1.astype(np.float64), image, WHOLE, features="cfog" in wanted)
    scores = {"gac": sums.gac(), "cfog": sums.cfog()}
    return {name: value for name, value in scores.items() if name in wanted}
