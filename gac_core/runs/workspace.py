"""The folder in which a run keeps what nobody else needs, for itself alone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import Timeout

from gac_core.contract.errors import OutputError, RequestError
from gac_core.contract.layout import LOCK, OWNER, WORK
from gac_core.files import HELD, lock_alone, read_record
from gac_core.runs.folder import write_json


@dataclass
class WorkFolder:
    """A run's working folder.

    Attributes:
        path: The folder.
        keep: Leave it as it is at the end: another run is to go on with what is in it.
    """

    path: Path
    keep: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether no run left anything in it."""
        return not self._items()

    @property
    def size(self) -> int:
        """Bytes in it."""
        return sum(path.stat().st_size for path in self.path.rglob("*") if path.is_file())

    def clear(self) -> None:
        """Remove what an earlier run left.

        Raises:
            OutputError: If something cannot be removed.
        """
        try:
            for item in self._items():
                shutil.rmtree(item) if item.is_dir() else item.unlink()
        except OSError as error:
            raise OutputError(
                f"What an earlier run left in {self.path} cannot be removed: {error.strerror}.",
                "Remove it yourself, or choose another output folder.",
            ) from error

    def _items(self) -> list[Path]:
        return [item for item in self.path.iterdir() if item.name not in (LOCK, LOCK + HELD, OWNER)]


def refuse_inputs_within(out: Path, inputs: Iterable[str]) -> None:
    """Sees that no file that a run reads lies in its working folder, which it empties.

    Raises:
        RequestError: If one does.
    """
    work = (out / WORK).resolve()
    for path in inputs:
        if work in Path(path).resolve().parents:
            raise RequestError(
                f"The input {path} lies in the working folder of {out}, which the run empties.",
                "Move the file elsewhere, or choose another output folder.",
            )


@contextmanager
def working_folder(out: Path) -> Iterator[WorkFolder]:
    """The working folder, for this run alone; gone at the end, unless it is to be kept.

    What an unfinished run left in it is still there at the beginning.

    Raises:
        OutputError: If another run is at work in the same output folder, or the folder cannot be
            made or trusted.
    """
    work = out / WORK
    # The system lets go of the lock when a process ends, however it ends.
    try:
        _refuse_links(work)
        work.mkdir(exist_ok=True)
        lock = lock_alone(work / LOCK)
    except Timeout as error:
        raise OutputError(
            f"Another run{_owner(work)} is writing to {out}.",
            "Wait until it is done, or choose another output folder.",
        ) from error
    except OSError as error:
        raise OutputError(
            f"The working folder {work} cannot be made: {error.strerror}.",
            "Check that the disk has room and that you may write there.",
        ) from error
    folder = WorkFolder(work)
    try:
        try:
            write_json(work / OWNER, {"pid": os.getpid()})
        except OutputError:
            folder.keep = not folder.is_empty
            raise
        yield folder
    finally:
        if not folder.keep:
            with suppress(OutputError):
                folder.clear()
            # While it is locked: another run may begin in the very moment after. Windows removes
            # no file that is open.
            if os.name == "posix":
                shutil.rmtree(work, ignore_errors=True)
        lock.release()
        if not folder.keep and os.name != "posix":
            shutil.rmtree(work, ignore_errors=True)


def _refuse_links(work: Path) -> None:
    """In a folder that others can write to, a link could lead GAC to files of the user's."""
    links = [work] if work.is_symlink() else []
    links += [item for item in work.rglob("*") if item.is_symlink()]
    if links:
        raise OutputError(
            f"{links[0]} is a link: GAC writes and removes files in its working folder, and would "
            "do so where the link leads.",
            "Remove the link, or choose another output folder.",
        )


def _owner(work: Path) -> str:
    """The process at work in a working folder, in words."""
    try:
        return f" (process {int(read_record(work / OWNER)['pid'])})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
