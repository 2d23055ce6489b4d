"""The parts against their formulas, written out plainly or by a library."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from scipy.ndimage import gaussian_filter, uniform_filter
from torch.nn import functional

from tests.training.places import blurred, noisy, place
from training.losses import picture
from training.losses.masks import SPREAD, ValidMask

SPREADS = torch.tensor(SPREAD, dtype=torch.float64).view(1, -1, 1, 1)


@pytest.fixture(scope="module")
def case():
    fields = place(93)
    return noisy(fields.target, 150), fields.target, ValidMask.from_mask(fields.mask, 4)


def test_levels_are_counted_in_spreads(case):
    found, target, where = case
    error = (found - target) / SPREADS
    assert float(picture.level(*case).mean) == pytest.approx(float(error.abs().mean()))
    assert float(picture.squared(*case).mean) == pytest.approx(float((error**2).mean()))
    huber = functional.huber_loss(error, torch.zeros_like(error), delta=2.0)
    assert float(picture.huber(*case).mean) == pytest.approx(float(huber))
    shifted = target + SPREADS
    assert float(picture.level(shifted, target, where).mean) == pytest.approx(1.0)


def test_angle_is_the_spectral_angle(case):
    found, target, _ = case
    a, b = found[0].numpy(), target[0].numpy()
    cosine = (a * b).sum(0) / np.linalg.norm(a, axis=0) / np.linalg.norm(b, axis=0)
    assert float(picture.angle(*case).mean) == pytest.approx(np.arccos(cosine).mean(), rel=0.03)
    assert float(picture.angle(target * 1.7, target, case[2]).mean) < 1e-6


def test_structure_is_local_correlation(case):
    a, b = ((x / SPREADS)[0].numpy() for x in case[:2])

    def mean(x):
        return uniform_filter(x, (1, 9, 9))[:, 4:-4:3, 4:-4:3]

    var_a, var_b = mean(a * a) - mean(a) ** 2, mean(b * b) - mean(b) ** 2
    top = mean(a * b) - mean(a) * mean(b) + 0.01
    expected = 1 - (top / np.sqrt((var_a + 0.01) * (var_b + 0.01))).mean()
    assert float(picture.structure(*case).mean) == pytest.approx(expected)


def test_edges_do_not_see_level(case):
    found, target, where = case
    assert float(picture.edges(target + 500, target, where).mean) < 1e-9
    error = ((found - target) / SPREADS)[0]
    expected = error.diff(dim=1).abs().mean() + error.diff(dim=2).abs().mean()
    assert float(picture.edges(*case).mean) == pytest.approx(float(expected))


def test_ms_ssim_is_ssim_at_its_scales(case):
    """Scale by scale against Gaussian filters; 93 px have room for four scales of 7 px windows."""
    a, b = ((x / SPREADS)[0].numpy() for x in case[:2])
    c1, c2 = (0.01 * picture.RANGE) ** 2, (0.03 * picture.RANGE) ** 2
    total = 0.0
    for scale, beta in enumerate(picture.BETAS[:4]):

        def mean(x):
            return gaussian_filter(x, (0, 1.5, 1.5), radius=(0, 3, 3))[:, 3:-3, 3:-3]

        covariance = mean(a * b) - mean(a) * mean(b)
        variances = mean(a * a) - mean(a) ** 2 + mean(b * b) - mean(b) ** 2
        found = (2 * covariance + c2) / (variances + c2)
        if scale == 3:
            found *= (2 * mean(a) * mean(b) + c1) / (mean(a) ** 2 + mean(b) ** 2 + c1)
        total += beta * (1 - found.mean())
        a, b = (x[:, : x.shape[1] // 2 * 2, : x.shape[2] // 2 * 2] for x in (a, b))
        a, b = (x.reshape(4, x.shape[1] // 2, 2, -1, 2).mean((2, 4)) for x in (a, b))
    expected = total / sum(picture.BETAS[:4])
    assert float(picture.ms_ssim(*case).mean) == pytest.approx(expected)


@pytest.mark.parametrize("side", [32, 64, 112, 176])
def test_ms_ssim_works_at_every_crop(side):
    fields = place(side)
    where = ValidMask.from_mask(fields.mask, 4)
    blur = picture.ms_ssim(blurred(fields.target), fields.target, where).mean
    flipped = picture.ms_ssim(fields.target.flip(-1), fields.target, where).mean
    assert 0.02 < float(blur) < float(flipped) < 1.2


def test_indices_follow_their_formulas():
    target = torch.tensor([300.0, 600.0, 500.0, 3500.0], dtype=torch.float64).view(1, 4, 1, 1)
    found = torch.tensor([400.0, 700.0, 900.0, 2500.0], dtype=torch.float64).view(1, 4, 1, 1)
    where = ValidMask.from_mask(torch.ones(1, 1, 1, 1), 4)
    ndvi = 3000 / 4000 - 1600 / 3400
    assert float(picture.ndvi(found, target, where).mean) == pytest.approx(ndvi / 0.2)
    evi = 2.5 * 0.30 / (0.35 + 0.3 - 0.225 + 1) - 2.5 * 0.16 / (0.25 + 0.54 - 0.3 + 1)
    assert float(picture.evi(found, target, where).mean) == pytest.approx(evi / 0.2)


def test_coherence_sees_texture_copied_into_all_bands():
    fields = place(96)
    where = ValidMask.from_mask(fields.mask, 4)
    copied = fields.target + 300 * torch.randn(1, 1, 96, 96, dtype=torch.float64)
    apart = noisy(fields.target, 30)
    costs = [float(picture.coherence(x, fields.target, where).mean) for x in (apart, copied)]
    assert costs[0] < 0.1 < costs[1]


def test_guard_allows_what_is_given_or_real():
    fields = place(96)
    where = ValidMask.from_mask(fields.mask, 4)
    smooth = blurred(fields.target, 6.0)
    drawn = smooth.clone()
    drawn[..., 40, :] += 1500.0
    sharper = smooth + 0.7 * (fields.target - smooth)
    for allowed in (fields.target, smooth, sharper):
        assert float(picture.invented(allowed, fields.target, smooth, where).mean) < 1e-3
    assert float(picture.invented(drawn, smooth, smooth, where).mean) > 0.02
    assert float(picture.invented(drawn, smooth, drawn, where).mean) == 0


def test_colours_may_be_mended_but_not_spoilt():
    fields = place(96)
    where = ValidMask.from_mask(fields.mask, 4)
    target = fields.target
    before = target * 1.2
    assert float(picture.worsened(target * 1.1, target, before, where).mean) < 1e-12
    assert float(picture.worsened(target * 1.3, target, before, where).mean) > 0.05
    assert float(picture.identity(before, before, where).mean) == 0
    expected = float((0.2 * target / SPREADS).mean())
    assert math.isclose(float(picture.identity(target, before, where).mean), expected, rel_tol=0.05)
