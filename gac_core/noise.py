"""Random numbers that belong to a place: the same pixel gets the same noise in every run.

Noise is drawn by Philox, a counter-based generator (Salmon et al. 2011, "Parallel random numbers:
as easy as 1, 2, 3"), one stream for each 16-pixel token of the world grid. The counter is the
token's position and the stage, the key the seed. So noise depends on neither the tile nor the
batch nor the order that it is drawn in, and overlapping tiles see the same.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from gac_core.grid import TOKEN, Window

_MASK = (1 << 64) - 1


def world_noise(
    window: Window, channels: int, *, seed: int, stream: int
) -> npt.NDArray[np.float32]:
    """Standard normal noise for a window of the world grid.

    Args:
        window: Any window; whole tokens are drawn and cut.
        channels: Values per pixel.
        seed: The run's seed.
        stream: Which use of noise this is (the stage's number), so that two uses are independent.

    Returns:
        float32 array (channels, height, width).
    """
    first_row, last_row = window.row // TOKEN, (window.stop_row - 1) // TOKEN
    first_col, last_col = window.col // TOKEN, (window.stop_col - 1) // TOKEN
    rows, cols = last_row - first_row + 1, last_col - first_col + 1
    noise = np.empty((channels, rows * TOKEN, cols * TOKEN), np.float32)
    for i in range(rows):
        for j in range(cols):
            generator = _generator(first_row + i, first_col + j, seed, stream)
            block = generator.standard_normal((channels, TOKEN, TOKEN), dtype=np.float32)
            noise[:, i * TOKEN : (i + 1) * TOKEN, j * TOKEN : (j + 1) * TOKEN] = block
    top, left = window.row - first_row * TOKEN, window.col - first_col * TOKEN
    return noise[:, top : top + window.height, left : left + window.width]


def world_uniform(window: Window, *, seed: int, stream: int) -> npt.NDArray[np.float32]:
    """One number in [0, 1) for each whole token of a window whose edges are token edges.

    Returns:
        float32 array (height // 16, width // 16).
    """
    rows = range(window.row // TOKEN, window.stop_row // TOKEN)
    cols = range(window.col // TOKEN, window.stop_col // TOKEN)
    values = [[_generator(r, c, seed, stream).random(dtype=np.float32) for c in cols] for r in rows]
    return np.array(values, np.float32)


def _generator(row: int, col: int, seed: int, stream: int) -> np.random.Generator:
    # The first counter word counts the draws; the other three say whose they are.
    counter = np.array([0, row & _MASK, col & _MASK, stream], dtype=np.uint64)
    key = np.array([seed & _MASK, 0], dtype=np.uint64)
    return np.random.Generator(np.random.Philox(counter=counter, key=key))
