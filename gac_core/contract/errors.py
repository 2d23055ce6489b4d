"""Exceptions with messages for users."""

from __future__ import annotations

import errno

from .message import Message, join
from .redaction import redacted_text


class GacError(Exception):
    """An error that a user can understand and act on.

    Attributes:
        message: The problem and the input that has it, a `Message` without secrets of an address.
        remedy: Suggested action, likewise; may be empty.
        code: Short stable identifier for programs.
    """

    code = "error"

    def __init__(self, message: str, remedy: str = "") -> None:
        self.message = redacted_text(message)
        self.remedy = redacted_text(remedy)
        super().__init__(join((self.message, self.remedy)))


class RequestError(GacError):
    """An invalid request, such as stage 7 or an empty extent."""

    code = "request"


class SceneError(GacError):
    """A radar input that cannot be read or that the models do not support."""

    code = "scene"


class InputChanged(SceneError):
    """A radar input that was modified while it was being read."""


class BundleError(GacError):
    """A model bundle that is missing, incomplete or incompatible."""

    code = "bundle"


class DeviceError(GacError):
    """A requested device that is missing or has too little memory."""

    code = "device"


class OutputError(GacError):
    """A result that cannot be written."""

    code = "output"


class DiskFull(OutputError):
    """A result that cannot be written because the disk is full."""


class Cancelled(GacError):
    """A run that was cancelled from outside.

    Attributes:
        keep: True to keep the run resumable.
    """

    code = "cancelled"

    def __init__(self, *, keep: bool = False) -> None:
        super().__init__(Message("The run was cancelled."))
        self.keep = keep


def as_user_error(error: Exception) -> Exception:
    """Return errors that any part of a run can meet as a `GacError`, any other unchanged.

    Python and PyTorch report a failed allocation each in its own way; the system's refusals
    (`OSError`) may come with any file.
    """
    text = str(error).lower()
    if isinstance(error, MemoryError) or ("alloc" in text and "memory" in text):
        return GacError(
            Message("The computer ran out of memory."),
            Message("Close other programs, choose a smaller bundle, or a smaller extent."),
        )
    if isinstance(error, ValueError) and "null byte" in text:
        return RequestError(
            Message("The path contains a null byte."), Message("Give another path.")
        )
    if isinstance(error, OSError) and error.errno in _OF_THE_SYSTEM:
        kind = DiskFull if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) else OutputError
        where = "" if error.filename is None else f"{error.filename}: "
        return kind(f"{where}{error.strerror}.", _OF_THE_SYSTEM[error.errno])
    return error


_ROOM = Message("Free some space, or choose another folder.")
_RIGHTS = Message("Check that you may read and write there, or choose another folder.")
_DISK = Message("Check that the disk, or the network that leads to it, works; then run again.")
_MANY = Message("Close other programs, or raise the system's limit of open files (ulimit -n).")
_NAME = Message("Choose a folder with a shorter path and without links in a circle.")

_OF_THE_SYSTEM = {
    errno.ENOSPC: _ROOM,
    errno.EDQUOT: _ROOM,
    errno.EFBIG: _ROOM,
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EROFS: _RIGHTS,
    errno.EIO: _DISK,
    errno.ESTALE: _DISK,
    errno.ENXIO: _DISK,
    errno.ENODEV: _DISK,
    errno.ENOTCONN: _DISK,
    errno.ETIMEDOUT: _DISK,
    errno.ENOLCK: Message("Choose an output folder on a disk whose file system has locks."),
    errno.EMFILE: _MANY,
    errno.ENFILE: _MANY,
    errno.ENAMETOOLONG: _NAME,
    errno.ELOOP: _NAME,
}
"""What a user can do about errors that only the system or a disk can have, wherever one is met."""
