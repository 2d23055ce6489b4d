"""What Dask tells of workers and of failures."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import CancelledError
from typing import Any

from distributed import Client, Future
from distributed.scheduler import KilledWorker

from gac_core.contract.errors import GacError, as_known

LOOK = 0.5
"""Seconds after which to look round even if nothing was heard of a task."""


class SchedulerLost(Exception):
    """The scheduler does not answer any more; nothing that is complete is lost."""


class Question:
    """A task whose answer is waited for; asked again where its scheduler was lost with it.

    Args:
        client: Dask's.
        task: What a worker calls.
        *values: With what.
    """

    def __init__(self, client: Client, task: Callable[..., Any], *values: Any) -> None:
        self._client, self._task, self._values = client, task, values
        self._future = self._ask()

    def _ask(self) -> Future[Any]:
        return self._client.submit(self._task, *self._values, pure=False)

    def answer(self, on_wait: Callable[[str], None]) -> Any:
        """What the task returns, or its error.

        Args:
            on_wait: Told what is missing while nobody can work on it.

        Raises:
            SchedulerLost: If the scheduler is gone.
        """
        while True:
            require_scheduler(self._client)
            # An error is known here already, a value has to be fetched.
            has_failed = self._future.status == "error"
            try:
                return self._future.result(timeout=None if has_failed else LOOK)
            except CancelledError:
                if self._client.status == "running":
                    self._future = self._ask()
                else:
                    time.sleep(LOOK)
            except TimeoutError:
                # The task's own, or only this look's, though the answer may have come since.
                if has_failed:
                    raise
            missing = who_is_missing(self._client)
            if missing:
                on_wait(missing)


def require_scheduler(client: Client) -> None:
    """Raises `SchedulerLost` if the scheduler was waited for long enough."""
    if client.status == "closed":
        raise SchedulerLost


def who_is_missing(client: Client) -> str:
    """What is waited for, in words; "" where somebody can work."""
    if client.status != "running":
        return "Waiting for the scheduler"
    if workers_of(client):
        return ""
    # Others are just starting, or ending.
    paused = any(one["status"] == "paused" for one in _all_workers(client).values())
    return (
        "Waiting for workers: Dask has paused them, their memory is full"
        if paused
        else "Waiting for workers"
    )


def workers_of(client: Client) -> dict[str, int]:
    """Addresses of workers that take tasks, and how many each takes at a time."""
    found = _all_workers(client)
    return {
        address: one["nthreads"] for address, one in found.items() if one["status"] == "running"
    }


def _all_workers(client: Client) -> dict[str, Any]:
    try:
        found: dict[str, Any] = client.scheduler_info()["workers"]
        return found
    except (OSError, KeyError):
        return {}


def failed_on(client: Client, future: Future[Any]) -> str:
    """The worker that a task failed on; "" where nothing tells."""
    try:
        found = client.run_on_scheduler(_erred_on, key=future.key)
        return str(found or "")
    except Exception:
        return ""


def _erred_on(key: str, dask_scheduler: Any = None) -> str | None:
    task = dask_scheduler.tasks.get(key)
    on = sorted(task.erred_on) if task is not None and task.erred_on else []
    return on[0] if on else None


def told(error: BaseException | None) -> tuple[str, str]:
    """What a failure says, and what to do."""
    if isinstance(error, KilledWorker):
        return (
            "The workers that computed it ended, one after another.",
            "Most often memory is too small: give workers more (--memory), or use fewer.",
        )
    known = as_known(error) if isinstance(error, Exception) else error
    if isinstance(known, GacError):
        return known.message, known.remedy
    return f"{type(error).__name__}: {error}.", "This is a fault in GAC: report it."
