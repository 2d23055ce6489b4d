"""What a stage keeps on disk while it computes, so that a killed run loses no whole tile.

Finished rows are in the stage's working file. Tiles that reach into rows that are not finished
lie beside it, one file each, until they are; from them the rows being blended are built again.
"""

from __future__ import annotations

import zipfile
from contextlib import suppress
from pathlib import Path

import numpy as np

from gac_core.grid import Window
from gac_core.raster import StripWriter
from gac_core.raster.space import unwritable
from gac_core.runs.journal import Journal, Stopwatch
from gac_core.stages.base import Array


class Checkpoint:
    """The memory of one stage; `mosaic.drive` keeps its tiles in it.

    A tile that cannot be read again, cut short by a full disk or a power cut, counts as not kept:
    it is computed once more, to the same pixels.

    Args:
        journal: The run's journal.
        name: The stage's name.
        folder: Where tiles lie; made if need be.
        writer: The stage's working file.
        watch: Counts the stage's time.
    """

    def __init__(
        self, journal: Journal, name: str, folder: Path, writer: StripWriter, watch: Stopwatch
    ) -> None:
        self._journal, self._name, self._writer, self._watch = journal, name, writer, watch
        self._folder = folder
        folder.mkdir(exist_ok=True)

    @property
    def first_row(self) -> int:
        """The first row that is not written yet."""
        return self._journal.rows.get(self._name, self._writer.window.row)

    def load(self, tile: Window) -> Array | None:
        """A tile's values, (C, H, W) or empty as they were kept; None where they were not."""
        return load_tile(self._path(tile))

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
            raise unwritable(self._writer.path, error) from error

    def rows_done(self, stop_row: int) -> None:
        """Notes that all rows above `stop_row` are written; forgets tiles that lie in those only.

        Raises:
            OutputError: If they cannot be brought to the disk.
        """
        self._writer.sync()
        self._journal.rows[self._name] = stop_row
        self._watch.read()
        self._journal.save(sync=True)
        for path in self._folder.glob("*_*_*.npz"):
            with suppress(ValueError, OSError):
                if int(path.stem.split("_")[1]) <= stop_row:
                    path.unlink()

    def _path(self, tile: Window) -> Path:
        return self._folder / f"{tile.row}_{tile.stop_row}_{tile.col}.npz"


def save_tile(path: Path, values: Array) -> None:
    """Writes a tile's values, (C, H, W) or empty. Raises OSError where they cannot be written."""
    with path.open("wb") as file:
        # A zip archive: it carries a checksum of what it holds.
        np.savez(file, values=values)


def load_tile(path: Path) -> Array | None:
    """A tile's values as they were saved; None where they were not, or not whole."""
    try:
        with np.load(path, allow_pickle=False) as file:
            values: Array = file["values"]
            return values
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
