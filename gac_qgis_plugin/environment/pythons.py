"""The Python that an environment is made with."""

from __future__ import annotations

import platform
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from typing import Callable

from gac_qgis_plugin.core import processes
from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.core.processes import ProcessResult
from gac_qgis_plugin.environment.installer import (
    ASK_LIMIT_S,
    UV,
    Site,
    allowed_variables,
    explain,
    own_variables,
)
from gac_qgis_plugin.environment.plan import minors, tools_folder

_VERSION = (
    "-I",
    "-c",
    "import sys, platform as p; print(p.python_implementation(), *sys.version_info[:2])",
)
_Ask = Callable[[tuple[str, ...]], ProcessResult]
"""Runs uv with some arguments."""


def find_python(site: Site) -> tuple[Path, int]:
    """Find the environment's base Python, or let uv fetch one.

    Returns:
        Its path and its minor version.

    Raises:
        PluginError: If there is none, or if the named one is not fit.
    """
    supported = minors(site.plan.requirements)
    if site.plan.python is not None:
        return _named_python(site, site.plan.python, supported)

    def ask(words: tuple[str, ...]) -> ProcessResult:
        return site.run_uv(*words)

    for minor in supported:
        python = _find(ask, minor)
        if python is not None:
            return python, minor
    result = site.run_uv("python", "install", _request(supported[0]))
    python = _find(ask, supported[0]) if result.code == 0 else None
    if python is None:
        raise explain(tr("There is no Python for the environment."), result)
    return python, supported[0]


def likely_minor(home: Path, variables: dict[str, str], named: Path | None = None) -> int:
    """Return the minor version that `find_python` will probably come to; takes seconds.

    Nothing is fetched or written. Before uv is there, only Pythons on the PATH are seen.

    Args:
        home: The environment's folder.
        variables: Environment variables for programs.
        named: The base Python that the user named, if any.
    """
    supported = minors()
    if named is not None:
        minor = _minor(processes.run(named, _VERSION, variables, limit_s=ASK_LIMIT_S))
        return minor if minor in supported else supported[0]
    tools = tools_folder(home)
    search = variables.get("PATH")
    uv = str(tools / UV) if (tools / UV).is_file() else shutil.which(UV, path=search)
    if uv is None:
        paths = {minor: shutil.which(f"python3.{minor}", path=search) for minor in supported}
        # pyenv's shims are not Pythons.
        present = [minor for minor, path in paths.items() if path and "shims" not in path]
        return (present or supported)[0]
    own = {**allowed_variables(variables), **own_variables(tools)}

    def ask(words: tuple[str, ...]) -> ProcessResult:
        return processes.run(uv, words, own, limit_s=ASK_LIMIT_S)

    return next((minor for minor in supported if _find(ask, minor) is not None), supported[0])


def _request(minor: int) -> str:
    """Return uv's name for the ordinary CPython of this system, which PyTorch needs."""
    machine = platform.machine().lower().replace("arm64", "aarch64")
    if sys.platform == "win32":
        # PyTorch has no wheels for Windows on ARM, which runs these too.
        return f"cpython-3.{minor}-windows-x86_64-none"
    system, libc = ("macos", "none") if sys.platform == "darwin" else ("linux", "gnu")
    return f"cpython-3.{minor}-{system}-{machine}-{libc}"


def _find(ask: _Ask, minor: int) -> Path | None:
    result = ask(("python", "find", "--no-python-downloads", "--system", _request(minor)))
    path = Path((result.output.splitlines() or [""])[-1].strip())
    return path if result.code == 0 and path.is_file() else None


def _minor(result: ProcessResult) -> int:
    """Return the minor version of a CPython 3 by what it printed; 0 for anything else."""
    words = (result.output.splitlines() or [""])[-1].split()
    with suppress(ValueError):
        implementation, major, minor = words
        if (implementation, major) == ("CPython", "3"):
            return int(minor)
    return 0


def _named_python(site: Site, python: Path, supported: list[int]) -> tuple[Path, int]:
    result = site.run(python, list(_VERSION), limit_s=ASK_LIMIT_S)
    minor = _minor(result)
    if minor in supported:
        return python, minor
    versions = ", ".join(f"3.{each}" for each in supported)
    raise PluginError(
        tr("{} is not a Python that GAC's libraries work with.").format(python),
        tr("Name a CPython {}, or none: then one is found or fetched.").format(versions),
        result.output,
        problem="python-not-suitable",
    )
