"""Values that are not what names or the user say they are, or that no fill value should pass as."""

from __future__ import annotations

import re

import numpy as np
import pytest

from gac_core.contract.errors import SceneError
from gac_core.scene import open_scene
from gac_core.scene.holes import IN_ONE_BAND
from tests.core.scene.test_holes import with_hole, write_as
from tests.problems import notes_with


@pytest.mark.parametrize("unit", ["auto", "db"])
@pytest.mark.parametrize("dtype", ["int16", "float32"])
def test_hundredths_of_db_are_not_db(db, write, dtype, unit):
    """DB scaled by 100 whose scale got lost: -1200 is no backscatter."""
    path = write(np.round(100 * db).astype(dtype), names=("VV_dB", "VH_dB"))
    try:
        with open_scene((path,), unit=unit) as scene:
            assert scene.warnings
    except SceneError:
        pass


def test_the_usual_fill_of_packed_values_is_no_measurement(db, write):
    """-32768 in 16-bit dB with a scale of 0.01 and no nodata declared reads as -327.68 dB."""
    import rasterio

    packed = np.round(100 * db).astype("int16")
    packed[:, :30] = -32768
    path = write(packed, names=("VV_dB", "VH_dB"))
    with rasterio.open(path, "r+") as file:
        file.scales = (0.01, 0.01)
    with open_scene((path,)) as scene:
        assert np.isnan(scene.read(scene.window)[:, :30]).all()


def test_a_few_bright_targets_of_zero_db_are_no_holes(db, write):
    """Zero in one band only is a target, not a fill: nothing is said to be missing."""
    db[0, 5, 7] = 0.0
    with open_scene((write(db),)) as scene:
        (decision,) = [d for d in scene.decisions if d.name == "nodata"]
    assert (decision.value, decision.by) == ("none", "assumed")


def test_what_is_only_asked_about_is_not_said_to_be_missing(db, write):
    """No signal left in VH alone is a measurement, and it is described as one."""
    db[1, :30] = -70.0
    path = write(db, names=("VV_dB", "VH_dB"))
    with open_scene((path,)) as scene:
        (decision,) = [d for d in scene.decisions if d.name == "nodata"]
        (question,) = [w for w in scene.warnings if "give it as nodata" in w]
    assert decision.value == "none"
    told = float(re.search(r"The value (\S+) stands", question)[1])
    with open_scene((path,), nodata=told) as scene:
        values = scene.read(scene.window)
        assert np.isnan(values[:, :30]).all() and np.isfinite(values[:, 30:]).all()
        assert scene.warnings == []


@pytest.mark.parametrize("kind", ["db", "power", "amplitude", "packed"])
@pytest.mark.parametrize("value", [-70.0, -38.123])
def test_a_value_given_as_the_message_says_is_nodata(db, write, kind, value):
    """The advice works when it is followed, with the digits that are shown, in every unit."""
    db[1, :30] = value
    path = write_as(write, db, kind)
    with open_scene((path,)) as scene:
        (question,) = notes_with(scene.warnings, template=IN_ONE_BAND)
    told = float(question.arguments[0])
    with open_scene((path,), nodata=told) as scene:
        values = scene.read(scene.window)
        assert np.isnan(values[:, :30]).all() and np.isfinite(values[:, 30:]).all()
        assert not notes_with(scene.warnings, template=IN_ONE_BAND)


def test_raw_and_scaled_nodata_of_packed_values(db, write):
    path = write_as(write, with_hole(db, "-60 in a corner"), "packed")
    for nodata in (-60.0, 5000.0, None):
        with open_scene((path,), nodata=nodata) as scene:
            assert np.isnan(scene.read(scene.window)[:, :10, :20]).all()
