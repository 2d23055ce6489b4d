"""s2cloudless, where it is installed: its bands, its averaging, the same through any window."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import numpy as np
import pytest
from scipy.ndimage import convolve

from gac_core.contract.bands import SENSOR_BANDS
from gac_core.contract.errors import SceneError
from gac_core.grid import Window
from gac_core.optical.clouds import DETECTOR_BANDS, DETECTOR_RADIUS, DETECTOR_THRESHOLD
from tests.core.optical.conftest import AREA, clouds, reflectance


class Detector:
    """The package's interface, with brightness in B02 for a model."""

    def __init__(self, threshold, average_over, dilation_size, all_bands):
        assert (threshold, average_over, dilation_size, all_bands) == (0.4, None, None, False)

    def get_cloud_probability_maps(self, data):
        assert data.ndim == 4 and data.shape[-1] == len(DETECTOR_BANDS)
        return np.clip(data[..., DETECTOR_BANDS.index("B02")] * 2, 0, 1)


@pytest.fixture
def image(write):
    """An image of level 1C with two bright clouds."""
    values = reflectance(SENSOR_BANDS)
    values[:, clouds()[0] > 0] = 6000
    return write(values, "l1c.tif", names=SENSOR_BANDS), values


def test_averaged_probabilities_above_the_threshold_are_clouds(monkeypatch, opened, image):
    monkeypatch.setitem(sys.modules, "s2cloudless", SimpleNamespace(S2PixelCloudDetector=Detector))
    path, values = image
    reference = opened(path, margin=0)
    side = np.arange(-DETECTOR_RADIUS, DETECTOR_RADIUS + 1)
    disc = np.hypot(*np.meshgrid(side, side)) <= DETECTOR_RADIUS
    probability = np.clip(values[SENSOR_BANDS.index("B02")] / 5000, 0, 1)
    averaged = convolve(probability, disc / disc.sum(), mode="constant")
    sure = np.abs(averaged - DETECTOR_THRESHOLD) > 1e-4
    clear = reference.clear(AREA)
    assert (clear == (averaged <= DETECTOR_THRESHOLD))[sure].all() and 0.8 < clear.mean() < 0.99
    decisions = {each.name: each for each in reference.decisions}
    assert decisions["optical_clouds"].value == "s2cloudless"
    window = Window(AREA.row + 30, AREA.col + 41, 77, 90)
    other = opened(path, margin=0)
    assert (other.clear(window) == clear[window.slices(AREA)]).all()


@pytest.mark.parametrize("missing", DETECTOR_BANDS)
def test_a_band_less_is_a_question(monkeypatch, write, opened, missing):
    monkeypatch.setitem(sys.modules, "s2cloudless", SimpleNamespace(S2PixelCloudDetector=Detector))
    names = tuple(band for band in SENSOR_BANDS if band != missing)
    with pytest.raises(SceneError) as caught:
        opened(write(reflectance(names), "l1c.tif", names=names))
    # Without B8A the names are B01 to B12, which might only count.
    others = dict.fromkeys(("B02", "B04"), "optical-bands-missing") | {
        "B8A": "optical-names-unknown"
    }
    assert caught.value.problem == others.get(missing, "clouds-unknown")


def test_without_the_package_the_user_is_asked(monkeypatch, opened, image):
    monkeypatch.setitem(sys.modules, "s2cloudless", None)
    with pytest.raises(SceneError) as caught:
        opened(image[0])
    assert caught.value.problem == "clouds-unknown" and "s2cloudless" in caught.value.message
