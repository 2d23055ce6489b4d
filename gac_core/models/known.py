"""Published weights in the models' folder: where each lies, and what it hashed to when it came.

Files of many publishers lie beside one another, and cards say themselves whose file they mean. So
each has a folder of its publisher and of its content, `OWNER--NAME/SHA256/FILE`: a card can only
bring a file that its own hash vouches for, or the one that was first fetched for its repository.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import lru_cache
from json import dumps
from pathlib import Path
from typing import Any

from gac_core.contract.errors import BundleError
from gac_core.files import is_file
from gac_core.models.bundle import WeightFile
from gac_core.models.card import read_json
from gac_core.models.hashes import sha256
from gac_core.models.names import RESERVED
from gac_core.raster.space import whole_file

FILE = "known-hashes.json"

FORMAT = 2
"""1: by the file's name alone."""

DIGITS = 16
"""Of the hash in a folder's name; who reads the file compares the whole."""


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


def key_of(weight: WeightFile) -> str:
    """Return what the record of a published file is kept under."""
    return f"{weight.repo}@{weight.revision or 'newest'}/{weight.file}"


def known_files(weights: Path) -> dict[str, Known]:
    """The records of a folder of weights, by `key_of`; those that cannot be read are left out."""
    try:
        told = read_json(weights / FILE, "record of first downloads", "")
    except BundleError:
        return {}
    files = told.get("files") if isinstance(told, dict) else None
    records = {}
    for name, values in files.items() if isinstance(files, dict) else ():
        known = _record(values)
        if known is not None:
            by_name = told.get("format") == 1
            records[f"{known.repo}@newest/{name}" if by_name else name] = known
    return records


def _record(values: Any) -> Known | None:
    try:
        known = Known(**values)
    except TypeError:
        return None
    texts = (known.sha256, known.repo, known.revision, known.source, known.when)
    return known if all(isinstance(text, str) for text in texts) else None


def known_of(weights: Path, weight: WeightFile) -> Known | None:
    """What is known of a published file; None: nothing."""
    files = known_files(weights)
    newest = files.get(f"{weight.repo}@newest/{weight.file}")
    if weight.revision is None or (newest is not None and newest.revision == weight.revision):
        return newest
    return files.get(key_of(weight))


def keep_known(weights: Path, weight: WeightFile, known: Known | None) -> None:
    """Record what a file is, or forget it.

    Raises:
        OSError: If that cannot be written.
    """
    files, name = known_files(weights), key_of(weight)
    if known is None and name not in files:
        return
    files.pop(name, None)
    if known is not None:
        files[name] = known
    values = {"format": FORMAT, "files": {n: asdict(k) for n, k in sorted(files.items())}}
    weights.mkdir(parents=True, exist_ok=True)
    with whole_file(weights / FILE) as part:
        part.write_text(dumps(values, indent=1), encoding="utf-8")


def expected_hash(weights: Path | None, weight: WeightFile) -> str | None:
    """What a file must hash to: as its card says, or else as it did when it first came here.

    Args:
        weights: The folder of weights; None: there is none.
        weight: The file as the card names it.
    """
    if weight.sha256 is not None or weight.repo is None or weights is None:
        return weight.sha256
    known = known_of(weights, weight)
    return None if known is None else known.sha256


def place_of(weights: Path, weight: WeightFile, digest: str) -> Path:
    """Return where a published file that hashes to `digest` lies, be it there or not."""
    folder = str(weight.repo).replace("/", "--")
    return weights / folder / digest[:DIGITS] / weight.file


def kept(weights: Path, weight: WeightFile) -> Path | None:
    """Return where a published file lies that its card or its first download vouches for.

    A file that an earlier version put into the folder itself, under its name alone, is hashed and
    moved to its place if it is that file; else it counts as nobody's.
    """
    digest = expected_hash(weights, weight)
    if digest is None:
        return None
    path = place_of(weights, weight, digest)
    if is_file(path):
        return path
    old = weights / weight.file
    if weight.file.casefold() in RESERVED or not is_file(old):
        return None
    try:
        state = old.stat()
        if _digest(old, state.st_mtime_ns, state.st_size) != digest:
            return None
    except OSError:
        return None
    return _moved(old, path)


def _moved(old: Path, path: Path) -> Path:
    """Return a file's new place, or the old one where it cannot be moved."""
    if old.is_symlink():
        return old
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        old.rename(path)
    except OSError:
        return old
    return path


@lru_cache(maxsize=64)
def _digest(path: Path, changed: int, size: int) -> str:
    return sha256(path)
