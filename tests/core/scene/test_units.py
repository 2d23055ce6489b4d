"""Deciding the unit from what was said, from names, from values."""

from __future__ import annotations

import re

import numpy as np
import pytest
import rasterio
from hypothesis import given
from hypothesis import strategies as st
from scipy.ndimage import uniform_filter

from gac_core.contract.errors import SceneError
from gac_core.scene import open_scene
from gac_core.scene.source import Sample
from gac_core.scene.units import NO_SPECKLE, OTHER_UNIT, UnitDecision, decide_unit, without_fills
from tests.problems import notes_with, raises

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
    sample = without_fills(Sample(values, values.shape[1], values.shape[1], 0, 0, {}))
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
        if error.problem in {"unit-ambiguous", "unit-not-recognised"}:
            return
        raise
    assert (found == "db") == (unit == "db")


@pytest.mark.parametrize("unit", UNITS)
def test_a_choice_wins_over_names_and_values(unit: str) -> None:
    values = in_unit(sample(-11, 7), "power")
    if unit == "db":
        with raises(SceneError, "values-not-of-unit", "dB"):
            decide(values, asked="db")
        return
    found = decide(values, asked=unit, named=("amplitude", "the file name says so"))
    assert found.unit == unit
    assert found.by == "user"
    assert bool(found.warnings) == (unit != "power")


def test_names_win_over_values() -> None:
    values = in_unit(sample(-11, 7), "power")
    found = decide(values, named=("amplitude", "the file name says 'amplitude'"))
    assert (found.unit, found.by) == ("amplitude", "file")
    assert found.reason == "the file name says 'amplitude'"
    assert notes_with(found.warnings, "amplitude", "power")


def test_custom_decides_between_linear_units_only() -> None:
    usual = ("power", "OPERA writes linear power")
    dark = in_unit(sample(-14.1, 11.5), "amplitude")
    with raises(SceneError, "unit-ambiguous"):
        decide(dark)
    assert decide(dark, usual=usual).unit == "power"
    assert decide(sample(-11, 7), usual=usual) == decide(sample(-11, 7))
    assert decide(sample(-11, 7), usual=usual).by == "values"


@pytest.mark.parametrize(
    ("values", "options", "expected"),
    [
        (sample(-11, 7), {"asked": "power"}, ("unit-not-linear",)),
        (
            sample(-11, 7),
            {"named": ("power", "the tags say 'power'")},
            ("declared-unit-not-fitting",),
        ),
        (
            in_unit(sample(-11, 7), "power"),
            {"named": ("db", "the tags say 'dB'")},
            ("declared-unit-not-fitting",),
        ),
        (np.full((2, 50), 300.0, np.float32), {}, ("values-not-calibrated",)),
        (np.full((2, 50), 300.0, np.float32), {"asked": "power"}, ("values-not-calibrated",)),
        (np.full((2, 50), 5.0, np.float32), {"dtype": "uint16"}, ("integers-not-calibrated",)),
        (
            np.full((2, 50), 5.0, np.float32),
            {"dtype": "uint16", "asked": "db"},
            ("integers-not-calibrated",),
        ),
        (np.full((2, 50), -90.0, np.float32), {}, ("db-scaled", "-90")),
        (np.full((2, 50), 15.0, np.float32), {}, ("unit-not-recognised",)),
    ],
)
def test_refusals_say_what_to_do(
    values: np.ndarray, options: dict, expected: tuple[str, ...]
) -> None:
    with raises(SceneError, *expected) as caught:
        decide(values, **options)
    assert "scene.tif" in caught.value.message
    assert caught.value.remedy


def test_whole_decibels_are_taken_when_they_are_said_to_be() -> None:
    values = np.rint(sample(-11, 7))
    assert decide(values, asked="db", dtype="int16").unit == "db"
    assert decide(values, named=("db", "the file name says 'db'"), dtype="int16").unit == "db"


IMPOSTORS = {
    "0 … 1": lambda db: np.clip((db + 30) / 40, 0, 1),
    "-1 … 1": lambda db: np.clip((db + 30) / 20 - 1, -1, 1),
    "z-scores": lambda db: (db - db.mean((1, 2), keepdims=True)) / db.std((1, 2), keepdims=True),
    "ln": lambda db: db * np.log(10) / 10,
    "10 ln": lambda db: db * np.log(10),
    "bel": lambda db: db / 10,
    "20 log10 of power": lambda db: 2 * db,
    "10 log10 of amplitude": lambda db: db / 2,
    "dB / 100": lambda db: db / 100,
    "dB x 10": lambda db: 10 * db,
    "dB x 100": lambda db: 100 * db,
    "dB + 50": lambda db: db + 50,
    "coherence": lambda db: 0.95 - 0.5 * np.clip((-db - 5) / 25, 0, 1),
}


@pytest.mark.parametrize("kind", IMPOSTORS)
@pytest.mark.parametrize("named", ["", "dB", "linear"])
def test_none_of_the_units_is_an_answer(db, write, kind: str, named: str) -> None:
    """Numbers that are no unit of backscatter are refused, whatever a name says of them."""
    path = write(
        IMPOSTORS[kind](db.astype(np.float64)).astype(np.float32),
        names=(f"VV {named}".strip(), f"VH {named}".strip()),
    )
    with pytest.raises(SceneError) as caught:
        open_scene((path,))
    assert caught.value.remedy


@pytest.mark.parametrize("unit", ["power", "amplitude"])
def test_a_choice_is_not_sent_to_a_unit_that_it_is_not_either(db, write, unit: str) -> None:
    """Of dB moved to 0 … 1 neither linear unit is right: to change the choice would not help."""
    path = write(((db + 30) / 40).clip(0, 1).astype("float32"), names=("VV", "VH"))
    with open_scene((path,), unit=unit) as scene:
        warnings = scene.warnings
    assert notes_with(warnings, template=NO_SPECKLE)
    assert not notes_with(warnings, template=OTHER_UNIT)


@pytest.mark.parametrize(
    ("kind", "factor"),
    [("ln", 4.343), ("10 ln", 0.4343), ("bel", 10), ("20 log10 of power", 0.5), ("dB / 100", 100)],
)
def test_a_scale_that_is_recognised_is_the_right_one(db, write, kind: str, factor: float) -> None:
    """Multiply by one of what the message says: the scene is the one in dB."""
    values = IMPOSTORS[kind](db.astype(np.float64)).astype(np.float32)
    with pytest.raises(SceneError) as caught:
        open_scene((write(values, names=("VV", "VH")),))
    told = [float(f) for f in re.findall(r"times ([0-9.]+) they are dB", caught.value.message)]
    assert factor in told and len(told) <= 3
    with open_scene((write(values * np.float32(factor), names=("VV", "VH")),)) as scene:
        assert (scene.unit, scene.warnings) == ("db", [])
        np.testing.assert_allclose(scene.read(scene.window), db, atol=0.01)


@pytest.mark.parametrize(("dtype", "scale"), [("int16", 100), ("int16", 10), ("float32", 100)])
def test_a_scale_that_got_lost_can_be_declared(db, write, dtype: str, scale: int) -> None:
    path = write(np.rint(db * scale).astype(dtype), names=("VV", "VH"))
    with raises(SceneError, "db-scaled", scale) as caught:
        open_scene((path,))
    given = float(re.search(r"-scale ([0-9.]+)", caught.value.remedy)[1])
    with rasterio.open(path, "r+") as file:
        file.scales = (given, given)
    with open_scene((path,)) as scene:
        assert (scene.unit, scene.warnings) == ("db", [])
        np.testing.assert_allclose(scene.read(scene.window), db, atol=0.51 / scale)


def remedies(write, values: np.ndarray, names: tuple[str, str]) -> tuple[SceneError, list[str]]:
    """The refusal of a scene, and the units that it says may be chosen."""
    path = write(values.astype(np.float32), names=names)
    with pytest.raises(SceneError) as caught:
        open_scene((path,))
    words = {"dB": "db", "linear power": "power", "amplitude": "amplitude"}
    chosen = re.search(r"if you know that it is ([^.]+)\.", caught.value.remedy)
    return caught.value, [words[one] for one in chosen[1].split(" or ")] if chosen else []


@pytest.mark.parametrize("kind", [*IMPOSTORS, "between power and amplitude"])
def test_a_unit_that_may_be_chosen_is_taken_when_it_is(db, write, kind: str) -> None:
    """And one that no radar image can be in is neither offered nor taken."""
    make = IMPOSTORS.get(kind, lambda db: 10 ** (db / 10 * 0.7))
    values = make(db.astype(np.float64))
    _, offered = remedies(write, values, ("VV", "VH"))
    path = write(values.astype(np.float32), "again.tif", names=("VV", "VH"))
    for unit in UNITS:
        if unit in offered:
            with open_scene((path,), unit=unit) as scene:
                assert scene.unit == unit
                assert np.isfinite(scene.read(scene.window)).any()
        else:
            with pytest.raises(SceneError):
                open_scene((path,), unit=unit)


def test_a_band_of_angles_is_no_power(db, write) -> None:
    power = 10 ** (db / 10)
    power[1] = 38 + np.linspace(-1, 1, power.shape[2])
    path = write(power.astype(np.float32), names=("VV", "VH"))
    for unit in ("auto", "power", "amplitude", "db"):
        with pytest.raises(SceneError):
            open_scene((path,), unit=unit)


def dark(db: np.ndarray) -> np.ndarray:
    return db - 11


def bright(db: np.ndarray) -> np.ndarray:
    return db + 6


def filtered(db: np.ndarray) -> np.ndarray:
    return 10 * np.log10(uniform_filter(10 ** (db / 10), (0, 5, 5)))


@pytest.mark.parametrize("make", [dark, bright, filtered])
@pytest.mark.parametrize("unit", UNITS)
def test_rare_scenes_are_not_refused_when_the_unit_is_known(db, write, make, unit: str) -> None:
    """Sand and calm water, towns and ice, and what a filter left of speckle."""
    values = in_unit(make(db.astype(np.float64)), unit).astype(np.float32)
    with open_scene((write(values, names=("VV", "VH")),), unit=unit) as scene:
        assert scene.unit == unit
    if unit == "db":
        with open_scene((write(values, names=("VV", "VH")),)) as scene:
            assert scene.unit == unit
