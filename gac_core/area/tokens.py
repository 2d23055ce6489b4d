"""The mosaic of TerraMind's tokens: chosen tile by tile, read by blocks.

Each token belongs to one tile, the one whose middle holds it: there it saw its surroundings on all
sides. So it is the same whatever block it is read for.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future

import numpy as np

from gac_core.area.feeding import Source, show
from gac_core.area.tiling import fill_holes
from gac_core.grid import TOKEN, Window
from gac_core.models.bundle import WindowSpec
from gac_core.stages.base import Tokens, TokenStage

_NONE = -1
"""Stands where a tile has no data."""


class TokenMosaic:
    """Tokens of an area, computed when a block first asks for them.

    Blocks are asked for from north to south, by several threads at once; memory holds the tokens
    of two rows of them.

    Args:
        stage: Whose tokens.
        spec: How the area is cut into tiles.
        area: What all blocks together look at.
        sources: By name; `s1` and every input of the stage.
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
        """Tokens (H/16, W/16) of a block that holds data; where there is none, the nearest ones."""
        self._forget(block.row - block.height)
        found = np.full((block.height // TOKEN, block.width // TOKEN), _NONE, np.int64)
        for row in self._origins(block.row, block.stop_row):
            for col in self._origins(block.col, block.stop_col):
                core = self._core(row, col)
                shared = core.intersection(block)
                found[_tokens(shared, block)] = self._tile(row, col)[_tokens(shared, core)]
        whole: Tokens = fill_holes(found[None], found != _NONE)[0]
        return whole

    def _origins(self, start: int, stop: int) -> range:
        """First rows or columns of the tiles whose middles hold some of what is asked for."""
        stride = self._spec.stride
        return range((start - self._edge) // stride * stride, stop - self._edge, stride)

    def _core(self, row: int, col: int) -> Window:
        stride = self._spec.stride
        return Window(row + self._edge, col + self._edge, stride, stride)

    def _tile(self, row: int, col: int) -> Tokens:
        with self._lock:
            known = self._known.get((row, col))
            if known is None:
                tiles = self._together(row, col)
                asked = {(tile.row, tile.col): Future[Tokens]() for tile in tiles}
                self._known |= asked
        if known is not None:
            # Whoever computes it waits for nobody.
            return known.result()
        try:
            for tile, tokens in self._computed(tiles).items():
                asked[tile.row, tile.col].set_result(tokens)
        except BaseException as error:
            for future in asked.values():
                future.set_exception(error)
            raise
        return asked[row, col].result()

    def _together(self, row: int, col: int) -> list[Window]:
        """Always the same tiles, whichever of them is asked for.

        On a GPU only the same batch gives the same bits.
        """
        first = self._columns.index(col) // self._batch_size * self._batch_size
        columns = self._columns[first : first + self._batch_size]
        return [Window(row, c, self._spec.size, self._spec.size) for c in columns]

    def _computed(self, tiles: Sequence[Window]) -> dict[Window, Tokens]:
        """Each tile's own tokens."""
        count = self._spec.stride // TOKEN
        found = dict.fromkeys(tiles, np.full((count, count), _NONE, np.int64))
        shown = show(self._stage.inputs, tiles, self._sources, self._batch_size, edge=self._edge)
        if shown is not None:
            chosen = self._stage.tokens(shown.batch, shown.inputs)
            core = slice(self._edge // TOKEN, self._edge // TOKEN + count)
            found |= {t: c[core, core] for t, c in zip(shown.windows, chosen, strict=False)}
        return found

    def _forget(self, row: int) -> None:
        """Lets go of tiles that lie above a row."""
        end = row - self._edge - self._spec.stride
        with self._lock:
            for tile in [tile for tile in self._known if tile[0] <= end]:
                del self._known[tile]


def core_edge(spec: WindowSpec) -> int:
    """How far inside a tile the tokens begin that are its own, in pixels: half the overlap."""
    return spec.overlap // 2 // TOKEN * TOKEN


def seen_for(block: Window, spec: WindowSpec) -> Window:
    """The smallest window that holds all tiles whose tokens a block needs."""
    top, stop_row = _reach(block.row, block.stop_row, spec)
    left, stop_col = _reach(block.col, block.stop_col, spec)
    return block.union(Window(top, left, stop_row - top, stop_col - left))


def _reach(start: int, stop: int, spec: WindowSpec) -> tuple[int, int]:
    edge, stride = core_edge(spec), spec.stride
    return (start - edge) // stride * stride, (stop - 1 - edge) // stride * stride + spec.size


def _tokens(window: Window, within: Window) -> tuple[slice, slice]:
    """A window's tokens in an array of those of another window."""
    rows, cols = window.slices(within)
    return (
        slice(rows.start // TOKEN, rows.stop // TOKEN),
        slice(cols.start // TOKEN, cols.stop // TOKEN),
    )
