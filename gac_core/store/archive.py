"""What models are imported from: a folder, a zip or a tar file, from anywhere, and not trusted.

An archive is looked at whole before a byte of it is unpacked. Only plain files are taken, one by
one, by name, and never more of one than its table of contents says. What an archive's tables say is
checked before the parsers of Python's library follow it: those of a tar file can send this Python's
`tarfile` round for ever (CVE-2025-8194), or have it read names of gigabytes.
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
from gac_core.io import FULL, open_plain, unwritable
from gac_core.store.lock import BLOCK

MOST = 10_000
"""Files in what is imported."""

DEEPEST = 4
"""Folders in one another that are looked into."""

NOT_TRUSTED = "Do not use it unless you know who made it."
AGAIN = "Copy or fetch it again."

LONGEST_HEADER = 16_384
"""Bytes of a tar file's name or extended header; and of what a zip tells of one file."""

MOST_HEADERS = 4 * MOST
"""Headers in a tar file: files, folders, and what is told of either."""

DENSEST = 100
"""Bytes that one packed byte may become: weights shrink by a tenth, a bomb by a thousand."""

SMALL = 100_000_000
"""Bytes of which nobody asks how densely they were packed."""

WEIGHTS = (".pt", ".safetensors")
"""Endings of a published file that is imported by itself."""

_DAMAGED = (
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError),
    *(NotImplementedError, ValueError, OverflowError, RecursionError, MemoryError, IndexError),
    struct.error,
)
"""What comes of archives that are none, or are damaged."""

_PACKED: dict[bytes, Callable[..., Any]] = {
    b"\x1f\x8b": gzip.open,
    b"BZ": bz2.open,
    b"\xfd7": lzma.open,
}
"""How a compressed tar file begins, and who unpacks it."""


class Source(Protocol):
    """Files by name.

    Attributes:
        path: Where it is.
        members: Each plain file's name, with `/` between folders, and its size in bytes.
        links: Names that are links, which are never followed.
        unread: Folders in it that may not be looked into.
    """

    path: Path
    members: dict[str, int]
    links: set[str]
    unread: list[str]

    def open(self, name: str) -> IO[bytes]:
        """A member, to be read."""
        ...


class _Folder:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.members: dict[str, int] = {}
        self.links: set[str] = set()
        self.unread: list[str] = []
        self._walk(path, 0)

    def open(self, name: str) -> IO[bytes]:
        return io.BufferedReader(open_plain(self.path / name, follow=False))

    def _walk(self, folder: Path, depth: int) -> None:
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            if depth == 0:
                raise BundleError(
                    f"{folder} cannot be read: {error.strerror}.", "See that you may read it."
                ) from error
            # Such as the lost+found of a stick.
            self.unread.append(printable(folder.relative_to(self.path).as_posix()))
            return
        for entry in entries:
            path = Path(entry.path)
            name = path.relative_to(self.path).as_posix()
            try:
                if entry.is_symlink():
                    self.links.add(name)
                elif entry.is_dir(follow_symlinks=False):
                    if depth < DEEPEST and not entry.name.startswith("."):
                        self._walk(path, depth + 1)
                elif entry.is_file(follow_symlinks=False):
                    self.members[name] = entry.stat(follow_symlinks=False).st_size
            except OSError:
                self.unread.append(printable(name))
            if len(self.members) + len(self.links) + len(self.unread) > MOST:
                raise _too_many(self.path)


class _File:
    """A published file by itself."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.members = {path.name: path.stat().st_size}
        self.links: set[str] = set()
        self.unread: list[str] = []

    def open(self, name: str) -> IO[bytes]:
        return io.BufferedReader(open_plain(self.path))


class _Zip:
    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self.path = path
        self.members: dict[str, int] = {}
        self.links: set[str] = set()
        self.unread: list[str] = []
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
        self.unread: list[str] = []
        self._archive = archive
        self._infos: dict[str, tarfile.TarInfo] = {}
        for info in archive:
            if info.isdir():
                continue
            name = info.name.removeprefix("./")
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


class _Header(tarfile.TarInfo):
    """A tar file's header that says nothing that cannot be."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> _Header:
        """Return the header in a block.

        Raises:
            tarfile.ReadError: If it says what no archive of models says.
        """
        header = super().frombuf(buf, encoding, errors)
        is_about_another = header.type in (
            tarfile.GNUTYPE_LONGNAME,
            tarfile.GNUTYPE_LONGLINK,
            tarfile.XHDTYPE,
            tarfile.XGLTYPE,
            tarfile.SOLARIS_XHDTYPE,
        )
        if header.size < 0 or (is_about_another and header.size > LONGEST_HEADER):
            raise tarfile.ReadError("a size that cannot be")
        return header

    def _block(self, count: int) -> int:
        # What later versions of Python do: with a negative size reading would go back for ever.
        if count < 0:
            raise tarfile.ReadError("a size that cannot be")
        return int(super()._block(count))  # type: ignore[misc]


class _Unpacked(io.RawIOBase):
    """The bytes of a tar file, packed or not, as far as they are no bomb."""

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
            if self.headers > MOST_HEADERS:
                raise tarfile.ReadError("too many headers")
        return self._stream.read(min(size, BLOCK) if size >= 0 else BLOCK)

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        if whence != os.SEEK_SET or offset < 0:
            raise tarfile.ReadError("a place that cannot be")
        at = self._stream.tell()
        if offset < at or not self._is_packed:
            return self._stream.seek(offset)
        while at < offset:
            piece = self._stream.read(min(BLOCK, offset - at))
            if not piece:
                raise tarfile.ReadError("it ends early")
            at += len(piece)
            if at > SMALL and at > DENSEST * self._file.tell():
                raise tarfile.ReadError("it holds far more than it can")
        return at

    def tell(self) -> int:
        return self._stream.tell()


@contextmanager
def opened(path: Path) -> Iterator[Source]:
    """A folder or an archive, looked at whole.

    Raises:
        BundleError: If it is neither, cannot be read, or holds what no bundle holds.
    """
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        mode = 0
    if stat.S_ISDIR(mode):
        yield _Folder(path)
        return
    if not stat.S_ISREG(mode):
        raise _neither(path)
    try:
        file = io.BufferedReader(open_plain(path))
    except OSError as error:
        raise BundleError(
            f"{path} cannot be read: {error.strerror}.", "See that you may read it."
        ) from error
    with file:
        yield _archive(path, file)


def _archive(path: Path, file: IO[bytes]) -> Source:
    """Return an archive in an open file, its table of contents looked at."""
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
            # Without a loop over kinds of packing, each of which would begin to unpack.
            tar = tarfile.TarFile(
                fileobj=stream,
                tarinfo=_Header,
            )
        except tarfile.ReadError as error:
            if unpack is None and stream.headers <= 1:
                raise _neither(path) from error
            raise
        return _Tar(path, tar)
    except BundleError:
        raise
    except (*_DAMAGED, OSError) as error:
        raise BundleError(f"{path} cannot be unpacked: it is damaged.", AGAIN) from error


def _zip(path: Path, file: IO[bytes]) -> Source:
    # As `zipfile` finds it itself: what it would read whole.
    end = zipfile._EndRecData(file)  # type: ignore[attr-defined]
    if end is None:
        raise _neither(path)
    if end[4] > MOST:
        raise _too_many(path)
    if not 0 <= end[5] <= MOST * LONGEST_HEADER // 16:
        raise zipfile.BadZipFile("a table of contents that is larger than any")
    return _Zip(path, zipfile.ZipFile(file))


def _neither(path: Path) -> BundleError:
    return BundleError(
        f"{path} is not there, or is no folder, zip or tar file.",
        "Name the folder or the archive that holds the models.",
    )


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
    except _DAMAGED as error:
        raise BundleError(f"{source.path} cannot be unpacked: it is damaged.", AGAIN) from error
    if left:
        raise BundleError(f"{name} in {source.path} is not the {size} bytes that it says.", AGAIN)
    return digest.hexdigest()


def _require_harmless(path: Path, name: str, seen: bool) -> None:
    if not is_inside(name) or "\\" in name or "\0" in name:
        raise BundleError(f"{path} holds {name[:200]!r}, which leads out of it.", NOT_TRUSTED)
    if seen:
        raise BundleError(f"{path} holds {printable(name)[:200]} twice.", NOT_TRUSTED)


def _no_plain_file(path: Path, name: str) -> BundleError:
    return BundleError(
        f"{path} holds {printable(name)[:200]}, which is a link or no plain file.", NOT_TRUSTED
    )


def _too_many(path: Path) -> BundleError:
    return BundleError(
        f"{path} holds more than {MOST} files.", "Name the folder of the bundle itself."
    )
