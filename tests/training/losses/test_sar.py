"""The differentiable GAC: equal to the engine's, and a loss that copies of the radar pay."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from gac_core.band_statistics import OUTPUT_INDEX
from gac_core.scores import gac_score
from gac_core.scores.gac import DN_FLOOR, log_gradient, orientation, roewa
from tests.training.places import Place, blurred, holed, noisy, place, radar_copy
from training.demo.sensors import simulate_pair
from training.losses.masks import ValidMask
from training.losses.sar import ALPHAS, agreement_gap, gac, texture_gap


def where(mask):
    return ValidMask.from_mask(mask, 4)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("holes", [False, True])
def test_equals_the_engine(dtype, holes):
    fields = place(96, seed=1, dtype=dtype)
    fields.target[..., 60:80, 5:30] = 30.0
    mask = holed(fields.mask) if holes else fields.mask
    s1 = fields.s1.clone()
    if holes:
        s1[..., 70:74, 60:70] = torch.nan
    known = where(mask)
    found, defined = gac(s1, known.zero_unknown(fields.target), known, (2.0,))
    dn = torch.where(mask, fields.target, torch.nan)[0].numpy()
    assert bool(defined)
    assert float(found) == pytest.approx(gac_score(s1[0].numpy(), dn), abs=1e-4)


def test_other_decays_equal_the_engines_parts():
    fields = place(80, seed=2)
    found, _ = gac(fields.s1, fields.target, where(fields.mask))
    s1, dn = fields.s1[0].numpy(), fields.target[0].numpy()
    valid = np.ones(s1.shape[1:], bool)
    inner = (slice(None), slice(8, -8), slice(8, -8))
    b = orientation(log_gradient(np.maximum(dn, DN_FLOOR), valid))[inner]
    for alpha, score in zip(ALPHAS, found[0], strict=True):
        a = orientation(roewa(10 ** (s1 / 10), valid, alpha))[inner]
        expected = (a * b).sum() / np.sqrt((a * a).sum() * (b * b).sum())
        assert float(score) == pytest.approx(expected, abs=1e-9)


def test_undefined_where_flat_or_too_small():
    fields = place(64)
    flat = torch.full_like(fields.target, 1000.0)
    assert not gac(fields.s1, flat, where(fields.mask))[1]
    assert not gac(fields.s1 * 0, fields.target, where(fields.mask))[1]
    narrow = torch.zeros_like(fields.mask)
    narrow[..., :16] = True
    assert not gac(fields.s1, fields.target, where(narrow))[1]


def cost(part, fields, image):
    return part(fields.s1, image, fields.target, where(fields.mask)).mean


def speckled(fields, share=0.5):
    """The real image with the radar's speckle printed on it."""
    amplitude = radar_copy(fields.s1)
    return fields.target * (1 + share * (amplitude / blurred(amplitude, 2.0) - 1))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("part", [agreement_gap, texture_gap])
def test_too_much_agreement_is_paid_for(part, seed):
    """A copy of the radar, and its speckle on the real image; the real one costs nothing."""
    s1, s2 = (torch.from_numpy(image).double()[None] for image in simulate_pair(seed, 112))
    fields = Place(s1, s2[:, list(OUTPUT_INDEX)], torch.ones(1, 1, 112, 112, dtype=torch.bool))
    copy = radar_copy(fields.s1)
    real, soft, copied, printed = (
        float(cost(part, fields, x))
        for x in (fields.target, blurred(fields.target, 0.6), copy, speckled(fields, 1.0))
    )
    assert real == 0
    assert copied > 0.3 and printed > 0.01 and min(copied, printed) > 1.3 * soft


def test_too_much_costs_as_much_as_too_little():
    """At each decay by what the score is off, to either side."""
    fields = place(96)
    known = where(fields.mask)
    level, _ = gac(fields.s1, fields.target, known)
    mirrored = fields.target.flip(-1)
    for image in (radar_copy(fields.s1), mirrored, noisy(mirrored, 500)):
        score, _ = gac(fields.s1, image, known)
        expected = float((score - level).abs().mean())
        assert float(cost(agreement_gap, fields, image)) == pytest.approx(expected, rel=1e-6)
    assert (gac(fields.s1, radar_copy(fields.s1), known)[0] > level).all()


@pytest.mark.parametrize("part", [agreement_gap, texture_gap])
def test_the_gradient_of_a_copy_leads_to_less_agreement(part):
    fields = place(96)
    copy = radar_copy(fields.s1)
    costs, scores = [], []
    for _ in range(8):
        copy.requires_grad_()
        value = cost(part, fields, copy)
        (gradient,) = torch.autograd.grad(value, copy)
        costs.append(float(value.detach()))
        scores.append(float(gac(fields.s1, copy.detach(), where(fields.mask))[0].mean()))
        copy = (copy - 10 * gradient / gradient.abs().mean()).detach()
    assert costs[-1] < 0.8 * costs[0]
    assert part is texture_gap or scores[-1] < scores[0]


@pytest.mark.parametrize("part", [agreement_gap, texture_gap])
def test_no_faintness_brings_a_copy_to_the_real_images_level(part):
    """Held to a least power a faint image scores lower: the score alone would pass the level."""
    fields = place(96)
    copy = radar_copy(fields.s1)
    middle = copy.mean((2, 3), keepdim=True)
    strengths = np.geomspace(0.001, 1.0, 25)
    costs = [float(cost(part, fields, middle + s * (copy - middle))) for s in strengths]
    assert min(costs) > 0.3 * costs[-1] > 0.05
    for s in (1e-6, 0.0):
        image = (middle + s * (copy - middle)).requires_grad_()
        (gradient,) = torch.autograd.grad(cost(part, fields, image), image)
        assert gradient.isfinite().all() and gradient.abs().max() < 0.01


def test_faint_edges_are_not_enough():
    """A trace of the radar in a flat image has a high score, and pays as if it had none."""
    fields = place(64, seed=4)
    known = where(fields.mask)
    flat = torch.full_like(fields.target, 1500.0)
    copy = radar_copy(blurred(fields.s1, 1.0))
    trace = flat + 30 * (copy - copy.mean()) / copy.std()
    strong = flat + 500 * (copy - copy.mean()) / copy.std()
    level, _ = gac(fields.s1, fields.target, known)
    assert (gac(fields.s1, trace, known)[0] > level).all()
    nothing = cost(agreement_gap, fields, noisy(flat, 30))
    assert cost(agreement_gap, fields, trace) > 0.8 * nothing > 0.1
    assert cost(agreement_gap, fields, strong) > 0.1


def test_descent_finds_the_edges_again():
    """From noise, following the gradient alone reaches the real image's level and rests there."""
    fields = place(64, seed=4)
    known = where(fields.mask)
    level, _ = gac(fields.s1, fields.target, known)
    found = blurred(noisy(torch.full_like(fields.target, 1500.0), 60), 1.0).requires_grad_()
    assert (gac(fields.s1, found, known)[0] < 0.2).all() and (level > 0.25).all()
    for step in range(80):
        (gradient,) = torch.autograd.grad(cost(agreement_gap, fields, found), found)
        found = (found - 20 * 0.95**step * gradient.sign()).detach().requires_grad_()
    assert float(cost(agreement_gap, fields, found)) < 0.02
    assert ((gac(fields.s1, found, known)[0] - level).abs() < 0.04).all()


def test_samples_are_scored_one_by_one():
    some = [place(64, seed=seed) for seed in (1, 5)]
    together = [torch.cat(parts) for parts in zip(*some, strict=True)]
    found, defined = gac(together[0], together[1], where(together[2]))
    assert defined.all()
    for number, one in enumerate(some):
        alone, _ = gac(one.s1, one.target, where(one.mask))
        assert torch.allclose(found[number], alone[0])


@pytest.mark.parametrize("fill", [-9999.0, -400.0, 900.0])
def test_values_that_no_radar_measures_make_no_gradient_undefined(fill):
    fields = place(64, dtype=torch.float32)
    s1 = fields.s1.clone()
    s1[..., :40, :40] = fill
    found = noisy(fields.target, 300).requires_grad_()
    scores, defined = gac(s1, found, where(fields.mask))
    scores.sum().backward()
    assert defined and scores.isfinite().all()
    assert found.grad.isfinite().all() and found.grad.any()
