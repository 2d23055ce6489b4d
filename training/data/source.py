"""Interface of a source of pairs."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from typing import Protocol

import numpy as np

from training.data.footprint import Footprint
from training.data.pair import Pair


class PairSource(Protocol):
    """Pairs by index. Pickled for loaders' worker processes."""

    @property
    def names(self) -> list[str]:
        """Unique name of each pair."""
        ...

    @property
    def tiles(self) -> list[str]:
        """Tile of each pair."""
        ...

    @property
    def modalities(self) -> list[str]:
        """Modality of each pair's radar, `S1GRD` or `S1RTC`."""
        ...

    def __len__(self) -> int: ...

    def read(self, i: int) -> Pair:
        """Read a pair.

        Raises:
            DataError: If it cannot be read or used.
        """
        ...

    def footprint(self, i: int) -> Footprint | None:
        """Return the footprint of a pair without reading its pixels, or None if unknown."""
        ...


def name_hash(text: str, seed: int = 0) -> int:
    """Return a 64-bit number that depends on a name and a seed only, on any system."""
    digest = hashlib.blake2b(f"{seed}:{text}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big")


def chosen(
    names: Sequence[str],
    tiles: Sequence[str],
    limit: int | None,
    wanted: Collection[str] | None,
) -> list[int]:
    """Return the indices of the pairs to use, in order.

    With a limit, the pairs with the smallest hashes of their names are taken: they are spread over
    places and dates, and a smaller limit gives a subset of a larger one.

    Args:
        names: Names of all pairs.
        tiles: Tiles of all pairs.
        limit: Maximum number; None: all.
        wanted: Only these tiles; None: all.
    """
    indices = [i for i, tile in enumerate(tiles) if wanted is None or tile in wanted]
    if limit is not None and limit < len(indices):
        indices = sorted(sorted(indices, key=lambda i: name_hash(names[i]))[:limit])
    return indices


def spread(indices: Sequence[int], count: int) -> list[int]:
    """Return at most `count` of the indices, evenly spread."""
    places = np.linspace(0, len(indices) - 1, min(count, len(indices))).round().astype(int)
    return [indices[place] for place in places]
