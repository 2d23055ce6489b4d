"""The critique of a run's stages: where they changed what, and that agreement fell if it did."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from gac_core.contract.message import Message
from gac_core.scores import critique
from gac_core.scores.critique import Change, compare, sentence, stage2_warning

BANDS = ("B02", "B03", "B04", "B08")


@pytest.fixture
def image(write):
    def image(values, name):
        return Path(write(values.astype(np.uint16), name, names=BANDS, nodata=0))

    return image


@pytest.mark.parametrize("strip", [7, 256])
def test_where_how_much_and_which_band(image, tmp_path, monkeypatch, strip) -> None:
    monkeypatch.setattr(critique, "STRIP", strip)
    before = np.full((4, 90, 60), 2000)
    before[:, :, :6] = 0
    after = before.copy()
    after[3, :30, 40:] -= 300  # north-east: 600 px of 4860
    after[0, 50:, 30:] += 150  # too little to count
    found = compare(image(before, "a.tif"), image(after, "b.tif"))
    assert found.share == pytest.approx(600 / (90 * 54))
    assert (found.part, found.band) == ("north-east", "near infrared")
    assert found.mean == pytest.approx(-0.03)
    assert found.to_dict()["threshold"] == 0.02


def test_all_over_and_not_at_all(image) -> None:
    before = np.full((4, 30, 30), 2000)
    everywhere = compare(image(before, "a.tif"), image(before + 400, "b.tif"))
    assert (
        everywhere.share == 1 and everywhere.part == "" and everywhere.mean == pytest.approx(0.04)
    )
    assert compare(image(before, "c.tif"), image(before + 100, "d.tif")) == Change(0.0, "", "", 0.0)


def test_it_says_what_it_did_and_whether_that_helped() -> None:
    change = Change(0.18, "north-east", "near infrared", -0.03)
    effect, score = sentence(change, 0.05, 0.66).arguments
    assert effect.template == critique.CHANGED and effect.arguments[:2] == ("18 %", "0.02")
    location, direction = effect.arguments[2:]
    assert location == Message(critique.MOST_IN, "north-east")
    assert direction.template == critique.DARKER and direction.arguments == ("near infrared",)
    assert score.template == critique.ROSE and score.arguments[1:] == ("0.05", "0.66")
    for before, after, template, numbers in (
        (0.4, 0.3, critique.LOWERED, ("0.40", "0.30")),
        (0.4, 0.401, critique.STAYED, ("0.40",)),
        (None, 0.4, critique.UNDEFINED, ()),
    ):
        score = sentence(change, before, after).arguments[1]
        assert (score.template, score.arguments[1:]) == (template, numbers)
    nothing = sentence(Change(0.0, "", "", 0.0), 0.4, 0.4)
    assert nothing.arguments[0].template == critique.NO_CHANGE
    blue = sentence(Change(0.5, "", "blue", 0.1), 0.1, 0.2).arguments[0]
    assert blue.arguments[2:] == (critique.ALL_OVER, Message(critique.BRIGHTER, "blue"))
    little = sentence(Change(0.001, "", "blue", 0.1), 0.1, 0.2).arguments[0]
    assert little.arguments[0] == critique.LITTLE


def test_a_stage_2_that_lowered_agreement_is_told_of() -> None:
    (warning,) = stage2_warning({"opt_v1": 0.3, "opt_v2": 0.2})
    assert warning == Message(critique.STAGE_2_LOWERED, "0.30", "0.20")
    assert stage2_warning({"opt_v1": 0.3, "opt_v2": 0.3}) == stage2_warning({"opt_v1": 0.3}) == []
    assert stage2_warning({"opt_v1": None, "opt_v2": 0.3}) == []
