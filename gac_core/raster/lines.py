"""Working files, read by windows."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from gac_core.errors import OutputError
from gac_core.grid import Window
from gac_core.raster.reader import Floats, StripReader


class LineReader:
    """A working file (see `writer`) being read, by one thread at a time; a context manager.

    GDAL would keep every line that a window touches, over the file's whole width and in all its
    bands: memory that grows with the area. Here a window's own pixels are read and nothing is kept.

    Attributes:
        path: The file.
        grid: The working grid.
        window: What it covers.
        bands: Band names, in order.
    """

    def __init__(self, path: Path) -> None:
        """Opens the file.

        Raises:
            OutputError: If it cannot be read or is shorter than its header says.
        """
        self.path = path
        with StripReader(path) as header:
            self.grid, self.window, self.bands = header.grid, header.window, header.bands
        try:
            self._file = path.open("rb", buffering=0)
        except OSError as error:
            raise self._lost(error) from error

    def read(self, window: Window, bands: tuple[str, ...] = ()) -> Floats:
        """Reads any window, NaN for nodata and outside the file.

        Args:
            window: On the file's grid.
            bands: Names of the bands to read, in the order wanted; empty: all.

        Returns:
            (C, H, W) values.

        Raises:
            OutputError: If the file can no longer be read.
        """
        numbers = [self.bands.index(band) for band in bands or self.bands]
        out = np.full((len(numbers), *window.shape), np.nan, np.float32)
        inside = window.intersection(self.window)
        if inside.is_empty:
            return out
        rows, cols = inside.slices(self.window)
        into_rows, into_cols = inside.slices(window)
        into = out[:, into_rows, into_cols]
        width, lines = self.window.width, len(self.bands)
        try:
            for offset, row in enumerate(range(rows.start, rows.stop)):
                for values, number in zip(into[:, offset], numbers, strict=True):
                    self._file.seek(4 * ((row * lines + number) * width + cols.start))
                    if self._file.readinto(values) != values.nbytes:
                        raise OSError("it ends too early")
        except OSError as error:
            raise self._lost(error) from error
        return out

    def _lost(self, error: OSError) -> OutputError:
        return OutputError(
            f"{self.path} can no longer be read: {error.strerror or error}.",
            "Leave the folder alone until the run is done, and run again.",
        )

    def close(self) -> None:
        """Closes the file."""
        self._file.close()

    def __enter__(self) -> LineReader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
