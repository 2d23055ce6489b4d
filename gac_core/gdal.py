"""How GDAL is set up, and what can come out of it when it fails."""

from __future__ import annotations

import os
from typing import Final

from rasterio._err import CPLE_BaseError
from rasterio.errors import RasterioError

GDAL_ERRORS: Final = (RasterioError, CPLE_BaseError)
"""rasterio wraps most of GDAL's errors in its own, but lets some through as they are."""

OPTIONS: Final = {
    # A server that does not answer, or stops in the middle, is an error soon; one that is slow but
    # sends is waited for. GDAL's own defaults wait for ever.
    "GDAL_HTTP_CONNECTTIMEOUT": "8",
    "GDAL_HTTP_LOW_SPEED_TIME": "10",
    "GDAL_HTTP_LOW_SPEED_LIMIT": "1",
    "GDAL_HTTP_TIMEOUT": "120",
    "GDAL_HTTP_MAX_RETRY": "1",
    "GDAL_HTTP_RETRY_DELAY": "1",
    # A worker lives for days: what a server said of a file an hour ago must not be believed now.
    "CPL_VSIL_CURL_NON_CACHED": "/vsicurl/",
}
"""Configuration of GDAL for remote files; https://gdal.org/en/stable/user/configoptions.html."""


def configure() -> None:
    """Sets GDAL's options for this process, except those that its environment sets already.

    As environment variables they hold in every thread, which rasterio's own do not.
    """
    for name, value in OPTIONS.items():
        os.environ.setdefault(name, value)
