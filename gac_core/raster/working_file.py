"""Working files and rasters on the working grid: written by strips, read by windows."""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.enums import Resampling
from rasterio.vrt import WarpedVRT
from rasterio.windows import Window as PixelWindow

from gac_core.contract.errors import OutputError
from gac_core.contract.message import Message
from gac_core.contract.removal import remove_file
from gac_core.gdal import GDAL_ERRORS
from gac_core.grid import PIXEL, Window, WorkGrid
from gac_core.io import open_regular, require_space, reserve, sync_open, write_error
from gac_core.scene.crs import reproject_bounds
from gac_core.scene.paths import is_endless
from gac_core.scene.working_grid import place_scene

Floats = NDArray[np.float32]

REMEDY = Message("Give a whole GeoTIFF with a CRS; one that GAC made can be made again.")

LINES = 16
"""Rows converted to lines at a time, so that a piece is not in memory twice."""
_COPIED = 256
"""Rows copied at a time."""


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
            with open_regular(self.path) as raw:
                for number in range(lines):
                    if tick is not None and not number % LINES_PER_CHECK:
                        tick()
                    if raw.readinto(line) != len(line):
                        raise OSError(None, Message("it ends too early"))
                    sums[number] = zlib.crc32(line)
        except OSError as error:
            raise unreadable_error(self.path, error) from error
        return combine_checksums(sums)

    def holds(self, checksum: int | None, stop_row: int | None = None) -> bool:
        """Return whether its rows above `stop_row` have a checksum."""
        try:
            return self.is_there and checksum == self.checksum(stop_row)
        except OutputError:
            return False


LINES_PER_CHECK = 4096
"""Lines read between two checks for cancellation."""


def file_size(window: Window, bands: tuple[str, ...]) -> int:
    """Return the size of a working file in bytes."""
    return 4 * len(bands) * window.height * window.width


def combine_checksums(sums: NDArray[np.uint32], before: int = 0) -> int:
    """Return the checksum of lines (CRC-32 of each), following those that `before` covers.

    It is a checksum of checksums: line checksums do not depend on the pieces in which an area is
    written.
    """
    return zlib.crc32(sums.astype("<u4").tobytes(), before)


def unreadable_error(path: Path, error: OSError) -> OutputError:
    """Return the error for a working file that cannot be read again."""
    return OutputError(
        Message("{} can no longer be read: {}.", path, error.strerror or error),
        Message("Leave the folder alone until the run is done, and run again."),
        problem="working-file-unreadable",
    )


def damaged_error(path: Path) -> OutputError:
    """Return the error for a file that no longer holds what was written to it."""
    return OutputError(
        Message(
            "{} no longer holds what GAC wrote: another program changed it, or the disk is "
            "failing.",
            path,
        ),
        Message(
            "Leave the folder alone until the run is done, and run again: damaged parts are "
            "computed again."
        ),
        problem="working-file-changed",
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
            self._raw = open_regular(file.path)
            if os.fstat(self._raw.fileno()).st_size != file.size:
                self._raw.close()
                raise OSError(None, Message("it has another size than it was written with"))
        except OSError as error:
            raise unreadable_error(file.path, error) from error

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
                        raise OSError(None, Message("it ends too early"))
        except OSError as error:
            raise unreadable_error(self.file.path, error) from error
        return out

    def close(self) -> None:
        """Close the file."""
        self._raw.close()

    def __enter__(self) -> LineReader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class StripReader:
    """Reader of a raster of DN on a working grid; a context manager.

    Attributes:
        path: The file.
        grid: The working grid.
        window: Extent of the file.
        bands: Band names, in order; "" for unnamed bands.
    """

    def __init__(self, path: Path, grid: WorkGrid | None = None) -> None:
        """Open the file.

        Args:
            path: The file. Nodata is the declared value; integer files without one use 0.
            grid: Grid to read it on; it is warped (bilinear) if it is on another one. None: its
                own, which then has to be a 10 m UTM grid.

        Raises:
            OutputError: If it cannot be read, or not on that grid.
        """
        self.path = path
        if is_endless(str(path)):
            raise OutputError(
                Message("{} cannot be read: it is a pipe or a device.", path),
                REMEDY,
                problem="image-is-a-pipe",
            )
        with ExitStack() as stack:
            try:
                file: Any = stack.enter_context(rasterio.open(path))
            except GDAL_ERRORS as error:
                raise OutputError(
                    Message("{} cannot be read: {}.", path, error),
                    REMEDY,
                    problem="image-unreadable",
                ) from error
            if file.crs is None:
                raise OutputError(
                    Message("{} does not say where it lies.", path),
                    REMEDY,
                    problem="image-without-position",
                )
            self.bands = tuple(name or "" for name in file.descriptions)
            self._nodata = file.nodata
            if self._nodata is None and "int" in file.dtypes[0]:
                self._nodata = 0
            place = place_scene(file.crs, file.transform, file.height, file.width, path.name)
            self.grid, self.window = grid or place.grid, place.window
            if not place.native and grid is None:
                raise OutputError(
                    Message("{} is not on a 10 m UTM grid.", path), REMEDY, problem="image-off-grid"
                )
            if not place.native or self.grid != place.grid:
                self.window = self._footprint(file)
                file = stack.enter_context(self._warped(file, place.spacing / PIXEL))
            self._file = file
            self._stack = stack.pop_all()

    def read(self, window: Window, bands: tuple[str, ...] | tuple[int, ...] = ()) -> Floats:
        """Read any window, NaN for nodata and outside the file.

        Args:
            window: Window on the reader's grid.
            bands: Names or 1-based numbers of the bands to read, in the order of the result; empty:
                all.

        Returns:
            (C, H, W) values.

        Raises:
            OutputError: If the file can no longer be read or lacks a band.
        """
        indexes = [self._index(band) for band in bands] or list(self._file.indexes)
        out = np.full((len(indexes), *window.shape), np.nan, np.float32)
        overlap = window.intersection(self.window)
        if overlap.is_empty:
            return out
        rows, cols = overlap.slices(self.window)
        source = PixelWindow(cols.start, rows.start, overlap.width, overlap.height)
        try:
            values = self._file.read(indexes, window=source, out_dtype=np.float32)
        except GDAL_ERRORS as error:
            raise OutputError(
                Message("{} can no longer be read: {}.", self.path, error),
                REMEDY,
                problem="image-no-longer-readable",
            ) from error
        if self._nodata is not None:
            values[values == self._nodata] = np.nan
        out[(..., *overlap.slices(window))] = values
        return out

    def _index(self, band: str | int) -> int:
        if isinstance(band, int):
            return band
        if band not in self.bands:
            raise OutputError(
                Message("{} has no band {}: it has {}.", self.path, band, ", ".join(self.bands)),
                REMEDY,
                problem="band-missing",
            )
        return self.bands.index(band) + 1

    def _footprint(self, file: Any) -> Window:
        bounds = reproject_bounds(file.crs, CRS.from_epsg(self.grid.epsg), tuple(file.bounds))
        if bounds is None:
            raise OutputError(
                Message("{} cannot be placed on EPSG:{}.", self.path, self.grid.epsg),
                REMEDY,
                problem="image-crs-unusable",
            )
        return self.grid.window(bounds)

    def _warped(self, file: Any, scale: float) -> Any:
        return WarpedVRT(
            file,
            crs=CRS.from_epsg(self.grid.epsg),
            transform=self.grid.transform(self.window),
            height=self.window.height,
            width=self.window.width,
            resampling=Resampling.bilinear,
            src_nodata=self._nodata,
            nodata=self._nodata,
            # Nearly exact coordinates and one filter for the whole image; rasterio's virtual
            # datasets require some tolerance (in pixels).
            tolerance=0.001,
            XSCALE=min(1.0, scale),
            YSCALE=min(1.0, scale),
        )

    def close(self) -> None:
        """Close the file."""
        self._stack.close()

    def __enter__(self) -> StripReader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


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
                remove_file(path, missing_ok=True)
                require_space(path.parent, self.file.size)
                path.open("xb").close()
            self._raw = path.open("r+b")
            reserve(self._raw.fileno(), self.file.size)
        except OSError as error:
            self._discard()
            raise write_error(path, error) from error
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
            raise write_error(file.path, error) from error
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
        return combine_checksums(self._sums[first:stop], before)

    def sync(self) -> None:
        """Flush written data to disk, so that it survives a power failure."""
        try:
            sync_open(self._raw.fileno())
        except OSError as error:
            raise write_error(self.file.path, error) from error

    def _discard(self) -> None:
        with suppress(OSError):
            if hasattr(self, "_raw"):
                self._raw.close()
            if not self.resumed:
                remove_file(self.file.path, missing_ok=True)

    def __enter__(self) -> StripWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self._raw.close()


def copy_part(
    source: WorkingFile, to: WorkingFile, check: Callable[[], None] = lambda: None
) -> int:
    """Copy the part of a working file that another one covers into that, and return its checksum.

    Args:
        source: The file to read; its window contains the other's.
        to: The file to write.
        check: Called often; may raise to stop.

    Raises:
        OutputError: If a file cannot be read or written.
    """
    with LineReader(source) as reader:
        strips = to.window.strips(_COPIED)
        return write_pieces(to, ((strip, reader.read(strip)) for strip in strips), check)


def write_pieces(
    file: WorkingFile,
    pieces: Iterable[tuple[Window, Floats]],
    check: Callable[[], None] = lambda: None,
) -> int:
    """Write a whole working file, and return its checksum.

    Args:
        file: The file to write.
        pieces: Windows from left to right and from top to bottom, each with values (C, H, W).
        check: Called often; may raise to stop.

    Raises:
        OutputError: If it cannot be written.
    """
    with StripWriter(file.path, file.grid, file.window, file.bands) as writer:
        for window, values in pieces:
            check()
            writer.write(window, values)
        writer.sync()
        return writer.checksum()
