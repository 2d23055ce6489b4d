"""Plan of an environment: its folder, packages, and their sizes."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable

from qgis.core import QgsApplication

from gac_qgis_plugin.core import paths, processes
from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.core.problems import PluginError, redacted
from gac_qgis_plugin.core.processes import ProcessResult
from gac_qgis_plugin.core.settings import PluginSettings

MAX_PATH_WINDOWS = 100
"""Maximum characters of the environment's path: the libraries need some 150 of Windows's 260."""

_ENTRY = re.compile(
    r"([A-Za-z0-9][\w.-]*)(?:\[[^]]*\])?==([^\s;\\]+)\s*(?:;\s*([^\\]*?))?\s*(?:\\|$)"
)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_FILE = re.compile(r"worker-py3(\d+)\.txt")

FILE = "sizes.json"
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


def python_in(home: Path) -> Path:
    """Return the path of an environment's Python, which may not exist."""
    if sys.platform == "win32":
        return home / "Scripts" / "python.exe"
    return home / "bin" / "python"


def packages_in(home: Path) -> Path | None:
    """Return an environment's site-packages folder, or None."""
    folders = sorted([*home.glob("lib/python3.*/site-packages"), *home.glob("Lib/site-packages")])
    return folders[0] if folders else None


@dataclass(frozen=True)
class Requirement:
    """A required package.

    Attributes:
        name: Normalised name, see `normalised`.
        version: The exact version.
        marker: Environment marker of the systems that need it; empty: all.
        hashes: SHA-256 of the accepted files, in hexadecimal.
        text: The entry in pip's syntax.
    """

    name: str
    version: str
    marker: str
    hashes: frozenset[str]
    text: str


def normalised(name: str) -> str:
    """Return a package's name in normalised form (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def read(path: Path) -> list[Requirement]:
    """Read the entries of a resolved file."""
    entries = []
    for text in re.split(r"\n(?=\S)", path.read_text(encoding="utf-8")):
        entry = _ENTRY.match(text)
        if entry is not None:
            name, version, marker = entry.groups()
            hashes = frozenset(_HASH.findall(text))
            entries.append(
                Requirement(normalised(name), version, marker or "", hashes, text.rstrip())
            )
    return entries


def fingerprint(path: Path) -> str:
    """Return a hash that identifies a resolved file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def requirements_folder() -> Path:
    """Return the folder of the resolved files, in a checkout or an installed plugin."""
    return paths.engine_root() / "requirements"


def file_for(minor: int, place: Path | None = None) -> Path:
    """Return the path of the file for Python 3.`minor`, which may not exist."""
    return (place or requirements_folder()) / f"worker-py3{minor}.txt"


def supported(place: Path | None = None) -> list[int]:
    """Return the minor versions of Python 3 that have a file, in order."""
    names = [
        _FILE.fullmatch(path.name)
        for path in (place or requirements_folder()).glob("worker-py3*.txt")
    ]
    return sorted(int(match[1]) for match in names if match)


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
        path = (folder or requirements_folder()) / FILE
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


@dataclass(frozen=True)
class Plan:
    """An environment to build.

    Attributes:
        home: Its folder.
        python: The base Python.
        version: That Python's version.
        requirements: The file of resolved requirements.
        variables: Environment variables of the processes, proxy included.
        sizes: Sizes of packages.
        self_test: Arguments for its Python that must succeed when it is complete.
        self_test_variables: Environment variables for that.
        wheels: A folder to install from; None: the package index.
        certificates: Certificates that QGIS trusts, if more than the system's.
        gac: GAC's version.
    """

    home: Path
    python: Path
    version: tuple[int, int, int]
    requirements: Path
    variables: dict[str, str]
    sizes: Sizes
    self_test: tuple[str, ...]
    self_test_variables: dict[str, str] = field(default_factory=dict)
    wheels: Path | None = None
    certificates: bytes = b""
    gac: str = ""


class Site:
    """Working folder of a build, and the programs run in it.

    Attributes:
        plan: The plan.
        work: The working folder.
        downloads: Folder of downloaded packages.
        tools: Build tools of other packages; not part of the environment.
        temporary: The programs' temporary folder.
        variables: The programs' environment variables.
        is_cancelled: Returns True once the user has cancelled.
    """

    def __init__(self, plan: Plan, is_cancelled: Callable[[], bool]) -> None:
        self.plan = plan
        self.work = work_folder(plan.home)
        self.downloads = self.work / "downloads"
        self.tools = self.work / "tools"
        self.temporary = self.work / "tmp"
        self.is_cancelled = is_cancelled
        self.variables = {
            **plan.variables,
            **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(self.temporary)),
            "PYTHONPATH": str(self.tools),
        }

    def run(
        self,
        program: Path,
        arguments: list[str],
        *,
        on_line: Callable[[str], object] = processes.ignore,
        on_tick: Callable[[], object] = processes.ignore,
        limit_s: float | None = None,
    ) -> ProcessResult:
        """Run a program to its end, as `processes.run`, and append its output to the build log."""
        result = processes.run(
            program,
            arguments,
            self.variables,
            on_line=on_line,
            on_tick=on_tick,
            is_cancelled=self.is_cancelled,
            limit_s=limit_s,
        )
        with (self.work / "log.txt").open("a", encoding="utf-8") as log:
            log.write(f"{redacted(result.output)}\n")
        return result
