"""Shared parts of all work on the models: progress, lock, staging, sync."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from filelock import Timeout

from gac_core.bundles.library import ModelsDir
from gac_core.contract.errors import OutputError
from gac_core.contract.message import Message
from gac_core.contract.removal import remove_file, remove_folder
from gac_core.contract.rename import replace_path
from gac_core.io import lock_file, sync_open

LOCK = "lock"
STAGING = ".incoming"
BLOCK = 1 << 20

SPARE = 50_000_000
"""Bytes that must stay free on the disk."""


class ProgressCallback(Protocol):
    """Progress callback. May raise `Cancelled`."""

    def __call__(self, what: str, done: int, total: int) -> None:
        """Report `done` of `total` bytes of `what` (a file's name); a total of 0 is unknown."""
        ...


@dataclass(frozen=True)
class Outcome:
    """Result of an operation on the models.

    Attributes:
        told: Sentences that say what was done.
        warned: Warnings for the user.
    """

    told: list[str]
    warned: list[str]


@contextmanager
def locked(home: ModelsDir) -> Iterator[None]:
    """Lock the models folder; leftovers of interrupted work are removed.

    Raises:
        OutputError: If another program holds the lock, or the folder cannot be written to.
    """
    if not home.is_there:
        raise OutputError(
            Message("The models' folder {} does not exist.", home.path),
            Message(
                "Plug in the disk that it is on, or choose another folder: `gac models "
                "folder`, or Models in QGIS."
            ),
            problem="models-folder-missing",
        )
    try:
        home.downloads.mkdir(parents=True, exist_ok=True)
        lock = lock_file(home.downloads / LOCK)
    except Timeout as error:
        raise OutputError(
            Message("Another program is at work on the models in {}.", home.path),
            Message("Wait until it is done, or stop it."),
            problem="models-folder-in-use",
        ) from error
    except OSError as error:
        raise OutputError(
            Message(
                "The folder of the models, {}, cannot be written to: {}.", home.path, error.strerror
            ),
            Message("Check that you may write there, or choose another folder."),
            problem="models-folder-read-only",
        ) from error
    try:
        # The operating system releases the lock of a killed process; its staging is orphaned.
        remove_folder(home.downloads / STAGING, ignore_errors=True)
        yield
    finally:
        remove_folder(home.downloads / STAGING, ignore_errors=True)
        lock.release()


def staging_in(home: ModelsDir) -> Path:
    """Create an empty folder on the models' disk, which is removed at the end of the work."""
    folder = home.downloads / STAGING
    folder.mkdir(parents=True)
    return folder


def sync(path: Path) -> None:
    """Flush a file to disk, before it gets its final name.

    Raises:
        OSError: If that fails.
    """
    with path.open("rb+") as file:
        sync_open(file.fileno())


def move_file(part: Path, path: Path) -> None:
    """Move a complete file to its final name, which may be on another disk, in one step.

    Raises:
        OSError: If that fails.
    """
    try:
        replace_path(part, path)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        part_beside = path.with_name(f".{path.name}.part")
        try:
            shutil.copyfile(part, part_beside)
            sync(part_beside)
            replace_path(part_beside, path)
        finally:
            remove_file(part_beside, missing_ok=True)
        remove_file(part)


def today() -> str:
    """Return the current date, ISO 8601."""
    return datetime.now(UTC).date().isoformat()
