"""A training whose loaders hang, as on a network disk that is gone; for a process of its own.

    python -m tests.training.fit.hung FOLDER

Loaders' workers import this module: what trains is imported where it is needed.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import numpy as np

from training.data.pair import Pair

SIDE = 64
LONG = 600


class Hanging:
    """Pairs of noise; reading one that trains tells which process reads, and does not end."""

    def __init__(self, folder, count, *, hangs):
        self.folder = Path(folder)
        self.hangs = hangs
        self.names = [f"{'train' if hangs else 'val'}{i}" for i in range(count)]
        self.tiles = list(self.names)

    def __len__(self):
        return len(self.names)

    def read(self, i):
        if self.hangs:
            (self.folder / str(os.getpid())).touch()
            time.sleep(LONG)
        rng = np.random.default_rng(i)
        s1 = rng.normal((-12, -19), 2, (SIDE, SIDE, 2)).T.astype(np.float32)
        s2 = rng.uniform(300, 3000, (12, SIDE, SIDE)).astype(np.float32)
        return Pair(self.names[i], self.tiles[i], s1, s2, (True,) * 12, 6, 4, None, None)


def main(folder):
    """Validate, and then wait for a batch for ever."""
    from tests.training.fit.tiny import SETTINGS, Tiny
    from training.data.dataset import PairDataset
    from training.fit import FitSettings, fit

    sets = [
        PairDataset(Hanging(folder, 4, hangs=hangs), range(4), crop=SIDE, augment=hangs, seed=0)
        for hangs in (True, False)
    ]
    settings = FitSettings(**{**SETTINGS, "grad_accum_steps": 1, "workers": 2})
    fit(Tiny(), *sets, settings, Path(folder) / "out", False)


if __name__ == "__main__":
    main(sys.argv[1])
