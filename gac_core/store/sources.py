"""What models are imported from: a folder, a zip or a tar file, from anywhere, and not trusted.

An archive is looked at whole before a byte of it is unpacked. Only plain files are taken, one by
one, by name, and never more of one than its table of contents says.
"""

from __future__ import annotations

import hashlib
import lzma
import os
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

from gac_core.errors import BundleError
from gac_core.models.names import is_inside
from gac_core.raster.space import FULL, unwritable
from gac_core.store.tending import BLOCK

MOST = 10_000
"""Files in what is imported."""

DEEPEST = 4
"""Folders in one another that are looked into."""

NOT_TRUSTED = "Do not use it unless you know who made it."
AGAIN = "Copy or fetch it again."

_DAMAGED = (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError)


class Source(Protocol):
    """Files by name.

    Attributes:
        path: Where it is.
        members: Each plain file's name, with `/` between folders, and its size in bytes.
        links: Names that are links, which are never followed.
    """

    path: Path
    members: dict[str, int]
    links: set[str]

    def open(self, name: str) -> IO[bytes]:
        """A member, to be read."""
        ...


class _Folder:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.members: dict[str, int] = {}
        self.links: set[str] = set()
        self._walk(path, 0)

    def open(self, name: str) -> IO[bytes]:
        # Between looking and reading a file may have become a link.
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        return os.fdopen(os.open(self.path / name, flags), "rb")

    def _walk(self, folder: Path, depth: int) -> None:
        with os.scandir(folder) as entries:
            for entry in entries:
                path = Path(entry.path)
                name = path.relative_to(self.path).as_posix()
                if entry.is_symlink():
                    self.links.add(name)
                elif entry.is_dir(follow_symlinks=False):
                    if depth < DEEPEST and not entry.name.startswith("."):
                        self._walk(path, depth + 1)
                elif entry.is_file(follow_symlinks=False):
                    self.members[name] = entry.stat(follow_symlinks=False).st_size
                if len(self.members) > MOST:
                    raise _too_many(self.path)


class _Zip:
    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self.path = path
        self.members: dict[str, int] = {}
        self.links: set[str] = set()
        self._archive = archive
        if len(archive.infolist()) > MOST:
            raise _too_many(path)
        for info in archive.infolist():
            kind = stat.S_IFMT(info.external_attr >> 16)
            _require_harmless(path, info.filename, info.filename in self.members)
            if info.flag_bits & 1:
                raise BundleError(f"{path} is encrypted.", "Unpack it, and import the folder.")
            if info.is_dir():
                continue
            if kind not in (0, stat.S_IFREG):
                raise _no_plain_file(path, info.filename)
            self.members[info.filename] = info.file_size

    def open(self, name: str) -> IO[bytes]:
        return self._archive.open(name)


class _Tar:
    def __init__(self, path: Path, archive: tarfile.TarFile) -> None:
        self.path = path
        self.members: dict[str, int] = {}
        self.links: set[str] = set()
        self._archive = archive
        self._infos: dict[str, tarfile.TarInfo] = {}
        for info in archive:
            name = info.name.removeprefix("./")
            if info.isdir():
                continue
            _require_harmless(path, name, name in self.members)
            if not info.isreg() or info.issparse():
                raise _no_plain_file(path, name)
            self.members[name] = info.size
            self._infos[name] = info
            if len(self.members) > MOST:
                raise _too_many(path)

    def open(self, name: str) -> IO[bytes]:
        file = self._archive.extractfile(self._infos[name])
        if file is None:
            raise _no_plain_file(self.path, name)
        return file


@contextmanager
def opened(path: Path) -> Iterator[Source]:
    """A folder or an archive, looked at whole.

    Raises:
        BundleError: If it is neither, cannot be read, or holds what no bundle holds.
    """
    try:
        if path.is_dir():
            yield _Folder(path)
        elif zipfile.is_zipfile(path) and path.suffix.lower() == ".zip":
            with zipfile.ZipFile(path) as archive:
                yield _Zip(path, archive)
        elif path.is_file() and tarfile.is_tarfile(path):
            with tarfile.open(path) as tar:
                yield _looked_at(path, tar)
        else:
            raise BundleError(
                f"{path} is not there, or is no folder, zip or tar file.",
                "Name the folder or the archive that holds the models.",
            )
    except (*_DAMAGED, NotImplementedError) as error:
        raise BundleError(f"{path} cannot be unpacked: it is damaged.", AGAIN) from error


def _looked_at(path: Path, tar: tarfile.TarFile) -> Source:
    try:
        return _Tar(path, tar)
    except OSError as error:
        raise BundleError(f"{path} cannot be unpacked: it is damaged.", AGAIN) from error


def copy(source: Source, name: str, target: Path, tell: Callable[[int], None]) -> str:
    """Copy a member into a new file.

    Args:
        source: Where it is from.
        name: Which one.
        target: The new file.
        tell: Told of every piece's bytes; may raise.

    Returns:
        Its SHA-256.

    Raises:
        BundleError: If it cannot be read, or is not as long as it says.
        OutputError: If the file cannot be written.
    """
    size, left = source.members[name], source.members[name]
    digest = hashlib.sha256()
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with source.open(name) as file, target.open("xb") as out:
            while piece := file.read(min(BLOCK, left + 1)):
                left -= len(piece)
                if left < 0:
                    break
                digest.update(piece)
                try:
                    out.write(piece)
                except OSError as error:
                    raise unwritable(target, error) from error
                tell(len(piece))
    except OSError as error:
        if error.errno in FULL:
            raise unwritable(target, error) from error
        raise BundleError(f"{source.path} cannot be read: {error.strerror}.", AGAIN) from error
    if left:
        raise BundleError(f"{name} in {source.path} is not the {size} bytes that it says.", AGAIN)
    return digest.hexdigest()


def _require_harmless(path: Path, name: str, seen: bool) -> None:
    if not is_inside(name) or "\\" in name or "\0" in name:
        raise BundleError(f"{path} holds {name!r}, which leads out of it.", NOT_TRUSTED)
    if seen:
        raise BundleError(f"{path} holds {name} twice.", NOT_TRUSTED)


def _no_plain_file(path: Path, name: str) -> BundleError:
    return BundleError(f"{path} holds {name}, which is a link or no plain file.", NOT_TRUSTED)


def _too_many(path: Path) -> BundleError:
    return BundleError(
        f"{path} holds more than {MOST} files.", "Name the folder of the bundle itself."
    )
