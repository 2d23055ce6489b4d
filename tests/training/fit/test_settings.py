"""The learning rate over a training: up to its highest, however short that is, and down again."""

from __future__ import annotations

import math

import pytest

from tests.training.fit.tiny import train
from training.config import load
from training.fit import settings as module
from training.fit.flags import DEFAULTS
from training.fit.loop import Schedule
from training.fit.settings import FitSettings, default_workers
from training.sections import Stage2Config

WARMUP = 100


def rates(steps, warmup=WARMUP):
    settings = FitSettings(warmup_steps=warmup)
    return [settings.factor(step, steps) for step in range(steps)]


@pytest.mark.parametrize("steps", [1, 5, 20, 2000])
def test_the_highest_rate_is_reached_within_a_tenth_of_the_steps(steps):
    found = rates(steps)
    assert max(found) == 1
    assert found.index(1) + 1 == min(WARMUP, max(1, steps // 10))


@pytest.mark.parametrize("steps", [5, 20, 100])
def test_the_demo_s_networks_reach_it_too(steps):
    schedule = Schedule(steps=steps, rate=1e-3)
    found = [schedule.factor(step) for step in range(steps)]
    assert max(found) == 1 and found.index(1) < max(1, steps // 10)


def test_after_it_the_rate_falls_as_a_cosine_to_its_floor():
    found = rates(2000)
    assert found[:WARMUP] == pytest.approx([(step + 1) / WARMUP for step in range(WARMUP)])
    assert all(a > b for a, b in zip(found[WARMUP - 1 :], found[WARMUP:], strict=False))
    middle = WARMUP - 1 + (2000 - WARMUP + 1) // 2
    assert found[middle] == pytest.approx(0.02 + 0.98 / 2, abs=1e-3)
    assert found[-1] == pytest.approx(0.02, abs=1e-4)
    assert rates(20, warmup=0)[0] == 1


def test_a_training_says_that_its_warm_up_is_cut(tmp_path, capsys):
    train(tmp_path / "cut", warmup_steps=100)
    assert "warm-up" in capsys.readouterr().err.lower()
    train(tmp_path / "whole", warmup_steps=1)
    assert "warm-up" not in capsys.readouterr().err.lower()


def test_a_short_training_takes_its_steps_at_the_highest_rate(tmp_path):
    train(tmp_path, warmup_steps=100, epochs=1, lr=2e-2)
    logged = next((tmp_path / "logs").rglob("metrics.csv")).read_text().splitlines()
    column = logged[0].split(",").index("train/rate")
    used = [float(line.split(",")[column]) for line in logged[1:] if line.split(",")[column]]
    assert math.isclose(max(used), 2e-2)


def test_workers_that_nobody_asks_for_are_none_on_windows(monkeypatch):
    assert (default_workers("nt"), default_workers("posix")) == (0, 2)
    shipped = load(Stage2Config, DEFAULTS, {}).fit
    for count in (0, 2):
        monkeypatch.setattr(module, "default_workers", lambda count=count: count)
        assert shipped.loader_workers == count
        assert load(Stage2Config, DEFAULTS, {"fit.workers": 3}).fit.loader_workers == 3
