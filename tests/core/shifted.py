"""Networks as they would be had their images carried Sentinel-2's +1000."""

from __future__ import annotations

import copy
from dataclasses import replace

import torch
from torch import Tensor, nn

from gac_core.band_statistics import S2_STD
from gac_core.networks.loading import Models
from gac_core.networks.terramind import OPTICAL_INPUT, OUTPUT

OFFSET = 1000.0
CPU = torch.device("cpu")


def shift(like: Tensor) -> Tensor:
    return (OFFSET / torch.tensor(S2_STD, dtype=like.dtype)).view(1, -1, 1, 1)


class ShiftedDecoder(nn.Module):
    """The shifted decoder: f(x - √ᾱ c, t) + c."""

    def __init__(self, decoder: nn.Module, alphas: Tensor) -> None:
        super().__init__()
        self.decoder, self.alphas = decoder, alphas

    def forward(self, image: Tensor, step: Tensor, codes: Tensor) -> Tensor:
        noised = self.alphas[step] ** 0.5 * shift(image)
        return self.decoder(image - noised, step, codes) + shift(image)


class ShiftedInput(nn.Module):
    """The same of what embeds an optical image."""

    def __init__(self, embedding: nn.Module) -> None:
        super().__init__()
        self.embedding = embedding

    def forward(self, inputs: dict[str, Tensor]) -> dict[str, Tensor]:
        image = inputs["tensor"]
        return self.embedding({"tensor": image - shift(image)})


def shift_networks(models: Models, offset: float = OFFSET) -> None:
    """Let the networks know images with the offset only, and the bundle say `offset`."""
    models.bundle = replace(models.bundle, offset=offset)
    model = models.terramind.model
    tokenizer = model.tokenizer[OUTPUT]
    tokenizer.decoder = ShiftedDecoder(tokenizer.decoder, tokenizer.noise_scheduler.alphas_cumprod)
    embeddings = model.sampler.model.encoder_embeddings
    embeddings[OPTICAL_INPUT] = ShiftedInput(embeddings[OPTICAL_INPUT])


def shifted(models: Models, offset: float = OFFSET) -> Models:
    """A copy with such networks, of a bundle without an adapter in stage 3."""
    other = Models(models.bundle, models.library, CPU)
    other.refiner, other.bridge = models.refiner, models.bridge
    other.terramind = copy.copy(models.terramind)
    other.terramind.model = copy.deepcopy(models.terramind.model)
    shift_networks(other, offset)
    return other
