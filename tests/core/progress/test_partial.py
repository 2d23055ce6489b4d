"""The part of a working file reported as final: final indeed, and never more."""

from __future__ import annotations

import numpy as np
import pytest

from gac_core.bundles.bundle import WindowSpec
from gac_core.grid import Window, WorkGrid
from gac_core.progress import FinalPart
from gac_core.tiling.mosaic import Blend
from gac_core.tiling.tiles import tile_layout

AREA = Window(1000, 2000, 300, 260)
SPEC = WindowSpec(size=96, overlap=32, margin=8)


@pytest.mark.parametrize("decodes", [False, True])
def test_all_that_is_told_was_written(tmp_path, decodes) -> None:
    lattice = tile_layout(SPEC, AREA, decodes=decodes)
    grid = WorkGrid(32633, 0.0, 0.0)
    final = FinalPart(tmp_path / "opt_v1.bil", grid, AREA, ("B02",), AREA.row)
    blend = Blend(AREA, lattice, 1, AREA.row)
    written = np.zeros(AREA.shape, bool)
    told = []
    rows = list(lattice.rows(AREA))
    assert final.partial() is None
    for row in rows:
        blend.begin(row, last=row is rows[-1])
        for window in row:
            for piece, _ in blend.add(np.ones((1, *window.shape), np.float32)):
                written[piece.slices(AREA)] = True
                final.add(piece)
            partial = final.partial()
            if partial is not None:
                assert partial.shape == AREA.shape
                assert written[: partial.rows].all()
                assert written[partial.rows : partial.stop_row, : partial.cols].all()
                told.append(partial.rows * AREA.width + partial.cols)
        blend.end()
    assert told == sorted(told)
    last = final.partial()
    assert last is not None
    assert last.rows == AREA.height
