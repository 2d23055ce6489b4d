"""What a stage keeps on disk while it computes, so that a killed run loses no whole tile.

Finished rows are in the stage's working file. Tiles that reach into rows that are not finished
lie beside it, one file each, until they are; from them the rows being blended are built again.
"""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.lib import format as npy

from gac_core.files import read_plain
from gac_core.grid import Window
from gac_core.raster import StripWriter
from gac_core.raster.space import unwritable
from gac_core.runs.journal import Journal, Stopwatch
from gac_core.stages.base import Array


class Checkpoint:
    """The memory of one stage; `mosaic.drive` keeps its tiles in it.

    A tile that is not what was kept, cut short by a full disk or a power cut, counts as not kept:
    it is computed once more, to the same pixels.

    Args:
        journal: The run's journal.
        name: The stage's name.
        folder: Where tiles lie; made if need be.
        writer: The stage's working file.
        watch: Counts the stage's time.

    Raises:
        OutputError: If the folder cannot be made.
    """

    def __init__(
        self, journal: Journal, name: str, folder: Path, writer: StripWriter, watch: Stopwatch
    ) -> None:
        self._journal, self._name, self._writer, self._watch = journal, name, writer, watch
        self._folder = folder
        try:
            folder.mkdir(exist_ok=True)
        except OSError as error:
            raise unwritable(folder, error) from error

    @property
    def first_row(self) -> int:
        """The first row that is not written yet."""
        return self._journal.rows.get(self._name, self._writer.file.window.row)

    def load(self, tile: Window) -> Array | None:
        """A tile's values, (C, H, W) or empty as they were kept; None where they were not."""
        return load_tile(self._path(tile), (len(self._writer.file.bands), *tile.shape))

    def keep(self, tile: Window, values: Array) -> None:
        """Keeps a tile that was computed.

        Raises:
            OutputError: If it cannot be written.
        """
        path = self._path(tile)
        part = path.with_suffix(".part")
        try:
            save_tile(part, values)
            part.replace(path)
        except OSError as error:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            # A tile's own name would tell nobody anything.
            raise unwritable(self._writer.file.path, error) from error

    def rows_done(self, stop_row: int) -> None:
        """Notes that all rows above `stop_row` are written; forgets tiles that lie in those only.

        Raises:
            OutputError: If they cannot be brought to the disk.
        """
        self._writer.sync()
        name, first = self._name, self.first_row
        before = self._journal.sums.get(name, 0)
        checksum = self._writer.checksum(stop_row, first_row=first, before=before)
        self._journal.rows[name], self._journal.sums[name] = stop_row, checksum
        self._watch.read()
        self._journal.save(sync=True)
        for path in self._folder.glob("*_*_*.npz"):
            with suppress(ValueError, OSError):
                if int(path.stem.split("_")[1]) <= stop_row:
                    path.unlink()

    def _path(self, tile: Window) -> Path:
        return self._folder / f"{tile.row}_{tile.stop_row}_{tile.col}.npz"


ARRAY = "values.npy"
OVERHEAD = 4096
"""Bytes of an archive beyond what it holds, at most."""


def save_tile(path: Path, values: Array) -> None:
    """Write a tile's values, (C, H, W) or empty. Raises OSError where they cannot be written."""
    with path.open("wb") as file:
        # A zip archive: it carries a checksum of what it holds.
        np.savez(file, values=np.ascontiguousarray(values, np.float32))


def load_tile(path: Path, shape: tuple[int, int, int]) -> Array | None:
    """Return a tile's values as they were saved; None where they were not, or not whole.

    Args:
        path: The file.
        shape: (C, H, W) of a tile that is not empty.
    """
    for each in (shape, (0, 0, 0)):
        values = np.empty(each, np.float32)
        header = io.BytesIO()
        npy.write_array_header_1_0(header, npy.header_data_from_array_1_0(values))
        head = len(header.getvalue())
        size = head + values.nbytes
        # Any header but the one that was written says that the file is another: none is parsed.
        with suppress(OSError, ValueError, KeyError, EOFError, RuntimeError, zipfile.BadZipFile):
            with zipfile.ZipFile(io.BytesIO(read_plain(path, size + OVERHEAD))) as archive:
                entry = archive.getinfo(ARRAY)
                if entry.compress_type != zipfile.ZIP_STORED or entry.file_size != size:
                    continue
                raw = archive.read(entry)
            if len(raw) == size and raw[:head] == header.getvalue():
                return np.frombuffer(raw, np.float32, offset=head).reshape(each).copy()
    return None
