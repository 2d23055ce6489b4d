"""Reading and writing rasters on the working grid, without ever holding a whole one."""

from gac_core.raster.cog import to_dn, write_cog
from gac_core.raster.reader import StripReader
from gac_core.raster.space import require_space, whole_file
from gac_core.raster.writer import StripWriter

__all__ = ["StripReader", "StripWriter", "require_space", "to_dn", "whole_file", "write_cog"]
