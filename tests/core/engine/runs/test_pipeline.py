"""A whole run with every part of a bundle present, at a size that tests can afford."""

from __future__ import annotations

import json

import numpy as np
import pytest
import rasterio
import torch

from gac_core.contract.errors import BundleError, Cancelled, OutputError, RequestError
from gac_core.contract.request import RunRequest
from gac_core.engine.pipeline import run
from gac_core.progress import Silent
from tests.problems import raises


class Recorder(Silent):
    """Remembers what it was told, and cancels at a given call of `check`."""

    def __init__(self, cancel_in_stage=None):
        self.reports, self.stages, self._cancel_in = [], [], cancel_in_stage

    def progress(self, progress):
        self.reports.append(progress)

    def stage_done(self, done):
        self.stages.append(done)

    def check(self):
        if self._cancel_in is not None and len(self.stages) + 1 >= self._cancel_in:
            raise Cancelled


@pytest.fixture(scope="module")
def ask(scene_path, tiny_bundle, cache):
    """Runs with short settings; keyword arguments change the request."""

    def ask(out, listener=None, **changes):
        values = {
            "sar": (str(scene_path),),
            "out": str(out),
            "bundle": str(tiny_bundle),
            "timesteps_1": 2,
            "timesteps_3": 2,
            "device": "cpu",
            **changes,
        }
        return run(RunRequest(**values), cache, listener or Silent())

    return ask


@pytest.fixture(scope="module")
def whole(ask, tmp_path_factory):
    listener = Recorder()
    out = tmp_path_factory.mktemp("whole")
    return ask(out, listener), listener, out


def read(path):
    with rasterio.open(path) as file:
        return file.read(), file.bounds


def test_three_files_on_one_grid_cover_the_scene(whole, scene_path):
    result, _, _ = whole
    with rasterio.open(scene_path) as scene:
        valid = np.isfinite(scene.read(1))
        for name in ("opt_v1", "opt_v2", "opt_v3"):
            with rasterio.open(result.outputs[name]) as file:
                assert file.crs == scene.crs
                assert file.bounds == scene.bounds
                assert file.dtypes == ("uint16",) * 4
                assert file.nodata == 0
                assert file.descriptions == ("B02", "B03", "B04", "B08")
                assert file.tags()["SYNTHETIC"] == "YES"
                assert file.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
                assert np.array_equal((file.read() > 0).all(0), valid)


def test_every_stage_does_something(whole):
    result, _, _ = whole
    images = [read(path)[0].astype(float) for path in result.outputs.values()]
    assert images[0].std() > 0
    assert abs(images[1] - images[0]).mean() > 1
    assert abs(images[2] - images[1]).mean() > 1


def test_the_record_tells_what_was_done(whole, tiny_bundle):
    _result, _, out = whole
    record = json.loads((out / "run.json").read_text())
    assert record["status"] == "complete"
    assert record["synthetic"] is True
    assert record["month"] == 7
    assert record["scene"]["unit"] == "db"
    assert set(record["stages"]) == {"opt_v1", "opt_v2", "opt_v3"}
    card = json.loads((tiny_bundle / "bundle.json").read_text())
    generator = card["terramind"]["weights"]["generator"]
    assert record["bundle"]["sha256"][generator["file"]] == generator["sha256"]
    assert any(name.startswith("grounding/") for name in record["bundle"]["sha256"])
    assert record["inputs"][0]["sha256"]
    assert record["memory"]["process_bytes"] > 2**20


def test_progress_ends_at_a_hundred_and_never_falls(whole):
    _, listener, _ = whole
    percents = [p.percent for p in listener.reports]
    assert percents == sorted(percents)
    assert percents[-1] == pytest.approx(100)
    assert [d.stage for d in listener.stages] == [1, 2, 3]
    assert listener.reports[0].name == "load"


def test_nothing_is_left_behind(whole):
    _, _, out = whole
    assert sorted(p.name for p in out.iterdir()) == [
        "opt_v1.tif",
        "opt_v2.tif",
        "opt_v3.tif",
        "run.json",
        "stac_item.json",
    ]


@pytest.mark.parametrize("batch_size", [1, 3])
def test_same_place_same_pixels(ask, whole, tmp_path, batch_size):
    """Another extent and another batch size: identical, up to the very edge."""
    result, _, _ = whole
    extent = (500_403.0, 5_398_407.0, 501_303.0, 5_399_307.0)
    part = ask(tmp_path, extent=extent, batch_size=batch_size)
    for name, path in part.outputs.items():
        small, bounds = read(path)
        large, around = read(result.outputs[name])
        top = round((around.top - bounds.top) / 10)
        left = round((bounds.left - around.left) / 10)
        assert small.shape == (4, 90, 90)
        assert np.array_equal(small, large[:, top : top + 90, left : left + 90])


def test_threads_and_lanes_change_nothing(ask, tmp_path):
    """Each block has a thread of its own, whatever the number of cores: the same bits."""
    before = torch.get_num_threads()
    found = {}
    try:
        for threads in (1, 2, 3):
            torch.set_num_threads(threads)
            result = ask(tmp_path / str(threads))
            found[threads] = [read(path)[0] for path in result.outputs.values()]
            assert torch.get_num_threads() == threads
    finally:
        torch.set_num_threads(before)
    for other in (2, 3):
        assert all(map(np.array_equal, found[1], found[other]))


def test_seed_changes_the_image_and_the_same_one_does_not(ask, whole, tmp_path):
    result, _, _ = whole
    again = ask(tmp_path / "same", stages=1)
    other = ask(tmp_path / "other", stages=1, seed=1)
    assert np.array_equal(read(again.outputs["opt_v1"])[0], read(result.outputs["opt_v1"])[0])
    assert not np.array_equal(read(other.outputs["opt_v1"])[0], read(result.outputs["opt_v1"])[0])


def test_month_reaches_stage_two(ask, whole, tmp_path):
    result, _, _ = whole
    other = ask(tmp_path, month=1, stages=2)
    assert np.array_equal(read(other.outputs["opt_v1"])[0], read(result.outputs["opt_v1"])[0])
    assert not np.array_equal(read(other.outputs["opt_v2"])[0], read(result.outputs["opt_v2"])[0])


@pytest.mark.parametrize("stage", [1, 2, 3])
def test_cancelled_runs_keep_what_is_complete(ask, tmp_path, stage):
    with pytest.raises(Cancelled):
        ask(tmp_path, Recorder(cancel_in_stage=stage))
    complete = [f"opt_v{n}.tif" for n in range(1, stage)]
    expected = [*complete, "run.json", "stac_item.json"] if complete else []
    assert sorted(p.name for p in tmp_path.iterdir()) == expected
    if complete:
        record = json.loads((tmp_path / "run.json").read_text())
        assert record["status"] == "cancelled"
        assert [f"{name}.tif" for name in record["stages"]] == complete


def test_a_folder_holds_one_run(ask, tmp_path):
    """A shorter run over an older one must not leave the older one's later stages."""
    ask(tmp_path)
    ask(tmp_path, stages=1, seed=3)
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "opt_v1.tif",
        "run.json",
        "stac_item.json",
    ]


def test_files_of_others_are_not_replaced(ask, tmp_path):
    (tmp_path / "opt_v2.tif").write_bytes(b"mine")
    with raises(OutputError, "output-folder-not-ours", "opt_v2.tif"):
        ask(tmp_path)
    assert (tmp_path / "opt_v2.tif").read_bytes() == b"mine"
    assert [p.name for p in tmp_path.iterdir()] == ["opt_v2.tif"]


def test_a_bundle_that_is_not_there(ask, tmp_path):
    with raises(BundleError, "bundle-missing", "'nowhere'"):
        ask(tmp_path, bundle="nowhere")


def test_an_extent_beside_the_scene(ask, tmp_path):
    with raises(RequestError, "extent-off-scene"):
        ask(tmp_path, extent=(0.0, 0.0, 10.0, 10.0))


def test_radar_of_a_kind_that_the_models_do_not_know_is_refused(ask, tiny_bundle, tmp_path):
    bundle = tmp_path / "grd"
    bundle.mkdir()
    card = json.loads((tiny_bundle / "bundle.json").read_text())
    card["terramind"]["shape"]["modalities"] = ["S1GRD"]
    (bundle / "bundle.json").write_text(json.dumps(card))
    for file in tiny_bundle.iterdir():
        if file.name != "bundle.json":
            (bundle / file.name).symlink_to(file)
    with raises(BundleError, "modality-not-supported", "S1RTC"):
        ask(tmp_path / "out", bundle=str(bundle), modality="S1RTC")
    assert not list((tmp_path / "out").glob("opt_v*"))


def test_a_quick_run_computes_its_area_as_if_the_radar_ended_there(ask, scene_path, tmp_path):
    with rasterio.open(scene_path) as file:
        window = rasterio.windows.Window(60, 70, 64, 64)
        bounds, profile, tags = file.window_bounds(window), file.profile, file.tags()
        profile.update(width=64, height=64, transform=file.window_transform(window))
        crop = tmp_path / scene_path.name
        with rasterio.open(crop, "w", **profile) as cropped:
            cropped.write(file.read(window=window))
            cropped.descriptions = file.descriptions
            cropped.update_tags(**tags)
    area = {"extent": tuple(bounds), "stages": 1}
    quick, usual, alone = Recorder(), Recorder(), tmp_path / "alone"
    ask(tmp_path / "quick", quick, quick=True, **area)
    ask(tmp_path / "usual", usual, **area)
    ask(alone, sar=(str(crop),), stages=1)
    assert quick.reports[-1].tiles < usual.reports[-1].tiles
    pixels, _ = read(tmp_path / "quick" / "opt_v1.tif")
    assert np.array_equal(pixels, read(alone / "opt_v1.tif")[0])
    assert not np.array_equal(pixels, read(tmp_path / "usual" / "opt_v1.tif")[0])
