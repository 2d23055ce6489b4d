"""Distribution of a batch's pieces over processes."""

from __future__ import annotations

import math
from dataclasses import dataclass

from gac_core.contract.errors import RequestError


@dataclass(frozen=True)
class Deal:
    """A process's share of each batch: consecutive whole pieces.

    Attributes:
        batch: Samples in a batch, over all processes.
        piece: Samples in a piece, processed on a device at once; the last piece may have fewer.
        start: First sample of the share.
        stop: End of the share, exclusive.
    """

    batch: int
    piece: int
    start: int
    stop: int

    @classmethod
    def of(cls, batch: int, piece: int, rank: int = 0, size: int = 1) -> Deal:
        """Return the share of one of several processes.

        Pieces have the requested size if there is one for each process; else the batch is cut into
        smaller ones, as evenly as possible.

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
        # The first processes get one more if the pieces do not divide evenly.
        first = rank * (count // size) + min(rank, count % size)
        after = (rank + 1) * (count // size) + min(rank + 1, count % size)
        return cls(batch, piece, first * piece, min(after * piece, batch))

    @property
    def samples(self) -> int:
        """Number of samples in the share."""
        return self.stop - self.start
