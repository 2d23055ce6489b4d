"""Training of the regressor on real pairs."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

import numpy as np
import torch
from torch import Tensor

from gac_core.bands import OUTPUT_INDEX
from training.cycle.judge import Linear, judge
from training.cycle.regressor import OWN, Regressor
from training.data.checked import OnBad
from training.data.dataset import PairDataset
from training.data.errors import DataError
from training.data.history import TILES, card_history
from training.data.loaders import endless, make_loader
from training.data.pair import Pair
from training.data.source import PairSource, name_hash
from training.losses.cycle import STEP, WINDOW, contrast, estimate, multilook
from training.losses.masks import Where, tally
from training.ranges import COUNT, FROM_ZERO, require_ranges

_MOST = 256
"""Maximum number of pairs for statistics and baselines, for early stopping, and for judging."""

_PATIENCE = 8
"""Validations on the stop pairs without improvement before training ends."""


@dataclass(frozen=True)
class Schooling:
    """Settings of a regressor's training.

    Attributes:
        steps: Maximum number of optimiser steps.
        batch: Crops per step; limited by the number of pairs.
        crop: Side of a crop in pixels, a multiple of 32.
        rate: AdamW's peak learning rate; falls as a cosine.
        decay: AdamW's weight decay.
        gain: Standard deviation of the logarithm of a factor on the brightness of all bands.
        band_gain: Likewise for each band.
        every: Steps between validations on the stop pairs.
        seed: Seed of weights, crops, order and gains.
    """

    steps: int = 400
    batch: int = 8
    crop: int = 96
    rate: float = 2e-3
    decay: float = 0.05
    gain: float = 0.05
    band_gain: float = 0.03
    every: int = 25
    seed: int = 0

    def __post_init__(self) -> None:
        require_ranges("cycle", self, {"steps": COUNT, "seed": FROM_ZERO})


@dataclass(frozen=True)
class Lessons:
    """Pairs by purpose; no tile has two purposes.

    Attributes:
        source: All pairs.
        train: Indices of the training pairs.
        stop: Indices of the pairs that select the best state; empty: the last state is used.
        val: Indices of the validation pairs.
        on_bad: Action on a bad pair: `stop` or `skip`.
    """

    source: PairSource
    train: list[int]
    stop: list[int]
    val: list[int]
    on_bad: OnBad = "stop"

    @classmethod
    def of(cls, source: PairSource, roles: Mapping[str, str], on_bad: OnBad = "stop") -> Lessons:
        """Create from roles by tile: about a sixth of the training tiles select the best state.

        The validation tiles only judge.

        Raises:
            DataError: If there is no training or no validation tile.
        """
        train, val = (
            [i for i, tile in enumerate(source.tiles) if roles[tile] == role]
            for role in ("train", "val")
        )
        for role, indices in (("train", train), ("val", val)):
            if not indices:
                raise DataError(
                    f"No tile has the role {role!r}.",
                    "Give more pairs, or settle roles with --roles FILE (CSV: tile, role).",
                )
        tiles = sorted({source.tiles[i] for i in train}, key=name_hash)
        stop = set(tiles[: round(len(tiles) / 6)])
        return cls(
            source,
            [i for i in train if source.tiles[i] not in stop],
            [i for i in train if source.tiles[i] in stop],
            val,
            on_bad,
        )

    def pairs(self, indices: Sequence[int]) -> list[Pair]:
        """Return the readable ones of some pairs, at most `_MOST`, evenly spread.

        Raises:
            DataError: If a pair is bad and `on_bad` is `stop`.
        """
        places = np.linspace(0, len(indices) - 1, min(_MOST, len(indices))).round().astype(int)
        pairs = []
        for place in places:
            try:
                pairs.append(self.source.read(indices[place]))
            except DataError:
                if self.on_bad == "stop":
                    raise
        return pairs

    def to_dict(self) -> dict[str, Any]:
        """Return tiles, places and numbers of pairs, JSON-ready, for the card."""
        roles = {"train": self.train, "stop": self.stop, "val": self.val}
        used = [*self.train, *self.stop, *self.val]
        return {
            **card_history(self.source, used, {}),
            TILES: {k: sorted({self.source.tiles[i] for i in v}) for k, v in roles.items()},
            "pairs": {k: len(v) for k, v in roles.items()},
        }


def teach(
    lessons: Lessons,
    schooling: Schooling,
    device: torch.device,
    say: Callable[[str], None],
) -> tuple[Regressor, dict[str, Any]]:
    """Train a regressor and judge it on the validation tiles.

    Args:
        lessons: The pairs.
        schooling: Settings of the training.
        device: Training device.
        say: Callback for progress messages.

    Returns:
        The best regressor on the stop pairs, and its card entries: `scores`, `tiles`, `places`,
            `pairs`, `modalities`, `settings`.

    Raises:
        DataError: If pairs are bad, or have no known windows.
    """
    trained = lessons.pairs(lessons.train)
    linear = Linear.fit(trained)
    torch.manual_seed(schooling.seed)
    regressor = Regressor()
    for name, statistics in (("radar", linear.radar), ("optical", linear.optical)):
        for kind, values in zip(("mean", "std"), statistics, strict=True):
            getattr(regressor, f"{name}_{kind}").copy_(torch.from_numpy(values))
    regressor.to(device)
    _train(regressor, linear, lessons, schooling, say)
    val = lessons.pairs(lessons.val)
    card = {
        "scores": judge(regressor, linear, val),
        **lessons.to_dict(),
        "modalities": sorted({pair.modality for pair in (*trained, *val)}),
        "window": {"size": WINDOW, "step": STEP},
        "settings": asdict(schooling),
    }
    return regressor, card


def _train(
    regressor: Regressor,
    linear: Linear,
    lessons: Lessons,
    schooling: Schooling,
    say: Callable[[str], None],
) -> None:
    optimiser = torch.optim.AdamW(
        regressor.network.parameters(), schooling.rate, weight_decay=schooling.decay
    )
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, schooling.steps)
    spread = regressor.radar_std.view(1, -1, 1, 1)
    stop = lessons.pairs(lessons.stop)
    best, lowest, stale = copy.deepcopy(regressor.state_dict()), float("inf"), 0
    for step, (s1, dn, where) in enumerate(_batches(lessons, schooling, spread.device), start=1):
        radar, windows = multilook(s1, where)
        prediction = estimate(regressor.train(), s1, dn, where)
        loss = tally((contrast(prediction - radar, windows) / spread).square(), windows).mean
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        scheduler.step()
        if stop and (step % schooling.every == 0 or step == schooling.steps):
            rmse, stale = judge(regressor, linear, stop)[OWN]["rmse"], stale + 1
            say(f"step {step} of {schooling.steps}: RMSE {rmse:.3f} dB on the tiles that stop")
            if rmse < lowest:
                best, lowest, stale = copy.deepcopy(regressor.state_dict()), rmse, 0
            if stale == _PATIENCE:
                break
    if stop:
        regressor.load_state_dict(best)
    optimiser.zero_grad()
    regressor.eval().requires_grad_(False)


def _batches(
    lessons: Lessons, schooling: Schooling, device: torch.device
) -> Iterator[tuple[Tensor, Tensor, Where]]:
    """Yield one batch per optimiser step: radar, jittered bands, known pixels."""
    dataset = PairDataset(
        lessons.source,
        lessons.train,
        crop=schooling.crop,
        augment=True,
        seed=schooling.seed,
        on_bad=lessons.on_bad,
    )
    size = min(schooling.batch, len(lessons.train))
    loader = make_loader(dataset, batch_size=size, workers=0, shuffle=True, seed=schooling.seed)
    index = list(OUTPUT_INDEX)
    for sample in islice(endless(loader), schooling.steps):
        bands = sample["bands"][:, index]
        valid = sample["valid"][:, None] & bands.all(1)[:, None, None, None]
        dn = _moved(sample["s2"][:, index], schooling)
        where = Where.of(valid.to(device), len(index))
        yield sample["s1"].to(device), dn.to(device), where


def _moved(dn: Tensor, schooling: Schooling) -> Tensor:
    """Jitter brightness and colours of bands (B, 4, H, W), where generated images have errors."""
    brightness = schooling.gain * torch.randn(len(dn), 1, 1, 1)
    colour = schooling.band_gain * torch.randn(len(dn), dn.shape[1], 1, 1)
    return dn * torch.exp(brightness + colour)
