"""Loaders: the same batches whoever reads them, in an order that each epoch has of its own."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest
import torch

from gac_core.bundles.library import engine_root
from tests.problems import raises
from tests.training.data.made import write_folders
from training.data import DataError, open_source
from training.data.dataset import PairDataset, make_loader
from training.data.stage1_outputs import open_or_create

HEAVY = ("lightning", "terratorch", "peft", "bitsandbytes", "tensorboard")


def loader_of(source, **options):
    dataset = PairDataset(source, range(len(source)), crop=32, augment=True, seed=5)
    defaults = {"batch_size": 2, "workers": 0, "shuffle": True, "seed": 7}
    return make_loader(dataset, **{**defaults, **options})


def batches(source, position=(0, 0), **options):
    return one_pass(loader_of(source, **options), position)


def one_pass(loader, position):
    loader.sampler.set_position(*position)
    found = list(loader)
    assert len(found) == len(loader)
    return found


def equal(one, other):
    return len(one) == len(other) and all(
        a["name"] == b["name"] and torch.equal(a["s1"], b["s1"]) and torch.equal(a["s2"], b["s2"])
        for a, b in zip(one, other, strict=True)
    )


def test_spawned_workers_change_nothing_and_errors_keep_their_words(tmp_path):
    source = open_source(write_folders(tmp_path, 7))
    loader = loader_of(source, workers=2)
    assert equal(batches(source, (1, 1)), one_pass(loader, (1, 1)))
    for path in tmp_path.glob("pairs/*/s1.tif"):
        path.unlink()
    with raises(DataError, "pair-file-missing", "s1.tif") as caught:
        one_pass(loader, (0, 0))
    assert "--on-bad skip" in caught.value.remedy


def test_without_workers_an_error_is_the_same(tmp_path):
    source = open_source(write_folders(tmp_path, 3))
    (tmp_path / "pairs" / "pair_2" / "s2.tif").unlink()
    with raises(DataError, "pair-file-missing", "s2.tif") as caught:
        batches(source, shuffle=False)
    assert caught.value.remedy


def test_an_epoch_goes_on_where_it_was(tmp_path):
    source = open_source(write_folders(tmp_path, 7))
    whole = batches(source, (2, 0))
    assert [b["s1"].shape[0] for b in whole] == [2, 2, 2], "the seventh is dropped"
    assert equal(batches(source, (2, 2)), whole[2:])
    assert batches(source, (2, 3)) == []


def test_the_order_is_each_epoch_s_own(tmp_path):
    source = open_source(write_folders(tmp_path, 7))

    def order(*position, **options):
        return [name for b in batches(source, position, **options) for name in b["name"]]

    assert order(0, 0) == order(0, 0)
    assert order(0, 0) != order(1, 0)
    assert order(0, 0) != order(0, 0, seed=8)
    assert order(3, 0, shuffle=False) == source.names


def test_a_loader_leaves_the_global_randomness_alone(tmp_path):
    source = open_source(write_folders(tmp_path, 3))
    torch.manual_seed(0)
    before = torch.get_rng_state()
    batches(source)
    assert torch.equal(torch.get_rng_state(), before)


@pytest.mark.parametrize("program", ["training.train_stage2", "training.train_stage3"])
def test_a_worker_does_not_load_what_trains(tmp_path, program):
    """A gigabyte each: it imports the command's module and what its loader and dataset need."""
    source = open_source(write_folders(tmp_path / "data", 2))
    images = open_or_create(tmp_path / "images", {})
    dataset = PairDataset(source, [0, 1], crop=32, augment=True, seed=0, stage1=images)
    loader = make_loader(dataset, batch_size=2, workers=1, shuffle=True, seed=0)
    handed = tmp_path / "handed.pickle"
    handed.write_bytes(pickle.dumps([dataset, loader.collate_fn]))
    code = (
        f"import pathlib, pickle, sys, {program}\n"
        f"pickle.loads(pathlib.Path({str(handed)!r}).read_bytes())\n"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        cwd=engine_root(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "[]"
