"""Import sources: folders, zip and tar files of any origin, treated as untrusted.

An archive's table of contents is checked completely before any of it is unpacked. Only regular
files are taken, one by one, by name, and never more bytes than the table of contents says. The
archive's headers are checked before the standard library parses them: tar headers can send this
Python's `tarfile` into an endless loop (CVE-2025-8194), or make it read names of gigabytes.
"""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import lzma
import os
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Protocol

from gac_core.bundles.bundle import is_inside, printable
from gac_core.contract.errors import BundleError
from gac_core.contract.message import Message
from gac_core.io import FULL, open_regular, write_error
from gac_core.store.lock import BLOCK

MAX_FILES = 10_000
"""Maximum number of files in an import."""

MAX_DEPTH = 4
"""Maximum nesting depth of folders that are searched."""

NOT_TRUSTED = Message("Do not use it unless you know who made it.")
REFETCH = Message("Copy or fetch it again.")

MAX_HEADER_BYTES = 16_384
"""Maximum bytes of a tar file's name or extended header, and of a zip's entry for one file."""

MAX_HEADERS = 4 * MAX_FILES
"""Maximum number of headers in a tar file: of files, of folders, and extended headers of either."""

MAX_COMPRESSION_RATIO = 100
"""Maximum compression ratio: weights shrink by a tenth, a zip bomb by a factor of a thousand."""

MIN_CHECKED_BYTES = 100_000_000
"""Number of bytes up to which the compression ratio is not checked."""

WEIGHTS = (".pt", ".safetensors")
"""Suffixes of a published file that can be imported by itself."""

_DAMAGED = (
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError),
    *(NotImplementedError, ValueError, OverflowError, RecursionError, MemoryError, IndexError),
    struct.error,
)
"""Exceptions raised for files that are not archives or are damaged."""

_PACKED: dict[bytes, Callable[..., Any]] = {
    b"\x1f\x8b": gzip.open,
    b"BZ": bz2.open,
    b"\xfd7": lzma.open,
}
"""Magic bytes of a compressed tar file, and the function that decompresses it."""


class ImportSource(Protocol):
    """Named files of an import.

    Attributes:
        path: Path of the folder or archive.
        members: Size in bytes of each regular file by name, with `/` between folders.
        links: Names that are links, which are never followed.
        unread: Folders in it that cannot be read.
    """

    path: Path
    members: dict[str, int]
    links: set[str]
    unread: list[str]

    def open(self, name: str) -> IO[bytes]:
        """Open a member for reading."""
        ...


class _Folder:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.members: dict[str, int] = {}
        self.links: set[str] = set()
        self.unread: list[str] = []
        self._walk(path, 0)

    def open(self, name: str) -> IO[bytes]:
        return io.BufferedReader(open_regular(self.path / name, follow=False))

    def _walk(self, folder: Path, depth: int) -> None:
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            if depth == 0:
                raise BundleError(
                    Message("{} cannot be read: {}.", folder, error.strerror),
                    Message("Check that you may read it."),
                    problem="models-unreadable",
                ) from error
            # For instance lost+found on a USB stick.
            self.unread.append(printable(folder.relative_to(self.path).as_posix()))
            return
        for entry in entries:
            path = Path(entry.path)
            name = path.relative_to(self.path).as_posix()
            try:
                if entry.is_symlink():
                    self.links.add(name)
                elif entry.is_dir(follow_symlinks=False):
                    if depth < MAX_DEPTH and not entry.name.startswith("."):
                        self._walk(path, depth + 1)
                elif entry.is_file(follow_symlinks=False):
                    self.members[name] = entry.stat(follow_symlinks=False).st_size
            except OSError:
                self.unread.append(printable(name))
            if len(self.members) + len(self.links) + len(self.unread) > MAX_FILES:
                raise _too_many(self.path)


class _File:
    """Single published file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.members = {path.name: path.stat().st_size}
        self.links: set[str] = set()
        self.unread: list[str] = []

    def open(self, name: str) -> IO[bytes]:
        return io.BufferedReader(open_regular(self.path))


class _Zip:
    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self.path = path
        self.members: dict[str, int] = {}
        self.links: set[str] = set()
        self.unread: list[str] = []
        self._archive = archive
        if len(archive.infolist()) > MAX_FILES:
            raise _too_many(path)
        for info in archive.infolist():
            kind = stat.S_IFMT(info.external_attr >> 16)
            _require_safe_name(path, info.filename, info.filename in self.members)
            if info.flag_bits & 1:
                raise BundleError(
                    Message("{} is encrypted.", path),
                    Message("Unpack it, and import the folder."),
                    problem="archive-encrypted",
                )
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
        self.unread: list[str] = []
        self._archive = archive
        self._infos: dict[str, tarfile.TarInfo] = {}
        for info in archive:
            if info.isdir():
                continue
            name = info.name.removeprefix("./")
            _require_safe_name(path, name, name in self.members)
            if not info.isreg() or info.issparse():
                raise _no_plain_file(path, name)
            self.members[name] = info.size
            self._infos[name] = info
            if len(self.members) > MAX_FILES:
                raise _too_many(path)

    def open(self, name: str) -> IO[bytes]:
        file = self._archive.extractfile(self._infos[name])
        if file is None:
            raise _no_plain_file(self.path, name)
        return file


class _Header(tarfile.TarInfo):
    """Tar header that is checked for plausible values."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> _Header:
        """Return the header in a block.

        Raises:
            tarfile.ReadError: If its size is negative or too large for its kind.
        """
        header = super().frombuf(buf, encoding, errors)
        is_extended = header.type in (
            tarfile.GNUTYPE_LONGNAME,
            tarfile.GNUTYPE_LONGLINK,
            tarfile.XHDTYPE,
            tarfile.XGLTYPE,
            tarfile.SOLARIS_XHDTYPE,
        )
        if header.size < 0 or (is_extended and header.size > MAX_HEADER_BYTES):
            raise tarfile.ReadError(Message("a size that cannot be"))
        return header

    def _block(self, count: int) -> int:
        # As in later versions of Python: a negative size would cause an endless loop.
        if count < 0:
            raise tarfile.ReadError(Message("a size that cannot be"))
        return int(super()._block(count))  # type: ignore[misc]


class _Unpacked(io.RawIOBase):
    """Decompressing stream of a tar file that refuses compression bombs."""

    def __init__(self, file: IO[bytes], unpack: Callable[..., IO[bytes]] | None) -> None:
        super().__init__()
        self._file = file
        self._stream = file if unpack is None else unpack(file, "rb")
        self._is_packed = unpack is not None
        self.headers = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        if size == tarfile.BLOCKSIZE:
            self.headers += 1
            if self.headers > MAX_HEADERS:
                raise tarfile.ReadError(Message("too many headers"))
        return self._stream.read(min(size, BLOCK) if size >= 0 else BLOCK)

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        if whence != os.SEEK_SET or offset < 0:
            raise tarfile.ReadError(Message("a place that cannot be"))
        position = self._stream.tell()
        if offset < position or not self._is_packed:
            return self._stream.seek(offset)
        while position < offset:
            chunk = self._stream.read(min(BLOCK, offset - position))
            if not chunk:
                raise tarfile.ReadError(Message("it ends early"))
            position += len(chunk)
            if (
                position > MIN_CHECKED_BYTES
                and position > MAX_COMPRESSION_RATIO * self._file.tell()
            ):
                raise tarfile.ReadError(Message("it holds far more than it can"))
        return position

    def tell(self) -> int:
        return self._stream.tell()


@contextmanager
def open_source(path: Path) -> Iterator[ImportSource]:
    """Open a folder or an archive after checking all of its entries.

    Raises:
        BundleError: If it is neither, cannot be read, or holds entries that no bundle has.
    """
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        mode = 0
    if stat.S_ISDIR(mode):
        yield _Folder(path)
        return
    if not stat.S_ISREG(mode):
        raise _not_a_source(path)
    try:
        file = io.BufferedReader(open_regular(path))
    except OSError as error:
        raise BundleError(
            Message("{} cannot be read: {}.", path, error.strerror),
            Message("Check that you may read it."),
            problem="models-unreadable",
        ) from error
    with file:
        yield _archive(path, file)


def _archive(path: Path, file: IO[bytes]) -> ImportSource:
    """Return the archive in an open file, with its table of contents checked."""
    try:
        if path.suffix.lower() in WEIGHTS:
            return _File(path)
        if path.suffix.lower() == ".zip" and zipfile.is_zipfile(file):
            return _zip(path, file)
        file.seek(0)
        unpack = _PACKED.get(file.read(2))
        file.seek(0)
        stream = _Unpacked(file, unpack)
        try:
            # tarfile.open would try each compression in turn and start to unpack.
            tar = tarfile.TarFile(
                fileobj=stream,
                tarinfo=_Header,
            )
        except tarfile.ReadError as error:
            if unpack is None and stream.headers <= 1:
                raise _not_a_source(path) from error
            raise
        return _Tar(path, tar)
    except BundleError:
        raise
    except (*_DAMAGED, OSError) as error:
        raise BundleError(
            Message("{} cannot be unpacked: it is damaged.", path),
            REFETCH,
            problem="archive-damaged",
        ) from error


def _zip(path: Path, file: IO[bytes]) -> ImportSource:
    # The end record, read as `zipfile` does, gives the size of the table that it would load.
    end = zipfile._EndRecData(file)  # type: ignore[attr-defined]
    if end is None:
        raise _not_a_source(path)
    if end[4] > MAX_FILES:
        raise _too_many(path)
    if not 0 <= end[5] <= MAX_FILES * MAX_HEADER_BYTES // 16:
        raise zipfile.BadZipFile(Message("a table of contents that is larger than any"))
    return _Zip(path, zipfile.ZipFile(file))


def _not_a_source(path: Path) -> BundleError:
    return BundleError(
        Message("{} does not exist, or is not a folder, zip or tar file.", path),
        Message("Name the folder or the archive that holds the models."),
        problem="models-source-missing",
    )


def copy(source: ImportSource, name: str, target: Path, tell: Callable[[int], None]) -> str:
    """Copy a member into a new file.

    Args:
        source: Source of the member.
        name: Name of the member.
        target: The new file.
        tell: Called with the bytes of every chunk; may raise.

    Returns:
        Its SHA-256.

    Raises:
        BundleError: If it cannot be read, or its length differs from the table of contents.
        OutputError: If the file cannot be written.
    """
    size, remaining = source.members[name], source.members[name]
    digest = hashlib.sha256()
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with source.open(name) as file, target.open("xb") as out:
            while chunk := file.read(min(BLOCK, remaining + 1)):
                remaining -= len(chunk)
                if remaining < 0:
                    break
                digest.update(chunk)
                try:
                    out.write(chunk)
                except OSError as error:
                    raise write_error(target, error) from error
                tell(len(chunk))
    except OSError as error:
        if error.errno in FULL:
            raise write_error(target, error) from error
        raise BundleError(
            Message("{} cannot be read: {}.", source.path, error.strerror),
            REFETCH,
            problem="models-unreadable",
        ) from error
    except _DAMAGED as error:
        raise BundleError(
            Message("{} cannot be unpacked: it is damaged.", source.path),
            REFETCH,
            problem="archive-damaged",
        ) from error
    if remaining:
        raise BundleError(
            Message("{} in {} is not the {} bytes that it says.", name, source.path, size),
            REFETCH,
            problem="archive-member-size-wrong",
        )
    return digest.hexdigest()


def _require_safe_name(path: Path, name: str, seen: bool) -> None:
    if not is_inside(name) or "\\" in name or "\0" in name:
        raise BundleError(
            Message("{} holds {}, which leads out of it.", path, repr(name[:200])),
            NOT_TRUSTED,
            problem="archive-member-outside",
        )
    if seen:
        raise BundleError(
            Message("{} holds {} twice.", path, printable(name)[:200]),
            NOT_TRUSTED,
            problem="archive-member-twice",
        )


def _no_plain_file(path: Path, name: str) -> BundleError:
    return BundleError(
        Message("{} holds {}, which is a link or not a regular file.", path, printable(name)[:200]),
        NOT_TRUSTED,
        problem="archive-member-not-a-file",
    )


def _too_many(path: Path) -> BundleError:
    return BundleError(
        Message("{} holds more than {} files.", path, MAX_FILES),
        Message("Name the folder of the bundle itself."),
        problem="archive-too-many-files",
    )
