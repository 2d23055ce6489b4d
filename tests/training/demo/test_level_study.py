"""The ablation of the regression of levels."""

from __future__ import annotations

from dataclasses import replace

from gac_core.models.level import FEATURES
from training.demo.level_study import GROUPS, ROWS, study
from training.demo.pairs import simulate_pairs


def test_the_groups_are_all_features_and_the_place():
    own = [c for name, columns in GROUPS.items() if name != "radar's mean" for c in columns]
    assert sorted(own) == list(range(FEATURES + 4))


def test_what_tells_the_level_beats_the_mean():
    """Places whose brightness the radar's level tells, and nothing else."""
    pairs = []
    for i, pair in enumerate(simulate_pairs(40, 12, 96)):
        step = (i % 6 - 2.5) / 2.5
        pairs.append(
            replace(pair, real=True, tile=f"tile_{i}", s1=pair.s1 + 8 * step, s2=pair.s2 * 2**step)
        )
    scores = study(pairs, {})
    assert set(scores) == set(ROWS)
    nothing, told = scores["nothing (mean of the other tiles)"], scores["radar's mean"]
    assert told.psnr > nothing.psnr and told.bias < nothing.bias
