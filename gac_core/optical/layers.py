"""Open optical files, and their bands on the working grid, block by block."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.enums import ColorInterp, MaskFlags
from rasterio.windows import Window as PixelWindow

from gac_core.contract.errors import SceneError
from gac_core.contract.message import Message
from gac_core.gdal import GDAL_ERRORS
from gac_core.grid import PIXEL, Window, WorkGrid
from gac_core.optical.names import Text, product_folder
from gac_core.scene.crs import (
    DEGREES,
    apply,
    degrees_from_meridian,
    envelope,
    outline,
    reproject,
)
from gac_core.scene.files import describe, open_raster, refuse_unplaced
from gac_core.scene.metadata import FileMetadata
from gac_core.scene.paths import file_name
from gac_core.scene.positions import BLOCK, Locator, span
from gac_core.scene.radiometry import Doubles, Floats, average, bilinear
from gac_core.scene.source import lost_error
from gac_core.scene.working_grid import COARSEST, FINEST, MAX_MERIDIAN_DISTANCE

SNAP = 1e-4
"""Distance in pixels within which a position is that of a pixel's centre: such pixels are read as
they are, not interpolated with a hair of their neighbours."""

NO_MEASUREMENT = {"uint16": 65535, "int16": 32767}
"""Largest value of a type, which is no measurement: saturated, or openEO's nodata."""

LOWEST = -5000.0
"""Value from which on downwards nothing is measured, be it DN or reflectance: MAJA's -10000, -9999,
-32768 and the like are seldom declared."""

FLOAT_FILL = -1.0
"""Value of a lone band of floats that is no measurement."""


@dataclass(frozen=True)
class OpenFile:
    """Open raster with its metadata.

    Attributes:
        path: Its path.
        file: rasterio's open file.
        metadata: Names and tags.
    """

    path: str
    file: Any
    metadata: FileMetadata

    @property
    def name(self) -> str:
        """Name in messages."""
        return file_name(self.path)

    def texts(self) -> list[Text]:
        """Return (origin, text) of the names of file and product folder, and of all tags."""
        texts = list(self.metadata.product)
        # A virtual raster's sources often have a product's name where it has a user's.
        sources = (text for band in self.metadata.bands for text in band)
        texts += dict.fromkeys(text for text in sources if text[0].endswith("source's file name"))
        # Other folders have names that users gave them, about anything.
        if folder := product_folder(self.path):
            texts.append((Message("folder name"), folder))
        return [*texts, *((Message("tag {}", k), v) for k, v in self.metadata.tags.items())]


def open_file(path: str, stack: ExitStack) -> OpenFile:
    """Open a raster of an optical reference.

    Args:
        path: The raster.
        stack: Closes it.

    Raises:
        SceneError: If it cannot be read, has no bands, or does not say where it lies.
    """
    file = stack.enter_context(open_raster(path))
    name = file_name(path)
    if not file.count:
        raise SceneError(
            Message("{} is a container without bands of its own.", name),
            Message("Give the rasters in it, or in QGIS the layers of them."),
            problem="optical-container",
        )
    refuse_unplaced(name, file)
    return OpenFile(path, file, describe(path, file))


class FileReader:
    """Reader of some bands of a file, on the working grid.

    Attributes:
        opened: The file.
        numbers: The bands, from 1.
        spacing: Edge in metres of a square as large as a pixel.
        footprint: Window on the working grid around the file; None if it has none.
        scales: Declared (scale, offset) of each band.
    """

    def __init__(
        self, opened: OpenFile, numbers: tuple[int, ...], grid: WorkGrid, *, classes: bool = False
    ) -> None:
        """Prepare the reading.

        Args:
            opened: The file.
            numbers: The bands, from 1.
            grid: The working grid.
            classes: True if values are classes, of which the nearest is taken.

        Raises:
            SceneError: If its pixels have no sensible size on the grid.
        """
        self.opened, self.numbers, self._classes = opened, numbers, classes
        file = opened.file
        self.footprint = _footprint(file, grid)
        down, across = _steps(file, grid)
        self.spacing = float(np.sqrt(down * across))
        coarsest = np.inf if classes else COARSEST
        if self.footprint is not None and not FINEST <= self.spacing <= coarsest:
            raise SceneError(
                Message(
                    "{} has pixels of {} x {} m: Sentinel-2 has 10 to 60 m.",
                    opened.name,
                    f"{across:.3g}",
                    f"{down:.3g}",
                ),
                Message("Check its CRS and its georeference; give the product itself."),
                problem="optical-spacing",
            )
        fine = (1, 1) if classes else (_fold(down), _fold(across))
        self._factors = fine
        size = file.height, file.width
        self._locator = Locator(grid, file.crs, file.transform, size, fine)
        self.scales = tuple((file.scales[n - 1], file.offsets[n - 1]) for n in numbers)
        declared = [file.nodatavals[n - 1] for n in numbers]
        self._nodata = [None if value is None or np.isnan(value) else value for value in declared]
        self._has_mask = any(MaskFlags.per_dataset in file.mask_flag_enums[n - 1] for n in numbers)
        # GDAL takes alpha as a mask in files of two or four bands alone.
        alphas = (n for n in file.indexes if file.colorinterp[n - 1] == ColorInterp.alpha)
        self._alpha = (
            None if self._has_mask else next((n for n in alphas if n not in numbers), None)
        )

    @property
    def declared_nodata(self) -> tuple[float, ...]:
        """Nodata values that the file declares, without duplicates."""
        return tuple(dict.fromkeys(value for value in self._nodata if value is not None))

    def block(self, block: Window) -> Floats:
        """Return (N, BLOCK, BLOCK) values as they are in the file, NaN where it has none.

        Raises:
            SceneError: If the file can no longer be read.
        """
        out = np.full((len(self.numbers), BLOCK, BLOCK), np.nan, np.float32)
        if self.footprint is not None and self.footprint.intersection(block).is_empty:
            return out
        cols, rows = self._locator.places(block)
        for turns in self._locator.turns():
            self._fill(out, _snapped(rows + turns[1]), _snapped(cols + turns[0]))
        return out

    def _fill(self, out: Floats, rows: Doubles, cols: Doubles) -> None:
        down, across = self._factors
        file = self.opened.file
        height, width = self._locator.shape
        inside = (rows >= -0.5) & (rows < height - 0.5) & (cols >= -0.5) & (cols < width - 0.5)
        if not inside.any():
            return
        row, stop_row = span(rows[inside], height)
        col, stop_col = span(cols[inside], width)
        raw = self._read(
            row * down,
            col * across,
            min(stop_row * down, file.height) - row * down,
            min(stop_col * across, file.width) - col * across,
        )
        values = average(raw, self._factors)
        at_row = np.floor(rows[inside] + 0.5).astype(np.int64) - row
        at_col = np.floor(cols[inside] + 0.5).astype(np.int64) - col
        nearest = values[:, at_row, at_col]
        if self._classes:
            values = nearest
        else:
            # A pixel has data where the file's pixel that it lies in has: bands of 60 m would
            # otherwise lose their corners, and take the finer bands' pixels there with them.
            values = bilinear(values, rows[inside] - row, cols[inside] - col, least=0.0)
            values[np.isnan(nearest)] = np.nan
        out[:, inside] = np.where(np.isnan(out[:, inside]), values, out[:, inside])

    def _read(self, row: int, col: int, height: int, width: int) -> Floats:
        """Return a window of the file, NaN in all bands where one has no value."""
        window = PixelWindow(col, row, width, height)
        file = self.opened.file
        try:
            raw = file.read(self.numbers, window=window)
            values: Floats = raw.astype(np.float32)
            if self._has_mask:
                values[:, file.dataset_mask(window=window) == 0] = np.nan
            if self._alpha is not None:
                values[:, file.read(self._alpha, window=window) == 0] = np.nan
        except (*GDAL_ERRORS, OSError) as error:
            where = Message("near row {}, column {}", row, col)
            raise lost_error(self.opened.name, (self.opened.path,), where, error) from error
        if self._classes:
            return values
        for band, nodata in zip(values, self._nodata, strict=True):
            if nodata:
                band[band == np.float32(nodata)] = np.nan
        if (largest := NO_MEASUREMENT.get(str(raw.dtype))) is not None:
            values[raw == largest] = np.nan
        values[values <= LOWEST] = np.nan
        values[:, is_fill(values)] = np.nan
        if raw.dtype.kind == "f" and len(values) == 1:
            values[values == FLOAT_FILL] = np.nan
        # A 0 in some bands alone is a dark pixel; in all of them it is none, declared or not.
        missing = (values == 0).all(axis=0) | ~np.isfinite(values).all(axis=0)
        values[:, missing] = np.nan
        return values


def is_fill(values: Floats) -> NDArray[np.bool_]:
    """Return which pixels (H, W) have one negative value in all of several bands: no ground has.

    What nobody declared as nodata is often -1, -99 or -999.
    """
    same: NDArray[np.bool_] = (values == values[0]).all(axis=0) & (values[0] < 0)
    return same if len(values) > 1 else np.zeros_like(same)


def _fold(step: float) -> int:
    """Return how many pixels of a size in metres make one of the working grid."""
    return max(1, round(PIXEL / step)) if np.isfinite(step) and step > 0 else 1


def _snapped(places: Doubles) -> Doubles:
    nearest = np.round(places)
    return np.where(np.abs(places - nearest) < SNAP, nearest, places)


def _footprint(file: Any, grid: WorkGrid) -> Window | None:
    """Return the window around a file; None if the zone cannot hold its outline."""
    edge = apply(file.transform, outline((0, 0, file.width, file.height)))
    longitudes, _ = reproject(file.crs, DEGREES, edge)
    if not np.isfinite(longitudes).all():
        return None
    if (np.abs(degrees_from_meridian(longitudes, grid.epsg)) > MAX_MERIDIAN_DISTANCE).any():
        return None
    bounds = envelope(reproject(file.crs, CRS.from_epsg(grid.epsg), edge))
    return None if bounds is None else grid.window(bounds)


def _steps(file: Any, grid: WorkGrid) -> tuple[float, float]:
    """Return the distances in metres from row to row and from column to column, at the centre."""
    middle = np.array([[file.width / 2], [file.height / 2]])
    pixels = middle + np.array([[0, 1, 0], [0, 0, 1]])
    metres = reproject(file.crs, CRS.from_epsg(grid.epsg), apply(file.transform, pixels))
    point, right, down = metres.T
    return float(np.hypot(*(down - point))), float(np.hypot(*(right - point)))
