"""Which validation is kept, what is told of it, and when training stops."""

from __future__ import annotations

import json
import math

import pytest

from gac_core.errors import SceneError
from tests.training.fit.tiny import Tiny, train
from training.fit.checkpoint import read_checkpoint
from training.fit.judge import Judge, Verdict

BEFORE = {"psnr": 20.0, "ssim": 0.5, "sam": 6.0, "cfog": 0.3}


def verdict(**changes):
    return Verdict.of([{**BEFORE, **changes}], [BEFORE])


def test_means_are_over_images_that_have_the_measure_in_both():
    stage = [{**BEFORE, "cfog": 0.5}, {**BEFORE, "cfog": 0.9}, {**BEFORE, "psnr": math.inf}]
    before = [BEFORE, {**BEFORE, "cfog": math.nan}, {**BEFORE, "sam": 4.0}]
    found = Verdict.of(stage, before)
    assert found.stage["cfog"] == pytest.approx((0.5 + 0.3) / 2)
    assert found.before["cfog"] == pytest.approx(0.3)
    assert found.stage["psnr"] == 20.0
    assert found.gain["sam"] == pytest.approx(4 / 3 + 4 - 6), "a larger angle is a loss"
    assert not any(found.lost.values()) and not [t for t in found.not_earned if "undef" in t]


def test_a_measure_that_no_image_has_is_an_error():
    with pytest.raises(SceneError, match="CFOG"):
        Verdict.of([BEFORE], [{**BEFORE, "cfog": math.nan}])


@pytest.mark.parametrize("broken", [9, 10])
def test_images_that_become_undefined_are_losses(broken):
    """However good the others are, and even if there are none."""
    nothing, splendid = dict.fromkeys(BEFORE, math.nan), {"psnr": 40.0, "ssim": 0.99, "sam": 1.0}
    stage = [nothing] * broken + [{**splendid, "cfog": 0.9}] * (10 - broken)
    found = Verdict.of(stage, [BEFORE] * 10)
    assert f"PSNR is undefined for {broken} of 10 images" in found.not_earned[0]
    judge = Judge()
    assert judge.take(Verdict.of([BEFORE] * 10, [BEFORE] * 10))
    assert not judge.take(found) and judge.stale == 1, "nor does it earn patience"
    told = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert told["not earned"] == found.not_earned
    first = Judge()
    assert first.take(found) and first.take(Verdict.of([BEFORE] * 10, [BEFORE] * 10))


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"cfog": 0.31}, {"cfog": 0.30}),
        ({"cfog": 0.30}, {"cfog": 0.29, "psnr": 30.0, "ssim": 0.9, "sam": 1.0}),
        ({"cfog": 0.31}, {"cfog": 0.40, "psnr": 19.9}),
        ({"cfog": 0.31}, {"cfog": 0.40, "sam": 6.1}),
        ({"cfog": 0.31, "ssim": 0.4}, {"cfog": 0.40, "ssim": 0.4, "psnr": 19.0}),
    ],
)
def test_the_best_loses_nothing_first_and_has_the_highest_cfog_then(better, worse):
    judge = Judge()
    assert judge.take(verdict(**worse)) and judge.take(verdict(**better))
    assert not judge.take(verdict(**worse)) and not judge.take(verdict(**better))


def test_rounding_is_no_loss():
    assert verdict(psnr=20 - 1e-6, sam=6 + 1e-6).not_earned == []
    assert verdict(psnr=20 - 1e-6).rank == verdict().rank


def test_what_is_not_earned_is_said():
    found = verdict(psnr=19.0, sam=7.0, ssim=0.6)
    assert found.not_earned == [
        "PSNR is worse than in the stage before: 19 after 20",
        "SAM is worse than in the stage before: 7 after 6",
    ]
    assert json.loads(json.dumps(found.to_dict()))["not earned"] == found.not_earned


def test_patience_counts_validations_without_a_better_cfog():
    judge = Judge()
    for cfog, stale in ((0.3, 0), (0.2, 1), (0.4, 0), (0.4, 1), (0.35, 2)):
        judge.take(verdict(cfog=cfog))
        assert judge.stale == stale
    assert judge.enough(2) and not judge.enough(3) and not judge.enough(0)


class Fades(Tiny):
    """From its first step on, half of its images are no numbers; the rest is good."""

    def predict(self, batch):
        found = super().predict(batch)
        if self.head.weight.any():
            found[::2] = math.nan
        return found


def test_a_training_whose_images_fade_keeps_what_it_was(tmp_path):
    _, result = train(tmp_path, Fades(), epochs=1, val_every=0)
    assert result.step == 0 and not result.not_earned


class Worse(Tiny):
    """Learns to lift all by 3000 DN: CFOG rises at first, PSNR falls."""

    def losses(self, batch):
        return self.compare(batch, (self.predict(batch) - self.before(batch) - 3000) / 1000)


def test_training_that_makes_it_worse_keeps_the_beginning_and_says_so(tmp_path, capsys):
    module, result = train(tmp_path, Worse(), epochs=4, val_every=2)
    assert result.step == 0 and result.steps == 12
    assert not result.not_earned and result.scores["gain"]["psnr"] == 0
    assert "No step of the training validated better" in result.told()
    assert not module.head.weight.any(), "the module is as it validated best"


class Begins(Worse):
    """Is worse from the beginning."""

    def __init__(self):
        super().__init__()
        self.head.bias.data += 2.0


def test_a_stage_that_is_worse_throughout_says_so_everywhere(tmp_path):
    _, result = train(tmp_path, Begins(), epochs=1)
    told = json.loads((result.best / "part.json").read_text())["scores"]["not earned"]
    assert told == result.not_earned and "PSNR is worse" in told[0]
    assert "Not earned: PSNR is worse" in result.told()


def test_training_stops_when_cfog_does_not_rise(tmp_path):
    class Still(Tiny):
        def losses(self, batch):
            return {name: part.times(0) for name, part in super().losses(batch).items()}

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
