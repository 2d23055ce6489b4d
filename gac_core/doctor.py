"""What this environment has and lacks, in plain words."""

from __future__ import annotations

import platform
import shutil
import sys
from importlib import metadata
from pathlib import Path

import psutil

from gac_core import __version__
from gac_core.errors import GacError
from gac_core.models.library import Library

NEEDED = (
    "torch", "terratorch", "peft", "bitsandbytes", "rasterio", "numpy", "scipy", "timm", "filelock",
    "defusedxml",
)  # fmt: skip
GIB = 2**30


def report() -> tuple[str, bool]:
    """(text, whether a run can work here)."""
    lines = [
        f"GAC {__version__}, Python {platform.python_version()} ({sys.executable})",
        f"System: {platform.platform()}",
        f"Memory: {psutil.virtual_memory().available / GIB:.1f} of "
        f"{psutil.virtual_memory().total / GIB:.1f} GiB free; "
        f"{psutil.cpu_count(logical=False)} cores",
        f"Disk: {shutil.disk_usage(Path.home()).free / GIB:.1f} GiB free in {Path.home()}",
        "",
    ]
    missing = _packages(lines)
    if missing:
        lines.append(f"Missing: {', '.join(missing)}. Run `make env` to complete the environment.")
    else:
        lines += ["", *_devices()]
    ready = _bundles(lines)
    return "\n".join(lines), not missing and ready


def _packages(lines: list[str]) -> list[str]:
    missing = []
    for name in NEEDED:
        try:
            lines.append(f"  ok      {name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            lines.append(f"  MISSING {name}")
            missing.append(name)
    return missing


def _devices() -> list[str]:
    import torch

    lines = [f"  ok      CPU, {torch.get_num_threads()} threads"]
    if torch.cuda.is_available():
        free, total = torch.cuda.mem_get_info()
        lines.append(
            f"  ok      CUDA {torch.version.cuda}: {torch.cuda.get_device_name(0)}, "
            f"{free / GIB:.1f} of {total / GIB:.1f} GiB free"
        )
    else:
        lines.append("  none    CUDA: PyTorch finds no usable NVIDIA GPU; runs will use the CPU")
    return lines


def _bundles(lines: list[str]) -> bool:
    library = Library.default()
    lines += ["", "Model bundles:"]
    ready = False
    try:
        described = [library.describe(b) for b in library.bundles()]
    except GacError as error:
        lines.append(f"  BROKEN  {error}")
        return False
    for info in described:
        if info["ready"]:
            ready = True
            lines.append(f"  ok      {info['name']}: {info['title']}")
        else:
            lines.append(f"  missing {info['name']}: {info['problem']} {info['remedy']}")
    if not described:
        lines.append("  none    No model bundle is installed.")
    return ready
