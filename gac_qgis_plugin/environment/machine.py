"""Hardware and Pythons of this machine."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gac_qgis_plugin.core import processes
from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.environment.plan import Requirement

NEEDS = {12: (525, 5.0), 13: (580, 7.5)}
"""By CUDA's major version: the oldest driver on Linux, and the lowest compute capability."""
LIMIT_S = 15.0
_QUERY = "name,driver_version,memory.total,compute_cap"

PROBE_LIMIT_S = 20.0
BEST = (11, 12, 13)
"""Minor versions of Python 3, the best tested first."""
_MACHINES = ("x86_64", "amd64", "aarch64", "arm64")


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
    result = processes.run(
        path, ["-I", processes.helper("probe.py")], variables, limit_s=PROBE_LIMIT_S
    )
    try:
        report = json.loads(result.output.splitlines()[-1])
        major, minor, patch = (int(part) for part in report["version"])
    except (ValueError, KeyError, IndexError, TypeError):
        return Python(path, (0, 0, 0), tr("It does not work as a Python."))
    return Python(path, (major, minor, patch), _unfit_reason(report, minor, sorted(supported)))


def _unfit_reason(report: dict[str, Any], minor: int, supported: list[int]) -> str:
    machine = str(report.get("machine", "")).lower()
    if report["version"][0] != 3 or minor not in supported:
        versions = ", ".join(f"3.{each}" for each in supported)
        return tr("GAC's libraries are known to work with Python {}.").format(versions)
    if report.get("implementation") != "CPython" or report.get("free_threaded"):
        return tr("PyTorch needs the ordinary CPython.")
    if report.get("bits") != 64 or machine not in _MACHINES:
        return tr("PyTorch needs a 64-bit system; this is {}.").format(machine)
    if sys.platform == "darwin" and machine == "x86_64":
        return tr("PyTorch is not made for Macs with Intel processors any more.")
    if not report.get("has_venv"):
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
