"""What stage 2's head corrects: opt_v1, or its local mean."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from gac_core.bands import OUTPUT_INDEX
from gac_core.models.detail import local_mean
from gac_core.models.prithvi import build_prithvi
from gac_core.models.refiner import HeadShape, Refiner, RefinerHead
from tests.core.tiny import HEAD, PRITHVI, randomise

SMOOTH = 3.0


@pytest.fixture
def opt_v1():
    return 1000 + 300 * torch.randn(1, 12, 96, 96, generator=torch.Generator().manual_seed(0))


def refined(shape: HeadShape, opt_v1: torch.Tensor, *, trained: bool) -> torch.Tensor:
    torch.manual_seed(1)
    refiner = Refiner(build_prithvi(PRITHVI), RefinerHead(shape, PRITHVI.embed_dim)).eval()
    if trained:
        randomise(refiner.head.correct.out)
    known = torch.tensor([6])
    with torch.no_grad():
        return refiner(opt_v1, known, known)


def test_a_head_that_starts_changes_nothing_but_what_it_smooths(opt_v1):
    shown = opt_v1[:, OUTPUT_INDEX]
    assert torch.equal(refined(HEAD, opt_v1, trained=False), shown)
    smoothed = refined(replace(HEAD, smooth=SMOOTH), opt_v1, trained=False)
    assert torch.equal(smoothed, local_mean(shown, SMOOTH))
    assert smoothed.std() < 0.3 * shown.std()


def test_the_head_sees_opt_v1_as_it_is(opt_v1):
    sharp, smooth = (
        refined(shape, opt_v1, trained=True) for shape in (HEAD, replace(HEAD, smooth=SMOOTH))
    )
    shown = opt_v1[:, OUTPUT_INDEX]
    assert torch.allclose(sharp - shown, smooth - local_mean(shown, SMOOTH), atol=1e-2)
    assert (sharp - shown).abs().max() > 1


def test_smoothing_on_the_card():
    values = HEAD.to_dict()
    assert HeadShape.from_dict({**values, "smooth": 4}).smooth == 4
    for wrong in (-1.0, 9.0, float("nan"), "4", True):
        with pytest.raises(ValueError, match="smooth is"):
            HeadShape.from_dict({**values, "smooth": wrong})
