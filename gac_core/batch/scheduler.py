"""Scheduler of a batch: tasks for Dask's workers, in order, with their failures.

The process that hands this out needs neither PyTorch nor networks, which take a gigabyte and half a
minute: a worker imports what computes when it is called.
"""

from __future__ import annotations

import platform
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import CancelledError
from functools import wraps
from pathlib import Path
from typing import Any

from distributed import Client, Future, get_worker, wait
from distributed.scheduler import KilledWorker

from gac_core.batch.cluster import is_private
from gac_core.batch.plan import Step
from gac_core.batch.state import Done, State
from gac_core.contract.errors import DiskFull, GacError, InputChanged, RequestError, as_known
from gac_core.contract.redaction import Addresses, guard_output

LOOK = 0.5
"""Seconds after which to look round even if nothing was heard of a task."""

_TURN = threading.Lock()
"""Held by the task that computes: a scene is read, and memory is used, by one at a time."""
Values = dict[str, Any]

AHEAD = 2
"""Tasks for each worker at a time: none waits while the next one is sent."""
Place = tuple[int, Step]
"""Which scene, which step."""


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
    from gac_core.batch.worker import make_plan, model_cache
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
    from gac_core.batch.worker import compute

    with _TURN:
        return compute(Path(folder), identity, radar.paths, stage, cell, missing, beside).to_dict()


@_travelling
def score_task(folder: str, identity: str, radar: Addresses, virtual: str) -> Values:
    """The score of a whole scene, by its virtual raster, as a run over all of it has it."""
    from gac_core.batch.worker import score

    with _TURN:
        return score(Path(folder), identity, radar.paths, virtual)


class Driver:
    """Drives scenes to their end.

    Args:
        states: Of the scenes.
        retries: How often a step that failed is tried again.
        on_step: Told of every step that is complete or given up.
        on_wait: Told what is missing while nobody can work.
        radar: Of each scene by name: its files, with what opens them.
    """

    def __init__(
        self,
        states: Sequence[State],
        retries: int,
        on_step: Callable[[State, Step], None],
        on_wait: Callable[[str], None],
        radar: Mapping[str, Addresses],
    ) -> None:
        self._states, self._retries = states, retries
        self._on_step, self._on_wait, self._radar = on_step, on_wait, radar
        self._tries: dict[Place, int] = {}
        self._avoid: dict[Place, set[str]] = {}
        self._full: set[str] = set()
        self._stopped: set[int] = set()
        self._flying: dict[Place, Future[Any]] = {}
        self._bound: dict[Place, set[str]] = {}

    def drive(self, client: Client) -> None:
        """Compute all that is to be computed; to be called again with another client if need be.

        Raises:
            SchedulerLost: If the scheduler is gone.
            DiskFull: If no worker is left that has room.
        """
        self._flying.clear()
        self._bound.clear()
        try:
            while self._is_left():
                require_scheduler(client)
                done = [place for place, future in self._flying.items() if future.done()]
                for place in done:
                    self._take(place, self._flying.pop(place), client)
                # Else Dask is looking for the scheduler, at the same address.
                if client.status == "running":
                    self._hand_over(client)
                if not done:
                    self._wait(client)
                missing = who_is_missing(client)
                if missing:
                    self._on_wait(missing)
        finally:
            for future in self._flying.values():
                future.release()

    def _is_left(self) -> bool:
        left = (s for number, s in enumerate(self._states) if number not in self._stopped)
        return bool(self._flying) or any(state.todo for state in left)

    def _wait(self, client: Client) -> None:
        """Until something is heard of a task, or for a moment."""
        if not self._flying:
            time.sleep(LOOK)
            return
        try:
            with client.as_current():
                wait(list(self._flying.values()), timeout=LOOK, return_when="FIRST_COMPLETED")
        except (TimeoutError, CancelledError):
            # Cancelled: the scheduler was lost, and its tasks with it.
            time.sleep(LOOK / 10)

    def _hand_over(self, client: Client) -> None:
        """Hand over what there is room for.

        Raises:
            DiskFull: If there are workers, and the disk is full for all of them.
        """
        workers = workers_of(client)
        healthy = {a: n for a, n in workers.items() if a not in self._full}
        if workers and not healthy:
            raise DiskFull(
                "The disk is full for every worker.",
                "Make room, and run the same command again: what is complete stays.",
            )
        self._free(workers)
        room = AHEAD * sum(healthy.values()) - len(self._flying)
        for place in self._ready(room) if room > 0 else ():
            self._flying[place] = self._submit(client, place, healthy, len(workers))

    def _free(self, workers: Mapping[str, int]) -> None:
        """Take back what only workers that are gone may do; it is handed over again."""
        for place in [p for p, those in self._bound.items() if those.isdisjoint(workers)]:
            del self._bound[place]
            future = self._flying.pop(place, None)
            if future is not None:
                future.cancel()

    def _ready(self, room: int) -> list[Place]:
        """Steps to hand over, the most pressing first."""
        found: list[Place] = []
        for number, state in enumerate(self._states):
            if number in self._stopped:
                continue
            for step in sorted(state.todo, key=lambda s: (-s.stage, s.cell)):
                if len(found) == room:
                    return found
                if (number, step) in self._flying or not state.is_ready(step):
                    continue
                own = next((m for m in state.missing(step) if m.cell == step.cell), None)
                if own is not None:
                    state.give_up(step, f"{own.name} failed.", state.failed[own][1])
                    self._on_step(state, step)
                    continue
                found.append((number, step))
        return found

    def _submit(
        self, client: Client, place: Place, healthy: Mapping[str, int], workers: int
    ) -> Future[Any]:
        number, step = place
        state = self._states[number]
        others = [a for a in healthy if a not in self._avoid.get(place, ())] or list(healthy)
        if self._full:
            # Nobody else, not even one that has nothing to do.
            self._bound[place] = set(others)
        missing = tuple((one.stage, tuple(one.cell)) for one in state.missing(step))
        return client.submit(
            step_task,
            str(state.plan.folder),
            state.plan.identity,
            self._radar[state.plan.name],
            step.stage,
            tuple(step.cell),
            missing,
            state.beside(step),
            key=f"{state.plan.name}/{step.name}/{self._tries.get(place, 0)}-{time.time_ns()}",
            # Any worker, one that joins later too, unless there is one to keep away from.
            workers=others if len(others) < workers else None,
            allow_other_workers=len(others) < workers and not self._full,
            pure=False,
            priority=step.stage - 10 * number,
        )

    def _take(self, place: Place, future: Future[Any], client: Client) -> None:
        number, step = place
        state = self._states[number]
        self._bound.pop(place, None)
        try:
            if future.status == "finished":
                state.finish(step, Done.from_dict(future.result()))
                self._on_step(state, step)
                return
            error = future.exception()
        except (CancelledError, OSError):
            # Lost with its scheduler: it is handed over again.
            return
        if error is None or isinstance(error, CancelledError):
            return
        where = failed_on(client, future)
        if isinstance(error, DiskFull) and where:
            self._full.add(where)
            return
        if isinstance(error, InputChanged):
            self._stop(number, error)
            return
        self._tries[place] = self._tries.get(place, 0) + 1
        self._avoid.setdefault(place, set()).add(where)
        if self._tries[place] > self._retries or isinstance(error, (RequestError, KilledWorker)):
            state.give_up(step, *told(error))
            self._on_step(state, step)

    def _stop(self, number: int, error: BaseException) -> None:
        """Nothing more of a scene can be computed."""
        state = self._states[number]
        self._stopped.add(number)
        for step in sorted(state.todo):
            state.give_up(step, *told(error))
            self._on_step(state, step)
