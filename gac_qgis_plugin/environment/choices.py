"""Choices for an environment before anything is installed: Pythons, PyTorch, sizes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qgis.PyQt.QtCore import QProcessEnvironment

from gac_qgis_plugin.core import paths, processes
from gac_qgis_plugin.environment import plan
from gac_qgis_plugin.environment.machine import (
    Gpu,
    Python,
    Torch,
    choose,
    cuda_of,
    find,
    find_gpus,
    probe,
)
from gac_qgis_plugin.environment.plan import Plan, Sizes
from gac_qgis_plugin.worker.engine import clean_environment

SELF_TEST = ("-m", "gac_core.doctor", "--quick")


@dataclass(frozen=True)
class HostSettings:
    """Settings of QGIS and the system, read once on the main thread.

    Attributes:
        variables: Environment variables for Pythons, without those of QGIS.
        proxy: Variables for QGIS's proxy.
        certificates: Certificates that QGIS trusts in addition to the system's; empty: none.
    """

    variables: dict[str, str]
    proxy: dict[str, str]
    certificates: bytes


@dataclass(frozen=True)
class Hardware:
    """Pythons and GPUs of this machine.

    Attributes:
        pythons: The Pythons, the best first.
        gpus: The NVIDIA GPUs.
    """

    pythons: list[Python]
    gpus: list[Gpu]


@dataclass(frozen=True)
class Cost:
    """Cost of building an environment.

    Attributes:
        packages: Number of packages.
        fetched: Approximate bytes to download.
        installed: Approximate bytes on the disk.
        free: Bytes free there.
        torch: The PyTorch build, and why.
    """

    packages: int
    fetched: int
    installed: int
    free: int
    torch: Torch


def host_settings() -> HostSettings:
    """Read the settings of QGIS and the system; for the main thread."""
    system = QProcessEnvironment.systemEnvironment()
    environment = {name: system.value(name) for name in list(system.keys())}
    variables = clean_environment(environment, paths.engine_root())
    # These are for the worker: here they would put the engine before a Python's own modules.
    for name in ("PYTHONPATH", "PYTHONSAFEPATH"):
        variables.pop(name, None)
    return HostSettings(variables, processes.proxy_variables(), processes.own_certificates())


def detect_hardware(host: HostSettings) -> Hardware:
    """Detect this machine's Pythons and GPUs; takes seconds, so not for the main thread."""
    supported = plan.supported()
    return Hardware(find(host.variables, supported), find_gpus(host.variables))


def probe_python(host: HostSettings, path: Path) -> Python:
    """Return the Python chosen by the user."""
    return probe(path, host.variables, plan.supported())


def estimate_cost(python: Python, hardware: Hardware, home: Path) -> Cost:
    """Return the cost of building an environment with a Python."""
    minor = python.version[1]
    entries = plan.read(plan.file_for(minor))
    likely = plan.likely(entries, minor)
    fetched, installed = Sizes.load().total(each.name for each in likely)
    torch = choose(hardware.gpus, cuda_of(likely))
    return Cost(len(likely), fetched, installed, plan.free_bytes(home), torch)


def plan_for(python: Python, home: Path, wheels: Path | None, host: HostSettings, gac: str) -> Plan:
    """Return the plan for the user's choices."""
    root = paths.engine_root()
    return Plan(
        home=home,
        python=python.path,
        version=python.version,
        requirements=plan.file_for(python.version[1]),
        variables={**host.variables, **host.proxy},
        sizes=Sizes.load(),
        self_test=SELF_TEST,
        self_test_variables=clean_environment(host.variables, root),
        wheels=wheels,
        certificates=host.certificates,
        gac=gac,
    )
