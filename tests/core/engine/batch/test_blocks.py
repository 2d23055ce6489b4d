"""Halos, what waits for what, shared tiles and what is dropped: with stages that take no time."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from gac_core.bundles.bundle import WindowSpec
from gac_core.contract.message import Message
from gac_core.contract.redaction import Addresses
from gac_core.contract.request import RunRequest
from gac_core.engine.areas import Fusion, generated_area
from gac_core.engine.batch import Batch, _BatchRun
from gac_core.engine.batch_plan import Graph, Plan, Step
from gac_core.engine.batch_state import (
    COMPLETE,
    EMPTY,
    SceneState,
    SharedTiles,
    StepRecord,
    record_path,
    working_file,
)
from gac_core.engine.block_files import BlockReader
from gac_core.engine.executors import Pool
from gac_core.engine.folder import write_json
from gac_core.engine.plan import STAGE_BANDS
from gac_core.grid import TOKEN, Window, WorkGrid
from gac_core.io import sealed
from gac_core.raster import StripWriter
from gac_core.stages.base import STAGE_INPUTS
from gac_core.stages.generate import Generate
from gac_core.stages.ground import Ground, ZeroShotGround
from gac_core.stages.refine import Refine
from gac_core.stages.tensors import noise_for
from gac_core.tiling.mosaic import run_tiled

SCENE = Window(-1010, 505, 330, 300)


def radar(window):
    """A smooth function of the place, with data only in SCENE."""
    rows = np.arange(window.row, window.stop_row)[:, None]
    cols = np.arange(window.col, window.stop_col)[None, :]
    values = np.stack([np.sin(rows / 9) + cols * 0.01, np.cos(cols / 7) - rows * 0.01])
    inside = (rows >= SCENE.row) & (rows < SCENE.stop_row)
    inside = inside & (cols >= SCENE.col) & (cols < SCENE.stop_col)
    return np.where(inside, values, np.nan).astype(np.float32)


class Fake:
    """A stage whose every pixel depends on all of its window, on its inputs and on noise."""

    def __init__(self, number):
        self.number, self.channels = number, len(STAGE_BANDS[number])
        self.inputs = ("s1", *(f"opt_v{earlier}" for earlier in STAGE_INPUTS[number]))
        self.calls = 0

    def compute(self, windows, inputs):
        self.calls += len(windows)
        level = sum(values.mean((1, 2, 3), keepdims=True) for values in inputs.values())
        return level * np.ones((1, self.channels, 1, 1), np.float32) + noise_for(
            windows, self.channels, 7, self.number
        )


class FakeDecoder(Fake):
    """One that chooses tokens first."""

    def tokens(self, windows, inputs):
        level = sum(values.sum((1, 2, 3)) for values in inputs.values()) * 100
        side = windows[0].width // TOKEN
        return (level[:, None, None] + np.arange(side**2).reshape(side, side)).astype(np.int64) % 97

    def decode(self, windows, inputs, tokens):
        image = np.kron(tokens, np.ones((TOKEN, TOKEN)))[:, None].astype(np.float32)
        return self.compute(windows, inputs) + image * image.mean((1, 2, 3), keepdims=True)


def stage(number, spec):
    return FakeDecoder(number) if number in spec.blocks else Fake(number)


def plan_of(folder, side, area=SCENE, blocks=(1,), fusion=None):
    return Plan(
        name="scene",
        request=RunRequest(sar=("a.tif",), out=str(folder)),
        grid=WorkGrid(32633),
        whole=SCENE,
        area=area,
        spec=WindowSpec(96, 32, 8, decode=96, blocks=blocks),
        side=side,
        threads=1,
        batch=1,
        device="cpu",
        month=0,
        season_month=0,
        biome=0,
        reading={},
        inputs=[],
        stamps=[],
        card="",
        software={},
        started="",
        warnings=[],
        pixels={f"opt_v{number}": {} for number in (1, 2, 3)},
        fusion=fusion,
    )


def test_a_plan_is_the_same_whatever_its_warnings_say_and_to_batches_without_quick(tmp_path):
    plan = plan_of(tmp_path, 128)
    warned = replace(plan, warnings=[Message("{} lies in the future.", "2031-01-01")])
    assert warned.identity == plan.identity == Plan.from_dict(warned.to_dict()).identity
    assert Plan.from_dict(warned.to_dict()).warnings[0].template == "{} lies in the future."
    quick = replace(plan, request=replace(plan.request, quick=True))
    assert quick.identity != plan.identity


def in_one_piece(plan):
    """Each stage's values over its area."""
    found = {}

    def source(number):
        def read(window):
            area = plan.areas.passed[number]
            values = np.full((len(STAGE_BANDS[number]), *window.shape), np.nan, np.float32)
            shared = window.intersection(area)
            if not shared.is_empty:
                values[:, *shared.slices(window)] = found[number][:, *shared.slices(area)]
            return values

        return read

    for number, area in plan.areas.passed.items():
        found[number] = np.zeros((len(STAGE_BANDS[number]), *area.shape), np.float32)

        def sink(window, values, number=number, area=area):
            found[number][:, *window.slices(area)] = values

        sources = {"s1": radar, **{f"opt_v{n}": source(n) for n in STAGE_INPUTS[number]}}
        run_tiled(stage(number, plan.spec), area, plan.spec, sources, sink, scene=plan.whole)
    return found


def compute(plan, step, *, share):
    """A step as a task does it. Returns its values and how many windows were computed."""
    area, made = plan.passed(step.stage, step.cell), stage(step.stage, plan.spec)
    scratch = plan.work / "scratch"
    scratch.mkdir(parents=True, exist_ok=True)
    record_path(plan, step).parent.mkdir(exist_ok=True)
    sources, readers = {"s1": radar}, []
    for number in STAGE_INPUTS[step.stage]:
        readers.append(BlockReader(plan, number, ()))
        sources[f"opt_v{number}"] = readers[-1].read
    values = np.zeros((len(STAGE_BANDS[step.stage]), *area.shape), np.float32)
    path = working_file(plan, step).path
    with StripWriter(path, plan.grid, area, STAGE_BANDS[step.stage]) as writer:

        def sink(window, piece):
            values[:, *window.slices(area)] = piece
            writer.write(window, piece)

        memory = SharedTiles(plan, step, scratch) if share else None
        run_tiled(made, area, plan.spec, sources, sink, scene=plan.whole, memory=memory)
    for reader in readers:
        reader.__exit__()
    done = StepRecord(plan.identity, COMPLETE, checksum=writer.checksum())
    write_json(record_path(plan, step), sealed(done.to_dict()))
    return values, made.calls, done


def by_blocks(plan, seed, *, share=True):
    """All steps in an order drawn at random, each as soon as what it reads is there."""
    chance, state = random.Random(seed), SceneState(plan)
    found = {
        n: np.full((len(STAGE_BANDS[n]), *a.shape), 9, np.float32)
        for n, a in plan.areas.passed.items()
    }
    calls = 0
    while state.todo:
        step = chance.choice(sorted(step for step in state.todo if state.is_ready(step)))
        values, count, done = compute(plan, step, share=share)
        calls += count
        window = plan.passed(step.stage, step.cell)
        found[step.stage][:, *window.slices(plan.areas.passed[step.stage])] = values
        state.finish(step, done)
    return found, calls


AREAS = [(128, SCENE), (128, Window(-900, 600, 90, 110))]


@pytest.mark.parametrize("blocks", [(1,), (1, 3)], ids=["bridge", "zero-shot"])
@pytest.mark.parametrize(("side", "area"), AREAS)
def test_blocks_in_any_order_are_what_one_piece_is(tmp_path, side, area, blocks):
    expected = in_one_piece(plan_of(tmp_path, side, area, blocks))
    calls = {}
    for seed, share in ((1, True), (2, True), (3, False)):
        plan = plan_of(tmp_path / str(seed), side, area, blocks)
        found, calls[seed] = by_blocks(plan, seed, share=share)
        for number in plan.stages:
            computed = found[number] != 9
            window = plan.area.slices(plan.areas.passed[number])
            assert computed[:, *window].all()
            # In the ring, only blocks that another one reads were computed.
            assert np.array_equal(
                found[number][computed], expected[number][computed], equal_nan=True
            )
        left = {path.suffix for path in plan.work.rglob("*")} - {"", ".json"}
        # The last stage's are not read by anyone; tasks leave them in their own folders.
        assert not list(plan.work.glob("opt_v[12]/*.bil")) and left <= {".bil"}
    # Tiles in several blocks were computed once.
    assert calls[1] == calls[2] < calls[3]


def test_what_waits_for_what_is_what_the_stages_read(tmp_path):
    shared = None, "S1GRD"  # no networks are needed to tell
    made = (
        Generate(*shared, 0, 1, list),
        Refine(*shared, 0, 0, None, list),
        Ground(None, None, "S1GRD", 0, 1, list),
        ZeroShotGround(*shared, 0, 1, list),
    )
    for each in made:
        earlier = tuple(f"opt_v{n}" for n in STAGE_INPUTS[each.number])
        assert each.inputs == ("s1", *earlier)
    graph = Graph(plan_of(tmp_path, 128))
    for step, needed in graph.needs.items():
        assert {one.stage for one in needed} == set(STAGE_INPUTS[step.stage])
        assert step.stage == 1 or Step(step.stage - 1, step.cell) in needed


@pytest.mark.parametrize("read_by", [(), (2,), (3,), (2, 3)])
def test_blocks_of_a_batch_make_up_the_areas_of_a_run(tmp_path, read_by):
    plan = plan_of(tmp_path, 128, Window(-900, 600, 90, 110), fusion=Fusion(48, read_by))
    for number in plan.stages:
        covered = 0
        for cell in plan.cells(number):
            passed, image = plan.passed(number, cell), plan.image(number, cell)
            generated = plan.generated(number, cell)
            covered += passed.height * passed.width
            assert plan.areas.generated[number].contains(generated)
            assert generated.contains(passed)
            assert image.is_empty or passed.contains(image)
            assert image.contains(plan.result(cell)) or plan.result(cell).is_empty
            assert generated == generated_area(image, passed, plan.whole, plan.fusion)
            if number > 1:
                assert plan.areas.passed[number - 1].contains(plan.seen(number, cell))
        whole = plan.areas.passed[number]
        assert covered == whole.height * whole.width
    graph = Graph(plan)
    for step, needed in graph.needs.items():
        assert step.stage == 1 or Step(step.stage - 1, step.cell) in needed
    rings = [cell for cell in plan.cells(1) if plan.image(1, cell).is_empty]
    assert bool(rings) == (2 not in read_by)


def test_a_plan_keeps_its_fusion_and_those_of_before_are_others(tmp_path):
    plain = plan_of(tmp_path, 128)
    plan = replace(plain, fusion=Fusion(224, (2,)))
    values = plan.to_dict()
    assert Plan.from_dict(values) == plan and plan.identity != plain.identity
    assert plan.identity != replace(plan, fusion=Fusion(224, ())).identity
    # Those of before told the reach alone, in their identity nothing.
    del values["fusion"]
    assert Plan.from_dict({**values, "reach": 224}).identity == plain.identity
    assert Plan.from_dict({**plain.to_dict(), "reach": 0}) == plain


def test_what_depends_on_a_hole_is_computed_again(tmp_path):
    plan = plan_of(tmp_path, 128)
    state = SceneState(plan)
    hole = sorted(state.todo)[0]
    state.give_up(hole, "why", "remedy")
    for step in sorted(state.todo):
        if step.cell == hole.cell:
            state.give_up(step, "why", "remedy")
            continue
        record_path(plan, step).parent.mkdir(parents=True, exist_ok=True)
        area, bands = plan.passed(step.stage, step.cell), STAGE_BANDS[step.stage]
        path = working_file(plan, step).path
        with StripWriter(path, plan.grid, area, bands) as writer:
            writer.write(area, np.zeros((len(bands), *area.shape), np.float32))
        done = StepRecord(
            plan.identity, COMPLETE, checksum=writer.checksum(), missing=state.beside(step)
        )
        write_json(record_path(plan, step), sealed(done.to_dict()))
        state.finish(step, done)
    again = SceneState(plan)
    tainted = {step for step, done in state.done.items() if done.missing}
    assert tainted and {hole, *tainted} <= again.todo
    # Of the others, only what those read and is no more.
    assert all(step.stage < 3 for step in again.todo - tainted if step.cell != hole.cell)
    assert again.is_ready(hole)


def test_later_stages_and_earlier_scenes_come_first(tmp_path):
    """So that images appear early, and few working files lie on the disk."""
    plans = [replace(plan_of(tmp_path / name, 128), name=name) for name in "ab"]
    run = _BatchRun(Batch((), tmp_path), Pool(ThreadPoolExecutor(), lambda: 1), lambda _: None)
    run._states = [SceneState(plan) for plan in plans]
    run._radar = {name: Addresses(()) for name in "ab"}
    cells = plans[0].cells(1)

    def keys(room):
        run._running.clear()
        return [key for key, *_ in run._next_steps(room)]

    def finish(stage, some):
        for cell in some:
            run._states[0].finish(Step(stage, cell), StepRecord(plans[0].identity, EMPTY))

    first = [(0, Step(1, cell)) for cell in cells]
    second = [(1, Step(1, cell)) for cell in cells]
    assert keys(len(cells) + 2) == first + second[:2]
    # Those that run are not submitted again.
    assert [key for key, *_ in run._next_steps(2)] == second[2:4]
    finish(1, cells)
    assert keys(len(cells) + 1) == [(0, Step(2, cell)) for cell in cells] + second[:1]
    finish(2, cells[:-1])
    stages = [(number, step.stage) for number, step in keys(100)]
    ready = stages.count((0, 3))
    assert 0 < ready < len(cells)
    assert stages == [(0, 3)] * ready + [(0, 2)] + [(1, 1)] * len(cells)
