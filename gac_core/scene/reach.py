"""Whether a path leads to something that can be read to an end: asked before GDAL opens it."""

from __future__ import annotations

import stat
from pathlib import Path

from gac_core.errors import SceneError

KEYBOARD = "/vsistdin"
"""GDAL's name for what comes into the process: to the worker these are its own orders."""


def require_reachable(path: str) -> None:
    """Refuses what would be waited for without end, and a path that is none.

    A pipe has no end until somebody writes it, a device such as `/dev/zero` none at all.

    Raises:
        SceneError: For a pipe, a socket, a device, standard input, or an empty path.
    """
    if not path.strip():
        raise SceneError(f"{path!r} is no radar file.", "Choose the radar file.")
    if is_endless(path):
        raise SceneError(
            f"The radar file {path} is no file but a pipe or a device.",
            "Save what comes out of it as a GeoTIFF, and give that.",
        )


def is_endless(path: str) -> bool:
    """Whether reading a path might never come to an end."""
    return KEYBOARD in path or _kind(path) not in (stat.S_IFREG, stat.S_IFDIR, 0)


def expanded(path: str) -> Path:
    """Return a path with the user's own folder for `~`; as it stands where that is nobody's."""
    try:
        return Path(path).expanduser()
    except RuntimeError:
        return Path(path)


def is_file(path: Path) -> bool:
    """Return whether a file lies at a path of whatever length."""
    return _kind(str(path)) == stat.S_IFREG


def exists(path: str) -> bool:
    """Whether anything lies at a path; unlike pathlib's, it takes names of any length."""
    return _kind(path) != 0


def is_folder(path: str) -> bool:
    """Whether a folder lies at a path of whatever length."""
    return _kind(path) == stat.S_IFDIR


def is_link(path: str) -> bool:
    """Whether a symbolic link lies at a path of whatever length."""
    return _kind(path, follow=False) == stat.S_IFLNK


def _kind(path: str, *, follow: bool = True) -> int:
    """`stat.S_IF…` of what lies at a path of this computer; 0 where nothing does."""
    try:
        return stat.S_IFMT(Path(path).stat(follow_symlinks=follow).st_mode)
    except (OSError, ValueError):
        return 0
