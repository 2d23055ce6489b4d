"""A batch's output folder: whose it is, what it was asked for, and who is at work in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import Timeout

from gac_core import __version__
from gac_core.batch.plan import Plan
from gac_core.batch.state import State
from gac_core.contract.errors import OutputError, RequestError
from gac_core.contract.layout import BATCH, BATCH_LOCK, BATCH_WORK
from gac_core.contract.redaction import redacted
from gac_core.files import HELD, as_recorded, lock_alone, read_sealed
from gac_core.raster.space import unwritable
from gac_core.runs.folder import write_sealed

FORMAT = 1


def prepare(out: Path, inputs: Sequence[str], settings: dict[str, Any], side: int | None) -> None:
    """Make the output folder, and write into it what the batch is; not over a damaged record.

    Args:
        out: The folder.
        inputs: As they were given.
        settings: Of its runs.
        side: Of blocks, as it was asked for.

    Raises:
        OutputError: If it cannot be written, or is somebody else's.
        RequestError: If it holds a batch with other settings.
    """
    path = out / BATCH
    try:
        out.mkdir(parents=True, exist_ok=True)
        known = _settings_in(path)
        # A damaged record says nothing; the scenes' own plans still tell whose they are.
        is_ours = known is not None or any(out.glob(f"*/{BATCH_WORK}"))
        is_empty = all(one.name in (BATCH_LOCK, BATCH_LOCK + HELD) for one in out.iterdir())
    except OSError as error:
        raise unwritable(path, error) from error
    if not is_ours and not is_empty:
        raise OutputError(
            f"{out} holds other things than a batch of GAC's.", "Choose an empty folder."
        )
    if known is not None and known != as_recorded(settings):
        raise RequestError(
            f"{out} holds a batch with other settings.",
            "Give the same settings to go on with it, or choose another folder.",
        )
    if known is not None or is_empty:
        note(out, inputs, settings, side)


def note(out: Path, inputs: Sequence[str], settings: dict[str, Any], side: int | None) -> None:
    """Write what a batch is into its folder; see `prepare`.

    Raises:
        OutputError: If it cannot be written.
    """
    values = {
        "format": FORMAT,
        "gac_version": __version__,
        "inputs": [redacted(each) for each in inputs],
        "settings": settings,
        "block": side,
    }
    write_sealed(out / BATCH, values)


def _settings_in(path: Path) -> Any:
    """The settings of the batch that a record is of; None where there is no whole one."""
    try:
        return read_sealed(path)["settings"]
    except (FileNotFoundError, ValueError, KeyError):
        return None


@contextmanager
def alone_in(out: Path) -> Iterator[None]:
    """Keeps other batches out of a folder.

    Raises:
        OutputError: If one is at work there.
    """
    try:
        lock = lock_alone(out / BATCH_LOCK)
    except Timeout as error:
        raise OutputError(
            f"Another batch is at work in {out}.",
            "Wait until it is done, or choose another output folder.",
        ) from error
    try:
        yield
    finally:
        lock.release()


def begun(plan: Plan, known: Plan | None) -> State:
    """The state of a scene whose plan was made anew.

    Raises:
        OutputError: If what was computed of it belongs to another plan.
    """
    if known is not None and known.identity != plan.identity:
        if State(known).done:
            theirs, ours = known.to_dict(), plan.to_dict()
            differ = [key for key in ours if ours[key] != theirs.get(key)]
            raise OutputError(
                f"{plan.folder} was begun with other settings, files or software "
                f"({', '.join(differ)} differ).",
                "Go on with what it was begun with, choose another folder, or remove this one.",
            )
        known = None
    if known is None:
        try:
            plan.work.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise unwritable(plan.work, error) from error
        plan.save()
    return State(plan)
