"""Resolved requirements, and the part of them that depends on the PyTorch build.

Standard library only: `make env` writes its list with this module too, without QGIS:

    python -m gac_qgis_plugin.environment.requirements LOCK PART [BACKEND]

PART is `torch` (the pinned PyTorch packages of uv's BACKEND), `rest` (all else, with hashes) or
`pins` (all else without hashes, as constraints).
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_ENTRY = re.compile(
    r"([A-Za-z0-9][\w.-]*)(?:\[[^]]*\])?==([^\s;\\]+)\s*(?:;\s*([^\\]*?))?\s*(?:\\|$)"
)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_OF_TORCH = re.compile(
    r"torch|torchvision|triton(-.+)?|pytorch-triton(-.+)?|nvidia-(?!ml-py).+"
    r"|cuda-(bindings|pathfinder|toolkit)"
)
"""Packages that differ between PyTorch's builds: itself, and the libraries that it brings."""

INDEX, CPU, CUDA13, CUDA12, CUDA126, ROCM = "index", "cpu", "cuda13", "cuda12", "cuda126", "rocm"


BACKENDS: dict[str, tuple[str, ...]] = {
    INDEX: (),
    CPU: ("cpu",),
    CUDA13: ("cu132", "cu130"),
    CUDA12: ("cu129", "cu128", "cu126"),
    CUDA126: ("cu126",),
    ROCM: ("rocm7.2", "rocm7.1", "rocm7.0", "rocm6.4"),
}
"""PyTorch's builds, and values of uv's `--torch-backend` for each, the best first.

The first that is published for the pinned version is installed. None: the build of the package
index, which the resolved file pins by hash.
"""
TORCH_SIZES = {
    CPU: (200_000_000, 900_000_000),
    CUDA13: (2_200_000_000, 4_600_000_000),
    CUDA12: (3_000_000_000, 6_000_000_000),
    CUDA126: (2_800_000_000, 5_600_000_000),
    ROCM: (4_800_000_000, 16_000_000_000),
}
"""Bytes to download and installed, of a build with its libraries; rounded from older versions."""


@dataclass(frozen=True)
class Requirement:
    """A required package.

    Attributes:
        name: Normalised name, see `normalised`.
        version: The exact version.
        marker: Environment marker of the systems that need it; empty: all.
        hashes: SHA-256 of the accepted files, in hexadecimal.
        text: The entry in pip's syntax.
    """

    name: str
    version: str
    marker: str
    hashes: frozenset[str]
    text: str

    @property
    def pin(self) -> str:
        """The entry without hashes."""
        return f"{self.name}=={self.version}" + (f" ; {self.marker}" if self.marker else "")

    @property
    def is_of_torch(self) -> bool:
        """True if it depends on the PyTorch build."""
        return _OF_TORCH.fullmatch(self.name) is not None


def normalised(name: str) -> str:
    """Return a package's name in normalised form (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def parse(text: str) -> list[Requirement]:
    """Return the entries of a resolved file's text."""
    entries = []
    for part in re.split(r"\n(?=\S)", text):
        entry = _ENTRY.match(part)
        if entry is not None:
            name, version, marker = entry.groups()
            hashes = frozenset(_HASH.findall(part))
            entries.append(
                Requirement(normalised(name), version, marker or "", hashes, part.rstrip())
            )
    return entries


def read(path: Path) -> list[Requirement]:
    """Read the entries of a resolved file."""
    return parse(path.read_text(encoding="utf-8"))


def fingerprint(path: Path) -> str:
    """Return a hash that identifies a resolved file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def torch_pins(entries: Iterable[Requirement], backend: str = "") -> list[str]:
    """Return the pinned PyTorch packages of a backend, without the libraries that it brings."""
    local = f"+{backend}" if backend else ""
    own = [each for each in entries if each.name in ("torch", "torchvision")]
    return [f"{each.name}=={each.version}{local}" for each in own]


def select(entries: Iterable[Requirement], part: str, backend: str = "") -> list[str]:
    """Return the lines of one part of a resolved file, see the module's description."""
    if part == "torch":
        return torch_pins(entries, backend)
    rest = [each for each in entries if not each.is_of_torch]
    return [each.text if part == "rest" else each.pin for each in rest]


if __name__ == "__main__":
    lock, *words = sys.argv[1:]
    print("\n".join(select(read(Path(lock)), *words)))
