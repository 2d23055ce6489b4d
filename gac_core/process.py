"""Settings of this process before PyTorch is loaded, and child processes that end with it."""

from __future__ import annotations

import atexit
import ctypes
import os
import shutil
import stat
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import Any, NoReturn

from gac_core.contract.layout import compiled_folder

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""`M_TRIM_THRESHOLD` and so on, of glibc's malloc.h."""
LARGE = 4 << 20
"""Size in bytes from which allocations are mapped separately, and returned to the system when
freed.
"""

_CACHE = "TORCHINDUCTOR_CACHE_DIR"


def configure_heap() -> None:
    """Make glibc return freed memory to the system; without effect for other C libraries.

    By default, glibc gives each thread its own heap, whose free memory other threads cannot use,
    and after the first large tensors are freed it keeps such allocations in a heap, where small
    long-lived ones fragment it. With parallel lanes, memory then grows from stage to stage, and
    with the area, by hundreds of megabytes of unused memory.
    """
    mallopt = _function("mallopt")
    # Another C library may have a function of that name with other parameters.
    if mallopt is not None:
        mallopt(_ARENA_MAX, 1)
        mallopt(_MMAP_THRESHOLD, LARGE)
        mallopt(_TRIM_THRESHOLD, 2 * LARGE)


def trim_heap() -> None:
    """Return free memory between allocations to the system."""
    malloc_trim = _function("malloc_trim")
    if malloc_trim is not None:
        malloc_trim(0)


class PeriodicTrim:
    """Periodic heap trimming, for loops that allocate and free large blocks.

    Long-lived allocations end up between short-lived ones and keep freed memory from being
    returned. Over a large area that is half a gigabyte. Trimming takes some 5 ms: hence the pause.
    """

    def __init__(self, pause: float = 0.25) -> None:
        self._pause, self._next = pause, 0.0

    def __call__(self) -> None:
        """Trim, unless the last time is less than the pause ago."""
        now = time.monotonic()
        if now >= self._next:
            trim_heap()
            self._next = now + self._pause


def leave(status: int) -> NoReturn:
    """End the process with an exit status.

    Once PyTorch is loaded, Python takes seconds to unload modules whose memory the system takes
    back anyway: the process ends without that, after functions registered with `atexit`.
    """
    if "torch" in sys.modules:
        atexit._run_exitfuncs()
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        os._exit(status)
    sys.exit(status)


def _function(name: str) -> Callable[..., int] | None:
    if not sys.platform.startswith("linux"):
        return None
    function: Callable[..., int] | None = getattr(ctypes.CDLL(None), name, None)
    return function


def prepare_process() -> None:
    """Make waiting threads sleep, keep compiled code private, return freed memory.

    Called by each package that loads PyTorch, since any of them may be imported first.
    """
    # Read when PyTorch loads OpenMP. By default waiting threads spin; on a machine with other load
    # (such as QGIS drawing) a small network then takes ten times as long. Sleeping costs next to
    # nothing.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    if _CACHE not in os.environ and (folder := _private_folder()):
        os.environ[_CACHE] = folder
    configure_heap()


def _private_folder() -> str | None:
    """Return a private folder for code compiled by PyTorch, which it loads and runs unasked.

    Its default is a folder of a fixed name among the temporary files, which any user of the
    computer may have created before.
    """
    try:
        folder = compiled_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.lstat()
        is_ours = sys.platform == "win32" or (
            status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
        )
        if is_ours and stat.S_ISDIR(status.st_mode):
            return str(folder)
    except (OSError, RuntimeError):
        pass  # no home, or none that can be written to
    try:
        path = tempfile.mkdtemp(prefix="gac-torch-")
    except OSError:
        return None  # nor can any other user create one
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    return path


def exit_with_parent(parent: int | None = None, interval: float = 1.0) -> None:
    """End this process soon after its parent has ended, in whatever way.

    Python's clean-up is skipped: code in it that waits for the parent would wait for ever.

    Args:
        parent: Process ID of the parent, if it may have ended before this call; None: it is alive.
        interval: Seconds between checks.
    """
    parent = os.getppid() if parent is None else parent
    threading.Thread(target=_watch, args=(parent, interval), daemon=True).start()


class ChildProcess(SpawnProcess):
    """Spawned process that ends with its parent, from the very start.

    Unpickling its task may take long: monitoring starts before that.
    """

    def __reduce__(self) -> tuple[Any, ...]:
        return _unpickle, (os.getpid(),), self.__dict__


class ChildContext(SpawnContext):
    """Multiprocessing context of such processes, for functions that take one."""

    Process = ChildProcess


def _unpickle(parent: int) -> ChildProcess:
    exit_with_parent(parent)
    return ChildProcess.__new__(ChildProcess)


def _watch(parent: int, interval: float) -> None:
    # The doctor imports this module in environments that lack a library.
    import psutil

    # Windows still reports the ID of a parent that has ended, and may reuse it later.
    try:
        process = psutil.Process(parent)
        while os.getppid() == parent and process.is_running():
            time.sleep(interval)
    except psutil.NoSuchProcess:
        pass
    os._exit(1)
