"""Hands Dask's workers the steps that are ready, and takes what comes of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import CancelledError
from typing import Any

from distributed import Client, Future, wait
from distributed.scheduler import KilledWorker

from gac_core.batch.graph import Step
from gac_core.batch.hearing import (
    LOOK,
    failed_on,
    require_scheduler,
    told,
    who_is_missing,
    workers_of,
)
from gac_core.batch.state import Done, State
from gac_core.batch.task import step_task
from gac_core.contract.errors import DiskFull, InputChanged, RequestError
from gac_core.contract.redaction import Addresses

AHEAD = 2
"""Tasks for each worker at a time: none waits while the next one is sent."""

Place = tuple[int, Step]
"""Which scene, which step."""


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
