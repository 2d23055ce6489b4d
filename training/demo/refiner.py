"""Training of the demo's stage 2: a small Prithvi with its head, then LoRA and head on 8 bits."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from gac_core.band_statistics import OUTPUT_INDEX, S2_BANDS
from gac_core.networks.adapters import PRITHVI_ATTENTION, add_lora
from gac_core.networks.convnext import to_root
from gac_core.networks.loading import Models
from gac_core.networks.prithvi import build_prithvi
from gac_core.networks.refiner import Refiner, RefinerHead
from gac_core.networks.weights import load_exactly, write_state
from training.demo import recipe
from training.demo.build import Build, seed_step
from training.demo.examples import (
    Example,
    StageGains,
    Windows,
    corners,
    draw,
    read_examples,
    training_examples,
)
from training.demo.pairs import FOLDS, jitter_colours
from training.fit.loop import Schedule, train_network

PRITHVI_FILE = "prithvi.safetensors"
BASE_HEAD_FILE = "head_base.safetensors"
HEAD_FILE = "refiner_head.safetensors"
ADAPTER = "refiner_adapter"
_BATCH = 8
_REAL = 0.5
_GAIN, _BAND_GAIN = 0.25, 0.15
"""Jitter of opt_v1 over all bands and per band: its colours reveal the place."""
_HIDE = 0.5
"""Share of windows with hidden Prithvi features: they reveal places too."""

_OTHERS = 0.25
"""Weight of the eight bands that are not output."""

_LOST = 10.0
"""Penalty in validation if any measure is surely worse than opt_v1's."""


def train_base(build: Build) -> float:
    """Train a Prithvi from scratch with its head, in place of a published pretrained one."""
    refiner = new_refiner()
    worth = _train(
        "refiner, base", build, refiner, training_examples(build), recipe.REFINER_BASE, 4
    )
    write_state(refiner.prithvi, build.folder / PRITHVI_FILE)
    write_state(refiner.head, build.folder / BASE_HEAD_FILE)
    return worth


def train_for_folds(build: Build) -> list[float]:
    """Train a stage 2 for each fold of the training tiles, without that fold; see `generator`."""
    worths = []
    for fold in range(FOLDS):
        refiner = new_refiner()
        others = [e for other in range(FOLDS) if other != fold for e in read_examples(build, other)]
        name = f"refiner without {fold}"
        worths.append(_train(name, build, refiner, others, recipe.REFINER_FOLDS, 40 + fold))
        write_state(refiner, build.folder / fold_file(fold))
    return worths


def fold_file(fold: int) -> str:
    """Return the file name of the stage 2 that has not seen a fold."""
    return f"refiner_without_{fold}.safetensors"


def with_refiner(build: Build, fold: int | None) -> Models:
    """Return the networks with a fold's stage 2; for None with one that has seen no stop tile."""
    models = build.models()
    refiner = new_refiner()
    parts = (
        {fold_file(fold): refiner}
        if fold is not None
        else {PRITHVI_FILE: refiner.prithvi, BASE_HEAD_FILE: refiner.head}
    )
    for file, network in parts.items():
        load_exactly(network, load_file(build.folder / file), source=build.folder / file)
    models.refiner = refiner.eval().requires_grad_(False)
    return models


def new_refiner() -> Refiner:
    """Return stage 2's network with random weights; it starts from the mean level, not opt_v1.

    The small generator's structure is more often wrong than right; unlearning it would come before
    learning from the radar.
    """
    head = RefinerHead(recipe.HEAD, recipe.PRITHVI.embed_dim, hide=_HIDE)
    nn.init.zeros_(head.keep)
    return Refiner(build_prithvi(recipe.PRITHVI), head)


def train_refiner(build: Build) -> float:
    """Train LoRA and a head on the frozen 8-bit weights, as for a published Prithvi.

    The number of steps is fixed, so the stop tiles train too: places help more than steps.
    """
    refiner = build.models().refiner
    if refiner is None:
        raise ValueError("the card must name the base refiner")
    adapter = add_lora(refiner.prithvi, PRITHVI_ATTENTION, rank=recipe.LORA_RANK)
    refiner.head.requires_grad_(True)
    examples = [*training_examples(build), *read_examples(build, None)]
    worth = _train("refiner, adapter", build, refiner, examples, recipe.REFINER, 5)
    adapter.save_pretrained(str(build.folder / ADAPTER))
    write_state(refiner.head, build.folder / HEAD_FILE)
    return worth


def root_loss(opt_v2: Tensor, real: Tensor) -> Tensor:
    """Return the error of images (B, 12, H, W) in DN on the root scale, of angle and of slopes."""
    valid = real.isfinite()
    a, b = to_root(opt_v2), to_root(real.nan_to_num(nan=1.0))
    error = torch.where(valid, a - b, torch.zeros_like(a))
    weight = torch.full((1, len(S2_BANDS), 1, 1), _OTHERS)
    weight[:, OUTPUT_INDEX] = 1.0
    share = (weight * valid).sum()
    level = (weight * (error.abs() + 0.5 * error**2)).sum() / share
    output_bands = [image[:, OUTPUT_INDEX] for image in (opt_v2, real)]
    return level + 0.5 * angle(*output_bands) + 0.2 * edges(error[:, OUTPUT_INDEX])


def angle(image: Tensor, target: Tensor) -> Tensor:
    """Return the mean spectral angle in radians, smooth where the spectra agree."""
    cosine = functional.cosine_similarity(image, target, dim=1, eps=1.0)
    return torch.sqrt((2 - 2 * cosine).clamp_min(0) + 1e-6).mean()


def edges(error: Tensor) -> Tensor:
    """Return the mean absolute difference of neighbouring errors: the error of slopes."""
    down = (error[..., 1:, :] - error[..., :-1, :]).abs().mean()
    across = (error[..., 1:] - error[..., :-1]).abs().mean()
    return down + across


def _train(
    name: str,
    build: Build,
    refiner: Refiner,
    examples: Sequence[Example],
    schedule: Schedule,
    seed: int,
) -> float:
    rng = seed_step(seed)
    refiner.head.to(memory_format=torch.channels_last)
    refiner.head.train()

    def loss(step: int) -> Tensor:
        batch = draw(examples, rng, _BATCH, _REAL)
        opt_v1 = jitter_colours(batch.opt_v1, _GAIN, _BAND_GAIN)
        return root_loss(refiner(opt_v1, batch.s1, "S1GRD", batch.metadata), batch.s2)

    trained = [p for p in refiner.parameters() if p.requires_grad]
    return train_network(
        name, trained, loss, _stopping(build, refiner), schedule.scaled(build.effort)
    )


def _stopping(build: Build, refiner: Refiner) -> Callable[[], float]:
    stop = corners(read_examples(build, None))
    earned = StageGains(2, stop, stop.opt_v1[:, OUTPUT_INDEX])

    def validate() -> float:
        image = compute_opt_v2(refiner, stop)
        error = float(root_loss(image, stop.s2))
        gains = earned.gains(image[:, OUTPUT_INDEX])
        print(f"  {gains.line()}")
        return error + _LOST * (gains.worth < 0)

    return validate


def compute_opt_v2(refiner: Refiner, windows: Windows) -> Tensor:
    """Return stage 2's images (B, 12, H, W) DN of windows."""
    parts = []
    refiner.head.eval()
    with torch.no_grad():
        for index in torch.arange(len(windows)).split(16):
            part = windows.at(index)
            parts.append(refiner(part.opt_v1, part.s1, "S1GRD", part.metadata))
    refiner.head.train()
    return torch.cat(parts)
