"""Codes that are the likeliest going forward and the expected ones going backward."""

from __future__ import annotations

import pytest
import torch
from terratorch.models.backbones.terramind.tokenizer.quantizers import FiniteScalarQuantizer

from gac_core.models.tokenizer import CODEBOOK
from training.stage3 import straight
from training.stage3.straight import straight_through


@pytest.fixture
def codebook():
    return FiniteScalarQuantizer(codebook_size=CODEBOOK).codebook


@pytest.fixture
def logits(codebook):
    drawn = torch.randn(2, 12, len(codebook), generator=torch.Generator().manual_seed(0))
    return (3 * drawn).requires_grad_()


def test_forward_is_what_a_run_decodes(logits, codebook):
    quantize = FiniteScalarQuantizer(codebook_size=CODEBOOK)
    tokens = logits.argmax(-1).view(2, 3, 4)
    found = straight_through(logits, codebook, (3, 4))
    assert torch.equal(found, quantize.indices_to_embedding(tokens))


def test_backward_is_that_of_the_expected_code(logits, codebook, monkeypatch):
    weight = torch.randn(2, 5, 3, 4, generator=torch.Generator().manual_seed(1))
    (straight_through(logits, codebook, (3, 4)) * weight).sum().backward()
    found, logits.grad = logits.grad, None
    expected = (torch.softmax(logits, -1) @ codebook).transpose(1, 2).unflatten(-1, (3, 4))
    (expected * weight).sum().backward()
    assert found.abs().max() > 0
    assert torch.allclose(found, logits.grad, atol=1e-7)

    # In pieces it is the same.
    monkeypatch.setattr(straight, "_CHUNK", 5)
    logits.grad = None
    (straight_through(logits, codebook, (3, 4)) * weight).sum().backward()
    assert torch.allclose(found, logits.grad, atol=1e-7)


def test_half_precision_logits_keep_whole_codes(logits, codebook):
    halves = logits.detach().bfloat16().requires_grad_()
    found = straight_through(halves, codebook, (3, 4))
    assert found.dtype == torch.float32
    assert torch.equal(found, straight_through(halves.float(), codebook, (3, 4)))
    found.sum().backward()
    assert torch.isfinite(halves.grad).all()
