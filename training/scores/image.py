"""All scores of one image."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import lru_cache

import numpy as np

from gac_core.bands import OUTPUT_BANDS
from gac_core.score.gac import WHOLE, mark_nodata
from gac_core.score.sums import agreement
from training.scores import pixels, similarity
from training.scores.pixels import Doubles, Image, Mask

Score = Callable[[Image, Image, Mask], float]

COMPARED: dict[str, Score] = {
    "psnr": pixels.psnr,
    "ssim": similarity.ssim,
    "ms_ssim": similarity.ms_ssim,
    "sam": pixels.sam,
    "ergas": pixels.ergas,
}
"""Against the real image, over the bands that it has."""

PER_BAND = ("psnr", "ssim")
"""Of each band too, as psnr_B02 and so on."""

SCORES = (*COMPARED, "ndvi_mae", "gac", "cfog", "lpips")

HIGHER_IS_BETTER = {
    **dict.fromkeys(("psnr", "ssim", "ms_ssim", "gac", "cfog"), True),
    **dict.fromkeys(("sam", "ergas", "ndvi_mae", "lpips"), False),
}
"""GAC and CFOG only as far as the level of real images: a copy of the radar scores highest."""


def score_image(
    s1: Image,
    found: Image,
    real: Image,
    valid: Mask | None = None,
    *,
    names: Collection[str] | None = None,
) -> dict[str, float]:
    """All scores of one image.

    Args:
        s1: (2, H, W) backscatter in dB, NaN for nodata.
        found: (4, H, W) DN (B02, B03, B04, B08); nodata is NaN, in whole numbers 0.
        real: Likewise; a band that the source lacks is NaN throughout.
        valid: (H, W) pixels that count; None: all that hold data.
        names: Scores to compute, of `SCORES`; None: all, LPIPS if its weights are there. Scores
            of single bands come with psnr and ssim.

    Returns:
        By name; NaN where undefined. PSNR is infinite for identical images.

    Raises:
        ValueError: If the shapes do not fit or a name is unknown.
    """
    shape = s1.shape[1:]
    if s1.shape[0] != 2 or found.shape != (4, *shape) or real.shape != (4, *shape):
        raise ValueError(f"shapes {s1.shape}, {found.shape}, {real.shape}; not (2|4|4, H, W)")
    wanted = set(SCORES if names is None else names)
    if unknown := wanted - set(SCORES):
        raise ValueError(f"no scores named {sorted(unknown)}; there are {SCORES}")
    a, b = mark_nodata(found), mark_nodata(real)
    seen = np.isfinite(a).all(axis=0) & (True if valid is None else valid)
    bands = [i for i in range(4) if np.isfinite(b[i]).any()]
    compared = seen & np.isfinite(b[bands]).all(axis=0) & bool(bands)

    scores: dict[str, float] = {}
    for name, function in COMPARED.items():
        if name not in wanted:
            continue
        scores[name] = function(a[bands], b[bands], compared) if bands else float("nan")
        if name in PER_BAND:
            for i, band in enumerate(OUTPUT_BANDS):
                scores[f"{name}_{band}"] = function(
                    a[i : i + 1], b[i : i + 1], compared & (i in bands)
                )
    if "ndvi_mae" in wanted:
        known = {2, 3} <= set(bands)
        scores["ndvi_mae"] = pixels.ndvi_mae(a, b, compared & known)
    if wanted & {"gac", "cfog"}:
        scores |= {k: v for k, v in radar_scores(s1, a, seen).items() if k in wanted}
    if "lpips" in wanted and (names is not None or lpips_available()):
        scores["lpips"] = _lpips(a, b, compared & ({0, 1, 2} <= set(bands)))
    return scores


def radar_scores(s1: Image, found: Image, valid: Mask | None = None) -> dict[str, float]:
    """`gac` and `cfog` of an image (4, H, W) against the radar (2, H, W); NaN where undefined."""
    marked = mark_nodata(found)
    if valid is not None:
        marked[:, ~valid] = np.nan
    sums = agreement(s1.astype(np.float64), marked, WHOLE)
    return {"gac": sums.gac(), "cfog": sums.cfog()}


def lpips_available() -> bool:
    """Whether the weights that LPIPS needs are on this machine."""
    # Torch takes seconds to import, and no other score needs it.
    from training.losses.perceptual import available

    return available()


def _lpips(found: Doubles, real: Doubles, valid: Mask) -> float:
    import torch

    from training.losses.masks import Where

    if not valid.any():
        return float("nan")
    a, b = (torch.from_numpy(np.nan_to_num(x)).float()[None] for x in (found, real))
    where = Where.of(torch.from_numpy(valid)[None, None], 4)
    with torch.no_grad():
        return float(_lpips_network()(a, b, where))


@lru_cache(maxsize=1)
def _lpips_network():  # type: ignore[no-untyped-def]
    from training.losses.perceptual import Lpips

    return Lpips()
