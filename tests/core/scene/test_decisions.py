"""Decisions, by whom and why; overrides; oddities that do not pass in silence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from gac_core.contract.errors import RequestError, SceneError
from gac_core.contract.redaction import address_path
from gac_core.scene import open_scene
from gac_core.scene.validation import SAME_VALUES
from tests.problems import notes_with, raises

Write = Callable[..., str]


def decided(path: str, name: str, **options: object) -> dict[str, str]:
    with open_scene((path,), **options) as scene:
        return next(one for one in scene.info()["decisions"] if one["name"] == name)


def warnings_of(path: str, **options: object) -> list[str]:
    with open_scene((path,), **options) as scene:
        return scene.warnings


@pytest.mark.parametrize("modality", ["S1GRD", "S1RTC"])
def test_a_users_word_is_the_last(write: Write, db: np.ndarray, modality: str) -> None:
    db[:, :10] = -77
    path = write(db, "S1A_IW_20180128T161201_DVP_RTC10_G_gdunem_FD6A.tif", names=("VV", "VH"))
    options = {"vv_band": 1, "vh_band": 2, "unit": "db", "modality": modality, "nodata": -77}
    with open_scene((path,), **options) as scene:
        assert scene.modality == modality
        assert np.isnan(scene.read(scene.window)[:, :10]).all()
        by = {one["name"]: one["by"] for one in scene.info()["decisions"]}
        assert scene.warnings == []
    assert by == {
        "bands": "user", "unit": "user", "modality": "user", "nodata": "user",
        "date": "file", "spacing": "file", "crs": "file",
    }  # fmt: skip


def test_nothing_told_is_assumed_and_said(write: Write, db: np.ndarray) -> None:
    with open_scene((write(db),)) as scene:
        by = {one["name"]: one["by"] for one in scene.info()["decisions"]}
    assert by == {
        "bands": "values", "unit": "values", "modality": "assumed", "nodata": "assumed",
        "date": "assumed", "spacing": "file", "crs": "file",
    }  # fmt: skip


def test_modality_must_be_known(write: Write, db: np.ndarray) -> None:
    with raises(RequestError, "modality-unknown"):
        open_scene((write(db),), modality="S2L2A")


@pytest.mark.parametrize("fill", [0.0, -9999.0, -32768.0, -999.0, -3.4028235e38, np.inf])
def test_fills_that_are_there_are_found(write: Write, db: np.ndarray, fill: float) -> None:
    db[:, :30] = fill
    path = write(db, names=("VV", "VH"))
    nodata = decided(path, "nodata")
    assert notes_with([nodata["value"]], "25 %")
    assert nodata["by"] == "values"
    if abs(fill) < 1e20:
        assert notes_with([nodata["why"]], f"{fill:g}", "25 %")
    with open_scene((path,)) as scene:
        assert np.isnan(scene.read(scene.window)[:, :30]).all()
        assert np.isfinite(scene.read(scene.window)[:, 30:]).all()
        assert scene.warnings == []


def test_a_declared_value_is_told_with_its_share(write: Write, db: np.ndarray) -> None:
    db[:, :12] = -77
    nodata = decided(write(db, names=("VV", "VH"), nodata=-77), "nodata")
    assert nodata["value"].arguments == ("-77", "10 %") and nodata["by"] == "file"
    assert notes_with([nodata["why"]], -77)


@pytest.mark.parametrize("unit", ["db", "power"])
def test_an_undeclared_odd_value_is_no_measurement(write: Write, db: np.ndarray, unit: str) -> None:
    values = db if unit == "db" else (10 ** (db / 10)).astype(np.float32)
    odd = -99.0 if unit == "db" else 255.0
    values[:, :8] = odd
    path = write(values, names=("VV", "VH"))
    (warning,) = warnings_of(path)
    assert notes_with([warning], "6.7 %")
    assert notes_with([decided(path, "nodata")["value"]], "6.7 %")
    assert warnings_of(path, nodata=odd) == []


def test_an_odd_value_at_the_end_of_the_range_is_asked_about(write: Write, db: np.ndarray) -> None:
    values = np.clip(db, -22, None)
    values[:, :8] = -22
    path = write(values, names=("VV", "VH"))
    assert notes_with(warnings_of(path)[:1], -22)
    assert warnings_of(path, nodata=-22.0) == []


def test_much_nodata_is_told(write: Write, db: np.ndarray) -> None:
    db[:, :90] = np.nan
    (warning,) = warnings_of(write(db, names=("VV", "VH")))
    assert warning.arguments == ("75 %",)


def test_a_constant_image_is_told(write: Write, db: np.ndarray) -> None:
    db[1] = -17
    (warning,) = warnings_of(write(db, names=("VV", "VH")))
    assert warning.arguments == ("VH",)
    db[0] = -10
    assert notes_with(warnings_of(write(db, names=("VV", "VH")))[:1], "VV", "VH")


def test_one_band_taken_twice_is_told(write: Write, db: np.ndarray) -> None:
    path = write(np.stack([db[0], db[0]]), names=("VV", "VH"))
    assert warnings_of(path)[0] == SAME_VALUES


def test_values_that_contradict_the_name(write: Write, db: np.ndarray) -> None:
    power = (10 ** (db / 10)).astype(np.float32)
    with raises(SceneError, "declared-unit-not-fitting") as caught:
        open_scene((write(power, "scene_dB.tif", names=("VV", "VH")),))
    assert caught.value.remedy
    path = write(power, "scene_amplitude.tif", names=("VV", "VH"))
    assert notes_with(warnings_of(path)[:1], "amplitude", "power")


def test_the_stronger_of_two_unnamed_files_is_vv(write: Write, db: np.ndarray) -> None:
    first, second = write(db[:1], "a.tif"), write(db[1:], "b.tif")
    for pair in ((first, second), (second, first)):
        with open_scene(pair) as scene:
            assert scene.info()["paths"] == [first, second]
            assert scene.info()["decisions"][0]["by"] == "values"
            assert [warning.arguments for warning in scene.warnings] == [("a.tif",)]
            np.testing.assert_array_equal(scene.read(scene.window), db)


def test_one_named_file_names_the_other(write: Write, db: np.ndarray) -> None:
    vh, other = write(db[1:], "s_VH.tif"), write(db[:1], "other.tif")
    with open_scene((vh, other)) as scene:
        np.testing.assert_array_equal(scene.read(scene.window), db)
        assert notes_with(scene.warnings[:1], "other.tif", "s_VH.tif")


def test_tokens_in_addresses_stay_private() -> None:
    signed = "https://host/a_VV.tif?sig=SECRET&se=2025"
    assert address_path(signed) == "https://host/a_VV.tif"
    assert address_path("/data/what?.tif") == "/data/what?.tif"


def test_a_folder_named_like_an_address(write: Write, db: np.ndarray, tmp_path: Path) -> None:
    folder = tmp_path / "a?b"
    folder.mkdir()
    with open_scene((write(db, "a?b/s.tif", names=("VV", "VH")),)) as scene:
        assert scene.info()["paths"] == [str(folder / "s.tif")]
