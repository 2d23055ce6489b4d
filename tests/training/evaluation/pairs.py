"""Pairs for tests: simulated ones, spoilt in the ways that foreign ones are."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from gac_core.band_statistics import OUTPUT_INDEX
from training.data.pair import DataError, Footprint, Pair
from training.demo.sensors import simulate_pair


def simulated(seed: int, tile: str, size: int = 96, month: int = 6) -> Pair:
    """A simulated pair with all bands."""
    s1, s2 = simulate_pair(seed, size, month)
    return Pair(
        name=f"{tile}_{seed}",
        tile=tile,
        s1=s1.astype(np.float32),
        s2=s2.astype(np.float32),
        bands=(True,) * 12,
        month=month,
        biome=4,
        lat=None,
        lon=None,
    )


def foreign(pair: Pair, columns: int = 20) -> Pair:
    """Four bands only, month and biome unknown, an edge without radar and one without optical."""
    s1, s2 = pair.s1.copy(), np.full_like(pair.s2, np.nan)
    index = list(OUTPUT_INDEX)
    s2[index] = pair.s2[index]
    s1[:, :, :columns] = np.nan
    s2[:, -10:] = np.nan
    bands = tuple(i in OUTPUT_INDEX for i in range(12))
    return replace(pair, s1=s1, s2=s2, bands=bands, month=0, biome=0)


@dataclass(frozen=True)
class Memory:
    """Pairs in memory; where one is None it cannot be read."""

    pairs: list[Pair | None]
    tiles: list[str]

    @property
    def names(self) -> list[str]:
        return [pair.name if pair else f"broken {i}" for i, pair in enumerate(self.pairs)]

    def __len__(self) -> int:
        return len(self.pairs)

    def read(self, i: int) -> Pair:
        pair = self.pairs[i]
        if pair is None:
            raise DataError("The file is cut short.", "Fetch it again.")
        return pair

    def footprint(self, i: int) -> Footprint | None:
        pair = self.pairs[i]
        if pair is None or pair.lat is None or pair.lon is None:
            return None
        return Footprint.of((pair.lat, pair.lon), pair.s1.shape[1])


def source(*pairs: Pair) -> Memory:
    """A source of these pairs."""
    return Memory(list(pairs), [pair.tile for pair in pairs])
