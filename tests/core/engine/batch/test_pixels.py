"""A batch has the pixels of a run, however it is cut and whoever computes."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import rasterio
from scipy.ndimage import gaussian_filter

from gac_core.band_statistics import S2_BANDS
from gac_core.contract.layout import OPTICAL_FILES, RADAR
from gac_core.contract.request import RunRequest
from gac_core.engine import batch_worker
from gac_core.engine.batch_plan import read_plan
from gac_core.engine.pipeline import run
from gac_core.optical import OpticalReference
from gac_core.optical.fusion import REACH
from gac_core.progress import Silent
from gac_core.raster import StripReader
from gac_core.scene.warp import NativeReader
from tests.core.engine.batch.conftest import SETTINGS, pixels, scene_folder, write_radar
from tests.core.engine.runs.conftest import write_reference
from tests.core.tiny import write_tiny_bundle

STAGES = ("opt_v1", "opt_v2", "opt_v3")


def test_blocks_have_the_pixels_and_scores_of_a_run(undisturbed, run_whole):
    summary = json.loads((undisturbed / "summary.json").read_text())
    assert summary["status"] == "complete"
    folder = scene_folder(undisturbed)
    with (
        rasterio.open(run_whole / "opt_v3.tif") as one,
        rasterio.open(folder / "opt_v3.vrt") as all_,
    ):
        assert one.bounds == all_.bounds and one.crs == all_.crs
        assert one.descriptions == all_.descriptions and all_.nodata == 0
        assert all_.tags()["SYNTHETIC"] == "YES"
    for name in STAGES:
        assert np.array_equal(pixels(run_whole / f"{name}.tif"), pixels(folder / f"{name}.vrt"))
    record = json.loads((run_whole / "run.json").read_text())
    (scene,) = summary["scenes"].values()
    for name in STAGES:
        assert scene["scores"][name] == record["stages"][name]["score"]
    assert scene["empty"] == 1 and scene["complete"]["opt_v3"] == scene["blocks"] - 1
    # What only other blocks needed is gone.
    left = {path.suffix for path in (folder / ".gac-batch").rglob("*")}
    assert left == {"", ".json"} and not list(folder.rglob("scratch-*"))


def test_another_cut_has_the_same_pixels(batch, run_whole, tmp_path):
    batch(side=320)
    folder = scene_folder(tmp_path / "out")
    for name in STAGES:
        assert np.array_equal(pixels(run_whole / f"{name}.tif"), pixels(folder / f"{name}.vrt"))


def test_an_extent_has_the_pixels_of_a_run_over_it(batch, tmp_path, radar, tiny_bundle, cache):
    extent = (500_803.0, 5_397_907.0, 501_603.0, 5_398_607.0)
    batch(extent=list(extent))
    out = tmp_path / "run"
    settings = {**SETTINGS, "bundle": str(tiny_bundle), "extent": extent}
    run(RunRequest(sar=(str(radar),), out=str(out), **settings), cache, Silent())
    folder = scene_folder(tmp_path / "out")
    for name in STAGES:
        assert np.array_equal(pixels(out / f"{name}.tif"), pixels(folder / f"{name}.vrt"))


def test_a_batch_reads_each_block_of_the_radar_once(batch, monkeypatch, tmp_path):
    """All steps and scores, in whichever worker: it is stored, and gone at the end."""
    blocks, read = Counter(), NativeReader.block

    def counted(self, block):
        blocks[block] += 1
        return read(self, block)

    monkeypatch.setattr(NativeReader, "block", counted)
    assert batch()["status"] == "complete"
    assert len(blocks) > 1 and set(blocks.values()) == {1}
    assert not list(tmp_path.rglob(RADAR))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_a_score_keeps_few_blocks_open(undisturbed, monkeypatch):
    """Each has a tile unpacked; GDAL would keep a hundred, and memory would grow with the area."""
    scene, opened, read = scene_folder(undisturbed), [], StripReader.read

    def counted(*args):
        values = read(*args)
        files = (os.path.realpath(each) for each in Path("/proc/self/fd").iterdir())
        opened.append(sum(file.startswith(f"{scene}/blocks/") for file in files))
        return values

    monkeypatch.setattr(StripReader, "read", counted)
    monkeypatch.setattr(batch_worker, "MAX_OPEN_BLOCKS", 2)
    plan = read_plan(scene)
    found = batch_worker.score(scene, plan.identity, plan.request.sar, str(scene / "opt_v3.vrt"))
    assert found["pixels"] > 0
    assert opened and 1 <= max(opened) <= 2


def test_a_batch_has_the_pixels_of_a_run_with_the_nearest_reference(
    batch, tmp_path, radar, tiny_bundle, cache
):
    def reference(name: str, seed: int, east: float = 0.0) -> str:
        """A Sentinel-2 image with a scene classification, clouds in its middle."""
        rng = np.random.default_rng(seed)
        with rasterio.open(radar) as file:
            profile, shape = file.profile, file.shape
        profile |= {"count": 13, "dtype": "uint16", "nodata": 0}
        profile["transform"] = rasterio.Affine.translation(east, 0) @ profile["transform"]
        values = rng.integers(500, 2500, (13, *shape)).astype(np.uint16)
        values[12] = 4
        values[12, 80:200, 70:190] = 9
        path = tmp_path / f"S2A_MSIL2A_{name}T100031_N0214_R022_T33UVP_{name}T120000.tif"
        with rasterio.open(path, "w", **profile) as file:
            file.write(values)
            file.descriptions = (*S2_BANDS, "SCL")
        return str(path)

    # The radar's date is 15 July 2021.
    near = reference("20210714", 1)
    others = [reference("20210710", 2), reference("20210715", 3, east=900_000.0)]
    options = {"optical_offset": 0, "optical_margin": 2}
    batch(optical=(others[0], near, others[1]), optical_other=(near, *others), **options)
    out = tmp_path / "run"
    settings = {**SETTINGS, **options, "bundle": str(tiny_bundle), "optical": (near,)}
    settings["optical_other"] = others[:1]
    run(RunRequest(sar=(str(radar),), out=str(out), **settings), cache, Silent())
    folder = scene_folder(tmp_path / "out")
    for name in (*STAGES, "observed"):
        assert np.array_equal(pixels(out / f"{name}.tif"), pixels(folder / f"{name}.vrt"))
    summary = json.loads((tmp_path / "out" / "summary.json").read_text())
    (scene,) = summary["scenes"].values()
    record = json.loads((out / "run.json").read_text())
    for name in STAGES:
        assert scene["scores"][name] == record["stages"][name]["score"]
    planned = read_plan(folder).request
    assert (planned.optical, planned.optical_other) == ((near,), (others[0],))


@pytest.mark.parametrize(
    "seeing",
    [
        pytest.param((), id="none sees"),
        pytest.param((2,), id="stage 2 sees", marks=pytest.mark.slow),
    ],
)
def test_an_extent_beside_a_reference_has_the_pixels_of_a_run_over_it(
    batch, cache, tmp_path, monkeypatch, seeing
):
    """In the ring around it there are blocks that networks compute and nothing is fused into."""
    side = 2 * REACH + 300
    radar = write_radar(tmp_path / "S1A_IW_GRDH_1SDV_20210715T052500_large.tif", side, side)
    clouds = gaussian_filter(np.random.default_rng(1).standard_normal((side, side)), 25) > 0
    options = write_reference(tmp_path, radar, clouds)
    options |= {"bundle": str(write_tiny_bundle(tmp_path / "bundle", observed=seeing))}
    left, top = 500_003.0 + 2300, 5_400_007.0 - 2500
    extent = (left, top - 400, left + 600, top)
    blocks, read = Counter(), OpticalReference._clear_values

    def counted(self, block):
        blocks[block] += 1
        return read(self, block)

    with monkeypatch.context() as patch:
        patch.setattr(OpticalReference, "_clear_values", counted)
        batch(str(radar), side=256, extent=list(extent), **options)
    out = tmp_path / "run"
    settings = {**SETTINGS, **options, "extent": extent}
    run(RunRequest(sar=(str(radar),), out=str(out), **settings), cache, Silent())
    folder = scene_folder(tmp_path / "out")
    for name in (*STAGES, "observed"):
        assert np.array_equal(pixels(out / f"{name}.tif"), pixels(folder / f"{name}.vrt"))
    # The reference was stored for all workers, and is gone.
    assert set(blocks.values()) == {1} and not list(tmp_path.rglob(OPTICAL_FILES[0]))
    plan = read_plan(folder)
    rings = [cell for cell in plan.cells(1) if plan.image(1, cell).is_empty]
    assert bool(rings) == (not seeing)
