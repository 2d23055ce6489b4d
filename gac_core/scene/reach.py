"""What a path leads to, asked before GDAL opens it: it must be read to an end."""

from __future__ import annotations

import html
import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PureWindowsPath
from urllib.parse import unquote

from gac_core.contract.errors import SceneError
from gac_core.scene.external import external_files

KEYBOARD = "/vsistdin"
"""GDAL's name for what comes into the process."""

_SYSTEM = ("/proc/", "/sys/")
"""Where files are made by the system while they are read, some without end."""

_MOST = 80
"""Places in a name of GDAL's at which a path may begin or end, of which so many are tried."""

_OVERVIEWS = re.compile(r"OVERVIEW_FILE[\"'][^>]*>([^<]+)")
_LARGEST_SIDE = 64 << 20
"""Bytes of an .aux.xml: histograms and tags take a few MB at most."""

_NO_SIDE = (".tif", ".tiff", ".vrt", ".jp2", ".nc")
"""Endings of rasters of their own, which go with no other."""

_PARTS = re.compile(r"""[:"'?=&{},;|!/\\]""")
"""What parts a path from the words round it in a name of GDAL's, and its own parts."""


def require_reachable(path: str) -> None:
    """Refuse what would be waited for without end, and a path that is none.

    A pipe has no end until somebody writes it, a device such as `/dev/zero` none at all. The same
    holds for what lies beside a raster and GDAL opens with it: overviews, masks, metadata.

    Raises:
        SceneError: For a pipe, a socket, a device, standard input, one of these beside a file or
            in a name of GDAL's (`/vsisubfile/…`, `NETCDF:…`), or an empty path.
    """
    if not path.strip():
        raise SceneError(f"{path!r} is no radar file.", "Choose the radar file.")
    if is_endless(path):
        raise SceneError(
            f"The radar file {path} is no file but a pipe or a device.",
            "Save what comes out of it as a GeoTIFF, and give that.",
        )
    for leaf in dict.fromkeys(local_paths(path)):
        beside = Beside().endless(leaf) if _kind(leaf) == stat.S_IFREG else _endless_inside(leaf)
        if beside:
            raise SceneError(
                f"{beside}, which GDAL reads together with the radar file {path}, is no file but "
                "a pipe or a device.",
                "Remove it, or copy the radar file alone to another folder.",
            )


def is_endless(name: str) -> bool:
    """Whether reading a path, or one in a name of GDAL's, might never come to an end."""
    return KEYBOARD in name or any(map(_is_endless, local_paths(name)))


class Beside:
    """What lies beside files and is opened along with them; each folder is looked at once."""

    def __init__(self) -> None:
        self._odd: dict[Path, tuple[str, ...]] = {}

    def endless(self, path: str) -> str | None:
        """Return a pipe or device that GDAL would open along with a local file, or None."""
        whole = Path(path)
        if whole.parent not in self._odd:
            self._odd[whole.parent] = tuple(_odd_in(whole.parent))
        for odd in self._odd[whole.parent]:
            if odd != path and _goes_with(Path(odd).name.lower(), whole.stem.lower()):
                return odd
        return next(filter(is_endless, (*_overviews(path), *external_files(path))), None)


def _goes_with(name: str, stem: str) -> bool:
    """Whether a file bears a raster's name, all but a first word (IMG_x.tif and DIM_x.xml)."""
    if name.endswith(_NO_SIDE):
        return False
    bare, rest = name.partition("_")[2], stem.partition("_")[2]
    pairs = ((name, stem), (bare, rest), (bare, stem), (name, rest))
    return any(s and n.startswith(s) and not n[len(s) :][:1].isalnum() for n, s in pairs)


def _odd_in(folder: Path) -> Iterator[str]:
    """Pipes and devices in a folder, also where links lead to them."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            plain = entry.is_file(follow_symlinks=False) or entry.is_dir(follow_symlinks=False)
            # To look at the kind of a file costs nothing unless it is a link.
            if not plain and _is_endless(entry.path):
                yield entry.path


def _overviews(path: str) -> list[str]:
    """The files of overviews that a raster's side file (.aux.xml) names."""
    with suppress(OSError, ValueError):
        side = Path(f"{path}.aux.xml")
        if side.stat().st_size > _LARGEST_SIDE:
            raise SceneError(
                f"{side} is no list of statistics: it has {side.stat().st_size >> 20} MB.",
                "Remove it: GDAL reads it together with the radar file.",
            )
        text = html.unescape(side.read_text(encoding="utf-8", errors="replace"))
        return [one for name in _OVERVIEWS.findall(text) for one in overview_paths(path, name)]
    return []


def overview_paths(path: str, name: str) -> tuple[str, str]:
    """Return what GDAL may open where a file's tags name `OVERVIEW_FILE`."""
    name = name.strip().removeprefix(":::BASE:::")
    return name, str(Path(path).parent / name)


def is_zarr(path: str) -> bool:
    """Whether a folder is a Zarr store or an array in one."""
    marks = (".zgroup", ".zarray", ".zmetadata", "zarr.json")
    return any(exists(f"{path}/{name}") for name in marks)


def _endless_inside(path: str) -> str | None:
    """A pipe or device among the pieces of a Zarr store, None for any other folder."""
    if not (is_folder(path) and is_zarr(path)):
        return None
    folders = (Path(folder) for folder, _, _ in os.walk(path))
    return next((odd for folder in folders for odd in _odd_in(folder)), None)


def local_paths(name: str) -> Iterator[str]:
    """Yield the paths on this computer that a name of GDAL's may lead to.

    `NETCDF:"/data/a.nc":VV`, `/vsizip//data/a.zip/b.tif`, `vrt:///data/a.tif?bands=1` name files in
    ways of their own. So every part that may be a path is one; most lead nowhere.
    """
    yield name
    if _kind(name) or not _is_gdals(name):
        return
    for text in dict.fromkeys((name, unquote(name))):
        parts = [match.start() for match in _PARTS.finditer(text)][:_MOST]
        starts = dict.fromkeys((0, *(place + 1 for place in parts), *parts))
        for start in starts:
            for end in (*(place for place in parts if place > start), len(text)):
                yield text[start:end]


def _is_gdals(name: str) -> bool:
    """Whether a name may lead to a local file by other means than as its path."""
    if re.match(r"(?:/vsi(?:curl|s3|gs|az|oss|swift)|https?:|s3:|gs:|az:)", name):
        return "file:" in unquote(name)
    return name.startswith("/vsi") or bool(_PARTS.search(name))


def exists(path: str) -> bool:
    """Whether anything lies at a path; unlike pathlib's, it takes names of any length."""
    return _kind(path) != 0


def is_folder(path: str) -> bool:
    """Whether a folder lies at a path of whatever length."""
    return _kind(path) == stat.S_IFDIR


def is_link(path: str) -> bool:
    """Whether a symbolic link lies at a path of whatever length."""
    return _kind(path, follow=False) == stat.S_IFLNK


def size(path: str) -> int:
    """Return the size of a file in bytes, 0 where none lies."""
    try:
        return Path(path).stat().st_size
    except (OSError, ValueError):
        return 0


def _is_endless(path: str) -> bool:
    """Whether what lies at a path of this computer is neither a file on a disk nor a folder."""
    if os.name == "nt" and _is_windows_device(path):
        return True
    kind = _kind(path)
    if kind != stat.S_IFREG:
        return kind not in (stat.S_IFDIR, 0)
    return os.path.realpath(path).startswith(_SYSTEM)


def _is_windows_device(path: str) -> bool:
    r"""Whether Windows takes a name for a device (`CON`, `\\\\.\\pipe\\x`)."""
    named = path.replace("/", "\\").lower()
    return named.startswith(("\\\\.\\", "\\\\?\\pipe")) or PureWindowsPath(path).is_reserved()


def _kind(path: str, *, follow: bool = True) -> int:
    """`stat.S_IF…` of what lies at a path of this computer; 0 where nothing does."""
    try:
        return stat.S_IFMT(os.stat(path, follow_symlinks=follow).st_mode)  # noqa: PTH116
    except (OSError, ValueError):
        return 0
