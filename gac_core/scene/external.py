"""External files in which HFA and HDF5 files store values, read from their headers.

Their libraries open such a file by its name, whatever it is, some as soon as the raster is
opened. HFA: https://home.gdal.org/projects/imagine/iau_docu1.pdf, section Ehfa.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import Any

from gac_core.io import open_regular

MAX_ENTRIES = 20_000
"""Maximum number of header entries that are read."""

_LONGEST = 4096
_HFA, _HDF5 = b"EHFA_HEADER_TAG\0", b"\x89HDF\r\n\x1a\n"
_SPILL = b"ExternalRasterDMS\0"
_HEADER_ERRORS = (OSError, ValueError, RuntimeError, KeyError, TypeError, struct.error)
"""Errors from damaged headers: the raster's own library reports what is wrong with them."""


def external_files(path: str) -> list[str]:
    """Return the files that a raster's header names, as paths to try.

    Args:
        path: A local file. Formats other than these two yield none.
    """
    names: list[str] = []
    with suppress(*_HEADER_ERRORS), open_regular(Path(path)) as file:
        head = file.read(len(_HFA))
        if head == _HFA:
            names.extend(_hfa_files(file))
        elif head.startswith(_HDF5):
            names.extend(_hdf5_files(path))
    relative = [str(Path(path).parent / name) for name in names]
    return list(dict.fromkeys((*relative, *names)))


def _hfa_files(file: FileIO) -> Iterator[str]:
    """Yield the spill files of an HFA file, whose header is a tree of named entries."""
    (header,) = struct.unpack("<I", file.read(4))
    file.seek(header + 8)  # after the version and the free list
    pending = [struct.unpack("<I", file.read(4))[0]]
    seen: set[int] = set()
    while pending and len(seen) < MAX_ENTRIES:
        offset = pending.pop()
        if offset in seen or not offset:
            continue
        seen.add(offset)
        file.seek(offset)
        sibling, _, _, child, values, size = struct.unpack("<6I", file.read(24))
        pending += [sibling, child]
        if file.read(len(_SPILL)) == _SPILL:
            file.seek(values)
            length, _ = struct.unpack("<2I", file.read(8))
            name = file.read(min(length, size, _LONGEST)).partition(b"\0")[0]
            yield name.decode("utf-8", "surrogateescape")


def _hdf5_files(path: str) -> Iterator[str]:
    """Yield the files of external links, external storage and virtual data sets in an HDF5 file."""
    import h5py

    with h5py.File(path, "r", locking=False) as file:
        groups: list[Any] = [file]
        count = 0
        while groups:
            group = groups.pop()
            for name in group:
                count += 1
                if count > MAX_ENTRIES:
                    return
                link = group.get(name, getlink=True)
                if isinstance(link, h5py.ExternalLink):
                    yield link.filename
                elif isinstance(link, h5py.HardLink):
                    item = group[name]
                    if isinstance(item, h5py.Group):
                        groups.append(item)
                    elif isinstance(item, h5py.Dataset):
                        yield from (str(part[0]) for part in item.external or ())
                        if item.is_virtual:
                            yield from (part.file_name for part in item.virtual_sources())
