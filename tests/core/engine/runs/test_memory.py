"""A GPU whose memory is too small: fewer tiles at a time, then the processor, with a word.

There is no GPU here: stages that refuse big batches, and a device that only says it is one, stand
in for it. What they raise is what PyTorch raises.
"""

from __future__ import annotations

import hashlib
from types import SimpleNamespace

import pytest
import rasterio
import torch

from gac_core.bundles.library import Library
from gac_core.contract.errors import DeviceError
from gac_core.contract.request import RunRequest
from gac_core.engine import pipeline, stage_runner
from gac_core.engine.pipeline import run
from gac_core.networks import device as devices
from gac_core.networks.loading import ModelCache
from gac_core.progress import Silent
from gac_core.stages.generate import Generate

FULL = torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 GiB.")


def pixels(result):
    """A hash of the values: the tags tell of the device and of the batch, which may differ."""
    with rasterio.open(result.outputs["opt_v1"]) as file:
        return hashlib.sha256(file.read().tobytes()).hexdigest()


@pytest.fixture(scope="module")
def ask(scene_path, tiny_bundle, tmp_path_factory):
    cache = ModelCache(Library())

    def ask(**changes):
        out = tmp_path_factory.mktemp("out")
        values = {
            "sar": (str(scene_path),),
            "out": str(out),
            "bundle": str(tiny_bundle),
            "timesteps_1": 1,
            "stages": 1,
            "device": "cpu",
            **changes,
        }
        result = run(RunRequest(**values), cache, Silent())
        return result, pixels(result)

    return ask


@pytest.fixture
def small_memory(monkeypatch):
    """Makes stage 1 fail for more than so many tiles at a time; returns the batches it got."""

    def limit(most, fails=lambda stage: True):
        decode, seen = Generate.decode, []

        def limited(self, windows, inputs, tokens):
            seen.append(len(windows))
            if len(windows) > most and fails(self):
                raise FULL
            return decode(self, windows, inputs, tokens)

        monkeypatch.setattr(Generate, "decode", limited)
        return seen

    return limit


def test_the_batch_is_halved_until_it_fits(ask, small_memory):
    _, expected = ask()
    seen = small_memory(2)
    result, found = ask(batch_size=8)
    assert seen[:3] == [8, 4, 2] and set(seen[2:]) == {2}
    assert found == expected
    assert [n for n in result.notes if "too small for" in n] == [
        "opt_v1: the GPU's memory is too small for 8 tiles at a time; 4 were computed together.",
        "opt_v1: the GPU's memory is too small for 4 tiles at a time; 2 were computed together.",
    ]


def test_memory_that_runs_out_half_way_costs_no_tile(ask, small_memory):
    _, expected = ask()
    seen = small_memory(1, fails=lambda stage: len(seen) > 3)
    _, found = ask(batch_size=2)
    assert seen[:5] == [2, 2, 2, 2, 1]
    assert found == expected


class Half:
    """The cache's own models, which say that they are on a GPU until the processor is asked for."""

    def __init__(self, cache, loads):
        self.library, self._cache, self._loads = cache.library, cache, loads

    def get(self, bundle, device):
        models = self._cache.get(bundle, torch.device("cpu"))
        if device.type == "cpu":
            return models

        def load():
            if not self._loads:
                raise FULL
            models.load()

        return SimpleNamespace(
            bundle=models.bundle,
            hashes=models.hashes,
            card_sha256=models.card_sha256,
            terramind=models.terramind,
            networks=models.networks,
            device=SimpleNamespace(type="cuda"),
            load=load,
        )


@pytest.fixture
def gpu(monkeypatch):
    """Makes `auto` choose a device that only says that it is a GPU."""
    choose = pipeline.choose_device
    # The identity of a run asks the module itself, once PyTorch is wanted.
    for module in (pipeline, stage_runner, devices):
        monkeypatch.setattr(module, "describe_device", lambda device: device.type)
    for module in (pipeline, stage_runner):
        monkeypatch.setattr(
            module,
            "choose_device",
            lambda name: SimpleNamespace(type="cuda") if name == "auto" else choose(name),
        )
    monkeypatch.setattr(pipeline, "peak_memory", lambda device: {})
    tokens = Generate.tokens

    def full(self, windows, inputs):
        if self.models.device.type == "cuda":
            raise FULL
        return tokens(self, windows, inputs)

    monkeypatch.setattr(Generate, "tokens", full)


@pytest.mark.parametrize("loads", [True, False])
def test_the_processor_takes_over(gpu, scene_path, tiny_bundle, tmp_path, ask, loads):
    _, expected = ask()
    request = RunRequest(
        sar=(str(scene_path),),
        out=str(tmp_path),
        bundle=str(tiny_bundle),
        timesteps_1=1,
        stages=1,
        batch_size=2 if loads else None,
    )
    result = run(request, Half(ModelCache(Library()), loads), Silent())
    assert pixels(result) == expected
    words = "even for one tile" if loads else "cannot hold the models"
    assert any(words in n and "the processor computed" in n for n in result.notes)


def test_a_computer_without_memory_says_so(ask, small_memory):
    small_memory(0)
    with pytest.raises(DeviceError, match="ran out of memory"):
        ask()
