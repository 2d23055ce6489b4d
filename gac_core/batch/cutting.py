"""Blocks of the world grid: what a scene is cut into, whatever extent was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from gac_core.contract.errors import RequestError
from gac_core.grid import Window
from gac_core.models.bundle import WindowSpec

USUAL = 2048
"""Side of a block in pixels, about: a GeoTIFF of some 20 MB, and little of it computed twice."""


class Cell(NamedTuple):
    """A block's place: its row and column in blocks, counted from the zone's origin."""

    row: int
    col: int

    @property
    def name(self) -> str:
        """`n0263e0024`: blocks northwards from northing 0, eastwards from easting 0."""
        north = f"n{-self.row:04d}" if self.row <= 0 else f"s{self.row:04d}"
        return north + (f"e{self.col:04d}" if self.col >= 0 else f"w{-self.col:04d}")

    def window(self, side: int) -> Window:
        """Its pixels."""
        return Window(self.row * side, self.col * side, side, side)


def cells_of(area: Window, side: int) -> Iterator[Cell]:
    """The blocks that hold some of an area, row by row."""
    for row in range(area.row // side, -(-area.stop_row // side)):
        for col in range(area.col // side, -(-area.stop_col // side)):
            yield Cell(row, col)


def side_for(asked: int | None, spec: WindowSpec) -> int:
    """The side of blocks nearest to what was asked.

    Blocks begin where blocks of the decoder do, so that as few of those as can be lie in two.

    Raises:
        RequestError: If it is less than a tile.
    """
    if asked is not None and asked < spec.size:
        raise RequestError(
            f"Blocks of {asked} px are smaller than what the models look at, {spec.size} px.",
            f"Give at least {spec.size}; {USUAL} is usual.",
        )
    stride = spec.decode - spec.seam
    return max(1, round((asked or USUAL) / stride)) * stride
