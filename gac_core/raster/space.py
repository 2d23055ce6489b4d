"""Disk space and atomic file writing."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from gac_core.contract.errors import DiskFull, OutputError
from gac_core.files import sync_open

NOT_WHOLE = "not all of it reached the disk"

LIMITED = {
    errno.EDQUOT: "your share of the disk (quota) is used up",
    errno.EFBIG: "the system lets no file become so large",
}
FULL = (errno.ENOSPC, *LIMITED)

MAKE_ROOM = "Free some space, choose another output folder, or choose a smaller extent."


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
            f"The disk of {folder} has too little room: {size(needed)} are needed, "
            f"{size(free)} are free.",
            MAKE_ROOM,
        )


def free_bytes(folder: Path) -> int:
    """Return the free bytes on the disk of a folder, which need not exist; 0 if unknown."""
    while not folder.exists() and folder.parent != folder:
        folder = folder.parent
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return 0


@contextmanager
def whole_file(path: Path, folder: Path | None = None) -> Iterator[Path]:
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
            part.replace(path)
            sync_folder(path.parent)
        except OSError as error:
            raise unwritable(path, error) from error
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


def unwritable(path: Path, error: Exception) -> OutputError:
    """Return the error for a file that could not be written."""
    number = error.errno if isinstance(error, OSError) else None
    if not path.parent.is_dir():
        return OutputError(
            f"{path} could not be written: its folder is gone.",
            "See that nobody moves or removes the output folder, and run again.",
        )
    free = shutil.disk_usage(path.parent).free
    if number in LIMITED:
        return DiskFull(f"{path} could not be written: {LIMITED[number]}.", MAKE_ROOM)
    # GDAL reports a full disk as a failed write, without a number.
    if number == errno.ENOSPC or free < 1_000_000:
        return DiskFull(
            f"{path} could not be written: the disk is full ({size(free)} free).", MAKE_ROOM
        )
    root: BaseException = error
    while root.__cause__ is not None:
        root = root.__cause__
    reason = root.strerror if isinstance(root, OSError) and root.strerror else str(root)
    return OutputError(
        f"{path} could not be written: {reason.rstrip('.')} ({size(free)} free).",
        "Check that the disk has room, that you may write to the folder, and that no other "
        "program holds the file.",
    )


def size(number: int) -> str:
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
        part.unlink(missing_ok=True)
        for stray in part.parent.glob(f"{_literal(part.name)}.*"):
            stray.unlink(missing_ok=True)


def _literal(name: str) -> str:
    """Return a file name as a glob pattern that matches only itself."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in name)
