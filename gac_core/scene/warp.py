"""Readers of a scene on the working grid: direct if it lies on the grid, warping, from a file."""

from __future__ import annotations

import zlib
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.polynomial.chebyshev import chebpts1, chebvander
from rasterio.crs import CRS

from gac_core.grid import PIXEL, Window
from gac_core.io import reserve, write_error
from gac_core.scene.crs import apply, period, reproject, unwrap
from gac_core.scene.holes import NodataRules
from gac_core.scene.radiometry import Doubles, Floats, average, bilinear, to_db, to_power
from gac_core.scene.source import Source
from gac_core.scene.working_grid import GridPlacement

BLOCK = 256
"""Edge of a block in working pixels: what is warped, or stored, at once."""

CHECKSUM_BYTES = 4
RECORD_BYTES = 2 * 4 * BLOCK * BLOCK + CHECKSUM_BYTES
"""Bytes of a stored block: float32 dB, VV then VH, and a CRC-32."""

CACHED_BLOCKS = 160
"""Cached blocks (0.5 MB each): a row of tiles over a full scene shares its blocks."""

MAX_STEP_VARIATION = 0.5
"""Maximum variation of the source step, in pixels per pixel, within a block: only a seam exceeds
it."""

NODES = 8
"""Points per axis of a block that are reprojected; a polynomial interpolates the rest.

Over the 2.56 km of a block, map projections are so smooth that degree 7 is exact to 1e-6 pixels.
"""


class NativeReader:
    """Reader of a scene whose pixels are working pixels: values are unchanged to the last bit."""

    def __init__(self, source: Source, place: GridPlacement, unit: str, holes: NodataRules) -> None:
        self._source, self._place, self._unit, self._holes = source, place, unit, holes

    def read(self, window: Window) -> Floats:
        """Return (2, H, W) dB of a window that lies within the scene."""
        row, col = window.row - self._place.window.row, window.col - self._place.window.col
        raw = self._holes.read(self._source, row, col, window.height, window.width)
        return to_db(raw, self._unit)

    def block(self, block: Window) -> Floats:
        """Return (2, H, W) dB of any block, NaN outside the scene."""
        out = np.full((2, *block.shape), np.nan, np.float32)
        inside = block.intersection(self._place.window)
        if not inside.is_empty:
            out[(..., *inside.slices(block))] = self.read(inside)
        return out


class WarpedReader:
    """Reader of a scene that has to be warped.

    Warping works on blocks fixed to the working grid: a pixel is always computed within the same
    block from the same source pixels, so that its value, to the last bit, does not depend on the
    window it is read through. Power is interpolated, not dB: the mean of decibels is not the
    decibel of the mean.
    """

    def __init__(self, source: Source, place: GridPlacement, unit: str, holes: NodataRules) -> None:
        self._source, self._place, self._unit, self._holes = source, place, unit, holes
        self._crs = CRS.from_epsg(place.grid.epsg)
        # Finer pixels are averaged to about 10 m first: interpolation would skip most of them.
        across, down = place.steps
        self._factors = max(1, round(PIXEL / down)), max(1, round(PIXEL / across))
        self._turn = period(source.crs)
        centre = np.array([[source.width / 2], [source.height / 2]])
        self._middle = float(apply(source.transform, centre)[0, 0])
        self._blocks: OrderedDict[Window, Floats] = OrderedDict()
        nodes = chebpts1(NODES)
        pixels = (2.0 * np.arange(BLOCK) + 1.0) / BLOCK - 1.0
        self._nodes: Doubles = (nodes + 1.0) * BLOCK / 2.0
        self._pixels: Doubles = np.arange(BLOCK, dtype=np.float64) + 0.5
        self._spread = chebvander(pixels, NODES - 1) @ np.linalg.inv(chebvander(nodes, NODES - 1))

    def read(self, window: Window) -> Floats:
        """Return (2, H, W) dB of any window, NaN outside the scene."""
        out = np.empty((2, *window.shape), np.float32)
        for block in blocks_over(window):
            part = block.intersection(window)
            out[(..., *part.slices(window))] = self._cached(block)[(..., *part.slices(block))]
        return out

    def block(self, block: Window) -> Floats:
        """Return (2, BLOCK, BLOCK) dB of a block that will not be read again."""
        values = self._blocks.pop(block, None)
        return self._warped(block) if values is None else values

    def _cached(self, block: Window) -> Floats:
        if block in self._blocks:
            self._blocks.move_to_end(block)
            return self._blocks[block]
        values = self._warped(block)
        self._blocks[block] = values
        if len(self._blocks) > CACHED_BLOCKS:
            self._blocks.popitem(last=False)
        return values

    def _warped(self, block: Window) -> Floats:
        out = np.full((2, BLOCK, BLOCK), np.nan, np.float32)
        cols, rows = self._places(block)
        for turns in self._turns():
            self._fill(out, rows + turns[1], cols + turns[0])
        return out

    def _turns(self) -> list[tuple[float, float]]:
        """Return the whole turns around the Earth, in averaged pixels, by which to shift positions.

        Both ends of a source that goes all around the Earth may lie in one block.
        """
        if self._turn is None:
            return [(0.0, 0.0)]
        back, (down, across) = ~self._source.transform, self._factors
        turn = back.a * self._turn / across, back.d * self._turn / down
        return [(k * turn[0], k * turn[1]) for k in (0, 1, -1)]

    def _fill(self, out: Floats, rows: Doubles, cols: Doubles) -> None:
        """Write interpolated values where positions (BLOCK, BLOCK) lie on the source."""
        source, (down, across) = self._source, self._factors
        height, width = -(-source.height // down), -(-source.width // across)
        inside = (rows > -1) & (rows < height) & (cols > -1) & (cols < width)
        if not inside.any():
            return
        row, stop_row = _span(rows[inside], height)
        col, stop_col = _span(cols[inside], width)
        raw = self._holes.read(
            source,
            row * down,
            col * across,
            min(stop_row * down, source.height) - row * down,
            min(stop_col * across, source.width) - col * across,
        )
        power = average(to_power(raw, self._unit), self._factors)
        values = to_db(bilinear(power, rows[inside] - row, cols[inside] - col), "power")
        out[:, inside] = np.where(np.isnan(out[:, inside]), values, out[:, inside])

    def _places(self, block: Window) -> Doubles:
        """Return columns and rows (2, BLOCK, BLOCK) of a block's pixels in the averaged source.

        They are correct up to whole turns around the Earth, and infinite where undefined.
        """
        nodes = self._located(block, self._nodes)
        if np.isfinite(nodes).all() and self._is_smooth(nodes):
            positions: Doubles = self._spread @ nodes @ self._spread.T
            return positions
        # Part of the block lies outside the source's CRS, or a seam of the projection crosses it.
        return self._located(block, self._pixels)

    def _located(self, block: Window, along: Doubles) -> Doubles:
        """Return columns and rows (2, N, N) of points N x N distances from a block's corner."""
        xs, ys = np.meshgrid(along, along)
        metres = apply(self._place.grid.transform(block), np.array([xs.ravel(), ys.ravel()]))
        source_xy = reproject(self._crs, self._source.crs, metres)
        finite = np.isfinite(source_xy).all(axis=0)
        positions = np.full_like(source_xy, np.inf)
        if finite.any():
            points = source_xy[:, finite]
            if self._turn is not None:
                # A block may span both ends of the source; its points are near each other.
                first = unwrap(points[:, :1], self._middle, self._turn)[0, 0]
                points = unwrap(points, float(first), self._turn)
            (down, across), (cols, rows) = self._factors, apply(~self._source.transform, points)
            positions[:, finite] = cols / across - 0.5, rows / down - 0.5
        return positions.reshape(2, along.size, along.size)

    def _is_smooth(self, nodes: Doubles) -> bool:
        """Return whether a polynomial fits positions (2, NODES, NODES): they are evenly spaced."""
        gaps = np.diff(self._nodes)
        across, down = np.diff(nodes, axis=2) / gaps, np.diff(nodes, axis=1) / gaps[:, None]
        return bool(
            np.ptp(across, axis=(1, 2)).max() < MAX_STEP_VARIATION > np.ptp(down, axis=(1, 2)).max()
        )


class StoredReader:
    """Reader of a scene that reads each block of an area once, and afterwards from a file.

    Blocks are stored as they are first read, in any order. Each has a checksum, so that the file
    itself tells which blocks it holds: one that was never written, torn by a power cut, or changed
    by another program is read from the scene again. A later process can use the file if the scene
    has not changed.

    Attributes:
        damaged: Number of stored blocks that had changed since they were written.
    """

    def __init__(self, reader: NativeReader | WarpedReader, path: Path, area: Window) -> None:
        """Open the file, or create it.

        Args:
            reader: Reader of the scene.
            path: The file; its folder exists.
            area: Area to store; what is read beyond it comes from the scene every time.

        Raises:
            OutputError: If the disk is full or the file cannot be created.
        """
        self.damaged = 0
        self._reader, self._path, self._area = reader, path, _aligned(area)
        size, is_new = stored_size(area), True
        try:
            is_new = not (path.is_file() and path.stat().st_size == size)
            if is_new:
                path.unlink(missing_ok=True)
                path.open("xb").close()
            self._file = path.open("r+b", buffering=0)
            reserve(self._file.fileno(), size)
        except OSError as error:
            with suppress(OSError):
                if hasattr(self, "_file"):
                    self._file.close()
                if is_new:
                    path.unlink(missing_ok=True)
            raise write_error(path, error) from error

    def read(self, window: Window) -> Floats:
        """Return (2, H, W) dB of a window that lies within the scene.

        Raises:
            OutputError: If a block cannot be stored.
        """
        out = np.empty((2, *window.shape), np.float32)
        for block in blocks_over(window):
            part = block.intersection(window)
            if self._area.contains(block):
                out[(..., *part.slices(window))] = self._block(block)[(..., *part.slices(block))]
            else:
                out[(..., *part.slices(window))] = self._reader.read(part)
        return out

    def _block(self, block: Window) -> Floats:
        rows, cols = (place.start // BLOCK for place in block.slices(self._area))
        number = rows * (self._area.width // BLOCK) + cols
        values, stored = np.empty((2, BLOCK, BLOCK), np.float32), bytearray(CHECKSUM_BYTES)
        # A block that cannot be read is as good as none.
        with suppress(OSError):
            self._file.seek(number * RECORD_BYTES)
            self._file.readinto(values.data.cast("B"))
            self._file.readinto(stored)
            # The number is part of the checksum: a block is valid in its own place alone.
            if int.from_bytes(stored, "little") == zlib.crc32(values.data, number):
                return values
        self.damaged += any(stored)
        values = self._reader.block(block)
        checksum = zlib.crc32(values.data, number).to_bytes(CHECKSUM_BYTES, "little")
        record = memoryview(values.tobytes() + checksum)
        try:
            self._file.seek(number * RECORD_BYTES)
            while record:
                record = record[self._file.write(record) :]
        except OSError as error:
            raise write_error(self._path, error) from error
        return values

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> StoredReader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def blocks_over(window: Window) -> Iterator[Window]:
    """Yield the blocks that overlap a window, row by row."""
    area = _aligned(window)
    for strip in area.strips(BLOCK):
        for col in range(area.col, area.stop_col, BLOCK):
            yield Window(strip.row, col, BLOCK, BLOCK)


def stored_size(area: Window) -> int:
    """Return the size in bytes of the file in which an area is stored."""
    blocks = _aligned(area)
    return RECORD_BYTES * (blocks.height // BLOCK) * (blocks.width // BLOCK)


def _aligned(window: Window) -> Window:
    """Return the smallest window of whole blocks that holds a window."""
    row, col = window.row // BLOCK * BLOCK, window.col // BLOCK * BLOCK
    height, width = -(-window.stop_row // BLOCK) * BLOCK, -(-window.stop_col // BLOCK) * BLOCK
    return Window(row, col, height - row, width - col)


def _span(places: Doubles, length: int) -> tuple[int, int]:
    """Return first and last-plus-one of the pixels around any of the positions."""
    start = max(0, int(np.floor(places.min())))
    return start, min(length, int(np.floor(places.max())) + 2)
