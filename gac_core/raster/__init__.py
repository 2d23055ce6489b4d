"""Windowed reading and writing of rasters on the working grid, in bounded memory."""

from gac_core.raster.cog import MAP, to_dn, write_cog, write_image
from gac_core.raster.lines import LineReader, WorkingFile, damaged, file_size
from gac_core.raster.reader import StripReader
from gac_core.raster.space import require_space, whole_file
from gac_core.raster.writer import StripWriter

__all__ = [
    "MAP", "LineReader", "StripReader", "StripWriter", "WorkingFile", "damaged", "file_size",
    "require_space", "to_dn", "whole_file", "write_cog", "write_image",
]  # fmt: skip
