"""Removals of what a run or a batch no longer needs: files that are held cost it no time."""

from __future__ import annotations

import numpy as np
import pytest

from gac_core.contract import rename
from gac_core.contract.layout import JOURNAL
from gac_core.engine.batch_plan import Step
from gac_core.engine.batch_state import (
    COMPLETE,
    SceneState,
    StepRecord,
    record_path,
    tile_keys,
    tiles_of,
    working_file,
)
from gac_core.engine.checkpoint import Checkpoint, Journal, Stopwatch
from gac_core.grid import Window, WorkGrid
from gac_core.raster import StripWriter
from tests.core.engine.batch.test_blocks import plan_of
from tests.held import Holder

WAIT = pytest.approx(sum(rename.PAUSES))


@pytest.fixture
def state(tmp_path):
    """A scene whose steps before the last one are complete; all its files are there."""
    plan = plan_of(tmp_path, 128)
    state = SceneState(plan)
    for step in sorted(state.todo):
        if step.stage < 3:
            state.done[step] = StepRecord(plan.identity, COMPLETE)
            state.todo.discard(step)
            for path in (working_file(plan, step).path, record_path(plan, step)):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(b"1")
    return state


def leave_tiles(state, step):
    for key in tile_keys(state.plan, step):
        folder = tiles_of(state.plan, key)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "tile.npz").write_bytes(b"1")


def test_a_step_ends_whatever_of_its_inputs_is_held(state, monkeypatch):
    last = [step for step in sorted(state.todo) if step.stage == 3]
    for step in last:
        leave_tiles(state, step)
    holder = Holder(monkeypatch, rename)
    for step in last:
        state.finish(step, StepRecord(state.plan.identity, COMPLETE))
    assert holder.refused and not holder.paused
    assert not state.todo


def test_a_batch_begins_however_many_leftovers_are_held(state, monkeypatch):
    leave_tiles(state, Step(1, state.graph.steps[0].cell))
    for path in (state.plan.radar, *state.plan.optical):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"1")
    holder = Holder(monkeypatch, rename)
    state.sweep()
    # What is stored of an input may be of one that was being changed: that is waited for, once.
    assert sum(holder.paused) == WAIT
    assert {state.plan.radar, *state.plan.optical} < set(holder.refused)


def test_rows_are_done_however_many_of_their_tiles_are_held(tmp_path, monkeypatch):
    area = Window(0, 0, 64, 64)
    with StripWriter(tmp_path / "opt_v1.bil", WorkGrid(32633), area, ("B02",)) as writer:
        writer.write(area, np.zeros((1, *area.shape), np.float32))
        journal = Journal(tmp_path / JOURNAL, {}, {})
        folder = tmp_path / "opt_v1"
        memory = Checkpoint(journal, "opt_v1", folder, writer, Stopwatch(journal, "opt_v1"))
        for row in range(0, 64, 16):
            memory.keep(Window(row, 0, 16, 16), np.zeros((1, 16, 16), np.float32))
        holder = Holder(monkeypatch, rename, lambda path: path.suffix == ".npz")
        memory.rows_done(64)
        assert len(holder.refused) == 4 and not holder.paused
        assert Journal.read(tmp_path).rows == {"opt_v1": 64}
