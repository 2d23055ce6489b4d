"""Mosaic of TerraMind's tokens: chosen tile by tile, read by blocks.

Each token belongs to the one tile whose core contains it, where it had context on all sides. So it
is the same whichever block reads it.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future

import numpy as np

from gac_core.bundles.bundle import WindowSpec
from gac_core.grid import TOKEN, Window
from gac_core.stages.base import Tokens, TokenStage
from gac_core.tiling.stage_inputs import Source, load_inputs
from gac_core.tiling.tiles import fill_holes

_NONE = -1
"""Marks tokens of tiles without data."""


class TokenMosaic:
    """Tokens of an area, computed when a block first needs them.

    Blocks are read from north to south, by several threads at once; memory holds the tokens of two
    rows of blocks.

    Args:
        stage: Stage that chooses the tokens.
        spec: Tile size and overlap.
        area: Hull of all blocks.
        sources: Window readers by name: `s1` and every input of the stage.
        batch_size: Tiles computed together.
    """

    def __init__(
        self,
        stage: TokenStage,
        spec: WindowSpec,
        area: Window,
        sources: Mapping[str, Source],
        batch_size: int,
    ) -> None:
        self._stage, self._spec, self._sources = stage, spec, sources
        self._batch_size = batch_size
        self._edge = core_edge(spec)
        self._columns = self._origins(area.col, area.stop_col)
        self._known: dict[tuple[int, int], Future[Tokens]] = {}
        self._lock = threading.Lock()

    def read(self, block: Window) -> Tokens:
        """Return the tokens (H/16, W/16) of a block with data; gaps take the nearest tokens."""
        self._forget(block.row - block.height)
        tokens = np.full((block.height // TOKEN, block.width // TOKEN), _NONE, np.int64)
        for row in self._origins(block.row, block.stop_row):
            for col in self._origins(block.col, block.stop_col):
                core = self._core(row, col)
                shared = core.intersection(block)
                tokens[_tokens(shared, block)] = self._tile(row, col)[_tokens(shared, core)]
        filled: Tokens = fill_holes(tokens[None], tokens != _NONE)[0]
        return filled

    def _origins(self, start: int, stop: int) -> range:
        """Return the first rows or columns of the tiles whose cores overlap an interval."""
        stride = self._spec.stride
        return range((start - self._edge) // stride * stride, stop - self._edge, stride)

    def _core(self, row: int, col: int) -> Window:
        stride = self._spec.stride
        return Window(row + self._edge, col + self._edge, stride, stride)

    def _tile(self, row: int, col: int) -> Tokens:
        with self._lock:
            pending = self._known.get((row, col))
            if pending is None:
                tiles = self._together(row, col)
                futures = {(tile.row, tile.col): Future[Tokens]() for tile in tiles}
                self._known |= futures
        if pending is not None:
            # No deadlock: the thread that computes it waits for no other.
            return pending.result()
        try:
            for tile, tokens in self._computed(tiles).items():
                futures[tile.row, tile.col].set_result(tokens)
        except BaseException as error:
            for future in futures.values():
                future.set_exception(error)
            raise
        return futures[row, col].result()

    def _together(self, row: int, col: int) -> list[Window]:
        """Return the tiles that are computed together, the same whichever of them is requested.

        On a GPU only the same batch gives the same bits.
        """
        first = self._columns.index(col) // self._batch_size * self._batch_size
        columns = self._columns[first : first + self._batch_size]
        return [Window(row, c, self._spec.size, self._spec.size) for c in columns]

    def _computed(self, tiles: Sequence[Window]) -> dict[Window, Tokens]:
        """Return the core tokens of each tile."""
        count = self._spec.stride // TOKEN
        tokens_of = dict.fromkeys(tiles, np.full((count, count), _NONE, np.int64))
        batch = load_inputs(
            self._stage.inputs, tiles, self._sources, self._batch_size, edge=self._edge
        )
        if batch is not None:
            chosen = self._stage.tokens(batch.batch, batch.inputs)
            core = slice(self._edge // TOKEN, self._edge // TOKEN + count)
            tokens_of |= {t: c[core, core] for t, c in zip(batch.windows, chosen, strict=False)}
        return tokens_of

    def _forget(self, row: int) -> None:
        """Drop the tiles above a row."""
        end = row - self._edge - self._spec.stride
        with self._lock:
            for tile in [tile for tile in self._known if tile[0] <= end]:
                del self._known[tile]


def core_edge(spec: WindowSpec) -> int:
    """Return the distance in pixels from a tile's edge to its core: half the overlap."""
    return spec.overlap // 2 // TOKEN * TOKEN


def token_context(block: Window, spec: WindowSpec) -> Window:
    """Return the smallest window that holds all tiles whose tokens a block needs."""
    top, stop_row = _reach(block.row, block.stop_row, spec)
    left, stop_col = _reach(block.col, block.stop_col, spec)
    return block.union(Window(top, left, stop_row - top, stop_col - left))


def _reach(start: int, stop: int, spec: WindowSpec) -> tuple[int, int]:
    edge, stride = core_edge(spec), spec.stride
    return (start - edge) // stride * stride, (stop - 1 - edge) // stride * stride + spec.size


def _tokens(window: Window, within: Window) -> tuple[slice, slice]:
    """Return the slices of a window's tokens in the token array of another window."""
    rows, cols = window.slices(within)
    return (
        slice(rows.start // TOKEN, rows.stop // TOKEN),
        slice(cols.start // TOKEN, cols.stop // TOKEN),
    )
