"""Scores against well-kept libraries, and with holes, missing bands and nothing at all."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from gac_core.scores import gac_score
from tests.training.places import blurred, noisy, place
from training.scores import HIGHER_IS_BETTER, SCORES, score_image
from training.scores import image as own_similarity
from training.scores.image import OCTAVES

PLAIN = tuple(name for name in SCORES if name != "lpips")


@pytest.fixture(scope="module")
def images():
    """(2, H, W) dB, (4, H, W) DN found and real."""
    fields = place(192)
    found = noisy(blurred(fields.target, 0.8) * 1.05 + 40, 60)
    return tuple(x[0].numpy() for x in (fields.s1, found, fields.target))


@pytest.fixture(scope="module")
def torchmetrics():
    from torchmetrics.functional import image

    return image


def as_batch(image):
    return torch.from_numpy(image)[None]


def test_libraries_agree(images, torchmetrics, monkeypatch):
    s1, found, real = images
    monkeypatch.setattr(own_similarity, "_SCALES_RADIUS", 5)
    scores = score_image(s1, found, real, names=PLAIN)
    a, b = as_batch(found), as_batch(real)
    span = {"data_range": 10000.0}
    psnr = torchmetrics.peak_signal_noise_ratio(a, b, **span)
    assert scores["psnr"] == pytest.approx(float(psnr))
    sam = torchmetrics.spectral_angle_mapper(a, b)
    assert scores["sam"] == pytest.approx(math.degrees(sam), rel=1e-5)
    ergas = torchmetrics.error_relative_global_dimensionless_synthesis(a, b, ratio=1.0)
    assert scores["ergas"] == pytest.approx(float(ergas), rel=1e-6)
    multi = torchmetrics.multiscale_structural_similarity_index_measure
    each = [float(multi(a[:, [i]], b[:, [i]], **span)) for i in range(4)]
    # The library's coarsest scale has its border too, by reflection.
    assert scores["ms_ssim"] == pytest.approx(np.mean(each), abs=1e-4)


def test_ssim_is_the_librarys(images):
    from skimage.metrics import structural_similarity

    s1, found, real = images
    scores = score_image(s1, found, real, names=["ssim"])
    settings = {"gaussian_weights": True, "sigma": 1.5, "use_sample_covariance": False}
    for i, band in enumerate(("B02", "B03", "B04", "B08")):
        _, whole = structural_similarity(found[i], real[i], data_range=10000, full=True, **settings)
        assert scores[f"ssim_{band}"] == pytest.approx(whole[5:-5, 5:-5].mean(), abs=1e-12)
    bands = [scores[f"ssim_{band}"] for band in ("B02", "B03", "B04", "B08")]
    assert scores["ssim"] == pytest.approx(np.mean(bands))


def test_names_and_agreement(images):
    s1, found, real = images
    scores = score_image(s1, found, real, names=PLAIN)
    by_band = ("psnr", "ssim", "bias", "contrast")
    bands = {f"{n}_{b}" for n in by_band for b in ("B02", "B03", "B04", "B08")}
    assert set(scores) == set(PLAIN) | bands | set(OCTAVES)
    assert set(HIGHER_IS_BETTER) == set(SCORES)
    assert scores["gac"] == gac_score(s1, found)
    assert scores["psnr_B08"] == pytest.approx(
        20 * np.log10(10000 / np.sqrt(np.mean((found[3] - real[3]) ** 2)))
    )
    ndvi = [(x[3] - x[2]) / (x[3] + x[2]) for x in (found, real)]
    assert scores["ndvi_mae"] == pytest.approx(np.abs(ndvi[0] - ndvi[1]).mean())
    some = score_image(s1, found, real, names=["gac", "sam"])
    assert some == {"gac": scores["gac"], "sam": scores["sam"]}
    with pytest.raises(ValueError, match="fid"):
        score_image(s1, found, real, names=["fid"])


def test_better_images_score_better(images):
    s1, _, real = images
    near, far = real + 0.2 * (images[1] - real), real[:, ::-1] * 1.2
    scores = [score_image(s1, x, real, names=PLAIN) for x in (near, far)]
    for name in PLAIN:
        better, worse = (s[name] if HIGHER_IS_BETTER[name] else -s[name] for s in scores)
        assert better > worse, name


def test_the_real_image_itself(images):
    s1, _, real = images
    scores = score_image(s1, real, real, names=PLAIN)
    assert scores["psnr"] == math.inf
    assert scores["ssim"] == pytest.approx(1) and scores["ms_ssim"] == pytest.approx(1)
    assert scores["sam"] < 1e-5 and scores["ergas"] == 0 and scores["ndvi_mae"] == 0


def test_what_is_not_known_never_counts(images):
    s1, found, real = images
    valid = np.ones(real.shape[1:], bool)
    valid[40:60, 30:80] = False
    plain = score_image(s1, found, real, valid, names=PLAIN)
    spoilt = found.copy(), real.copy()
    spoilt[0][:, ~valid], spoilt[1][:, ~valid] = 9000.0, 5.0
    assert score_image(s1, *spoilt, valid, names=PLAIN) == plain
    spoilt[0][:, ~valid] = np.nan
    assert score_image(s1, *spoilt, names=PLAIN) == plain
    assert plain != score_image(s1, found, real, names=PLAIN)
    assert all(math.isfinite(value) for value in plain.values())


def test_holes_where_an_image_must_be_are_no_way_to_score(images):
    """Else the one that leaves out what is hard would win."""
    s1, _, real = images
    valid = np.ones(real.shape[1:], bool)
    holed = real.copy()
    holed[2, :, 7] = np.nan
    scores = score_image(s1, holed, real, valid, names=PLAIN)
    assert all(math.isnan(value) for value in scores.values())
    valid[:, 7] = False
    scores = score_image(s1, holed, real, valid, names=PLAIN)
    assert scores["psnr"] == math.inf and math.isfinite(scores["cfog"])


def test_bands_alone_are_left_out_where_nobody_asks(images, monkeypatch):
    s1, found, real = images
    whole = score_image(s1, found, real, names=["psnr", "ssim"])
    calls, maps = [], own_similarity._maps
    monkeypatch.setattr(own_similarity, "_maps", lambda *x: calls.append(1) or maps(*x))
    totals = score_image(s1, found, real, names=["psnr", "ssim"], per_band=False)
    assert totals == {name: whole[name] for name in ("psnr", "ssim")}
    assert len(calls) == 4, "each band once"


def test_whole_numbers_have_nodata_zero(images):
    s1, found, real = images
    stored = found.round().clip(1, 10000).astype(np.uint16)
    stored[:, :20] = 0
    scores = score_image(s1, stored, real, names=PLAIN)
    floats = np.where(stored == 0, np.nan, stored.astype(float))
    assert scores == score_image(s1, floats, real, names=PLAIN)


def test_a_missing_band_is_undefined_and_the_rest_is_not(images):
    s1, found, real = images
    lacking = real.copy()
    lacking[3] = np.nan
    scores = score_image(s1, found, lacking, names=PLAIN)
    missing = {"psnr_B08", "ssim_B08", "bias_B08", "contrast_B08", "ndvi_mae"}
    assert {name for name, value in scores.items() if math.isnan(value)} == missing
    whole = score_image(s1, found, real, names=PLAIN)
    assert scores["gac"] == whole["gac"] and scores["ssim_B02"] == whole["ssim_B02"]
    assert scores["ssim"] == pytest.approx(np.mean([whole[f"ssim_B0{i}"] for i in (2, 3, 4)]))


def test_nothing_to_compare_is_undefined(images):
    s1, found, real = images
    nothing = np.zeros(real.shape[1:], bool)
    for target in (real, real * np.nan):
        scores = score_image(s1, found, target, nothing, names=PLAIN)
        assert all(math.isnan(value) for value in scores.values())


def test_small_images_have_no_fifth_scale(images):
    for side, defined in ((111, False), (112, True), (120, True)):
        cut = [x[:, :side, :side] for x in images]
        scores = score_image(*cut, names=["ms_ssim", "ssim"])
        assert math.isnan(scores["ms_ssim"]) is not defined
        assert 0.5 < scores["ssim"] < 1
        if defined:
            assert 0.5 < scores["ms_ssim"] < 1


def test_spectra_of_zeros_are_skipped(images):
    s1, found, real = images
    dark = found.copy()
    dark[:, 50:70] = 0.0
    lit = np.ones(real.shape[1:], bool)
    lit[50:70] = False
    a = score_image(s1, dark, real, names=["sam", "ndvi_mae"])
    b = score_image(s1, found, real, lit, names=["sam", "ndvi_mae"])
    assert a == pytest.approx(b)


def test_shapes_must_fit(images):
    s1, found, real = images
    with pytest.raises(ValueError, match="shapes"):
        score_image(s1, found[:3], real)
    with pytest.raises(ValueError, match="shapes"):
        score_image(s1[:, 1:], found, real)
