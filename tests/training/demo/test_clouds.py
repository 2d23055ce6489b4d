"""The demo's training windows between simulated clouds."""

from __future__ import annotations

import numpy as np
import torch

from training.demo import recipe
from training.demo.examples import Example, draw
from training.demo.grounding import bridge_shape
from training.demo.pairs import simulate_pairs
from training.sections import CloudsSection


def windows(clouds):
    pairs = simulate_pairs(7, 2, 128)
    grey = [np.full(pair.s2.shape, 900.0, np.float32) for pair in pairs]
    examples = [Example(pair, image, image + 50) for pair, image in zip(pairs, grey, strict=True)]
    torch.manual_seed(0)
    return draw(examples, np.random.default_rng(0), 6, 0.0, clouds)


def test_what_clouds_leave_clear_is_the_real_image():
    drawn = windows(CloudsSection(share=0.6))
    kept = drawn.observed.expand_as(drawn.s2)
    assert 0 < drawn.observed.flatten(1).any(1).sum() < len(drawn)
    for image in (drawn.opt_v1, drawn.opt_v2):
        assert torch.equal(image[kept], drawn.s2[kept])
    # A loss of it does not depend on what is generated there.
    mosaic = drawn.with_observed(drawn.opt_v1, drawn.s2)
    assert torch.equal(mosaic, drawn.opt_v1)
    generated = drawn.opt_v1.clone().requires_grad_()
    drawn.with_observed(generated, drawn.s2).sum().backward()
    assert not generated.grad[kept].any() and generated.grad[~kept].all()


def test_without_clouds_windows_are_what_they_were():
    plain, none = windows(None), windows(CloudsSection())
    assert not plain.observed.any()
    assert all(torch.equal(getattr(plain, n), getattr(none, n)) for n in ("s1", "opt_v1", "month"))
    assert recipe.CLOUDS.share == 0 and bridge_shape() == recipe.BRIDGE
