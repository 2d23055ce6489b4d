"""Trains stage 2: a small Prithvi and its head, then LoRA and head on 8-bit Prithvi."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor

from gac_core.models.adapters import PRITHVI_ATTENTION, add_lora
from gac_core.models.prithvi import build_prithvi
from gac_core.models.refiner import Refiner, RefinerHead
from gac_core.models.weights import write_state
from training.demo import recipe
from training.demo.loop import Schedule, fit
from training.demo.losses import picture_loss
from training.demo.windows import Windows, read_windows
from training.demo.workshop import Workshop, seeded

PRITHVI_FILE = "prithvi.safetensors"
BASE_HEAD_FILE = "head_base.safetensors"
HEAD_FILE = "refiner_head.safetensors"
ADAPTER = "refiner_adapter"
_BATCH = 8


def train_base(shop: Workshop) -> float:
    """A Prithvi from nothing, with its head: published ones are pretrained, this cannot be."""
    rng = seeded(4)
    head = RefinerHead(recipe.HEAD, recipe.PRITHVI.embed_dim)
    refiner = Refiner(build_prithvi(recipe.PRITHVI), head)
    windows = read_windows(shop.folder / "windows_train.safetensors")

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
    write_state(refiner.head, shop.folder / HEAD_FILE)
    return found


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
        some = replace(some, opt_v1=_unsure(some))
        return picture_loss(refiner(some.opt_v1, some.month, some.biome), some.target)

    trained = [p for p in refiner.parameters() if p.requires_grad]
    return fit(name, trained, loss, _stopping(shop, refiner), schedule)


def _stopping(shop: Workshop, refiner: Refiner) -> Callable[[], float]:
    held = read_windows(shop.folder / "windows_stop.safetensors")

    def validate() -> float:
        unknown = torch.zeros_like(held.month)
        told = picture_loss(refiner(held.opt_v1, held.month, held.biome), held.target)
        untold = picture_loss(refiner(held.opt_v1, unknown, unknown), held.target)
        return float(told + 0.5 * untold)

    return validate


def _unsure(windows: Windows) -> Tensor:
    """Stage 1's images with colours as far off as they are on unseen places.

    The generator knows the real places that train by heart; the refiner must not learn to trust it.
    """
    count, bands = windows.opt_v1.shape[:2]
    gain = 0.2 * torch.randn(count, 1, 1, 1) + 0.1 * torch.randn(count, bands, 1, 1)
    return windows.opt_v1 * torch.exp(gain * windows.real.view(-1, 1, 1, 1))


def _real_ones(windows: Windows) -> Windows:
    """Windows of real pairs and a third as many simulated ones: real ones alone are soon learnt."""
    real = windows.real.nonzero().squeeze(1)
    simulated = (~windows.real).nonzero().squeeze(1)
    return windows.at(torch.cat([real, simulated[: len(real) // 3]]))
