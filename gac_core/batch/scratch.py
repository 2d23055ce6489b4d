"""The folder that Dask keeps its own files in: whoever writes into it has code run by workers.

Dask puts it before Python's own libraries in `sys.path`, and by itself takes one of a fixed name
in the folder for temporary files, which any user of the computer may have made before.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from gac_core.contract.errors import OutputError

PREFIX = ".gac-dask-"


@contextmanager
def scratch_folder(out: Path | None) -> Iterator[Path]:
    """Make a folder that only this user can reach, of a name that nobody can guess.

    It goes at the end. What a batch in the same output folder left, if it was killed, goes too.

    Args:
        out: The batch's output folder, which no other batch is at work in; None: there is none.

    Yields:
        The folder: among the temporary files, or else in the output folder.

    Raises:
        OutputError: If other users could put another folder in its place.
    """
    digest = hashlib.sha256(str(out and out.resolve()).encode()).hexdigest()[:12]
    prefix = f"{PREFIX}{digest}-"
    parents = [Path(tempfile.gettempdir()), *([out] if out else [])]
    for parent in parents if out else ():
        _sweep(parent, prefix)
    folder = _make(parents, prefix)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def is_private(folder: Path) -> bool:
    """Whether no other user can write into a folder or put another one in its place."""
    if os.name != "posix":
        # Folders of a user's are that user's there.
        return True
    try:
        resolved = folder.resolve(strict=True)
        return all(_is_ours(one.lstat()) for one in (resolved, *resolved.parents))
    except OSError:
        return False


def _is_ours(state: os.stat_result) -> bool:
    if not stat.S_ISDIR(state.st_mode) or state.st_uid not in (0, os.geteuid()):
        return False
    # There, nobody moves or removes what is another's, as in /tmp.
    if state.st_mode & stat.S_ISVTX:
        return True
    # What our own umask lets our group do is ours to let.
    others = stat.S_IWOTH | (0 if state.st_uid == os.geteuid() else stat.S_IWGRP)
    return not state.st_mode & others


def _make(parents: list[Path], prefix: str) -> Path:
    for parent in parents:
        if not is_private(parent):
            continue
        with suppress(OSError):
            folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
            state = folder.lstat()
            # Some file systems know no owners, or let everybody do everything.
            if os.name != "posix" or (_is_ours(state) and not state.st_mode & 0o077):
                return folder
            folder.rmdir()
    raise OutputError(
        f"Other users of this computer can write to {' and to '.join(map(str, parents))}, where "
        "Dask's own files would lie, and could have GAC's workers run their programs.",
        "Set TMPDIR to a folder that only you can write to.",
    )


def _sweep(parent: Path, prefix: str) -> None:
    """Remove what a killed batch left, if it is ours and no link."""
    for left in parent.glob(f"{prefix}*"):
        with suppress(OSError):
            state = left.lstat()
            if stat.S_ISDIR(state.st_mode) and _is_own(state):
                shutil.rmtree(left, ignore_errors=True)


def _is_own(state: os.stat_result) -> bool:
    return os.name != "posix" or state.st_uid == os.geteuid()
