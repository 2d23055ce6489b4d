"""Which way of using the answer is taken, and on what grounds."""

from __future__ import annotations

from training.scores.gains import GAP, Gains
from training.stage3.module import Use
from training.stage3.ways import Way, best, spread

BEFORE = {"psnr": 20.0, "ssim": 0.6, "sam": 8.0, "cfog": 0.1, GAP: 0.25}


def way(residual, gain):
    scores = {
        "psnr": 20 + gain, "ssim": 0.6 + gain / 50, "sam": 8 - gain, "cfog": 0.1,
        GAP: 0.25 - gain / 50,
    }  # fmt: skip
    return Way(Use(residual=residual), False, Gains.of(3, [BEFORE] * 2, [scores] * 2))


def test_the_best_way():
    ways = [way(0.0, 0.0), way(0.25, 0.5), way(1.0, -0.5)]
    assert best(ways).use.residual == 0.25
    assert best([ways[0], ways[2]]).use.residual == 0.0
    assert len(ways[0].not_earned) == 1
    assert ways[1].not_earned == []
    assert len(ways[2].not_earned) == 4
    card = ways[1].to_dict()
    assert card["gain"]["psnr"] == 0.5 and card["residual"] == 0.25 and card["worth"] > 0


def test_images_are_taken_from_all_over():
    assert spread(list(range(100)), 3) == [0, 50, 99]
    assert spread([4, 7], 64) == [4, 7]
