"""Rasters on the working grid: written strip by strip, read back by windows."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.errors import RasterioError
from rasterio.windows import Window as PixelWindow

from gac_core.errors import OutputError
from gac_core.grid import Window, WorkGrid
from gac_core.raster.space import NOT_WHOLE, require_space, unwritable, whole_file
from gac_core.scene.place import place_scene

Floats = NDArray[np.float32]

TILE = 256
"""Edge of the tiles of a working file."""


class StripWriter:
    """A float32 GeoTIFF being written; use as a context manager.

    It has its name only once it is whole; on an error in the `with` block nothing is left. Not
    compressed: strips seldom end where tiles do, and rewriting compressed tiles wastes space.
    """

    def __init__(self, path: Path, grid: WorkGrid, window: Window, bands: tuple[str, ...]) -> None:
        """Starts the file.

        Args:
            path: Where the whole file will be; its folder exists.
            grid: The working grid.
            window: What the file covers.
            bands: Band names, in order.

        Raises:
            OutputError: If the disk has too little room or the file cannot be made.
        """
        self.path, self.grid, self.window, self.bands = path, grid, window, bands
        require_space(path.parent, 4 * len(bands) * window.height * window.width)
        with ExitStack() as stack:
            self._part = stack.enter_context(whole_file(path))
            try:
                self._file = rasterio.open(
                    self._part,
                    "w",
                    driver="GTiff",
                    dtype="float32",
                    nodata=np.nan,
                    count=len(bands),
                    height=window.height,
                    width=window.width,
                    crs=CRS.from_epsg(grid.epsg),
                    transform=grid.transform(window),
                    tiled=True,
                    blockxsize=TILE,
                    blockysize=TILE,
                    interleave="band",
                    BIGTIFF="IF_SAFER",
                )
            except RasterioError as error:
                raise unwritable(path, error) from error
            self._file.descriptions = bands
            self._stack = stack.pop_all()

    def write(self, window: Window, values: Floats) -> None:
        """Writes (C, H, W) values at a window that lies within the file; NaN is nodata.

        Raises:
            OutputError: If the disk is full.
        """
        rows, cols = window.slices(self.window)
        target = PixelWindow(cols.start, rows.start, window.width, window.height)
        try:
            self._file.write(values, window=target)
        except RasterioError as error:
            raise unwritable(self.path, error) from error

    def _finish(self) -> None:
        """Closes the file and makes sure that all of it reached the disk.

        GDAL writes the last tiles when it closes a file, where a failure has no way to be told.
        """
        self._file.close()
        expected = 4 * len(self.bands) * self.window.height * self.window.width
        if self._part.stat().st_size < expected:
            raise unwritable(self.path, OSError(NOT_WHOLE))

    def __enter__(self) -> StripWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._stack:
            if error is not None:
                self._file.close()
                raise error
            self._finish()


class StripReader:
    """A raster on a working grid, read by windows; use as a context manager.

    Attributes:
        grid: Its working grid.
        window: What it covers.
        bands: Band names, in order; "" where a band has none.
    """

    def __init__(self, path: Path) -> None:
        """Opens the file.

        Raises:
            OutputError: If it cannot be read or is not on a 10 m UTM grid.
        """
        self.path = path
        try:
            self._file = rasterio.open(path)
        except RasterioError as error:
            raise OutputError(
                f"{path} cannot be read: {error}.", "Run that stage again."
            ) from error
        file = self._file
        place = None
        if file.crs is not None:
            place = place_scene(file.crs, file.transform, file.height, file.width, path.name)
        if place is None or not place.native:
            file.close()
            raise OutputError(
                f"{path} is not on a 10 m UTM grid.", "Give a file that GAC has written."
            )
        self.grid, self.window = place.grid, place.window
        self.bands = tuple(name or "" for name in file.descriptions)

    def read(self, window: Window, bands: tuple[str, ...] | None = None) -> Floats:
        """Reads any window, NaN for nodata and outside the file.

        Args:
            window: On the file's grid.
            bands: Names of the bands to read, in the order wanted; None: all.

        Returns:
            (C, H, W) values.

        Raises:
            OutputError: If the file can no longer be read or lacks a band.
        """
        indexes = [self._index(b) for b in bands] if bands is not None else list(self._file.indexes)
        out = np.full((len(indexes), *window.shape), np.nan, np.float32)
        inside = window.intersection(self.window)
        if inside.is_empty:
            return out
        rows, cols = inside.slices(self.window)
        source = PixelWindow(cols.start, rows.start, inside.width, inside.height)
        try:
            values = self._file.read(indexes, window=source, out_dtype=np.float32)
        except RasterioError as error:
            raise OutputError(
                f"{self.path} can no longer be read: {error}.", "Run that stage again."
            ) from error
        if self._file.nodata is not None and not np.isnan(self._file.nodata):
            values[values == self._file.nodata] = np.nan
        out[:, *inside.slices(window)] = values
        return out

    def _index(self, band: str) -> int:
        if band not in self.bands:
            raise OutputError(
                f"{self.path} has no band {band}: it has {', '.join(self.bands)}.",
                "Give a file that GAC has written.",
            )
        return self.bands.index(band) + 1

    def close(self) -> None:
        """Closes the file."""
        self._file.close()

    def __enter__(self) -> StripReader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
