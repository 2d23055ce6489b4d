"""Fusion: observed pixels stay, others agree with them, whichever window is computed."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter

from gac_core.band_statistics import S2_BANDS
from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.grid import Window
from gac_core.optical.fusion import (
    BLEND,
    BLENDED,
    FADE,
    GENERATED,
    GUIDED_REACH,
    NODATA,
    OBSERVED,
    fuse,
    fuse_guided,
    guided,
    kinds_of,
    reach_of,
)

WHOLE = Window(-1003, 2007, 800, 820)
MORE_BANDS = ("B05", "B06", "B07", "B8A")


def textured(rng: np.random.Generator, channels: int, sigma: float) -> np.ndarray:
    noise = gaussian_filter(rng.standard_normal((channels, *WHOLE.shape)), (0, sigma, sigma))
    return noise / noise.std()


@pytest.fixture(scope="module")
def images():
    """Generated image, reference with clouds, and radar with a hole."""
    rng = np.random.default_rng(0)
    truth = 1200 + 300 * textured(rng, 4, 3)
    generated = (0.8 * truth + 400 + 20 * textured(rng, 4, 8)).astype(np.float32)
    clear = textured(rng, 1, 20)[0] > 0
    reference = np.where(clear, np.rint(truth), np.nan).astype(np.float32)
    radar = rng.normal((-11, -18), 2, (*WHOLE.shape, 2)).transpose(2, 0, 1).astype(np.float32)
    radar[:, 60:90, 100:200] = np.nan
    return generated, reference, radar, truth


def fused(images, window=WHOLE, keep=True, needed=None):
    rows, cols = window.slices(WHOLE)
    generated, clear, radar = (image[:, rows, cols] for image in images[:3])
    bands = (*OUTPUT_BANDS, *MORE_BANDS)[: len(generated)]
    reference = np.full((len(S2_BANDS), *window.shape), np.nan, np.float32)
    reference[[S2_BANDS.index(band) for band in bands[: len(clear)]]] = clear
    return fuse(generated, reference, radar, "S1GRD", window, bands, keep=keep, needed=needed)


def test_clear_pixels_are_kept_and_others_come_closer(images):
    generated, reference, radar, truth = images
    result = fused(images)
    clear = np.isfinite(reference[0]) & np.isfinite(radar[0])
    assert np.array_equal(result[:, clear], reference[:, clear])
    cloudy = ~np.isfinite(reference[0]) & np.isfinite(radar[0])
    before = np.abs(generated - truth)[:, cloudy].mean()
    assert np.abs(result - truth)[:, cloudy].mean() < 0.5 * before
    hole = ~np.isfinite(radar[0])
    assert np.array_equal(result[:, hole], generated[:, hole])


@pytest.mark.parametrize("keep", [True, False])
@pytest.mark.parametrize("part", [(3, 5, 760, 770), (37, 70, 750, 740)])
def test_a_pixel_is_the_same_in_any_window(images, keep, part):
    window = Window(WHOLE.row + part[0], WHOLE.col + part[1], part[2], part[3])
    reach = reach_of(keep=keep)
    inner = window.grown(-reach)
    assert not inner.is_empty
    whole = fused(images, keep=keep)[(..., *inner.slices(WHOLE))]
    piece = fused(images, window, keep)[(..., *inner.slices(window))]
    assert np.array_equal(whole, piece)
    assert np.array_equal(whole, fused(images, window, keep, inner))


@pytest.mark.parametrize("keep", [True, False])
def test_nothing_changes_out_of_reach(images, keep):
    generated, reference, radar, _ = images
    lone = np.full_like(reference, np.nan)
    lone[:, 400:410, 400:410] = 1500
    result = fused((generated, lone, radar), keep=keep)
    changed = np.argwhere((result != generated).any(axis=0))
    assert np.abs(changed - 404.5).max() <= reach_of(keep=keep) + 5
    assert len(changed) > 1000


def test_without_a_clear_pixel_the_image_is_what_it_was(images):
    generated, reference, radar, _ = images
    for keep in (True, False):
        result = fused((generated, np.full_like(reference, np.nan), radar), keep=keep)
        assert np.array_equal(result, generated)


def test_a_guide_gives_its_detail_at_the_level_of_the_generated_image(images):
    _, _, radar, truth = images
    guide = (truth - 200).astype(np.float32)  # as if another season had been darker
    smooth = np.stack([gaussian_filter(band, 6) for band in truth]).astype(np.float32)
    result = fused((smooth, guide, radar), keep=False)
    valid = np.isfinite(radar[0])
    error = np.abs(result - truth)[:, valid].mean()
    assert error < np.abs(guide - truth)[:, valid].mean()
    assert error < np.abs(smooth - truth)[:, valid].mean()
    assert not np.array_equal(result[:, valid], guide[:, valid])


def guiding(images, window=WHOLE):
    """Guide the generated image by a darker one of another date, clear on the left."""
    rows, cols = window.slices(WHOLE)
    generated, _, radar, truth = (image[:, rows, cols] for image in images)
    other = np.full((len(S2_BANDS), *window.shape), np.nan, np.float32)
    clear = np.arange(WHOLE.width)[cols] < 400
    other[[S2_BANDS.index(band) for band in OUTPUT_BANDS]] = np.where(clear, truth - 200, np.nan)
    return guided(generated, other, radar, "S1GRD", window, OUTPUT_BANDS)


def test_what_another_date_guides_is_closer(images):
    generated, _, radar, truth = images
    result = guiding(images)
    left = np.isfinite(radar[0])
    left[:, 400:] = False
    before = np.abs(generated - truth)[:, left].mean()
    assert np.abs(result - truth)[:, left].mean() < 0.9 * before
    assert np.array_equal(result[:, ~left], generated[:, ~left])


@pytest.fixture(scope="module")
def beneath(images):
    return guiding(images)


@pytest.fixture(scope="module", params=[True, False], ids=["keep", "guide"])
def whole(request, images, beneath):
    """Return True if the reference is kept, and the result."""
    return request.param, over(images, beneath, keep=request.param)


def over(images, beneath, window=WHOLE, needed=None, keep=True):
    """Fuse the reference into the guided image."""
    rows, cols = window.slices(WHOLE)
    generated, clear, radar = (image[:, rows, cols] for image in images[:3])
    reference = np.full((len(S2_BANDS), *window.shape), np.nan, np.float32)
    reference[[S2_BANDS.index(band) for band in OUTPUT_BANDS]] = clear
    near = (needed or window).grown(FADE).intersection(window)
    guides = np.broadcast_to(np.arange(WHOLE.width)[near.slices(WHOLE)[1]] < 400, near.shape)
    layers = generated, beneath[:, rows, cols], guides
    common = reference, radar, "S1GRD", window, OUTPUT_BANDS
    return fuse_guided(layers, *common, keep=keep, needed=needed or window)


def test_where_nothing_guides_the_result_is_that_without_it(images, beneath, whole):
    _, clear, radar, _ = images
    keep, result = whole
    plain = fused(images, keep=keep)
    assert np.array_equal(result[:, :, 400 + FADE :], plain[:, :, 400 + FADE :], equal_nan=True)
    guided_alone = fused((beneath, clear, radar), keep=keep)
    assert np.array_equal(result[:, :, :400], guided_alone[:, :, :400])
    steps = np.abs(np.diff(result, axis=2))[:, 200:]
    assert np.nanmean(steps[:, :, 399]) < 1.1 * np.nanmean(steps[:, :, 300:500])
    if keep:
        kept = np.isfinite(clear[0]) & np.isfinite(radar[0])
        assert np.array_equal(result[:, kept], clear[:, kept])


@pytest.mark.parametrize("needed", [(400, 380, 30, 70), (390, 300, 25, 30), (410, 430, 30, 20)])
def test_a_pixel_over_a_guided_one_is_the_same_in_any_window(images, beneath, whole, needed):
    """Both, only guided and only generated ones are needed."""
    keep, result = whole
    inner = Window(WHOLE.row + needed[0], WHOLE.col + needed[1], *needed[2:])
    window = inner.grown(reach_of(keep=keep) + FADE).intersection(WHOLE)
    part = over(images, beneath, window, inner, keep)
    assert np.array_equal(result[(..., *inner.slices(WHOLE))], part, equal_nan=True)


@pytest.mark.parametrize("part", [(3, 5, 500, 520), (37, 170, 450, 540)])
def test_a_guided_pixel_is_the_same_in_any_window(images, beneath, part):
    window = Window(WHOLE.row + part[0], WHOLE.col + part[1], part[2], part[3])
    inner = window.grown(FADE - GUIDED_REACH)
    whole = beneath[(..., *inner.slices(WHOLE))]
    assert np.array_equal(whole, guiding(images, window)[(..., *inner.slices(window))])


def test_without_a_clear_pixel_of_another_date_the_image_is_what_it_was(images):
    generated, _, radar, _ = images
    none = np.full((len(S2_BANDS), *WHOLE.shape), np.nan, np.float32)
    assert np.array_equal(guided(generated, none, radar, "S1GRD", WHOLE, OUTPUT_BANDS), generated)


def test_bands_that_the_reference_lacks_stay_generated(images):
    generated, reference, radar, _ = images
    eight = np.concatenate([generated, generated * 1.1], axis=0)
    result = fused((eight, reference, radar))
    assert np.array_equal(result[4:], eight[4:])
    assert np.array_equal(result[:4], fused(images))


def test_kinds():
    observed, has_data = np.zeros((20, 30), bool), np.ones((20, 30), bool)
    observed[:, :10] = True
    has_data[:3] = False
    kinds = kinds_of(observed, has_data)
    assert (kinds[:3] == NODATA).all()
    assert (kinds[3:, :10] == OBSERVED).all()
    assert (kinds[3:, 10 : 10 + BLEND] == BLENDED).all()
    assert (kinds[3:, 10 + BLEND :] == GENERATED).all()
    assert (kinds_of(np.zeros_like(observed), has_data)[3:] == GENERATED).all()
