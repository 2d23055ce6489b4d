"""Memory that is too small for a batch: fewer tiles at a time, with a word; `test_gpu` has more."""

from __future__ import annotations

import hashlib

import pytest
import rasterio
import torch

from gac_core.bundles.library import Library
from gac_core.contract.errors import DeviceError
from gac_core.contract.request import RunRequest
from gac_core.engine.pipeline import run
from gac_core.networks.loading import ModelCache
from gac_core.progress import Silent
from gac_core.stages.generate import Generate
from tests.problems import notes_with, raises

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
    halved = notes_with(result.notes, "opt_v1")
    assert [note.arguments[2:] for note in halved] == [("8", "4"), ("4", "2")]


def test_memory_that_runs_out_half_way_costs_no_tile(ask, small_memory):
    _, expected = ask()
    seen = small_memory(1, fails=lambda stage: len(seen) > 3)
    _, found = ask(batch_size=2)
    assert seen[:5] == [2, 2, 2, 2, 1]
    assert found == expected


def test_a_computer_without_memory_says_so(ask, small_memory):
    small_memory(0)
    with raises(DeviceError, "memory-exhausted"):
        ask()
