"""Trains the network of stages 1 and 3: from radar, and perhaps an image, to codes of an image."""

from __future__ import annotations

import torch
from terratorch.models.backbones.terramind.model.terramind_generation import TerraMindGeneration
from torch import Tensor, nn
from torch.nn import functional

from gac_core.models.terramind import (
    OUTPUT,
    build_terramind,
    standardise_optical,
    standardise_radar,
    token_logits,
)
from gac_core.models.weights import write_state
from training.demo import recipe
from training.demo.crops import corners, draw
from training.demo.digits import Digits, code_error, digit_loss, local_error
from training.demo.loop import fit
from training.demo.start import look_below
from training.demo.workshop import Workshop, seeded

FILE = "generator.safetensors"
DIGITS = "digits.safetensors"
_BATCH = 16
_REAL = 0.3
"""Share of real windows: there are few places, and their colours are soon known by heart."""

_LOCAL = 3.0
"""Weight of where in a window things are, beside what they are."""

_GAIN, _BAND_GAIN, _OFFSET_DB = 0.25, 0.15, 1.5
"""How far whole images are moved: factors on reflectance, an offset on backscatter. Otherwise the
few places are known by their levels."""

_RTC_OFFSET_DB = 1.0
"""How much brighter terrain-flattened gamma nought is than sigma nought at mid swath, about."""


def train_generator(shop: Workshop) -> float:
    """TerraMind's encoder and decoder, with radar alone and with radar and a poor image in turn."""
    rng = seeded(2)
    model = build_terramind(recipe.TERRAMIND)
    digits = Digits(recipe.TERRAMIND.dim)
    without_vocabulary(model)
    look_below(model)
    held = corners(shop.stop)
    held_latent = shop.patch_code(held.s2)
    held_radar = standardise_radar(held.s1, "S1GRD")
    held_poor = standardise_optical(spoiled(held.s2))

    def loss(step: int) -> Tensor:
        batch = draw(shop.complete, shop.simulated, rng, _BATCH, share=_REAL)
        modality, s1, s2 = "S1GRD", *moved(batch.s1, batch.s2)
        if step % 4 == 3:
            modality, s1 = "S1RTC", s1 + _RTC_OFFSET_DB
        optical = standardise_optical(spoiled(s2)) if step % 3 == 2 else None
        found = digits(token_logits(model, standardise_radar(s1, modality), modality, optical))
        latent = shop.patch_code(s2)
        return digit_loss(found, latent) + _LOCAL * local_error(found, latent)

    def validate() -> float:
        alone = digits(token_logits(model, held_radar, "S1GRD"))
        shown = digits(token_logits(model, held_radar, "S1GRD", held_poor))
        worth = shop.patch_code.scale.flatten() ** 2
        errors = [code_error(found, held_latent, worth) for found in (alone, shown)]
        return float(errors[0] + 0.5 * errors[1])

    trained = [*digits.parameters(), *trainable(model)]
    found = fit("generator", trained, loss, validate, recipe.GENERATOR.scaled(shop.effort))
    shop.save(DIGITS, dict(digits.state_dict()))
    with_vocabulary(model, digits)
    write_state(model.sampler.model, shop.folder / FILE)
    return found


def moved(s1: Tensor, s2: Tensor) -> tuple[Tensor, Tensor]:
    """The radar (B, 2, H, W) and the image (B, 12, H, W) of a batch at levels of another day."""
    count, bands = s2.shape[:2]
    gain = _GAIN * torch.randn(count, 1, 1, 1) + _BAND_GAIN * torch.randn(count, bands, 1, 1)
    return s1 + _OFFSET_DB * torch.randn(count, 1, 1, 1), s2 * torch.exp(gain)


def spoiled(s2: Tensor) -> Tensor:
    """An image (B, 12, H, W) as an earlier stage might give it: blurred and off in colour."""
    coarse = functional.avg_pool2d(s2, int(torch.randint(2, 13, ())), ceil_mode=True)
    blurred = functional.interpolate(coarse, s2.shape[-2:], mode="bilinear")
    gain = torch.exp(0.15 * torch.randn(len(s2), 1, 1, 1) + 0.12 * torch.randn(*s2.shape[:2], 1, 1))
    return blurred * gain + 60 * torch.randn(*s2.shape[:2], 1, 1)


def without_vocabulary(model: TerraMindGeneration) -> None:
    """Let `token_logits` give hidden states, for `Digits` to read."""
    model.sampler.model.decoder_embeddings[OUTPUT].to_logits = nn.Identity()


def with_vocabulary(model: TerraMindGeneration, digits: Digits) -> None:
    """Put the vocabulary in, one vector for each code, tied as the published one is."""
    embedding = model.sampler.model.decoder_embeddings[OUTPUT]
    with torch.no_grad():
        embedding.token_emb.weight.copy_(digits.vocabulary())
    embedding.to_logits = nn.Linear(
        recipe.TERRAMIND.dim, len(embedding.token_emb.weight), bias=False
    )
    embedding.to_logits.weight = embedding.token_emb.weight


def trainable(model: TerraMindGeneration) -> list[nn.Parameter]:
    """TerraMind's parameters, the vocabulary aside: while it trains, `Digits` stands in for it."""
    named = model.sampler.model.named_parameters()
    return [p for name, p in named if "token_emb" not in name and p.requires_grad]
