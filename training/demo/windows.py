"""What stages 2 and 3 train on: windows together with what the stages before made of them."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor

from gac_core.bands import OUTPUT_INDEX, S2_BANDS
from gac_core.models.loading import Models
from gac_core.models.terramind import (
    choose_tokens,
    decode_tokens,
    destandardise_optical,
    standardise_optical,
    standardise_radar,
    token_logits,
)
from training.demo import recipe
from training.demo.crops import Batch, corners, draw
from training.demo.generator import fold_file
from training.demo.split import FOLDS, fold_of
from training.demo.workshop import Workshop, seeded

_BATCH = 16
_BATCHES = 22
"""For each fold."""
_REAL = 0.5
_NO_MONTH, _NO_BIOME = 0.15, 0.4
"""Share of the windows whose month, and whose biome, training is not told."""


_IMAGES = ("s1", "s2", "opt_v1", "opt_v2", "answer")


@dataclass(frozen=True)
class Windows:
    """Windows of 96 by 96 pixels, float32.

    Attributes:
        s1: (N, 2, H, W) dB.
        s2: (N, 12, H, W) DN, the real or simulated image; NaN in bands that it lacks.
        opt_v1: (N, 12, H, W) DN.
        month: (N,).
        biome: (N,).
        real: (N,), whether satellites took it.
        opt_v2: (N, 4, H, W) DN, once there is a refiner.
        answer: (N, 4, H, W) standardised, once stage 3's TerraMind is trained.
    """

    s1: Tensor
    s2: Tensor
    opt_v1: Tensor
    month: Tensor
    biome: Tensor
    real: Tensor
    opt_v2: Tensor
    answer: Tensor

    def __len__(self) -> int:
        return len(self.s1)

    def at(self, index: Tensor) -> Windows:
        """Some of the windows."""
        return Windows(*(getattr(self, f.name)[index] for f in fields(self)))

    def draw(self, rng: np.random.Generator, count: int) -> Windows:
        """Some at random, all turned and mirrored alike, month and biome not always told.

        Args:
            rng: Where the randomness comes from.
            count: How many.
        """
        some = self.at(torch.from_numpy(rng.integers(len(self), size=count)))
        turns, mirror = int(rng.integers(4)), rng.random() < 0.5
        # So few real images would be known by their month and biome. Neighbouring months look
        # alike, so the month may be off by one.
        month = (some.month - 1 + torch.from_numpy(rng.integers(-1, 2, count))) % 12 + 1
        month = month * torch.from_numpy(rng.random(count) >= _NO_MONTH)
        biome = some.biome * torch.from_numpy(rng.random(count) >= _NO_BIOME)
        images = {name: _turned(getattr(some, name), turns, mirror) for name in _IMAGES}
        return replace(some, **images, month=month, biome=biome)

    def tensors(self) -> dict[str, Tensor]:
        """For a file."""
        return {
            f.name: getattr(self, f.name).half() if f.name in _IMAGES else getattr(self, f.name)
            for f in fields(self)
        }

    @property
    def target(self) -> Tensor:
        """The bands that users see of the real or simulated image, (N, 4, H, W) DN."""
        return self.s2[:, OUTPUT_INDEX]

    def shown(self) -> Tensor:
        """What stage 3 shows TerraMind: opt_v1 with the refined bands put in, (N, 12, H, W) DN."""
        optical = self.opt_v1.clone()
        optical[:, OUTPUT_INDEX] = self.opt_v2
        return optical


def read_windows(path: Path) -> Windows:
    """Windows from a file."""
    tensors = load_file(path)
    return Windows(**{n: t.float() if t.dtype == torch.float16 else t for n, t in tensors.items()})


def make_windows(shop: Workshop) -> None:
    """Windows that train and windows that stop, with stage 1's images as of unseen places."""
    rng = seeded(3)
    parts = []
    for fold in range(FOLDS):
        models = shop.models(generator=fold_file(fold))
        unseen = [pair for pair in shop.train if fold_of(pair.tile) == fold]
        for i in range(_BATCHES):
            batch = draw(unseen, shop.simulated_later, rng, _BATCH, share=_REAL)
            parts.append(_generated(models, batch))
            print(f"stage 1, fold {fold}: {i + 1}/{_BATCHES}")
    shop.save("windows_train.safetensors", _joined(parts).tensors())
    stop = _generated(shop.models(), corners(shop.stop))
    shop.save("windows_stop.safetensors", stop.tensors())


def _generated(models: Models, batch: Batch) -> Windows:
    radar = standardise_radar(batch.s1, "S1GRD")
    shape = (len(radar), len(S2_BANDS), *radar.shape[-2:])
    with torch.no_grad(), models.terramind.bare():
        image = answered(models, radar, None, torch.randn(shape), recipe.TIMESTEPS_1)
    opt_v1 = destandardise_optical(image)
    return Windows(
        s1=batch.s1,
        s2=batch.s2,
        opt_v1=opt_v1,
        month=batch.month,
        biome=batch.biome,
        real=batch.real,
        opt_v2=opt_v1[:, OUTPUT_INDEX],
        answer=image[:, OUTPUT_INDEX],
    )


def answered(
    models: Models,
    radar: Tensor,
    optical: Tensor | None,
    noise: Tensor,
    timesteps: int,
    strength: float = 1.0,
) -> Tensor:
    """TerraMind's image (B, 12, H, W) of a batch, as stages 1 and 3 ask for it; standardised."""
    sampling, terramind = models.bundle.sampling, models.terramind
    logits = token_logits(terramind.model, radar, "S1GRD", optical)
    tokens = choose_tokens(logits, sampling.temperature, sampling.top_p)
    side = radar.shape[-1] // 16
    return decode_tokens(
        terramind.tokenizer,
        tokens.view(-1, side, side),
        noise,
        timesteps,
        threshold=sampling.threshold,
        start=optical if strength < 1 else None,
        strength=strength,
    )


def grounded(models: Models, windows: Windows, strength: float) -> Tensor:
    """TerraMind's answers in stage 3, the bands that users see, (N, 4, H, W) standardised."""
    parts = []
    with torch.no_grad():
        for index in torch.arange(len(windows)).split(_BATCH):
            some = windows.at(index)
            radar = standardise_radar(some.s1, "S1GRD")
            optical = standardise_optical(some.shown())
            noise = torch.randn_like(optical)
            image = answered(models, radar, optical, noise, recipe.TIMESTEPS_3, strength)
            parts.append(image[:, OUTPUT_INDEX])
    return torch.cat(parts)


def refined(models: Models, windows: Windows) -> Tensor:
    """Stage 2's images, (N, 4, H, W) DN."""
    refiner = models.refiner
    if refiner is None:
        raise ValueError("the card names no refiner yet")
    parts = []
    with torch.no_grad():
        for index in torch.arange(len(windows)).split(_BATCH):
            some = windows.at(index)
            parts.append(refiner(some.opt_v1, some.month, some.biome))
    return torch.cat(parts)


def _joined(parts: list[Windows]) -> Windows:
    return Windows(*(torch.cat([getattr(p, f.name) for p in parts]) for f in fields(Windows)))


def _turned(images: Tensor, turns: int, mirror: bool) -> Tensor:
    rotated = torch.rot90(images, turns, (-2, -1))
    return rotated.flip(-1) if mirror else rotated
