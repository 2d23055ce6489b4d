"""Which band is VV and which VH, in one file and in two."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import rasterio

from gac_core.contract.errors import SceneError
from gac_core.scene import open_scene
from gac_core.scene.validation import SAME_STRENGTH
from tests.problems import notes_with, raises

Write = Callable[..., str]


def bands_of(paths: tuple[str, ...], **options: int) -> tuple[int, int]:
    with open_scene(paths, **options) as scene:
        info = scene.info()
    return info["vv_band"], info["vh_band"]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("VV", "VH"), (1, 2)),
        (("VH", "VV"), (2, 1)),
        (("Sigma0_VH_db", "Sigma0_VV_db"), (2, 1)),
        (("VH", ""), (2, 1)),
        (("", "VV"), (2, 1)),
        (("VV", "VH", "angle"), (1, 2)),
        (("angle", "VH", "VV"), (3, 2)),
        (("VV", "VH", "VV/VH"), (1, 2)),
    ],
)
def test_names_decide(
    write: Write, db: np.ndarray, names: tuple[str, ...], expected: tuple[int, int]
) -> None:
    stack = np.repeat(db[:1], len(names), axis=0)
    for band, name in enumerate(names):
        is_vh = "VH" in name and "VV" not in name
        stack[band] = db[int(is_vh or (not name and "VV" in names))]
    path = write(stack, names=names)
    assert bands_of((path,)) == expected


def test_unnamed_bands_are_taken_as_vv_vh_with_a_word(write: Write, db: np.ndarray) -> None:
    with open_scene((write(db),)) as scene:
        assert (scene.info()["vv_band"], scene.info()["vh_band"]) == (1, 2)
        assert scene.info()["decisions"][0]["by"] == "values" and len(scene.warnings) == 1


def test_the_stronger_of_two_unnamed_bands_is_vv(write: Write, db: np.ndarray) -> None:
    for values in (db, 10 ** (db / 10), 10 ** (db / 20)):
        with open_scene((write(values[::-1].astype(np.float32)),)) as scene:
            assert (scene.info()["vv_band"], scene.info()["vh_band"]) == (2, 1)
            assert notes_with(scene.warnings, 2) == scene.warnings and len(scene.warnings) == 1
            np.testing.assert_allclose(scene.read(scene.window), db, atol=1e-4)
            assert scene.info()["decisions"][0]["by"] == "values"


@pytest.mark.parametrize("unit", ["db", "power", "amplitude"])
@pytest.mark.parametrize("files", [1, 2])
def test_what_lies_within_two_db_is_not_told_apart(
    write: Write, db: np.ndarray, unit: str, files: int
) -> None:
    def paths(step: float) -> tuple[str, ...]:
        values = db.copy()
        values[1] += np.median(db[0]) - np.median(db[1]) - step
        values = {"db": values, "power": 10 ** (values / 10), "amplitude": 10 ** (values / 20)}[
            unit
        ]
        values = values.astype(np.float32)
        if files == 1:
            return (write(values, f"{step}.tif"),)
        return write(values[:1], f"{step} a.tif"), write(values[1:], f"{step} b.tif")

    for step in (1.5, -1.5):
        with raises(SceneError, "polarisation-ambiguous") as caught:
            open_scene(paths(step), unit=unit)
        assert caught.value.remedy
        # The remedy, followed.
        vh_band = 2 if files == 1 else 1
        with open_scene(paths(step), unit=unit, vv_band=1, vh_band=vh_band) as scene:
            assert scene.info()["decisions"][0]["by"] == "user"
    for step in (2.5, -2.5):
        with open_scene(paths(step), unit=unit) as scene:
            assert scene.warnings
            bands = scene.info()["decisions"][0]
            assert bands["by"] == "values"
            values = scene.read(scene.window)
            assert np.nanmedian(values[0]) - np.nanmedian(values[1]) == pytest.approx(2.5, abs=0.1)


ELSEWISE = (
    "angle", "localIncidenceAngle", "projectedLocalIncidenceAngle", "LIA", "inc", "ratio", "VV/VH",
    "VV-VH", "VV_VH", "VV+VH", "scatteringArea", "area", "coherence", "coh_VV", "coh_VH", "VV_mask",
    "mask", "layoverShadowMask", "VH_std", "elevation", "RVI", "band_a",
    "S1A_IW_GRDH_1SDV_20180829T170656_20180829T170721_023459_028DDF_1234_angle",
)  # fmt: skip


@pytest.mark.parametrize("name", ELSEWISE)
@pytest.mark.parametrize("pol", ["VV", "VH"])
def test_a_name_that_is_something_else_is_no_polarisation(
    write: Write, db: np.ndarray, name: str, pol: str
) -> None:
    missing = {"VV": "VH", "VH": "VV"}[pol]
    for names in ((pol, name), (name, pol)):
        path = write(db if names[0] == pol == "VV" else db[::-1], names=names)
        for options in ({}, {f"{pol.lower()}_band": names.index(pol) + 1}, {"unit": "db"}):
            with raises(SceneError, "polarisation-missing-with-others", missing) as caught:
                open_scene((path,), **options)
        assert caught.value.remedy
        # The remedy, followed: the file with the other polarisation beside it.
        other = write(db[int(missing == "VH")][None], f"other_{missing}.tif")
        with open_scene((path, other)) as scene:
            assert scene.info()["decisions"][0]["by"] == "file"
        # Whoever insists is warned.
        with open_scene((path,), vv_band=1, vh_band=2) as scene:
            assert any(name in warning for warning in scene.warnings)


@pytest.mark.parametrize(
    "name",
    ["", "Band 1", "band_2", "b1", "B2", "1", "Gray", "Layer 1", "lyr.1", "sigma0", "undefined"],
)
def test_a_neutral_name_may_be_the_other_polarisation(
    write: Write, db: np.ndarray, name: str
) -> None:
    assert bands_of((write(db, names=("VV", name)),)) == (1, 2)
    assert bands_of((write(db, names=(name, "VH")),)) == (1, 2)
    assert bands_of((write(db[::-1], names=(name, name)),)) == (2, 1)


def test_words_that_both_bands_bear_say_nothing(write: Write, db: np.ndarray) -> None:
    assert bands_of((write(db, names=("munich_1", "munich_2")),)) == (1, 2)
    assert bands_of((write(db, names=("munich VV", "munich")),)) == (1, 2)


def test_what_is_left_must_fit_what_is_named(write: Write, db: np.ndarray) -> None:
    """VH and a second date of it."""
    with raises(SceneError, "inferred-polarisation-not-fitting"):
        open_scene((write(np.stack([db[1], db[1] + 0.5]), names=("VH", "")),))


@pytest.mark.parametrize(
    ("name", "tags", "only"),
    [
        ("S1A_IW_GRDH_1SSV_20200607T010203_stack.tif", {}, "VV"),
        ("stack_VV.tif", {}, "VV"),
        ("stack_vh_2020.tif", {}, "VH"),
        ("S1A_IW_GRDH_1SDV_20200607T010203_VH.tif", {}, "VH"),
        ("stack.tif", {"POLARISATION": "VV"}, "VV"),
        ("stack.tif", {"polarization": "vh"}, "VH"),
        ("stack.tif", {"PRODUCT": "S1A_IW_GRDH_1SSV_20200607T010203"}, "VV"),
        ("S1_IWGRDVV_20200607.tif", {}, "VV"),
    ],
)
@pytest.mark.parametrize("names", [(), ("2020-06-07", "2020-06-07"), ("b1", "b2")])
def test_a_file_that_names_one_polarisation_holds_one(
    write: Write, db: np.ndarray, name: str, tags: dict, only: str, names: tuple[str, ...]
) -> None:
    path = write(db, name, names=names, tags=tags)
    with raises(SceneError, "polarisation-only-by-name", only) as caught:
        open_scene((path,))
    assert caught.value.remedy
    with open_scene((path,), vv_band=1, vh_band=2) as scene:
        assert scene.info()["decisions"][0]["by"] == "user"


def test_one_unnamed_file_and_what_is_no_radar(write: Write, db: np.ndarray) -> None:
    vv = write(db[:1], "s_VV.tif")
    for other in ("lia.tif", "s_angle.tif", "VV_coherence.tif", "layover_shadow.tif", "ratio.tif"):
        with raises(SceneError, "band-of-another-polarisation", "VH"):
            open_scene((vv, write(db[1:], other)))
    for name in ("angle", "localIncidenceAngle", "VV/VH"):
        with raises(SceneError, "band-of-another-polarisation", "VH"):
            open_scene((vv, write(db[1:], "other.tif", names=(name,))))
    with open_scene((vv, write(db[1:], "study_area.tif"))) as scene:
        assert scene.info()["decisions"][0]["by"] == "file"


def test_a_band_in_degrees_is_no_polarisation(write: Write, db: np.ndarray) -> None:
    path = write(db, names=("VV", ""))
    with rasterio.open(path, "r+") as file:
        file.units = ("", "degrees")
    with raises(SceneError, "polarisation-missing-with-others", "VH"):
        open_scene((path,))


def test_copernicus_browsers_names(write: Write, db: np.ndarray) -> None:
    stamp = "2024-01-09-00_00_2024-01-09-23_59_Sentinel-1_IW_VV+VH_"
    for kind in ("(Raw)", "-_decibel_gamma0"):
        vv, vh = (
            write(db[i : i + 1], f"{stamp}{p}_{kind}.tiff") for i, p in enumerate(("VV", "VH"))
        )
        for pair in ((vv, vh), (vh, vv)):
            with open_scene(pair) as scene:
                np.testing.assert_array_equal(scene.read(scene.window), db)
                assert scene.info()["date"].startswith("2024-01-09")
        with raises(SceneError, "polarisation-missing", "VV"):
            open_scene((vv,))


def test_swapped_bands_are_told(write: Write, db: np.ndarray) -> None:
    with open_scene((write(db[::-1], names=("VV", "VH")),)) as scene:
        vh, vv = (f"{np.median(values):.1f}" for values in db)
        assert notes_with(scene.warnings, vv, vh)
    with open_scene((write(db, names=("VV", "VH")),)) as scene:
        assert scene.warnings == []


def test_two_dates_of_vv_that_are_chosen_are_told(write: Write, db: np.ndarray) -> None:
    """Choosing the bands oneself, as a refusal offers, must not make them a pair in silence."""
    later = db[0] + np.random.default_rng(1).normal(0, 1.2, db[0].shape).astype("float32")
    path = write(np.stack([db[0], later]), name="S1A_IW_GRDH_1SSV_20200607T010203_stack.tif")
    with open_scene((path,), vv_band=1, vh_band=2) as scene:
        assert notes_with(scene.warnings, template=SAME_STRENGTH)
    with open_scene((write(db),)) as scene:
        assert not notes_with(scene.warnings, template=SAME_STRENGTH)


def test_a_choice_wins(write: Write, db: np.ndarray) -> None:
    path = write(db, names=("VV", "VH"))
    with open_scene((path,), vv_band=2, vh_band=1) as scene:
        assert (scene.info()["vv_band"], scene.info()["vh_band"]) == (2, 1)
        assert notes_with(scene.warnings, "VV", "VH")
    with open_scene((path,), vv_band=2) as scene:
        assert (scene.info()["vv_band"], scene.info()["vh_band"]) == (2, 1)


def test_two_files_pair_up(write: Write, db: np.ndarray) -> None:
    vv, vh = write(db[:1], "s_VV.tif"), write(db[1:], "s_VH.tif")
    with open_scene((vv, vh)) as scene:
        np.testing.assert_array_equal(scene.read(scene.window), db)
        assert scene.info()["paths"] == [vv, vh]
        assert scene.warnings == []
    with open_scene((vh, vv)) as scene:
        np.testing.assert_array_equal(scene.read(scene.window), db)
        assert scene.info()["paths"] == [vv, vh]
        assert notes_with(scene.warnings[:1], "s_VV.tif", "s_VH.tif")


def test_one_file_given_twice(write: Write, db: np.ndarray) -> None:
    path = write(db)
    with open_scene((path, path), vv_band=1, vh_band=2) as scene:
        np.testing.assert_array_equal(scene.read(scene.window), db)


@pytest.mark.parametrize(
    ("name", "names", "options", "expected"),
    [
        ("s_VV.tif", ("",), {}, ("polarisation-missing", "VV", "VH")),
        ("s.tif", ("VH",), {}, ("polarisation-missing", "VH", "VV")),
        ("s.tif", ("",), {}, ("polarisation-missing", "single band")),
        ("s.tif", ("HH",), {}, ("polarisations-not-supported", "HH")),
        ("s.tif", ("HH", "HV"), {}, ("polarisations-not-supported", "HH", "HV")),
        (
            "S1A_EW_GRDM_1SDH_20180128T161201.tif",
            ("", ""),
            {},
            ("polarisations-not-supported", "HH", "HV"),
        ),
        ("s.tif", ("", "", ""), {}, ("bands-unnamed",)),
        ("s.tif", ("VV", "VV", "VH"), {}, ("polarisation-repeated", "2", "VV")),
        ("s.tif", ("VV", "HH"), {}, ("polarisations-not-both", "VV", "HH")),
        ("s.tif", ("VV", "VV"), {}, ("polarisation-repeated", "2", "VV")),
        ("s.tif", ("VV", "VH"), {"vv_band": 3}, ("band-out-of-range", "3", "VV")),
        ("s.tif", ("VV", "VH"), {"vv_band": 1, "vh_band": 1}, ("band-chosen-twice",)),
    ],
)
def test_refusals(
    write: Write,
    db: np.ndarray,
    name: str,
    names: tuple[str, ...],
    options: dict,
    expected: tuple[str, ...],
) -> None:
    path = write(np.repeat(db[:1], len(names), axis=0), name, names=names)
    with raises(SceneError, *expected) as caught:
        open_scene((path,), **options)
    assert caught.value.remedy


def test_hh_hv_can_be_forced(write: Write, db: np.ndarray) -> None:
    path = write(db, names=("HH", "HV"))
    with open_scene((path,), vv_band=1, vh_band=2) as scene:
        assert notes_with(scene.warnings, "HH", "HV")
    with open_scene((path,), vv_band=1) as scene:
        assert notes_with(scene.warnings, "HH", "HV")
    path = write(db, "S1A_EW_GRDM_1SDH_20180128T161201.tif")
    with open_scene((path,), vv_band=1, vh_band=2) as scene:
        assert notes_with(scene.warnings, "HH", "HV")


def test_two_files_of_one_polarisation(write: Write, db: np.ndarray) -> None:
    a, b = write(db[:1], "a_VV.tif"), write(db[1:], "b_VV.tif")
    with raises(SceneError, "polarisation-twice", "VV"):
        open_scene((a, b))
    c = write(db[1:], "c_HV.tif")
    with raises(SceneError, "polarisations-not-supported", "HV"):
        open_scene((a, c))
