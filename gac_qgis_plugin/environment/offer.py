"""What can be offered on this machine before anything is installed: Pythons, PyTorch, sizes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qgis.PyQt.QtCore import QProcessEnvironment

from gac_qgis_plugin.environment import network, requirements, sizes
from gac_qgis_plugin.environment.hardware import Gpu, Torch, choose, cuda_of, find_gpus
from gac_qgis_plugin.environment.plan import Plan
from gac_qgis_plugin.environment.pythons import Python, find, probe
from gac_qgis_plugin.environment.sizes import Sizes
from gac_qgis_plugin.toolbelt import paths
from gac_qgis_plugin.worker.launch import clean_environment

PROOF = ("-m", "gac_core.doctor", "--quick")


@dataclass(frozen=True)
class Surroundings:
    """What is read on the main thread, once.

    Attributes:
        variables: The environment for Pythons that shall know nothing of QGIS.
        proxy: Variables for QGIS's proxy.
        certificates: What QGIS trusts beyond the system; empty: nothing.
    """

    variables: dict[str, str]
    proxy: dict[str, str]
    certificates: bytes


@dataclass(frozen=True)
class Offer:
    """What this machine has.

    Attributes:
        pythons: The Pythons, the best first.
        gpus: The NVIDIA GPUs.
    """

    pythons: list[Python]
    gpus: list[Gpu]


@dataclass(frozen=True)
class Preview:
    """What making an environment means.

    Attributes:
        packages: How many.
        fetched: Bytes to fetch, about.
        installed: Bytes on the disk, about.
        free: Bytes free there.
        torch: Which PyTorch, and why.
    """

    packages: int
    fetched: int
    installed: int
    free: int
    torch: Torch


def surroundings() -> Surroundings:
    """What QGIS and the system set. For the main thread."""
    system = QProcessEnvironment.systemEnvironment()
    given = {name: system.value(name) for name in list(system.keys())}
    variables = clean_environment(given, paths.engine_root())
    # These are for the worker: here they would put the engine before a Python's own modules.
    for name in ("PYTHONPATH", "PYTHONSAFEPATH"):
        variables.pop(name, None)
    return Surroundings(variables, network.proxy_variables(), network.own_certificates())


def look_around(around: Surroundings) -> Offer:
    """Finds what this machine has; takes seconds, so not for the main thread."""
    supported = requirements.supported()
    return Offer(find(around.variables, supported), find_gpus(around.variables))


def named_python(around: Surroundings, path: Path) -> Python:
    """The Python that the user named."""
    return probe(path, around.variables, requirements.supported())


def preview(python: Python, offer: Offer, home: Path) -> Preview:
    """What making an environment with a Python means."""
    minor = python.version[1]
    entries = requirements.read(requirements.file_for(minor))
    likely = sizes.likely(entries, minor)
    fetched, installed = Sizes.load().total(each.name for each in likely)
    torch = choose(offer.gpus, cuda_of(likely))
    return Preview(len(likely), fetched, installed, sizes.free_bytes(home), torch)


def plan_for(
    python: Python, home: Path, wheels: Path | None, around: Surroundings, gac: str
) -> Plan:
    """The plan for what the user has chosen."""
    root = paths.engine_root()
    return Plan(
        home=home,
        python=python.path,
        version=python.version,
        requirements=requirements.file_for(python.version[1]),
        variables={**around.variables, **around.proxy},
        sizes=Sizes.load(),
        proof=PROOF,
        proof_variables=clean_environment(around.variables, root),
        wheels=wheels,
        certificates=around.certificates,
        gac=gac,
    )
