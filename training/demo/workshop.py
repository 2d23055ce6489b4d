"""Shared state of the training steps: pairs, and the build folder as an unfinished bundle."""

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
from torch import Tensor

from gac_core.bundles.card import FORMAT, read_bundle
from gac_core.bundles.library import Library
from gac_core.contract.layout import CARD
from gac_core.io import sha256
from gac_core.networks.loading import Models
from training.demo import recipe
from training.demo.pairs import Pair, pack_pairs, read_pairs, simulate_pairs, unpack_pairs
from training.demo.patch_code import PatchCode

CODES = "patch_code.safetensors"
"""The tokenizer's linear encoder."""

_OTHER_PLACES = 100_000
"""First seed of the simulated places that the generator never sees."""


@dataclass
class Workshop:
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
        part.replace(self.folder / file)


def seeded(step: int) -> np.random.Generator:
    """Seed PyTorch, and return NumPy's generator, for a training step of that number."""
    torch.manual_seed(recipe.SEED + step)
    return np.random.default_rng((recipe.SEED, step))
