"""VV and VH as they stand in one or two open files, read by windows."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

import numpy as np
from affine import Affine
from rasterio.windows import Window as PixelWindow

from gac_core.errors import SceneError
from gac_core.gdal import GDAL_ERRORS
from gac_core.scene.files import describe, file_name, opened, refuse_different, refuse_unusable
from gac_core.scene.polarisation import choose_bands
from gac_core.scene.values import Floats


class Source:
    """Two bands of one or two open files.

    Attributes:
        paths: The files, VV's first.
        name: What to call them in messages.
        vv_band: 1-based band of VV in its file.
        vh_band: 1-based band of VH in its file.
        warnings: What the user should know of the choice of bands.
        crs: CRS of the pixels (rasterio's).
        transform: From pixels to coordinates.
        height: Rows.
        width: Columns.
        dtype: Type of number of the measurements.
    """

    def __init__(self, paths: tuple[str, ...], vv_band: int | None, vh_band: int | None) -> None:
        """Opens the files.

        Args:
            paths: One file with both bands, or the VV file and the VH file.
            vv_band: 1-based band of VV in its file; None: find it.
            vh_band: The same for VH.

        Raises:
            SceneError: If a file cannot be read or cannot be used.
        """
        paths = paths if len(set(paths)) == len(paths) else paths[:1]
        with ExitStack() as stack:
            files = [stack.enter_context(opened(path)) for path in paths]
            names = tuple(file_name(path) for path in paths)
            for name, file in zip(names, files, strict=True):
                refuse_unusable(name, file)
            described = tuple(describe(*pair) for pair in zip(paths, files, strict=True))
            choice = choose_bands(described, vv_band, vh_band)
            if len(files) == 2:
                refuse_different((names[0], names[1]), *files)
            self._stack = stack.pop_all()
        (vv_file, self.vv_band), (vh_file, self.vh_band) = choice.vv, choice.vh
        self._bands = ((files[vv_file], self.vv_band), (files[vh_file], self.vh_band))
        self._described = (described[vv_file], described[vh_file])
        self.paths = tuple(dict.fromkeys((paths[vv_file], paths[vh_file])))
        self.name = " and ".join(dict.fromkeys((names[vv_file], names[vh_file])))
        self.warnings = choice.warnings
        self.crs = files[0].crs
        self.transform: Affine = files[0].transform
        self.height: int = files[0].height
        self.width: int = files[0].width
        self._scaling = tuple((f.scales[b - 1], f.offsets[b - 1]) for f, b in self._bands)
        packed = any(pair != (1.0, 0.0) for pair in self._scaling)
        # Whole numbers with a declared scale are packed measurements, not digital numbers.
        self.dtype: str = "float32" if packed else _whole_first(self._bands)

    def texts(self) -> list[tuple[str, str]]:
        """(where it stands, text) of all that names and tags say, the most telling first."""
        found = []
        for (_, band), file in zip(self._bands, self._described, strict=True):
            found += [("band description", text) for text in file.bands[band - 1]]
        for file in self._described:
            found += [("file name", file.product[0])]
            found += [("tags", text) for text in file.product[1:]]
        return found

    def tags(self) -> dict[str, str]:
        """Tags of the files and bands, those of VV winning."""
        found: dict[str, str] = {}
        for file, band in reversed(self._bands):
            found |= file.tags() | file.tags(band)
        return found

    def read(self, row: int, col: int, height: int, width: int) -> Floats:
        """Reads a window that lies within the scene.

        Returns:
            (2, height, width) VV and VH in the unit of the file, NaN where the file declares
            nodata or masks.

        Raises:
            SceneError: If the file can no longer be read.
        """
        window = PixelWindow(col, row, width, height)
        (vv, vv_band), (vh, vh_band) = self._bands
        try:
            if vv is vh:
                masked = vv.read((vv_band, vh_band), window=window, masked=True)
                values: Floats = masked.astype(np.float32).filled(np.nan)
            else:
                values = np.empty((2, height, width), np.float32)
                for out, (file, band) in zip(values, self._bands, strict=True):
                    masked = file.read(band, window=window, masked=True)
                    out[:] = masked.astype(np.float32).filled(np.nan)
        except (*GDAL_ERRORS, OSError) as error:
            raise SceneError(
                f"{self.name} can no longer be read near row {row}, column {col}: {error}.",
                "The file may be incomplete or gone: copy or download it again.",
            ) from error
        for out, (scale, offset) in zip(values, self._scaling, strict=True):
            if (scale, offset) != (1.0, 0.0):
                out *= np.float32(scale)
                out += np.float32(offset)
        return values

    def close(self) -> None:
        """Closes the files."""
        self._stack.close()


def _whole_first(bands: tuple[tuple[Any, int], ...]) -> str:
    """The type of number of two bands; of a mixed pair the one with whole numbers."""
    types = [str(file.dtypes[band - 1]) for file, band in bands]
    return next((t for t in types if "int" in t), types[0])
