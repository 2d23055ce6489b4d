"""Trains the network of stages 1 and 3: from radar, and perhaps an image, to codes of an image."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from safetensors.torch import load_file
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
from gac_core.models.weights import load_exactly, write_state
from training.demo import recipe
from training.demo.crops import corners, draw, tinted
from training.demo.digits import Digits, code_error, digit_loss, local_error
from training.demo.loop import Schedule, fit
from training.demo.pairs import Pair
from training.demo.split import FOLDS, fold_of
from training.demo.start import look_below
from training.demo.workshop import Workshop, seeded

FILE = "generator.safetensors"
SIMULATED = "generator_simulated.safetensors"
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


def train_on_simulated(shop: Workshop) -> float:
    """What all generators start from: it has seen simulated places only."""
    return _train(shop, (), SIMULATED, recipe.GENERATOR)


def train_generator(shop: Workshop) -> float:
    """The bundle's generator, from all training tiles."""
    return _train(shop, shop.complete, FILE, recipe.GENERATOR_REAL, start=SIMULATED)


def train_for_folds(shop: Workshop) -> list[float]:
    """For each part of the training tiles a generator that has not seen it.

    On a place that it knows by heart, a generator's image is better than on any other. Stage 2
    would learn to trust it: it has to learn from images as they are on unseen places (out-of-fold
    predictions: Wolpert 1992, "Stacked generalization").
    """
    found = []
    for fold in range(FOLDS):
        others = [pair for pair in shop.complete if fold_of(pair.tile) != fold]
        found.append(_train(shop, others, fold_file(fold), recipe.GENERATOR_REAL, start=SIMULATED))
    return found


def fold_file(fold: int) -> str:
    """Where the generator is that has not seen a part of the training tiles."""
    return f"generator_without_{fold}.safetensors"


def digits_file(file: str) -> str:
    """Where a generator's digits are."""
    return file.replace("generator", "digits")


def _train(
    shop: Workshop, real: Sequence[Pair], file: str, schedule: Schedule, start: str | None = None
) -> float:
    """TerraMind's encoder and decoder, with radar alone and with radar and a poor image in turn."""
    rng = seeded(2)
    model = build_terramind(recipe.TERRAMIND)
    digits = Digits(recipe.TERRAMIND.dim)
    if start is None:
        look_below(model)
    else:
        path = shop.folder / start
        load_exactly(model.sampler.model, load_file(path), source=path)
        digits.load_state_dict(load_file(shop.folder / digits_file(start)))
    without_vocabulary(model)
    share = _REAL if real else 0.0
    held = corners(shop.complete_stop)
    held_latent = shop.patch_code(held.s2)
    held_radar = standardise_radar(held.s1, "S1GRD")
    held_poor = standardise_optical(spoiled(held.s2))

    def loss(step: int) -> Tensor:
        batch = draw(real, shop.simulated, rng, _BATCH, share=share)
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
    found = fit(file, trained, loss, validate, schedule.scaled(shop.effort))
    shop.save(digits_file(file), dict(digits.state_dict()))
    with_vocabulary(model, digits)
    write_state(model.sampler.model, shop.folder / file)
    return found


def moved(s1: Tensor, s2: Tensor) -> tuple[Tensor, Tensor]:
    """The radar (B, 2, H, W) and the image (B, 12, H, W) of a batch at levels of another day."""
    s2 = tinted(s2, _GAIN, _BAND_GAIN)
    return s1 + _OFFSET_DB * torch.randn(len(s1), 1, 1, 1), s2


def spoiled(s2: Tensor) -> Tensor:
    """An image (B, 12, H, W) as an earlier stage might give it: blurred and off in colour."""
    coarse = functional.avg_pool2d(s2, int(torch.randint(2, 13, ())), ceil_mode=True)
    blurred = functional.interpolate(coarse, s2.shape[-2:], mode="bilinear")
    return tinted(blurred, 0.15, 0.12) + 60 * torch.randn(*s2.shape[:2], 1, 1)


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
