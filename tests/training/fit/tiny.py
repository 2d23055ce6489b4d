"""A training small enough for tests: pairs in memory, a stage that is one convolution."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch import nn

from gac_core.band_statistics import OUTPUT_INDEX
from training.data.dataset import PairDataset
from training.data.pair import Pair
from training.fit import FitSettings, StageModule, fit
from training.losses.masks import tally

SIZE = 64
SETTINGS = {
    "epochs": 2,
    "batch_size": 2,
    "grad_accum_steps": 2,
    "lr": 2e-2,
    "warmup_steps": 2,
    "val_every": 4,
    "patience": 0,
    "save_every": 1,
    "pictures": 1,
    "seed": 3,
    "device": "cpu",
}
EMA = {"ema": 0.9}
PAIRS = 14
FIRST = 0
STEPS = 6
"""Two epochs of three batches of four: two pairs are left over in each."""


class Source:
    """Fields with edges that both sensors see; each pair its own."""

    def __init__(self, count, first=0):
        self.names = [f"pair{first + i}" for i in range(count)]
        self.tiles = list(self.names)

    def __len__(self):
        return len(self.names)

    def read(self, i):
        rng = np.random.default_rng(int(self.names[i][4:]))
        fields = rng.uniform(0, 1, (8, 8)).repeat(8, 0).repeat(8, 1)
        s1 = np.stack([-20 + 12 * fields, -26 + 12 * fields])
        s1 += rng.normal(0, 0.7, s1.shape)
        level = np.linspace(200, 900, 12)[:, None, None]
        s2 = level + 2000 * fields + rng.normal(0, 30, (12, SIZE, SIZE))
        return Pair(
            self.names[i], self.tiles[i], s1.astype(np.float32), s2.astype(np.float32),
            (True,) * 12, 6, 4, None, None,
        )  # fmt: skip


class Tiny(StageModule):
    """Before it, a flat image; it adds a convolution of the radar."""

    stage = 2

    def __init__(self):
        super().__init__()
        torch.manual_seed(0)
        self.base = nn.Linear(500, 500).requires_grad_(False)
        self.head = nn.Conv2d(2, 4, 3, padding=1)
        nn.init.zeros_(self.head.weight)
        nn.init.zeros_(self.head.bias)
        self.scale = nn.Parameter(torch.ones(4, 1, 1))

    def losses(self, batch):
        noise = 0.05 * torch.randn_like(batch["s1"])
        found = self._image({**batch, "s1": batch["s1"] + noise})
        return self.compare(batch, (found - batch["s2"][:, OUTPUT_INDEX]) / 1000)

    def counts(self, batch):
        parts = self.compare(batch, torch.zeros_like(batch["s2"][:, OUTPUT_INDEX]))
        return {name: part.count for name, part in parts.items()}

    @staticmethod
    def compare(batch, error):
        """Of an error (B, 4, H, W); the second part counts where a sample has all bands."""
        valid = batch["valid"][:, None]
        whole = valid & batch["bands"].all(1)[:, None, None, None]
        level, squared = tally(error.abs(), valid), tally(error.square(), whole)
        return {"level": level, "squared": squared.weighted(0.5)}

    def predict(self, batch):
        return self._image(batch)

    def before(self, batch):
        ramp = torch.linspace(1400, 1500, SIZE) + torch.linspace(0, 80, SIZE)[:, None] ** 1.1
        return ramp.expand(len(batch["s1"]), 4, SIZE, SIZE)

    def save_part(self, folder, training, scores):
        save_file(
            {k: v.contiguous() for k, v in self.trained_state().items()}, folder / "t.safetensors"
        )
        part = {"training": training, "scores": scores}
        (folder / "part.json").write_text(json.dumps(part))

    def _image(self, batch):
        seen = (batch["s1"] + 16) / 6
        return self.before(batch) + 1000 * self.scale * self.head(seen)


def datasets(pairs=PAIRS, validate=3):
    return (
        PairDataset(Source(pairs, FIRST), range(pairs), crop=SIZE, augment=True, seed=5),
        PairDataset(Source(validate, 100), range(validate), crop=SIZE, augment=False, seed=5),
    )


def train(out, module=None, resume=False, pairs=PAIRS, validate=3, origin=None, **settings):
    """Train a tiny module; the module and the result."""
    module = module or Tiny()
    chosen = FitSettings(**{**SETTINGS, **settings})
    data = datasets(pairs, validate)
    return module, fit(module, *data, chosen, Path(out), resume, origin)


class Killed(Tiny):
    """Kills its process in the middle of a step."""

    def __init__(self, call):
        super().__init__()
        self.left = call

    def losses(self, batch):
        self.left -= 1
        if not self.left:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().losses(batch)


def die(out, call):
    """Train, and be killed at a call of the losses; for a process of its own."""
    train(out, Killed(call), **EMA)
