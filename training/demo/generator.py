"""Training of TerraMind for the demo's stages 1 and 3: radar and optionally an image to codes.

A finite scalar code is a number of five digits. During training, the generator's vocabulary is the
sum of one vector per digit value, and those lie on a parabola: a digit's logits are then a Gaussian
over its levels, whose mode is the expected level. Codes share what is learned: 15 vectors instead
of 15360. The published layout, one vector per code, is written at the end and gives the same
logits.

From random weights, cross-attention needs thousands of steps to learn that a token's place in the
image is its place in the radar, and until then nothing local is learned. For initialising attention
with a known structure see Trockman & Kolter 2023, "Mimetic initialization of self-attention
layers".
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from safetensors.torch import load_file
from scipy.fft import idctn
from torch import Tensor, nn
from torch.nn import functional

from gac_core.band_statistics import OUTPUT_INDEX, S2_BANDS
from gac_core.grid import TOKEN
from gac_core.networks.libraries import TerraMindGeneration
from gac_core.networks.terramind import (
    CODEBOOK,
    OUTPUT,
    build_terramind,
    standardise_optical,
    standardise_radar,
    token_logits,
)
from gac_core.networks.weights import load_exactly, write_state
from training.demo import recipe
from training.demo.build import CODES, Build, PatchCode, seed_step
from training.demo.pairs import FOLDS, Pair, corners, draw, fold_of, jitter_colours
from training.fit.loop import Schedule, train_network

LEVELS = tuple(int(level) for level in CODEBOOK.split("-"))
SOFT = 0.6
"""Width of the soft targets in levels: a neighbouring code is nearly as correct."""
_RIDGE = 0.1
"""Share of the largest singular value below which directions of the positions count as noise."""
_PEAK = 6.0
"""Mean logit of a token's own place at the start of training."""
_CONTEXT = 0.5
"""Weight of the encoder's output relative to the position, which must stand out."""
_PASSED = 0.7
"""Share of the attended values that reaches the decoder's tokens."""
GENERATOR_FILE = "generator.safetensors"
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

TOKENIZER_FILE = "tokenizer.safetensors"
_TOKENIZER_BATCH = 8
_LAST = 999
_PURE_NOISE = 0.3
"""Share of samples at the last timestep, where each image starts and a one-step run ends."""


class Digits(nn.Module):
    """Digit vectors in place of a vocabulary."""

    def __init__(self, dim: int) -> None:
        super().__init__()
        self.curves = nn.Parameter(torch.randn(len(LEVELS), 2, dim) * dim**-0.5)

    def vectors(self) -> tuple[Tensor, ...]:
        """Return the vectors of each digit's levels, (levels, D)."""
        return tuple(_powers(n) @ curve for n, curve in zip(LEVELS, self.curves, strict=True))

    def forward(self, hidden: Tensor) -> tuple[Tensor, ...]:
        """Return the logits (B, N, levels) of each digit, from hidden states (B, N, D)."""
        return functional.linear(hidden, torch.cat(self.vectors())).split(LEVELS, dim=-1)

    def vocabulary(self) -> Tensor:
        """Return one vector per code (15360, D); the first digit varies fastest."""
        rows = torch.zeros(1, self.curves.shape[-1])
        for part in self.vectors():
            rows = (part[:, None] + rows[None]).flatten(0, 1)
        return rows.detach()


def _powers(levels: int) -> Tensor:
    """Return (levels, 2): each level's centred position and its square, both about two wide."""
    place = torch.linspace(-1, 1, levels)
    return 2.0 * torch.stack([place, 1.5 * place**2], dim=1)


def digit_loss(logits: tuple[Tensor, ...], latent: Tensor) -> Tensor:
    """Return the cross-entropy against soft digits of the true latents (B, 5, h, w), digit mean."""
    position = torch.sigmoid(latent).flatten(2)
    total = latent.new_zeros(())
    for i, (levels, digit_logits) in enumerate(zip(LEVELS, logits, strict=True)):
        distance = torch.arange(levels) - position[:, i, :, None] * (levels - 1)
        target = torch.softmax(-0.5 * (distance / SOFT) ** 2, dim=-1)
        total = total - (target * torch.log_softmax(digit_logits, dim=-1)).sum(-1).mean()
    return total / len(LEVELS)


def local_error(logits: tuple[Tensor, ...], latent: Tensor) -> Tensor:
    """Return the squared error of the expected codes about each window's mean, in their variance.

    Season and soil shift all codes of a window together, and the radar hardly reveals them: with
    that noise, the spatial structure, which it does reveal, would be learned last.

    Args:
        logits: Logits of each digit (B, N, levels).
        latent: True latents (B, 5, h, w).
    """
    expected = torch.stack(
        [
            torch.softmax(digit_logits, dim=-1) @ torch.linspace(0, 1, levels)
            for levels, digit_logits in zip(LEVELS, logits, strict=True)
        ],
        dim=1,
    )
    true = torch.sigmoid(latent).flatten(2)
    error = (expected - expected.mean(2, keepdim=True)) - (true - true.mean(2, keepdim=True))
    return (error**2).mean() / CODE_VARIANCE


CODE_VARIANCE = 0.03
"""Approximate variance of codes within a window."""


def code_error(logits: tuple[Tensor, ...], latent: Tensor, weight: Tensor) -> Tensor:
    """Return the squared error of the likeliest codes relative to that of mid-range codes.

    Used for early stopping instead of the loss: on an unseen place, whose season the radar hardly
    reveals, the loss soon measures only the confidence in a wrong colour.

    Args:
        logits: Logits of each digit (B, N, levels).
        latent: True latents (B, 5, h, w).
        weight: (5,), weight of a step in each code.
    """
    side = latent.shape[-1]
    true = torch.sigmoid(latent)
    scale = weight.view(1, -1, 1, 1)
    error = scale * (straight_through(logits, side) - true) ** 2
    return error.sum() / (scale * (true - 0.5) ** 2).sum()


def straight_through(logits: tuple[Tensor, ...], side: int) -> Tensor:
    """Return the likeliest codes (B, 5, side, side), with the gradient of the expected ones."""
    codes = []
    for levels, digit_logits in zip(LEVELS, logits, strict=True):
        values = torch.linspace(0, 1, levels)
        soft = torch.softmax(digit_logits, dim=-1) @ values
        codes.append(soft + (values[digit_logits.argmax(-1)] - soft).detach())
    return torch.stack(codes, dim=1).unflatten(-1, (side, side))


def initialise_attention(model: TerraMindGeneration) -> None:
    """Initialise patch embeddings with coarse cosines, and cross-attention with own places."""
    network = model.sampler.model
    for embedding in network.encoder_embeddings.values():
        with torch.no_grad():
            embedding.proj.weight.copy_(cosines(*embedding.proj.weight.shape))
    first = next(iter(network.encoder_embeddings.values()))
    with torch.no_grad():
        dim = first.proj.weight.shape[0]
        network.decoder_proj_context.weight.copy_(_CONTEXT * torch.eye(dim))
        network.decoder_proj_context.bias.zero_()
        for block in network.decoder:
            attention = block.cross_attn
            finder = position_weights(first.pos_emb[0], attention.num_heads)
            turn = torch.linalg.qr(torch.randn(dim, dim))[0]
            noise = 0.02 * torch.randn(2, dim, dim)
            attention.q.weight.copy_(finder + noise[0])
            attention.kv.weight.copy_(torch.cat([finder + noise[1], turn]))
            attention.proj.weight.copy_(_PASSED * turn.T)


def cosines(rows: int, columns: int) -> Tensor:
    """Return the lowest cosines of a patch, band by band, as an embedding's weights.

    Args:
        rows: Width of the embedding.
        columns: Pixels of a patch times bands; bands vary fastest.

    Returns:
        (rows, columns): each row one cosine (type 2, orthonormal) of one band, the mean first.
    """
    bands = columns // TOKEN**2
    order = sorted((i * i + j * j, i, j) for i in range(TOKEN) for j in range(TOKEN))
    weights = np.zeros((rows, TOKEN, TOKEN, bands), np.float32)
    for row in range(rows):
        _, i, j = order[row // bands]
        spectrum = np.zeros((TOKEN, TOKEN))
        spectrum[i, j] = 1.0
        weights[row, ..., row % bands] = idctn(spectrum, norm="ortho")
    return torch.from_numpy(weights.reshape(rows, columns)) / (2 * bands) ** 0.5 / 2


def position_weights(positions: Tensor, heads: int) -> Tensor:
    """Return weights (D, D) that make queries and keys similar only for the same place.

    Args:
        positions: Position embeddings (N, D).
        heads: Number of attention heads; each gets a random share of the directions.
    """
    dim = positions.shape[1]
    centred = positions - positions.mean(0)
    _, spread, directions = torch.linalg.svd(centred, full_matrices=False)
    ridge = _RIDGE * spread[0]
    white = torch.diag(spread / (spread**2 + ridge**2)) @ directions
    count, width = len(white), dim // heads
    parts = []
    for _ in range(heads):
        mixed = torch.randn(width, count)
        parts.append(torch.linalg.qr(mixed.T)[0].T[:width] if width <= count else mixed)
    weights = torch.zeros(dim, dim)
    weights[: heads * width] = torch.cat([part @ white for part in parts])
    own = ((centred @ weights.T) ** 2).sum(1).mean() / heads / width**0.5
    return weights * (_PEAK / own) ** 0.5


def train_on_simulated(build: Build) -> float:
    """Train the initial generator, on simulated places only."""
    return _train(build, (), SIMULATED, recipe.GENERATOR)


def train_generator(build: Build) -> float:
    """Train the bundle's generator on all training tiles."""
    return _train(build, build.complete, GENERATOR_FILE, recipe.GENERATOR_REAL, start=SIMULATED)


def train_for_folds(build: Build) -> list[float]:
    """Train a generator for each fold of the training tiles, without that fold.

    A generator's image of a memorised place is better than of any other. Stage 2 would learn to
    trust it, but has to learn from images of unseen places (out-of-fold predictions: Wolpert 1992,
    "Stacked generalization").
    """
    validations = []
    for fold in range(FOLDS):
        others = [pair for pair in build.complete if fold_of(pair.tile) != fold]
        validations.append(
            _train(build, others, fold_file(fold), recipe.GENERATOR_REAL, start=SIMULATED)
        )
    return validations


def fold_file(fold: int) -> str:
    """Return the file name of the generator that has not seen a fold."""
    return f"generator_without_{fold}.safetensors"


def digits_file(file: str) -> str:
    """Return the file name of a generator's digits."""
    return file.replace("generator", "digits")


def _train(
    build: Build, real: Sequence[Pair], file: str, schedule: Schedule, start: str | None = None
) -> float:
    """Train TerraMind's encoder and decoder, alternating radar and radar with a poor image."""
    rng = seed_step(2)
    model = build_terramind(recipe.TERRAMIND)
    digits = Digits(recipe.TERRAMIND.dim)
    if start is None:
        initialise_attention(model)
    else:
        path = build.folder / start
        load_exactly(model.sampler.model, load_file(path), source=path)
        digits.load_state_dict(load_file(build.folder / digits_file(start)))
    without_vocabulary(model)
    share = _REAL if real else 0.0
    stop = corners(build.complete_stop)
    held_latent = build.patch_code(stop.s2)
    held_radar = standardise_radar(stop.s1, "S1GRD")
    held_poor = standardise_optical(degrade(stop.s2))

    def loss(step: int) -> Tensor:
        batch = draw(real, build.simulated, rng, _BATCH, share=share)
        modality, s1, s2 = "S1GRD", *jitter_levels(batch.s1, batch.s2)
        if step % 4 == 3:
            modality, s1 = "S1RTC", s1 + _RTC_OFFSET_DB
        optical = standardise_optical(degrade(s2)) if step % 3 == 2 else None
        logits = digits(token_logits(model, standardise_radar(s1, modality), modality, optical))
        latent = build.patch_code(s2)
        return digit_loss(logits, latent) + _LOCAL * local_error(logits, latent)

    def validate() -> float:
        radar_logits = digits(token_logits(model, held_radar, "S1GRD"))
        image_logits = digits(token_logits(model, held_radar, "S1GRD", held_poor))
        worth = build.patch_code.scale.flatten() ** 2
        errors = [code_error(logits, held_latent, worth) for logits in (radar_logits, image_logits)]
        return float(errors[0] + 0.5 * errors[1])

    trained = [*digits.parameters(), *trainable(model)]
    best = train_network(file, trained, loss, validate, schedule.scaled(build.effort))
    build.save(digits_file(file), dict(digits.state_dict()))
    with_vocabulary(model, digits)
    write_state(model.sampler.model, build.folder / file)
    return best


def jitter_levels(s1: Tensor, s2: Tensor) -> tuple[Tensor, Tensor]:
    """Return radar (B, 2, H, W) and image (B, 12, H, W) of a batch at the levels of another day."""
    s2 = jitter_colours(s2, _GAIN, _BAND_GAIN)
    return s1 + _OFFSET_DB * torch.randn(len(s1), 1, 1, 1), s2


def degrade(s2: Tensor) -> Tensor:
    """Return an image (B, 12, H, W) like an earlier stage's: blurred and off in colour."""
    coarse = functional.avg_pool2d(s2, int(torch.randint(2, 13, ())), ceil_mode=True)
    blurred = functional.interpolate(coarse, s2.shape[-2:], mode="bilinear")
    return jitter_colours(blurred, 0.15, 0.12) + 60 * torch.randn(*s2.shape[:2], 1, 1)


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


def train_patch_code(build: Build) -> None:
    """Fit the linear encoder to as many real as simulated windows."""
    windows = draw(build.complete, build.simulated, seed_step(0), 400)
    code = PatchCode()
    code.fit(windows.s2)
    build.save(CODES, dict(code.state_dict()))


def train_tokenizer(build: Build) -> float:
    """Train the diffusion decoder, which predicts the clean image (x0) from any noise level."""
    rng = seed_step(1)
    tokenizer = build_terramind(recipe.TERRAMIND).tokenizer[OUTPUT]
    code = build.patch_code
    stop = corners(build.complete_stop)
    held_target = standardise_optical(stop.s2)
    held_noise = torch.randn_like(held_target)
    held_codes = tokenizer.quantize(code(stop.s2))[0]

    def loss(step: int) -> Tensor:
        batch = draw(build.complete, build.simulated, rng, _TOKENIZER_BATCH)
        target = standardise_optical(batch.s2)
        codes = tokenizer.quantize(code(batch.s2))[0]
        # Images have a third of the statistics' spread, so most of the schedule hides them
        # completely; its clean end matters most.
        times = (torch.rand(_TOKENIZER_BATCH) ** 1.5 * _LAST).long()
        times[torch.rand(_TOKENIZER_BATCH) < _PURE_NOISE] = _LAST
        return _step_loss(tokenizer, target, torch.randn_like(target), times, codes)

    def validate() -> float:
        losses = [
            _step_loss(
                tokenizer, held_target, held_noise, torch.full((len(held_target),), t), held_codes
            )
            for t in (99, 299, _LAST)
        ]
        return float(torch.stack(losses).mean())

    best = train_network(
        "tokenizer",
        list(tokenizer.decoder.parameters()),
        loss,
        validate,
        recipe.TOKENIZER.scaled(build.effort),
    )
    write_state(tokenizer, build.folder / TOKENIZER_FILE)
    return best


def _step_loss(
    tokenizer: nn.Module, target: Tensor, noise: Tensor, times: Tensor, codes: Tensor
) -> Tensor:
    noised = tokenizer.noise_scheduler.add_noise(target, noise, times)
    return image_loss(tokenizer.decoder(noised, times, codes), target)


def image_loss(image: Tensor, target: Tensor) -> Tensor:
    """Return the squared plus absolute error of standardised images, doubling output bands."""
    weight = torch.ones(1, len(S2_BANDS), 1, 1)
    weight[:, OUTPUT_INDEX] = 2.0
    error = image - target
    # 0.3 is the approximate spread of an image in these units.
    return (weight * (error.abs() + error**2 / 0.3)).mean()
