"""Running again: the same, with changes, and from a later stage on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from qgis.core import QgsProject

from gac_core.contract.layout import STAGE_CACHE, STAGE_CACHE_MANIFEST
from gac_qgis_plugin import history
from gac_qgis_plugin.gui.dock import RUN_TAB
from gac_qgis_plugin.runs import delete_run, files_of, read_entry, reusable_from
from tests.plugin.runs import write_run
from tests.problems import assert_problem

REQUEST = {
    "bundle": "demo",
    "seed": 7,
    "timesteps_1": 4,
    "timesteps_3": 5,
    "stages": 3,
    "month": 6,
    "biome": 4,
    "unit": "db",
    "device": "cpu",
    "extent": [676800.0, 5394600.0, 677100.0, 5394800.0],
    "extent_crs": "EPSG:32633",
    "from_stage": 1,
    "reuse": "",
    "keep": True,
}


def keep_stages(folder: Path, *stages: int) -> None:
    (folder / STAGE_CACHE).mkdir()
    manifest = {"format": 1, "run": {}, "stages": {f"opt_v{n}": {} for n in stages}}
    (folder / STAGE_CACHE / STAGE_CACHE_MANIFEST).write_text(json.dumps(manifest))
    for number in stages:
        (folder / STAGE_CACHE / f"opt_v{number}.bil").write_bytes(b"0")


@pytest.fixture
def finished(radar, tmp_path):
    """A run of a radar layer of the project, with its stages kept."""
    source = radar("s1").source()
    folder = tmp_path / "runs" / "done"
    write_run(folder, source)
    record = json.loads((folder / "run.json").read_text())
    record["request"] = {**REQUEST, "sar": [source], "out": str(folder)}
    (folder / "run.json").write_text(json.dumps(record))
    keep_stages(folder, 1, 2)
    history.remember_run(folder, QgsProject.instance())
    return folder


def choose(dock, folder):
    dock.runs.refresh()
    dock.runs.list.setCurrentItem(dock.runs.list.topLevelItem(0))
    assert dock.runs.chosen().folder == folder


@pytest.mark.parametrize(
    ("kept", "possible"), [((1, 2), (2, 3)), ((1,), (2,)), ((2,), ()), ((), ())]
)
def test_where_a_run_may_begin(tmp_path, kept, possible) -> None:
    keep_stages(tmp_path, *kept)
    assert reusable_from(tmp_path) == possible


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"stages": 3}'])
def test_a_manifest_that_makes_no_sense(tmp_path, text) -> None:
    (tmp_path / STAGE_CACHE).mkdir()
    (tmp_path / STAGE_CACHE / STAGE_CACHE_MANIFEST).write_text(text)
    assert reusable_from(tmp_path) == ()


def test_the_same_again(panel, finished, monkeypatch) -> None:
    one = panel("good")
    dock = one.dock
    choose(dock, finished)
    jobs = []
    monkeypatch.setattr(one.controller, "start", jobs.append)
    dock.runs.again_menu.same.trigger()
    (job,) = jobs
    assert job.output_parent == finished.parent and job.layer_name == "s1"
    expected = {k: v for k, v in REQUEST.items() if k not in ("from_stage", "reuse")}
    assert {k: v for k, v in job.params.items() if k != "sar"} == expected


def test_with_changes_the_panel_is_filled_with_the_settings(panel, finished) -> None:
    one = panel("good")
    dock = one.dock
    choose(dock, finished)
    dock.runs.again_menu.changes[1].trigger()
    assert dock.tabs.currentIndex() == RUN_TAB and not dock.derived_line.text()
    params = dock.job().params
    for key in ("seed", "timesteps_1", "timesteps_3", "month", "biome", "unit", "device", "stages"):
        assert params[key] == REQUEST[key], key
    assert params["extent"] == pytest.approx(REQUEST["extent"])
    assert params["extent_crs"] == "EPSG:32633" and "reuse" not in params


def test_from_stage_3_only_what_it_depends_on_can_be_changed(panel, finished) -> None:
    one = panel("good")
    dock = one.dock
    choose(dock, finished)
    dock.runs.again_menu.changes[3].trigger()
    assert "Stages 1 and 2 of" in dock.derived_line.text()
    assert not dock.advanced.seed.isEnabled() and not dock.model.month_combo.isEnabled()
    assert dock.advanced.timesteps_3.isEnabled() and not dock.input.isVisibleTo(dock)
    dock.advanced.timesteps_3.setValue(9)
    dock.advanced.seed.setValue(99)
    dock.model.month_combo.setCurrentIndex(1)
    params = dock.job().params
    assert params["timesteps_3"] == 9
    dock.advanced.timesteps_3.setValue(0)
    assert dock.job().params["timesteps_3"] is None, "as the bundle needs, whatever it was"
    assert (params["seed"], params["month"], params["biome"]) == (7, 6, 4)
    assert (params["from_stage"], params["reuse"]) == (3, str(finished))
    assert params["extent"] == REQUEST["extent"] and "out" not in params
    dock.derived_line.linkActivated.emit("new")
    assert dock.advanced.seed.isEnabled() and dock.input.isVisibleTo(dock)
    assert "reuse" not in dock.job().params


def test_from_stage_2_month_and_biome_can_be_changed_too(panel, finished) -> None:
    one = panel("good")
    dock = one.dock
    choose(dock, finished)
    dock.runs.again_menu.changes[2].trigger()
    dock.model.month_combo.setCurrentIndex(dock.model.month_combo.findData(1))
    dock.model.biome_combo.setCurrentIndex(3)
    dock.model.stages_combo.setCurrentIndex(2)  # one stage: nothing would be computed
    params = dock.job().params
    assert (params["month"], params["biome"], params["seed"]) == (1, 2, 7)
    assert (params["from_stage"], params["stages"]) == (2, 2)
    dock.model.month_combo.setCurrentIndex(0)
    dock.model.biome_combo.setCurrentIndex(0)
    assert dock.job().params["month"] is None and dock.job().params["biome"] is None


def test_a_run_without_kept_stages_offers_only_whole_runs(panel, finished) -> None:
    (finished / STAGE_CACHE / STAGE_CACHE_MANIFEST).unlink()
    one = panel("good")
    dock = one.dock
    choose(dock, finished)
    assert dock.runs.again_button.isEnabled() and dock.runs.again_menu.changes[1].isEnabled()
    assert not dock.runs.again_menu.changes[2].isEnabled()
    assert "not kept" in dock.runs.again_menu.changes[3].toolTip()


def test_radar_that_is_gone_is_told(panel, finished, tmp_path, failures) -> None:
    record = json.loads((finished / "run.json").read_text())
    record["request"]["sar"] = [str(tmp_path / "gone.tif")]
    (finished / "run.json").write_text(json.dumps(record))
    one = panel("good")
    dock = one.dock
    choose(dock, finished)
    menu = dock.runs.again_menu
    for action in (menu.same, menu.changes[1]):
        one.window.messageBar().clearWidgets()
        action.trigger()
        assert_problem(failures[-1], "run-radar-missing", "gone.tif")
        assert failures[-1].message in one.messages()[0]


def test_deleting_a_run_deletes_what_it_kept(qgis, finished) -> None:
    assert finished / STAGE_CACHE / "opt_v1.bil" in files_of(finished)
    delete_run(finished, QgsProject.instance())
    assert not finished.exists()


def test_what_a_link_leads_to_stays(qgis, tmp_path) -> None:
    write_run(tmp_path / "run")
    other = tmp_path / "other"
    other.mkdir()
    (other / STAGE_CACHE_MANIFEST).write_text("{}")
    (tmp_path / "run" / STAGE_CACHE).symlink_to(other)
    assert read_entry(tmp_path / "run").stages == (1, 2, 3)
    delete_run(tmp_path / "run", QgsProject.instance())
    assert (other / STAGE_CACHE_MANIFEST).exists()


def test_kept_stages_can_be_removed_and_the_images_stay(panel, finished) -> None:
    one = panel("good")
    dock = one.dock
    choose(dock, finished)
    assert "Remove kept stages (" in dock.runs.again_menu.free.text()
    mine = finished / STAGE_CACHE / "notes.txt"
    mine.write_text("mine")
    images = sorted(finished.glob("*.tif"))
    dock.runs.again_menu.free.trigger()
    assert list((finished / STAGE_CACHE).iterdir()) == [mine]
    assert images and sorted(finished.glob("*.tif")) == images
    assert not dock.runs.again_menu.free.isEnabled()
    assert not dock.runs.again_menu.changes[2].isEnabled()


def test_kept_stages_that_cannot_be_removed_are_told(
    panel, finished, monkeypatch, failures
) -> None:
    one = panel("good")
    dock = one.dock
    choose(dock, finished)
    unlink = Path.unlink

    def held(path: Path, missing_ok: bool = False) -> None:
        if path.name == "opt_v2.bil":
            raise PermissionError(13, "held by another program")
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", held)
    dock.runs.again_menu.free.trigger()
    assert_problem(failures[-1], "not-all-deleted")
    assert failures[-1].message in one.messages()[0]
    assert not dock.runs.again_menu.changes[2].isEnabled()
