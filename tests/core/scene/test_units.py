"""Deciding the unit from what was said, from names, from values."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gac_core.errors import SceneError
from gac_core.scene.sample import Sample
from gac_core.scene.units import UnitDecision, decide_unit

UNITS = ("db", "power", "amplitude")


def sample(vv: float, step: float, seed: int = 0) -> np.ndarray:
    """(2, N) dB values of a scene with the given median of VV and step down to VH."""
    rng = np.random.default_rng(seed)
    spread = rng.normal(0, 3, 2000) + 10 * np.log10(rng.gamma(4, 0.25, (2, 2000)))
    values = spread - np.median(spread, axis=1, keepdims=True)
    return (values + np.array([[vv], [vv - step]])).astype(np.float32)


def in_unit(db: np.ndarray, unit: str) -> np.ndarray:
    return {"db": db, "power": 10 ** (db / 10), "amplitude": 10 ** (db / 20)}[unit]


def decide(
    values: np.ndarray,
    asked: str = "auto",
    named: tuple[str, str] | None = None,
    usual: tuple[str, str] | None = None,
    dtype: str = "float32",
) -> UnitDecision:
    smooth = np.array([[1.0, 4.0], [1.0, 4.0]])
    sample = Sample(values, values.shape[1], values.shape[1], 0, 0, {}, smooth)
    return decide_unit(asked, named, usual, sample, dtype, "scene.tif")


@given(st.floats(-14, -7), st.floats(6, 9), st.sampled_from(UNITS), st.booleans())
def test_values_of_usual_scenes_decide(vv: float, step: float, unit: str, swap: bool) -> None:
    values = in_unit(sample(vv, step), unit)
    assert decide(values[::-1] if swap else values).unit == unit


@given(st.floats(-25, 0), st.floats(0, 15), st.sampled_from(UNITS))
def test_values_alone_never_decide_wrongly_between_db_and_linear(
    vv: float, step: float, unit: str
) -> None:
    try:
        found = decide(in_unit(sample(vv, step), unit)).unit
    except SceneError as error:
        if "do not tell" in error.message:
            return
        raise
    assert (found == "db") == (unit == "db")


@pytest.mark.parametrize("unit", UNITS)
def test_a_choice_wins_over_names_and_values(unit: str) -> None:
    values = in_unit(sample(-11, 7), "power")
    found = decide(values, asked=unit, named=("amplitude", "the file name says so"))
    assert found.unit == unit
    assert found.reason == "as chosen"
    assert found.by == "user"
    assert bool(found.warnings) == (unit != "power")


def test_names_win_over_values() -> None:
    values = in_unit(sample(-11, 7), "power")
    found = decide(values, named=("amplitude", "the file name says 'amplitude'"))
    assert (found.unit, found.by) == ("amplitude", "file")
    assert found.reason == "the file name says 'amplitude'"
    assert found.warnings and "look like power" in found.warnings[0]


def test_custom_decides_between_linear_units_only() -> None:
    usual = ("power", "OPERA writes linear power")
    dark = in_unit(sample(-14.1, 11.5), "amplitude")
    with pytest.raises(SceneError, match="do not tell"):
        decide(dark)
    assert decide(dark, usual=usual).unit == "power"
    assert decide(sample(-11, 7), usual=usual) == decide(sample(-11, 7))
    assert decide(sample(-11, 7), usual=usual).by == "values"


@pytest.mark.parametrize(
    ("values", "options", "words"),
    [
        (sample(-11, 7), {"asked": "power"}, "mostly negative"),
        (sample(-11, 7), {"named": ("power", "the tags say 'power'")}, "not in that unit"),
        (in_unit(sample(-11, 7), "power"), {"named": ("db", "the tags say 'dB'")}, "not in that"),
        (np.full((2, 50), 300.0, np.float32), {}, "digital numbers"),
        (np.full((2, 50), 300.0, np.float32), {"asked": "power"}, "digital numbers"),
        (np.full((2, 50), 5.0, np.float32), {"dtype": "uint16"}, "whole numbers"),
        (np.full((2, 50), 5.0, np.float32), {"dtype": "uint16", "asked": "db"}, "whole numbers"),
        (np.full((2, 50), -90.0, np.float32), {}, "do not tell"),
        (np.full((2, 50), 15.0, np.float32), {}, "do not tell"),
    ],
)
def test_refusals_say_what_to_do(values: np.ndarray, options: dict, words: str) -> None:
    with pytest.raises(SceneError, match=words) as caught:
        decide(values, **options)
    assert "scene.tif" in caught.value.message
    assert caught.value.remedy


def test_whole_decibels_are_taken_when_they_are_said_to_be() -> None:
    values = np.rint(sample(-11, 7))
    assert decide(values, asked="db", dtype="int16").unit == "db"
    assert decide(values, named=("db", "the file name says 'db'"), dtype="int16").unit == "db"
