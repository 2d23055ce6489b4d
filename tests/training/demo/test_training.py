"""The demo bundle's training: the split, the codes, and that training learns."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from gac_core.networks.terramind import OUTPUT, TerraMindShape, UNetShape, build_terramind
from training.demo.build import PatchCode
from training.demo.generator import (
    LEVELS,
    Digits,
    cosines,
    digit_loss,
    initialise_attention,
    local_error,
    straight_through,
)
from training.demo.pairs import (
    WINDOW,
    biome_of,
    corners,
    draw,
    pack_pairs,
    role_of,
    simulate_pairs,
    tiles_of,
    unpack_pairs,
)
from training.fit.loop import Schedule, train_network


@pytest.fixture(scope="module")
def simulated():
    return simulate_pairs(7, 6, 128)


@pytest.fixture(scope="module")
def code(simulated):
    torch.manual_seed(0)
    windows = draw(simulated, simulated, np.random.default_rng(0), 60)
    found = PatchCode()
    found.fit(windows.s2)
    return found


def test_no_tile_has_two_roles():
    train, stop, test = (set(tiles_of(role)) for role in ("train", "val", "test"))
    assert not train & stop and not train & test and not stop & test
    assert len(test) >= 4 and len(stop) >= 4
    assert all(role_of(tile) == "test" and 0 <= biome_of(tile) <= 14 for tile in test)


def test_the_linear_encoder_uses_many_codes(simulated, code):
    tokenizer = build_terramind(_SMALL).tokenizer[OUTPUT]
    s2 = corners(simulated).s2
    codes, _, tokens = tokenizer.quantize(code(s2))
    assert len(tokens.unique()) > 100
    assert all(len(codes[:, i].unique()) >= levels // 2 for i, levels in enumerate(LEVELS))


def test_digits_equal_the_vocabulary():
    """Logits of a code are the sum of those of its digits, in the quantiser's order."""
    torch.manual_seed(0)
    digits = Digits(16)
    hidden = torch.randn(1, 3, 16)
    whole = hidden @ digits.vocabulary().T
    tokenizer = build_terramind(_SMALL).tokenizer[OUTPUT]
    best = tokenizer.quantize.indice_to_code(whole.argmax(-1))
    parts = digits(hidden)
    each = torch.stack([p.argmax(-1) / (n - 1) for p, n in zip(parts, LEVELS, strict=True)], dim=-1)
    assert torch.allclose(best, each)
    assert torch.allclose(whole.max(-1).values, sum(p.max(-1).values for p in parts), atol=1e-5)


def test_attention_starts_at_a_tokens_own_place():
    torch.manual_seed(0)
    model = build_terramind(_SMALL)
    before = _own_place(model)
    initialise_attention(model)
    assert _own_place(model) > 2 * before


def _own_place(model):
    """Attention of the first cross-attention to a token's own place, mean over tokens and heads."""
    positions = next(iter(model.sampler.model.encoder_embeddings.values())).pos_emb[0]
    positions = positions - positions.mean(0)
    attention = model.sampler.model.decoder[0].cross_attn
    dim, heads = positions.shape[1], attention.num_heads
    queries, keys = (
        (positions @ weight.T).view(len(positions), heads, dim // heads).transpose(0, 1)
        for weight in (attention.q.weight, attention.kv.weight[:dim])
    )
    found = torch.softmax(queries @ keys.transpose(1, 2) / (dim // heads) ** 0.5, dim=-1)
    return float(found.diagonal(dim1=1, dim2=2).mean().detach())


def test_embeddings_start_from_cosines():
    weights = cosines(24, 2 * 16**2)
    gram = weights @ weights.T
    assert torch.allclose(gram, gram[0, 0] * torch.eye(24), atol=1e-5)
    vv = weights[0].view(16, 16, 2)[..., 0]
    assert torch.allclose(vv, vv.mean().expand_as(vv)), "the first is the patch's mean of VV"


def test_local_error_leaves_a_windows_mean_out():
    latent = torch.randn(2, 5, 3, 3)
    place = torch.sigmoid(latent).flatten(2)
    right = tuple(
        -50 * (torch.linspace(0, 1, n) - place[:, i, :, None]) ** 2 for i, n in enumerate(LEVELS)
    )
    flat = tuple(torch.zeros_like(part) for part in right)
    assert float(local_error(right, latent)) < 0.1 * float(local_error(flat, latent))


def test_straight_through_codes_have_a_gradient():
    torch.manual_seed(0)
    logits = tuple(torch.randn(1, 4, n, requires_grad=True) for n in LEVELS)
    codes = straight_through(logits, 2)
    assert codes.shape == (1, 5, 2, 2)
    for i, levels in enumerate(LEVELS):
        steps = codes[:, i].detach() * (levels - 1)
        assert torch.allclose(steps, steps.round(), atol=1e-4)
    codes.sum().backward()
    assert all(part.grad.abs().sum() > 0 for part in logits)


def test_right_digits_cost_least():
    latent = torch.randn(1, 5, 2, 2)
    right = tuple(
        torch.nn.functional.one_hot(
            (torch.sigmoid(latent[:, i]).flatten(1) * (n - 1)).round().long(), n
        ).float()
        for i, n in enumerate(LEVELS)
    )
    wrong = tuple(part.roll(n // 2, -1) for part, n in zip(right, LEVELS, strict=True))
    assert digit_loss(right, latent) < digit_loss(wrong, latent)


def test_training_lowers_the_loss_and_keeps_the_best(simulated):
    torch.manual_seed(0)
    network = torch.nn.Conv2d(2, 4, 1)
    rng = np.random.default_rng(1)
    held = corners(simulated[:2])

    def loss_of(batch):
        return (network(batch.s1 / 10) - batch.s2[:, [1, 2, 3, 7]] / 1000).abs().mean()

    before = loss_of(held).item()
    best = train_network(
        "test",
        list(network.parameters()),
        lambda step: loss_of(draw(simulated, simulated, rng, 4)),
        lambda: loss_of(held).item(),
        Schedule(steps=30, rate=3e-2, warmup=3, every=10),
    )
    assert best < 0.8 * before
    assert loss_of(held).item() == pytest.approx(best, rel=1e-5)


def test_training_stops_where_the_loss_is_no_number():
    parameter = torch.nn.Parameter(torch.ones(1))
    with pytest.raises(FloatingPointError, match="test"):
        train_network(
            "test", [parameter], lambda s: parameter.sum() * torch.nan, lambda: 0.0, Schedule(2, 1)
        )


def test_batches_hold_what_pairs_hold(simulated):
    batch = draw(simulated, simulated, np.random.default_rng(0), 3)
    assert batch.s1.shape == (3, 2, WINDOW, WINDOW)
    assert batch.s2.shape == (3, 12, WINDOW, WINDOW)
    assert set(batch.month.tolist()) <= {pair.month for pair in simulated}
    again = draw(simulated, simulated, np.random.default_rng(0), 3)
    assert torch.equal(batch.s1, again.s1)


def test_packed_pairs_come_back(simulated):
    back = unpack_pairs(pack_pairs(simulated), 7)
    for old, new in zip(simulated, back, strict=True):
        assert (old.name, old.month, old.real) == (new.name, new.month, new.real)
        assert np.allclose(old.s2, new.s2, rtol=1e-3)


_SMALL = TerraMindShape(
    dim=64,
    encoder_depth=1,
    decoder_depth=1,
    num_heads=2,
    image_size=64,
    unet=UNetShape(model_channels=32, num_res_blocks=1, channel_mult=(1, 1)),
)
