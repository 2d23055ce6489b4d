"""Shared state of the training steps: pairs, and the build folder as an unfinished bundle.

TerraMind's tokenizer has a transformer instead, a third of its size, which a bundle need not ship.
With little data it collapses to a few codes; principal components use the whole codebook from the
start.
"""

from __future__ import annotations

import copy
import json
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.nn import functional

from gac_core.band_statistics import OUTPUT_INDEX, S2_BANDS
from gac_core.bundles.card import FORMAT, read_bundle
from gac_core.bundles.library import Library
from gac_core.contract.layout import CARD
from gac_core.contract.rename import replace_path
from gac_core.grid import TOKEN
from gac_core.io import sha256
from gac_core.networks.loading import Models
from gac_core.networks.terramind import LATENT
from training.demo import recipe
from training.demo.pairs import Pair, pack_pairs, read_pairs, simulate_pairs, unpack_pairs

OUTPUT_WEIGHT = 2.0
"""Weight of the four output bands relative to the other eight."""
SPREAD = 1.15
"""Factor on the whitened components before the quantiser's sigmoid.

1.7 would use all levels equally (the sigmoid is then close to the normal distribution function);
less keeps levels apart further out, where water, bare soil and snow are.
"""
_CLAMP = 4.0

CODES = "patch_code.safetensors"
"""The tokenizer's linear encoder."""
_OTHER_PLACES = 100_000
"""First seed of the simulated places that the generator never sees."""


class PatchCode(nn.Module):
    """Encoder of patches (16 by 16 pixels, 12 bands) to five numbers for the quantiser."""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(1, len(S2_BANDS), 1, 1))
        self.register_buffer("std", torch.ones(1, len(S2_BANDS), 1, 1))
        self.register_buffer("basis", torch.zeros(LATENT, len(S2_BANDS) * TOKEN**2))
        self.register_buffer("scale", torch.ones(1, LATENT, 1, 1))

    @torch.no_grad()
    def fit(self, s2: Tensor) -> None:
        """Fit statistics and components to images (B, 12, H, W) in DN."""
        self.mean.copy_(s2.mean((0, 2, 3), keepdim=True))
        self.std.copy_(s2.std((0, 2, 3), keepdim=True))
        patches = functional.unfold(self._weighted(s2), TOKEN, stride=TOKEN)
        rows = patches.transpose(1, 2).flatten(0, 1)
        rows = rows - rows.mean(0)
        _, vectors = torch.linalg.eigh(rows.T @ rows)
        self.basis.copy_(vectors.flip(1)[:, :LATENT].T)
        self.scale.copy_((rows @ self.basis.T).std(0).view(1, -1, 1, 1))

    def forward(self, s2: Tensor) -> Tensor:
        """Return latents (B, 5, H/16, W/16) of images (B, 12, H, W) in DN, before the sigmoid."""
        kernel = self.basis.view(LATENT, len(S2_BANDS), TOKEN, TOKEN)
        return functional.conv2d(self._weighted(s2), kernel, stride=TOKEN) / self.scale * SPREAD

    def _weighted(self, s2: Tensor) -> Tensor:
        weight = torch.ones(1, len(S2_BANDS), 1, 1, device=s2.device)
        weight[:, OUTPUT_INDEX] = OUTPUT_WEIGHT
        return ((s2 - self.mean) / self.std).clamp(-_CLAMP, _CLAMP) * weight


@dataclass
class Build:
    """Build folder and data.

    Attributes:
        data_dir: Folder of the real pairs and their table.
        folder: Build folder.
        effort: Share of the recipe's optimiser steps to run.
        card: Card of the bundle so far.
    """

    data_dir: Path
    folder: Path
    effort: float = 1.0
    card: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.card = {
            "format": FORMAT,
            "name": "demo",
            "title": "Demo (small models)",
            "kind": "demo",
            "licence": "GPL-2.0-or-later",
            "terramind": {"shape": recipe.TERRAMIND.to_dict(), "weights": {}},
            "window": {k: v for k, v in asdict(recipe.SPEC).items() if k != "blocks"},
            "sampling": asdict(recipe.SAMPLING),
        }

    @cached_property
    def train(self) -> list[Pair]:
        """Real training pairs."""
        return read_pairs(self.data_dir, "train")

    @cached_property
    def complete(self) -> list[Pair]:
        """Training pairs with all twelve bands."""
        return [pair for pair in self.train if pair.is_complete]

    @cached_property
    def stop(self) -> list[Pair]:
        """Real pairs for early stopping."""
        return read_pairs(self.data_dir, "val")

    @cached_property
    def complete_stop(self) -> list[Pair]:
        """Stopping pairs with all twelve bands."""
        return [pair for pair in self.stop if pair.is_complete]

    @cached_property
    def simulated(self) -> list[Pair]:
        """Simulated pairs for tokenizer and generator."""
        return self._places("places.safetensors", 0, recipe.SIMULATED)

    @cached_property
    def simulated_later(self) -> list[Pair]:
        """Simulated pairs for the later stages, of places that the generator has not seen."""
        count = recipe.SIMULATED_LATER
        return self._places("other_places.safetensors", _OTHER_PLACES, count)

    @cached_property
    def patch_code(self) -> PatchCode:
        """The tokenizer's linear encoder."""
        code = PatchCode()
        code.load_state_dict(load_file(self.folder / CODES))
        return code

    def _places(self, file: str, first_seed: int, count: int) -> list[Pair]:
        if not self.has(file):
            pairs = simulate_pairs(first_seed, count, recipe.SIMULATED_SIZE)
            self.save(file, pack_pairs(pairs))
        return unpack_pairs(load_file(self.folder / file), first_seed)

    def weight(self, file: str) -> dict[str, str]:
        """Return a weight file's entry in the card."""
        return {"file": file, "sha256": sha256(self.folder / file)}

    def models(self, generator: str | None = None) -> Models:
        """Return the networks in the card so far, loaded as the engine does.

        Args:
            generator: File of another generator than the card's.
        """
        card = copy.deepcopy(self.card)
        if generator:
            card["terramind"]["weights"]["generator"] = self.weight(generator)
        text = json.dumps(card, indent=1)
        (self.folder / CARD).write_text(text + "\n", encoding="utf-8")
        models = Models(read_bundle(self.folder), Library(), torch.device("cpu"))
        models.load()
        return models

    def has(self, *files: str) -> bool:
        """Return whether a step's files exist."""
        return all((self.folder / file).exists() for file in files)

    def save(self, file: str, tensors: dict[str, Tensor]) -> None:
        """Write tensors atomically."""
        part = self.folder / f"{file}.part"
        save_file({name: t.contiguous() for name, t in tensors.items()}, part)
        replace_path(part, self.folder / file)


def seed_step(step: int) -> np.random.Generator:
    """Seed PyTorch, and return NumPy's generator, for a training step of that number."""
    torch.manual_seed(recipe.SEED + step)
    return np.random.default_rng((recipe.SEED, step))
