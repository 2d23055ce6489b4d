"""All scores of an image."""

from __future__ import annotations

from collections.abc import Callable, Collection

import numpy as np

from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.grid import PIXEL
from gac_core.score.gac import WHOLE, agreement, mark_nodata
from training.scores import perceptual, pixels, scales, similarity
from training.scores.pixels import Doubles, Image, Mask

Score = Callable[[Image, Image, Mask], float]

_RED, _NIR = OUTPUT_BANDS.index("B04"), OUTPUT_BANDS.index("B08")
_VISIBLE = tuple(OUTPUT_BANDS.index(band) for band in ("B02", "B03", "B04"))

COMPARED: dict[str, Score] = {
    "psnr": pixels.psnr,
    "ssim": similarity.ssim,
    "ms_ssim": similarity.ms_ssim,
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

OCTAVES = tuple(f"power_{PIXEL * short:.0f}m" for short, _ in scales.OCTAVES)
"""Log2 of the ratio of power, averaged over the bands: at wavelengths from 20 to 40 m and so on."""

SCORES = (*COMPARED, *SCALED, "ndvi_mae", "gac", "cfog", "lpips")

HIGHER_IS_BETTER = {
    **dict.fromkeys(("psnr", "ssim", "ms_ssim", "gac", "cfog"), True),
    **dict.fromkeys(("sam", "ergas", *SCALED, "ndvi_mae", "lpips"), False),
}
"""GAC and CFOG only up to the level of real images: a copy of the radar scores highest."""


def score_image(
    s1: Image,
    found: Image,
    real: Image,
    valid: Mask | None = None,
    *,
    names: Collection[str] | None = None,
    per_band: bool = True,
) -> dict[str, float]:
    """Return all scores of an image.

    Args:
        s1: (2, H, W) backscatter in dB, NaN for nodata.
        found: (4, H, W) DN (B02, B03, B04, B08); nodata is NaN, or 0 for integers.
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
    if s1.shape[0] != 2 or found.shape != (4, *shape) or real.shape != (4, *shape):
        raise ValueError(f"shapes {s1.shape}, {found.shape}, {real.shape}; not (2|4|4, H, W)")
    requested = set(SCORES if names is None else names)
    if unknown := requested - set(SCORES):
        raise ValueError(f"no scores named {sorted(unknown)}; there are {SCORES}")
    a, b = mark_nodata(found), mark_nodata(real)
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
    if "lpips" in requested and (names is not None or perceptual.available()):
        mask = compared if set(_VISIBLE) <= set(bands) else nowhere
        scores["lpips"] = perceptual.lpips(a, b, mask)
    return scores


def _scaled(
    found: Doubles,
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

    a, b = found[bands], real[bands]
    if "bias" in wanted:
        shares = pixels.biases(a, b, valid)
        scores["bias"] = float(np.abs(shares).mean()) if bands else float("nan")
        by_band("bias", shares)
    if "contrast" in wanted:
        contrasts = scales.contrast_ratios(a, b, valid)
        scores["contrast"] = scales.contrast_error(contrasts) if bands else float("nan")
        by_band("contrast", contrasts)
    if "spectrum" in wanted:
        power = scales.power_ratios(a, b, valid)
        scores["spectrum"] = scales.spectrum_error(power) if bands else float("nan")
        means = power.mean(axis=0) if bands else np.full(len(OCTAVES), np.nan)
        single.update(zip(OCTAVES, map(float, means), strict=True))
    return scores | (single if per_band else {})


def _radar(s1: Image, found: Doubles, wanted: Collection[str]) -> dict[str, float]:
    """Return the scores without a real image: GAC, and CFOG, which doubles the time."""
    sums = agreement(s1.astype(np.float64), found, WHOLE, features="cfog" in wanted)
    scores = {"gac": sums.gac(), "cfog": sums.cfog()}
    return {name: value for name, value in scores.items() if name in wanted}
