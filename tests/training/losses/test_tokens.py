"""Cross-entropy of tokens: a share of guessing, with unknown tokens left out."""

from __future__ import annotations

import math

import pytest
import torch

from gac_core.errors import RequestError
from training.losses import GroundLoss, GroundWeights
from training.losses.tokens import UNKNOWN, token_loss

ENTRIES = 500
MASK = torch.ones(2, 1, 32, 48, dtype=torch.bool)


@pytest.fixture
def codes():
    return torch.randint(0, ENTRIES, (2, 2, 3), generator=torch.Generator().manual_seed(0))


def test_guessing_costs_one_and_knowing_nothing(codes):
    even = torch.zeros(2, 6, ENTRIES)
    assert float(token_loss(even, codes, MASK).mean) == pytest.approx(1.0)
    sure = torch.nn.functional.one_hot(codes.flatten(1), ENTRIES) * 60.0
    assert float(token_loss(sure, codes, MASK).mean) < 1e-6


def test_order_is_row_by_row(codes):
    logits = torch.zeros(2, 6, ENTRIES)
    logits[1, 4, codes[1, 1, 1]] = 3.0
    one = math.log(ENTRIES - 1 + math.exp(3.0)) - 3.0
    expected = (11 * math.log(ENTRIES) + one) / 12 / math.log(ENTRIES)
    assert float(token_loss(logits, codes, MASK).mean) == pytest.approx(expected)


def test_tokens_that_are_partly_unknown_do_not_count(codes):
    logits = torch.randn(2, 6, ENTRIES, generator=torch.Generator().manual_seed(1))
    mask = MASK.clone()
    mask[0, :, 17, 20] = False
    spoilt = codes.clone()
    spoilt[0, 1, 1] = (spoilt[0, 1, 1] + 1) % ENTRIES
    plain, again = token_loss(logits, codes, mask), token_loss(logits, spoilt, mask)
    assert plain.total == again.total and plain.count == again.count == 11
    assert token_loss(logits, codes, MASK).total != token_loss(logits, spoilt, MASK).total
    spoilt[0, 1, 1] = UNKNOWN
    lacking = token_loss(logits, spoilt, MASK)
    assert torch.isclose(lacking.total, plain.total) and lacking.count == 11


def test_nothing_known_adds_nothing_and_has_a_gradient(codes):
    logits = torch.randn(2, 6, ENTRIES, requires_grad=True)
    cost = token_loss(logits, codes, ~MASK)
    cost.mean.backward()
    assert cost.total == 0 and cost.count == 0 and (logits.grad == 0).all()


def test_part_of_grounding(codes):
    found = torch.rand(2, 4, 32, 48) * 3000
    weights = {name: float(name in ("tokens", "level")) for name in vars(GroundWeights())}
    loss = GroundLoss(GroundWeights(**weights))
    s1, logits = torch.zeros(2, 2, 32, 48), torch.zeros(2, 6, ENTRIES)
    parts = loss(found, found, found, s1, MASK, logits, codes)
    assert float(parts["tokens"].mean) == pytest.approx(1.0)
    assert set(loss(found, found, found, s1, MASK)) == {"level"}
    with pytest.raises(RequestError, match="together"):
        loss(found, found, found, s1, MASK, logits)
    with pytest.raises(RequestError, match="do not fit"):
        loss(found, found, found, s1, MASK, logits[:, :5], codes)
