"""Batch entry point: list the scenes, plan, compute, score and summarise."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from gac_core.contract.batch_request import BatchRequest
from gac_core.contract.errors import DiskFull, GacError, InputChanged, RequestError
from gac_core.contract.layout import SUMMARY
from gac_core.contract.message import Message, join, with_words
from gac_core.contract.redaction import Addresses, redacted_values
from gac_core.contract.request import DEFAULTS, RunRequest
from gac_core.engine.batch_folder import (
    locked,
    open_state,
    prepare_batch_folder,
    summary_of,
    virtual_path,
    write_collection,
    write_settings,
    write_virtual,
)
from gac_core.engine.batch_inputs import SceneFiles, find_scenes
from gac_core.engine.batch_plan import Plan, Step, read_plan
from gac_core.engine.batch_state import SceneState, StepRecord
from gac_core.engine.batch_tasks import Failed, plan_task, score_task, step_task
from gac_core.engine.checkpoint import now
from gac_core.engine.executors import Pool, Task, TaskQueue, Workers
from gac_core.engine.folder import result_path, write_json
from gac_core.engine.plan import with_absolute_paths
from gac_core.raster import damaged_error

REFRESH_INTERVAL = 5.0
"""Minimum seconds between updates of the virtual rasters and the summary."""
_RESUME = Message("Then run the same command again: what is complete stays.")

Values = dict[str, Any]
SceneStep = tuple[int, Step]
"""Index of the scene, and the step."""
SceneScore = tuple[int, int]
"""Index of the scene, and the stage that is scored."""


@dataclass(frozen=True)
class Batch:
    """Settings of a batch.

    Attributes:
        inputs: See docs/scale.md.
        out: Folder for the results.
        settings: Fields of `RunRequest`, by name; without `sar` and `out`.
        side: Approximate side of a block in pixels; None: the default.
        retries: How often a block is tried again if it fails or its worker ends.
        workers: Workers that compute.
    """

    inputs: tuple[str, ...]
    out: Path
    settings: Values = field(default_factory=dict)
    side: int | None = None
    retries: int = 2
    workers: Workers = field(default_factory=Workers)

    @classmethod
    def of(cls, request: BatchRequest) -> Batch:
        """Return the settings of a request.

        Raises:
            RequestError: If a value is out of range, or options exclude each other.
        """
        if request.retries < 0:
            raise RequestError(
                Message("{} retries were asked for.", request.retries),
                Message("It can be 0 or more."),
                problem="retries-negative",
            )
        return cls(
            inputs=request.inputs,
            out=Path(request.out),
            settings=request.settings,
            side=request.block,
            retries=request.retries,
            workers=Workers(
                address=request.scheduler,
                count=request.workers,
                threads=request.threads,
                device=request.settings.get("device", "auto"),
                tls_ca=request.tls_ca,
                tls_cert=request.tls_cert,
                tls_key=request.tls_key,
            ),
        )


@dataclass(frozen=True)
class Progress:
    """Progress of a batch.

    Attributes:
        done: Stages of blocks that are complete, empty, or given up.
        total: All stages of blocks.
        failed: Those given up.
        message: Current activity in words.
    """

    done: int
    total: int
    failed: int
    message: str


def run_batch(
    batch: Batch,
    tell: Callable[[Progress], object],
    on_note: Callable[[str], None] = lambda note: None,
) -> Values:
    """Execute a batch, or resume it.

    Args:
        batch: The batch.
        tell: Called with the progress.
        on_note: Called with a message about the workers, for instance the address of a dashboard.

    Returns:
        The content of `summary.json`.

    Raises:
        GacError: If the batch cannot be executed. Failures of scenes and blocks are in the summary.
    """
    scenes = find_scenes(batch.inputs)
    prepare_batch_folder(batch.out, batch.inputs, batch.settings, batch.side)
    bundle = str(batch.settings.get("bundle") or DEFAULTS["bundle"])
    with locked(batch.out), batch.workers.open(bundle) as pool:
        if pool.note:
            on_note(pool.note)
        return _BatchRun(batch, pool, tell).run(scenes)


class _BatchRun:
    """Execution of a batch."""

    def __init__(self, batch: Batch, pool: Pool, tell: Callable[[Progress], object]) -> None:
        self._batch, self._pool, self._tell = batch, pool, tell
        self._states: list[SceneState] = []
        self._running: set[SceneStep] = set()
        self._unscored: set[SceneScore] = set()
        self._scoring: set[SceneScore] = set()
        self._refused: dict[str, tuple[str, str]] = {}
        self._radar: dict[str, Addresses] = {}
        self._scores: dict[str, dict[str, Values]] = {}
        self._notes: dict[str, dict[int, str]] = {}
        self._fresh: set[tuple[str, int]] = set()
        self._written = 0.0
        self._began = time.monotonic()
        self._started = now()

    def run(self, scenes: Sequence[SceneFiles]) -> Values:
        """Plan and compute the scenes; return the summary."""
        self._plan(scenes)
        if self._states:
            # Only now that plans have matched the settings: this restores a damaged record.
            batch = self._batch
            write_settings(batch.out, batch.inputs, batch.settings, batch.side)
        for state in self._states:
            state.sweep()
            self._fresh |= {(state.plan.name, stage) for stage in state.plan.stages}
        for number in range(len(self._states)):
            self._on_settled(number)
        self._report(Message("Computing the blocks"))
        try:
            self._compute()
            reopened = [state.reopen() for state in self._states]
            if any(reopened):
                self._compute()
                self._give_up_damaged()
            self._refresh()
        except BaseException:
            self._write("stopped")
            raise
        failed = self._refused or any(state.failed for state in self._states)
        return self._write("complete with failures" if failed else "complete")

    def _results(self, source: Callable[[int], Iterable[Task[Any]]]) -> Iterator[tuple[Any, Any]]:
        return TaskQueue(self._pool, self._batch.retries, self._report).results(source)

    def _plan(self, scenes: Sequence[SceneFiles]) -> None:
        existing: dict[str, Plan | None] = {}

        def tasks() -> Iterator[Task[str]]:
            for scene in scenes:
                folder = self._batch.out / scene.name
                # Absolute paths: workers may have been started in another folder.
                request = with_absolute_paths(
                    RunRequest(scene.sar, out=str(folder), **self._batch.settings)
                )
                radar = self._radar[scene.name] = Addresses(request.sar)
                plan = existing[scene.name] = read_plan(folder)
                threads = self._batch.workers.threads or (plan.threads if plan else None)
                values = request.without_secrets().to_dict(), radar, self._batch.side
                each = threads or self._batch.workers.each
                yield scene.name, plan_task, (scene.name, *values, each)

        states: dict[str, SceneState] = {}
        waiting = tasks()
        self._report(Message("Understanding scene 1 of {}", len(scenes)))
        for number, (name, result) in enumerate(
            self._results(lambda room: islice(waiting, room)), 1
        ):
            if isinstance(result, Failed):
                self._refused[name] = result.message, result.remedy
            else:
                try:
                    states[name] = open_state(Plan.from_dict(result), existing[name])
                except GacError as error:
                    self._refused[name] = error.message, error.remedy
            self._report(
                Message("Understanding scene {} of {}", min(number + 1, len(scenes)), len(scenes))
            )
        self._states = [states[scene.name] for scene in scenes if scene.name in states]

    def _compute(self) -> None:
        """Compute all outstanding steps, and score each scene as soon as it has none.

        Raises:
            DiskFull: If a worker's disk is full.
        """
        for (number, step), result in self._results(self._next_tasks):
            state = self._states[number]
            if not isinstance(step, Step):
                self._on_score(number, step, result)
                continue
            self._running.discard((number, step))
            if step not in state.todo:
                continue
            if not isinstance(result, Failed):
                state.finish(step, StepRecord.from_dict(result))
                self._on_step(state, step)
                self._on_settled(number)
            elif issubclass(result.kind, DiskFull):
                raise DiskFull(
                    result.message, join((result.remedy, _RESUME)), problem=result.problem
                )
            elif issubclass(result.kind, InputChanged):
                state.drop_inputs()
                for each in sorted(state.todo):
                    self._give_up(state, each, result.message, result.remedy)
                self._on_settled(number)
            else:
                self._give_up(state, step, result.message, result.remedy)
                self._on_settled(number)

    def _next_tasks(self, room: int) -> Iterator[Task[SceneStep | SceneScore]]:
        """Yield the most urgent tasks: scores first, so that a scene's radar can go."""
        scores = sorted(self._unscored)[:room]
        for number, stage in scores:
            self._unscored.discard((number, stage))
            self._scoring.add((number, stage))
            plan = self._states[number].plan
            self._report(Message("Scoring {} of {}", f"opt_v{stage}", plan.name))
            values = str(plan.folder), plan.identity, self._radar[plan.name]
            yield (number, stage), score_task, (*values, str(virtual_path(plan, stage)))
        yield from self._next_steps(room - len(scores))

    def _next_steps(self, room: int) -> Iterator[Task[SceneStep]]:
        """Yield the most urgent steps: later stages first, so that working files can go."""
        ready = (
            (number, step)
            for number, state in enumerate(self._states)
            for step in sorted(state.todo, key=lambda s: (-s.stage, s.cell))
            if (number, step) not in self._running and state.is_ready(step)
        )
        for place in list(islice(ready, room)):
            self._running.add(place)
            number, step = place
            state = self._states[number]
            missing = tuple((one.stage, tuple(one.cell)) for one in state.missing(step))
            values = (
                *(str(state.plan.folder), state.plan.identity, self._radar[state.plan.name]),
                *(step.stage, tuple(step.cell), missing, state.beside(step)),
            )
            yield place, step_task, values

    def _give_up(self, state: SceneState, step: Step, why: str, remedy: str) -> None:
        """Give up a step, and later stages of its block; its neighbours read nodata there."""
        state.give_up(step, why, remedy)
        self._on_step(state, step)
        later = (one for one in state.todo if one.cell == step.cell and one.stage > step.stage)
        for one in sorted(later):
            state.give_up(one, Message("{} failed.", step.name), remedy)
            self._on_step(state, one)

    def _on_step(self, state: SceneState, step: Step) -> None:
        self._fresh.add((state.plan.name, step.stage))
        self._report(join((state.plan.name, step.name), ", "))
        if time.monotonic() - self._written > REFRESH_INTERVAL:
            self._write("running")

    def _report(self, message: str) -> None:
        steps = sum(len(s.done) + len(s.failed) for s in self._states)
        remaining = sum(len(s.todo) for s in self._states)
        failed = sum(len(s.failed) for s in self._states)
        self._tell(Progress(steps, steps + remaining, failed, message))

    def _give_up_damaged(self) -> None:
        """Give up results that were damaged again: another program keeps overwriting them."""
        for number, state in enumerate(self._states):
            damaged = state.drop_damaged()
            for step in damaged:
                path = result_path(state.plan.block(step.cell), step.stage)
                error = damaged_error(path)
                state.give_up(step, error.message, error.remedy)
                self._fresh.add((state.plan.name, step.stage))
            if damaged:
                self._on_settled(number)
        self._compute()

    def _on_settled(self, number: int) -> None:
        """Have a scene scored that has no steps left; equals the scores of a run over all of it."""
        state = self._states[number]
        if state.todo:
            return
        scored = [stage for stage in state.plan.stages if state.files(stage)]
        self._refresh()
        self._unscored |= {(number, stage) for stage in scored}
        if not scored:
            state.drop_inputs()

    def _on_score(self, number: int, stage: int, result: Values | Failed) -> None:
        state = self._states[number]
        name = state.plan.name
        self._scoring.discard((number, stage))
        if isinstance(result, Failed):
            why = join((result.message, result.remedy))
            note = Message("opt_v{} has no score: {}", stage, why)
            self._notes.setdefault(name, {})[stage] = note
        else:
            self._scores.setdefault(name, {})[f"opt_v{stage}"] = result
            self._notes.get(name, {}).pop(stage, None)
        if not any(one == number for one, _ in self._unscored | self._scoring):
            state.drop_inputs()

    def _refresh(self) -> None:
        for state in self._states:
            for stage in state.plan.stages:
                if (state.plan.name, stage) in self._fresh:
                    write_virtual(state.plan, stage, state.files(stage))
        self._fresh.clear()
        write_collection(self._batch.out, self._states)

    def _write(self, status: str) -> Values:
        self._refresh()
        summary = summary_of(
            self._states,
            self._refused,
            self._scores,
            {name: list(notes.values()) for name, notes in self._notes.items()},
            status=status,
            started=self._started,
            seconds=round(time.monotonic() - self._began, 3),
        )
        write_json(self._batch.out / SUMMARY, with_words(redacted_values(summary)))
        self._written = time.monotonic()
        return summary
