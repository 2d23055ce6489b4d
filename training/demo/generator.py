"""Training of TerraMind for the demo's stages 1 and 3: radar and optionally an image to codes."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from safetensors.torch import load_file
from terratorch.models.backbones.terramind.model.terramind_generation import TerraMindGeneration
from torch import Tensor, nn
from torch.nn import functional

from gac_core.networks.terramind import (
    OUTPUT,
    build_terramind,
    standardise_optical,
    standardise_radar,
    token_logits,
)
from gac_core.networks.weights import load_exactly, write_state
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
"""Share of real windows: the few places' colours are soon memorised."""

_LOCAL = 3.0
"""Weight of spatial structure relative to the codes' values."""

_GAIN, _BAND_GAIN, _OFFSET_DB = 0.25, 0.15, 1.5
"""Jitter of whole images: factors on reflectance, an offset on backscatter. Otherwise the few
places would be recognised by their levels."""

_RTC_OFFSET_DB = 1.0
"""Approximate excess of terrain-flattened gamma nought over sigma nought at mid swath."""


def train_on_simulated(shop: Workshop) -> float:
    """Train the initial generator, on simulated places only."""
    return _train(shop, (), SIMULATED, recipe.GENERATOR)


def train_generator(shop: Workshop) -> float:
    """Train the bundle's generator on all training tiles."""
    return _train(shop, shop.complete, FILE, recipe.GENERATOR_REAL, start=SIMULATED)


def train_for_folds(shop: Workshop) -> list[float]:
    """Train a generator for each fold of the training tiles, without that fold.

    A generator's image of a memorised place is better than of any other. Stage 2 would learn to
    trust it, but has to learn from images of unseen places (out-of-fold predictions: Wolpert 1992,
    "Stacked generalization").
    """
    validations = []
    for fold in range(FOLDS):
        others = [pair for pair in shop.complete if fold_of(pair.tile) != fold]
        validations.append(
            _train(shop, others, fold_file(fold), recipe.GENERATOR_REAL, start=SIMULATED)
        )
    return validations


def fold_file(fold: int) -> str:
    """Return the file name of the generator that has not seen a fold."""
    return f"generator_without_{fold}.safetensors"


def digits_file(file: str) -> str:
    """Return the file name of a generator's digits."""
    return file.replace("generator", "digits")


def _train(
    shop: Workshop, real: Sequence[Pair], file: str, schedule: Schedule, start: str | None = None
) -> float:
    """Train TerraMind's encoder and decoder, alternating radar and radar with a poor image."""
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
    stop = corners(shop.complete_stop)
    held_latent = shop.patch_code(stop.s2)
    held_radar = standardise_radar(stop.s1, "S1GRD")
    held_poor = standardise_optical(spoiled(stop.s2))

    def loss(step: int) -> Tensor:
        batch = draw(real, shop.simulated, rng, _BATCH, share=share)
        modality, s1, s2 = "S1GRD", *moved(batch.s1, batch.s2)
        if step % 4 == 3:
            modality, s1 = "S1RTC", s1 + _RTC_OFFSET_DB
        optical = standardise_optical(spoiled(s2)) if step % 3 == 2 else None
        logits = digits(token_logits(model, standardise_radar(s1, modality), modality, optical))
        latent = shop.patch_code(s2)
        return digit_loss(logits, latent) + _LOCAL * local_error(logits, latent)

    def validate() -> float:
        radar_logits = digits(token_logits(model, held_radar, "S1GRD"))
        image_logits = digits(token_logits(model, held_radar, "S1GRD", held_poor))
        worth = shop.patch_code.scale.flatten() ** 2
        errors = [code_error(logits, held_latent, worth) for logits in (radar_logits, image_logits)]
        return float(errors[0] + 0.5 * errors[1])

    trained = [*digits.parameters(), *trainable(model)]
    best = fit(file, trained, loss, validate, schedule.scaled(shop.effort))
    shop.save(digits_file(file), dict(digits.state_dict()))
    with_vocabulary(model, digits)
    write_state(model.sampler.model, shop.folder / file)
    return best


def moved(s1: Tensor, s2: Tensor) -> tuple[Tensor, Tensor]:
    """Return radar (B, 2, H, W) and image (B, 12, H, W) of a batch at the levels of another day."""
    s2 = tinted(s2, _GAIN, _BAND_GAIN)
    return s1 + _OFFSET_DB * torch.randn(len(s1), 1, 1, 1), s2


def spoiled(s2: Tensor) -> Tensor:
    """Return an image (B, 12, H, W) like an earlier stage's: blurred and off in colour."""
    coarse = functional.avg_pool2d(s2, int(torch.randint(2, 13, ())), ceil_mode=True)
    blurred = functional.interpolate(coarse, s2.shape[-2:], mode="bilinear")
    return tinted(blurred, 0.15, 0.12) + 60 * torch.randn(*s2.shape[:2], 1, 1)


def without_vocabulary(model: TerraMindGeneration) -> None:
    """Make `token_logits` return hidden states, for `Digits`."""
    model.sampler.model.decoder_embeddings[OUTPUT].to_logits = nn.Identity()


def with_vocabulary(model: TerraMindGeneration, digits: Digits) -> None:
    """Insert the vocabulary, one vector per code, tied like the published one."""
    embedding = model.sampler.model.decoder_embeddings[OUTPUT]
    with torch.no_grad():
        embedding.token_emb.weight.copy_(digits.vocabulary())
    embedding.to_logits = nn.Linear(
        recipe.TERRAMIND.dim, len(embedding.token_emb.weight), bias=False
    )
    embedding.to_logits.weight = embedding.token_emb.weight


def trainable(model: TerraMindGeneration) -> list[nn.Parameter]:
    """Return TerraMind's parameters without the vocabulary, which `Digits` replaces in training."""
    named = model.sampler.model.named_parameters()
    return [p for name, p in named if "token_emb" not in name and p.requires_grad]
