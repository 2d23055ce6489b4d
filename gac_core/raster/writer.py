"""Working files: rasters on the working grid, written strip by strip."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.windows import Window as PixelWindow

from gac_core.gdal import GDAL_ERRORS
from gac_core.grid import Window, WorkGrid
from gac_core.raster.space import NOT_WHOLE, require_space, unwritable, whole_file

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
            except GDAL_ERRORS as error:
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
        except GDAL_ERRORS as error:
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
