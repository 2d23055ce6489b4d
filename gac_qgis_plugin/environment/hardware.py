"""Detection of GPUs, and the choice of a PyTorch build with its reason."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from gac_qgis_plugin.environment import processes
from gac_qgis_plugin.environment.requirements import Requirement
from gac_qgis_plugin.toolbelt.words import tr

NEEDS = {12: (525, 5.0), 13: (580, 7.5)}
"""By CUDA's major version: the oldest driver on Linux, and the lowest compute capability."""

LIMIT_S = 15.0
_QUERY = "name,driver_version,memory.total,compute_cap"


@dataclass(frozen=True)
class Gpu:
    """An NVIDIA GPU as reported by nvidia-smi.

    Attributes:
        name: Its name.
        driver: Its driver's version.
        memory_mib: Its memory in MiB.
        capability: Its compute capability; 0 if unknown, as old drivers do not report it.
    """

    name: str
    driver: str
    memory_mib: int
    capability: float


@dataclass(frozen=True)
class Torch:
    """The PyTorch build of an environment.

    Attributes:
        device: The device it will compute on here: `cuda` or `cpu`.
        reason: Why, in a sentence or two.
    """

    device: str
    reason: str


def find_gpus(variables: dict[str, str]) -> list[Gpu]:
    """Return the NVIDIA GPUs reported by the driver."""
    program = shutil.which("nvidia-smi") or r"C:\Windows\System32\nvidia-smi.exe"
    if not Path(program).is_file():
        return []
    for query in (_QUERY, _QUERY.rpartition(",")[0]):
        arguments = [f"--query-gpu={query}", "--format=csv,noheader,nounits"]
        ended = processes.run(program, arguments, variables, limit_s=LIMIT_S)
        if ended.code == 0:
            return parse(ended.output)
    return []


def parse(text: str) -> list[Gpu]:
    """Parse nvidia-smi's output: name, driver, memory, and maybe compute capability of each GPU."""
    gpus = []
    for line in text.splitlines():
        fields = [part.strip() for part in line.split(",")]
        if len(fields) >= 3 and fields[2].isdigit():
            capability = fields[3] if len(fields) > 3 else ""
            has_capability = re.fullmatch(r"\d+\.\d+", capability) is not None
            number = float(capability) if has_capability else 0.0
            gpus.append(Gpu(fields[0], fields[1], int(fields[2]), number))
    return gpus


def cuda_of(requirements: Iterable[Requirement]) -> int:
    """Return the major version of the CUDA that PyTorch brings on Linux; 0 if none."""
    for each in requirements:
        if each.name.startswith("nvidia-cuda-runtime"):
            return int(each.version.split(".")[0])
    return 0


def choose(gpus: list[Gpu], cuda: int, system: str = sys.platform) -> Torch:
    """Return the PyTorch build for this machine and the device that it will compute on.

    Args:
        gpus: Result of `find_gpus`.
        cuda: Result of `cuda_of`.
        system: `sys.platform`.
    """
    if system == "darwin":
        return Torch("cpu", tr("PyTorch for Apple silicon. GAC computes on its processor cores."))
    if not gpus:
        return Torch("cpu", tr("No NVIDIA GPU was found: GAC computes on the processor."))
    gpu = max(gpus, key=lambda each: (each.capability, each.memory_mib))
    if system == "win32" or cuda not in NEEDS:
        return Torch(
            "cpu",
            tr(
                "{} is there, but the package index's PyTorch for this system knows no GPU: GAC "
                "computes on the processor. An environment of your own with a CUDA build of "
                "PyTorch can be named in the options, Worker Python."
            ).format(gpu.name),
        )
    driver, capability = NEEDS[cuda]
    major = re.match(r"\d+", gpu.driver)
    if major is None or int(major[0]) < driver:
        return Torch(
            "cpu",
            tr(
                "{} is there, but its driver {} is too old for CUDA {}: GAC computes on the "
                "processor until you install driver {} or newer. Nothing else need be done then."
            ).format(gpu.name, gpu.driver, cuda, driver),
        )
    if 0 < gpu.capability < capability:
        return Torch(
            "cpu",
            tr(
                "{} is there, but its compute capability {} is below the {} that CUDA {} needs: "
                "GAC computes on the processor."
            ).format(gpu.name, gpu.capability, capability, cuda),
        )
    words = tr("PyTorch with CUDA {}: {} with driver {} and {:.0f} GiB can use it.")
    return Torch("cuda", words.format(cuda, gpu.name, gpu.driver, gpu.memory_mib / 1024))
