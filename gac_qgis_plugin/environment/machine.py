"""GPUs of this machine, and the PyTorch builds for them."""

from __future__ import annotations

import importlib
import platform
import re
import shutil
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
MACOS = 14
"""Oldest macOS that the pinned PyTorch and bitsandbytes have wheels for."""
LIMIT_S = 15.0
_QUERY = "name,driver_version,memory.total,compute_cap"
_KFD = Path("/sys/class/kfd/kfd/topology/nodes")
_DRM = Path("/sys/class/drm")
_INTEL = "0x8086"
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
        build: Its name, a key of `requirements.BACKENDS`.
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


def find_amd(nodes: Path = _KFD) -> list[int]:
    """Return the targets of AMD GPUs that the kernel computes on, see `ROCM_TARGETS`."""
    targets = []
    for path in sorted(nodes.glob("*/properties")):
        with suppress(OSError):
            match = re.search(r"^gfx_target_version (\d+)", path.read_text("utf-8"), re.MULTILINE)
            targets += [int(match[1])] if match and match[1] != "0" else []
    return targets


def has_intel(cards: Path = _DRM) -> bool:
    """Return whether the machine has an Intel GPU."""
    if sys.platform == "win32":
        return any("intel" in name.lower() for name in _windows_gpus())
    vendors = []
    for path in cards.glob("card*/device/vendor"):
        with suppress(OSError):
            vendors.append(path.read_text("utf-8").strip())
    return _INTEL in vendors


def _windows_gpus() -> list[str]:
    """Return the names of Windows' display adapters, from its registry."""
    # Known to type checkers on Windows alone.
    winreg: Any = importlib.import_module("winreg")
    names = []
    with suppress(OSError), winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, _DISPLAYS) as folder:
        for number in range(winreg.QueryInfoKey(folder)[0]):
            with (
                suppress(OSError),
                winreg.OpenKey(folder, winreg.EnumKey(folder, number)) as adapter,
            ):
                names.append(str(winreg.QueryValueEx(adapter, "DriverDesc")[0]))
    return names


def cuda_of(requirements: Iterable[Requirement]) -> int:
    """Return the major version of the CUDA that the index's PyTorch brings on Linux; 0 if none."""
    for each in requirements:
        if each.name.startswith("nvidia-cuda-runtime"):
            return int(each.version.split(".")[0])
    return 0


def refusal(system: str = sys.platform, machine: str = "", macos: str = "") -> str:
    """Return why PyTorch does not exist for this machine; empty if it does."""
    name = (machine or platform.machine()).lower()
    release = re.match(r"\d+", macos or platform.mac_ver()[0])
    if system == "darwin" and name == "x86_64":
        return tr("PyTorch is not made for Macs with Intel processors any more.")
    if system == "darwin" and release and int(release[0]) < MACOS:
        return tr("PyTorch needs macOS {} or newer.").format(MACOS)
    if name not in ("x86_64", "amd64", "aarch64", "arm64"):
        return tr("PyTorch needs a 64-bit system; this is {}.").format(name)
    return ""


def choose(
    gpus: list[Gpu],
    amd: list[int],
    cuda: int,
    system: str = sys.platform,
    *,
    has_intel: bool = False,
) -> list[Torch]:
    """Return the PyTorch builds for this machine, the proposed one first.

    Args:
        gpus: Result of `find_gpus`.
        amd: Result of `find_amd`.
        cuda: Result of `cuda_of`.
        system: `sys.platform`.
        has_intel: Result of `has_intel`.
    """
    if system == "darwin":
        reason = tr("PyTorch for Apple silicon. GAC computes on its processor cores.")
        return [Torch(INDEX, "cpu", reason)]
    processor = INDEX if system == "win32" else CPU
    usable = sorted(ROCM_TARGETS.intersection(amd))
    if gpus:
        proposed = _for_nvidia(gpus, cuda, system)
    elif usable and system == "linux":
        words = tr("PyTorch with ROCm: an AMD GPU (target {}) can use it.")
        proposed = Torch(ROCM, "cuda", words.format(usable[-1]))
    elif has_intel:
        words = tr(
            "Only an Intel GPU was found. PyTorch has a build for some of them (XPU), but GAC does "
            "not compute on it: PyTorch for the processor is enough."
        )
        proposed = Torch(processor, "cpu", words)
    else:
        words = tr(
            "No GPU was found that PyTorch can use here (NVIDIA, or AMD on Linux): GAC computes "
            "on the processor."
        )
        proposed = Torch(processor, "cpu", words)
    forced = (CUDA13, CUDA12, CUDA126, *((ROCM,) if system == "linux" else ()))
    rest = [
        Torch(processor, "cpu", tr("Chosen: GAC computes on the processor.")),
        *(Torch(build, "cuda", tr("Chosen: it must compute on the GPU.")) for build in forced),
    ]
    if system == "linux":
        words = tr("Chosen: the package index's PyTorch, whose hash is pinned, with CUDA {}.")
        rest.append(Torch(INDEX, "cpu", words.format(cuda)))
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
