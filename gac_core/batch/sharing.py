"""Tiles that lie in several blocks, computed for one of them and kept for the others."""

from __future__ import annotations

import shutil
from pathlib import Path

from gac_core.batch.cutting import Cell, cells_of
from gac_core.batch.graph import Step
from gac_core.batch.plan import Plan
from gac_core.grid import Window
from gac_core.raster.space import unwritable
from gac_core.runs.checkpoint import load_tile, save_tile
from gac_core.runs.plan import STAGE_BANDS, stage_lattice
from gac_core.stages.base import Array

Key = tuple[int, Cell]
"""A stage, and the block that holds a tile's first pixel with weight."""


class SharedTiles:
    """The memory of a step, for `area.mosaic.drive`: holds tiles that others need too.

    A tile that two workers compute at the same time is the same twice. One that is not there, or
    not whole, is computed.

    Args:
        plan: Of the scene.
        step: Whose memory.
        scratch: The task's own folder.
    """

    def __init__(self, plan: Plan, step: Step, scratch: Path) -> None:
        self._plan, self._step, self._scratch = plan, step, scratch
        self._area = plan.window(step.stage, step.cell)
        self._lattice = stage_lattice(step.stage, plan.spec, plan.whole)

    @property
    def first_row(self) -> int:
        """A step begins at its first row: it is gone on with block by block, not row by row."""
        return self._area.row

    def load(self, tile: Window) -> Array | None:
        """A tile's values, where another step has computed it."""
        shape = len(STAGE_BANDS[self._step.stage]), *tile.shape
        return load_tile(self._path(tile), shape) if self._is_shared(tile) else None

    def keep(self, tile: Window, values: Array) -> None:
        """Keeps a tile for other blocks.

        Raises:
            OutputError: If it cannot be written.
        """
        if not self._is_shared(tile):
            return
        path = self._path(tile)
        part = self._scratch / path.name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            save_tile(part, values)
            part.replace(path)
        except OSError as error:
            raise unwritable(path, error) from error

    def rows_done(self, stop_row: int) -> None:
        """Nothing to note."""

    def _weighted(self, tile: Window) -> Window:
        return self._lattice.reach(tile).intersection(self._plan.areas[self._step.stage])

    def _is_shared(self, tile: Window) -> bool:
        return not self._area.contains(self._weighted(tile))

    def _path(self, tile: Window) -> Path:
        owner = next(cells_of(self._weighted(tile), self._plan.side))
        return tiles_of(self._plan, (self._step.stage, owner)) / f"{tile.row}_{tile.col}.npz"


def tiles_of(plan: Plan, key: Key) -> Path:
    """The folder of the tiles that begin in a block."""
    return plan.work / f"opt_v{key[0]}" / f"{key[1].name}.tiles"


def steps_sharing(plan: Plan, key: Key) -> list[Step]:
    """The steps that may need tiles that begin in a block."""
    stage, cell = key
    longest = max(plan.spec.decode, plan.side)
    window = cell.window(plan.side)
    reach = Window(window.row, window.col, plan.side + longest, plan.side + longest)
    shared = reach.intersection(plan.areas[stage])
    return [Step(stage, one) for one in cells_of(shared, plan.side)] if not shared.is_empty else []


def keys_near(plan: Plan, step: Step) -> list[Key]:
    """Where the tiles that a step shares may begin."""
    longest = max(plan.spec.decode, plan.side)
    back = -(-longest // plan.side)
    row, col = step.cell
    near = [Cell(r, c) for r in range(row - back, row + 1) for c in range(col - back, col + 1)]
    return [(step.stage, cell) for cell in near]


def drop_tiles(plan: Plan, key: Key) -> None:
    """Forget the tiles that begin in a block."""
    shutil.rmtree(tiles_of(plan, key), ignore_errors=True)
