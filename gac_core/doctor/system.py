"""Check of the machine: versions, memory, disk."""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
from pathlib import Path

from gac_core import __version__
from gac_core.doctor.finding import NOTE, OK, Finding, Tell

GIB = 2**30
LITTLE_MEMORY = 3.0
LITTLE_DISK = 2.0
"""GiB below which even a small run of the demo bundle may fail."""

KNOWN = ((3, 11), (3, 13))
"""Oldest and newest Python for which the libraries' versions are pinned."""


def examine(tell: Tell) -> None:
    """Report on the machine; nothing here certainly prevents a run."""
    tell(Finding("system", "GAC", OK, f"{__version__} in {Path(__file__).parents[2]}"))
    tell(_python())
    tell(Finding("system", "System", OK, f"{platform.platform()}, {os.cpu_count()} processors"))
    tell(_memory())
    for name, folder in (("home", Path.home()), ("temporary", Path(tempfile.gettempdir()))):
        tell(_disk(name, folder))


def _python() -> Finding:
    text = f"{platform.python_version()} ({sys.executable})"
    major, minor, _ = platform.python_version_tuple()
    oldest, newest = KNOWN
    if oldest <= (int(major), int(minor)) <= newest:
        return Finding("system", "Python", OK, text)
    return Finding(
        "system", "Python", NOTE, f"{text}: GAC's libraries are known to work with 3.11 to 3.13"
    )


def _memory() -> Finding:
    try:
        import psutil
    except ImportError:
        # The check of the packages reports it.
        return Finding("system", "Memory", NOTE, "unknown (psutil is missing)")
    memory = psutil.virtual_memory()
    text = f"{memory.available / GIB:.1f} of {memory.total / GIB:.1f} GiB free"
    if memory.available < LITTLE_MEMORY * GIB:
        remedy = "Close other programs before a run, or choose a small extent."
        return Finding("system", "Memory", NOTE, text, remedy)
    return Finding("system", "Memory", OK, text)


def _disk(name: str, folder: Path) -> Finding:
    title = f"Disk ({name})"
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return Finding("system", title, NOTE, f"{folder}: {error}")
    text = f"{free / GIB:.1f} GiB free in {folder}"
    if free < LITTLE_DISK * GIB:
        return Finding("system", title, NOTE, text, "Make room before a run.")
    return Finding("system", title, OK, text)
