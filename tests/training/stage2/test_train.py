"""Stage 2's command line, from pair folders to a part."""

from __future__ import annotations

import csv
import json
from dataclasses import replace

import numpy as np
import pytest
import torch
import yaml

from gac_core.bundles.library import Library
from gac_core.bundles.part import read_part
from gac_core.contract.message import Message
from gac_core.networks.loading import Models
from tests.problems import raises
from tests.training.stage2.pairs import write_pair
from training.data.pair import DataError
from training.data.sources import TOO_FEW, TOUCHING, WANTED_IMAGES, WANTED_TILES
from training.data.stage1_outputs import Stage1Outputs, open_or_create, write_image
from training.demo.sensors import simulate_pair
from training.fit.checkpoint import read_checkpoint
from training.precompute_stage1 import about
from training.sections import Stage1Section
from training.stage2.data import WITHOUT_IMAGE, stage1_identity
from training.stage2.refiner_module import RefinerModule
from training.train_stage2 import main

TILES = ("A", "A", "A", "A", "B", "B", "C")
SIDE = 64


@pytest.fixture(scope="module")
def world(tiny, tmp_path_factory):
    """Seven simulated pairs of three tiles, their roles, and stage 1's images but for the last."""
    root = tmp_path_factory.mktemp("world")
    models = Models(tiny, Library(), torch.device("cpu"))
    open_or_create(root / "stage1", about(models, Stage1Section()))
    rows = []
    for i, tile in enumerate(TILES):
        s1, s2 = simulate_pair(i, SIDE, 7)
        s2 = s2.clip(1, 10000).round().astype(np.uint16)
        write_pair(root / "data" / "pairs" / f"p{i}", s1.astype(np.float32), s2)
        rows.append({"id": f"p{i}", "tile": tile, "s2_date": "2020-07-01", "lat": 48, "lon": 15})
        if tile != "C":
            write_image(root / "stage1", f"p{i}", 0.7 * s2.astype(np.float32) + 400)
    for name, table in (
        ("data/pairs.csv", rows),
        ("roles.csv", [{"tile": t, "role": r, "biome": 4} for t, r in
                       (("A", "train"), ("B", "val"), ("C", "test"))]),
    ):  # fmt: skip
        with (root / name).open("w", newline="") as stream:
            writer = csv.DictWriter(stream, table[0].keys())
            writer.writeheader()
            writer.writerows(table)
    quick = {"fit": {"warmup_steps": 1, "save_every": 1, "ema": 0.0, "workers": 0, "pictures": 1}}
    quick["stage2"] = {"unfreeze_last": 0}
    (root / "quick.yaml").write_text(yaml.safe_dump(quick))
    return root


@pytest.fixture
def train(world, tiny, tmp_path):
    """Calls the command line; its exit status."""

    def train(out, *flags, stage1=world / "stage1", bundle=str(tiny.path), crop=SIDE):
        return main(
            [
                *("--data-dir", str(world / "data"), "--stage1-outputs-dir", str(stage1)),
                *("--output-dir", str(tmp_path / out), "--roles", str(world / "roles.csv")),
                *("--config", str(world / "quick.yaml"), "--bundle", bundle),
                *("--batch-size", "1", "--grad-accum-steps", "2", "--lr", "3e-3"),
                *("--lora-rank", "2", "--load-in-8bit", "--epochs", "2", "--crop", str(crop)),
                *("--device", "cpu", *flags),
            ]
        )

    return train


def test_from_pairs_to_a_part_and_again_when_it_was_killed(
    train, tmp_path, monkeypatch, capsys, ended_with
):
    assert train("whole", "--metadata-dropout", "0.5") == 0
    told = capsys.readouterr()
    assert told.out.count(str(tmp_path / "whole" / "best")) == 1
    part = read_part(tmp_path / "whole" / "best")
    assert part.training["tiles"] == {"train": ["A"], "stop": ["B"], "test": ["C"]}
    few, near, *_ = part.training["warnings"]
    assert few == Message(TOO_FEW, "2 images", "1 tile", WANTED_IMAGES, WANTED_TILES)
    assert near == Message(TOUCHING, "2 places", "val", "B", "train")
    assert all(doubt in told.err for doubt in part.training["warnings"])
    assert part.training["places"] == [[48.0, 15.0, 320]]
    assert part.base["bundle"] == "tiny"
    settings = yaml.safe_load((tmp_path / "whole" / "config.yaml").read_text())
    assert settings["models"]["lora_rank"] == 2 and settings["models"]["load_in_8bit"] is True
    assert {settings["stage2"][f"no_{hint}"] for hint in ("month", "biome", "place")} == {0.5}
    whole = read_checkpoint(tmp_path / "whole" / "last.ckpt")["trained"]
    assert all("lora_" in name or "head" in name for name in whole)

    losses, calls = RefinerModule.losses, []

    def killed(self, batch):
        calls.append(1)
        if len(calls) == 6:
            raise KeyboardInterrupt
        return losses(self, batch)

    monkeypatch.setattr(RefinerModule, "losses", killed)
    assert train("parts", "--metadata-dropout", "0.5") == 130
    capsys.readouterr()
    assert train("parts", "--metadata-dropout", "0.4", "--resume") == 1
    ended_with("resumed-training-differs", "stage2.no_month", "0.5", "0.4")
    assert train("parts", "--metadata-dropout", "0.5", "--resume") == 0
    resumed = read_checkpoint(tmp_path / "parts" / "last.ckpt")["trained"]
    assert whole.keys() == resumed.keys()
    assert all(torch.equal(whole[name], resumed[name]) for name in whole)
    again = read_part(tmp_path / "parts" / "best")
    assert again.section == part.section


def test_images_of_another_stage_1_are_refused(train, world, tmp_path, ended_with):
    other = tmp_path / "other"
    described = json.loads((world / "stage1" / "about.json").read_text())
    described["weights"]["generator.safetensors"] = "0" * 64
    open_or_create(other, described)
    assert train("out", stage1=other) == 1
    ended_with("stage1-of-another-bundle", "tiny")


def test_a_bundle_with_the_same_weights_may_have_another_name(tiny, world, tmp_path):
    described = json.loads((world / "stage1" / "about.json").read_text())
    files = {weight.file for weight in (tiny.generator, tiny.tokenizer)}
    hashes = {name: described["weights"][name] for name in files}
    known = replace(
        tiny,
        name="packed",
        generator=replace(tiny.generator, sha256=hashes[tiny.generator.file]),
        tokenizer=replace(tiny.tokenizer, sha256=hashes[tiny.tokenizer.file]),
    )
    base = stage1_identity(Stage1Outputs(world / "stage1"), known)
    assert base["bundle"] == "tiny" and set(base["weights"].values()) == set(hashes.values())
    unknown = replace(known, tokenizer=replace(tiny.tokenizer, sha256=None))
    with raises(DataError, "stage1-of-another-bundle", "'packed'"):
        stage1_identity(Stage1Outputs(world / "stage1"), unknown)


def test_missing_weights_are_named_with_where_they_come_from(train, world, tmp_path, capsys):
    published = Library.default().find("terramind-base")
    weights = {w.file: w.sha256 or "0" * 64 for w in (published.generator, published.tokenizer)}
    other = tmp_path / "other"
    open_or_create(other, {"bundle": "terramind-base", "weights": weights})
    assert train("out", stage1=other, bundle="terramind-base") == 1
    told = capsys.readouterr().err
    assert "Prithvi_EO_V2_600M.pt" in told and "ibm-nasa-geospatial/Prithvi-EO-2.0-600M" in told


@pytest.mark.parametrize(
    ("flags", "crop", "expected"),
    [
        ((), 80, ("crop-setting-wrong", 80)),
        (
            ("--metadata-dropout", "1.5"),
            SIDE,
            ("setting-out-of-range", "stage2", "no_month", "1.5"),
        ),
        (("--unfreeze-last", "3"), SIDE, ("too-few-blocks", 2, 3)),
        (
            ("--unfreeze-last", "-1"),
            SIDE,
            ("setting-out-of-range", "stage2", "unfreeze_last", "-1"),
        ),
        (("--max-tiles", "1"), SIDE, ("role-without-pairs", "val")),
    ],
)
def test_settings_that_make_no_sense(train, ended_with, flags, crop, expected):
    assert train("out", *flags, crop=crop) == 1
    ended_with(*expected)


def test_pairs_without_an_image_of_stage_1_are_left_out(train, world, tmp_path, capsys):
    roles = tmp_path / "roles.csv"
    roles.write_text("tile,role\nA,train\nB,val\nC,train\n")
    assert train("out", "--roles", str(roles), "--epochs", "1", "--freeze-backbone") == 0
    assert Message(WITHOUT_IMAGE, 1) in capsys.readouterr().out
