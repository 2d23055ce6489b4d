"""Contents of checkpoints, and those that are not resumed."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from gac_core.contract.errors import GacError, OutputError, RequestError
from tests.training.fit import tiny
from tests.training.fit.tiny import EMA, STEPS, train
from training.fit.checkpoint import LAST, read_checkpoint


def test_a_training_is_not_begun_over_another(straight):
    with pytest.raises(OutputError, match="--resume"):
        train(straight[0], **EMA)


@pytest.mark.parametrize(
    "change", [{"lr": 0.5}, {"grad_accum_steps": 1}, {"seed": 9}, {"pairs": 8}]
)
def test_another_training_is_not_resumed(straight, change):
    with pytest.raises(RequestError, match=r"config\.yaml") as caught:
        train(straight[0], resume=True, **EMA, **change)
    word = {"grad_accum_steps": "batch", "pairs": "samples"}
    key = next(iter(change))
    assert word.get(key, key) in caught.value.message


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
        with pytest.raises(GacError, match=LAST):
            train(tmp_path, resume=True, **EMA)
    torch.save({"format": 99}, tmp_path / LAST)
    with pytest.raises(GacError, match="version"):
        train(tmp_path, resume=True, **EMA)


def test_checkpoints_run_no_code(tmp_path):
    torch.save({"format": 1, "progress": Path("x")}, tmp_path / LAST)
    with pytest.raises(GacError, match="cannot be read"):
        read_checkpoint(tmp_path / LAST)


def test_steps_are_as_many_as_asked_for(straight):
    assert read_checkpoint(straight[0] / LAST)["progress"]["step"] == STEPS
