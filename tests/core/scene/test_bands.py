"""Which band is VV and which VH, in one file and in two."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from gac_core.errors import SceneError
from gac_core.scene import open_scene

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
        stack[band] = db[int("VH" in name and "VV" not in name)]
    path = write(stack, names=names)
    assert bands_of((path,)) == expected


def test_unnamed_bands_are_taken_as_vv_vh_with_a_word(write: Write, db: np.ndarray) -> None:
    with open_scene((write(db),)) as scene:
        assert (scene.info()["vv_band"], scene.info()["vh_band"]) == (1, 2)
        assert "does not name its bands" in scene.warnings[0]


def test_the_stronger_of_two_unnamed_bands_is_vv(write: Write, db: np.ndarray) -> None:
    for values in (db, 10 ** (db / 10), 10 ** (db / 20)):
        with open_scene((write(values[::-1].astype(np.float32)),)) as scene:
            assert (scene.info()["vv_band"], scene.info()["vh_band"]) == (2, 1)
            assert "band 2, the stronger one, is taken as VV" in scene.warnings[0]
            assert not any("swapped" in warning for warning in scene.warnings)
            np.testing.assert_allclose(scene.read(scene.window), db, atol=1e-4)
            assert scene.info()["decisions"][0]["by"] == "values"


def test_bands_of_equal_strength_are_assumed_in_order(write: Write, db: np.ndarray) -> None:
    db[1] += np.median(db[0]) - np.median(db[1]) + 0.5
    with open_scene((write(db),)) as scene:
        assert scene.info()["vv_band"] == 1
        assert scene.info()["decisions"][0]["by"] == "assumed"
        assert "VV, VH assumed" in scene.warnings[0]


def test_swapped_bands_are_told(write: Write, db: np.ndarray) -> None:
    with open_scene((write(db[::-1], names=("VV", "VH")),)) as scene:
        assert any("look swapped" in warning for warning in scene.warnings)
    with open_scene((write(db, names=("VV", "VH")),)) as scene:
        assert scene.warnings == []


def test_a_choice_wins(write: Write, db: np.ndarray) -> None:
    path = write(db, names=("VV", "VH"))
    with open_scene((path,), vv_band=2, vh_band=1) as scene:
        assert (scene.info()["vv_band"], scene.info()["vh_band"]) == (2, 1)
        assert any("is named VH" in warning for warning in scene.warnings)
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
        assert "VH first" in scene.warnings[0]


def test_one_file_given_twice(write: Write, db: np.ndarray) -> None:
    path = write(db)
    with open_scene((path, path), vv_band=1, vh_band=2) as scene:
        np.testing.assert_array_equal(scene.read(scene.window), db)


@pytest.mark.parametrize(
    ("name", "names", "options", "words"),
    [
        ("s_VV.tif", ("",), {}, "only VV; VH is missing"),
        ("s.tif", ("VH",), {}, "only VH; VV is missing"),
        ("s.tif", ("",), {}, "single band"),
        ("s.tif", ("HH",), {}, "holds HH"),
        ("s.tif", ("HH", "HV"), {}, "holds HH and HV"),
        ("S1A_EW_GRDM_1SDH_20180128T161201.tif", ("", ""), {}, "holds HH and HV"),
        ("s.tif", ("", "", ""), {}, "does not tell which are VV and VH"),
        ("s.tif", ("VV", "VV", "VH"), {}, "2 bands named VV"),
        ("s.tif", ("VV", "HH"), {}, "holds VV and HH"),
        ("s.tif", ("VV", "VV"), {}, "2 bands named VV"),
        ("s.tif", ("VV", "VH"), {"vv_band": 3}, "Band 3 was chosen for VV"),
        ("s.tif", ("VV", "VH"), {"vv_band": 1, "vh_band": 1}, "both VV and VH"),
    ],
)
def test_refusals(
    write: Write, db: np.ndarray, name: str, names: tuple[str, ...], options: dict, words: str
) -> None:
    path = write(np.repeat(db[:1], len(names), axis=0), name, names=names)
    with pytest.raises(SceneError, match=words) as caught:
        open_scene((path,), **options)
    assert caught.value.remedy


def test_hh_hv_can_be_forced(write: Write, db: np.ndarray) -> None:
    path = write(db, names=("HH", "HV"))
    with open_scene((path,), vv_band=1, vh_band=2) as scene:
        assert any("HH and HV: the models have never seen" in w for w in scene.warnings)
    with open_scene((path,), vv_band=1) as scene:
        assert any("never seen" in w for w in scene.warnings)
    path = write(db, "S1A_EW_GRDM_1SDH_20180128T161201.tif")
    with open_scene((path,), vv_band=1, vh_band=2) as scene:
        assert any("never seen" in w for w in scene.warnings)


def test_two_files_of_one_polarisation(write: Write, db: np.ndarray) -> None:
    a, b = write(db[:1], "a_VV.tif"), write(db[1:], "b_VV.tif")
    with pytest.raises(SceneError, match="both VV"):
        open_scene((a, b))
    c = write(db[1:], "c_HV.tif")
    with pytest.raises(SceneError, match="holds HV"):
        open_scene((a, c))
