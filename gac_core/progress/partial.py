"""Final part of a stage's working file, for display while the file grows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gac_core.grid import Window, WorkGrid


@dataclass(frozen=True)
class Partial:
    """Final part of a working file.

    Attributes:
        path: The file: float32 reflectance DN, NaN where there is no data, band-interleaved by
            line.
        epsg: EPSG code of its CRS.
        bounds: (xmin, ymin, xmax, ymax) of the whole file.
        shape: Rows and columns of the whole file.
        bands: Names of its bands, in order.
        rows: Number of rows from the top that are completely final.
        stop_row: End of the rows that are partly final, see `cols`.
        cols: Number of columns from the west that are final in `rows` to `stop_row`.
    """

    path: Path
    epsg: int
    bounds: tuple[float, float, float, float]
    shape: tuple[int, int]
    bands: tuple[str, ...]
    rows: int
    stop_row: int
    cols: int


class Finished:
    """Tracker of a stage's pieces as they are written, row by row, west to east.

    Args:
        path: The working file.
        grid: The working grid.
        window: Extent of the file.
        bands: Names of its bands.
        first_row: The first row that was not written by an earlier process.
    """

    def __init__(
        self, path: Path, grid: WorkGrid, window: Window, bands: tuple[str, ...], first_row: int
    ) -> None:
        self._path, self._grid, self._window, self._bands = path, grid, window, bands
        self._row = self._stop_row = first_row
        self._col = window.col

    def add(self, piece: Window) -> None:
        """Record that a piece was written."""
        self._row, self._stop_row, self._col = piece.row, piece.stop_row, piece.stop_col
        if piece.stop_col == self._window.stop_col:
            self._row, self._col = piece.stop_row, self._window.col

    def partial(self) -> Partial | None:
        """Return the current final part, or None."""
        rows, cols = self._row - self._window.row, self._col - self._window.col
        if rows <= 0 and cols <= 0:
            return None
        return Partial(
            self._path,
            self._grid.epsg,
            self._grid.bounds(self._window),
            self._window.shape,
            self._bands,
            rows,
            max(self._stop_row - self._window.row, rows),
            cols,
        )
