"""Our TerraMind path against the library's own, on small networks with random weights."""

from __future__ import annotations

import pytest
import torch
from terratorch.models.backbones.terramind.tokenizer.vqvae import DiVAE

from gac_core.networks.terramind import (
    IMAGE,
    OUTPUT,
    TerraMindShape,
    UNetShape,
    build_terramind,
    choose_tokens,
    decode_tokens,
    decoder_features,
    standardise_radar,
    token_logits,
)

SHAPE = TerraMindShape(
    dim=64,
    encoder_depth=2,
    decoder_depth=2,
    num_heads=2,
    image_size=64,
    unet=UNetShape(model_channels=32, num_res_blocks=1, channel_mult=(1, 1)),
)


@pytest.fixture(scope="module")
def model():
    torch.manual_seed(0)
    built = build_terramind(SHAPE)
    # The library starts the UNet's last convolution at zero, which would hide every difference.
    torch.nn.init.normal_(built.tokenizer[OUTPUT].decoder.out[-1].weight, std=0.05)
    return built


@pytest.fixture
def radar():
    torch.manual_seed(1)
    return torch.randn(2, 2, 64, 64)


def test_tokens_equal_the_library(model, radar, monkeypatch):
    """With temperature 0 the library's own forward pass must choose the same tokens."""
    seen = {}
    tokenizer = model.tokenizer[OUTPUT]
    tokenizer.decode_tokens = lambda tok, **kw: seen.setdefault("tokens", tok)
    monkeypatch.setattr(tokenizer, "patch_size", 16, raising=False)
    monkeypatch.setattr(model, "temps", 0.0)
    optical = torch.randn(2, 12, 64, 64)
    model({"S1GRD": radar, "S2L2A": optical}, standardize=False)
    with torch.no_grad():
        ours = choose_tokens(token_logits(model, radar, "S1GRD", optical), 0.0, 0.8)
    assert torch.equal(ours, seen["tokens"].reshape(2, -1))
    assert len(ours.unique()) > 1


def library_tokenizer(ours):
    """TerraTorch's `DiVAE` around our parts; it can only build a decoder of the published size."""
    with torch.device("meta"):
        library = DiVAE(
            image_size=IMAGE,
            n_channels=12,
            dec_type="unet_patched",
            prediction_type="sample",
            patch_size=16,
            latent_dim=5,
            clip_sample=True,
            enc_type="BottleneckMLP/B_1-Wi_64",
            quant_type="lucid",
            codebook_size=16,
        )
    # Its tables are on the meta device too.
    scheduler = type(library.noise_scheduler).from_config(library.noise_scheduler.config)
    library.quantize, library.decoder, library.noise_scheduler = (
        ours.quantize,
        ours.decoder,
        scheduler,
    )
    library.pipeline = library._get_pipeline(scheduler)
    del library.encoder, library.quant_proj
    return library


def test_the_schedule_is_the_librarys(model):
    ours = model.tokenizer[OUTPUT]
    library = library_tokenizer(ours)
    assert type(ours.noise_scheduler) is type(library.noise_scheduler)
    configs = [dict(each.noise_scheduler.config) for each in (ours, library)]
    for config in configs:
        del config["_use_default_values"]
    assert configs[0] == configs[1]


@pytest.mark.parametrize("timesteps", [1, 5, 8, 10])
def test_decoding_equals_the_library(model, timesteps):
    """The images are the same bits if the steps divide 1000, with the library's clip."""
    tokenizer = model.tokenizer[OUTPUT]
    tokens = torch.randint(0, 15360, (1, 4, 4))
    expected = library_tokenizer(tokenizer).decode_tokens(
        tokens,
        timesteps=timesteps,
        image_size=(64, 64),
        generator=torch.Generator().manual_seed(3),
    )
    noise = torch.randn(1, 12, 64, 64, generator=torch.Generator().manual_seed(3))
    with torch.no_grad():
        ours = decode_tokens(tokenizer, tokens, noise, timesteps, threshold=1.0)
    assert torch.equal(ours, expected)
    assert ours.std() > 0


def test_without_threshold_values_leave_one_sigma(model):
    tokenizer = model.tokenizer[OUTPUT]
    torch.nn.init.normal_(tokenizer.decoder.out[-1].weight, std=0.5)
    noise = torch.randn(1, 12, 64, 64)
    with torch.no_grad():
        free = decode_tokens(tokenizer, torch.zeros(1, 4, 4, dtype=torch.long), noise, 2)
    assert free.abs().max() > 1.0


@pytest.mark.parametrize("timesteps", [3, 7, 12])
def test_passes_are_as_many_as_asked(model, timesteps):
    passes = []
    with torch.no_grad():
        decode_tokens(
            model.tokenizer[OUTPUT],
            torch.zeros(1, 4, 4, dtype=torch.long),
            torch.randn(1, 12, 64, 64),
            timesteps,
            check=lambda: passes.append(1),
        )
    assert len(passes) == timesteps


def test_features_are_what_tokens_are_chosen_by(model, radar):
    optical = torch.randn(2, 12, 64, 64)
    with torch.no_grad():
        maps = decoder_features(model, radar, "S1GRD", optical)
        logits = token_logits(model, radar, "S1GRD", optical)
        target = model.sampler.model.decoder_embeddings[OUTPUT]
        again = target.forward_logits(maps.flatten(2).transpose(1, 2))
        alone = decoder_features(model, radar, "S1GRD")
    assert maps.shape == (2, SHAPE.dim, 4, 4)
    assert torch.equal(again, logits)
    assert not torch.allclose(maps, alone)


def test_gradient_reaches_the_decoder(model, radar):
    token_logits(model, radar, "S1GRD").square().mean().backward()
    weight = model.sampler.model.decoder[0].cross_attn.kv.weight
    assert weight.grad is not None and weight.grad.abs().sum() > 0


def test_sampling_keeps_to_the_nucleus():
    logits = torch.log(torch.tensor([[[0.5, 0.3, 0.15, 0.05]]]))
    drawn = [
        int(choose_tokens(logits, 1.0, 0.8, torch.tensor([[u]]))) for u in (0.0, 0.6, 0.63, 0.999)
    ]
    assert drawn == [0, 0, 1, 1]


def test_standardise_uses_each_modality():
    value = torch.tensor([-12.599, -20.293]).view(1, 2, 1, 1)
    assert torch.allclose(standardise_radar(value, "S1GRD"), torch.zeros(1, 2, 1, 1))
    assert not torch.allclose(standardise_radar(value, "S1RTC"), torch.zeros(1, 2, 1, 1))
