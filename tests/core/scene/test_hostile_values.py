"""Values that are not what names or the user say they are, or that no fill value should pass as."""

from __future__ import annotations

import numpy as np
import pytest

from gac_core.errors import SceneError
from gac_core.scene import open_scene


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


def test_a_value_set_aside_is_not_said_to_be_missing(db, write):
    """What only looks like a fill stays a measurement, and so does what is said of it."""
    db[:, :30] = -50.0
    with open_scene((write(db, names=("VV_dB", "VH_dB")),)) as scene:
        (decision,) = [d for d in scene.decisions if d.name == "nodata"]
        assert any("give it as nodata" in warning for warning in scene.warnings)
    assert decision.value == "none"
