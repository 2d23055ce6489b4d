"""GPUs of this machine, and the PyTorch builds for them."""

from __future__ import annotations

import platform
import re
import shutil
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from gac_qgis_plugin.core import processes
from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.environment.requirements import (
    CPU,
    CUDA12,
    CUDA13,
    CUDA126,
    INDEX,
    ROCM,
    Requirement,
)

DRIVERS = {12: {"linux": 525, "win32": 528}, 13: {"linux": 580, "win32": 580}}
"""Oldest driver by CUDA's major version and system (NVIDIA, CUDA Toolkit Release Notes, table of
minimum drivers for minor version compatibility)."""
CAPABILITIES = {12: 5.0, 13: 7.5}
"""Lowest compute capability by CUDA's major version. Of PyTorch's builds with CUDA 12 only those
with 12.6 or older go below 7.5."""
ROCM_TARGETS = frozenset(
    (90006, 90008, 90010, 90402, 90500, 100300, 110000, 110001, 110002, 120000, 120001)
)
"""AMD GPUs that PyTorch is built for, as the kernel numbers them: 110000 is gfx1100."""
LIMIT_S = 15.0
_QUERY = "name,driver_version,memory.total,compute_cap"
_KFD = Path("/sys/class/kfd/kfd/topology/nodes")
_DRM = Path("/sys/class/drm")
_VENDORS = {"0x1002": "AMD", "0x8086": "Intel"}
_DISPLAYS = r"SYSTEM\CurrentControlSet\Control\Class\{4d36e968-e325-11ce-bfc1-08002be10318}"


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
    """A PyTorch build that this machine can use.

    Attributes:
        build: Its name, a key of `requirements.BUILDS`.
        device: The device it will compute on here: `cuda` (AMD's too) or `cpu`.
        reason: Why, in a sentence or two.
    """

    build: str
    device: str
    reason: str


def find_gpus(variables: dict[str, str]) -> list[Gpu]:
    """Return the NVIDIA GPUs reported by the driver."""
    program = shutil.which("nvidia-smi") or r"C:\Windows\System32\nvidia-smi.exe"
    if not Path(program).is_file():
        return []
    for query in (_QUERY, _QUERY.rpartition(",")[0]):
        arguments = [f"--query-gpu={query}", "--format=csv,noheader,nounits"]
        result = processes.run(program, arguments, variables, limit_s=LIMIT_S)
        if result.code == 0:
            return parse(result.output)
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


def find_other_gpus(kfd: Path = _KFD, drm: Path = _DRM) -> list[str]:
    """Return GPUs of AMD and Intel: `ROCm 110000` for one that ROCm drives, or the vendor."""
    vendors = set()
    for path in drm.glob("card*/device/vendor"):
        with suppress(OSError):
            vendors.add(_VENDORS.get(path.read_text().strip(), ""))
    targets = set()
    for path in kfd.glob("*/properties"):
        with suppress(OSError):
            match = re.search(r"^gfx_target_version (\d+)", path.read_text(), re.MULTILINE)
            targets.add(f"ROCm {match[1]}" if match and match[1] != "0" else "")
    if sys.platform == "win32":
        vendors |= {name for name in _VENDORS.values() if any(name in d for d in _displays())}
    return sorted((vendors | targets) - {""})


def _displays() -> list[str]:
    """Return the descriptions of Windows's display adapters."""
    names: list[str] = []
    if sys.platform == "win32":
        import winreg

        for number in range(16):
            with suppress(OSError):
                key = winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, rf"{_DISPLAYS}\{number:04}")
                names.append(str(winreg.QueryValueEx(key, "DriverDesc")[0]))
    return names


def cuda_of(requirements: Iterable[Requirement]) -> int:
    """Return the major version of the CUDA that the index's PyTorch brings on Linux; 0 if none."""
    for each in requirements:
        if each.name.startswith("nvidia-cuda-runtime"):
            return int(each.version.split(".")[0])
    return 0


def refusal(system: str = sys.platform, machine: str = "") -> str:
    """Return why PyTorch does not exist for this machine; empty if it does."""
    name = (machine or platform.machine()).lower()
    if system == "darwin" and name == "x86_64":
        return tr("PyTorch is not made for Macs with Intel processors any more.")
    if name not in ("x86_64", "amd64", "aarch64", "arm64"):
        return tr("PyTorch needs a 64-bit system; this is {}.").format(name)
    return ""


def choose(
    gpus: list[Gpu], others: list[str], cuda: int, system: str = sys.platform
) -> list[Torch]:
    """Return the PyTorch builds for this machine, the proposed one first.

    Args:
        gpus: Result of `find_gpus`.
        others: Result of `find_other_gpus`.
        cuda: Result of `cuda_of`.
        system: `sys.platform`.
    """
    if system == "darwin":
        reason = tr("PyTorch for Apple silicon. GAC computes on its processor cores.")
        return [Torch(INDEX, "cpu", reason)]
    processor = INDEX if system == "win32" else CPU
    best = _for_nvidia(gpus, cuda, system) if gpus else _for_others(others, system)
    proposed = best or Torch(
        processor, "cpu", tr("No NVIDIA GPU was found: GAC computes on the processor.")
    )
    rest = [
        Torch(processor, "cpu", tr("Chosen: GAC computes on the processor.")),
        *(Torch(build, "cuda", tr("Chosen: it must compute on the GPU."))
          for build in (CUDA13, CUDA12, CUDA126, *([ROCM] if system == "linux" else []))),
    ]  # fmt: skip
    if system == "linux":
        device = proposed.device if proposed.build == INDEX else "cpu"
        words = tr("Chosen: the package index's PyTorch, whose hash is pinned, with CUDA {}.")
        rest.append(Torch(INDEX, device, words.format(cuda)))
    return [proposed, *(each for each in rest if each.build != proposed.build)]


def _for_nvidia(gpus: list[Gpu], cuda: int, system: str) -> Torch:
    processor = INDEX if system == "win32" else CPU
    gpu = max(gpus, key=lambda each: (each.capability, each.memory_mib))
    match = re.match(r"\d+", gpu.driver)
    driver = int(match[0]) if match else 0
    newest = max(DRIVERS)
    wanted = DRIVERS[12].get(system, 525)
    if driver < wanted:
        words = tr(
            "{} is there, but its driver {} is too old for CUDA {}: GAC computes on the "
            "processor. Install driver {} or newer and open this window again."
        )
        text = words.format(gpu.name, gpu.driver, 12, DRIVERS[newest]["linux"])
        return Torch(processor, "cpu", text)
    if 0 < gpu.capability < CAPABILITIES[12]:
        words = tr(
            "{} is there, but its compute capability {} is below the {} that CUDA {} needs: "
            "GAC computes on the processor."
        )
        text = words.format(gpu.name, gpu.capability, CAPABILITIES[12], 12)
        return Torch(processor, "cpu", text)
    if gpu.capability < CAPABILITIES[13]:
        build, version = CUDA126, "12.6"
    elif driver < DRIVERS[13].get(system, 580):
        build, version = CUDA12, "12"
    else:
        build, version = CUDA13, "13"
    if system == "linux" and str(cuda) == version:
        build = INDEX
    words = tr("PyTorch with CUDA {}: {} with driver {} and {:.0f} GiB can use it.")
    text = words.format(version, gpu.name, gpu.driver, gpu.memory_mib / 1024)
    return Torch(build, "cuda", text)


def _for_others(others: list[str], system: str) -> Torch | None:
    processor = INDEX if system == "win32" else CPU
    targets = [int(each.split()[1]) for each in others if each.startswith("ROCm ")]
    usable = sorted(set(targets) & ROCM_TARGETS)
    if usable and system == "linux":
        words = tr("PyTorch with ROCm: an AMD GPU (target {}) can use it.")
        return Torch(ROCM, "cuda", words.format(usable[-1]))
    if targets or "AMD" in others:
        words = tr(
            "An AMD GPU is there, but PyTorch is not made for it on this system: GAC computes on "
            "the processor."
        )
        return Torch(processor, "cpu", words)
    if "Intel" in others:
        words = tr("GAC does not compute on Intel's GPUs yet, but on the processor.")
        return Torch(processor, "cpu", words)
    return None
