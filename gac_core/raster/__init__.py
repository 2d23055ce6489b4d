"""Reading and writing rasters on the working grid, without ever holding a whole one."""

from gac_core.raster.cog import MAP, to_dn, write_cog, write_image
from gac_core.raster.lines import LineReader
from gac_core.raster.reader import StripReader
from gac_core.raster.space import require_space, whole_file
from gac_core.raster.writer import StripWriter, file_size

__all__ = [
    "MAP", "LineReader", "StripReader", "StripWriter", "file_size", "require_space", "to_dn",
    "whole_file", "write_cog", "write_image",
]  # fmt: skip
