"""The differentiable GAC: equal to the engine's, and a hinge that does not reward copies."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from gac_core.score import gac_score, roewa
from gac_core.score.orientation import log_gradient, orientation
from gac_core.score.sums import DN_FLOOR
from tests.training.places import blurred, holed, noisy, place, radar_copy
from training.losses.masks import Where
from training.losses.sar import ALPHAS, gac, shortfall


def where(mask):
    return Where.of(mask, 4)


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
    found, defined = gac(s1, known.clean(fields.target), known, (2.0,))
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
        a = orientation(roewa.roewa(10 ** (s1 / 10), valid, alpha))[inner]
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


def test_copying_the_radar_gains_nothing():
    fields = place(96)
    known = where(fields.mask)
    copy = radar_copy(fields.s1)
    real, copied = (gac(fields.s1, x, known)[0] for x in (fields.target, copy))
    assert (copied > real).all()
    copy.requires_grad_()
    cost = shortfall(fields.s1, copy, fields.target, known)
    assert cost == 0
    cost.backward()
    assert (copy.grad == 0).all()


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
    nothing = shortfall(fields.s1, noisy(flat, 30), fields.target, known)
    costs = [shortfall(fields.s1, x, fields.target, known) for x in (trace, strong)]
    assert costs[0] > 0.8 * nothing > 0.1 and costs[1] == 0


def test_descent_finds_the_edges_again():
    """From noise, following the gradient alone reaches the real image's level and rests there."""
    fields = place(64, seed=4)
    known = where(fields.mask)
    level, _ = gac(fields.s1, fields.target, known)
    found = blurred(noisy(torch.full_like(fields.target, 1500.0), 60), 1.0).requires_grad_()
    assert (gac(fields.s1, found, known)[0] < 0.2).all() and (level > 0.25).all()
    for _ in range(60):
        cost = shortfall(fields.s1, found, fields.target, known)
        (gradient,) = torch.autograd.grad(cost, found)
        if cost == 0:
            break
        found = (found - 20 * gradient.sign()).detach().requires_grad_()
    assert cost == 0 and (gradient == 0).all()
    assert (gac(fields.s1, found, known)[0] >= level).all()


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
