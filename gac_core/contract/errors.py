"""What can go wrong, in words for the person who caused it or can cure it."""

from __future__ import annotations

import errno

from .redaction import redacted_text


class GacError(Exception):
    """Something a user can understand and do something about.

    Attributes:
        message: What is wrong, and with which input; without the secrets of an address.
        remedy: What to do now. May be empty.
        code: A short stable word for programs.
    """

    code = "error"

    def __init__(self, message: str, remedy: str = "") -> None:
        self.message = redacted_text(message)
        self.remedy = redacted_text(remedy)
        super().__init__(f"{self.message} {self.remedy}".strip())


class RequestError(GacError):
    """The run that was asked for makes no sense: a stage 7, an empty extent."""

    code = "request"


class SceneError(GacError):
    """The radar input cannot be read or is not what the models know."""

    code = "scene"


class InputChanged(SceneError):
    """Somebody wrote to the radar input while it was being read."""


class BundleError(GacError):
    """A model bundle is missing, incomplete or does not fit."""

    code = "bundle"


class DeviceError(GacError):
    """The computing device asked for is not there or is too small."""

    code = "device"


class OutputError(GacError):
    """A result cannot be written."""

    code = "output"


class DiskFull(OutputError):
    """A result cannot be written for want of room."""


class Cancelled(GacError):
    """The run was stopped from outside.

    Attributes:
        keep: Whether it shall be possible to go on with it later.
    """

    code = "cancelled"

    def __init__(self, *, keep: bool = False) -> None:
        super().__init__("The run was cancelled.")
        self.keep = keep


def as_known(error: Exception) -> Exception:
    """An error in words for the user where it is a kind that any part of a run can meet.

    Python and PyTorch each have a word of their own for memory that is not there. What the system
    refuses, any file may meet.
    """
    text = str(error).lower()
    if isinstance(error, MemoryError) or ("alloc" in text and "memory" in text):
        return GacError(
            "The computer ran out of memory.",
            "Close other programs, choose a smaller bundle, or a smaller extent.",
        )
    if isinstance(error, ValueError) and "null byte" in text:
        return RequestError("A path holds a null byte, which no name can have.", "Give another.")
    if isinstance(error, OSError) and error.errno in _OF_THE_SYSTEM:
        kind = DiskFull if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) else OutputError
        where = "" if error.filename is None else f"{error.filename}: "
        return kind(f"{where}{error.strerror}.", _OF_THE_SYSTEM[error.errno])
    return error


_ROOM = "Free some space, or choose another folder."
_RIGHTS = "Check that you may read and write there, or choose another folder."
_DISK = "Check that the disk, or the network that leads to it, works; then run again."
_MANY = "Close other programs, or have the system allow more open files (ulimit -n)."
_NAME = "Choose a folder with a shorter path and without links in a circle."

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
    errno.ENOLCK: "Choose an output folder on a disk whose file system has locks.",
    errno.EMFILE: _MANY,
    errno.ENFILE: _MANY,
    errno.ENAMETOOLONG: _NAME,
    errno.ELOOP: _NAME,
}
"""What a user can do about errors that only the system or a disk can have, wherever one is met."""
