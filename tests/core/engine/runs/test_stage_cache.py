"""Runs that take earlier stages from another run: the same pixels, honestly told, or refused."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

import numpy as np
import pytest
import rasterio

from gac_core.cli.commands import main
from gac_core.contract.errors import Cancelled, OutputError, RequestError
from gac_core.contract.layout import STAGE_CACHE, STAGE_CACHE_MANIFEST
from gac_core.contract.request import RunRequest
from gac_core.engine.pipeline import run
from gac_core.progress import Silent
from tests.core.engine.runs.conftest import write_scene
from tests.core.tiny import write_tiny_bundle
from tests.problems import notes_with, raises


@pytest.fixture(scope="module")
def finished(scene_path, tiny_bundle, cache, tmp_path_factory):
    """The request of a run that kept its stages."""
    request = RunRequest(
        sar=(str(scene_path),),
        out=str(tmp_path_factory.mktemp("finished")),
        bundle=str(tiny_bundle),
        timesteps_1=1,
        timesteps_3=1,
        device="cpu",
        keep=True,
    )
    run(request, cache, Silent())
    return request


def again(finished, out, first, **changes):
    return replace(
        finished, out=str(out), reuse=finished.out, from_stage=first, keep=False, **changes
    )


def pixels(folder):
    found = {}
    for path in sorted(folder.glob("opt_v*.tif")):
        with rasterio.open(path) as file:
            found[path.stem] = file.read().tobytes()
    return found


@pytest.mark.parametrize(
    ("first", "changes"),
    [
        (3, {"timesteps_3": 3}),
        (3, {"timesteps_3": 2, "extent": (500_803, 5_398_407, 501_603, 5_399_207)}),
        (2, {"biome": 6}),
        (2, {"month": 1, "stages": 2}),
    ],
)
def test_pixels_are_those_of_a_whole_run(cache, finished, tmp_path, first, changes):
    whole = replace(finished, out=str(tmp_path / "whole"), keep=False, **changes)
    run(whole, cache, Silent())
    run(again(finished, tmp_path / "again", first, **changes), cache, Silent())
    found = pixels(tmp_path / "again")
    assert found == pixels(tmp_path / "whole")
    assert found["opt_v2"] != pixels(finished.out_dir)["opt_v2"] or first == 3
    last = max(found)
    assert found[last] != pixels(finished.out_dir)[last]


def test_earlier_stages_are_not_computed(cache, finished, tmp_path, monkeypatch):
    from gac_core.stages.generate import Generate
    from gac_core.stages.refine import Refine

    def never(*_):
        raise AssertionError("computed")

    monkeypatch.setattr(Generate, "tokens", never)
    monkeypatch.setattr(Generate, "decode", never)
    monkeypatch.setattr(Refine, "compute", never)
    result = run(again(finished, tmp_path, 3), cache, Silent())
    assert list(result.outputs) == ["opt_v1", "opt_v2", "opt_v3"]


def test_tags_record_and_stac_say_what_was_taken_from_where(cache, finished, tmp_path):
    run(again(finished, tmp_path, 3), cache, Silent())
    record = json.loads((tmp_path / "run.json").read_text())
    before = json.loads((finished.out_dir / "run.json").read_text())
    assert record["taken"] == ["opt_v1", "opt_v2"]
    assert record["taken_from"]["folder"] == finished.out
    assert record["taken_from"]["started"] == before["started"]
    assert record["stages"]["opt_v2"]["taken_from"]["name"] == finished.out_dir.name
    assert "taken_from" not in record["stages"]["opt_v3"]
    assert record["stages"]["opt_v2"]["score"] == before["stages"]["opt_v2"]["score"]
    with rasterio.open(tmp_path / "opt_v3.tif") as file:
        tags = file.tags()
    assert f"opt_v1 opt_v2 from the run {finished.out_dir.name}" in tags["GAC_TAKEN"]
    assert json.loads(tags["GAC_PROVENANCE"])["taken"] == ["opt_v1", "opt_v2"]
    assert str(finished.out_dir.parent) not in tags["GAC_PROVENANCE"]
    item = json.loads((tmp_path / "stac_item.json").read_text())["properties"]
    assert item["gac:taken"] == ["opt_v1", "opt_v2"]
    assert "folder" not in item["gac:taken_from"]
    assert finished.out_dir.name in item["processing:lineage"]
    assert before["taken"] == [] and before["taken_from"] is None
    with rasterio.open(finished.out_dir / "opt_v3.tif") as file:
        assert "GAC_TAKEN" not in file.tags()


def test_what_was_taken_can_be_kept_and_taken_again(cache, finished, tmp_path):
    run(replace(again(finished, tmp_path / "b", 2, biome=6), keep=True), cache, Silent())
    second = replace(finished, out=str(tmp_path / "b"), biome=6)
    run(again(second, tmp_path / "c", 3), cache, Silent())
    assert pixels(tmp_path / "c") == pixels(tmp_path / "b")
    taken_from = json.loads((tmp_path / "c" / "run.json").read_text())["taken_from"]
    assert taken_from["name"] == "b"
    assert taken_from["taken_from"]["name"] == finished.out_dir.name


@pytest.mark.parametrize(
    ("first", "changes", "expected"),
    [
        (2, {"seed": 1}, ("kept-stage-differs", "seed")),
        (2, {"timesteps_1": 2}, ("kept-stage-differs", "timesteps of stage 1")),
        (3, {"biome": 6}, ("kept-stage-differs", "biome")),
        (3, {"month": 1}, ("kept-stage-differs", "month")),
        (2, {"modality": "S1RTC"}, ("kept-stage-differs", "reading of the radar")),
    ],
)
def test_stages_made_otherwise_are_refused(cache, finished, tmp_path, first, changes, expected):
    with raises(RequestError, *expected):
        run(again(finished, tmp_path / "out", first, **changes), cache, Silent())
    assert not list((tmp_path / "out").glob("*"))


def test_other_radar_and_other_models_are_refused(cache, finished, tmp_path):
    (tmp_path / "scene").mkdir()
    other = write_scene(tmp_path / "scene", 32633, 5_400_017.0)
    with raises(RequestError, "kept-stage-differs", "radar"):
        run(again(finished, tmp_path / "a", 2, sar=(str(other),)), cache, Silent())
    changed = {"temperature": 0.7, "top_p": 0.5}
    bundle = write_tiny_bundle(tmp_path / "tiny", sampling=changed)
    with raises(RequestError, "kept-stage-differs", "models of stage 1"):
        run(again(finished, tmp_path / "b", 2, bundle=str(bundle)), cache, Silent())


def test_models_of_later_stages_may_be_others(cache, finished, tiny_bundle, tmp_path):
    """Only stage 3 is new in it: what it does not compute with, it may take over."""
    bundle = tmp_path / "tiny"
    shutil.copytree(tiny_bundle, bundle)
    card = json.loads((bundle / "bundle.json").read_text())
    card["grounding"]["bridge"]["shape"] |= {"noise": 0.7}
    (bundle / "bundle.json").write_text(json.dumps(card))
    run(again(finished, tmp_path / "out", 3, bundle=str(bundle)), cache, Silent())
    found, before = pixels(tmp_path / "out"), pixels(finished.out_dir)
    assert found["opt_v2"] == before["opt_v2"] and found["opt_v3"] != before["opt_v3"]


def test_a_moved_copy_of_the_radar_is_the_same_radar(cache, finished, scene_path, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    copy = shutil.copy(scene_path, tmp_path / "elsewhere" / scene_path.name)
    run(again(finished, tmp_path / "out", 3, sar=(str(copy),)), cache, Silent())
    assert pixels(tmp_path / "out") == pixels(finished.out_dir)


def test_a_run_that_kept_nothing_is_refused(cache, finished, tmp_path):
    run(again(finished, tmp_path / "a", 3), cache, Silent())
    with raises(RequestError, "stages-not-kept"):
        run(replace(again(finished, tmp_path / "b", 3), reuse=str(tmp_path / "a")), cache, Silent())


def test_an_area_that_was_not_computed_is_refused(cache, finished, tmp_path):
    part = (500_803, 5_398_407, 501_603, 5_399_207)
    small = replace(finished, out=str(tmp_path / "small"), extent=part, stages=1)
    run(small, cache, Silent())
    with raises(RequestError, "kept-stage-too-small", "2"):
        run(again(replace(small, stages=3), tmp_path / "out", 2), cache, Silent())
    with raises(RequestError, "stage-not-kept", "2"):
        run(again(replace(small, stages=3), tmp_path / "out", 3), cache, Silent())


def test_damaged_stages_are_refused(cache, finished, tmp_path):
    broken = tmp_path / "broken"
    shutil.copytree(finished.out_dir, broken)
    path = broken / STAGE_CACHE / "opt_v2.bil"
    values = np.fromfile(path, np.float32)
    values[values.size // 2] += 1
    values.tofile(path)
    request = replace(again(finished, tmp_path / "out", 3), reuse=str(broken))
    with raises(RequestError, "kept-stage-damaged", "2"):
        run(request, cache, Silent())
    path.unlink()
    with raises(RequestError, "kept-stage-damaged", "2"):
        run(request, cache, Silent())
    (broken / STAGE_CACHE / STAGE_CACHE_MANIFEST).write_text("[]")
    with raises(RequestError, "stages-not-kept"):
        run(request, cache, Silent())


def test_a_run_does_not_replace_what_it_builds_upon(cache, finished):
    before = pixels(finished.out_dir)
    with raises(RequestError, "output-replaces-reused-run"):
        run(again(finished, finished.out, 3), cache, Silent())
    assert pixels(finished.out_dir) == before
    assert (finished.out_dir / STAGE_CACHE / STAGE_CACHE_MANIFEST).exists()


def test_an_interrupted_one_goes_on_even_without_the_other(cache, finished, tmp_path):
    source = tmp_path / "source"
    shutil.copytree(finished.out_dir, source)
    request = replace(again(finished, tmp_path / "out", 2, biome=6), reuse=str(source))

    class Stop(Silent):
        def progress(self, progress):
            if progress.stage == 3 and progress.tile == 2:
                raise Cancelled(keep=True)

    with pytest.raises(Cancelled):
        run(request, cache, Stop())
    (source / STAGE_CACHE / "opt_v1.bil").unlink()
    run(request, cache, Silent())
    whole = replace(finished, out=str(tmp_path / "whole"), biome=6, keep=False)
    run(whole, cache, Silent())
    assert pixels(tmp_path / "out") == pixels(tmp_path / "whole")


def test_a_new_run_in_the_folder_drops_what_was_kept(cache, finished, tmp_path):
    shutil.copytree(finished.out_dir, tmp_path / "out")
    run(replace(finished, out=str(tmp_path / "out"), keep=False, stages=1), cache, Silent())
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        "opt_v1.tif",
        "run.json",
        "stac_item.json",
    ]


def test_results_are_not_lost_if_stages_cannot_be_kept(cache, finished, tmp_path, monkeypatch):
    from gac_core.engine import pipeline

    def fail(*_):
        raise OutputError("No.")

    monkeypatch.setattr(pipeline, "keep_stages", fail)
    result = run(replace(finished, out=str(tmp_path)), cache, Silent())
    assert notes_with(result.notes, "No.")
    assert json.loads((tmp_path / "run.json").read_text())["status"] == "complete"


def test_the_command_takes_settings_from_the_run(finished, tmp_path, ended_with):
    out = str(tmp_path / "out")
    command = ["run", "--out", out, "--of", finished.out, "--from-stage", "3"]
    assert main([*command, "--timesteps-3", "2"]) == 0
    request = json.loads((tmp_path / "out" / "run.json").read_text())["request"]
    assert request["sar"] == list(finished.sar) and request["timesteps_3"] == 2
    assert request["bundle"] == finished.bundle and request["device"] == "cpu"
    assert not request["keep"]
    assert main(["run", "--out", out, "--of", str(tmp_path / "no"), "--from-stage", "3"]) == 1
    ended_with("finished-run-missing", tmp_path / "no")


@pytest.mark.parametrize(
    "changes",
    [{"from_stage": 2}, {"reuse": "run"}, {"from_stage": 3, "reuse": "run", "stages": 2}],
)
def test_requests_that_make_no_sense(changes):
    with pytest.raises(RequestError):
        RunRequest(sar=("a.tif",), out="o", **changes)
