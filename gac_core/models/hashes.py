"""What files hash to, and whether it is what their card says; quick to import."""

from __future__ import annotations

import errno
import hashlib
from pathlib import Path

from gac_core.contract.errors import BundleError


def require_hash(path: Path, told: str | None) -> str:
    """What a file hashes to, once that is what its card says, where it says so.

    Raises:
        BundleError: If it is something else.
        OSError: If it cannot be read.
    """
    found = sha256(path)
    if told not in (None, found):
        raise BundleError(
            f"The file {path} is not the one that its card names: its SHA-256 is {found[:12]}…, "
            f"not {str(told)[:12]}….",
            "It was damaged or replaced. Fetch, install or train it again.",
        )
    return found


PIECE = 1 << 20
"""Bytes of a file that are hashed at once."""


def sha256(path: Path) -> str:
    """Hex SHA-256 of a file, read in pieces.

    Raises:
        OSError: If it cannot be read.
    """
    if not path.is_file():
        # A pipe or a device would be read without end.
        raise FileNotFoundError(errno.ENOENT, "it is missing, or no plain file", str(path))
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()
