"""What the worker's environment is to hold: exact versions with hashes, a file for each Python."""

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
    """One package.

    Attributes:
        name: As `normalised` writes it.
        version: The only one that will do.
        marker: On which systems it is needed; empty: on all.
        hashes: SHA-256 of the files that will do, in hexadecimal.
        text: The entry as pip reads it.
    """

    name: str
    version: str
    marker: str
    hashes: frozenset[str]
    text: str


def normalised(name: str) -> str:
    """A package's name as it is compared (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def read(path: Path) -> list[Requirement]:
    """The entries of a resolved file."""
    found = []
    for text in re.split(r"\n(?=\S)", path.read_text(encoding="utf-8")):
        entry = _ENTRY.match(text)
        if entry is not None:
            name, version, marker = entry.groups()
            hashes = frozenset(_HASH.findall(text))
            found.append(
                Requirement(normalised(name), version, marker or "", hashes, text.rstrip())
            )
    return found


def fingerprint(path: Path) -> str:
    """What tells one resolved file from another."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def folder() -> Path:
    """Where the resolved files are, in a checkout as in an installed plugin."""
    return paths.engine_root() / "requirements"


def file_for(minor: int, place: Path | None = None) -> Path:
    """The file for Python 3.`minor`, whether it is there or not."""
    return (place or folder()) / f"worker-py3{minor}.txt"


def supported(place: Path | None = None) -> list[int]:
    """The minor versions of Python 3 that there is a file for, in order."""
    names = [_FILE.fullmatch(path.name) for path in (place or folder()).glob("worker-py3*.txt")]
    return sorted(int(match[1]) for match in names if match)
