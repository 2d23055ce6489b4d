"""Windowed reading and writing of rasters on the working grid, in bounded memory."""

from gac_core.io import atomic_write, require_space
from gac_core.raster.cog import KINDS, MAP, to_dn, write_cog, write_image
from gac_core.raster.working_file import (
    LineReader,
    StripReader,
    StripWriter,
    WorkingFile,
    copy_part,
    damaged_error,
    file_size,
    write_pieces,
)

__all__ = [
    "KINDS",
    "MAP",
    "LineReader",
    "StripReader",
    "StripWriter",
    "WorkingFile",
    "atomic_write",
    "copy_part",
    "damaged_error",
    "file_size",
    "require_space",
    "to_dn",
    "write_cog",
    "write_image",
    "write_pieces",
]  # fmt: skip
