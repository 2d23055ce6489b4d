"""Windowed reading and writing of rasters on the working grid, in bounded memory."""

from gac_core.io import require_space, whole_file
from gac_core.raster.cog import MAP, to_dn, write_cog, write_image
from gac_core.raster.working_file import (
    LineReader,
    StripReader,
    StripWriter,
    WorkingFile,
    damaged,
    file_size,
)

__all__ = [
    "MAP", "LineReader", "StripReader", "StripWriter", "WorkingFile", "damaged", "file_size",
    "require_space", "to_dn", "whole_file", "write_cog", "write_image",
]  # fmt: skip
