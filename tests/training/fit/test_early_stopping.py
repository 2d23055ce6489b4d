"""Which validation is kept, what is told of it, and when training stops."""

from __future__ import annotations

import json
import math

from gac_core.contract.message import Message
from tests.training.fit.tiny import Tiny, train
from training.fit.checkpoint import read_checkpoint
from training.fit.loop import EarlyStopping
from training.fit.stage_training import NONE_BETTER
from training.scores.gains import WORSE, Gains

BEFORE = {"psnr": 20.0, "ssim": 0.5, "sam": 6.0, "cfog": 0.3, "cfog_gap": 0.1}


def gains(psnr):
    better = {**BEFORE, "psnr": 20 + psnr, "ssim": 0.5 + psnr / 50, "sam": 6 - psnr}
    return Gains.of(2, [BEFORE] * 3, [better] * 3)


def test_patience_counts_validations_without_a_better_one():
    stopping = EarlyStopping()
    for psnr, best, stale in ((0, 1, 0), (-1, 0, 1), (1, 1, 0), (1, 0, 1), (0.5, 0, 2), (2, 1, 0)):
        assert stopping.update(gains(psnr).rank) == bool(best)
        assert stopping.stale == stale
    assert not stopping.should_stop(1)
    stopping.update(gains(0).rank)
    assert stopping.should_stop(1) and not stopping.should_stop(2)
    assert not stopping.should_stop(0)


class Fades(Tiny):
    """From its first step on, half of its images are no numbers; the rest is good."""

    def predict(self, batch):
        images = super().predict(batch)
        if self.head.weight.any():
            images[::2] = math.nan
        return images


def test_a_training_whose_images_fade_keeps_what_it_was(tmp_path):
    _, result = train(tmp_path, Fades(), epochs=1, val_every=0)
    assert result.step == 0 and not result.not_earned


class Worse(Tiny):
    """Learns to lift all by 3000 DN: CFOG rises at first, PSNR falls."""

    def losses(self, batch):
        error = self.predict(batch) - self.before(batch) - 3000
        return self.compare(batch, error / 1000)


def test_training_that_makes_it_worse_keeps_the_beginning_and_says_so(tmp_path):
    module, result = train(tmp_path, Worse(), epochs=4, val_every=2)
    assert result.step == 0 and result.steps == 12
    assert not result.not_earned and result.scores["gain"]["psnr"] == 0
    assert NONE_BETTER in result.summary()
    assert not module.head.weight.any(), "the module is as it validated best"


class Begins(Worse):
    """Is worse from the beginning."""

    def __init__(self):
        super().__init__()
        self.head.bias.data += 2.0


def test_a_stage_that_is_worse_throughout_says_so_everywhere(tmp_path):
    _, result = train(tmp_path, Begins(), epochs=1)
    told = json.loads((result.best / "part.json").read_text())["scores"]["not earned"]
    before, after = (f"{result.scores[name]['psnr']:.4g}" for name in ("before", "stage"))
    assert told == result.not_earned and told[0] == Message(WORSE, "PSNR", after, before)
    assert told[0] in result.summary()


def test_training_stops_when_it_gets_no_better(tmp_path):
    class Still(Tiny):
        def losses(self, batch):
            return {name: part.weighted(0) for name, part in super().losses(batch).items()}

    _, result = train(tmp_path, Still(), epochs=50, val_every=1, patience=3)
    assert result.steps == 3
    _, again = train(tmp_path, Still(), epochs=50, val_every=1, patience=3, resume=True)
    assert again.steps == 3, "it does not go on when it is resumed"


def test_the_average_is_what_validates_and_is_kept(tmp_path):
    train(tmp_path, ema=0.9, epochs=1, val_every=0)
    last, best = (read_checkpoint(tmp_path / name) for name in ("last.ckpt", "best.ckpt"))
    assert best["step"] == last["progress"]["step"], "else this shows nothing"
    for name, value in best["trained"].items():
        assert value.equal(last["average"][name])
        assert not value.equal(last["trained"][name])
