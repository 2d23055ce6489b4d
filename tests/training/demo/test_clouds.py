"""The demo's training windows between simulated clouds."""

from __future__ import annotations

import numpy as np
import torch

from training.demo.examples import Example, draw
from training.demo.pairs import simulate_pairs
from training.sections import CloudsSection


def windows(clouds, into="opt_v1"):
    pairs = simulate_pairs(7, 2, 128)
    grey = [np.full(pair.s2.shape, 900.0, np.float32) for pair in pairs]
    examples = [Example(pair, image, image + 50) for pair, image in zip(pairs, grey, strict=True)]
    torch.manual_seed(0)
    return draw(examples, np.random.default_rng(0), 6, 0.0, clouds, into)


def test_what_clouds_leave_clear_is_the_real_image():
    drawn = windows(CloudsSection(share=0.6))
    kept = drawn.observed.expand_as(drawn.s2)
    assert 0 < drawn.observed.flatten(1).any(1).sum() < len(drawn)
    assert torch.equal(drawn.opt_v1[kept], drawn.s2[kept])
    assert not torch.equal(drawn.opt_v2[kept], drawn.s2[kept])
    later = windows(CloudsSection(share=0.6), "opt_v2")
    assert torch.equal(later.opt_v2[kept], later.s2[kept])


def test_without_clouds_windows_are_what_they_were():
    plain, none = windows(None), windows(CloudsSection())
    assert not plain.observed.any()
    assert all(torch.equal(getattr(plain, n), getattr(none, n)) for n in ("s1", "opt_v1", "month"))
