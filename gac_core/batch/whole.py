"""A whole batch: scenes found, planned, computed, and told of."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from distributed import Client
from filelock import FileLock, Timeout

from gac_core import __version__
from gac_core.batch.cluster import Workers
from gac_core.batch.driving import Driver, SchedulerLost, told
from gac_core.batch.graph import Step
from gac_core.batch.inputs import SceneFiles, scenes_of
from gac_core.batch.output import COLLECTION, virtual_path, write_collection, write_virtual
from gac_core.batch.plan import Plan, read_plan
from gac_core.batch.state import EMPTY, State
from gac_core.batch.task import plan_task, score_task
from gac_core.errors import GacError, OutputError, RequestError
from gac_core.raster.space import unwritable
from gac_core.request import RunRequest
from gac_core.runs.folder import write_json
from gac_core.runs.journal import now

BATCH, SUMMARY, LOCK = "batch.json", "summary.json", ".gac-batch.lock"
FORMAT = 1

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
    _prepare(batch)
    lock = FileLock(batch.out / LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise OutputError(
            f"Another batch is at work in {batch.out}.",
            "Wait until it is done, or choose another output folder.",
        ) from error
    try:
        with batch.workers.client() as client:
            on_client(client)
            return _Course(batch, client, tell).run(scenes)
    except SchedulerLost as error:
        raise GacError(
            f"The scheduler at {batch.workers.address} does not answer any more.",
            "Start it again, and run the same command: what is complete stays.",
        ) from error
    finally:
        lock.release()


def _prepare(batch: Batch) -> None:
    """The output folder, and in it what the batch is.

    Raises:
        OutputError: If it cannot be written, or is somebody else's.
        RequestError: If it holds a batch with other settings.
    """
    path = batch.out / BATCH
    try:
        batch.out.mkdir(parents=True, exist_ok=True)
        known = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None
        strange = known is None and any(one.name != LOCK for one in batch.out.iterdir())
    except OSError as error:
        raise unwritable(path, error) from error
    except ValueError:
        known, strange = None, True
    if strange:
        raise OutputError(
            f"{batch.out} holds other things than a batch of GAC's.", "Choose an empty folder."
        )
    if known is not None and known.get("settings") != json.loads(json.dumps(batch.settings)):
        raise RequestError(
            f"{batch.out} holds a batch with other settings.",
            "Give the same settings to go on with it, or choose another folder.",
        )
    write_json(
        path,
        {
            "format": FORMAT,
            "gac_version": __version__,
            "inputs": list(batch.inputs),
            "settings": batch.settings,
            "block": batch.side,
        },
    )


class _Course:
    """A batch on its way."""

    def __init__(self, batch: Batch, client: Client, tell: Callable[[Progress], None]) -> None:
        self._batch, self._client, self._tell = batch, client, tell
        self._states: list[State] = []
        self._refused: dict[str, tuple[str, str]] = {}
        self._scores: dict[str, dict[str, Values]] = {}
        self._fresh: set[tuple[str, int]] = set()
        self._written = 0.0
        self._began = time.monotonic()
        self._started = now()

    def run(self, scenes: Sequence[SceneFiles]) -> Values:
        """From scenes to the summary."""
        self._plan(scenes)
        for state in self._states:
            state.sweep()
            self._fresh |= {(state.plan.name, stage) for stage in state.plan.stages}
        self._report("Computing the blocks")
        try:
            Driver(self._states, self._batch.retries, self._on_step).drive(self._client)
            self._score()
        except BaseException:
            self._write("stopped")
            raise
        failed = self._refused or any(state.failed for state in self._states)
        return self._write("complete with failures" if failed else "complete")

    def _plan(self, scenes: Sequence[SceneFiles]) -> None:
        futures = {}
        for scene in scenes:
            folder = self._batch.out / scene.name
            request = RunRequest(sar=scene.sar, out=str(folder), **self._batch.settings)
            known = read_plan(folder)
            threads = self._batch.workers.threads or (known.threads if known else None)
            futures[scene.name] = (
                known,
                self._client.submit(
                    plan_task,
                    scene.name,
                    request.to_dict(),
                    self._batch.side,
                    threads or self._batch.workers.each,
                    pure=False,
                ),
            )
        for number, (name, (known, future)) in enumerate(futures.items()):
            self._tell(Progress(0, 0, 0, f"Understanding scene {number + 1} of {len(futures)}"))
            try:
                plan = Plan.from_dict(future.result())
                self._states.append(_begun(plan, known))
            except GacError as error:
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

    def _score(self) -> None:
        """Scores of whole scenes, as runs over all of them would have them."""
        self._refresh()
        futures = {
            (state.plan.name, stage): self._client.submit(
                score_task,
                str(state.plan.folder),
                state.plan.identity,
                stage,
                str(virtual_path(state.plan, stage)),
                pure=False,
            )
            for state in self._states
            for stage in state.plan.stages
            if state.files(stage)
        }
        for number, ((name, stage), future) in enumerate(futures.items()):
            self._report(f"Scoring {number + 1} of {len(futures)}")
            self._scores.setdefault(name, {})[f"opt_v{stage}"] = future.result()

    def _refresh(self) -> None:
        for state in self._states:
            for stage in state.plan.stages:
                if (state.plan.name, stage) in self._fresh:
                    write_virtual(state.plan, stage, state.files(stage))
        self._fresh.clear()
        write_collection(self._batch.out, self._states)

    def _write(self, status: str) -> Values:
        self._refresh()
        summary = self._summary(status)
        write_json(self._batch.out / SUMMARY, summary)
        self._written = time.monotonic()
        return summary

    def _summary(self, status: str) -> Values:
        return {
            "synthetic": True,
            "gac_version": __version__,
            "status": status,
            "started": self._started,
            "updated": now(),
            "seconds": round(time.monotonic() - self._began, 3),
            "collection": COLLECTION,
            "scenes": {
                **{s.plan.name: self._summary_of(s) for s in self._states},
                **{
                    name: {"status": "refused", "why": why, "remedy": remedy}
                    for name, (why, remedy) in self._refused.items()
                },
            },
        }

    def _summary_of(self, state: State) -> Values:
        plan, done = state.plan, state.done
        shown = plan.cells(plan.request.stages)
        return {
            "status": "failed" if state.failed else "running" if state.todo else "complete",
            "sar": list(plan.request.sar),
            "epsg": plan.grid.epsg,
            "block": plan.side,
            "blocks": len(shown),
            "empty": sum(
                step.stage == plan.request.stages and one.status == EMPTY
                for step, one in done.items()
            ),
            "complete": {f"opt_v{stage}": len(state.files(stage)) for stage in plan.stages},
            "left": len(state.todo),
            "holes": [
                {"block": step.cell.name, "stage": step.stage, "why": why, "remedy": remedy}
                for step, (why, remedy) in sorted(state.failed.items())
            ],
            "beside_holes": sorted({step.cell.name for step, one in done.items() if one.missing}),
            "scores": self._scores.get(plan.name, {}),
            "seconds": {
                f"opt_v{stage}": round(
                    sum(one.seconds for step, one in done.items() if step.stage == stage), 3
                )
                for stage in plan.stages
            },
            "workers": sorted({one.worker for one in done.values()}),
            "notes": plan.warnings,
        }


def _begun(plan: Plan, known: Plan | None) -> State:
    """The state of a scene whose plan was made anew.

    Raises:
        OutputError: If what was computed of it belongs to another plan.
    """
    if known is not None and known.identity != plan.identity:
        if State(known).done:
            theirs, ours = known.to_dict(), plan.to_dict()
            differ = [key for key in ours if ours[key] != theirs.get(key)]
            raise OutputError(
                f"{plan.folder} was begun with other settings, files or software "
                f"({', '.join(differ)} differ).",
                "Go on with what it was begun with, choose another folder, or remove this one.",
            )
        known = None
    if known is None:
        try:
            plan.work.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise unwritable(plan.work, error) from error
        plan.save()
    return State(plan)
