"""What can come out of GDAL when it fails."""

from __future__ import annotations

from typing import Final

from rasterio._err import CPLE_BaseError
from rasterio.errors import RasterioError

GDAL_ERRORS: Final = (RasterioError, CPLE_BaseError)
"""rasterio wraps most of GDAL's errors in its own, but lets some through as they are."""
