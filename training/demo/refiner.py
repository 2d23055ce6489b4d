"""Trains stage 2: a small Prithvi and its head, then LoRA and head on 8-bit Prithvi."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from safetensors.torch import load_file
from torch import Tensor

from gac_core.bands import OUTPUT_INDEX, S2_BANDS
from gac_core.models.adapters import PRITHVI_ATTENTION, add_lora
from gac_core.models.loading import Models
from gac_core.models.prithvi import build_prithvi
from gac_core.models.radiometry import to_root
from gac_core.models.refiner import Refiner, RefinerHead
from gac_core.models.weights import load_exactly, write_state
from training.demo import recipe
from training.demo.earned import Earned
from training.demo.examples import Example, Windows, corners, draw, read_examples, training_examples
from training.demo.loop import Schedule, fit
from training.demo.losses import angle, edges
from training.demo.split import FOLDS
from training.demo.workshop import Workshop, seeded
from training.stage2.level import fit_level

PRITHVI_FILE = "prithvi.safetensors"
BASE_HEAD_FILE = "head_base.safetensors"
HEAD_FILE = "refiner_head.safetensors"
ADAPTER = "refiner_adapter"
_BATCH = 8
_REAL = 0.65
_OTHERS = 0.25
"""Weight of the eight bands that users do not see."""

_LOST = 10.0
"""What validation adds where any measure is surely no better than opt_v1's."""


def train_base(shop: Workshop) -> float:
    """A Prithvi from nothing, with its head: published ones are pretrained, this cannot be."""
    refiner = Refiner(
        build_prithvi(recipe.PRITHVI), RefinerHead(recipe.HEAD, recipe.PRITHVI.embed_dim)
    )
    worth = _train("refiner, base", shop, refiner, training_examples(shop), recipe.REFINER_BASE, 4)
    write_state(refiner.prithvi, shop.folder / PRITHVI_FILE)
    write_state(refiner.head, shop.folder / BASE_HEAD_FILE)
    return worth


def train_for_folds(shop: Workshop) -> list[float]:
    """For each part of the training tiles a stage 2 that has not seen it; see `generator`."""
    worths = []
    for fold in range(FOLDS):
        refiner = Refiner(
            build_prithvi(recipe.PRITHVI), RefinerHead(recipe.HEAD, recipe.PRITHVI.embed_dim)
        )
        seen = [e for other in range(FOLDS) if other != fold for e in read_examples(shop, other)]
        name = f"refiner without {fold}"
        worths.append(_train(name, shop, refiner, seen, recipe.REFINER_FOLDS, 40 + fold))
        write_state(refiner, shop.folder / fold_file(fold))
    return worths


def fold_file(fold: int) -> str:
    """Where the stage 2 is that has not seen a part of the training tiles."""
    return f"refiner_without_{fold}.safetensors"


def with_refiner(shop: Workshop, fold: int | None) -> Models:
    """Return the networks with a fold's stage 2, or with the bundle's."""
    models = shop.models()
    refiner = models.refiner
    if fold is not None and refiner is not None:
        plain = Refiner(
            build_prithvi(recipe.PRITHVI), RefinerHead(recipe.HEAD, recipe.PRITHVI.embed_dim)
        )
        path = shop.folder / fold_file(fold)
        load_exactly(plain, load_file(path), source=path)
        models.refiner = plain.eval().requires_grad_(False)
    return models


def train_refiner(shop: Workshop) -> float:
    """What a published Prithvi gets: 8-bit weights that stay, LoRA and a head that learn."""
    refiner = shop.models().refiner
    if refiner is None:
        raise ValueError("the card must name the base refiner")
    adapter = add_lora(refiner.prithvi, PRITHVI_ATTENTION, rank=recipe.LORA_RANK)
    refiner.head.requires_grad_(True)
    worth = _train("refiner, adapter", shop, refiner, training_examples(shop), recipe.REFINER, 5)
    adapter.save_pretrained(str(shop.folder / ADAPTER))
    write_state(refiner.head, shop.folder / HEAD_FILE)
    return worth


def root_loss(opt_v2: Tensor, real: Tensor) -> Tensor:
    """Error of images (B, 12, H, W) in DN: on the root scale, and of angle and slopes."""
    valid = real.isfinite()
    a, b = to_root(opt_v2), to_root(real.nan_to_num(nan=1.0))
    error = torch.where(valid, a - b, torch.zeros_like(a))
    weight = torch.full((1, len(S2_BANDS), 1, 1), _OTHERS)
    weight[:, OUTPUT_INDEX] = 1.0
    share = (weight * valid).sum()
    level = (weight * (error.abs() + 0.5 * error**2)).sum() / share
    shown = [image[:, OUTPUT_INDEX] for image in (opt_v2, real)]
    return level + 0.5 * angle(*shown) + 0.2 * edges(error[:, OUTPUT_INDEX])


def _train(
    name: str,
    shop: Workshop,
    refiner: Refiner,
    examples: Sequence[Example],
    schedule: Schedule,
    seed: int,
) -> float:
    rng = seeded(seed)
    level = fit_level(
        torch.stack([e.features for e in examples]),
        torch.stack([e.levels for e in examples]),
        [e.pair.tile for e in examples],
    )
    refiner.head.level.load_state_dict(level.regression.state_dict())
    refiner.head.to(memory_format=torch.channels_last)

    def loss(step: int) -> Tensor:
        some = draw(examples, rng, _BATCH, _REAL)
        shown = level.hint(some.levels)
        opt_v2 = refiner(some.opt_v1, some.s1, "S1GRD", some.metadata, level=shown)
        return root_loss(opt_v2, some.s2)

    trained = [p for p in refiner.parameters() if p.requires_grad]
    return fit(name, trained, loss, _stopping(shop, refiner), schedule.scaled(shop.effort))


def _stopping(shop: Workshop, refiner: Refiner) -> Callable[[], float]:
    held = corners(read_examples(shop, None))
    earned = Earned(2, held, held.opt_v1[:, OUTPUT_INDEX])

    def validate() -> float:
        image = refined(refiner, held)
        error = float(root_loss(image, held.s2))
        gains = earned.gains(image[:, OUTPUT_INDEX])
        print(f"  {gains.line()}")
        return error + _LOST * (gains.worth < 0)

    return validate


def refined(refiner: Refiner, windows: Windows) -> Tensor:
    """Return stage 2's images (B, 12, H, W) DN of windows, the level by the head's regression."""
    parts = []
    with torch.no_grad():
        for index in torch.arange(len(windows)).split(16):
            some = windows.at(index)
            level = refiner.head.level(some.features)
            parts.append(refiner(some.opt_v1, some.s1, "S1GRD", some.metadata, level=level))
    return torch.cat(parts)
