"""Plan of an environment: its folders, packages, and their sizes."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable

from qgis.core import QgsApplication

from gac_qgis_plugin.core import paths
from gac_qgis_plugin.core.i18n import Number, tr
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.core.settings import PluginSettings
from gac_qgis_plugin.environment.requirements import CPU, INDEX, TORCH_SIZES, Requirement

_FILE = re.compile(r"worker-py3(\d+)\.txt")
UV_FILE = "bootstrap.txt"
"""The resolved file that pins uv."""
BEST = (11, 12, 13)
"""Minor versions of Python 3, the best tested first."""

UNKNOWN = (2_000_000, 8_000_000)
"""Bytes assumed for a package that was not measured."""
MARGIN = 300_000_000
GB = 1e9

ProgressCallback = Callable[[float, str], object]
"""Callback for progress in percent, and its label."""


def managed_home(settings: PluginSettings | None = None) -> Path:
    """Return the folder of the environment that the plugin itself builds and checks."""
    folder = (settings or PluginSettings.load()).environment_folder
    return Path(folder) if folder else Path(QgsApplication.qgisSettingsDirPath()) / "gac" / "env"


def work_folder(home: Path) -> Path:
    """Return the working folder for building an environment; it is removed on completion."""
    return home.with_name(f"{home.name}-work")


def tools_folder(home: Path) -> Path:
    """Return the folder of uv, its cache and its Pythons, which the environment is linked to."""
    return home.with_name(f"{home.name}-uv")


def folders_of(home: Path) -> tuple[Path, ...]:
    """Return all folders of an environment, which may not exist."""
    return home, work_folder(home), tools_folder(home)


def python_in(home: Path) -> Path:
    """Return the path of an environment's Python, which may not exist."""
    if sys.platform == "win32":
        return home / "Scripts" / "python.exe"
    return home / "bin" / "python"


def packages_in(home: Path) -> Path | None:
    """Return an environment's site-packages folder, or None."""
    folders = sorted([*home.glob("lib/python3.*/site-packages"), *home.glob("Lib/site-packages")])
    return folders[0] if folders else None


def requirements_folder() -> Path:
    """Return the folder of the resolved files, in a checkout or an installed plugin."""
    return paths.engine_root() / "requirements"


def file_for(minor: int, place: Path | None = None) -> Path:
    """Return the path of the file for Python 3.`minor`, which may not exist."""
    return (place or requirements_folder()) / f"worker-py3{minor}.txt"


def minors(place: Path | None = None) -> list[int]:
    """Return the minor versions of Python 3 that have a file, the best tested first."""
    names = [
        _FILE.fullmatch(path.name)
        for path in (place or requirements_folder()).glob("worker-py3*.txt")
    ]
    rank = {minor: place for place, minor in enumerate(BEST)}
    return sorted(
        (int(match[1]) for match in names if match),
        key=lambda minor: (rank.get(minor, len(rank)), minor),
    )


class Sizes:
    """Bytes by package of a resolved file, measured on Linux (scripts/package_sizes.py).

    Args:
        table: Bytes to download and installed, by name.
    """

    def __init__(self, table: dict[str, tuple[int, int]]) -> None:
        self._table = table

    @classmethod
    def load(cls, minor: int, place: Path | None = None) -> Sizes:
        """Load the sizes measured for Python 3.`minor`; empty if the file does not exist."""
        path = (place or requirements_folder()) / f"sizes-py3{minor}.json"
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


def estimate(wanted: Iterable[Requirement], sizes: Sizes, build: str) -> tuple[int, int]:
    """Return the approximate bytes to download, and installed, with a PyTorch build."""
    entries = list(wanted)
    if build == INDEX and sys.platform == "linux":
        return sizes.total(each.name for each in entries)
    fetched, installed = sizes.total(each.name for each in entries if not each.is_of_torch)
    # On other systems than Linux the package index has PyTorch for processors only.
    own = TORCH_SIZES[CPU if build == INDEX else build]
    return fetched + own[0], installed + own[1]


def likely(wanted: Iterable[Requirement], minor: int) -> list[Requirement]:
    """Return the packages that this system will probably need, without asking its Python.

    For the display of sizes only; uv's own evaluation of the markers decides what is installed.
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
               "another folder.").format(Number((needed + MARGIN) / GB), Number(free / GB)),
            problem="environment-space-short",
        )  # fmt: skip


def size_of(paths: Iterable[Path]) -> int:
    """Return the bytes of files and of folders' contents, each file once, not following links."""
    total = 0
    linked: set[tuple[int, int]] = set()
    for path in paths:
        folders = os.walk(path) if path.is_dir() and not path.is_symlink() else ()
        files = (Path(folder, name) for folder, _, names in folders for name in names)
        for file in files if folders else (path,):
            with suppress(OSError):
                state = file.lstat()
                key = (state.st_dev, state.st_ino)
                total += 0 if key in linked else state.st_size
                if state.st_nlink > 1:
                    linked.add(key)
    return total


def free_bytes(path: Path) -> int:
    """Return the free space on the disk of a folder, which may not exist yet."""
    while not path.exists() and path != path.parent:
        path = path.parent
    return shutil.disk_usage(path).free


@dataclass(frozen=True)
class Plan:
    """An environment to build.

    Attributes:
        home: Its folder.
        requirements: The folder of the resolved files.
        variables: Environment variables of the processes, proxy included.
        self_test: Arguments for its Python that must succeed when it is complete.
        self_test_variables: Environment variables for that.
        build: Name of the PyTorch build, a key of `requirements.BACKENDS`.
        needs_gpu: True if a computation on the GPU must succeed too.
        python: The base Python that the user named; None: uv finds or brings one.
        wheels: A folder to install from; None: the package index.
        certificates: Certificates that QGIS trusts, if more than the system's.
        gac: GAC's version.
    """

    home: Path
    requirements: Path
    variables: dict[str, str]
    self_test: tuple[str, ...]
    self_test_variables: dict[str, str] = field(default_factory=dict)
    build: str = INDEX
    needs_gpu: bool = False
    python: Path | None = None
    wheels: Path | None = None
    certificates: bytes = b""
    gac: str = ""
