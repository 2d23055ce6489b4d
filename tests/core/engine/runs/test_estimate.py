"""Estimates of a run against what runs took, and what is said where it is too much."""

from __future__ import annotations

import json
import subprocess
import sys
from types import SimpleNamespace

import psutil
import pytest
import rasterio
import torch

from gac_core.bundles.library import Library, engine_root
from gac_core.contract.errors import BundleError, RequestError
from gac_core.contract.request import RunRequest
from gac_core.engine import estimate as estimates
from gac_core.engine.estimate import estimate, process_bytes
from gac_core.engine.pipeline import run
from gac_core.engine.plan import store_timing, timings_key, with_steps
from gac_core.networks.device import BESIDE, describe_device
from gac_core.networks.loading import ModelCache, Models
from gac_core.networks.memory import Sizes, network_bytes, sizes_of, stage_bytes
from gac_core.progress import Silent
from tests.core.tiny import PRITHVI, TITLE
from tests.problems import notes_with

CPU, GPU = torch.device("cpu"), torch.device("cuda")
BASE = Sizes(423_000_000, 632_000_000, 629_000_000, 500_000)
GB = 10**9

PEAK = """
import json, sys
from gac_core.networks.loading import ModelCache
from gac_core.bundles.library import Library
from gac_core.progress import Silent
from gac_core.contract.request import RunRequest
from gac_core.engine.pipeline import peak_memory
from gac_core.engine.pipeline import run
import torch
run(RunRequest.from_dict(json.loads(sys.argv[1])), ModelCache(Library.default()), Silent())
print(peak_memory(torch.device("cpu"))["process_bytes"])
"""


@pytest.fixture
def request_for(scene_path, tiny_bundle, tmp_path):
    def make(**changes):
        values = {"sar": [str(scene_path)], "out": str(tmp_path), "bundle": str(tiny_bundle)}
        return RunRequest.from_dict({**values, "device": "cpu", **changes})

    return make


def with_memory(monkeypatch, available):
    told = SimpleNamespace(available=available)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: told)


def with_gpu(monkeypatch, free):
    monkeypatch.setattr(torch.cuda, "mem_get_info", lambda device: (free, 80 * GB))
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda device: "a GPU")
    monkeypatch.setattr(torch.cuda, "memory_reserved", lambda device: 0)
    monkeypatch.setattr(torch.cuda, "memory_allocated", lambda device: 0)
    monkeypatch.setattr(estimates, "uses_bfloat16", lambda device: device.type == "cuda")


def test_sizes_are_those_of_the_networks(tiny_bundle):
    library = Library()
    bundle = library.find(str(tiny_bundle))
    sizes, models = sizes_of(bundle, library), Models(bundle, library, CPU)
    built = models.terramind.model
    # The adapter is small and not counted; the tokenizer is part of the model.
    plain = sum(p.numel() for n, p in built.named_parameters() if "lora" not in n)
    assert sizes.terramind == pytest.approx(plain, rel=0.02)
    assert 0 < sizes.matrices < sizes.prithvi


@pytest.mark.slow
@pytest.mark.parametrize("side", [1600.0, 5120.0])
def test_it_is_near_what_a_run_takes(tmp_path, side):
    scene = engine_root() / "resources" / "demo_scene" / "demo_s1.tif"
    import rasterio

    with rasterio.open(scene) as file:
        left, top = file.bounds.left, file.bounds.top
    values = {
        "sar": [str(scene)],
        "out": str(tmp_path / "out"),
        "extent": [left, top - side, left + side, top],
        "timesteps_1": 1,
        "timesteps_3": 1,
        "device": "cpu",
    }
    told = estimate(RunRequest.from_dict(values), Library.default(), CPU).memory.needed
    done = subprocess.run(
        [sys.executable, "-c", PEAK, json.dumps(values)],
        cwd=engine_root(),
        capture_output=True,
        text=True,
        check=True,
    )
    peak = int(done.stdout.split()[-1])
    assert 0.9 * peak <= told <= 1.25 * peak


def test_all_is_well(request_for, tiny_bundle):
    found = estimate(request_for(), Library(), CPU).to_dict()
    assert (found["device"], found["precision"], found["gpu"]) == ("cpu", "float32", None)
    assert found["memory"]["needed"] > estimates.BASE_BYTES and found["disk"]["fits"]
    assert json.loads(json.dumps(found)) == found


def test_too_little_memory_is_told_with_what_to_do(request_for, monkeypatch):
    with_memory(monkeypatch, 100_000_000)
    monkeypatch.setattr(psutil, "Process", lambda: SimpleNamespace(memory_info=_no_memory))
    found = estimate(request_for(), Library(), CPU)
    assert not found.to_dict()["memory"]["fits"]
    assert notes_with(found.advice, TITLE) and found.device == "cpu"


def _no_memory():
    return SimpleNamespace(rss=0)


def test_a_smaller_extent_takes_less_disk(request_for, scene_path):
    import rasterio

    with rasterio.open(scene_path) as file:
        left, top = file.bounds.left, file.bounds.top
    small = request_for(extent=[left, top - 320, left + 320, top])
    less, more = (estimate(r, Library(), CPU).disk for r in (small, request_for()))
    assert less.needed < more.needed


class Tiles(Silent):
    """Tiles by stage, as the run itself counts them."""

    def __init__(self):
        self.by_stage = {}

    def progress(self, report):
        if report.stage:
            self.by_stage[report.stage] = report.tiles


@pytest.mark.parametrize("quick", [False, True])
def test_the_work_is_that_of_the_run(request_for, scene_path, tiny_bundle, tmp_path, quick):
    with rasterio.open(scene_path) as file:
        x, y = file.bounds.left + 600, file.bounds.top - 700
    request = request_for(
        extent=[x, y - 640, x + 640, y],
        quick=quick,
        timesteps_1=1,
        timesteps_3=1,
        out=str(tmp_path / "out"),
    )
    work = estimate(request, Library(), CPU).work
    listener = Tiles()
    run(request, ModelCache(Library()), listener)
    assert listener.by_stage == (work.quick_tiles if quick else work.tiles)
    assert all(work.quick_tiles[stage] < work.tiles[stage] for stage in (1, 2))
    assert 0.3 < work.surroundings < 1
    again = estimate(request, Library(), CPU).to_dict()["work"]
    assert again["tiles"] == {str(stage): count for stage, count in work.tiles.items()}


def test_a_whole_scene_has_no_surroundings(request_for):
    work = estimate(request_for(), Library(), CPU).work
    assert work.surroundings == 0 and work.tiles == work.quick_tiles


def test_times_come_from_earlier_runs(request_for, tiny_bundle, scene_path, tmp_path, monkeypatch):
    monkeypatch.setenv("GAC_PACE", str(tmp_path / "pace.json"))
    library = Library()
    request = with_steps(request_for(timesteps_1=4), library.find(str(tiny_bundle)))
    assert estimate(request, library, CPU).work.seconds is None
    key = timings_key(request, library.find(str(tiny_bundle)).path, describe_device(CPU))
    for stage, seconds in ((1, 10.0), (2, 20.0), (3, 40.0)):
        store_timing(key, stage, 10, seconds)
    work = estimate(request, library, CPU).work
    assert work.seconds == pytest.approx(
        sum(work.tiles[n] * s for n, s in ((1, 1), (2, 2), (3, 4)))
    )
    assert work.quick_seconds == work.seconds


def test_a_full_disk_is_told(request_for, monkeypatch):
    monkeypatch.setattr(estimates, "free_bytes", lambda folder: 1000)
    found = estimate(request_for(), Library(), CPU)
    assert not found.to_dict()["disk"]["fits"] and len(found.advice) == 1


def test_a_gpu_with_room_takes_batches_in_16_bits(request_for, monkeypatch):
    with_gpu(monkeypatch, 20 * GB)
    found = estimate(request_for(device="cuda"), Library(), GPU)
    assert (found.device, found.precision) == ("cuda", "bfloat16")
    assert found.batch > 1 and found.gpu.needed <= found.gpu.free and not found.advice
    with_gpu(monkeypatch, found.gpu.needed // 2)
    assert estimate(request_for(device="cuda"), Library(), GPU).batch < found.batch


def test_networks_that_wait_for_their_turn_take_main_memory(request_for, monkeypatch, tiny_bundle):
    library = Library()
    sizes = sizes_of(library.find(str(tiny_bundle)), library)
    assert sizes.largest == 4 * PRITHVI.embed_dim**2
    request = request_for(device="cuda", batch_size=1)
    with_gpu(monkeypatch, 20 * GB)
    together = estimate(request, library, GPU)
    # Enough for all networks and a tile, but not for what convolutions need beside it.
    with_gpu(monkeypatch, BESIDE + together.gpu.needed)
    turns = estimate(request, library, GPU)
    waiting = network_bytes(sizes, value=2) - stage_bytes(sizes, value=2)
    assert turns.device == "cuda" and not turns.advice
    assert together.gpu.needed - turns.gpu.needed == waiting > 0
    assert turns.memory.needed - together.memory.needed == waiting


def test_a_gpu_that_is_too_small_leaves_it_to_the_processor(request_for, monkeypatch):
    with_gpu(monkeypatch, 1_000_000)
    found = estimate(request_for(device="cuda"), Library(), GPU)
    assert found.device == "cpu" and found.precision == "float32"
    assert notes_with(found.advice, TITLE)
    assert found.gpu is not None and found.gpu.needed > found.gpu.free


def test_loading_is_over_once_models_are_in_memory():
    bundle = Library.default().find("terramind-base")
    first = process_bytes(bundle, BASE, CPU)
    later = process_bytes(bundle, BASE, CPU, loaded=True)
    assert later < first
    assert first == pytest.approx(8.0 * GB, rel=0.1)


def test_what_cannot_run_is_refused_as_the_run_would(request_for):
    with pytest.raises(BundleError):
        estimate(request_for(bundle="terramind-base"), Library(), CPU)
    with pytest.raises(RequestError):
        estimate(request_for(extent=[0, 0, 1, 1]), Library(), CPU)
