"""Validation of file names in cards and parts: inside their folder and portable."""

from __future__ import annotations

import re
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

LONGEST = 150
"""Maximum characters of a name with its folders; Windows allows 260 for the whole path."""

LONGEST_REPOSITORY = 96
"""Maximum characters of a repository's name including its owner."""

RESERVED = frozenset(
    {"bundle.json", "part.json", "known-hashes.json", "verified.json", "models.json", "lock"}
)
"""File names of GAC's own records, which cards may not use."""

_PORTABLE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,79}")
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names that Windows reserves for devices, with any extension."""


_FOLDERS = re.compile(
    r"(?<![\w.:/\\-])(?:[A-Za-z]:|~)?[/\\][^\s'\"]*?([^\s'\"/\\]+)[/\\]?(?=[\s'\"]|$)"
)
"""A full path in a text; the group is its last component."""


def without_folders(text: str) -> str:
    """Return a text such as a command line with full paths reduced to names, safe to publish."""
    return _FOLDERS.sub(r"\1", text)


def is_inside(name: Any) -> bool:
    """Return whether a name stays within the folder that it is relative to, on any system.

    Raises:
        ValueError: If it is not a string.
    """
    if not isinstance(name, str):
        raise ValueError(f"{name!r} is no file name")
    for path in (PurePosixPath(name), PureWindowsPath(name)):
        if path.is_absolute() or path.drive or ".." in path.parts:
            return False
    return bool(name.strip())


def is_plain(name: str) -> bool:
    """Return whether a name without folders is valid for a file or folder on any system."""
    return bool(
        _PORTABLE.fullmatch(name) and not name.endswith(".") and not _DEVICES.fullmatch(name)
    )


def is_portable(name: Any) -> bool:
    """Return whether a relative name stays in its folder, is valid on any system, and not reserved.

    Raises:
        ValueError: If it is not a string.
    """
    return (
        is_inside(name)
        and len(name) <= LONGEST
        and all(is_plain(part) for part in name.split("/"))
        and name.rpartition("/")[2].casefold() not in RESERVED
    )


def is_repository(name: Any) -> bool:
    """Return whether a name is valid for a Hugging Face repository and a folder on any system."""
    return (
        isinstance(name, str)
        and len(name) <= LONGEST_REPOSITORY
        and name.count("/") == 1
        and all(is_plain(part) and not part.endswith("-") for part in name.split("/"))
        and "--" not in name
        and ".." not in name
        and not name.endswith(".git")
    )


def printable(value: Any) -> str:
    """Return a value as text on one line, without control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in str(value)).split())
