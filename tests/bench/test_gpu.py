"""The measurement of a GPU of 6 GB, on none and on one that only says that it is one."""

from __future__ import annotations

import re
import sys

import pytest
import torch

from gac_core.networks import device as devices
from tests.bench import gpu as bench
from tests.bench.__main__ import main
from tests.core.engine.runs.fake_gpu import FakeGpu
from tests.core.tiny import write_tiny_bundle


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU")
def test_without_a_gpu_nothing_is_measured(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["bench", "--gpu-cap", "6"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    assert "No GPU here" in capsys.readouterr().out


def test_each_stage_has_a_row(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(devices, "_limits", {})
    monkeypatch.setattr(devices, "_peaks", {})
    monkeypatch.setattr(bench, "SIDE", 96)
    bundle = write_tiny_bundle(tmp_path / "tiny")
    monkeypatch.setattr(bench, "bundle_folder", lambda size, weights: bundle)
    gpu = FakeGpu(monkeypatch)
    bench.measure("base", 6, tmp_path)
    text = capsys.readouterr().out
    rows = re.findall(r"\| base \| [\d.]+ GB \| (\d) \| [\d.]+ GB \| ([\d.]+) \|", text)
    assert [row[0] for row in rows] == ["1", "2", "3"] and all(float(row[1]) > 0 for row in rows)
    assert gpu.passes and "CPU" not in text
    assert devices.gpu_room(bench.GPU) <= 6e9, "no more than the cap"
