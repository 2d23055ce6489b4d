"""File access: regular files of limited size, atomic writes, locks, checksums, disk space."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import shutil
import stat
import sys
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from filelock import BaseFileLock, FileLock, SoftFileLock

from gac_core.contract.errors import BundleError, DiskFull, OutputError
from gac_core.contract.message import Message, changed
from gac_core.contract.redaction import redacted_values
from gac_core.contract.removal import remove_file
from gac_core.contract.rename import replace_path

RECORD_BYTES = 64_000_000
"""More than any record that GAC writes: that of a batch of ten thousand blocks has a few
megabytes."""
NO_FILE = Message("it is not a regular file")
TOO_LARGE = Message("it is larger than any that GAC writes")

INCOMPLETE_WRITE = Message("not all of it reached the disk")
LIMITED = {
    errno.EDQUOT: Message("your share of the disk (quota) is used up"),
    errno.EFBIG: Message("the system lets no file become so large"),
}
FULL = (errno.ENOSPC, *LIMITED)
MAKE_ROOM = Message("Free some space, choose another output folder, or choose a smaller extent.")


def lenient_output(*, line_buffering: bool | None = None) -> None:
    """Print characters that standard output or error cannot encode as escapes, instead of failing.

    In a pipe or a file Windows encodes by its old code page.

    Args:
        line_buffering: Flush each line at once; None: unchanged.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(line_buffering=line_buffering, errors="backslashreplace")


def require_hash(path: Path, told: str | None) -> str:
    """Return a file's hash after comparing it with the one on its card, if any.

    Raises:
        BundleError: If they differ.
        OSError: If the file cannot be read.
    """
    digest = sha256(path)
    if told not in (None, digest):
        raise BundleError(
            Message(
                "The file {} is not the one that its card names: its SHA-256 is {}…, not {}….",
                path,
                digest[:12],
                str(told)[:12],
            ),
            Message("It was damaged or replaced. Fetch, install or train it again."),
            problem="file-not-of-card",
        )
    return digest


PIECE = 1 << 20
"""Bytes per chunk for hashing."""


def sha256(path: Path) -> str:
    """Return the hex SHA-256 of a file, read in chunks.

    Raises:
        OSError: If it cannot be read.
    """
    if not path.is_file():
        # Reading a pipe or a device might never end.
        raise FileNotFoundError(
            errno.ENOENT, Message("it is missing, or not a regular file"), str(path)
        )
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def open_regular(path: Path, *, follow: bool = True) -> io.FileIO:
    """Open a regular file for reading, unbuffered.

    Opening a pipe would block for ever, and a device such as `/dev/zero` has no end.

    Args:
        path: The file.
        follow: If False, a symbolic link is refused, on systems that support it.

    Raises:
        OSError: If it does not exist, cannot be read, or is a pipe, a device, a socket or a folder.
    """
    # Without O_NONBLOCK, a pipe without a writer would block here. The type is checked on the open
    # file, which cannot be replaced in between.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    flags |= getattr(os, "O_CLOEXEC", 0) | (0 if follow else getattr(os, "O_NOFOLLOW", 0))
    number = os.open(path, flags)
    if stat.S_ISREG(os.fstat(number).st_mode):
        return io.FileIO(number, "rb")
    os.close(number)
    raise OSError(None, NO_FILE, str(path))


def read_regular(path: Path, most: int = RECORD_BYTES) -> bytes:
    """Return the content of a regular file.

    Args:
        path: The file.
        most: Maximum size in bytes.

    Raises:
        OSError: As `open_regular`, and if it is larger.
    """
    with open_regular(path) as file:
        if os.fstat(file.fileno()).st_size <= most:
            content = bytearray()
            # The size is not relied on: the file may grow while it is read.
            while len(content) <= most and (piece := file.read(min(1 << 20, most + 1))):
                content += piece
            if len(content) <= most:
                return bytes(content)
    raise OSError(None, TOO_LARGE, str(path))


def is_file(path: Path) -> bool:
    """Return whether a path of any length is an accessible regular file."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def expanded(path: str) -> Path:
    """Return a path with `~` expanded; unchanged if there is no such home folder."""
    try:
        return Path(path).expanduser()
    except RuntimeError:
        return Path(path)


class Content(NamedTuple):
    """Size and hash of a file, to detect changes.

    Attributes:
        bytes: Size in bytes.
        sha256: SHA-256 in hex.
    """

    bytes: int
    sha256: str


def content_of(path: Path) -> Content:
    """Return the size and hash of a regular file.

    Raises:
        OSError: As `open_regular`.
    """
    with open_regular(path) as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return Content(file.tell(), digest)


def has_content(path: Path, content: Content) -> bool:
    """Return whether a file still has the recorded content."""
    try:
        return path.stat().st_size == content.bytes and content_of(path) == content
    except OSError:
        return False


def read_record(path: Path) -> Any:
    """Return the values of a JSON file.

    Raises:
        OSError: As `read_regular`.
        ValueError: If it is not JSON.
    """
    try:
        return json.loads(read_regular(path).decode("utf-8"))
    except RecursionError as error:
        raise ValueError(Message("it is nested too deep")) from error


def to_record(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as a record stores them: without secrets, and with lists for tuples."""
    plain: dict[str, Any] = redacted_values(json.loads(json.dumps(values)))
    return plain


NO_LOCKS = (errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL)
"""Errors of a lock on file systems without locks, among them some network ones."""
LOCK_SUFFIX = ".held"
"""Extension of the file that replaces a lock there, beside the file to lock."""


def lock_file(path: Path) -> BaseFileLock:
    """Lock a file for this process, whose end releases it in any case.

    On a file system without locks, a file beside it names the holder instead; one left by a process
    of this computer that has ended is taken over.

    Raises:
        Timeout: If another process holds it.
        OSError: If the file cannot be created.
    """
    lock: BaseFileLock = FileLock(path, timeout=0, fallback_to_soft=False)
    try:
        lock.acquire()
    except OSError as error:
        if error.errno not in NO_LOCKS:
            raise
        lock = SoftFileLock(path.with_name(path.name + LOCK_SUFFIX), timeout=0)
        lock.acquire()
    return lock


def sync_open(number: int) -> None:
    """Flush an open file, or a folder's entries, to disk, on file systems that support it.

    Raises:
        OSError: If they cannot be flushed.
    """
    try:
        os.fsync(number)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP):
            raise


SEAL = "crc32"
"""Key of a sealed record for the checksum of all others."""


def sealed(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a record with their checksum, for a file from which work is resumed.

    The checksum covers the values as `to_record` returns them.
    """
    plain = to_record(values)
    return {**plain, SEAL: _checksum(plain)}


def read_sealed(path: Path) -> dict[str, Any]:
    """Return the values of a sealed JSON file, without the checksum.

    Raises:
        OSError: As `read_regular`.
        ValueError: If it is not JSON, or its checksum is wrong.
    """
    return unsealed(read_record(path))


def unsealed(values: Any) -> dict[str, Any]:
    """Return the values of a sealed record, without the checksum.

    Raises:
        ValueError: If the checksum is wrong.
    """
    payload = {k: v for k, v in values.items() if k != SEAL} if isinstance(values, dict) else {}
    if not payload or values.get(SEAL) != _checksum(payload):
        raise ValueError(Message("its checksum is another one"))
    return payload


def _checksum(values: Mapping[str, Any]) -> int:
    return zlib.crc32(json.dumps(values, sort_keys=True).encode())


def require_space(folder: Path, needed: int) -> None:
    """Check that a folder's disk has enough free space.

    Args:
        folder: An existing folder.
        needed: Bytes.

    Raises:
        DiskFull: If there is less.
    """
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise DiskFull(
            Message(
                "The disk of {} has too little room: {} are needed, {} are free.",
                folder,
                format_size(needed),
                format_size(free),
            ),
            MAKE_ROOM,
            problem="disk-space-short",
        )


def reserve(number: int, size: int) -> None:
    """Allocate the disk space of an open file, so that the disk cannot fill up while it is written.

    Raises:
        OSError: If the disk is full.
    """
    if hasattr(os, "posix_fallocate"):
        try:
            os.posix_fallocate(number, 0, size)
        except OSError as error:
            if error.errno in FULL:
                raise
        else:
            return
    os.truncate(number, size)


def free_bytes(folder: Path) -> int:
    """Return the free bytes on the disk of a folder, which need not exist; 0 if unknown."""
    while not folder.exists() and folder.parent != folder:
        folder = folder.parent
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return 0


@contextmanager
def atomic_write(path: Path, folder: Path | None = None) -> Iterator[Path]:
    """Write a file atomically: under a temporary name, renamed once it is complete.

    Args:
        path: Final path.
        folder: Folder of the temporary file, on the same disk; None: that of `path`.

    Yields:
        Temporary path to write to. On success it is renamed to `path`; on any error it is deleted,
        together with all files of that name with a further extension.

    Raises:
        OutputError: If the file cannot be renamed.
    """
    part = (folder or path.parent) / f".{path.name}.part"
    _remove(part)
    try:
        yield part
        try:
            with part.open("rb+") as file:
                sync_open(file.fileno())
            replace_path(part, path)
            sync_folder(path.parent)
        except OSError as error:
            raise write_error(path, error) from error
    finally:
        _remove(part)


def sync_folder(folder: Path) -> None:
    """Flush a folder's entries to disk, so that they survive a power failure.

    Raises:
        OSError: If they cannot be flushed.
    """
    # Windows cannot open folders, and flushes their entries itself.
    if os.name != "posix":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        sync_open(number)
    finally:
        os.close(number)


def write_error(path: Path, error: Exception) -> OutputError:
    """Return the error for a file that could not be written."""
    number = error.errno if isinstance(error, OSError) else None
    if not path.parent.is_dir():
        return OutputError(
            Message("{} could not be written: its folder no longer exists.", path),
            Message("Check that nobody moves or removes the output folder, and run again."),
            problem="output-folder-gone",
        )
    free = shutil.disk_usage(path.parent).free
    if number in LIMITED:
        return DiskFull(
            Message("{} could not be written: {}.", path, LIMITED[number]),
            MAKE_ROOM,
            problem="file-size-limit",
        )
    # GDAL reports a full disk as a failed write, without a number.
    if number == errno.ENOSPC or free < 1_000_000:
        return DiskFull(
            Message(
                "{} could not be written: the disk is full ({} free).", path, format_size(free)
            ),
            MAKE_ROOM,
            problem="disk-full",
        )
    root: BaseException = error
    while root.__cause__ is not None:
        root = root.__cause__
    reason = root.strerror if isinstance(root, OSError) and root.strerror else str(root)
    return OutputError(
        Message(
            "{} could not be written: {} ({} free).",
            path,
            changed(reason, lambda text: text.rstrip(".")),
            format_size(free),
        ),
        Message(
            "Check that the disk has room, that you may write to the folder, and that no "
            "other program holds the file."
        ),
        problem="file-not-written",
    )


def format_size(number: int) -> str:
    """Return a number of bytes as text: `512 B`, `3.4 GB`."""
    value = float(number)
    for unit in ("B", "kB", "MB", "GB"):
        if value < 1000:
            return f"{value:.0f} {unit}" if unit == "B" else f"{value:.1f} {unit}"
        value /= 1000
    return f"{value:.1f} TB"


def _remove(part: Path) -> None:
    # A failed removal must not mask the original error.
    with suppress(OSError):
        remove_file(part, missing_ok=True)
        for stray in part.parent.glob(f"{_literal(part.name)}.*"):
            remove_file(stray, missing_ok=True)


def _literal(name: str) -> str:
    """Return a file name as a glob pattern that matches only itself."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in name)
