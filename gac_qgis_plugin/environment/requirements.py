"""Requirements of the worker's environment: exact versions with hashes, one file per Python."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from gac_qgis_plugin.toolbelt import paths

_ENTRY = re.compile(
    r"([A-Za-z0-9][\w.-]*)(?:\[[^]]*\])?==([^\s;\\]+)\s*(?:;\s*([^\\]*?))?\s*(?:\\|$)"
)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_FILE = re.compile(r"worker-py3(\d+)\.txt")


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


def normalised(name: str) -> str:
    """Return a package's name in normalised form (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def read(path: Path) -> list[Requirement]:
    """Read the entries of a resolved file."""
    entries = []
    for text in re.split(r"\n(?=\S)", path.read_text(encoding="utf-8")):
        entry = _ENTRY.match(text)
        if entry is not None:
            name, version, marker = entry.groups()
            hashes = frozenset(_HASH.findall(text))
            entries.append(
                Requirement(normalised(name), version, marker or "", hashes, text.rstrip())
            )
    return entries


def fingerprint(path: Path) -> str:
    """Return a hash that identifies a resolved file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def folder() -> Path:
    """Return the folder of the resolved files, in a checkout or an installed plugin."""
    return paths.engine_root() / "requirements"


def file_for(minor: int, place: Path | None = None) -> Path:
    """Return the path of the file for Python 3.`minor`, which may not exist."""
    return (place or folder()) / f"worker-py3{minor}.txt"


def supported(place: Path | None = None) -> list[int]:
    """Return the minor versions of Python 3 that have a file, in order."""
    names = [_FILE.fullmatch(path.name) for path in (place or folder()).glob("worker-py3*.txt")]
    return sorted(int(match[1]) for match in names if match)
