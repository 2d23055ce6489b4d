"""Simulated pairs for a regressor, and how it is taught in seconds."""

from __future__ import annotations

import numpy as np

from training.data.pair import Pair
from training.demo.sensors import simulate_pair
from training.stage3.cycle_training import RegressorSettings

SIDE = 96
REGRESSOR_SETTINGS = RegressorSettings(
    steps=120, every=20, batch=6, crop=64, rate=4e-3, gain=0, band_gain=0
)


class Simulated:
    """Simulated pairs, each of a tile of its own; even ones lack a corner."""

    def __init__(self, count):
        self.names = [f"pair{i}" for i in range(count)]
        self.tiles = [f"tile{i}" for i in range(count)]
        self._pairs = {}

    def __len__(self):
        return len(self.names)

    def read(self, i):
        if i not in self._pairs:
            s1, s2 = simulate_pair(100 + i, SIDE, 6)
            if i % 2 == 0:
                s1[:, :20, :20] = np.nan
            self._pairs[i] = Pair(
                self.names[i], self.tiles[i], s1.astype(np.float32), s2.astype(np.float32),
                (True,) * 12, 6, 4, None, None,
            )  # fmt: skip
        return self._pairs[i]

    def footprint(self, i):
        return None
