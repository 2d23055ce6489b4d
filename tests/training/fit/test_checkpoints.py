"""Contents of checkpoints, and those that are not resumed."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from gac_core.contract.errors import GacError, OutputError, RequestError
from tests.problems import raises
from tests.training.fit import tiny
from tests.training.fit.tiny import EMA, STEPS, train
from training.fit.checkpoint import LAST, read_checkpoint


def test_a_training_is_not_begun_over_another(straight):
    with raises(OutputError, "training-already-there", str(straight[0])):
        train(straight[0], **EMA)


@pytest.mark.parametrize(
    "change", [{"lr": 0.5}, {"grad_accum_steps": 1}, {"seed": 9}, {"pairs": 8}]
)
def test_another_training_is_not_resumed(straight, change):
    key = next(iter(change))
    word = {"grad_accum_steps": "batch", "pairs": "samples"}.get(key, key)
    with raises(RequestError, "resumed-training-differs") as caught:
        train(straight[0], resume=True, **EMA, **change)
    assert word in caught.value.message.arguments[0] and "config.yaml" in caught.value.remedy


def test_a_checkpoint_holds_what_trains_and_not_the_base(straight):
    held = read_checkpoint(straight[0] / LAST)
    assert set(held["trained"]) == {"head.weight", "head.bias", "scale"}
    assert set(held["average"]) == set(held["trained"])
    base = tiny.Tiny().base.weight.nbytes
    assert (straight[0] / LAST).stat().st_size < base / 10


def test_damaged_checkpoints_are_refused(straight, tmp_path):
    text = (straight[0] / LAST).read_bytes()
    for damage in (text[: len(text) // 2], b"", b"no checkpoint"):
        (tmp_path / LAST).write_bytes(damage)
        with raises(GacError, "checkpoint-unreadable", LAST):
            train(tmp_path, resume=True, **EMA)
    torch.save({"format": 99}, tmp_path / LAST)
    with raises(GacError, "checkpoint-version", LAST):
        train(tmp_path, resume=True, **EMA)


def test_checkpoints_run_no_code(tmp_path):
    torch.save({"format": 1, "progress": Path("x")}, tmp_path / LAST)
    with raises(GacError, "checkpoint-unreadable", LAST):
        read_checkpoint(tmp_path / LAST)


def test_steps_are_as_many_as_asked_for(straight):
    assert read_checkpoint(straight[0] / LAST)["progress"]["step"] == STEPS
