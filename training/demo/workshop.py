"""What the training steps share: pairs, and the build folder, a bundle in the making."""

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

from gac_core.contract.layout import CARD
from gac_core.models.card import FORMAT, read_bundle
from gac_core.models.hashes import sha256
from gac_core.models.library import Library
from gac_core.models.loading import Models
from training.demo import recipe
from training.demo.pairs import Pair, pack_pairs, read_pairs, simulate_pairs, unpack_pairs
from training.demo.patch_code import PatchCode

CODES = "patch_code.safetensors"
"""The tokenizer's linear encoder."""

_OTHER_PLACES = 100_000
"""First seed of the simulated places that the generator never sees."""


@dataclass
class Workshop:
    """The build folder and the data.

    Attributes:
        data_dir: Real pairs and their table.
        folder: Where each step leaves its files.
        effort: Share of the recipe's optimiser steps that are taken.
        card: The bundle's card as far as it is known.
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
        """Real pairs that train."""
        return read_pairs(self.data_dir, "train")

    @cached_property
    def complete(self) -> list[Pair]:
        """Those with all twelve bands."""
        return [pair for pair in self.train if pair.is_complete]

    @cached_property
    def stop(self) -> list[Pair]:
        """Real pairs that decide when a training is over."""
        return read_pairs(self.data_dir, "val")

    @cached_property
    def complete_stop(self) -> list[Pair]:
        """Those of them with all twelve bands."""
        return [pair for pair in self.stop if pair.is_complete]

    @cached_property
    def simulated(self) -> list[Pair]:
        """Simulated pairs for tokenizer and generator."""
        return self._places("places.safetensors", 0, recipe.SIMULATED)

    @cached_property
    def simulated_later(self) -> list[Pair]:
        """Simulated pairs for the later stages: of places that the generator has not learnt."""
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
            made = simulate_pairs(first_seed, count, recipe.SIMULATED_SIZE)
            self.save(file, pack_pairs(made))
        return unpack_pairs(load_file(self.folder / file), first_seed)

    def weight(self, file: str) -> dict[str, str]:
        """A weight file's entry in the card."""
        return {"file": file, "sha256": sha256(self.folder / file)}

    def models(self, generator: str | None = None) -> Models:
        """The networks that the card names so far, loaded as the engine will load them.

        Args:
            generator: File with another generator than the card's.
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
        """Whether a step's files are there."""
        return all((self.folder / file).exists() for file in files)

    def save(self, file: str, tensors: dict[str, Tensor]) -> None:
        """Keep tensors; a file that exists is whole."""
        part = self.folder / f"{file}.part"
        save_file({name: t.contiguous() for name, t in tensors.items()}, part)
        part.replace(self.folder / file)


def seeded(step: int) -> np.random.Generator:
    """Seed PyTorch and give NumPy's generator for a training step of that number."""
    torch.manual_seed(recipe.SEED + step)
    return np.random.default_rng((recipe.SEED, step))
