"""Crash-safe, piecewise writing of working files."""

from __future__ import annotations

import os
import zlib
from contextlib import suppress
from pathlib import Path

import numpy as np

from gac_core.contract.errors import OutputError
from gac_core.files import sync_open
from gac_core.grid import Window, WorkGrid
from gac_core.raster.lines import Floats, WorkingFile, rolled
from gac_core.raster.space import FULL, require_space, unwritable

LINES = 16
"""Rows converted to lines at a time, so that a piece is not in memory twice."""


class StripWriter:
    """Writer of a working file; a context manager.

    Written data is in the file even if this process is killed immediately afterwards, and another
    process can resume. A complete and an unfinished file look the same; the caller must remember
    the progress and the checksum of the written rows.

    Attributes:
        file: The working file.
        resumed: True if it keeps the data of an earlier writer.
    """

    def __init__(
        self,
        path: Path,
        grid: WorkGrid,
        window: Window,
        bands: tuple[str, ...],
        *,
        resume: bool = False,
    ) -> None:
        """Create the file, or resume it.

        Args:
            path: The file; its folder exists.
            grid: The working grid.
            window: Extent of the file.
            bands: Band names, in order.
            resume: Keep the data of an earlier writer of the same raster; False: start over.

        Raises:
            OutputError: If the disk has too little space or the file cannot be created.
        """
        self.file = WorkingFile(path, grid, window, bands)
        self._sums = np.zeros((window.height, len(bands)), np.uint32)
        self._cols = np.zeros(window.height, np.int64)
        self.resumed = resume
        try:
            self.resumed = resume and self.file.is_there
            if not self.resumed:
                path.unlink(missing_ok=True)
                require_space(path.parent, self.file.size)
                path.open("xb").close()
            self._raw = path.open("r+b")
            self._reserve(self.file.size)
        except OSError as error:
            self._discard()
            raise unwritable(path, error) from error
        except OutputError:
            self._discard()
            raise

    def write(self, window: Window, values: Floats) -> None:
        """Write (C, H, W) values at a window of the file; NaN is nodata.

        The pieces of a row of pixels must be written from west to east; a row may be restarted from
        its west.

        Raises:
            OutputError: If the disk is full.
        """
        file = self.file
        rows, cols = window.slices(file.window)
        if window.intersection(file.window) != window:
            raise ValueError(f"{window} is not within the file's {file.window}")
        if values.shape != (len(file.bands), *window.shape):
            raise ValueError(f"values {values.shape} do not fit a window of {window.shape}")
        if cols.start and (self._cols[rows] != cols.start).any():
            raise ValueError(f"{window} does not follow what was written west of it")
        width, bands = file.window.width, len(file.bands)
        try:
            for first in range(0, window.height, LINES):
                lines = values[:, first : first + LINES].transpose(1, 0, 2)
                lines = np.ascontiguousarray(lines, np.float32).reshape(-1, window.width)
                start = (rows.start + first) * bands
                # Lines as wide as the file are contiguous in it.
                for line, piece in [(0, lines)] if window.width == width else enumerate(lines):
                    self._raw.seek(4 * ((start + line) * width + cols.start))
                    self._raw.write(piece.data)
                sums = self._sums.reshape(-1)[start : start + len(lines)]
                before = sums.tolist() if cols.start else [0] * len(lines)
                sums[:] = [
                    zlib.crc32(line.data, start_sum)
                    for line, start_sum in zip(lines, before, strict=True)
                ]
            self._raw.flush()
        except OSError as error:
            raise unwritable(file.path, error) from error
        self._cols[rows] = cols.stop

    def checksum(
        self, stop_row: int | None = None, *, first_row: int | None = None, before: int = 0
    ) -> int:
        """Return the checksum of the rows above `stop_row` as this writer wrote them.

        Args:
            stop_row: Row on the grid; None: all rows.
            first_row: First row that is not covered by `before`; None: the file's first.
            before: Checksum of the rows above `first_row`.
        """
        window = self.file.window
        stop = window.height if stop_row is None else stop_row - window.row
        first = 0 if first_row is None else first_row - window.row
        if (self._cols[first:stop] != window.width).any():
            raise ValueError(f"not all rows above {stop_row} of {self.file.path} were written")
        return rolled(self._sums[first:stop], before)

    def sync(self) -> None:
        """Flush written data to disk, so that it survives a power failure."""
        try:
            sync_open(self._raw.fileno())
        except OSError as error:
            raise unwritable(self.file.path, error) from error

    def _reserve(self, size: int) -> None:
        """Allocate the disk space now, so that the disk cannot fill up during a run."""
        if not hasattr(os, "posix_fallocate"):
            self._raw.truncate(size)
            return
        try:
            os.posix_fallocate(self._raw.fileno(), 0, size)
        except OSError as error:
            if error.errno in FULL:
                raise
            self._raw.truncate(size)

    def _discard(self) -> None:
        with suppress(OSError):
            if hasattr(self, "_raw"):
                self._raw.close()
            if not self.resumed:
                self.file.path.unlink(missing_ok=True)

    def __enter__(self) -> StripWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self._raw.close()
