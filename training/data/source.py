"""What everything that trains knows of where pairs come from."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from typing import Protocol

import numpy as np

from training.data.footprint import Footprint
from training.data.pair import Pair


class PairSource(Protocol):
    """Pairs by number. It goes to loaders' worker processes, so it can be pickled."""

    @property
    def names(self) -> list[str]:
        """Each pair's name; no name twice."""
        ...

    @property
    def tiles(self) -> list[str]:
        """Each pair's tile."""
        ...

    @property
    def modalities(self) -> list[str]:
        """Kind of each pair's radar, `S1GRD` or `S1RTC`."""
        ...

    def __len__(self) -> int: ...

    def read(self, i: int) -> Pair:
        """Read a pair.

        Raises:
            DataError: If it cannot be read or is not what training needs.
        """
        ...

    def footprint(self, i: int) -> Footprint | None:
        """Return where a pair lies, without reading its pixels; None where nobody says."""
        ...


def name_hash(text: str, seed: int = 0) -> int:
    """A number of 64 bits that depends on a name and a seed and on nothing else, anywhere."""
    digest = hashlib.blake2b(f"{seed}:{text}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big")


def chosen(
    names: Sequence[str],
    tiles: Sequence[str],
    limit: int | None,
    wanted: Collection[str] | None,
) -> list[int]:
    """Which pairs are used, in their order.

    Of many, those with the smallest hash of their names are taken: they are spread over places
    and dates, and a smaller limit gives a part of what a larger one does.

    Args:
        names: Of all pairs.
        tiles: Of all pairs.
        limit: At most so many; None: all.
        wanted: Only these tiles; None: all.
    """
    found = [i for i, tile in enumerate(tiles) if wanted is None or tile in wanted]
    if limit is not None and limit < len(found):
        found = sorted(sorted(found, key=lambda i: name_hash(names[i]))[:limit])
    return found


def spread(indices: Sequence[int], count: int) -> list[int]:
    """Return at most so many of the indices, spread over them."""
    places = np.linspace(0, len(indices) - 1, min(count, len(indices))).round().astype(int)
    return [indices[place] for place in places]
