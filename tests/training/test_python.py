"""docs/python.md: its examples, as they stand, on simulated pairs; and names of settings."""

from __future__ import annotations

import os
import re

import numpy as np
import pytest
import rasterio
import torch

import training
from gac_core.bundles.library import engine_root
from gac_core.bundles.part import read_part
from gac_core.contract.errors import RequestError
from tests.problems import raises
from tests.training.data.made import write_pair, write_table
from training.demo.sensors import simulate_pair
from training.fit.flags import describe_call, settings_by_name
from training.sections import Stage2Config, Stage3Config
from training.train_stage2 import KEYS
from training.train_stage3 import KEYS as KEYS_3

PAGE = engine_root() / "docs" / "python.md"
BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A working folder with four pairs of four tiles."""
    root = tmp_path_factory.mktemp("work")
    rows = []
    for i in range(4):
        name, tile = f"vienna_{i}", f"T33UW{'ABCD'[i]}"
        s1, s2 = simulate_pair(i, 96, month=6)
        write_pair(
            root / "pairs" / "pairs" / name, s1=s1.astype("float32"),
            s2=s2.clip(1, 10_000).astype("uint16"),
        )  # fmt: skip
        rows.append({"id": name, "tile": tile, "s2_date": "2018-06-01", "biome": "4"})
    write_table(root / "pairs", rows)
    roles = [f"{row['tile']},{'train' if i < 2 else 'val'}" for i, row in enumerate(rows)]
    (root / "pairs" / "roles.csv").write_text("\n".join(["tile,role", *roles]) + "\n")
    return root


def run_blocks(count):
    """The names that the page's first examples leave."""
    torch.set_num_threads(1)
    names: dict = {}
    blocks = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    assert len(blocks) == 6
    for block in blocks[:count]:
        exec(compile(block, str(PAGE), "exec"), names)
    return names


def test_the_examples_of_computing_run(place, monkeypatch):
    monkeypatch.chdir(place)
    names = run_blocks(4)
    assert names["result"].outputs["opt_v3"].is_file()
    # One call of all three stages drafts with as many steps as the three calls have.
    for name in ("opt_v1", "opt_v2", "opt_v3"):
        assert np.array_equal(names[name], getattr(names["images"], name))
    clear = np.isfinite(names["s2"]).all(0)
    assert np.array_equal(names["clouded"].opt_v2[:, clear], names["s2"][:, clear])


@pytest.mark.slow
def test_the_examples_of_the_page_run(place, monkeypatch):
    monkeypatch.chdir(place)
    names = run_blocks(6)
    assert names["images"].opt_v3.shape == (4, 96, 96)
    assert np.isfinite(names["opt_v3"]).all()
    for stage, result in ((2, names["refined"]), (3, names["grounded"])):
        part = read_part(result.best)
        assert part.stage == stage and "lora_rank=8" in part.training["command"]
        assert str(place) not in part.training["command"]
    with rasterio.open(names["third"].path("vienna_0")) as file:
        assert file.shape == (96, 96) and file.tags()["SYNTHETIC"] == "YES"
    # The folder is free again: another call in the same process may resume it.
    again = training.train_refiner(
        "pairs", "build/stage1", "build/stage2", roles="pairs/roles.csv", resume=True,
        bundle="demo", crop=96, epochs=1, batch_size=2, grad_accum_steps=1,
        lora_rank=8, load_in_8bit=True, device="cpu", workers=0,
    )  # fmt: skip
    assert again.scores == names["refined"].scores
    assert os.listdir("build")  # noqa: PTH208


def test_settings_go_by_the_names_of_flags_of_their_own_or_in_full():
    given = {"lora_rank": 4, "clip": 2.0, "load_in_8bit": False, "models.head.reduced": 32}
    assert settings_by_name(Stage2Config, KEYS, given) == {
        "models.lora_rank": 4,
        "fit.clip": 2.0,
        "models.load_in_8bit": False,
        "models.head.reduced": 32,
    }
    # Flags are plain where sections share a name.
    assert settings_by_name(Stage3Config, KEYS_3, {"epochs": 3}) == {"fit.epochs": 3}
    with raises(RequestError, "setting-ambiguous", "reduced", "models.head.reduced"):
        settings_by_name(Stage3Config, KEYS_3, {"reduced": 3})


def test_what_is_no_setting_is_told_with_the_nearest(tmp_path):
    with raises(RequestError, "config-key-unknown", "lora_rnak") as refused:
        training.train_refiner("nowhere", "nowhere", tmp_path / "out", lora_rnak=8)
    assert "lora_rank" in refused.value.remedy
    assert not (tmp_path / "out").exists()
    with pytest.raises(AttributeError):
        _ = training.train_nothing


def test_a_call_is_told_without_folders():
    told = describe_call("training.train_refiner", {"bundle": "/home/me/mine", "lora_rank": 8})
    assert told == "training.train_refiner(bundle='mine', lora_rank=8)"
