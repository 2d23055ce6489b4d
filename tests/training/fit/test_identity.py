"""A training is resumed on what it began on, or refused with what differs."""

from __future__ import annotations

import pytest

from gac_core.contract.errors import RequestError
from tests.problems import raises
from tests.training.fit import tiny
from tests.training.fit.tiny import PAIRS, train
from training.config import load
from training.fit.checkpoint import sections
from training.sections import Stage2Config

BASE = {"bundle": "a", "card_sha256": "1", "weights": {"x.pt": "1" * 64}}


@pytest.fixture(scope="module")
def origins(tmp_path_factory):
    """A training that has told what it is made of."""
    out = tmp_path_factory.mktemp("origins")
    origin = {**sections(Stage2Config()), "base": BASE}
    train(out, epochs=1, val_every=0, origin=origin)
    return out


def again(out, pairs=PAIRS, validate=3, **changes):
    config = load(Stage2Config, [], changes.pop("config", {}))
    origin = {**sections(config), "base": {**BASE, **changes}}
    return train(
        out, resume=True, pairs=pairs, validate=validate, epochs=1, val_every=0, origin=origin
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"config": {"loss.angle": 0.7}}, ("loss.angle", "0.5", "0.7")),
        ({"config": {"models.lora_alpha": 8}}, ("models.lora_alpha", "16", "8")),
        ({"config": {"models.load_in_8bit": True}}, ("models.load_in_8bit", "False", "True")),
        ({"config": {"data.crop": 64}}, ("data.crop", "256", "64")),
        ({"config": {"stage2.no_month": 0.5}}, ("stage2.no_month", "0.15", "0.5")),
        ({"weights": {"x.pt": "2" * 64}}, ("base.weights.x.pt", "1" * 12, "2" * 12)),
        ({"first": 1}, ("train.pairs",)),
        ({"validate": 2}, ("val.pairs",)),
    ],
)
def test_a_training_on_something_else_is_not_resumed(origins, changes, expected, monkeypatch):
    if first := changes.pop("first", 0):
        monkeypatch.setattr(tiny, "FIRST", first)
    with raises(RequestError, "resumed-training-differs", *expected) as caught:
        again(origins, **changes)
    assert "config.yaml" in caught.value.remedy


def test_what_changes_nothing_may_change(origins):
    free = {"models.bundle": "elsewhere/a", "models.recompute": False, "fit.workers": 3}
    _, result = again(origins, config={**free, "data.max_tiles": 14}, bundle="b", card_sha256="2")
    assert result.steps == 3
