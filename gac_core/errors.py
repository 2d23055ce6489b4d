"""What can go wrong, in words for the person who caused it or can cure it."""

from __future__ import annotations

from gac_core.redaction import redacted_text


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

    Python and PyTorch each have a word of their own for memory that is not there.
    """
    text = str(error).lower()
    if isinstance(error, MemoryError) or ("alloc" in text and "memory" in text):
        return GacError(
            "The computer ran out of memory.",
            "Close other programs, choose a smaller bundle, or a smaller extent.",
        )
    return error
