"""Working files: rasters on the working grid, written piece by piece, whatever happens between."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.crs import CRS

from gac_core.errors import OutputError
from gac_core.gdal import GDAL_ERRORS
from gac_core.grid import Window, WorkGrid
from gac_core.raster.space import FULL, require_space, unwritable

Floats = NDArray[np.float32]

LINES = 16
"""Rows that are turned into lines at a time, so that a piece is not in memory twice."""


def file_size(window: Window, bands: tuple[str, ...]) -> int:
    """Bytes of a working file."""
    return 4 * len(bands) * window.height * window.width


class StripWriter:
    """A float32 raster being written; use as a context manager.

    ENVI's format, plain numbers, band-interleaved by line. So what was written is on disk even if
    this process is killed in the next moment, and another one can go on. A whole file and an
    unfinished one look the same; whoever writes must remember how far it is.
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
        """Starts the file, or goes on with it.

        Args:
            path: The file; its folder exists.
            grid: The working grid.
            window: What the file covers.
            bands: Band names, in order.
            resume: Keep what an earlier writer of the same raster wrote; False: start anew.

        Raises:
            OutputError: If the disk has too little room or the file cannot be made.
        """
        self.path, self.grid, self.window, self.bands = path, grid, window, bands
        size = file_size(window, bands)
        try:
            self.resumed = resume and path.is_file() and path.stat().st_size == size
            if not self.resumed:
                path.unlink(missing_ok=True)
                require_space(path.parent, size)
                self._create()
            self._file = path.open("r+b")
            self._reserve(size)
        except (*GDAL_ERRORS, OSError) as error:
            self._discard()
            raise unwritable(path, error) from error
        except OutputError:
            self._discard()
            raise

    def write(self, window: Window, values: Floats) -> None:
        """Writes (C, H, W) values at a window of the file; NaN is nodata.

        Raises:
            OutputError: If the disk is full.
        """
        rows, cols = window.slices(self.window)
        if window.intersection(self.window) != window:
            raise ValueError(f"{window} is not within the file's {self.window}")
        if values.shape != (len(self.bands), *window.shape):
            raise ValueError(f"values {values.shape} do not fit a window of {window.shape}")
        width, bands = self.window.width, len(self.bands)
        try:
            for first in range(0, window.height, LINES):
                lines = values[:, first : first + LINES].transpose(1, 0, 2)
                lines = np.ascontiguousarray(lines, np.float32).reshape(-1, window.width)
                start = (rows.start + first) * bands
                # Lines of the file's whole width follow one another in it.
                for line, piece in [(0, lines)] if window.width == width else enumerate(lines):
                    self._file.seek(4 * ((start + line) * width + cols.start))
                    self._file.write(piece.data)
            self._file.flush()
        except OSError as error:
            raise unwritable(self.path, error) from error

    def sync(self) -> None:
        """Makes sure that what was written outlives a power cut."""
        try:
            os.fsync(self._file.fileno())
        except OSError as error:
            raise unwritable(self.path, error) from error

    def _create(self) -> None:
        profile = {
            "driver": "ENVI",
            "interleave": "BIL",
            "dtype": "float32",
            "nodata": np.nan,
            "count": len(self.bands),
            "height": self.window.height,
            "width": self.window.width,
            "crs": CRS.from_epsg(self.grid.epsg),
            "transform": self.grid.transform(self.window),
        }
        # The header holds all there is to say: no file of GDAL's own beside it.
        with (
            rasterio.Env(GDAL_PAM_ENABLED="NO"),
            rasterio.open(self.path, "w", **profile) as file,
        ):
            file.descriptions = self.bands

    def _reserve(self, size: int) -> None:
        """Takes the room now, so that the disk cannot fill up under a run that is on its way."""
        if not hasattr(os, "posix_fallocate"):
            return
        try:
            os.posix_fallocate(self._file.fileno(), 0, size)
        except OSError as error:
            if error.errno in FULL:
                raise

    def _discard(self) -> None:
        with suppress(OSError):
            if hasattr(self, "_file"):
                self._file.close()
            if self.resumed:
                return
            for part in (self.path, self.path.with_suffix(".hdr")):
                part.unlink(missing_ok=True)

    def __enter__(self) -> StripWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
