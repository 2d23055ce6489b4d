"""Fusion of generated pixels with observed ones around them: regression kriging on the world grid.

Two uses of a reference, an optical image beside the radar (`gac_core.optical`):

- *Keep*: where it is clear, the result is the reference. Elsewhere the generated image is moved to
  agree with what is observed near it, in two steps (Hengl et al. 2007, "About regression-kriging").
  The difference of observed and generated pixels is regressed on generated bands, their local
  means and the radar's, with weights that fall with the distance, and with a ridge that draws the
  coefficients to 0: far from observed pixels the generated image stays as it is. What the
  regression leaves unexplained is interpolated (`gac_core.optical.membrane`).
- *Guide*: the reference is of another date. Where it is clear, the result is the reference plus
  most of a regression of the difference to the generated image on the reference's bands and the
  radar, and less of what that leaves: the old image's detail, at a level between both, as the mean
  of two estimates is truer than each. Elsewhere it is moved to agree with that, as above.

A second reference, of another date, may lie beneath the first: it guides first (`guided`), and what
that gives is moved to agree with the first as a generated image is. Where the second is not clear,
the result is that without it, to which the change fades (`fuse_guided`).

All is done on the square root of DN, whose noise hardly depends on the brightness. A pixel depends
on pixels at most `reach_of` away, and has the same value to the last bit whichever window it is
computed in.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.ndimage import distance_transform_edt

from gac_core.band_statistics import S1_STATISTICS, S2_BANDS
from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.grid import Window
from gac_core.optical.cells import smooth
from gac_core.optical.membrane import MEMBRANE_REACH, Mask, interpolated, with_detail
from gac_core.optical.regression import regress
from gac_core.scene.radiometry import Doubles, Floats

REACH, GUIDE_REACH = 288, 368
"""Distance in pixels beyond which nothing influences a pixel, where pixels are kept and where they
only guide; multiples of `TOKEN`.

A regression reaches 152 px (`_TENT` cells beyond the next cell, whose edge is up to 8 px farther),
local means 12, the membrane 120. A guide has one regression of 72 px more.
"""

GUIDED_REACH = 96
"""Distance in pixels by which a second reference lengthens the reach: 72 px of its regression, 9 of
the radar's means, and `FADE`; a multiple of `TOKEN`."""

FADE = 12
"""Distance in pixels over which the change by a second reference fades beside its clear pixels."""

BLEND = 4
"""Distance in pixels from observed ones up to which generated pixels count as blended."""

NODATA, OBSERVED, GENERATED, BLENDED = 0, 1, 2, 3
"""Kinds of pixels of a result that keeps observed ones."""

_TENT, _GUIDE_TENT = 8, 3
"""Cells to each side that a regression sees, with weights that fall linearly to 0."""
_RIDGE = 20.0
"""Weight of the ridge, in pixels, on standardised features."""
_GUIDE_RIDGE = 2000.0
"""The ridge towards a guide as it is: the best of 20, 60, 200 … on series of training places."""
_GUIDE_LEVEL, _GUIDE_DETAIL = 0.7, 0.3
"""Shares of the difference between a guide and the generated image that are taken: of what the
regression explains, and of the rest."""
_FADING = FADE / 3.0
"""Sigma in pixels of the Gaussian by which it fades: a wider one changes the level where the other
date says nothing."""
_LOOKS = (1.0, 3.0)
"""Sigmas in pixels of the radar's local means."""
_MEANS = (4.0,)
"""Sigmas in pixels of the generated image's local means: they let a regression keep the image's
level and weaken detail that is not true."""
_ROOT_MEAN, _ROOT_STD = 40.0, 15.0
"""Mean and spread of the square root of land's DN, to standardise the features."""


def reach_of(*, keep: bool) -> int:
    """Return the distance in pixels beyond which nothing influences a pixel."""
    return REACH if keep else GUIDE_REACH


def fuse(
    generated: Floats,
    reference: Floats,
    radar: Floats,
    modality: str,
    window: Window,
    bands: Sequence[str],
    *,
    keep: bool = True,
    needed: Window | None = None,
) -> Floats:
    """Return a generated image, moved to agree with a reference where that is clear, and around it.

    Args:
        generated: (C, H, W) DN of a window; NaN where there is no data.
        reference: (12, H, W) DN; NaN where it is not clear, in every band, and throughout in bands
            that it lacks. Those keep their generated values.
        radar: (2, H, W) dB, NaN without data.
        modality: `S1GRD` or `S1RTC`.
        window: The window on the world grid.
        bands: Names of the generated bands, the output bands among them; the reference has those.
        keep: Keep the reference where it is clear; False: it is of another date and only guides.
        needed: Part of the window to return: what lies at least `reach_of` pixels inside those of
            its edges beyond which there is more. None: the whole window.

    Returns:
        (C, h, w) DN of the needed part, NaN where the generated image has none.
    """
    needed = needed or window
    reference = reference[[S2_BANDS.index(band) for band in bands]]
    features_of = [list(bands).index(band) for band in OUTPUT_BANDS]
    inner = needed.slices(window)
    result = generated[(..., *inner)].copy()
    measured: Mask = np.all(np.isfinite(radar), axis=0)
    has_data = np.isfinite(generated[0]) & measured
    held, clear = _clear(reference, has_data)
    if not clear.any():
        return result
    values = reference[(held, *inner)]
    cloudy = (has_data & ~clear)[inner]
    if cloudy.any() or not keep:
        looks = _looks(radar, modality, measured)
        roots = _roots(np.where(has_data, generated, 0))
        goal = _roots(np.where(clear, reference[held], 0))
    if not keep:
        own = _roots(np.where(clear, reference[features_of], 0))
        goal += _guide_change(goal, own, roots[held], looks, clear, window)
        values = np.maximum(goal[(..., *inner)], 0.0) ** 2
    if cloudy.any():
        own = _standard(roots[features_of])
        features = _features([*own, *_local_means(own, has_data, _MEANS), *looks], has_data)
        gap = goal
        for band, number in zip(gap, held, strict=True):
            band -= roots[number]
        gap[:, ~clear] = np.nan
        near = needed.grown(MEMBRANE_REACH).intersection(window)
        part = near.slices(window)
        fit = regress(features, gap, window, near, _TENT, _RIDGE)
        rest = np.where(clear[part], gap[(..., *part)] - fit, 0.0)
        edges = looks[(..., *part)][-len(radar) :]
        shift = fit + interpolated(rest, clear[part], has_data[part], edges, near)
        shift = shift[(..., *needed.slices(near))]
        moved = np.maximum(roots[(held, *inner)] + shift, 0.0) ** 2
        # Out of reach the shift is 0, and the square of the root would round the value.
        result[held] = np.where(cloudy & (shift != 0), moved, result[held])
    result[held] = np.where(clear[inner], values, result[held])
    return result


def guided(
    generated: Floats,
    reference: Floats,
    radar: Floats,
    modality: str,
    window: Window,
    bands: Sequence[str],
) -> Floats:
    """Return a generated image (C, H, W) that a reference of another date guides where it is clear.

    Arguments as for `fuse`; exact `GUIDED_REACH` - `FADE` pixels inside the window's edges.
    """
    reference = reference[[S2_BANDS.index(band) for band in bands]]
    features_of = [list(bands).index(band) for band in OUTPUT_BANDS]
    measured: Mask = np.all(np.isfinite(radar), axis=0)
    has_data = np.isfinite(generated[0]) & measured
    held, clear = _clear(reference, has_data)
    result = generated.copy()
    if not clear.any():
        return result
    looks = _looks(radar, modality, measured)
    roots = _roots(np.where(has_data, generated, 0))[held]
    goal, own = (_roots(np.where(clear, reference[some], 0)) for some in (held, features_of))
    goal += _guide_change(goal, own, roots, looks, clear, window)
    result[held] = np.where(clear, np.maximum(goal, 0.0) ** 2, result[held])
    return result


def fuse_guided(
    images: tuple[Floats, Floats, Mask],
    reference: Floats,
    radar: Floats,
    modality: str,
    window: Window,
    bands: Sequence[str],
    *,
    keep: bool,
    needed: Window,
) -> Floats:
    """Return what `fuse` makes of a guided image, and of the generated one where nothing guides.

    Args:
        images: The generated image (C, H, W) of a window, the same `guided`, and where the other
            date is clear in what is needed and up to `FADE` pixels around it, within the window.
        reference: As for `fuse`, which has the other arguments too.
        radar: (2, H, W) dB.
        modality: `S1GRD` or `S1RTC`.
        window: The window on the world grid.
        bands: Names of the generated bands.
        keep: Keep the reference where it is clear.
        needed: Part of the window to return: what lies at least `reach_of` + `FADE` pixels inside
            those of its edges beyond which there is more.
    """
    generated, beneath, guides = images
    near = needed.grown(FADE).intersection(window)
    part, inner = near.slices(window), needed.slices(near)

    def fused(image: Floats) -> Floats:
        return fuse(image, reference, radar, modality, window, bands, keep=keep, needed=near)

    at = guides & np.isfinite(generated[0][part])
    if not at.any():
        return fused(generated)[(..., *inner)]
    over = fused(beneath)
    kept = np.zeros_like(at)
    if keep:
        numbers = [S2_BANDS.index(band) for band in OUTPUT_BANDS]
        kept = np.isfinite(reference[(numbers, *part)]).all(axis=0)
    if (at | kept | ~np.isfinite(over[0]))[inner].all():
        return over[(..., *inner)]
    plain = fused(generated)
    moved = at & ~kept
    change = np.where(moved, over.astype(np.float64) - plain, 0.0)
    # At a border half of the Gaussian lies on guided pixels.
    share = np.maximum(smooth(moved.astype(np.float64), _FADING), 0.5)
    faded = with_detail(np.stack([smooth(band, _FADING) / share for band in change]), change, moved)
    beside = ~at & ~kept & (faded != 0)
    result = np.where(beside, np.maximum(plain + faded, 0.0), plain).astype(np.float32)
    return np.where(at, over, result)[(..., *inner)]


def _clear(reference: Floats, has_data: Mask) -> tuple[list[int], Mask]:
    """Return the bands that a reference has in a window, and where it is clear in all of them."""
    held = [i for i in range(len(reference)) if np.isfinite(reference[i]).any()]
    if not held:
        return held, np.zeros_like(has_data)
    clear: Mask = has_data & np.isfinite(reference[held]).all(axis=0)
    return held, clear


def _guide_change(
    guide: Doubles, own: Doubles, roots: Doubles, looks: Doubles, clear: Mask, window: Window
) -> Doubles:
    """Return what is added (C, H, W) to a guide to move it towards the generated image.

    Args:
        guide: (C, H, W) roots of the guide's bands, 0 where it is not clear.
        own: (4, H, W) roots of its output bands, likewise.
        roots: (C, H, W) roots of the generated image.
        looks: The radar's local means.
        clear: (H, W) the guide's clear pixels.
        window: The window on the world grid.
    """
    change = np.where(clear, roots - guide, np.nan)
    features = _features([*_standard(own), *looks], clear)
    shift = regress(features, change, window, window, _GUIDE_TENT, _GUIDE_RIDGE)
    change = _GUIDE_LEVEL * shift + _GUIDE_DETAIL * (change - shift)
    return np.where(clear, change, 0.0)


def kinds_of(observed: Mask, has_data: Mask) -> npt.NDArray[np.uint8]:
    """Return the kind of each pixel (H, W) of a result that keeps observed ones.

    Args:
        observed: Pixels where the reference is clear.
        has_data: Pixels of the result that are not nodata.
    """
    kinds = np.where(has_data, np.uint8(GENERATED), np.uint8(NODATA))
    kept = observed & has_data
    if kept.any():
        near = distance_transform_edt(~kept) <= BLEND
        kinds[has_data & near] = BLENDED
        kinds[kept] = OBSERVED
    return kinds


def _roots(dn: npt.NDArray[np.floating]) -> Doubles:
    roots: Doubles = np.sqrt(np.maximum(dn, 0)).astype(np.float64)
    return roots


def _standard(roots: Doubles) -> Doubles:
    return (roots - _ROOT_MEAN) / _ROOT_STD


def _features(bands: Sequence[Doubles], valid: Mask) -> Doubles:
    """Return the features (1 + C, H, W) of a regression: a constant and the bands; 0 if invalid."""
    features = np.stack([np.ones(valid.shape), *bands])
    features *= valid
    return features


def _looks(radar: Floats, modality: str, measured: Mask) -> Doubles:
    """Return standardised local means of the radar (looks, H, W)."""
    mean, std = (np.array(v)[:, None, None] for v in S1_STATISTICS[modality])
    return _local_means((np.nan_to_num(radar) - mean) / std, measured, _LOOKS)


def _local_means(bands: Doubles, valid: Mask, sigmas: Sequence[float]) -> Doubles:
    """Return the Gaussian means (sigmas x C, H, W) of bands (C, H, W) over their valid pixels."""
    weight, values = valid.astype(np.float64), np.where(valid, bands, 0.0)
    means = []
    for sigma in sigmas:
        share = np.maximum(smooth(weight, sigma), 1e-6)
        means += [smooth(band, sigma) / share for band in values]
    return np.stack(means)
