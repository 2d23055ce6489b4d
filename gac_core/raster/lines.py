"""Headerless working files, whose layout is known only to their readers."""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gac_core.contract.errors import OutputError
from gac_core.files import open_plain
from gac_core.grid import Window, WorkGrid

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class WorkingFile:
    """A float32 raster on the working grid as raw values, band-interleaved by line (BIL).

    Nothing in or beside the file describes its contents: a header could be lost or damaged
    separately, and the pixels would then be misinterpreted.

    Attributes:
        path: The file.
        grid: The working grid.
        window: Extent of the file.
        bands: Band names, in order.
    """

    path: Path
    grid: WorkGrid
    window: Window
    bands: tuple[str, ...]

    @property
    def size(self) -> int:
        """Size of the complete file in bytes."""
        return file_size(self.window, self.bands)

    @property
    def is_there(self) -> bool:
        """True if a regular file of this size exists at the path; its values are not checked."""
        return self.path.is_file() and self.path.stat().st_size == self.size

    def checksum(self, stop_row: int | None = None, tick: Callable[[], None] | None = None) -> int:
        """Return the checksum of the rows above `stop_row`, equal to `StripWriter.checksum`.

        Args:
            stop_row: Row on the grid; None: all rows.
            tick: Called between lines; may raise to stop.

        Raises:
            OutputError: If the file is shorter or cannot be read.
        """
        stop_row = self.window.stop_row if stop_row is None else stop_row
        lines = (stop_row - self.window.row) * len(self.bands)
        sums = np.empty(lines, np.uint32)
        line = bytearray(4 * self.window.width)
        try:
            with open_plain(self.path) as raw:
                for number in range(lines):
                    if tick is not None and not number % TICK:
                        tick()
                    if raw.readinto(line) != len(line):
                        raise OSError(None, "it ends too early")
                    sums[number] = zlib.crc32(line)
        except OSError as error:
            raise lost(self.path, error) from error
        return rolled(sums)

    def holds(self, checksum: int | None, stop_row: int | None = None) -> bool:
        """Return whether its rows above `stop_row` have a checksum."""
        try:
            return self.is_there and checksum == self.checksum(stop_row)
        except OutputError:
            return False


TICK = 4096
"""Lines read between two checks for cancellation."""


def file_size(window: Window, bands: tuple[str, ...]) -> int:
    """Return the size of a working file in bytes."""
    return 4 * len(bands) * window.height * window.width


def rolled(sums: NDArray[np.uint32], before: int = 0) -> int:
    """Return the checksum of lines (CRC-32 of each), following those that `before` covers.

    It is a checksum of checksums: line checksums do not depend on the pieces in which an area is
    written.
    """
    return zlib.crc32(sums.astype("<u4").tobytes(), before)


def lost(path: Path, error: OSError) -> OutputError:
    """Return the error for a working file that cannot be read again."""
    return OutputError(
        f"{path} can no longer be read: {error.strerror or error}.",
        "Leave the folder alone until the run is done, and run again.",
    )


def damaged(path: Path) -> OutputError:
    """Return the error for a file that no longer holds what was written to it."""
    return OutputError(
        f"{path} does not hold any more what GAC wrote: another program changed it, or the disk "
        "is failing.",
        "Leave the folder alone until the run is done, and run again: what is damaged is computed "
        "anew.",
    )


class LineReader:
    """Reader of a working file, for one thread at a time; a context manager.

    GDAL would cache every line that a window touches, over the file's full width and in all bands:
    memory that grows with the area. This reads only the window's pixels and caches nothing.

    Attributes:
        file: The working file.
    """

    def __init__(self, file: WorkingFile) -> None:
        """Open the file.

        Raises:
            OutputError: If it cannot be read, or has another size.
        """
        self.file = file
        try:
            self._raw = open_plain(file.path)
            if os.fstat(self._raw.fileno()).st_size != file.size:
                self._raw.close()
                raise OSError(None, "it has another size than it was written with")
        except OSError as error:
            raise lost(file.path, error) from error

    def read(self, window: Window, bands: tuple[str, ...] = ()) -> Floats:
        """Read any window, NaN for nodata and outside the file.

        Args:
            window: Window on the file's grid.
            bands: Names of the bands to read, in the order of the result; empty: all.

        Returns:
            (C, H, W) values.

        Raises:
            OutputError: If the file can no longer be read.
        """
        names = self.file.bands
        numbers = [names.index(band) for band in bands or names]
        out = np.full((len(numbers), *window.shape), np.nan, np.float32)
        overlap = window.intersection(self.file.window)
        if overlap.is_empty:
            return out
        rows, cols = overlap.slices(self.file.window)
        target_rows, target_cols = overlap.slices(window)
        target = out[:, target_rows, target_cols]
        width, lines = self.file.window.width, len(names)
        try:
            for offset, row in enumerate(range(rows.start, rows.stop)):
                for values, number in zip(target[:, offset], numbers, strict=True):
                    self._raw.seek(4 * ((row * lines + number) * width + cols.start))
                    if self._raw.readinto(values) != values.nbytes:
                        raise OSError(None, "it ends too early")
        except OSError as error:
            raise lost(self.file.path, error) from error
        return out

    def close(self) -> None:
        """Close the file."""
        self._raw.close()

    def __enter__(self) -> LineReader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
