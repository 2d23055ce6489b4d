"""Windowed reading of rasters on the working grid."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from rasterio.crs import CRS
from rasterio.enums import Resampling
from rasterio.vrt import WarpedVRT
from rasterio.windows import Window as PixelWindow

from gac_core.contract.errors import OutputError
from gac_core.gdal import GDAL_ERRORS
from gac_core.grid import PIXEL, Window, WorkGrid
from gac_core.raster.lines import Floats
from gac_core.scene.carry import carry_bounds
from gac_core.scene.place import place_scene
from gac_core.scene.reach import is_endless

REMEDY = "Give a whole GeoTIFF with a CRS; one that GAC made can be made again."


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
            raise OutputError(f"{path} cannot be read: it is a pipe or a device.", REMEDY)
        with ExitStack() as stack:
            try:
                file: Any = stack.enter_context(rasterio.open(path))
            except GDAL_ERRORS as error:
                raise OutputError(f"{path} cannot be read: {error}.", REMEDY) from error
            if file.crs is None:
                raise OutputError(f"{path} does not say where it lies.", REMEDY)
            self.bands = tuple(name or "" for name in file.descriptions)
            self._nodata = file.nodata
            if self._nodata is None and "int" in file.dtypes[0]:
                self._nodata = 0
            place = place_scene(file.crs, file.transform, file.height, file.width, path.name)
            self.grid, self.window = grid or place.grid, place.window
            if not place.native and grid is None:
                raise OutputError(f"{path} is not on a 10 m UTM grid.", REMEDY)
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
            raise OutputError(f"{self.path} can no longer be read: {error}.", REMEDY) from error
        if self._nodata is not None:
            values[values == self._nodata] = np.nan
        out[(..., *overlap.slices(window))] = values
        return out

    def _index(self, band: str | int) -> int:
        if isinstance(band, int):
            return band
        if band not in self.bands:
            raise OutputError(
                f"{self.path} has no band {band}: it has {', '.join(self.bands)}.", REMEDY
            )
        return self.bands.index(band) + 1

    def _footprint(self, file: Any) -> Window:
        bounds = carry_bounds(file.crs, CRS.from_epsg(self.grid.epsg), tuple(file.bounds))
        if bounds is None:
            raise OutputError(f"{self.path} cannot be placed on EPSG:{self.grid.epsg}.", REMEDY)
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
