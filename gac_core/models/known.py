"""Published weights in the models folder: their locations and the hashes of their first download.

Files of many publishers are stored side by side, and cards themselves state whose file they refer
to. So each has a folder of its publisher and content, `OWNER--NAME/SHA256/FILE`: a card can only
use a file that matches its own hash, or the one that was first downloaded for its repository.
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
"""1: keyed by file name only."""

DIGITS = 16
"""Digits of the hash in a folder's name; readers compare the whole hash."""


@dataclass(frozen=True)
class Known:
    """Record of a file's first download.

    Attributes:
        sha256: Hash.
        bytes: Size.
        repo: Repository that publishes it.
        revision: Commit that it was downloaded from; empty: imported from a folder.
        source: Server or folder that it came from.
        when: Date, ISO 8601.
    """

    sha256: str
    bytes: int
    repo: str
    revision: str
    source: str
    when: str


def key_of(weight: WeightFile) -> str:
    """Return the key of a published file's record."""
    return f"{weight.repo}@{weight.revision or 'newest'}/{weight.file}"


def known_files(weights: Path) -> dict[str, Known]:
    """Return the records of a weights folder, by `key_of`; unreadable ones are left out."""
    try:
        values = read_json(weights / FILE, "record of first downloads", "")
    except BundleError:
        return {}
    files = values.get("files") if isinstance(values, dict) else None
    records = {}
    for name, entry in files.items() if isinstance(files, dict) else ():
        record = _record(entry)
        if record is not None:
            by_name = values.get("format") == 1
            records[f"{record.repo}@newest/{name}" if by_name else name] = record
    return records


def _record(values: Any) -> Known | None:
    try:
        record = Known(**values)
    except TypeError:
        return None
    texts = (record.sha256, record.repo, record.revision, record.source, record.when)
    return record if all(isinstance(text, str) for text in texts) else None


def known_of(weights: Path, weight: WeightFile) -> Known | None:
    """Return the record of a published file, or None."""
    files = known_files(weights)
    newest = files.get(f"{weight.repo}@newest/{weight.file}")
    if weight.revision is None or (newest is not None and newest.revision == weight.revision):
        return newest
    return files.get(key_of(weight))


def keep_known(weights: Path, weight: WeightFile, known: Known | None) -> None:
    """Store a file's record, or delete it if `known` is None.

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
    """Return the expected hash of a file: the one in its card, or else that of its first download.

    Args:
        weights: The weights folder; None: there is none.
        weight: The file as the card names it.
    """
    if weight.sha256 is not None or weight.repo is None or weights is None:
        return weight.sha256
    record = known_of(weights, weight)
    return None if record is None else record.sha256


def place_of(weights: Path, weight: WeightFile, digest: str) -> Path:
    """Return the location of a published file with hash `digest`, whether or not it exists."""
    folder = str(weight.repo).replace("/", "--")
    return weights / folder / digest[:DIGITS] / weight.file


def kept(weights: Path, weight: WeightFile) -> Path | None:
    """Return the location of a published file that matches its card or its first download.

    A file that an earlier version stored in the folder itself, under its name only, is hashed and
    moved to its location if it matches; otherwise it is ignored.
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
    """Return a file's new location, or the old one if it cannot be moved."""
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
