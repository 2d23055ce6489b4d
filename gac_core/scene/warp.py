"""Readers of a scene on the working grid: direct if it lies on the grid, warping, from a file."""

from __future__ import annotations

import zlib
from collections import OrderedDict
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import numpy as np

from gac_core.contract.removal import remove_file
from gac_core.grid import PIXEL, Window
from gac_core.io import reserve, write_error
from gac_core.scene.holes import NodataRules
from gac_core.scene.positions import BLOCK, Locator, aligned, blocks_over, over_blocks, span
from gac_core.scene.radiometry import Doubles, Floats, average, bilinear, to_db, to_power
from gac_core.scene.source import Source
from gac_core.scene.working_grid import GridPlacement

CHECKSUM_BYTES = 4
RADAR_BANDS = 2

CACHED_BLOCKS = 160
"""Cached blocks (0.5 MB each): a row of tiles over a full scene shares its blocks."""


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
        # Finer pixels are averaged to about 10 m first: interpolation would skip most of them.
        across, down = place.steps
        self._factors = max(1, round(PIXEL / down)), max(1, round(PIXEL / across))
        size = source.height, source.width
        self._locator = Locator(place.grid, source.crs, source.transform, size, self._factors)
        self._blocks: OrderedDict[Window, Floats] = OrderedDict()

    def read(self, window: Window) -> Floats:
        """Return (2, H, W) dB of any window, NaN outside the scene."""
        return over_blocks(window, self._cached, np.empty((2, *window.shape), np.float32))

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
        cols, rows = self._locator.places(block)
        for turns in self._locator.turns():
            self._fill(out, rows + turns[1], cols + turns[0])
        return out

    def _fill(self, out: Floats, rows: Doubles, cols: Doubles) -> None:
        """Write interpolated values where positions (BLOCK, BLOCK) lie on the source."""
        source, (down, across) = self._source, self._factors
        height, width = self._locator.shape
        inside = (rows > -1) & (rows < height) & (cols > -1) & (cols < width)
        if not inside.any():
            return
        row, stop_row = span(rows[inside], height)
        col, stop_col = span(cols[inside], width)
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


class BlockSource(Protocol):
    """A reader on the working grid whose pixels do not depend on the window."""

    def read(self, window: Window) -> Floats:
        """Return (C, H, W) values of a window."""
        ...

    def block(self, block: Window) -> Floats:
        """Return (C, BLOCK, BLOCK) values of a block, NaN where there are none."""
        ...


class StoredReader:
    """Reader of inputs that reads each block of an area once, and afterwards from a file.

    Blocks are stored as they are first read, in any order. Each has a checksum, so that the file
    itself tells which blocks it holds: one that was never written, torn by a power cut, or changed
    by another program is read from the inputs again. Other processes can use the file at the same
    time or later if the inputs have not changed.

    Attributes:
        damaged: Number of stored blocks that had changed since they were written.
    """

    def __init__(
        self,
        reader: BlockSource,
        path: Path,
        area: Window,
        *,
        bands: int = RADAR_BANDS,
        reserves: bool = True,
    ) -> None:
        """Open the file, or create it.

        Args:
            reader: Reader of the inputs.
            path: The file; its folder exists.
            area: Area to store; what is read beyond it comes from the inputs every time.
            bands: Number of bands of their values.
            reserves: Whether disk space is taken for all of it at once, not as blocks are stored.

        Raises:
            OutputError: If the disk is full or the file cannot be created.
        """
        self.damaged = 0
        self._reader, self._path, self._area = reader, path, aligned(area)
        self._bands, self._record = bands, record_size(bands)
        size, is_new = stored_size(area, bands), True
        try:
            is_new = not path.is_file()
            # Never truncated to nothing: another process may have begun to fill it.
            path.touch()
            self._file = path.open("r+b", buffering=0)
            if path.stat().st_size != size:
                self._file.truncate(size)
            if reserves:
                reserve(self._file.fileno(), size)
        except OSError as error:
            with suppress(OSError):
                if hasattr(self, "_file"):
                    self._file.close()
                if is_new:
                    remove_file(path, missing_ok=True)
            raise write_error(path, error) from error

    def read(self, window: Window) -> Floats:
        """Return (C, H, W) values of a window that the inputs' own reader can read.

        Raises:
            OutputError: If a block cannot be stored.
        """
        out = np.empty((self._bands, *window.shape), np.float32)
        for block in blocks_over(window):
            part = block.intersection(window)
            # Beyond the area the part alone is read, not the block as `over_blocks` asks for it.
            if self._area.contains(block):
                out[(..., *part.slices(window))] = self._block(block)[(..., *part.slices(block))]
            else:
                out[(..., *part.slices(window))] = self._reader.read(part)
        return out

    def _block(self, block: Window) -> Floats:
        rows, cols = (place.start // BLOCK for place in block.slices(self._area))
        number = rows * (self._area.width // BLOCK) + cols
        values = np.empty((self._bands, BLOCK, BLOCK), np.float32)
        stored = bytearray(CHECKSUM_BYTES)
        # A block that cannot be read is as good as none.
        with suppress(OSError):
            self._file.seek(number * self._record)
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
            self._file.seek(number * self._record)
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


def record_size(bands: int) -> int:
    """Return the bytes of a stored block: float32, one band after the other, and a CRC-32."""
    return bands * 4 * BLOCK * BLOCK + CHECKSUM_BYTES


def stored_size(area: Window, bands: int = RADAR_BANDS) -> int:
    """Return the size in bytes of the file in which an area is stored."""
    blocks = aligned(area)
    return record_size(bands) * (blocks.height // BLOCK) * (blocks.width // BLOCK)
