"""Scheduler of a batch: submits tasks to Dask workers in order, and handles their failures.

The submitting process needs neither PyTorch nor networks, which take a gigabyte and half a minute:
a worker imports them when a task calls for them.
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
from gac_core.batch.state import SceneState, StepRecord
from gac_core.contract.errors import DiskFull, GacError, InputChanged, RequestError, as_user_error
from gac_core.contract.message import Message
from gac_core.contract.redaction import Addresses, redact_output

POLL_INTERVAL = 0.5
"""Seconds between polls if no task reports anything."""

_TASK_LOCK = threading.Lock()
"""Held by the task that computes: one task at a time reads a scene and uses memory."""
Values = dict[str, Any]

TASKS_PER_WORKER = 2
"""Tasks submitted per worker at a time: none is idle while the next one is sent."""
SceneStep = tuple[int, Step]
"""Index of the scene, and the step."""


class SchedulerLost(Exception):
    """Loss of the scheduler; completed steps are kept."""


class PendingResult:
    """Task whose result is awaited; submitted again if it was lost with its scheduler.

    Args:
        client: The Dask client.
        task: Function that a worker calls.
        *values: Its arguments.
    """

    def __init__(self, client: Client, task: Callable[..., Any], *values: Any) -> None:
        self._client, self._task, self._values = client, task, values
        self._future = self._ask()

    def _ask(self) -> Future[Any]:
        return self._client.submit(self._task, *self._values, pure=False)

    def answer(self, on_wait: Callable[[str], None]) -> Any:
        """Return the task's result, or raise its error.

        Args:
            on_wait: Called with what is missing while no worker is available.

        Raises:
            SchedulerLost: If the scheduler is gone.
        """
        while True:
            require_scheduler(self._client)
            # An error is already available here; a result has to be fetched.
            has_failed = self._future.status == "error"
            try:
                return self._future.result(timeout=None if has_failed else POLL_INTERVAL)
            except CancelledError:
                if self._client.status == "running":
                    self._future = self._ask()
                else:
                    time.sleep(POLL_INTERVAL)
            except TimeoutError:
                # Either the task's own, or this poll's, even if the result has arrived since.
                if has_failed:
                    raise
            missing = waiting_message(self._client)
            if missing:
                on_wait(missing)


def require_scheduler(client: Client) -> None:
    """Raise `SchedulerLost` if the client has given up waiting for the scheduler."""
    if client.status == "closed":
        raise SchedulerLost


def waiting_message(client: Client) -> str:
    """Return a message that says what is being waited for; "" if a worker is available."""
    if client.status != "running":
        return Message("Waiting for the scheduler")
    if workers_of(client):
        return ""
    # Other states mean starting or closing.
    paused = any(one["status"] == "paused" for one in _all_workers(client).values())
    return (
        Message("Waiting for workers: Dask has paused them, their memory is full")
        if paused
        else Message("Waiting for workers")
    )


def workers_of(client: Client) -> dict[str, int]:
    """Return the addresses of workers that accept tasks, and how many each runs at a time."""
    workers = _all_workers(client)
    return {
        address: worker["nthreads"]
        for address, worker in workers.items()
        if worker["status"] == "running"
    }


def _all_workers(client: Client) -> dict[str, Any]:
    try:
        workers: dict[str, Any] = client.scheduler_info()["workers"]
        return workers
    except (OSError, KeyError):
        return {}


def failed_on(client: Client, future: Future[Any]) -> str:
    """Return the address of the worker that a task failed on; "" if unknown."""
    try:
        address = client.run_on_scheduler(_erred_on, key=future.key)
        return str(address or "")
    except Exception:
        return ""


def _erred_on(key: str, dask_scheduler: Any = None) -> str | None:
    task = dask_scheduler.tasks.get(key)
    on = sorted(task.erred_on) if task is not None and task.erred_on else []
    return on[0] if on else None


def message_and_remedy(error: BaseException | None) -> tuple[str, str]:
    """Return the message and the remedy of a failure."""
    if isinstance(error, KilledWorker):
        return (
            Message("The workers that computed it ended, one after another."),
            Message("Most often memory is too small: give workers more (--memory), or use fewer."),
        )
    gac_error = as_user_error(error) if isinstance(error, Exception) else error
    if isinstance(gac_error, GacError):
        return gac_error.message, gac_error.remedy
    return Message("{}: {}.", type(error).__name__, error), Message(
        "This is a fault in GAC: report it."
    )


def _picklable_errors(work: Callable[..., Values]) -> Callable[..., Values]:
    """Make a task's errors picklable: the GDAL errors chained to GAC's cannot be pickled."""

    @wraps(work)
    def call(*args: Any, **options: Any) -> Values:
        redact_output()
        try:
            _require_private_scratch()
            return work(*args, **options)
        except GacError as error:
            gac_error = error
        gac_error.__cause__ = gac_error.__context__ = None
        raise gac_error

    return call


def _require_private_scratch() -> None:
    """Check that no other user can have this worker run their programs.

    A worker that GAC did not start keeps its files where whoever started it chose.

    Raises:
        RequestError: If one can.
    """
    try:
        folder = Path(get_worker().local_directory)
    except ValueError:
        return
    if not is_private(folder):
        raise RequestError(
            Message(
                "Other users of {} can write to {}, where the worker keeps its files, "
                "and could have it run their programs.",
                platform.node(),
                folder,
            ),
            Message("Start workers with --local-directory in a folder that only you can write to."),
        )


@_picklable_errors
def plan_task(
    name: str, request: Values, radar: Addresses, side: int | None, threads: int
) -> Values:
    """Make the plan of a scene, as values that can be sent; see `worker.make_plan`.

    Args:
        name: Name of the scene's folder.
        request: As for a run, without secrets.
        radar: Its files, with their access secrets.
        side: Approximate side of blocks; None: the default.
        threads: PyTorch threads in each worker.
    """
    from gac_core.batch.worker import make_plan, model_cache
    from gac_core.contract.request import RunRequest

    with _TASK_LOCK:
        run_request = RunRequest.from_dict({**request, "sar": radar.paths})
        plan = make_plan(name, run_request, side, threads, model_cache())
    return plan.to_dict()


@_picklable_errors
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
        Its record (`state.Done`).

    Raises:
        GacError: If something is wrong that the user can know or fix.
    """
    from gac_core.batch.worker import compute

    with _TASK_LOCK:
        return compute(Path(folder), identity, radar.paths, stage, cell, missing, beside).to_dict()


@_picklable_errors
def score_task(folder: str, identity: str, radar: Addresses, virtual: str) -> Values:
    """Score a whole scene from its virtual raster; equals the score of a single run."""
    from gac_core.batch.worker import score

    with _TASK_LOCK:
        return score(Path(folder), identity, radar.paths, virtual)


class Driver:
    """Scheduling loop that computes all steps of scenes.

    Args:
        states: States of the scenes.
        retries: How often a failed step is retried.
        on_step: Called for every step that is complete or given up.
        on_wait: Called with what is missing while no worker is available.
        radar: By scene name, its files with their access secrets.
    """

    def __init__(
        self,
        states: Sequence[SceneState],
        retries: int,
        on_step: Callable[[SceneState, Step], None],
        on_wait: Callable[[str], None],
        radar: Mapping[str, Addresses],
    ) -> None:
        self._states, self._retries = states, retries
        self._on_step, self._on_wait, self._radar = on_step, on_wait, radar
        self._tries: dict[SceneStep, int] = {}
        self._avoid: dict[SceneStep, set[str]] = {}
        self._full: set[str] = set()
        self._stopped: set[int] = set()
        self._flying: dict[SceneStep, Future[Any]] = {}
        self._bound: dict[SceneStep, set[str]] = {}

    def drive(self, client: Client) -> None:
        """Compute all outstanding steps; may be called again, with another client if necessary.

        Raises:
            SchedulerLost: If the scheduler is gone.
            DiskFull: If no worker has disk space left.
        """
        self._flying.clear()
        self._bound.clear()
        try:
            while self._is_left():
                require_scheduler(client)
                done = [place for place, future in self._flying.items() if future.done()]
                for place in done:
                    self._take(place, self._flying.pop(place), client)
                # Otherwise Dask is trying to reconnect to the scheduler.
                if client.status == "running":
                    self._hand_over(client)
                if not done:
                    self._wait(client)
                message = waiting_message(client)
                if message:
                    self._on_wait(message)
        finally:
            for future in self._flying.values():
                future.release()

    def _is_left(self) -> bool:
        active = (s for number, s in enumerate(self._states) if number not in self._stopped)
        return bool(self._flying) or any(state.todo for state in active)

    def _wait(self, client: Client) -> None:
        """Wait until a task reports something, or for a moment."""
        if not self._flying:
            time.sleep(POLL_INTERVAL)
            return
        try:
            with client.as_current():
                wait(
                    list(self._flying.values()),
                    timeout=POLL_INTERVAL,
                    return_when="FIRST_COMPLETED",
                )
        except (TimeoutError, CancelledError):
            # Cancelled: the scheduler and its tasks were lost.
            time.sleep(POLL_INTERVAL / 10)

    def _hand_over(self, client: Client) -> None:
        """Submit as many steps as the workers have capacity for.

        Raises:
            DiskFull: If there are workers, and all of their disks are full.
        """
        workers = workers_of(client)
        healthy = {a: n for a, n in workers.items() if a not in self._full}
        if workers and not healthy:
            raise DiskFull(
                Message("The disk is full for every worker."),
                Message("Make room, and run the same command again: what is complete stays."),
            )
        self._free(workers)
        room = TASKS_PER_WORKER * sum(healthy.values()) - len(self._flying)
        for place in self._ready(room) if room > 0 else ():
            self._flying[place] = self._submit(client, place, healthy, len(workers))

    def _free(self, workers: Mapping[str, int]) -> None:
        """Cancel steps bound to workers that are gone; they are submitted again."""
        for place in [p for p, those in self._bound.items() if those.isdisjoint(workers)]:
            del self._bound[place]
            future = self._flying.pop(place, None)
            if future is not None:
                future.cancel()

    def _ready(self, room: int) -> list[SceneStep]:
        """Return the steps to submit, the most urgent first."""
        places: list[SceneStep] = []
        for number, state in enumerate(self._states):
            if number in self._stopped:
                continue
            for step in sorted(state.todo, key=lambda s: (-s.stage, s.cell)):
                if len(places) == room:
                    return places
                if (number, step) in self._flying or not state.is_ready(step):
                    continue
                own = next((m for m in state.missing(step) if m.cell == step.cell), None)
                if own is not None:
                    state.give_up(step, f"{own.name} failed.", state.failed[own][1])
                    self._on_step(state, step)
                    continue
                places.append((number, step))
        return places

    def _submit(
        self, client: Client, place: SceneStep, healthy: Mapping[str, int], workers: int
    ) -> Future[Any]:
        number, step = place
        state = self._states[number]
        others = [a for a in healthy if a not in self._avoid.get(place, ())] or list(healthy)
        if self._full:
            # No other worker may take it, not even an idle one.
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
            # Any worker, including ones that join later, unless one is to be avoided.
            workers=others if len(others) < workers else None,
            allow_other_workers=len(others) < workers and not self._full,
            pure=False,
            priority=step.stage - 10 * number,
        )

    def _take(self, place: SceneStep, future: Future[Any], client: Client) -> None:
        number, step = place
        state = self._states[number]
        self._bound.pop(place, None)
        try:
            if future.status == "finished":
                state.finish(step, StepRecord.from_dict(future.result()))
                self._on_step(state, step)
                return
            error = future.exception()
        except (CancelledError, OSError):
            # Lost with its scheduler: it is submitted again.
            return
        if error is None or isinstance(error, CancelledError):
            return
        worker = failed_on(client, future)
        if isinstance(error, DiskFull) and worker:
            self._full.add(worker)
            return
        if isinstance(error, InputChanged):
            self._stop(number, error)
            return
        self._tries[place] = self._tries.get(place, 0) + 1
        self._avoid.setdefault(place, set()).add(worker)
        if self._tries[place] > self._retries or isinstance(error, (RequestError, KilledWorker)):
            state.give_up(step, *message_and_remedy(error))
            self._on_step(state, step)

    def _stop(self, number: int, error: BaseException) -> None:
        """Give up all remaining steps of a scene."""
        state = self._states[number]
        self._stopped.add(number)
        for step in sorted(state.todo):
            state.give_up(step, *message_and_remedy(error))
            self._on_step(state, step)
