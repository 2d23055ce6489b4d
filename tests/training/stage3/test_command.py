"""Stage 3's command line from a folder of pairs to a part, interrupted and resumed."""

from __future__ import annotations

import csv
import json
import re
import shutil

import pytest
import rasterio
import torch
from affine import Affine

from gac_core.bundles.card import read_bundle
from gac_core.bundles.part import read_part
from gac_core.contract.message import Message
from gac_core.io import sha256
from gac_core.networks.weights import read_state
from tests.problems import raises
from tests.training.fit.pair import together
from training.data.pair import DataError
from training.data.sources import TOO_FEW, WANTED_IMAGES, WANTED_TILES
from training.data.split import History
from training.fit.checkpoint import LAST, read_checkpoint
from training.sections import DataSection, Stage3Config
from training.stage3.cycle_regressor import CARD, WEIGHTS, Regressor, write_regressor
from training.stage3.ground_module import GroundModule
from training.stage3.ground_training import NO_REGRESSOR
from training.stage3.setup import open_pairs
from training.train_stage3 import main

CONFIG = """
fit: {warmup_steps: 1, pictures: 1, ema: 0.0, workers: 0, save_every: 1}
stage3: {stage1_timesteps: 1}
bridge: {reduced: 8, widths: [8, 16], depths: [1, 1], context: 8}
critic: {steps: 2}
loss: {ms_ssim: 0.0, texture: 0.0, structure: 0.0}
"""


SIDE = 64
SHAPE = {"shape": {"width": 8, "depth": 1}}


@pytest.fixture(scope="module")
def data(tmp_path_factory, images):
    """Four pairs of four tiles, smaller than a window: two train, two validate."""
    folder = tmp_path_factory.mktemp("data")
    rows = []
    cut = (image[..., :SIDE, :SIDE].numpy() for image in images)
    for i, (s1, s2) in enumerate(zip(*cut, strict=True)):
        place = folder / "pairs" / f"pair{i}"
        place.mkdir(parents=True)
        for name, values, dtype in (("s1", s1, "float32"), ("s2", s2, "uint16")):
            with rasterio.open(
                place / f"{name}.tif",
                "w",
                driver="GTiff",
                crs="EPSG:32633",
                transform=Affine(10, 0, 500_000, 0, -10, 5_400_000),
                dtype=dtype,
                count=len(values),
                height=values.shape[1],
                width=values.shape[2],
            ) as file:
                file.write(values.astype(dtype))
        rows.append({"id": f"pair{i}", "tile": f"T33UW{'ABCD'[i]}", "s2_date": "2018-06-01"})
    with (folder / "pairs.csv").open("w", newline="") as stream:
        table = csv.DictWriter(stream, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    roles = [f"{row['tile']},{'train' if i < 2 else 'val'}" for i, row in enumerate(rows)]
    (folder / "roles.csv").write_text("\n".join(["tile,role", *roles]) + "\n")
    (folder / "small.yaml").write_text(CONFIG)
    return folder


@pytest.fixture
def command(data, tiny):
    """The arguments but for the output folder."""
    options = {
        "--data-dir": data,
        "--roles": data / "roles.csv",
        "--bundle": tiny,
        "--config": data / "small.yaml",
        "--stage2-checkpoint": "identity",
        "--epochs": 1,
        "--batch-size": 2,
        "--grad-accum-steps": 1,
        "--lr": 1e-2,
        "--lora-rank": 2,
        "--crop": 96,
        "--bridge-lr": 1e-2,
        "--detail": 8,
        "--device": "cpu",
    }
    return [*(str(word) for option in options.items() for word in option)]


def weights_of(folder):
    part = read_part(folder)
    return {name: read_state(folder / name) for name in part.files if name.endswith("safetensors")}


def same(first, second):
    """Return whether two parts' weights agree."""
    own, other = weights_of(first), weights_of(second)
    assert own.keys() == other.keys()
    return all(
        tensors[name].equal(other[file][name]) for file, tensors in own.items() for name in tensors
    )


def killed(patch, call):
    """Let the training be killed at a call of its losses."""
    losses, calls = GroundModule.losses, []

    def counted(self, batch):
        calls.append(1)
        if len(calls) == call:
            raise KeyboardInterrupt
        return losses(self, batch)

    patch.setattr(GroundModule, "losses", counted)


def test_interrupted_and_resumed(command, tmp_path, monkeypatch, capsys, ended_with):
    own = [*command, "--lora-cross-attention-only", "--epochs", "2"]
    whole = tmp_path / "whole"
    assert main([*own, "--output-dir", str(whole)]) == 0
    told = capsys.readouterr()
    assert (told.out + told.err).count(NO_REGRESSOR) == 1
    part = read_part(whole / "best")
    assert part.stage == 3 and part.base["bundle"] == "tiny" and part.base["refiner"] is None
    assert part.training["tiles"]["stop"] == ["T33UWC", "T33UWD"]
    few = Message(TOO_FEW, "2 images", "2 tiles", WANTED_IMAGES, WANTED_TILES)
    assert part.training["warnings"][0] == few
    assert f"{part.scores['worth']:+.3f}" in told.out
    assert all(doubt in told.err for doubt in part.training["warnings"])
    tried = {one["steps"]: one["worth"] for one in part.training["tried"]}
    assert list(tried) == [1, 2, 4]
    assert part.section["bridge"]["shape"]["steps"] == max(tried, key=tried.get)
    assert part.scores["worth"] == max(tried.values())
    assert set(part.scores["gain"]) == {"psnr", "ssim", "sam", "cfog_gap"}
    logged = next((whole / "logs").rglob("metrics.csv")).read_text().splitlines()[0]
    assert {"train/flow", "train/level"} <= set(logged.split(","))
    # Two decoder blocks, q, kv and proj of each, A and B.
    assert len(weights_of(whole / "best")["adapter/adapter_model.safetensors"]) == 12

    # What `config.yaml` tells holds for all that is in the folder.
    settings = (whole / "config.yaml").read_bytes()
    again = [*own, "--output-dir", str(whole), "--resume"]
    assert main([*again, "--detail", "4"]) == 1
    ended_with("resumed-training-differs", "stage3.detail", "8.0", "4.0")
    assert (whole / "config.yaml").read_bytes() == settings

    parts = ["--output-dir", str(tmp_path / "parts")]
    with monkeypatch.context() as patch:
        killed(patch, 2)
        assert main([*own, *parts]) == 130
    assert main([*own, *parts]) == 1
    ended_with("training-already-there")
    assert main([*own, *parts, "--resume"]) == 0
    states = [read_checkpoint(folder / LAST)["trained"] for folder in (whole, tmp_path / "parts")]
    assert states[0].keys() == states[1].keys()
    assert all(states[0][name].equal(states[1][name]) for name in states[0])
    assert same(whole / "best", tmp_path / "parts" / "best")
    assert read_part(tmp_path / "parts" / "best").scores == part.scores


def test_steps_that_are_settled_are_not_tried(command, tmp_path):
    assert main([*command, "--steps", "3", "--output-dir", str(tmp_path)]) == 0
    part = read_part(tmp_path / "best")
    assert [one["steps"] for one in part.training["tried"]] == [3]
    assert part.section["bridge"]["shape"]["steps"] == 3


def test_a_training_begun_when_all_radar_was_taken_for_grd_is_resumed(
    command, tmp_path, monkeypatch
):
    """Its settings say `modality: S1GRD`, which was the default; today's is what pairs say."""
    out = ["--output-dir", str(tmp_path), "--epochs", "2"]
    with monkeypatch.context() as patch:
        killed(patch, 2)
        assert main([*command, *out, "--modality", "S1GRD"]) == 130
    assert "modality: S1GRD" in (tmp_path / "config.yaml").read_text()
    assert main([*command, *out, "--resume", "--modality", "S1RTC"]) == 1
    assert main([*command, *out, "--resume"]) == 0
    assert read_part(tmp_path / "best").stage == 3


def test_the_regressor_of_the_loss_is_a_part_of_the_training(
    command, cycle_folder, tmp_path, capsys, ended_with
):
    """Resumed with another one, or without, it would be another."""
    own = tmp_path / "cycle"
    shutil.copytree(cycle_folder, own)
    cycle, out = ["--cycle", str(own)], tmp_path / "out"
    assert main([*command, *cycle, "--output-dir", str(out)]) == 0
    told = capsys.readouterr()
    assert NO_REGRESSOR not in told.out + told.err
    logged = next((out / "logs").rglob("metrics.csv")).read_text().splitlines()[0]
    assert "train/cycle" in logged.split(",")
    # What the regressor has seen, the bundle has seen.
    story = read_part(out / "best").training
    seen = json.loads((own / CARD).read_text())["tiles"]
    assert story["cycle"]["tiles"] == seen
    assert set(seen["train"]) <= History.of({"training": {"stage 3": story}}).used_tiles
    again = [*command, "--output-dir", str(out), "--resume"]
    moved = own.rename(tmp_path / "moved")
    assert main([*again, "--cycle", str(moved)]) == 0, "where it lies does not matter"
    assert main([*again]) == 1
    ended_with("resumed-training-differs", "base.cycle")
    torch.manual_seed(0)
    other = tmp_path / "other"
    other.mkdir()
    write_regressor(other, Regressor(8, 1), json.loads((cycle_folder / CARD).read_text()) | SHAPE)
    card = json.loads((other / CARD).read_text())
    (other / CARD).write_text(json.dumps({**card, "sha256": sha256(other / WEIGHTS)}))
    assert main([*again, "--cycle", str(other)]) == 1
    ended_with("resumed-training-differs", "base.cycle")


@pytest.mark.slow
def test_two_processes_train_the_same_part(command, tmp_path):
    """And compute once between them what it is shown."""
    settings = [*command, "--batch-size", "1", "--grad-accum-steps", "2"]
    one, two = tmp_path / "one", tmp_path / "two"
    again = ["--output-dir", str(two), "--devices", "2"]
    ends = together(tmp_path / "said", lambda _: main([*settings, *again]))
    assert [status for status, _ in ends] == [0, 0], ends
    assert main([*settings, "--output-dir", str(one)]) == 0
    assert same(one / "best", two / "best")
    assert read_part(one / "best").scores == read_part(two / "best").scores


def test_bad_pairs_are_left_out_if_asked(data, tiny, tmp_path, capsys):
    folder = tmp_path / "data"
    shutil.copytree(data, folder)
    (folder / "pairs" / "pair1" / "s2.tif").write_bytes(b"cut short")
    config, bundle = Stage3Config(data=DataSection(crop=96)), read_bundle(tiny)
    with raises(DataError, "pair-file-unreadable", "pair1/s2.tif"):
        open_pairs(folder, folder / "roles.csv", config, bundle, {})
    found = open_pairs(folder, folder / "roles.csv", config, bundle, {}, on_bad="skip")
    assert [found.source.names[i] for i in found.train] == ["pair0"]
    assert [found.source.names[i] for i in found.val] == ["pair2", "pair3"]
    assert re.findall(r"pair\d", capsys.readouterr().err)[0] == "pair1"


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        (["--stage2-checkpoint", "/nowhere"], ("part-missing", "/nowhere")),
        (["--crop", "128"], ("crop-not-of-bundle", 128)),
        (["--steps", "30"], ("setting-out-of-range", "stage3", "steps", "30")),
        (["--detail", "40"], ("detail-too-large", 40, 96)),
        (["--bridge-noise", "2"], ("setting-out-of-range", "bridge", "noise", "2.0")),
        (["--bundle", "odd"], ("bundle-missing", "odd")),
        (["--cycle", "/nowhere"], ("regressor-missing", "/nowhere")),
    ],
)
def test_what_does_not_serve_is_said(command, tmp_path, ended_with, extra, expected):
    assert main([*command, "--output-dir", str(tmp_path / "out"), *extra]) == 1
    ended_with(*expected)
    assert not (tmp_path / "out" / "logs").exists()
