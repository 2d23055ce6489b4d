"""Process settings that must be made before PyTorch is loaded."""

from __future__ import annotations

import atexit
import os
import shutil
import stat
import tempfile

from gac_core.contract.layout import compiled_folder
from gac_core.heap import tidy_heap

_CACHE = "TORCHINDUCTOR_CACHE_DIR"


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
    tidy_heap()


def _private_folder() -> str | None:
    """Return PyTorch's folder for what it compiles, which it loads and runs unasked.

    By itself it takes one of a fixed name among the temporary files, which any user of the computer
    may have made before.
    """
    try:
        folder = compiled_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        state = folder.lstat()
        is_ours = os.name != "posix" or (
            state.st_uid == os.geteuid() and not state.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
        )
        if is_ours and stat.S_ISDIR(state.st_mode):
            return str(folder)
    except (OSError, RuntimeError):
        pass  # no home, or none that can be written to
    try:
        path = tempfile.mkdtemp(prefix="gac-torch-")
    except OSError:
        return None  # nor can anybody else put one there
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    return path
