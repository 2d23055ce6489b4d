"""A whole batch: scenes found, planned, computed, and told of."""

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
    alone_in,
    begun,
    note,
    prepare,
    summary_of,
    virtual_path,
    write_collection,
    write_virtual,
)
from gac_core.batch.inputs import SceneFiles, scenes_of
from gac_core.batch.plan import Plan, Step, read_plan
from gac_core.batch.scheduler import Driver, Question, SchedulerLost, plan_task, score_task, told
from gac_core.batch.state import State
from gac_core.contract.errors import GacError
from gac_core.contract.layout import SUMMARY
from gac_core.contract.redaction import Addresses
from gac_core.contract.request import RunRequest
from gac_core.raster import damaged
from gac_core.runs.checkpoint import now
from gac_core.runs.folder import result_path, write_json
from gac_core.runs.plan import anchored

REFRESH = 5.0
"""Seconds between new virtual rasters and summaries, at the least."""

Values = dict[str, Any]


@dataclass(frozen=True)
class Batch:
    """What a batch is asked to do.

    Attributes:
        inputs: See docs/scale.md.
        out: Folder for the results.
        settings: Of `RunRequest`, by name; without `sar` and `out`.
        side: Of blocks, in pixels, about; None: as usual.
        retries: How often a block that failed is tried again.
        workers: Who computes.
    """

    inputs: tuple[str, ...]
    out: Path
    settings: Values = field(default_factory=dict)
    side: int | None = None
    retries: int = 2
    workers: Workers = field(default_factory=Workers)


@dataclass(frozen=True)
class Progress:
    """How far a batch is.

    Attributes:
        done: Stages of blocks that are complete, empty, or given up.
        total: All of them.
        failed: Given up.
        message: In words.
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
    """Carry out a batch, or go on with it.

    Args:
        batch: What to do.
        tell: Told how far it is.
        on_client: Given Dask's client: its dashboard's address, for one.

    Returns:
        What `summary.json` holds.

    Raises:
        GacError: If it cannot be carried out. Scenes and blocks that fail are told in the summary.
    """
    scenes = scenes_of(batch.inputs)
    prepare(batch.out, batch.inputs, batch.settings, batch.side)
    with alone_in(batch.out):
        try:
            with batch.workers.client(batch.out) as client:
                on_client(client)
                return _Course(batch, client, tell).run(scenes)
        except SchedulerLost as error:
            raise GacError(
                f"The scheduler at {batch.workers.address} does not answer any more.",
                "Start it again, and run the same command: what is complete stays.",
            ) from error


class _Course:
    """A batch on its way."""

    def __init__(self, batch: Batch, client: Client, tell: Callable[[Progress], None]) -> None:
        self._batch, self._client, self._tell = batch, client, tell
        self._states: list[State] = []
        self._refused: dict[str, tuple[str, str]] = {}
        self._radar: dict[str, Addresses] = {}
        self._scores: dict[str, dict[str, Values]] = {}
        self._notes: dict[str, list[str]] = {}
        self._fresh: set[tuple[str, int]] = set()
        self._written = 0.0
        self._began = time.monotonic()
        self._started = now()

    def run(self, scenes: Sequence[SceneFiles]) -> Values:
        """From scenes to the summary."""
        self._plan(scenes)
        if self._states:
            # Once scenes have taken the settings for theirs: a damaged record is made again.
            batch = self._batch
            note(batch.out, batch.inputs, batch.settings, batch.side)
        for state in self._states:
            state.sweep()
            self._fresh |= {(state.plan.name, stage) for stage in state.plan.stages}
        self._report("Computing the blocks")
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
        asked = {}
        for scene in scenes:
            folder = self._batch.out / scene.name
            # Its paths are ours; workers may have been started in another folder.
            request = anchored(RunRequest(scene.sar, out=str(folder), **self._batch.settings))
            self._radar[scene.name] = Addresses(request.sar)
            known = read_plan(folder)
            threads = self._batch.workers.threads or (known.threads if known else None)
            asked[scene.name] = (
                known,
                Question(
                    self._client,
                    plan_task,
                    scene.name,
                    request.without_secrets().to_dict(),
                    self._radar[scene.name],
                    self._batch.side,
                    threads or self._batch.workers.each,
                ),
            )
        for number, (name, (known, question)) in enumerate(asked.items()):
            self._report(f"Understanding scene {number + 1} of {len(asked)}")
            try:
                plan = Plan.from_dict(question.answer(self._report))
                self._states.append(begun(plan, known))
            except (GacError, KilledWorker) as error:
                self._refused[name] = told(error)

    def _on_step(self, state: State, step: Step) -> None:
        self._fresh.add((state.plan.name, step.stage))
        self._report(f"{state.plan.name}, {step.name}")
        if time.monotonic() - self._written > REFRESH:
            self._write("running")

    def _report(self, message: str) -> None:
        steps = sum(len(s.done) + len(s.failed) for s in self._states)
        left = sum(len(s.todo) for s in self._states)
        failed = sum(len(s.failed) for s in self._states)
        self._tell(Progress(steps, steps + left, failed, message))

    def _give_up_damaged(self) -> None:
        """What another program writes over again and again is no result of ours."""
        for state in self._states:
            for step in state.drop_damaged():
                path = result_path(state.plan.block(step.cell), step.stage)
                error = damaged(path)
                state.give_up(step, error.message, error.remedy)
                self._fresh.add((state.plan.name, step.stage))

    def _score(self) -> None:
        """Scores of whole scenes, as runs over all of them would have them."""
        self._refresh()
        asked = {
            (state.plan.name, stage): Question(
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
        for number, ((name, stage), question) in enumerate(asked.items()):
            self._report(f"Scoring {number + 1} of {len(asked)}")
            try:
                self._scores.setdefault(name, {})[f"opt_v{stage}"] = question.answer(self._report)
            except (GacError, KilledWorker) as error:
                why = " ".join(told(error))
                self._notes.setdefault(name, []).append(f"opt_v{stage} has no score: {why}")

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
        write_json(self._batch.out / SUMMARY, summary)
        self._written = time.monotonic()
        return summary
