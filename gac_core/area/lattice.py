"""Tile layout of a stage: blocks or tiles."""

from __future__ import annotations

from gac_core.area.blocks import Blocks
from gac_core.area.tiling import Lattice, Tiles
from gac_core.grid import Window
from gac_core.models.window import WindowSpec


def lattice_of(spec: WindowSpec, scene: Window, *, decodes: bool) -> Lattice:
    """Return the tile layout of a stage: blocks if it decodes tokens, tiles otherwise."""
    return Blocks(spec, scene) if decodes else Tiles(spec)


def count_tiles(area: Window, lattice: Lattice) -> int:
    """Return the number of tiles or blocks that `drive` will report."""
    return sum(len(row) for row in lattice.rows(area))
