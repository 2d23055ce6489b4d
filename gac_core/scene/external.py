"""Other files that HFA and HDF5 files keep values in, read from their headers.

Their libraries open such a file by its name, whatever lies there, some as soon as the raster is
opened. HFA: https://home.gdal.org/projects/imagine/iau_docu1.pdf, section Ehfa.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import Any

from gac_core.io import open_plain

MOST = 20_000
"""Entries of a header that are looked at."""

_LONGEST = 4096
_HFA, _HDF5 = b"EHFA_HEADER_TAG\0", b"\x89HDF\r\n\x1a\n"
_SPILL = b"ExternalRasterDMS\0"
_BROKEN = (OSError, ValueError, RuntimeError, KeyError, TypeError, struct.error)
"""What comes of damaged headers: the raster's own library says what is wrong with them."""


def external_files(path: str) -> list[str]:
    """Return the files that a raster's header names, as paths that may be tried.

    Args:
        path: A local file; of any other format than these two it has none.
    """
    names: list[str] = []
    with suppress(*_BROKEN), open_plain(Path(path)) as file:
        head = file.read(len(_HFA))
        if head == _HFA:
            names.extend(_spilled(file))
        elif head.startswith(_HDF5):
            names.extend(_linked(path))
    beside = [str(Path(path).parent / name) for name in names]
    return list(dict.fromkeys((*beside, *names)))


def _spilled(file: FileIO) -> Iterator[str]:
    """The spill files of an HFA file: its header is a tree of entries with names."""
    (header,) = struct.unpack("<I", file.read(4))
    file.seek(header + 8)  # behind the version and the list of free places
    left = [struct.unpack("<I", file.read(4))[0]]
    seen: set[int] = set()
    while left and len(seen) < MOST:
        place = left.pop()
        if place in seen or not place:
            continue
        seen.add(place)
        file.seek(place)
        following, _, _, child, values, size = struct.unpack("<6I", file.read(24))
        left += [following, child]
        if file.read(len(_SPILL)) == _SPILL:
            file.seek(values)
            length, _ = struct.unpack("<2I", file.read(8))
            name = file.read(min(length, size, _LONGEST)).partition(b"\0")[0]
            yield name.decode("utf-8", "surrogateescape")


def _linked(path: str) -> Iterator[str]:
    """The files of external links, external storage and virtual data sets of an HDF5 file."""
    import h5py

    with h5py.File(path, "r", locking=False) as file:
        groups: list[Any] = [file]
        seen = 0
        while groups:
            group = groups.pop()
            for name in group:
                seen += 1
                if seen > MOST:
                    return
                link = group.get(name, getlink=True)
                if isinstance(link, h5py.ExternalLink):
                    yield link.filename
                elif isinstance(link, h5py.HardLink):
                    item = group[name]
                    if isinstance(item, h5py.Group):
                        groups.append(item)
                    elif isinstance(item, h5py.Dataset):
                        yield from (str(one[0]) for one in item.external or ())
                        if item.is_virtual:
                            yield from (one.file_name for one in item.virtual_sources())
