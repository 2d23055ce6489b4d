"""Batch entry point: list the scenes, plan, compute, score and summarise."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from distributed import Client
from distributed.scheduler import KilledWorker

from gac_core.batch.cluster import Workers
from gac_core.batch.folder import (
    locked,
    open_state,
    prepare_batch_folder,
    summary_of,
    virtual_path,
    write_collection,
    write_settings,
    write_virtual,
)
from gac_core.batch.inputs import SceneFiles, find_scenes
from gac_core.batch.plan import Plan, Step, read_plan
from gac_core.batch.scheduler import (
    Driver,
    PendingResult,
    SchedulerLost,
    message_and_remedy,
    plan_task,
    score_task,
)
from gac_core.batch.state import SceneState
from gac_core.contract.errors import GacError
from gac_core.contract.layout import SUMMARY
from gac_core.contract.message import Message, join, with_words
from gac_core.contract.redaction import Addresses, redacted_values
from gac_core.contract.request import RunRequest
from gac_core.raster import damaged_error
from gac_core.runs.checkpoint import now
from gac_core.runs.folder import result_path, write_json
from gac_core.runs.plan import with_absolute_paths

REFRESH_INTERVAL = 5.0
"""Minimum seconds between updates of the virtual rasters and the summary."""

Values = dict[str, Any]


@dataclass(frozen=True)
class Batch:
    """Settings of a batch.

    Attributes:
        inputs: See docs/scale.md.
        out: Folder for the results.
        settings: Fields of `RunRequest`, by name; without `sar` and `out`.
        side: Approximate side of a block in pixels; None: the default.
        retries: How often a failed block is retried.
        workers: Workers that compute.
    """

    inputs: tuple[str, ...]
    out: Path
    settings: Values = field(default_factory=dict)
    side: int | None = None
    retries: int = 2
    workers: Workers = field(default_factory=Workers)


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
    tell: Callable[[Progress], None],
    on_client: Callable[[Client], None] = lambda client: None,
) -> Values:
    """Execute a batch, or resume it.

    Args:
        batch: The batch.
        tell: Called with the progress.
        on_client: Called with the Dask client, for instance for its dashboard's address.

    Returns:
        The content of `summary.json`.

    Raises:
        GacError: If the batch cannot be executed. Failures of scenes and blocks are in the summary.
    """
    scenes = find_scenes(batch.inputs)
    prepare_batch_folder(batch.out, batch.inputs, batch.settings, batch.side)
    with locked(batch.out):
        try:
            with batch.workers.client(batch.out) as client:
                on_client(client)
                return _BatchRun(batch, client, tell).run(scenes)
        except SchedulerLost as error:
            raise GacError(
                Message("The scheduler at {} does not answer any more.", batch.workers.address),
                Message("Start it again, and run the same command: what is complete stays."),
            ) from error


class _BatchRun:
    """Execution of a batch."""

    def __init__(self, batch: Batch, client: Client, tell: Callable[[Progress], None]) -> None:
        self._batch, self._client, self._tell = batch, client, tell
        self._states: list[SceneState] = []
        self._refused: dict[str, tuple[str, str]] = {}
        self._radar: dict[str, Addresses] = {}
        self._scores: dict[str, dict[str, Values]] = {}
        self._notes: dict[str, list[str]] = {}
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
        self._report(Message("Computing the blocks"))
        try:
            driver = Driver(
                self._states, self._batch.retries, self._on_step, self._report, self._radar
            )
            driver.drive(self._client)
            reopened = [state.reopen() for state in self._states]
            if any(reopened):
                driver.drive(self._client)
                self._give_up_damaged()
            self._score()
        except BaseException:
            self._write("stopped")
            raise
        failed = self._refused or any(state.failed for state in self._states)
        return self._write("complete with failures" if failed else "complete")

    def _plan(self, scenes: Sequence[SceneFiles]) -> None:
        questions = {}
        for scene in scenes:
            folder = self._batch.out / scene.name
            # Absolute paths: workers may have been started in another folder.
            request = with_absolute_paths(
                RunRequest(scene.sar, out=str(folder), **self._batch.settings)
            )
            self._radar[scene.name] = Addresses(request.sar)
            existing = read_plan(folder)
            threads = self._batch.workers.threads or (existing.threads if existing else None)
            questions[scene.name] = (
                existing,
                PendingResult(
                    self._client,
                    plan_task,
                    scene.name,
                    request.without_secrets().to_dict(),
                    self._radar[scene.name],
                    self._batch.side,
                    threads or self._batch.workers.each,
                ),
            )
        for number, (name, (existing, question)) in enumerate(questions.items()):
            self._report(Message("Understanding scene {} of {}", number + 1, len(questions)))
            try:
                plan = Plan.from_dict(question.answer(self._report))
                self._states.append(open_state(plan, existing))
            except (GacError, KilledWorker) as error:
                self._refused[name] = message_and_remedy(error)

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
        for state in self._states:
            for step in state.drop_damaged():
                path = result_path(state.plan.block(step.cell), step.stage)
                error = damaged_error(path)
                state.give_up(step, error.message, error.remedy)
                self._fresh.add((state.plan.name, step.stage))

    def _score(self) -> None:
        """Score whole scenes; equals the scores of single runs over all of them."""
        self._refresh()
        questions = {
            (state.plan.name, stage): PendingResult(
                self._client,
                score_task,
                str(state.plan.folder),
                state.plan.identity,
                self._radar[state.plan.name],
                str(virtual_path(state.plan, stage)),
            )
            for state in self._states
            for stage in state.plan.stages
            if state.files(stage)
        }
        for number, ((name, stage), question) in enumerate(questions.items()):
            self._report(Message("Scoring {} of {}", number + 1, len(questions)))
            try:
                self._scores.setdefault(name, {})[f"opt_v{stage}"] = question.answer(self._report)
            except (GacError, KilledWorker) as error:
                why = join(message_and_remedy(error))
                self._notes.setdefault(name, []).append(
                    Message("opt_v{} has no score: {}", stage, why)
                )

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
            self._notes,
            status=status,
            started=self._started,
            seconds=round(time.monotonic() - self._began, 3),
        )
        write_json(self._batch.out / SUMMARY, with_words(redacted_values(summary)))
        self._written = time.monotonic()
        return summary
