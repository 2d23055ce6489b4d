"""Choices for an environment before anything is installed: PyTorch's build, Python, sizes."""

from __future__ import annotations

import platform
import shutil
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

from qgis.PyQt.QtCore import QProcessEnvironment

from gac_qgis_plugin.core import paths, processes
from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.core.processes import ProcessResult
from gac_qgis_plugin.environment import plan
from gac_qgis_plugin.environment.installer import (
    ASK_LIMIT_S,
    MIRROR,
    UV,
    UV_VARIABLES,
    Site,
    allowed_variables,
    explain,
    own_variables,
)
from gac_qgis_plugin.environment.machine import (
    Gpu,
    Torch,
    choose,
    cuda_of,
    find_amd,
    find_gpus,
    has_intel,
)
from gac_qgis_plugin.environment.plan import Plan, Sizes, minors, tools_folder
from gac_qgis_plugin.environment.requirements import CPU, CUDA12, CUDA13, CUDA126, INDEX, ROCM, read
from gac_qgis_plugin.environment.state import Marker
from gac_qgis_plugin.worker.engine import clean_environment

SELF_TEST = ("-m", "gac_core.doctor", "--quick")

_VERSION = (
    "-I",
    "-c",
    "import sys, platform as p; print(p.python_implementation(), *sys.version_info[:2])",
)
_Ask = Callable[[tuple[str, ...]], ProcessResult]
"""Runs uv with some arguments."""


@dataclass(frozen=True)
class HostSettings:
    """Settings of QGIS and the system, read once on the main thread.

    Attributes:
        variables: Environment variables for programs, without those of QGIS.
        proxy: Variables for QGIS's proxy.
        certificates: Certificates that QGIS trusts in addition to the system's; empty: none.
    """

    variables: dict[str, str]
    proxy: dict[str, str]
    certificates: bytes


@dataclass(frozen=True)
class Hardware:
    """GPUs of this machine.

    Attributes:
        gpus: The NVIDIA GPUs.
        amd: Result of `machine.find_amd`.
        has_intel: Result of `machine.has_intel`.
    """

    gpus: list[Gpu]
    amd: list[int]
    has_intel: bool = False


@dataclass(frozen=True)
class Cost:
    """Cost of building an environment.

    Attributes:
        packages: Number of packages.
        fetched: Approximate bytes to download.
        installed: Approximate bytes on the disk.
        free: Bytes free there.
    """

    packages: int
    fetched: int
    installed: int
    free: int


def host_settings() -> HostSettings:
    """Read the settings of QGIS and the system; for the main thread."""
    system = QProcessEnvironment.systemEnvironment()
    environment = {name: system.value(name) for name in list(system.keys())}
    variables = clean_environment(environment, paths.engine_root())
    # These are for the worker: here they would put the engine before a Python's own modules.
    for name in ("PYTHONPATH", "PYTHONSAFEPATH"):
        variables.pop(name, None)
    own = {k: v for k, v in environment.items() if UV_VARIABLES.fullmatch(k) or k == MIRROR}
    return HostSettings(
        {**variables, **own}, processes.proxy_variables(), processes.own_certificates()
    )


def detect_hardware(host: HostSettings) -> Hardware:
    """Detect this machine's GPUs; takes seconds, so not for the main thread."""
    return Hardware(find_gpus(host.variables), find_amd(), has_intel())


def torch_builds(hardware: Hardware) -> list[Torch]:
    """Return the PyTorch builds for this machine, the proposed one first."""
    entries = read(plan.file_for(plan.minors()[0]))
    return choose(hardware.gpus, hardware.amd, cuda_of(entries), has_intel=hardware.has_intel)


def unused_gpu(marker: Marker | None, host: HostSettings, system: str = sys.platform) -> str:
    """Return the name of a GPU that an environment of an older version leaves unused, or "".

    Those took the package index's PyTorch, which has no CUDA on Windows. Takes seconds.
    """
    if marker is None or marker.build or system == "linux":
        return ""
    gpus = find_gpus(host.variables)
    proposed = choose(gpus, [], cuda_of(read(plan.file_for(plan.minors()[0]))), system)[0]
    return max(gpus, key=lambda gpu: gpu.memory_mib).name if proposed.device == "cuda" else ""


def build_title(torch: Torch) -> str:
    """Return the display name of a PyTorch build."""
    titles = {
        CPU: tr("for the processor"),
        CUDA13: tr("with CUDA 13, for NVIDIA"),
        CUDA12: tr("with CUDA 12, for NVIDIA"),
        CUDA126: tr("with CUDA 12.6, for older NVIDIA GPUs"),
        ROCM: tr("with ROCm, for AMD"),
    }
    return titles.get(torch.build, tr("the package index's"))


def estimate_cost(torch: Torch, home: Path, minor: int) -> Cost:
    """Return the cost of building an environment with a PyTorch build and Python 3.`minor`."""
    likely = plan.likely(read(plan.file_for(minor)), minor)
    fetched, installed = plan.estimate(likely, Sizes.load(minor), torch.build)
    if torch.build != INDEX:
        likely = [each for each in likely if each.name.startswith("torch") or not each.is_of_torch]
    return Cost(len(likely), fetched, installed, plan.free_bytes(home))


def plan_for(
    torch: Torch,
    home: Path,
    host: HostSettings,
    gac: str,
    *,
    wheels: Path | None = None,
    python: Path | None = None,
) -> Plan:
    """Return the plan for the user's choices."""
    root = paths.engine_root()
    return Plan(
        home=home,
        requirements=plan.requirements_folder(),
        variables={**host.variables, **host.proxy},
        self_test=SELF_TEST,
        self_test_variables=clean_environment(host.variables, root),
        build=torch.build,
        needs_gpu=torch.device == "cuda",
        python=python,
        wheels=wheels,
        certificates=host.certificates,
        gac=gac,
    )


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
