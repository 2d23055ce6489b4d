"""File names in cards and parts: what stays in its folder, and what every system can store."""

from __future__ import annotations

import re
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

LONGEST = 150
"""Characters of a name with its folders; Windows allows 260 for the whole path."""

LONGEST_REPOSITORY = 96
"""Characters of a repository's name with its owner's."""

RESERVED = frozenset(
    {"bundle.json", "part.json", "known-hashes.json", "verified.json", "models.json", "lock"}
)
"""Names that GAC's own records have; no card may name a file so."""

_PORTABLE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,79}")
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices, whatever their ending."""


_FOLDERS = re.compile(
    r"(?<![\w.:/\\-])(?:[A-Za-z]:|~)?[/\\][^\s'\"]*?([^\s'\"/\\]+)[/\\]?(?=[\s'\"]|$)"
)
"""A full path in a text; its last name is the group."""


def without_folders(text: str) -> str:
    """A text such as a command line with names instead of full paths: it may be passed on."""
    return _FOLDERS.sub(r"\1", text)


def is_inside(name: Any) -> bool:
    """Whether a name stays within the folder that it is relative to, on any system.

    Raises:
        ValueError: If it is no text.
    """
    if not isinstance(name, str):
        raise ValueError(f"{name!r} is no file name")
    for path in (PurePosixPath(name), PureWindowsPath(name)):
        if path.is_absolute() or path.drive or ".." in path.parts:
            return False
    return bool(name.strip())


def is_plain(name: str) -> bool:
    """Whether a file or folder of this name, in no folder of its own, can lie on any system."""
    return bool(
        _PORTABLE.fullmatch(name) and not name.endswith(".") and not _DEVICES.fullmatch(name)
    )


def is_portable(name: Any) -> bool:
    """Whether a name relative to a folder stays in it, can be stored on any system, and is free.

    Raises:
        ValueError: If it is no text.
    """
    return (
        is_inside(name)
        and len(name) <= LONGEST
        and all(is_plain(one) for one in name.split("/"))
        and name.rpartition("/")[2].casefold() not in RESERVED
    )


def is_repository(name: Any) -> bool:
    """Whether a name can be that of a repository on Hugging Face, and of a folder on any system."""
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
    """Return a value as text on one line, without what could steer a terminal."""
    return " ".join("".join(c if c.isprintable() else " " for c in str(value)).split())
