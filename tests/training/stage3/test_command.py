"""Stage 3's command line from a folder of pairs to a part, broken off and gone on with."""

from __future__ import annotations

import csv
import json
import shutil

import pytest
import rasterio
import torch
from affine import Affine

from gac_core.models.card import read_bundle
from gac_core.models.hashes import sha256
from gac_core.models.part import read_part
from gac_core.models.weights import read_state
from tests.training.fit.pair import together
from training.cycle.regressor import CARD, WEIGHTS, Regressor, write_regressor
from training.data.errors import DataError
from training.data.history import History
from training.sections import DataSection, Stage3Config
from training.stage3 import run as running
from training.stage3.build import find_places
from training.train_stage3 import main

CONFIG = """
fit: {warmup_steps: 1, pictures: 1, ema: 0.0, workers: 0}
stage3: {stage1_timesteps: 1}
fusion: {epochs: 1, width: 8, depth: 1, batch_size: 2}
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
        "--timesteps": 1,
        "--strength": 0.5,
        "--residual": 0.5,
        "--fusion-detail": 8,
        "--device": "cpu",
    }
    return [*(str(word) for option in options.items() for word in option)]


def weights_of(folder):
    part = read_part(folder)
    return {name: read_state(folder / name) for name in part.files if name.endswith("safetensors")}


def test_broken_off_and_gone_on_with(command, tmp_path, monkeypatch, capsys):
    cross = "--lora-cross-attention-only"
    whole = tmp_path / "whole"
    assert main([*command, cross, "--output-dir", str(whole)]) == 0
    told = capsys.readouterr()
    assert "Gains over opt_v2" in told.out
    assert (told.out + told.err).count("without the loss's part cycle") == 1
    part = read_part(whole / "best")
    assert part.stage == 3 and part.base["bundle"] == "tiny" and part.base["refiner"] is None
    assert part.section["strength"] == part.section["residual"] == 0.5
    assert part.training["tiles"]["stop"] == ["T33UWC", "T33UWD"]
    assert "2 images of 2 tiles:" in part.training["warnings"][0]
    assert all(doubt in told.err for doubt in part.training["warnings"])
    assert [way["fusion"] for way in part.training["tried"]] == [False, False, True]
    assert set(part.scores["gain"]) == {"psnr", "ssim", "sam", "cfog_gap"}
    # The bundle has an encoder of real images: the adapter learned their tokens, and was logged.
    logged = next((whole / "adapter" / "logs").rglob("metrics.csv")).read_text().splitlines()[0]
    assert {"train/tokens", "train/level"} <= set(logged.split(","))
    # Two decoder blocks, q, kv and proj of each, A and B.
    assert len(weights_of(whole / "best")["adapter/adapter_model.safetensors"]) == 12
    assert read_part(whole / "fusion" / "best").section["fusion"]["detail"] == 8.0

    # What `config.yaml` tells holds for all that is in the folder.
    settings = (whole / "config.yaml").read_bytes()
    again = [*command, cross, "--output-dir", str(whole), "--resume"]
    assert main([*again, "--fusion-detail", "4"]) == 1
    assert "fusion.detail 8.0, and now it is 4.0" in capsys.readouterr().err
    assert (whole / "config.yaml").read_bytes() == settings

    broken = tmp_path / "broken"
    with monkeypatch.context() as patch:
        patch.setattr(running, "compute_answers", lambda *_, **__: 1 / 0)
        assert main([*command, cross, "--output-dir", str(broken)]) == 1
    assert not (broken / "best").exists()
    assert main([*command, cross, "--output-dir", str(broken)]) == 1
    assert "--resume" in capsys.readouterr().err
    assert main([*command, cross, "--output-dir", str(broken), "--resume"]) == 0
    for part in ("adapter/best", "fusion/best", "best"):
        first, second = weights_of(whole / part), weights_of(broken / part)
        assert first.keys() == second.keys()
        for file, tensors in first.items():
            assert all(tensors[name].equal(second[file][name]) for name in tensors), file


def test_a_training_begun_when_all_radar_was_taken_for_grd_is_resumed(
    command, tmp_path, monkeypatch
):
    """Its settings say `modality: S1GRD`, which was the default; today's is what pairs say."""
    out = ["--output-dir", str(tmp_path)]
    with monkeypatch.context() as patch:
        patch.setattr(running, "compute_answers", lambda *_, **__: 1 / 0)
        assert main([*command, *out, "--modality", "S1GRD"]) == 1
    assert "modality: S1GRD" in (tmp_path / "config.yaml").read_text()
    assert main([*command, *out, "--resume", "--modality", "S1RTC"]) == 1
    assert main([*command, *out, "--resume"]) == 0
    assert read_part(tmp_path / "best").stage == 3


def test_the_regressor_of_the_loss_is_a_part_of_the_training(
    command, cycle_folder, tmp_path, capsys
):
    """Both trainings have its part; resumed with another one, or without, they would be others."""
    own = tmp_path / "cycle"
    shutil.copytree(cycle_folder, own)
    cycle, out = ["--cycle", str(own)], tmp_path / "out"
    assert main([*command, *cycle, "--output-dir", str(out)]) == 0
    assert "part cycle" not in capsys.readouterr().out
    for name in ("adapter", "fusion"):
        logged = next((out / name / "logs").rglob("metrics.csv")).read_text().splitlines()[0]
        assert "train/cycle" in logged.split(",")
    # What the regressor has seen, the bundle has seen.
    story = read_part(out / "best").training
    seen = json.loads((own / CARD).read_text())["tiles"]
    assert story["cycle"]["tiles"] == seen
    assert set(seen["train"]) <= History.of({"training": {"stage 3": story}}).seen
    again = [*command, "--output-dir", str(out), "--resume"]
    moved = own.rename(tmp_path / "moved")
    assert main([*again, "--cycle", str(moved)]) == 0, "where it lies does not matter"
    capsys.readouterr()
    assert main([*again]) == 1
    assert "base.cycle" in capsys.readouterr().err
    torch.manual_seed(0)
    other = tmp_path / "other"
    other.mkdir()
    write_regressor(other, Regressor(8, 1), json.loads((cycle_folder / CARD).read_text()) | SHAPE)
    card = json.loads((other / CARD).read_text())
    (other / CARD).write_text(json.dumps({**card, "sha256": sha256(other / WEIGHTS)}))
    assert main([*again, "--cycle", str(other)]) == 1
    assert "base.cycle" in capsys.readouterr().err


@pytest.mark.slow
def test_two_processes_train_the_same_part(command, tmp_path):
    """Both trainings, and what is computed once between them."""
    pieces = tmp_path / "pieces.yaml"
    pieces.write_text("fusion: {batch_size: 1, grad_accum_steps: 2}")
    settings = [*command, "--config", str(pieces), "--batch-size", "1", "--grad-accum-steps", "2"]
    one, two = tmp_path / "one", tmp_path / "two"
    again = ["--output-dir", str(two), "--devices", "2"]
    found = together(tmp_path / "said", lambda _: main([*settings, *again]))
    assert [status for status, _ in found] == [0, 0], found
    assert main([*settings, "--output-dir", str(one)]) == 0
    for part in ("adapter/best", "fusion/best", "best"):
        first, second = weights_of(one / part), weights_of(two / part)
        for file, tensors in first.items():
            assert all(tensors[name].equal(second[file][name]) for name in tensors), file
    assert read_part(one / "best").scores == read_part(two / "best").scores


def test_bad_pairs_are_left_out_if_asked(data, tiny, tmp_path, capsys):
    folder = tmp_path / "data"
    shutil.copytree(data, folder)
    (folder / "pairs" / "pair1" / "s2.tif").write_bytes(b"cut short")
    config, bundle = Stage3Config(data=DataSection(crop=96)), read_bundle(tiny)
    with pytest.raises(DataError, match="pair1"):
        find_places(folder, folder / "roles.csv", config, bundle, {})
    found = find_places(folder, folder / "roles.csv", config, bundle, {}, on_bad="skip")
    assert [found.source.names[i] for i in found.train] == ["pair0"]
    assert [found.source.names[i] for i in found.val] == ["pair2", "pair3"]
    assert "pair1 is left out" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        (["--stage2-checkpoint", "/nowhere"], "no trained part"),
        (["--crop", "128"], "do not fit bundle"),
        (["--strength", "3"], "strength"),
        (["--fusion-detail", "20"], "detail of 20.0 px"),
        (["--bundle", "odd"], "no model bundle"),
        (["--codes", "/nowhere.safetensors"], "cannot be read"),
        (["--cycle", "/nowhere"], "holds no regressor"),
    ],
)
def test_what_does_not_serve_is_said(command, tmp_path, capsys, extra, message):
    assert main([*command, "--output-dir", str(tmp_path / "out"), *extra]) == 1
    assert message in capsys.readouterr().err
    assert not (tmp_path / "out" / "adapter").exists()
