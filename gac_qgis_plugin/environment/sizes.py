"""Package sizes, downloaded and installed, and the check for disk space."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from gac_qgis_plugin.environment import requirements
from gac_qgis_plugin.environment.requirements import Requirement
from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.words import tr

FILE = "sizes.json"
UNKNOWN = (2_000_000, 8_000_000)
"""Bytes assumed for a package that was not measured."""

MARGIN = 300_000_000
GB = 1e9


class Sizes:
    """Bytes by package, measured on Linux with Python 3.11 (scripts/package_sizes.py).

    Args:
        table: Bytes to download and installed, by name.
    """

    def __init__(self, table: dict[str, tuple[int, int]]) -> None:
        self._table = table

    @classmethod
    def load(cls, folder: Path | None = None) -> Sizes:
        """Load the measured sizes; empty if the file does not exist."""
        path = (folder or requirements.folder()) / FILE
        if not path.is_file():
            return cls({})
        values = json.loads(path.read_text(encoding="utf-8"))
        return cls({name: (int(pair[0]), int(pair[1])) for name, pair in values.items()})

    def fetched(self, name: str) -> int:
        """Return the bytes to download."""
        return self._table.get(name, UNKNOWN)[0]

    def installed(self, name: str) -> int:
        """Return the bytes on the disk."""
        return self._table.get(name, UNKNOWN)[1]

    def total(self, names: Iterable[str]) -> tuple[int, int]:
        """Return the bytes to download, and installed."""
        packages = list(names)
        return sum(map(self.fetched, packages)), sum(map(self.installed, packages))


def likely(wanted: Iterable[Requirement], minor: int) -> list[Requirement]:
    """Return the packages that this system will probably need, without asking its Python.

    For the display of sizes only; pip's own evaluation of the markers decides what is installed.
    """
    others = {"linux", "win32", "darwin", "emscripten"} - {sys.platform}
    too_new = [f"python_full_version >= '3.{m}'" for m in range(minor + 1, 20)]
    too_old = [f"python_full_version < '3.{m}'" for m in range(8, minor + 1)]
    unfit = [f"sys_platform == '{name}'" for name in others] + too_new + too_old
    return [each for each in wanted if not any(text in each.marker for text in unfit)]


def check_room(home: Path, needed: int) -> None:
    """Check that the disk has enough space.

    Raises:
        PluginError: If it has not.
    """
    free = free_bytes(home)
    if free < needed + MARGIN:
        raise PluginError(
            tr("There is not enough room for the environment in {}.").format(home.parent),
            tr("It takes some {:.1f} GB while it is made, {:.1f} GB are free. Make room, or choose "
               "another folder.").format((needed + MARGIN) / GB, free / GB),
        )  # fmt: skip


def free_bytes(path: Path) -> int:
    """Return the free space on the disk of a folder, which may not exist yet."""
    while not path.exists() and path != path.parent:
        path = path.parent
    return shutil.disk_usage(path).free
