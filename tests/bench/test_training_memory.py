"""Reports of memory: what was held."""

from __future__ import annotations

import json

import pytest
import torch

from tests.bench import training_memory
from tests.bench.training_memory import Case, Peak, measure, memory_held
from training.fit import StageModule
from training.losses.masks import Tally

CPU = torch.device("cpu")
MEGABYTE = 1 / 1000


class Layer(StageModule):
    """One trained layer after a frozen one, with 32 MB of weights in all."""

    stage = 2

    def __init__(self):
        super().__init__()
        self.frozen = torch.nn.Linear(2000, 2000).requires_grad_(False)
        self.trained_layer = torch.nn.Linear(2000, 2000)

    def losses(self, batch):
        square = self.trained_layer(self.frozen(batch["s1"])).square()
        return {"level": Tally(square.mean(), torch.tensor(1))}

    def predict(self, batch):
        raise NotImplementedError

    counts = before = save_part = predict


def small_case(folder_seen):
    def build(folder):
        folder_seen.append(folder)
        return Layer(), {"s1": torch.ones(1, 2000), "name": ["one"]}

    return Case("small", "two layers", "files", lambda folder: None, build)


def test_a_peak_that_is_over_was_seen():
    before = memory_held(CPU)
    with Peak(CPU) as peak:
        some = torch.ones(75_000_000)
        del some
    assert 0.28 < peak.value - before < 0.4
    assert memory_held(CPU) - before < 0.1


def test_a_case_is_measured(tmp_path):
    seen = []
    found = measure(small_case(seen), tmp_path, CPU, cap_gb=6, steps=3)
    assert seen == [tmp_path] and found.fits
    assert found.trained == 2000 * 2001
    assert found.losses[2] < found.losses[0]
    # Two layers of 16 MB; then a gradient and two moments of 16 MB each.
    assert 28 * MEGABYTE < found.weights - found.libraries < 80 * MEGABYTE
    assert 44 * MEGABYTE < found.peak - found.weights < 200 * MEGABYTE


def test_the_command_measures_each_case_in_its_own_process(tmp_path, monkeypatch, capsys):
    calls = []

    def call(args, what, name, folder):
        calls.append((what, name, folder.name))
        one = measure(small_case([]), folder, CPU, 6, 2)
        return "noise\n" + json.dumps({**one.__dict__})

    monkeypatch.setattr(training_memory, "_call", call)
    monkeypatch.setattr(
        training_memory, "cases", lambda: {n: small_case([]) for n in ("small", "other")}
    )
    out = tmp_path / "memory.json"
    monkeypatch.setattr("sys.argv", ["measure", "--device", "cpu", "--out", str(out)])
    training_memory.main()
    # The files that both build from are written once.
    assert calls == [
        ("write", "small", "files"),
        ("measure", "small", "files"),
        ("measure", "other", "files"),
    ]
    report = json.loads(out.read_text())
    assert report["cap_gb"] is None and set(report["cases"]) == {"small", "other"}
    assert "| small: two layers | 4.00 M |" in capsys.readouterr().out


def test_an_unknown_case_is_told(monkeypatch):
    monkeypatch.setattr(training_memory, "cases", dict)
    monkeypatch.setattr("sys.argv", ["measure", "--case", "stage9"])
    with pytest.raises(SystemExit, match="no case 'stage9'"):
        training_memory.main()
