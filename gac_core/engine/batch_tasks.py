"""Tasks of a batch: functions that a worker calls, and their failure, which is a value.

The process that submits them needs neither PyTorch nor networks, which take a gigabyte and half a
minute: a worker imports them when a task calls for them.
"""

from __future__ import annotations

import logging
import os
import platform
import stat
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

from gac_core.contract.errors import (
    DeviceLost,
    DiskFull,
    GacError,
    InputChanged,
    RequestError,
    as_user_error,
)
from gac_core.contract.message import Message
from gac_core.contract.redaction import Addresses, redact_output

Values = dict[str, Any]

_TASK_LOCK = threading.Lock()
"""Held by the task that computes: one task at a time reads a scene and uses memory, even if a Dask
worker has several threads.
"""


@dataclass(frozen=True)
class Failed:
    """Failure of a task, as its result.

    Attributes:
        message: The problem.
        remedy: Suggested action.
        kind: Class of the error.
        may_pass: Whether the task may succeed when it is tried again.
        problem: Identifier of the very problem.
    """

    message: str
    remedy: str
    kind: type[GacError] = GacError
    may_pass: bool = False
    problem: str = ""

    @classmethod
    def of(cls, error: Exception, *, may_pass: bool = False) -> Failed:
        """Return the failure for an error."""
        user_error = as_user_error(error)
        if isinstance(user_error, GacError):
            kind, problem = type(user_error), user_error.problem
            return cls(user_error.message, user_error.remedy, kind, may_pass, problem)
        fault = f"{type(error).__name__}: {error}."
        return cls(fault, Message("This is a fault in GAC: report it."), may_pass=may_pass)


def _returns_failures(
    *, retried: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Have a task return its errors, which need not be picklable, as `Failed`.

    Args:
        retried: Whether it may succeed when it is tried again.
    """
    final = (RequestError, InputChanged, DiskFull)

    def decorate(work: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(work)
        def call(*args: Any) -> Any:
            redact_output()
            try:
                _require_private_scratch()
                with _TASK_LOCK:
                    return work(*args)
            except Exception as error:
                user_error = as_user_error(error)
                if isinstance(user_error, DeviceLost):
                    _replace_dask_worker()
                if not isinstance(user_error, GacError):
                    logging.getLogger(__name__).exception("A task failed.")
                return Failed.of(error, may_pass=retried and not isinstance(user_error, final))

        return call

    return decorate


def _require_private_scratch() -> None:
    """Check that no other user can have a Dask worker run their programs.

    A worker keeps its files where whoever started it chose, and that folder comes before Python's
    own libraries in its `sys.path`. By default it has a fixed name among the temporary files, where
    any user of the computer may have created it before.

    Raises:
        RequestError: If one can.
    """
    worker = _dask_worker()
    if worker is None:
        return
    folder = Path(worker.local_directory)
    if not is_private(folder):
        raise RequestError(
            Message(
                "Other users of {} can write to {}, where the worker keeps its files, "
                "and could have it run their programs.",
                platform.node(),
                folder,
            ),
            Message("Start workers with --local-directory in a folder that only you can write to."),
            problem="worker-folder-unsafe",
        )


def _dask_worker() -> Any | None:
    """Return the Dask worker that computes this task, or None."""
    dask = sys.modules.get("distributed")
    try:
        return dask and dask.get_worker()
    except ValueError:
        return None


def _replace_dask_worker() -> None:
    """End the process of a Dask worker that has lost its GPU; its nanny starts another.

    It would fail all tasks, and so fast that it would be given all of them. `executors` replaces
    processes of this computer.
    """
    worker = _dask_worker()
    if worker is not None:
        worker.loop.add_callback(
            worker.close, executor_wait=False, nanny=False, reason="GAC lost the GPU"
        )


def is_private(folder: Path) -> bool:
    """Return whether no other user can write into a folder or put another one in its place."""
    if sys.platform == "win32":
        # A user's folders are private there.
        return True
    try:
        resolved = folder.resolve(strict=True)
        return all(_is_ours(one.lstat()) for one in (resolved, *resolved.parents))
    except OSError:
        return False


def _is_ours(state: os.stat_result) -> bool:
    if sys.platform == "win32" or not stat.S_ISDIR(state.st_mode):
        return False
    if state.st_uid not in (0, os.geteuid()):
        return False
    # Sticky, as /tmp: users cannot move or remove files of others.
    if state.st_mode & stat.S_ISVTX:
        return True
    # In the user's own folders, group access is the user's choice.
    others = stat.S_IWOTH | (0 if state.st_uid == os.geteuid() else stat.S_IWGRP)
    return not state.st_mode & others


@_returns_failures()
def memory_task(bundle: str, device: str, threads: int) -> int:
    """Return the bytes of main memory that a worker takes at most.

    Args:
        bundle: The bundle.
        device: Device, as in a request.
        threads: PyTorch threads in each worker.
    """
    import torch

    from gac_core.engine.batch_worker import model_cache
    from gac_core.engine.estimate import process_bytes
    from gac_core.networks.device import choose_device
    from gac_core.networks.memory import sizes_of

    torch.set_num_threads(threads)
    library = model_cache().library
    models = library.require(bundle)
    return process_bytes(models, sizes_of(models, library), choose_device(device))


@_returns_failures()
def plan_task(
    name: str, request: Values, radar: Addresses, side: int | None, threads: int
) -> Values:
    """Make the plan of a scene, as values that can be sent; see `batch_worker.make_plan`.

    Args:
        name: Name of the scene's folder.
        request: As for a run, without secrets.
        radar: Its files, with their access secrets.
        side: Approximate side of blocks; None: the default.
        threads: PyTorch threads in each worker.
    """
    from gac_core.contract.request import RunRequest
    from gac_core.engine.batch_worker import make_plan, model_cache

    run_request = RunRequest.from_dict({**request, "sar": radar.paths})
    return make_plan(name, run_request, side, threads, model_cache()).to_dict()


@_returns_failures(retried=True)
def step_task(
    folder: str,
    identity: str,
    radar: Addresses,
    stage: int,
    cell: tuple[int, int],
    missing: tuple[tuple[int, tuple[int, int]], ...] = (),
    beside: tuple[str, ...] = (),
) -> Values:
    """Compute one stage of one block, unless it is complete.

    Args:
        folder: The scene's folder, on storage that all workers see.
        identity: Identity of its plan.
        radar: Its files, with their access secrets, which a plan does not hold.
        stage: 1 to 3.
        cell: The block.
        missing: Stage and block of the given-up steps that it would read.
        beside: Names of all given-up steps that its pixels depend on, directly or through others.

    Returns:
        Its record (`batch_state.StepRecord`).
    """
    from gac_core.engine.batch_worker import compute

    return compute(Path(folder), identity, radar.paths, stage, cell, missing, beside).to_dict()


@_returns_failures()
def score_task(folder: str, identity: str, radar: Addresses, virtual: str) -> Values:
    """Score a whole scene from its virtual raster; equals the score of a single run."""
    from gac_core.engine.batch_worker import score

    return score(Path(folder), identity, radar.paths, virtual)
