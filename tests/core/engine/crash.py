"""Processes that die at a call of the system's: fresh ones, as no threads outlive a fork."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import pathlib
import signal
from collections.abc import Callable
from typing import Any

CALLS = {
    "fsync": (os, "fsync"),
    "replace": (pathlib.Path, "replace"),
    "unlink": (pathlib.Path, "unlink"),
    "mkdir": (pathlib.Path, "mkdir"),
    "open": (pathlib.Path, "open"),
}


def die(call: str, at: int, work: Callable[..., object], values: tuple[Any, ...]) -> None:
    """Do the work in this process, and end it at the `at`-th call."""
    owner, name = CALLS[call]
    real, count = getattr(owner, name), itertools.count(1)

    def counted(*args: Any, **kwargs: Any) -> Any:
        if next(count) == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **kwargs)

    setattr(owner, name, counted)
    work(*values)


def exit_code(call: str, at: int, work: Callable[..., object], *values: Any) -> int | None:
    """Have a process do the work that dies at the `at`-th call; return its exit code."""
    context = multiprocessing.get_context("spawn")
    process = context.Process(target=die, args=(call, at, work, values))
    process.start()
    process.join()
    return process.exitcode


def run_alone(request: Any) -> None:
    """Run a request with networks of this process's own."""
    from gac_core.bundles.library import Library
    from gac_core.engine.pipeline import run
    from gac_core.networks.loading import ModelCache
    from gac_core.progress import Silent

    run(request, ModelCache(Library()), Silent())


def batch_alone(batch: Any) -> None:
    """Compute a batch."""
    from gac_core.engine.batch import run_batch

    run_batch(batch, lambda progress: None)
