"""The commands themselves, with the demo bundle: two processes give the adapters of one."""

from __future__ import annotations

import csv
import os
import subprocess
import sys

import numpy as np
import pytest
import torch

from tests.training.stage2.pairs import write_pair
from training.demo.sensors import simulate_pair
from training.fit.checkpoint import LAST, read_checkpoint

SIDE = 96
TILES = "AAAAAABBC"


@pytest.fixture
def data(tmp_path):
    """Simulated pairs of three tiles, and their roles."""
    root = tmp_path / "data"
    rows = []
    for i, tile in enumerate(TILES):
        s1, s2 = simulate_pair(i, SIDE, 7)
        s2 = s2.clip(1, 10000).round().astype(np.uint16)
        write_pair(root / "pairs" / f"p{i}", s1.astype(np.float32), s2)
        rows.append({"id": f"p{i}", "tile": tile, "s2_date": "2020-07-01", "lat": 48, "lon": 15})
    with (root / "pairs.csv").open("w", newline="") as stream:
        table = csv.DictWriter(stream, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    (root / "roles.csv").write_text("tile,role,biome\nA,train,4\nB,val,4\nC,test,4\n")
    return root


def call(program, **flags):
    """Run a command as a person does; Lightning starts its second process."""
    words = [w for name, value in flags.items() for w in (f"--{name}", str(value))]
    words = [word.replace("_", "-") if word.startswith("--") else word for word in words]
    ended = subprocess.run(
        [sys.executable, "-m", program, *words, "--device", "cpu", "--bundle", "demo"],
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return ended


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_two_processes_give_the_adapters_of_one(data, tmp_path):
    given = {"data_dir": data, "stage1_outputs_dir": tmp_path / "s1", "roles": data / "roles.csv"}
    call(
        "training.precompute_stage1",
        data_dir=data, output_dir=tmp_path / "s1", timesteps=2, devices=2,
    )  # fmt: skip
    settings = {"crop": SIDE, "epochs": 4, "grad_accum_steps": 4, "workers": 0}
    settings["unfreeze_last"] = 0
    found = []
    for devices in (1, 2):
        out = tmp_path / f"s2-{devices}"
        ended = call("training.train_stage2", **given, **settings, output_dir=out, devices=devices)
        assert ended.stdout.count(str(out / "best")) == 1, "one of them tells"
        found.append(read_checkpoint(out / LAST)["trained"])
    one, two = found
    assert one.keys() == two.keys()
    apart = max(float((one[name] - two[name]).abs().max()) for name in one)
    print(f"The weights differ by {apart:.1e} at most.")
    for name, value in one.items():
        torch.testing.assert_close(two[name], value, rtol=1e-3, atol=1e-5)
