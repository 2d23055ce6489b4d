"""The critique of a run's stages: where they changed what, and that agreement fell if it did."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

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
    assert sentence(change, 0.05, 0.66) == (
        "Stage 3 changed 18 % of the area by more than 0.02 reflectance, most in the north-east "
        "(darker near infrared); agreement with the radar rose from 0.05 to 0.66."
    )
    assert "it LOWERED agreement with the radar from 0.40 to 0.30" in sentence(change, 0.4, 0.3)
    assert "stayed at 0.40" in sentence(change, 0.4, 0.401)
    assert "undefined" in sentence(change, None, 0.4)
    assert "changed no pixel" in sentence(Change(0.0, "", "", 0.0), 0.4, 0.4)
    assert "all over it (brighter blue)" in sentence(Change(0.5, "", "blue", 0.1), 0.1, 0.2)
    assert "less than 1 %" in sentence(Change(0.001, "", "blue", 0.1), 0.1, 0.2)


def test_a_stage_2_that_lowered_agreement_is_told_of() -> None:
    assert stage2_warning({"opt_v1": 0.3, "opt_v2": 0.2}) == [
        "Stage 2 lowered the agreement with the radar from 0.30 to 0.20."
    ]
    assert stage2_warning({"opt_v1": 0.3, "opt_v2": 0.3}) == stage2_warning({"opt_v1": 0.3}) == []
    assert stage2_warning({"opt_v1": None, "opt_v2": 0.3}) == []
