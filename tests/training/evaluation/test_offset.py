"""The +1000 in a bundle's answers: seen where it is, and not where it is not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.problems import notes_with
from tests.training.evaluation.pairs import foreign, simulated
from training.evaluation.offset import ADDED, MIXED, STATED, TAKEN_OFF, check_offset, dark_shift
from training.scores.pixels import blurred

OFFSET = 1000.0
CARD = {"terramind": {"offset": 1000}}


@pytest.fixture(scope="module")
def pairs():
    """Pairs with dark places, one of them with holes and four bands."""
    shown = [simulated(seed, f"t{seed}", 96) for seed in range(3, 8)]
    return [foreign(shown[0]), *shown[1:]]


def painted(pair, added=0.0):
    """An answer as a network gives it: blurred, with noise of its own and 4 % too bright."""
    rng = np.random.default_rng(len(pair.name))
    real = np.nan_to_num(pair.s2, nan=1200.0).astype(np.float64)
    image = 1.04 * blurred(real, 2.0) + 30 * rng.standard_normal(real.shape) + added
    return np.where(np.isfinite(pair.s1).all(0), image, np.nan).astype(np.float32)


def shifts(pairs, added):
    return [dark_shift(p, painted(p, a)) for p, a in zip(pairs, added, strict=True)]


def test_answers_with_the_offset_are_told(pairs):
    found = check_offset(shifts(pairs, [OFFSET] * 5), {})
    assert len(found.shifts) == found.above == 5
    assert np.allclose(found.shifts, OFFSET, atol=200)
    assert notes_with([found.note], 5, template=ADDED)
    assert not notes_with([found.note], template=MIXED)
    assert found.to_dict()["near +1000"] == 5


def test_answers_without_it_are_not(pairs):
    found = check_offset(shifts(pairs, [0.0] * 5), {"terramind": None})
    assert len(found.shifts) == 5 and found.above == found.below == 0
    assert np.abs(found.shifts).max() < 300 and found.note == ""


def test_a_mixture_is_told_as_one(pairs):
    found = check_offset(shifts(pairs, [OFFSET, 0, OFFSET, 0, 0]), {})
    assert found.above == 2
    assert notes_with([found.note], 2, 5, template=MIXED)
    # One of many is an accident.
    assert check_offset([*shifts(pairs, [OFFSET, 0, 0, 0, 0]), 10.0, -5.0], {}).note == ""


def test_a_desert_says_nothing(pairs):
    """Nothing in it is dark, whatever was painted."""
    desert = [replace(p, s2=p.s2 + np.float32(2000)) for p in pairs]
    found = check_offset(shifts(desert, [OFFSET] * 5), {})
    assert found.shifts == () and found.note == ""
    assert found.to_dict()["images with dark places"] == 0
    # Two images of other places are too few.
    assert check_offset([*shifts(desert, [0.0] * 5), 1000.0, 990.0], {}).note == ""


def test_what_the_card_takes_off_is_looked_over(pairs):
    """The images that are measured are those from which it was taken."""
    right = check_offset(shifts(pairs, [0.0] * 5), CARD)
    assert right.stated == 1000 and right.note == ""
    missed = check_offset(shifts(pairs, [OFFSET] * 5), CARD)
    assert notes_with([missed.note], 1000, template=STATED)
    wrong = check_offset(shifts(pairs, [-OFFSET] * 5), CARD)
    assert wrong.below == 5 and notes_with([wrong.note], 1000, 5, template=TAKEN_OFF)
    # Without an offset on the card, that is no offset taken off twice.
    assert check_offset(shifts(pairs, [-OFFSET] * 5), {}).note == ""


def test_one_band_that_is_painted_too_bright_is_no_offset(pairs):
    bright = [painted(p) for p in pairs]
    for image in bright:
        image[7] += OFFSET  # near infrared: a lake that was taken for a meadow
    found = check_offset([dark_shift(p, i) for p, i in zip(pairs, bright, strict=True)], {})
    assert found.above == 0 and found.note == ""
