"""Runs with a second optical image, of another date, that guides beneath the first one's clouds."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import rasterio
import torch
from affine import Affine
from scipy.ndimage import gaussian_filter

from gac_core.contract.errors import Cancelled, InputChanged, RequestError
from gac_core.contract.layout import OBSERVED, OPTICAL_FILES, WORK
from gac_core.engine.checkpoint import Journal
from gac_core.engine.estimate import estimate
from gac_core.engine.identity import settings_of
from gac_core.engine.pipeline import run
from gac_core.engine.plan import scope_of
from gac_core.optical import OpticalReference
from gac_core.optical.fusion import FADE, REACH
from gac_core.progress import Silent
from tests.core.engine.runs.conftest import write_reference
from tests.core.engine.runs.test_optical import Stopper, Watcher, pixels, read, tags
from tests.core.tiny import write_tiny_bundle
from tests.problems import raises

STAGES = ("opt_v1.tif", "opt_v2.tif", "opt_v3.tif")
OTHER = "S2A_20210601.tif"


def write_both(folder: Path, radar: Path, cloudy: np.ndarray, other_cloudy: np.ndarray) -> dict:
    """Write an image of the day before the radar's and one of June; return a run's options."""
    options = write_reference(folder, radar, cloudy)
    (folder / "other").mkdir()
    other = write_reference(folder / "other", radar, other_cloudy)
    path = Path(other["optical"][0]).rename(folder / "other" / OTHER)
    mask = Path(other["optical_mask"]).rename(folder / "other" / "clouds_before.tif")
    with rasterio.open(path, "r+") as file:
        file.write((file.read() * 1.3 + 100).astype(np.uint16))
    return {**options, "optical_other": (str(path),), "optical_other_mask": str(mask)}


@pytest.fixture(scope="module")
def other_cloudy():
    clouds = np.zeros((200, 180), bool)
    clouds[:, 110:] = True
    return clouds


@pytest.fixture(scope="module")
def both(scene_path, cloudy, other_cloudy, tmp_path_factory):
    return write_both(tmp_path_factory.mktemp("both"), scene_path, cloudy, other_cloudy)


@pytest.fixture(scope="module")
def expected(cache, request_for, both, tmp_path_factory):
    """Folder of a run that nothing disturbed."""
    out = tmp_path_factory.mktemp("undisturbed")
    run(request_for(out, **both), cache, Silent())
    return out


def of_first(options: dict) -> dict:
    return {key: value for key, value in options.items() if not key.startswith("optical_other")}


@pytest.fixture(scope="module")
def first_alone(cache, request_for, both, tmp_path_factory):
    out = tmp_path_factory.mktemp("first")
    run(request_for(out, **of_first(both)), cache, Silent())
    return out


def test_clear_pixels_are_kept_and_the_other_date_guides_under_clouds(
    expected, first_alone, both, cloudy, other_cloudy
):
    observed = read(Path(both["optical"][0]))[[1, 2, 3, 7]]
    other = read(Path(both["optical_other"][0]))[[1, 2, 3, 7]]
    for name in STAGES:
        image, alone = read(expected / name), read(first_alone / name)
        valid = image.min(axis=0) > 0
        assert np.array_equal(image[:, ~cloudy & valid], observed[:, ~cloudy & valid])
        guided = cloudy & ~other_cloudy & valid

        def likeness(pixels: np.ndarray, there: np.ndarray = guided) -> float:
            return float(np.corrcoef(pixels[2][there], other[2][there])[0, 1])

        assert likeness(image) > 0.6 > 0.5 > likeness(alone)
        # What both hide is what it is without the other date.
        beyond = valid.copy()
        beyond[:, : 110 + FADE] = False
        assert (beyond & cloudy).any()
        assert np.array_equal(image[:, beyond], alone[:, beyond])
    assert np.array_equal(read(expected / OBSERVED), read(first_alone / OBSERVED))


def test_a_run_tells_of_both_dates(expected, both):
    record = json.loads((expected / "run.json").read_text())
    other = record["optical"]["other"]
    assert (other["date"][:10], other["days"], other["product"]) == ("2021-06-01", 44, OTHER)
    assert other["clear_share"] == pytest.approx(110 / 180, abs=0.01)
    for name in STAGES:
        found = tags(expected / name)
        assert (found["GAC_OPTICAL_OTHER"], found["GAC_OPTICAL_OTHER_DATE"][:10]) == (
            *(OTHER, "2021-06-01"),
        )
    item = json.loads((expected / "stac_item.json").read_text())
    sources = {link["href"] for link in item["links"] if link["rel"] == "derived_from"}
    assert {"s2.tif", "clouds.tif", OTHER, "clouds_before.tif"} < sources
    assert str(Path(both["optical_other"][0]).parent) not in json.dumps(item)
    assert OTHER in item["properties"]["processing:lineage"]


@pytest.mark.parametrize("after", [14, 45])
def test_an_interrupted_run_resumes_to_the_same_bytes(
    cache, request_for, both, expected, tmp_path, after
):
    with pytest.raises(Cancelled):
        run(request_for(tmp_path, **both), cache, Stopper(after))
    assert Journal.read(tmp_path / WORK) is not None
    run(request_for(tmp_path, **both), cache, Silent())
    assert pixels(tmp_path) == pixels(expected)
    assert len(json.loads((tmp_path / "run.json").read_text())["resumed"]) == 1


def test_each_block_of_both_is_read_once(cache, request_for, both, expected, tmp_path, monkeypatch):
    blocks, warped = Counter(), OpticalReference._clear_values

    def counted(self, block):
        blocks[self.product, block] += 1
        return warped(self, block)

    monkeypatch.setattr(OpticalReference, "_clear_values", counted)
    sizes = []

    class Sizes(Silent):
        def stage_done(self, done):
            sizes.append(sum((tmp_path / WORK / name).stat().st_size for name in OPTICAL_FILES))

    with scope_of(request_for(tmp_path, **both), cache.library) as scope:
        assert scope.optical.stored_bands == 24
        assert scope.room > 0
    run(request_for(tmp_path, **both), cache, Sizes())
    assert len(set(sizes)) == 1 and sizes[0] > 0
    assert set(blocks.values()) == {1} and len({name for name, _ in blocks}) == 2
    assert pixels(tmp_path) == pixels(expected)


def test_another_date_under_clouds_everywhere_changes_nothing(
    cache, request_for, scene_path, cloudy, first_alone, tmp_path
):
    options = write_both(tmp_path, scene_path, cloudy, np.ones((200, 180), bool))
    run(request_for(tmp_path / "out", **options), cache, Silent())
    assert pixels(tmp_path / "out") == pixels(first_alone)


def test_a_first_image_that_guides_and_another_one(cache, request_for, both, expected, tmp_path):
    run(request_for(tmp_path, **both, optical_use="guide"), cache, Silent())
    assert tags(tmp_path / "opt_v3.tif")["SYNTHETIC"] == "YES"
    assert not (tmp_path / OBSERVED).exists()
    assert "GAC_OPTICAL_OTHER" in tags(tmp_path / "opt_v3.tif")


@pytest.mark.parametrize("name", ["optical_other", "optical_other_mask"])
def test_another_date_that_changes_ends_the_run(
    cache, request_for, scene_path, cloudy, other_cloudy, tmp_path, name
):
    options = write_both(tmp_path, scene_path, cloudy, other_cloudy)

    class Changer(Silent):
        def stage_done(self, done):
            path = options[name]
            path = Path(path if isinstance(path, str) else path[0])
            path.write_bytes(path.read_bytes() + b" ")

    with pytest.raises(InputChanged):
        run(request_for(tmp_path / "out", **options), cache, Changer())


def test_stages_are_reused_with_the_same_images_alone(cache, request_for, both, expected, tmp_path):
    first = tmp_path / "first"
    run(request_for(first, **both, keep=True), cache, Silent())
    later = {"from_stage": 3, "reuse": str(first)}
    run(request_for(tmp_path / "second", **both, **later), cache, Silent())
    assert pixels(tmp_path / "second") == pixels(expected)
    with raises(RequestError, "kept-stage-differs"):
        run(request_for(tmp_path / "third", **of_first(both), **later), cache, Silent())


def test_another_date_stands_beside_a_first(request_for, both, tmp_path):
    with raises(RequestError, "optical-other-alone"):
        request_for(tmp_path, optical_other=both["optical_other"])


def test_unfinished_runs_of_before_are_resumed(request_for, both, tmp_path):
    """They knew no image of another date."""
    settings = settings_of(request_for(tmp_path, **of_first(both)))
    assert "optical_margin" in settings
    assert not [name for name in settings if name.startswith("optical_other")]
    assert settings_of(request_for(tmp_path, **both))["optical_other"] == [*both["optical_other"]]


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """Radar and both images, larger than an area with what fusion sees around it."""
    folder = tmp_path_factory.mktemp("large")
    rng = np.random.default_rng(1)
    side = 2 * REACH + 300
    radar = folder / "S1A_IW_GRDH_1SDV_20210715T052500_large.tif"
    values = np.array([-14.0, -21.0])[:, None, None] + rng.normal(0, 2, (2, side, side))
    profile = {"driver": "GTiff", "dtype": "float32", "count": 2, "height": side, "width": side}
    profile |= {"crs": "EPSG:32633", "transform": Affine(10.0, 0, 5e5, 0, -10.0, 5.4e6)}
    with rasterio.open(radar, "w", **profile) as file:
        file.write(values.astype(np.float32))
        file.descriptions = ("VV", "VH")
    clouds, others = (gaussian_filter(rng.standard_normal((side, side)), 25) > 0 for _ in "ab")
    return {"sar": (str(radar),), **write_both(folder, radar, clouds, others)}


@pytest.mark.slow
@pytest.mark.parametrize("seeing", [(), (3,)])
def test_the_same_place_has_the_same_pixels_in_any_extent(
    cache, request_for, large, tmp_path, seeing
):
    bundle = write_tiny_bundle(tmp_path / "bundle", observed=seeing)

    def image(name: str, col: int, row: int, width: int, height: int) -> list[np.ndarray]:
        xmin, ymax = 500_000 + 10 * col, 5_400_000 - 10 * row
        extent = (xmin, ymax - 10 * height, xmin + 10 * width, ymax)
        request = request_for(tmp_path / name, **large, bundle=str(bundle), extent=extent)
        work = estimate(request, cache.library, torch.device("cpu")).work
        with scope_of(request, cache.library) as scope:
            room = scope.room
        watcher = Watcher(tmp_path / name)
        run(request, cache, watcher)
        assert watcher.tiles == work.tiles and watcher.peak <= room
        return [read(tmp_path / name / stage) for stage in STAGES]

    one, other = image("one", 380, 390, 60, 40), image("other", 400, 380, 50, 45)
    for mine, its in zip(one, other, strict=True):
        assert np.array_equal(mine[:, :35, 20:], its[:, 10:, :40])
