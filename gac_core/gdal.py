"""GDAL's configuration and errors."""

from __future__ import annotations

import os
from typing import Final

from rasterio._err import CPLE_BaseError
from rasterio.errors import RasterioError

GDAL_ERRORS: Final = (RasterioError, CPLE_BaseError)
"""GDAL's errors: rasterio wraps most of them in its own, but passes some on."""

OPTIONS: Final = {
    # A server that does not respond or stalls fails soon; a slow one is waited for. GDAL's defaults
    # wait for ever.
    "GDAL_HTTP_CONNECTTIMEOUT": "8",
    "GDAL_HTTP_LOW_SPEED_TIME": "10",
    "GDAL_HTTP_LOW_SPEED_LIMIT": "1",
    "GDAL_HTTP_TIMEOUT": "120",
    "GDAL_HTTP_MAX_RETRY": "1",
    "GDAL_HTTP_RETRY_DELAY": "1",
    # A worker lives for days: cached responses of an hour ago may be outdated.
    "CPL_VSIL_CURL_NON_CACHED": "/vsicurl/",
}
"""Configuration of GDAL for remote files; https://gdal.org/en/stable/user/configoptions.html."""


def configure() -> None:
    """Set GDAL's options for this process, except those already set in its environment.

    As environment variables they apply to all threads, unlike rasterio's own options.
    """
    for name, value in OPTIONS.items():
        os.environ.setdefault(name, value)
