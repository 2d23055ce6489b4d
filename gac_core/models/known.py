"""Hashes that a card does not give, kept from when a file first came (trust on first use)."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from gac_core.models.bundle import WeightFile
from gac_core.raster.space import whole_file

FILE = "known-hashes.json"
FORMAT = 1


@dataclass(frozen=True)
class Known:
    """What a file was when it first came.

    Attributes:
        sha256: What it hashed to.
        bytes: Its size.
        repo: The repository that publishes it.
        revision: The commit that it came from; empty: it was brought from a folder.
        source: The server or folder that it came from.
        when: The day, ISO 8601.
    """

    sha256: str
    bytes: int
    repo: str
    revision: str
    source: str
    when: str


def known_files(weights: Path) -> dict[str, Known]:
    """The records of a folder of weights, by file; none where they cannot be read."""
    try:
        told = json.loads((weights / FILE).read_text(encoding="utf-8"))
        return {name: Known(**values) for name, values in told["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def known_of(weights: Path, weight: WeightFile) -> Known | None:
    """What is known of a published file; None: nothing, or of another repository's file."""
    found = known_files(weights).get(weight.file)
    return found if found is not None and found.repo == weight.repo else None


def keep_known(weights: Path, name: str, known: Known | None) -> None:
    """Record what a file is, or forget it.

    Raises:
        OSError: If that cannot be written.
    """
    files = known_files(weights)
    if known is None and name not in files:
        return
    files.pop(name, None)
    if known is not None:
        files[name] = known
    values = {"format": FORMAT, "files": {n: asdict(k) for n, k in sorted(files.items())}}
    weights.mkdir(parents=True, exist_ok=True)
    with whole_file(weights / FILE) as part:
        part.write_text(json.dumps(values, indent=1), encoding="utf-8")


def expected_hash(weight: WeightFile, path: Path) -> str | None:
    """What a file must hash to: as its card says, or else as it did when it first came here.

    Args:
        weight: The file as the card names it.
        path: Where it was found.
    """
    if weight.sha256 is not None or weight.repo is None:
        return weight.sha256
    known = known_of(path.parent, weight)
    return None if known is None else known.sha256
