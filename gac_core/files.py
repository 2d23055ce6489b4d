"""Files read only once it is known that they are plain ones of a sane size; records; locks."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import stat
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from filelock import BaseFileLock, FileLock, SoftFileLock

from gac_core.contract.redaction import redacted_values

RECORD_BYTES = 64_000_000
"""More than any record that GAC writes: a batch of ten thousand blocks tells some megabytes."""

NO_FILE = "it is no plain file"
TOO_LARGE = "it is larger than any that GAC writes"


def open_plain(path: Path, *, follow: bool = True) -> io.FileIO:
    """Open a file for reading, unbuffered, if it is a plain one.

    A pipe would be waited for without end, a device such as `/dev/zero` read without end.

    Args:
        path: The file.
        follow: Whether it may be a link, on systems that can tell.

    Raises:
        OSError: If it is not there, cannot be read, or is a pipe, a device, a socket or a folder.
    """
    # A pipe that nobody writes to would block already here; asked of the open file, nobody can
    # put another one in its place meanwhile.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    flags |= getattr(os, "O_CLOEXEC", 0) | (0 if follow else getattr(os, "O_NOFOLLOW", 0))
    number = os.open(path, flags)
    if stat.S_ISREG(os.fstat(number).st_mode):
        return io.FileIO(number, "rb")
    os.close(number)
    raise OSError(None, NO_FILE, str(path))


def read_plain(path: Path, most: int = RECORD_BYTES) -> bytes:
    """Return what a plain file holds.

    Args:
        path: The file.
        most: Bytes that it may have.

    Raises:
        OSError: As `open_plain`, and if it is larger.
    """
    with open_plain(path) as file:
        if os.fstat(file.fileno()).st_size <= most:
            values = bytearray()
            # Not its size as it was: it may grow while it is read.
            while len(values) <= most and (piece := file.read(min(1 << 20, most + 1))):
                values += piece
            if len(values) <= most:
                return bytes(values)
    raise OSError(None, TOO_LARGE, str(path))


def is_file(path: Path) -> bool:
    """Return whether a plain file lies at a path of whatever length that one may look at."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def expanded(path: str) -> Path:
    """Return a path with the user's own folder for `~`; as it stands where that is nobody's."""
    try:
        return Path(path).expanduser()
    except RuntimeError:
        return Path(path)


class Content(NamedTuple):
    """What a file holds, so that a change of it is noticed.

    Attributes:
        bytes: How many.
        sha256: Of them, in hex.
    """

    bytes: int
    sha256: str


def content_of(path: Path) -> Content:
    """Return the size and hash of a plain file.

    Raises:
        OSError: As `open_plain`.
    """
    with open_plain(path) as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return Content(file.tell(), digest)


def holds(path: Path, content: Content) -> bool:
    """Whether a file still holds what was written into it."""
    try:
        return path.stat().st_size == content.bytes and content_of(path) == content
    except OSError:
        return False


def read_record(path: Path) -> Any:
    """Return the values of a JSON file.

    Raises:
        OSError: As `read_plain`.
        ValueError: If it is no JSON.
    """
    try:
        return json.loads(read_plain(path).decode("utf-8"))
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error


def as_recorded(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as a record gives them back: without secrets, and JSON knows no tuples."""
    plain: dict[str, Any] = redacted_values(json.loads(json.dumps(values)))
    return plain


NO_LOCKS = (errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL)
"""What file systems without locks, some of a network's, answer to whoever asks for one."""

HELD = ".held"
"""Ending of the file that stands for a lock there, beside the one that would be locked."""


def lock_alone(path: Path) -> BaseFileLock:
    """Lock a file for this process, which lets go of it however it ends.

    Where the file system has no locks, a file beside it names the holder instead; what a process
    of this computer that is gone left there is taken over.

    Raises:
        Timeout: If another process holds it.
        OSError: If the file cannot be made.
    """
    lock: BaseFileLock = FileLock(path, timeout=0, fallback_to_soft=False)
    try:
        lock.acquire()
    except OSError as error:
        if error.errno not in NO_LOCKS:
            raise
        lock = SoftFileLock(path.with_name(path.name + HELD), timeout=0)
        lock.acquire()
    return lock


def sync_open(number: int) -> None:
    """Bring an open file, or a folder's names, to the disk, on file systems that know of it.

    Raises:
        OSError: If they cannot be brought there.
    """
    try:
        os.fsync(number)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP):
            raise


SEAL = "crc32"
"""The member of a sealed record that holds the checksum of all others."""


def sealed(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a record with their checksum, for a file that work is resumed by.

    The checksum is of what `as_recorded` makes of them.
    """
    plain = as_recorded(values)
    return {**plain, SEAL: _checksum(plain)}


def read_sealed(path: Path) -> dict[str, Any]:
    """Return the values of a sealed JSON file, without the checksum.

    Raises:
        OSError: As `read_plain`.
        ValueError: If it is no JSON, or its values are not those that were sealed.
    """
    return unsealed(read_record(path))


def unsealed(values: Any) -> dict[str, Any]:
    """Return the values of a sealed record, without the checksum.

    Raises:
        ValueError: If they are not those that were sealed.
    """
    others = {k: v for k, v in values.items() if k != SEAL} if isinstance(values, dict) else {}
    if not others or values.get(SEAL) != _checksum(others):
        raise ValueError("its checksum is another one")
    return others


def _checksum(values: Mapping[str, Any]) -> int:
    return zlib.crc32(json.dumps(values, sort_keys=True).encode())
