"""Trains stage 2: a small Prithvi and its head, then LoRA and head on 8-bit Prithvi."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from gac_core.bands import OUTPUT_INDEX
from gac_core.models.adapters import PRITHVI_ATTENTION, add_lora
from gac_core.models.detail import local_mean
from gac_core.models.prithvi import build_prithvi
from gac_core.models.refiner import Refiner, RefinerHead
from gac_core.models.weights import write_state
from training.demo import recipe
from training.demo.crops import tinted
from training.demo.earned import Earned
from training.demo.loop import Schedule, fit
from training.demo.losses import angle, picture_loss
from training.demo.windows import Windows, read_windows
from training.demo.workshop import Workshop, seeded

PRITHVI_FILE = "prithvi.safetensors"
BASE_HEAD_FILE = "head_base.safetensors"
WHOLE_HEAD_FILE = "refiner_head_whole.safetensors"
HEAD_FILE = "refiner_head.safetensors"
ADAPTER = "refiner_adapter"
_BATCH = 8
_SHARES = (0.25, 0.5, 0.75, 1.0)
"""None would leave opt_v1's local mean: worth as much on the stopping tiles, but a filter."""
_GAIN, _BAND_GAIN = 0.1, 0.05
_LOST = 10.0
"""What validation adds where any measure is surely no better than opt_v1's."""

_HUE = 8.0
"""Weight of `hue_guard`."""


def train_base(shop: Workshop) -> float:
    """A Prithvi from nothing, with its head: published ones are pretrained, this cannot be."""
    rng = seeded(4)
    head = RefinerHead(recipe.HEAD, recipe.PRITHVI.embed_dim)
    refiner = Refiner(build_prithvi(recipe.PRITHVI), head)
    windows = _real_ones(read_windows(shop.folder / "windows_train.safetensors"))

    schedule = recipe.REFINER_BASE.scaled(shop.effort)
    found = _fit("refiner, base", shop, refiner, windows, rng, schedule)
    write_state(refiner.prithvi, shop.folder / PRITHVI_FILE)
    write_state(head, shop.folder / BASE_HEAD_FILE)
    return found


def train_refiner(shop: Workshop) -> float:
    """What a published Prithvi gets: 8-bit weights that stay, LoRA and a head that learn."""
    rng = seeded(5)
    refiner = shop.models().refiner
    if refiner is None:
        raise ValueError("the card must name the base refiner")
    adapter = add_lora(refiner.prithvi, PRITHVI_ATTENTION, rank=recipe.LORA_RANK)
    refiner.head.requires_grad_(True)
    windows = _real_ones(read_windows(shop.folder / "windows_train.safetensors"))

    schedule = recipe.REFINER.scaled(shop.effort)
    found = _fit("refiner, adapter", shop, refiner, windows, rng, schedule)
    adapter.save_pretrained(str(shop.folder / ADAPTER))
    write_state(refiner.head, shop.folder / WHOLE_HEAD_FILE)
    return found


def choose_share(shop: Workshop) -> float:
    """How much of its correction stage 2 makes: the share whose weakest gain is best.

    A head that has seen eleven tiles is surer of itself on others than it should be.
    """
    refiner = shop.models().refiner
    if refiner is None:
        raise ValueError("the card must name the refiner")
    held = read_windows(shop.folder / "windows_stop.safetensors")
    before = held.opt_v1[:, OUTPUT_INDEX]
    earned = Earned(2, held, before)
    start = local_mean(before, recipe.HEAD.smooth)
    unknown = torch.zeros_like(held.month)
    with torch.no_grad():
        told = refiner(held.opt_v1, held.month, held.biome)
        untold = refiner(held.opt_v1, unknown, unknown)
    worth = {
        share: sum(earned.worth(start + share * (found - start)) for found in (told, untold))
        for share in _SHARES
    }
    print(f"shares of the correction: {worth}")
    best = max(_SHARES, key=lambda share: worth[share])
    last = refiner.head.correct.out
    with torch.no_grad():
        for parameter in last.parameters():
            parameter.mul_(best)
    write_state(refiner.head, shop.folder / HEAD_FILE)
    return best


def _fit(
    name: str,
    shop: Workshop,
    refiner: Refiner,
    windows: Windows,
    rng: np.random.Generator,
    schedule: Schedule,
) -> float:
    """Train whatever of the refiner is free to learn."""

    def loss(step: int) -> Tensor:
        some = windows.draw(rng, _BATCH)
        opt_v1, target = other_day(some.opt_v1), other_day(some.target)
        found = refiner(opt_v1, some.month, some.biome)
        return picture_loss(found, target) + _HUE * hue_guard(found, opt_v1[:, OUTPUT_INDEX])

    trained = [p for p in refiner.parameters() if p.requires_grad]
    return fit(name, trained, loss, _stopping(shop, refiner), schedule)


def _stopping(shop: Workshop, refiner: Refiner) -> Callable[[], float]:
    held = read_windows(shop.folder / "windows_stop.safetensors")
    earned = Earned(2, held, held.opt_v1[:, OUTPUT_INDEX])

    def validate() -> float:
        unknown = torch.zeros_like(held.month)
        told = refiner(held.opt_v1, held.month, held.biome)
        untold = refiner(held.opt_v1, unknown, unknown)
        found = float(picture_loss(told, held.target) + picture_loss(untold, held.target))
        lost = min(earned.worth(told), earned.worth(untold)) < 0
        return found + _LOST * lost

    return validate


def hue_guard(found: Tensor, opt_v1: Tensor) -> Tensor:
    """How far the hue of whole fields is moved, in radians.

    What hue an unseen place has, eleven tiles cannot teach: without this, stage 2 turned the hues
    of the stopping tiles the wrong way.

    Args:
        found: (B, 4, H, W) DN.
        opt_v1: Likewise, what stage 2 was given.
    """
    return angle(*(functional.avg_pool2d(image, 16, stride=8) for image in (found, opt_v1)))


def other_day(image: Tensor) -> Tensor:
    """An image (B, bands, H, W) with its colours a little off, as another day might have them.

    Both stage 1's images and their targets are moved, each for itself: there are so few places that
    their colours would be learnt by heart, and what is unsure must not be trusted.
    """
    return tinted(image, _GAIN, _BAND_GAIN)


def _real_ones(windows: Windows) -> Windows:
    """Windows of real pairs and a third as many simulated ones: real ones alone are soon learnt."""
    real = windows.real.nonzero().squeeze(1)
    simulated = (~windows.real).nonzero().squeeze(1)
    return windows.at(torch.cat([real, simulated[: len(real) // 3]]))
