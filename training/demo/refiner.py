"""Trains stage 2: a small Prithvi and its head, then LoRA and head on 8-bit Prithvi."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from gac_core.bands import OUTPUT_INDEX, S2_BANDS
from gac_core.models.adapters import PRITHVI_ATTENTION, add_lora
from gac_core.models.loading import Models
from gac_core.models.prithvi import build_prithvi
from gac_core.models.radiometry import to_root
from gac_core.models.refiner import Refiner, RefinerHead
from gac_core.models.weights import load_exactly, write_state
from training.demo import recipe
from training.demo.crops import tinted
from training.demo.earned import Earned
from training.demo.examples import Example, Windows, corners, draw, read_examples, training_examples
from training.demo.loop import Schedule, fit
from training.demo.losses import angle, edges
from training.demo.split import FOLDS
from training.demo.workshop import Workshop, seeded

PRITHVI_FILE = "prithvi.safetensors"
BASE_HEAD_FILE = "head_base.safetensors"
HEAD_FILE = "refiner_head.safetensors"
ADAPTER = "refiner_adapter"
_BATCH = 8
_REAL = 0.5
_GAIN, _BAND_GAIN = 0.25, 0.15
"""How far opt_v1 is moved, in all bands and in each: its colours tell which place it is."""
_HIDE = 0.5
"""Share of the windows whose features of Prithvi are hidden: places are known by them too."""

_OTHERS = 0.25
"""Weight of the eight bands that users do not see."""

_LOST = 10.0
"""What validation adds where any measure is surely no better than opt_v1's."""


def train_base(shop: Workshop) -> float:
    """A Prithvi from nothing, with its head: published ones are pretrained, this cannot be."""
    refiner = new_refiner()
    worth = _train("refiner, base", shop, refiner, training_examples(shop), recipe.REFINER_BASE, 4)
    write_state(refiner.prithvi, shop.folder / PRITHVI_FILE)
    write_state(refiner.head, shop.folder / BASE_HEAD_FILE)
    return worth


def train_for_folds(shop: Workshop) -> list[float]:
    """For each part of the training tiles a stage 2 that has not seen it; see `generator`."""
    worths = []
    for fold in range(FOLDS):
        refiner = new_refiner()
        seen = [e for other in range(FOLDS) if other != fold for e in read_examples(shop, other)]
        name = f"refiner without {fold}"
        worths.append(_train(name, shop, refiner, seen, recipe.REFINER_FOLDS, 40 + fold))
        write_state(refiner, shop.folder / fold_file(fold))
    return worths


def fold_file(fold: int) -> str:
    """Where the stage 2 is that has not seen a part of the training tiles."""
    return f"refiner_without_{fold}.safetensors"


def with_refiner(shop: Workshop, fold: int | None) -> Models:
    """Return the networks with a fold's stage 2; None: with one that has seen no stopping tile."""
    models = shop.models()
    refiner = new_refiner()
    parts = (
        {fold_file(fold): refiner}
        if fold is not None
        else {PRITHVI_FILE: refiner.prithvi, BASE_HEAD_FILE: refiner.head}
    )
    for file, network in parts.items():
        load_exactly(network, load_file(shop.folder / file), source=shop.folder / file)
    models.refiner = refiner.eval().requires_grad_(False)
    return models


def new_refiner() -> Refiner:
    """Return stage 2's network with random weights; it starts from the usual level, not opt_v1.

    The small generator's structure is wrong more often than not, and learning to take it away
    again would come before learning from the radar.
    """
    head = RefinerHead(recipe.HEAD, recipe.PRITHVI.embed_dim, hide=_HIDE)
    nn.init.zeros_(head.keep)
    return Refiner(build_prithvi(recipe.PRITHVI), head)


def train_refiner(shop: Workshop) -> float:
    """Train what a published Prithvi gets: LoRA and a head, its 8-bit weights as they are.

    How long is settled, so the stopping tiles train too: it learns more from places than from
    steps.
    """
    refiner = shop.models().refiner
    if refiner is None:
        raise ValueError("the card must name the base refiner")
    adapter = add_lora(refiner.prithvi, PRITHVI_ATTENTION, rank=recipe.LORA_RANK)
    refiner.head.requires_grad_(True)
    examples = [*training_examples(shop), *read_examples(shop, None)]
    worth = _train("refiner, adapter", shop, refiner, examples, recipe.REFINER, 5)
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
    refiner.head.to(memory_format=torch.channels_last)
    refiner.head.train()

    def loss(step: int) -> Tensor:
        some = draw(examples, rng, _BATCH, _REAL)
        opt_v1 = tinted(some.opt_v1, _GAIN, _BAND_GAIN)
        opt_v2 = refiner(opt_v1, some.s1, "S1GRD", some.metadata)
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
    refiner.head.eval()
    with torch.no_grad():
        for index in torch.arange(len(windows)).split(16):
            some = windows.at(index)
            parts.append(refiner(some.opt_v1, some.s1, "S1GRD", some.metadata))
    refiner.head.train()
    return torch.cat(parts)
