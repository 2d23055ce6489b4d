"""GAC's engine: Sentinel-1 radar in, three stages of generated Sentinel-2 out.

The package imports neither QGIS nor Qt, so that it runs wherever its wheels do: in the plugin's
worker process, on the command line, on a cluster node.
"""

import atexit
import os
import shutil
import stat
import tempfile
from pathlib import Path

from gac_core.heap import tidy_heap

__version__ = "0.1.0"

# Read when PyTorch loads OpenMP, so it must be set before. By default threads that wait for each
# other burn their core; on a machine that has other work too (QGIS draws, say) a small network then
# takes ten times as long. Asleep they cost next to nothing.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")


def _compiled() -> str | None:
    """Return PyTorch's folder for what it compiles, which it loads and runs unasked.

    By itself it takes one of a fixed name among the temporary files, which any user of the computer
    may have made before.
    """
    try:
        folder = Path.home() / ".cache" / "gac" / "torch"
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


if "TORCHINDUCTOR_CACHE_DIR" not in os.environ and (_folder := _compiled()):
    os.environ["TORCHINDUCTOR_CACHE_DIR"] = _folder

tidy_heap()
