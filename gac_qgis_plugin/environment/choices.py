"""Choices for an environment before anything is installed: PyTorch's build, Python, sizes."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from qgis.PyQt.QtCore import QProcessEnvironment

from gac_qgis_plugin.core import paths, processes
from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.environment import plan
from gac_qgis_plugin.environment.installer import MIRROR, UV_VARIABLES
from gac_qgis_plugin.environment.machine import (
    Gpu,
    Torch,
    choose,
    cuda_of,
    find_amd,
    find_gpus,
    has_intel,
)
from gac_qgis_plugin.environment.plan import Plan, Sizes
from gac_qgis_plugin.environment.requirements import CPU, CUDA12, CUDA13, CUDA126, INDEX, ROCM, read
from gac_qgis_plugin.environment.state import Marker
from gac_qgis_plugin.worker.engine import clean_environment

SELF_TEST = ("-m", "gac_core.doctor", "--quick")


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
