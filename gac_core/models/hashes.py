"""SHA-256 of files and their verification; quick to import."""

from __future__ import annotations

import errno
import hashlib
from pathlib import Path

from gac_core.contract.errors import BundleError


def require_hash(path: Path, told: str | None) -> str:
    """Return a file's hash after checking it against its card's, if that has one.

    Raises:
        BundleError: If it is another hash.
        OSError: If the file cannot be read.
    """
    digest = sha256(path)
    if told not in (None, digest):
        raise BundleError(
            f"The file {path} is not the one that its card names: its SHA-256 is {digest[:12]}…, "
            f"not {str(told)[:12]}….",
            "It was damaged or replaced. Fetch, install or train it again.",
        )
    return digest


PIECE = 1 << 20
"""Bytes that are hashed at once."""


def sha256(path: Path) -> str:
    """Return the hex SHA-256 of a file, read in chunks.

    Raises:
        OSError: If it cannot be read.
    """
    if not path.is_file():
        # Reading a pipe or a device might never end.
        raise FileNotFoundError(errno.ENOENT, "it is missing, or no plain file", str(path))
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()
