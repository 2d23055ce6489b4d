"""What Dask's workers are told to do.

The process that hands this out needs neither PyTorch nor networks, which take a gigabyte and half a
minute: a worker imports what computes when it is called.
"""

from __future__ import annotations

import platform
import threading
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from distributed import get_worker

from gac_core.batch.scratch import is_private
from gac_core.contract.errors import GacError, RequestError
from gac_core.contract.redaction import Addresses, guard_output

_TURN = threading.Lock()
"""Held by the task that computes: a scene is read, and memory is used, by one at a time."""

Values = dict[str, Any]


def _travelling(work: Callable[..., Values]) -> Callable[..., Values]:
    """A task whose errors reach the driver: GDAL's, which lie behind ours, cannot be pickled."""

    @wraps(work)
    def call(*args: Any, **options: Any) -> Values:
        guard_output()
        try:
            _require_private_scratch()
            return work(*args, **options)
        except GacError as error:
            known = error
        known.__cause__ = known.__context__ = None
        raise known

    return call


def _require_private_scratch() -> None:
    """See that no other user can have this worker run a program of theirs.

    A worker that GAC did not start keeps its files where whoever started it said.

    Raises:
        RequestError: If one can.
    """
    try:
        folder = Path(get_worker().local_directory)
    except ValueError:
        return
    if not is_private(folder):
        raise RequestError(
            f"Other users of {platform.node()} can write to {folder}, where the worker keeps its "
            "files, and could have it run their programs.",
            "Start workers with --local-directory in a folder that only you can write to.",
        )


@_travelling
def plan_task(
    name: str, request: Values, radar: Addresses, side: int | None, threads: int
) -> Values:
    """Understand a scene; see `planning.make_plan`. As values that travel.

    Args:
        name: What its folder is called.
        request: As for a run, without secrets.
        radar: Its files, with what opens them.
        side: Of blocks, about; None: as usual.
        threads: PyTorch's, in each worker.
    """
    from gac_core.batch.keeping import model_cache
    from gac_core.batch.planning import make_plan
    from gac_core.contract.request import RunRequest

    with _TURN:
        asked = RunRequest.from_dict({**request, "sar": radar.paths})
        made = make_plan(name, asked, side, threads, model_cache())
    return made.to_dict()


@_travelling
def step_task(
    folder: str,
    identity: str,
    radar: Addresses,
    stage: int,
    cell: tuple[int, int],
    missing: tuple[tuple[int, tuple[int, int]], ...] = (),
    beside: tuple[str, ...] = (),
) -> Values:
    """Compute one stage of one block, unless it is there.

    Args:
        folder: The scene's, on storage that all workers see.
        identity: Of its plan.
        radar: Its files, with what opens them: a plan holds no secrets.
        stage: 1 to 3.
        cell: The block.
        missing: Stage and block of what it would read and was given up.
        beside: Names of those, and of what kept other steps that it reads from being whole.

    Returns:
        Its record (`state.Done`).

    Raises:
        GacError: If something is wrong that the user can know or cure.
    """
    from gac_core.batch.computing import compute

    with _TURN:
        return compute(Path(folder), identity, radar.paths, stage, cell, missing, beside).to_dict()


@_travelling
def score_task(folder: str, identity: str, radar: Addresses, virtual: str) -> Values:
    """The score of a whole scene, by its virtual raster, as a run over all of it has it."""
    from gac_core.batch.computing import score

    with _TURN:
        return score(Path(folder), identity, radar.paths, virtual)
