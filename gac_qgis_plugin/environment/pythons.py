"""Discovery of Pythons for the worker's environment, with reasons why some are unfit."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gac_qgis_plugin.environment import processes
from gac_qgis_plugin.toolbelt.words import tr

PROBE_LIMIT_S = 20.0
BEST = (11, 12, 13)
"""Minor versions of Python 3, the best tested first."""

_MACHINES = ("x86_64", "amd64", "aarch64", "arm64")


@dataclass(frozen=True)
class Python:
    """A Python on this machine.

    Attributes:
        path: The program.
        version: Major, minor, patch; zeros if unknown.
        unfit: Why it is unsuitable, with a remedy; empty if it is suitable.
    """

    path: Path
    version: tuple[int, int, int]
    unfit: str = ""

    @property
    def title(self) -> str:
        """Display name."""
        return f"Python {'.'.join(map(str, self.version))} · {self.path}"


def find(variables: dict[str, str], supported: Iterable[int]) -> list[Python]:
    """Return this machine's suitable Pythons, the best first, followed by the unsuitable ones."""
    probed = [probe(path, variables, supported) for path in candidates(supported)]
    rank = {minor: place for place, minor in enumerate(BEST)}
    # A stable sort: among equals, the first found stays first.
    return sorted(probed, key=lambda p: (bool(p.unfit), rank.get(p.version[1], len(rank))))


def candidates(supported: Iterable[int]) -> list[Path]:
    """Return programs that may be a Python, each real one once, by the first name found."""
    programs: dict[Path, Path] = {}
    for path in (*_of_qgis(), *_of_system(supported), *_of_managers()):
        # Debian's /usr/bin/python3 is /usr/bin/python3.11, and pyenv's shims are not Pythons.
        if path.is_file() and "shims" not in path.parts:
            programs.setdefault(path.resolve(), path)
    return list(programs.values())


def probe(path: Path, variables: dict[str, str], supported: Iterable[int]) -> Python:
    """Query a Python's version and suitability; takes a tenth of a second."""
    ended = processes.run(
        path, ["-I", processes.helper("probe.py")], variables, limit_s=PROBE_LIMIT_S
    )
    try:
        report = json.loads(ended.output.splitlines()[-1])
        major, minor, patch = (int(part) for part in report["version"])
    except (ValueError, KeyError, IndexError, TypeError):
        return Python(path, (0, 0, 0), tr("It does not work as a Python."))
    return Python(path, (major, minor, patch), _why_unfit(report, minor, sorted(supported)))


def _why_unfit(told: dict[str, Any], minor: int, supported: list[int]) -> str:
    machine = str(told.get("machine", "")).lower()
    if told["version"][0] != 3 or minor not in supported:
        versions = ", ".join(f"3.{each}" for each in supported)
        return tr("GAC's libraries are known to work with Python {}.").format(versions)
    if told.get("implementation") != "CPython" or told.get("free_threaded"):
        return tr("PyTorch needs the ordinary CPython.")
    if told.get("bits") != 64 or machine not in _MACHINES:
        return tr("PyTorch needs a 64-bit system; this is {}.").format(machine)
    if sys.platform == "darwin" and machine == "x86_64":
        return tr("PyTorch is not made for Macs with Intel processors any more.")
    if not told.get("has_venv"):
        return tr(
            "It cannot make environments. On Debian and Ubuntu: sudo apt install python3.{}-venv"
        ).format(minor)
    return ""


def _of_qgis() -> Iterator[Path]:
    """Yield QGIS's own Python; its program is QGIS itself, so it is searched beside the library."""
    base = Path(sys.base_prefix)
    name = f"python3.{sys.version_info.minor}"
    yield from (base / "python.exe", base / "python3.exe", base / "bin" / name)
    yield Path(sys.executable).parent / "bin" / "python3"  # QGIS.app/Contents/MacOS


def _of_system(supported: Iterable[int]) -> Iterator[Path]:
    ending = ".exe" if sys.platform == "win32" else ""
    names = [f"python3.{m}" for m in BEST if m in set(supported)] + ["python3", "python"]
    folders = os.environ.get("PATH", "").split(os.pathsep)
    folders += ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin", "/opt/local/bin"]
    for folder in filter(None, folders):
        yield from (Path(folder) / f"{name}{ending}" for name in names)
    yield from _registered()
    frameworks = Path("/Library/Frameworks/Python.framework/Versions")
    yield from sorted(frameworks.glob("3.*/bin/python3"))


def _of_managers() -> Iterator[Path]:
    """Yield Pythons of pyenv, uv and the variants of conda."""
    home = Path.home()
    roots = [
        *sorted((home / ".pyenv" / "versions").glob("3.*")),
        *sorted((home / ".local" / "share" / "uv" / "python").glob("cpython-3.*")),
    ]
    names = ("miniconda3", "anaconda3", "miniforge3", "mambaforge", "micromamba")
    condas = [home / name for name in names] + [Path("/opt") / name for name in ("conda", *names)]
    if os.environ.get("CONDA_PREFIX"):
        condas.insert(0, Path(os.environ["CONDA_PREFIX"]))
    for conda in condas:
        roots += [conda, *sorted((conda / "envs").glob("*"))]
    for root in roots:
        yield from (root / "bin" / "python3", root / "python.exe")


def _registered() -> list[Path]:
    """Return Pythons in Windows's registry (PEP 514)."""
    programs: list[Path] = []
    if sys.platform == "win32":
        import winreg

        for top in (winreg.HKEY_CURRENT_USER, winreg.HKEY_LOCAL_MACHINE):
            for minor in BEST:
                key = rf"Software\Python\PythonCore\3.{minor}\InstallPath"
                with suppress(OSError):
                    programs.append(Path(winreg.QueryValue(top, key)) / "python.exe")
    return programs
