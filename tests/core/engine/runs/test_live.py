"""A run's events while it is on its way, and the preview of one tile."""

from __future__ import annotations

import numpy as np
import pytest
import rasterio

from gac_core.contract.errors import RequestError
from gac_core.contract.request import RunRequest
from gac_core.engine.pipeline import run
from gac_core.engine.plan import timings_file
from gac_core.progress import Progress, Silent


class Watcher(Silent):
    """Looks into the working file as soon as something of it is final."""

    def __init__(self) -> None:
        self.told: list[Progress] = []
        self.seen: dict[int, np.ndarray] = {}

    def progress(self, progress: Progress) -> None:
        self.told.append(progress)
        partial = progress.partial
        if partial is None:
            return
        rows, cols = partial.shape
        raw = np.fromfile(partial.path, np.float32).reshape(rows, len(partial.bands), cols)
        band = raw[:, partial.bands.index("B04")]
        seen = self.seen.setdefault(progress.stage, np.full(partial.shape, -1, np.float32))
        final = np.zeros(partial.shape, bool)
        final[: partial.rows] = True
        final[partial.rows : partial.stop_row, : partial.cols] = True
        known = seen != -1
        # What was final once never changes.
        np.testing.assert_array_equal(seen[known], band[known])
        assert not (known & ~final).any()
        seen[final] = band[final]


@pytest.fixture(scope="module")
def request_values(scene_path, tiny_bundle):
    return {
        "sar": (str(scene_path),),
        "bundle": str(tiny_bundle),
        "timesteps_1": 2,
        "timesteps_3": 2,
        "device": "cpu",
    }


@pytest.fixture(autouse=True)
def own_memory(monkeypatch, tmp_path):
    monkeypatch.setenv("GAC_PACE", str(tmp_path / "pace.json"))


def test_what_is_final_stays_and_the_time_left_ends(request_values, cache, tmp_path) -> None:
    watcher = Watcher()
    result = run(RunRequest(out=str(tmp_path / "out"), **request_values), cache, watcher)
    assert set(watcher.seen) == {1, 2, 3}
    left = [each.seconds_left for each in watcher.told if each.stage]
    assert all(each is not None and each >= 0 for each in left)
    assert left[-1] == 0
    with rasterio.open(result.outputs["opt_v3"]) as file:
        whole = file.read(3)
    seen = watcher.seen[3]
    known = np.isfinite(seen)
    np.testing.assert_array_equal(known, whole > 0)
    np.testing.assert_allclose(np.clip(seen[known], 1, None), whole[known], atol=0.51)
    assert timings_file().is_file()


def test_the_lens_shows_one_tile(request_values, cache, tmp_path) -> None:
    values = {**request_values, "extent": (501_000.0, 5_399_200.0, 501_010.0, 5_399_210.0)}
    one = run(RunRequest(out=str(tmp_path / "one"), **values), cache, Silent(), lens=True)
    again = run(RunRequest(out=str(tmp_path / "again"), **values), cache, Silent(), lens=True)
    for name in ("opt_v1", "opt_v2", "opt_v3"):
        with rasterio.open(one.outputs[name]) as file, rasterio.open(again.outputs[name]) as other:
            assert file.shape[0] == file.shape[1]
            assert file.shape[0] < 180
            assert file.bounds.left <= 501_010 + 10 * file.width
            pixels = file.read()
            np.testing.assert_array_equal(pixels, other.read())
            assert pixels.any()
            assert file.tags()["SYNTHETIC"] == "YES"
    # One tile tells nothing of what a run's tiles cost.
    assert not timings_file().exists()


def test_the_lens_beside_the_scene(request_values, cache, tmp_path) -> None:
    values = {**request_values, "extent": (601_000.0, 5_399_200.0, 601_010.0, 5_399_210.0)}
    with pytest.raises(RequestError):
        run(RunRequest(out=str(tmp_path / "out"), **values), cache, Silent(), lens=True)
