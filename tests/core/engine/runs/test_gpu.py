"""Runs on a GPU whose memory runs out, at loading and in each stage, or that is lost."""

from __future__ import annotations

import gc
import io
import json
from pathlib import Path

import numpy as np
import pytest
import rasterio
import torch

from gac_core import api
from gac_core.bundles.card import read_bundle
from gac_core.bundles.library import Library
from gac_core.contract.errors import DeviceError, DeviceLost, as_user_error
from gac_core.contract.layout import WORK
from gac_core.contract.protocol import LOST_STATUS
from gac_core.engine import stage_runner
from gac_core.engine.pipeline import RESUME_HINT, run
from gac_core.networks import memory
from gac_core.networks.device import BESIDE
from gac_core.networks.loading import ModelCache, Models
from gac_core.networks.memory import BatchWatch, network_bytes, sizes_of, stage_bytes
from gac_core.progress import Silent
from gac_core.worker import server
from gac_core.worker.channel import Channel
from tests.core.conftest import backscatter
from tests.core.engine.runs.fake_gpu import CPU, GPU, NAME, FakeGpu
from tests.core.tiny import TITLE
from tests.problems import assert_problem, notes_with, raises

EXTENT = (500_103, 5_398_507, 501_703, 5_400_007)
FULL = [
    torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 GiB."),
    RuntimeError("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"),
    RuntimeError("cuDNN error: CUDNN_STATUS_NOT_INITIALIZED"),
    torch.AcceleratorError("CUDA error: out of memory\nCUDA kernel errors might be …"),
    RuntimeError("MPS backend out of memory (MPS allocated: 5.1 GB)."),
    Exception("Error out of memory at line 88 in file /src/csrc/ops.cu"),
]
LOST = torch.AcceleratorError("CUDA error: an illegal memory access was encountered")


@pytest.fixture
def gpu(monkeypatch):
    return FakeGpu(monkeypatch)


@pytest.fixture
def start(request_for, tmp_path):
    """Starts a run over a part of the scene; all runs share a folder for models."""
    cache = ModelCache(Library())

    def start(name="out", **changes):
        values = {"device": "auto", "extent": EXTENT, **changes}
        return run(request_for(tmp_path / name, **values), cache, Silent())

    start.cache = cache
    yield start
    cache.clear()


def values_of(result):
    values = {}
    for name, path in result.outputs.items():
        with rasterio.open(path) as file:
            values[name] = file.read()
    return values


def record_of(result):
    return json.loads(Path(result.run_json).read_text())


@pytest.mark.parametrize(
    ("network", "error"),
    zip(("TerraMindGeneration", "Refiner", "Bridge"), (FULL[0], FULL[1], FULL[5]), strict=True),
)
def test_a_gpu_without_room_for_a_network(gpu, start, network, error):
    gpu.fault, gpu.fails = error, lambda what, samples: what == network
    result = start()
    assert notes_with(result.notes, TITLE)
    assert gpu.networks_alive() == [] and not gpu.passes
    assert record_of(result)["device"].startswith("CPU")
    gpu.fails = lambda what, samples: False
    on_cpu = values_of(start("cpu", device="cpu"))
    assert all((on_cpu[name] == v).all() for name, v in values_of(result).items())


@pytest.mark.parametrize(("stage", "kind"), [(1, 0), (1, 3), (2, 1), (2, 5), (3, 2), (3, 4)])
def test_a_gpu_without_room_for_a_tile(gpu, start, stage, kind):
    gpu.fault, gpu.fails = FULL[kind], lambda what, samples: what == stage
    result = start(batch_size=2)
    halved, left = notes_with(result.notes, f"opt_v{stage}")
    assert halved.arguments[2:] == ("2", "1")
    assert len(left.arguments) == 2 and "\n" not in left
    device = record_of(result)["device"]
    assert device.startswith(f"{NAME}; CPU") and device.endswith(f"from opt_v{stage} on")
    assert gpu.networks_alive() == []
    assert {number for number, _ in gpu.passes} == set(range(1, stage + 1))


KINDS = ("PyTorch", "cuBLAS", "cuDNN", "accelerator", "MPS", "bitsandbytes")


@pytest.mark.slow
@pytest.mark.parametrize("error", FULL, ids=KINDS)
@pytest.mark.parametrize("where", ["TerraMindGeneration", "Refiner", "Bridge", 1, 2, 3])
def test_every_kind_of_full_memory_at_every_place(gpu, start, where, error):
    """While a network moves there, and in each stage; the tests above try some of them."""
    gpu.fault, gpu.fails = error, lambda what, samples: what == where
    result = start(batch_size=1)
    assert len(result.outputs) == 3
    notes = notes_with(result.notes, TITLE if isinstance(where, str) else f"opt_v{where}")
    assert len(notes) == 1 and "\n" not in notes[0]
    device = record_of(result)["device"]
    at_all = device.startswith("CPU")
    assert at_all if isinstance(where, str) else device.endswith(f"from opt_v{where} on")
    assert gpu.networks_alive() == [] and gpu.used == 0


@pytest.mark.parametrize("stage", [1, 2, 3])
def test_a_batch_that_is_too_large(gpu, start, stage):
    gpu.fault = FULL[stage]
    gpu.fails = lambda what, samples: what == stage and samples > 2
    result = start(batch_size=4)
    (halved,) = notes_with(result.notes, f"opt_v{stage}")
    assert halved.arguments[2:] == ("4", "2")
    assert record_of(result)["device"] == NAME
    assert max(samples for number, samples in gpu.passes if number != stage) == 4


def test_main_memory_is_not_saved_by_leaving_the_gpu(gpu, start):
    gpu.fault = RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 8")
    gpu.fails = lambda what, samples: what == 2
    with raises(DeviceError, "memory-exhausted"):
        start(batch_size=1)
    gpu.fails = lambda what, samples: what == "Refiner"
    start.cache.clear()
    with pytest.raises(RuntimeError) as refused:
        start("second")
    assert_problem(as_user_error(refused.value), "memory-exhausted")


def test_a_lost_gpu_ends_the_run_which_is_resumed(gpu, start, tmp_path):
    gpu.fault, gpu.fails = LOST, lambda what, samples: what == 2
    with pytest.raises(DeviceLost) as lost:
        start()
    assert RESUME_HINT in lost.value.remedy
    assert (tmp_path / "out" / WORK).is_dir()
    gpu.fails = lambda what, samples: False
    gpu.passes.clear()
    result = start()
    assert {number for number, _ in gpu.passes} == {2, 3} and len(result.outputs) == 3


def test_networks_take_turns_where_they_do_not_fit(gpu, start, tiny_bundle):
    bundle = read_bundle(tiny_bundle)
    sizes = sizes_of(bundle, Library())
    expected = values_of(start("both", batch_size=1))
    everything = gpu.most
    assert network_bytes(sizes, value=4) == pytest.approx(everything, rel=0.05)
    start.cache.clear()
    # So much that one more network's bytes would be too many: activations are not counted here.
    gpu.size, gpu.most = BESIDE + stage_bytes(sizes, value=4), 0
    result = start("turns", batch_size=1)
    assert not [note for note in result.notes if "memory" in note]
    assert gpu.most < everything and gpu.networks_here() == {"TerraMindGeneration", "Bridge"}
    assert all((expected[name] == v).all() for name, v in values_of(result).items())
    # The same networks once more, from where they are.
    again = start("again", batch_size=1)
    assert all((expected[name] == v).all() for name, v in values_of(again).items())


def test_networks_take_turns_before_the_processor_takes_over(gpu, start):
    gpu.fault = FULL[0]
    gpu.fails = lambda what, samples: what == 1 and "Refiner" in gpu.networks_here()
    result = start(batch_size=1)
    assert not [note for note in result.notes if "memory" in note]
    assert record_of(result)["device"] == NAME and gpu.networks_here() == {
        "TerraMindGeneration",
        "Bridge",
    }


def test_a_gpu_that_fills_up_between_stages(gpu, start):
    """Without room for stage 2's networks to come back."""
    gpu.fault = FULL[0]
    here = gpu.networks_here
    gpu.fails = lambda what, samples: (
        (what == 1 and "Refiner" in here()) or (what == "Refiner" and bool(gpu.passes))
    )
    result = start(batch_size=2)
    (halved,), (left,) = (notes_with(result.notes, name) for name in ("opt_v1", "opt_v2"))
    assert halved.arguments[2:] == ("2", "1") and len(left.arguments) == 2
    assert gpu.networks_alive() == []


def test_stages_alone_are_capped_and_take_turns_too(gpu, tiny_bundle):
    """As notebooks compute them, and `training.inference`."""
    bundle = read_bundle(tiny_bundle)
    s1 = backscatter(64, 64)
    stages = api.Stages(Models(bundle, Library(), GPU))
    whole = stages(s1, timesteps=(1, 1))
    assert gpu.caps and gpu.networks_here() == {"TerraMindGeneration", "Refiner", "Bridge"}
    del stages
    gc.collect()
    gpu.size = BESIDE + stage_bytes(sizes_of(bundle, Library()), value=4)
    gpu.caps.clear()
    stages = api.Stages(Models(bundle, Library(), GPU))
    opt_v1 = stages.generate(s1, timesteps=1)
    assert gpu.caps and "Refiner" not in gpu.networks_here()
    opt_v2 = stages.refine(s1, opt_v1)
    assert gpu.networks_here() == {"Refiner"}
    assert np.array_equal(opt_v1, whole.opt_v1, equal_nan=True)
    assert np.array_equal(opt_v2, whole.opt_v2, equal_nan=True)


def test_a_loaded_bundle_whose_room_shrank(gpu, tiny_bundle):
    models = Models(read_bundle(tiny_bundle), Library(), GPU)
    models.load(in_turns=True)
    assert gpu.networks_here() == {"TerraMindGeneration", "Refiner", "Bridge"}
    gpu.size = 1
    models.load(in_turns=True)
    gpu.size = 1 << 40
    models.prepare(2)
    assert gpu.networks_here() == {"Refiner"}
    models.load()
    assert gpu.networks_here() == {"TerraMindGeneration", "Refiner", "Bridge"}


@pytest.mark.parametrize(("estimated", "room", "grows"), [(1, 1 << 40, True), (8, 2 << 20, False)])
def test_the_first_batch_decides_how_many_more_fit(gpu, start, monkeypatch, estimated, room, grows):
    """The estimate is wrong on purpose, either way."""
    monkeypatch.setattr(stage_runner, "batch_for", lambda models: estimated)
    gpu.tile = 1 << 20
    monkeypatch.setattr(memory, "gpu_room", lambda device: BESIDE + gpu.used + room)
    result = start(stages=2)
    sizes = [samples for number, samples in gpu.passes if number == 2]
    assert sizes[0] == estimated and (sizes[-1] > estimated) == grows and sizes[-1] != estimated
    assert not notes_with(result.notes, "opt_v2")


@pytest.mark.parametrize(
    ("size", "tile", "better"), [(4, 50, 16), (4, 200, 4), (4, 1, 32), (4, 400, 2), (1, 9999, 1)]
)
def test_a_measured_batch(gpu, size, tile, better):
    gpu.size = BESIDE + 1000
    watch = BatchWatch(GPU, size, corrects=True)
    assert watch.better_batch(999) == size
    gpu._peak = size * tile
    watch.batch_done(1.0)
    assert watch.better_batch(999) == better
    assert watch.better_batch(999) == size, "only once"


@pytest.mark.parametrize(("left", "better"), [(0, 2), (7, 2), (8, 8), (31, 16), (99, 32)])
def test_as_many_at_a_time_as_are_left(gpu, left, better):
    watch = BatchWatch(GPU, 2, corrects=True)
    watch.batch_done(1.0)
    assert watch.better_batch(left) == better


def test_a_batch_size_that_was_given_is_kept(gpu):
    watch = BatchWatch(GPU, 4, corrects=False)
    gpu._peak = 1 << 50
    watch.batch_done(1.0)
    assert watch.better_batch(999) == 4


def test_batches_that_turn_slow(gpu):
    watch = BatchWatch(GPU, 1, corrects=False)
    told = []
    for seconds in (1.0, 1.1, 0.9, 1.0, 2.0, 1.0, 9.0, 1.0, 1.0, 8.0, 9.0):
        watch.batch_done(seconds)
        told.append(watch.slowdown())
    assert told[:-1] == [0] * 10 and told[-1] == pytest.approx(8.0)
    on_cpu = BatchWatch(CPU, 1, corrects=True)
    for seconds in (1.0, 1.0, 1.0, 1.0, 9.0, 9.0):
        on_cpu.batch_done(seconds)
        assert on_cpu.slowdown() == 0 and on_cpu.better_batch(9) == 1


def test_slow_batches_are_noted_once(gpu, start, monkeypatch):
    monkeypatch.setattr(memory.BatchWatch, "slowdown", lambda self: 8.0)
    assert len(notes_with(start(batch_size=1).notes, "8")) == 1


class Ended(Exception):
    """Stands for the end of the process."""


@pytest.mark.parametrize(
    ("error", "ends", "rests"),
    [(LOST, True, False), (FULL[2], False, True), (MemoryError(), False, True),
     (ValueError("odd"), False, False)],
)  # fmt: skip
def test_the_worker_after_such_an_error(monkeypatch, error, ends, rests):
    events, cleared = io.StringIO(), []
    worker = server.Worker(Channel(events))
    monkeypatch.setattr(worker, "_rest", lambda: cleared.append(True))

    def leave(status):
        raise Ended(status)

    def fail(ident, params):
        raise error

    monkeypatch.setattr(server.os, "_exit", leave)
    worker._methods["run"] = fail
    monkeypatch.setattr(server, "require_params", lambda method, params: None)
    if ends:
        with pytest.raises(Ended, match=str(LOST_STATUS)):
            worker._answer("1", "run", {})
    else:
        worker._answer("1", "run", {})
    event = json.loads(events.getvalue())
    code = {LOST: "device", FULL[2]: "device"}.get(error, "error")
    assert event["event"] == "error"
    assert event["code"] == ("internal" if isinstance(error, ValueError) else code)
    assert bool(cleared) == rests
