"""What all work on the models shares: telling how far it is, one at a time, nothing half done."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from filelock import Timeout

from gac_core.bundles.library import Home
from gac_core.contract.errors import OutputError
from gac_core.io import lock_alone, sync_open

LOCK = "lock"
STAGING = ".incoming"
BLOCK = 1 << 20


class Tell(Protocol):
    """Who is told how far the work is. May raise `Cancelled`."""

    def __call__(self, what: str, done: int, total: int) -> None:
        """The work has moved on: bytes of `what` (a file's name) of `total`; 0: not known."""
        ...


def nobody(what: str, done: int, total: int) -> None:
    """Listens to nothing."""


@dataclass(frozen=True)
class Done:
    """What came of a piece of work.

    Attributes:
        told: What was done, a sentence each.
        warned: What the user must know besides.
    """

    told: list[str]
    warned: list[str]


@contextmanager
def alone_in(home: Home) -> Iterator[None]:
    """Work on the models in a folder while nobody else does; what is left of others' is cleared.

    Raises:
        OutputError: If somebody does, or the folder cannot be written to.
    """
    if not home.is_there:
        raise OutputError(
            f"The folder of the models, {home.path}, is not there.",
            "Plug in the disk that it is on, or choose another folder: `gac models folder`, or "
            "Models in QGIS.",
        )
    try:
        home.downloads.mkdir(parents=True, exist_ok=True)
        lock = lock_alone(home.downloads / LOCK)
    except Timeout as error:
        raise OutputError(
            f"Another program is at work on the models in {home.path}.",
            "Wait until it is done, or stop it.",
        ) from error
    except OSError as error:
        raise OutputError(
            f"The folder of the models, {home.path}, cannot be written to: {error.strerror}.",
            "See that you may write there, or choose another folder.",
        ) from error
    try:
        # The system lets go of the lock of a process that was killed; its staging is nobody's.
        shutil.rmtree(home.downloads / STAGING, ignore_errors=True)
        yield
    finally:
        shutil.rmtree(home.downloads / STAGING, ignore_errors=True)
        lock.release()


def staging_in(home: Home) -> Path:
    """An empty folder on the models' disk, gone when the work is over."""
    folder = home.downloads / STAGING
    folder.mkdir(parents=True)
    return folder


def sync(path: Path) -> None:
    """See that a file is on the disk before it gets its name.

    Raises:
        OSError: If that cannot be done.
    """
    with path.open("rb+") as file:
        sync_open(file.fileno())


def today() -> str:
    """The day, ISO 8601."""
    return datetime.now(UTC).date().isoformat()
