"""Failures: reported, with all else as it would have been."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest
import rasterio

from gac_core.contract.errors import BundleError, DiskFull, OutputError, RequestError
from gac_core.engine import batch_worker, stage_runner
from gac_core.engine.batch_plan import Cell, read_plan
from tests.core.engine.batch.conftest import SIDE, hashes, pixels, scene_folder
from tests.problems import raises


@pytest.fixture
def fail(monkeypatch):
    """Has the stages in some blocks fail with an error, so many times; returns those calls."""
    drive, calls = stage_runner.run_tiled, []

    def arrange(error, wants, times=10**6):
        def failing(stage, area, *args, **kwargs):
            if wants(stage, area) and len(calls) < times:
                calls.append(area)
                raise error
            return drive(stage, area, *args, **kwargs)

        monkeypatch.setattr(stage_runner, "run_tiled", failing)
        return calls

    arrange.undo = lambda: monkeypatch.setattr(stage_runner, "run_tiled", drive)
    return arrange


def in_cell(cell, stage):
    return lambda found, area: found.number == stage and cell.window(SIDE).contains(area)


def corner(out):
    """The block in the lower right corner, known from the plan of a batch."""
    plan = read_plan(scene_folder(out))
    return max(plan.cells(1))


def test_a_block_that_fails_once_is_tried_again(batch, fail, undisturbed, tmp_path):
    cell = corner(undisturbed)
    calls = fail(BundleError("Values that are no numbers."), in_cell(cell, 2), times=1)
    assert batch()["status"] == "complete"
    assert len(calls) == 1 and hashes(tmp_path / "out") == hashes(undisturbed)


def test_a_block_that_fails_is_a_hole_and_the_next_batch_fills_it(
    batch, fail, undisturbed, tmp_path
):
    cell, out = corner(undisturbed), tmp_path / "out"
    calls = fail(BundleError("Values that are no numbers.", "Choose a seed."), in_cell(cell, 1))
    summary = batch(retries=1)
    assert len(calls) == 2 and summary["status"] == "complete with failures"
    (scene,) = summary["scenes"].values()
    assert {hole["block"] for hole in scene["holes"]} == {cell.name}
    assert [hole["stage"] for hole in scene["holes"]] == [1, 2, 3]
    assert scene["holes"][0]["why"] == "Values that are no numbers."
    assert cell.name not in scene["beside_holes"] and scene["beside_holes"]
    folder = scene_folder(out)
    plan = read_plan(folder)
    hole = plan.result(cell).slices(plan.area)
    for name in ("opt_v1", "opt_v2", "opt_v3"):
        image = pixels(folder / f"{name}.vrt")
        expected = pixels(scene_folder(undisturbed) / f"{name}.vrt")
        assert not image[:, *hole].any()
        valid = (expected > 0).all(0)
        valid[hole] = False
        assert np.array_equal((image > 0).all(0), valid)
    # What the hole is out of sight of is what it would be: stage 1 looks at the radar alone.
    found, whole = hashes(out), hashes(undisturbed)
    same = [path for path in whole if path.endswith("1.tif") and cell.name not in path]
    assert same and all(found[path] == whole[path] for path in same)
    fail.undo()
    assert batch()["status"] == "complete"
    assert hashes(out) == whole
    assert not list(out.rglob("*.bil"))


def test_a_batch_that_was_stopped_goes_on(batch, fail, undisturbed, tmp_path):
    seen = []

    def stop(progress):
        seen.append(progress)
        if progress.done == 8:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        batch(tell=stop)
    out = tmp_path / "out"
    # An image whose record is not there yet is not complete.
    records = scene_folder(out).glob(".gac-batch/opt_v*/*.json")
    images = (scene_folder(out) / "blocks" / r.stem / f"{r.parent.name}.tif" for r in records)
    before = {path: path.stat().st_mtime_ns for path in images if path.exists()}
    assert before and len(before) < len(hashes(undisturbed))
    assert json.loads((out / "summary.json").read_text())["status"] == "stopped"
    assert batch()["status"] == "complete"
    assert hashes(out) == hashes(undisturbed)
    assert all(path.stat().st_mtime_ns == time for path, time in before.items())
    # Once more: nothing is left to do.
    calls = fail(BundleError("Nothing shall be computed."), lambda stage, area: True)
    assert batch()["status"] == "complete" and not calls


def test_a_full_disk_stops_the_batch_and_the_next_one_resumes(batch, fail, undisturbed, tmp_path):
    calls = fail(
        DiskFull("No room on /out.", "Make some.", problem="disk-full"),
        in_cell(corner(undisturbed), 2),
        times=1,
    )
    with raises(DiskFull, "disk-full", "No room on /out.") as caught:
        batch()
    assert "Make some." in caught.value.remedy.arguments
    out = tmp_path / "out"
    summary = json.loads((out / "summary.json").read_text())
    (scene,) = summary["scenes"].values()
    # Not a hole, nor tried again.
    assert summary["status"] == "stopped" and not scene["holes"] and len(calls) == 1
    assert batch()["status"] == "complete"
    assert hashes(out) == hashes(undisturbed)


def test_a_damaged_block_is_computed_again_wherever_the_folder_is_now(batch, undisturbed, tmp_path):
    shutil.copytree(undisturbed, tmp_path / "out")
    victim = next((tmp_path / "out").glob("*/blocks/*/opt_v2.tif"))
    victim.write_bytes(victim.read_bytes()[:1000])
    assert batch()["status"] == "complete"
    assert hashes(tmp_path / "out") == hashes(undisturbed)


def test_a_scene_that_is_none_is_told_and_the_others_are_computed(batch, radar, tmp_path):
    bad = tmp_path / "S1A_bad.tif"
    bad.write_text("not a raster")
    summary = batch(str(radar), str(bad), stages=1)
    assert summary["status"] == "complete with failures"
    assert summary["scenes"]["S1A_bad"]["status"] == "refused"
    assert summary["scenes"][radar.stem]["status"] == "complete"


def test_other_settings_in_the_same_folder_are_refused(batch, undisturbed):
    before = hashes(undisturbed)
    with raises(RequestError, "batch-settings-differ", str(undisturbed)):
        batch(out=undisturbed, seed=3)
    with raises(OutputError, "batch-folder-in-use", str(undisturbed)):
        batch(out=undisturbed, tell=lambda progress: batch(out=undisturbed))
    assert hashes(undisturbed) == before


def test_a_folder_of_others_is_left_alone(batch, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("mine")
    with raises(OutputError, "folder-not-a-batch", str(tmp_path / "out")):
        batch()


def test_blocks_tell_what_runs_tell(undisturbed):
    pystac = pytest.importorskip("pystac")
    collection = pystac.Collection.from_file(str(undisturbed / "collection.json"))
    items = list(collection.get_items())
    folder = scene_folder(undisturbed)
    assert len(items) == len(list(folder.glob("blocks/*")))
    assert len({item.id for item in items}) == len(items)
    for item in items:
        assert item.collection_id == collection.id
        assert item.properties["gac:synthetic"] is True
        assert set(item.assets) == {"opt_v1", "opt_v2", "opt_v3", "record"}
    record = json.loads(next(folder.glob("blocks/*/run.json")).read_text())
    assert record["status"] == "complete" and record["area"]["width"] <= SIDE
    with rasterio.open(next(folder.glob("blocks/*/opt_v1.tif"))) as file:
        assert file.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
        assert json.loads(file.tags()["GAC_PROVENANCE"])["synthetic"] is True


def test_cells_have_names_on_both_sides_of_the_origin():
    assert Cell(-263, 24).name == "n0263e0024"
    assert Cell(3, -1).name == "s0003w0001"


def test_a_scene_that_cannot_be_scored_is_complete_all_the_same(batch, monkeypatch):
    score_files = batch_worker.score_files

    def failing(scene, path, **options):
        if "limit" in options:
            raise OutputError("The disk is gone.", "Find it.")
        return score_files(scene, path, **options)

    monkeypatch.setattr(batch_worker, "score_files", failing)
    summary = batch(stages=1)
    (scene,) = summary["scenes"].values()
    assert summary["status"] == "complete" and not scene["scores"].get("opt_v1")
    assert scene["notes"] == ["opt_v1 has no score: The disk is gone. Find it."]
