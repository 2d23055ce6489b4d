"""Exceptions with messages for users."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator

from .message import Message, join
from .redaction import redacted_text


class GacError(Exception):
    """An error that a user can understand and act on.

    Attributes:
        message: The problem and the input that has it, a `Message` without secrets of an address.
        remedy: Suggested action, likewise; may be empty.
        code: Short stable identifier of the kind of error, for programs.
        problem: Short stable identifier of the very problem, such as `polarisation-missing`, which
            does not change with the wording (docs/errors.md).
    """

    code = "error"

    def __init__(self, message: str, remedy: str = "", *, problem: str = "") -> None:
        self.problem = problem
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


class DeviceLost(DeviceError):
    """A GPU that this process can no longer use: it must be started anew."""


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
        super().__init__(Message("The run was cancelled."), problem="cancelled")
        self.keep = keep


def as_user_error(error: Exception) -> Exception:
    """Return errors that any part of a run can meet as a `GacError`, any other unchanged.

    Python and PyTorch report a failed allocation each in its own way; the system's refusals
    (`OSError`) may come with any file.
    """
    if isinstance(error, GacError):
        return error
    memory = exhausted_memory(error)
    if memory == "gpu":
        return DeviceError(
            Message("The GPU ran out of memory."),
            Message(
                "Close what else uses the GPU, choose a smaller bundle, or compute on "
                "the processor."
            ),
            problem="gpu-memory-exhausted",
        )
    if memory:
        return GacError(
            Message("The computer ran out of memory."),
            Message("Close other programs, choose a smaller bundle, or a smaller extent."),
            problem="memory-exhausted",
        )
    if is_device_lost(error):
        return DeviceLost(
            Message("The GPU stopped computing: {}.", str(error).splitlines()[0]),
            Message(
                "Run again, so that GAC starts a new process for it. If it happens "
                "again, update the GPU's driver or compute on the processor."
            ),
            problem="gpu-lost",
        )
    text = str(error).lower()
    if isinstance(error, ValueError) and "null byte" in text:
        return RequestError(
            Message("The path contains a null byte."),
            Message("Give another path."),
            problem="path-with-null-byte",
        )
    if isinstance(error, OSError) and error.errno in SYSTEM_PROBLEMS:
        kind = DiskFull if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) else OutputError
        where = "" if error.filename is None else f"{error.filename}: "
        problem, remedy = SYSTEM_PROBLEMS[error.errno]
        return kind(f"{where}{error.strerror}.", remedy, problem=problem)
    return error


def is_out_of_memory(error: BaseException) -> bool:
    """Return whether memory, of the GPU or the computer, did not suffice."""
    return exhausted_memory(error) != ""


def exhausted_memory(error: BaseException) -> str:
    """Return the memory that did not suffice: `gpu`, `main`, or an empty string for neither.

    An error counts too if its cause says so. Libraries report it in ways of their own: CUDA's need
    memory for their handles that PyTorch's allocator does not know of, and fail with plain
    `RuntimeError`s.
    """
    for link in _causes(error):
        names = {kind.__name__ for kind in type(link).__mro__}
        if isinstance(link, MemoryError) or "CPLE_OutOfMemoryError" in names:  # rasterio, of GDAL
            return "main"
        if isinstance(link, OSError):
            if link.errno == errno.ENOMEM or getattr(link, "winerror", None) in _WINDOWS_MEMORY:
                return "main"
        elif _has_phrase(link, _MAIN_MEMORY):
            return "main"
        elif "OutOfMemoryError" in names or _has_phrase(link, _GPU_MEMORY):
            return "gpu"
    return ""


def is_device_lost(error: BaseException) -> bool:
    """Return whether no further computation on the GPU can succeed in this process.

    CUDA reports such an error again to every later call, until the process ends.
    """
    return not is_out_of_memory(error) and any(
        isinstance(link, DeviceLost) or _has_phrase(link, _LOST) for link in _causes(error)
    )


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error, its cause, the cause's cause and so on."""
    seen: list[BaseException] = []
    while error is not None and error not in seen:
        seen.append(error)
        yield error
        error = error.__cause__


def _has_phrase(error: BaseException, phrases: re.Pattern[str]) -> bool:
    """Return whether a library's own error has a phrase; others may quote a file's name."""
    is_library = isinstance(error, RuntimeError) or type(error) is Exception
    return (is_library or type(error).__name__.startswith("CPLE_")) and bool(
        phrases.search(str(error))
    )


_WINDOWS_MEMORY = frozenset({8, 14, 1455})
"""`ERROR_NOT_ENOUGH_MEMORY`, `ERROR_OUTOFMEMORY`, `ERROR_COMMITMENT_LIMIT` (the paging file)."""

_MAIN_MEMORY = re.compile(
    # PyTorch on Linux and on Windows, C++, cuDNN.
    r"DefaultCPUAllocator: (can't allocate|not enough) memory"
    r"|not enough memory: you tried to allocate"
    r"|std::bad_alloc|^bad allocation$|_HOST_ALLOCATION_FAILED"
    # Files mapped into memory.
    r"|^cannot allocate memory$|cannot allocate memory \(12\)|\[Errno 12\]"
    r"|\(os error (12|1455)\)|error code: <1455>"
    # GDAL.
    r"|\bout of memory allocating\b|\bcannot allocate \d+ bytes\b"
    r"|\b(VSI|CPL)_?(M|C|Re)alloc\w*\(.*(memory|allocate)",
    re.IGNORECASE,
)

_GPU_MEMORY = re.compile(
    r"\b(CUDA|HIP|XPU|MPS)\b.{0,30}\bout of memory\b"
    r"|\bcudaErrorMemoryAllocation\b|\bCUDA_ERROR_OUT_OF_MEMORY\b|\bhipErrorOutOfMemory\b"
    r"|\b(CU|HIP)(BLAS|SOLVER)_STATUS_(ALLOC_FAILED|NOT_INITIALIZED)\b"
    r"|\brocblas_status_memory_error\b|\bmiopenStatusAllocFailed\b"
    r"|\bCUDNN_STATUS_(ALLOC_FAILED|NOT_INITIALIZED|INTERNAL_ERROR_DEVICE_ALLOCATION_FAILED)\b"
    r"|unable to find a valid cuDNN algorithm|GET was unable to find an engine to execute"
    r"|\bError out of memory at line \d+",  # bitsandbytes
    re.IGNORECASE,
)
"""Phrases of PyTorch, of CUDA's and ROCm's libraries and of bitsandbytes. The handles of cuBLAS and
cuDNN are made at their first use: where that fails on a GPU that has computed, its memory is full.
"""

_LOST = re.compile(
    r"illegal memory access|device-side assert|unspecified launch failure"
    r"|launch timed out and was terminated|illegal instruction was encountered"
    r"|misaligned address|invalid program counter|hardware stack error"
    r"|uncorrectable (ECC|NVLink) error|(CUDA|HIP) error: unknown error",
    re.IGNORECASE,
)
"""Phrases of errors that leave CUDA's context of no use. Windows ends a computation that keeps the
GPU for more than two seconds: "the launch timed out".
"""

_ROOM = Message("Free some space, or choose another folder.")
_RIGHTS = Message("Check that you may read and write there, or choose another folder.")
_DISK = Message("Check that the disk, or the network that leads to it, works; then run again.")
_MANY = Message("Close other programs, or raise the system's limit of open files (ulimit -n).")
_NAME = Message("Choose a folder with a shorter path and without links in a circle.")

SYSTEM_PROBLEMS = {
    errno.ENOSPC: ("disk-full", _ROOM),
    errno.EDQUOT: ("file-size-limit", _ROOM),
    errno.EFBIG: ("file-size-limit", _ROOM),
    errno.EACCES: ("permission-denied", _RIGHTS),
    errno.EPERM: ("permission-denied", _RIGHTS),
    errno.EROFS: ("disk-read-only", _RIGHTS),
    errno.EIO: ("disk-failing", _DISK),
    errno.ESTALE: ("disk-failing", _DISK),
    errno.ENXIO: ("disk-failing", _DISK),
    errno.ENODEV: ("disk-failing", _DISK),
    errno.ENOTCONN: ("disk-failing", _DISK),
    errno.ETIMEDOUT: ("disk-failing", _DISK),
    errno.ENOLCK: (
        "locks-not-supported",
        Message("Choose an output folder on a disk whose file system has locks."),
    ),
    errno.EMFILE: ("too-many-open-files", _MANY),
    errno.ENFILE: ("too-many-open-files", _MANY),
    errno.ENAMETOOLONG: ("path-too-long", _NAME),
    errno.ELOOP: ("links-in-a-circle", _NAME),
}
"""By the system's number: the problem and its remedy, for errors that only the system or a disk can
have, wherever one is met.
"""
