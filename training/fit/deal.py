"""Which pieces of a batch a process computes."""

from __future__ import annotations

import math
from dataclasses import dataclass

from gac_core.contract.errors import RequestError


@dataclass(frozen=True)
class Deal:
    """A process's share of each batch: whole pieces, next to each other.

    Attributes:
        batch: Samples in a batch, all processes'.
        piece: Samples in a piece, which are on a device at once; the last may have fewer.
        start: First sample of the share.
        stop: The one after its last.
    """

    batch: int
    piece: int
    start: int
    stop: int

    @classmethod
    def of(cls, batch: int, piece: int, rank: int = 0, size: int = 1) -> Deal:
        """The share of one of several processes.

        Pieces are as large as asked for, if there is one for each process; else the batch is cut
        into smaller ones, as even as can be.

        Raises:
            RequestError: If there are more processes than samples.
        """
        if batch < size:
            raise RequestError(
                f"A step has {batch} samples, and there are {size} processes.",
                "Give fewer --devices or --num-nodes, or a larger --grad-accum-steps.",
            )
        piece = min(piece, batch)
        if math.ceil(batch / piece) < size:
            even = math.ceil(batch / size)
            piece = even if math.ceil(batch / even) >= size else batch // size
        count = math.ceil(batch / piece)
        # The first ones have one more where it does not come out even.
        first = rank * (count // size) + min(rank, count % size)
        after = (rank + 1) * (count // size) + min(rank + 1, count % size)
        return cls(batch, piece, first * piece, min(after * piece, batch))

    @property
    def samples(self) -> int:
        """Samples of the share."""
        return self.stop - self.start
