"""The command that trains a regressor, from a folder of pairs to its files."""

from __future__ import annotations

import csv
import json

import numpy as np
import pytest

from gac_core.contract.errors import BundleError
from tests.problems import raises
from tests.training.stage2.pairs import write_pair
from training.demo.sensors import simulate_pair
from training.stage3 import cycle_training
from training.stage3.cycle_regressor import CARD, OWN, WEIGHTS, read_history, read_regressor
from training.train_cycle import main


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """Four simulated pairs of four tiles, and their roles."""
    folder = tmp_path_factory.mktemp("data")
    rows = []
    for i, tile in enumerate("ABCD"):
        s1, s2 = simulate_pair(i, 64, 7)
        s2 = s2.clip(1, 10000).round().astype(np.uint16)
        write_pair(folder / "pairs" / f"p{i}", s1.astype(np.float32), s2)
        rows.append({"id": f"p{i}", "tile": tile, "s2_date": "2020-07-01", "lat": 48, "lon": 15})
    with (folder / "pairs.csv").open("w", newline="") as stream:
        table = csv.DictWriter(stream, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    (folder / "roles.csv").write_text("tile,role\nA,train\nB,train\nC,train\nD,val\n")
    return folder


@pytest.fixture
def arguments(data, tmp_path):
    words = ("--data-dir", data, "--roles", data / "roles.csv", "--output-dir", tmp_path / "out")
    return [*(str(word) for word in words), "--device", "cpu"]


def test_one_that_is_no_better_is_written_said_and_refused(arguments, tmp_path, capsys, ended_with):
    """After one step on two pairs."""
    assert main([*arguments, "--steps", "1"]) == 1
    told = capsys.readouterr()
    ended_with("regressor-no-better")
    assert "--steps" in told.err
    card = json.loads((tmp_path / "out" / CARD).read_text())
    for scores in card["scores"].values():
        assert f"{scores['rmse_vv']:.2f}" in told.out
    assert card["tiles"]["val"] == ["D"] and card["command"].startswith(
        "python -m training.train_cycle"
    )
    assert str(tmp_path) not in card["command"]
    assert card["places"] == [[48, 15, 320]]
    assert read_history(tmp_path / "out") == {"tiles": card["tiles"], "places": card["places"]}
    assert (tmp_path / "out" / WEIGHTS).exists()
    with raises(BundleError, "regressor-no-better"):
        read_regressor(tmp_path / "out")
    assert main(arguments) == 1
    ended_with("regressor-already-there", tmp_path / "out")


def test_one_that_is_better_is_there_to_be_used(arguments, tmp_path, taught, monkeypatch, capsys):
    """With a regressor that was taught elsewhere: pairs enough to learn from take longer."""
    monkeypatch.setattr(cycle_training, "train_regressor", lambda *_: taught[:2])
    assert main(arguments) == 0
    assert str(tmp_path / "out") in capsys.readouterr().out
    card = json.loads((tmp_path / "out" / CARD).read_text())
    assert read_regressor(tmp_path / "out", "S1GRD").sha256 == card["sha256"]
    assert card["scores"][OWN] == taught[1]["scores"][OWN]


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        (["--steps", "0"], ("setting-out-of-range", "steps", "0")),
        (["--seed", "-1"], ("setting-out-of-range", "seed", "-1")),
        (["--data-dir", "/no"], ("data-without-pairs", "/no")),
    ],
)
def test_what_makes_no_sense_is_said(arguments, ended_with, extra, expected):
    assert main([*arguments, *extra]) == 1
    ended_with(*expected)
