"""Damaged and hostile folders in the Runs tab: listed as such, opened, removed; no list breaks."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest
from osgeo import gdal
from qgis.core import QgsProject, QgsSettings
from qgis.PyQt.QtGui import QDesktopServices

from gac_qgis_plugin import history
from gac_qgis_plugin.batches import batch_state as state_of_batch
from gac_qgis_plugin.batches import describe_batch, read_batch
from gac_qgis_plugin.core import records
from gac_qgis_plugin.core.i18n import translated
from gac_qgis_plugin.core.work_folder import is_busy, read_journal
from gac_qgis_plugin.display import range_from
from gac_qgis_plugin.environment import state as environment
from gac_qgis_plugin.export.parameters import ExportPlan
from gac_qgis_plugin.export.task import exported_item
from gac_qgis_plugin.gui.runs_panel import FOLDER, BatchesBox
from gac_qgis_plugin.maps import lacks_critic
from gac_qgis_plugin.results import run_in
from gac_qgis_plugin.runs import describe_run, open_run, read_entry, run_state
from tests.load import stretched
from tests.plugin.runs import write_run
from tests.plugin.test_batches import summary, write_batch
from tests.plugin.variants import JOURNAL, OTHERS, RUN, SUMMARY, variants

SEED = 11
SAMPLE = 40


def pipe(path: Path) -> None:
    os.mkfifo(path)


def zeros(path: Path) -> None:
    path.symlink_to("/dev/zero")


def terminal(path: Path) -> None:
    path.symlink_to("/dev/tty")


def folder(path: Path) -> None:
    path.mkdir()


def loop(path: Path) -> None:
    path.symlink_to(path.name)


def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(3 << 30)


@pytest.mark.parametrize("make", [pipe, zeros, terminal, folder, loop, huge])
@pytest.mark.parametrize("name", ["run.json", ".gac-work/journal.json"])
def test_a_record_that_is_no_plain_file_is_not_opened(qgis, tmp_path, make, name) -> None:
    write_run(tmp_path / "run")
    path = tmp_path / "run" / name
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    make(path)
    begun = time.monotonic()
    entry = read_entry(tmp_path / "run")
    assert time.monotonic() - begun < stretched(2.0)
    assert run_state(entry) == "damaged" and path.name in entry.damage
    assert entry.stages == (1, 2, 3) and entry.damage in describe_run(entry)
    assert not entry.can_resume


@pytest.mark.parametrize("make", [pipe, zeros, folder, loop, huge])
@pytest.mark.parametrize("name", ["summary.json", "batch.json"])
def test_a_batch_s_record_that_is_no_plain_file_is_not_opened(qgis, tmp_path, make, name) -> None:
    path = write_batch(tmp_path / "batch", summary()) / name
    path.unlink()
    make(path)
    entry = read_batch(tmp_path / "batch")
    assert state_of_batch(entry) == "damaged" and name in entry.damage
    assert str(tmp_path / "batch") in describe_batch(entry)


@pytest.mark.parametrize("make", [pipe, zeros, huge])
def test_other_files_that_are_no_plain_ones(qgis, tmp_path, make) -> None:
    for name in ("bundle.json", "gac-environment.json", "stac_item.json", "lock"):
        target = tmp_path / ".gac-work" / name if name == "lock" else tmp_path / name
        target.parent.mkdir(exist_ok=True)
        make(target)
    assert not lacks_critic({"bundle": {"path": str(tmp_path)}})
    assert environment.read_marker(tmp_path) is None
    assert not exported_item(ExportPlan(tmp_path, (1,), tmp_path / "out", "x"), tmp_path)
    assert make is huge or not is_busy(tmp_path)


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({"seed": "seven"}, "seed"),
        ({"scene": {"vv_band": [1]}}, "scene.vv_band"),
        ({"stages": {"opt_v2": {"score": {"gac": float("nan")}}}}, "stages.opt_v2.score.gac"),
        ({"request": {"sar": ["a.tif", 3]}}, "request.sar"),
        ({"request": {"seed": 2**70}}, "request.seed"),
        ({"request": {"later": [[]] * 2 + [json.loads("[" * 40 + "]" * 40)]}}, "request.later"),
    ],
)
def test_what_is_wrong_is_named_and_the_rest_is_read(qgis, tmp_path, values, place) -> None:
    write_run(tmp_path / "run")
    path = tmp_path / "run" / "run.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **values}))
    entry = read_entry(tmp_path / "run")
    assert place in entry.damage and run_state(entry) == "damaged"
    assert entry.bundle == "small" and entry.when


def test_null_is_absent_and_unknown_fields_of_a_request_are_kept(qgis, tmp_path) -> None:
    path = tmp_path / "r.json"
    request = {"sar": ["a"], "month": None, "new": {"x": [1.5, "y", None]}}
    path.write_text(json.dumps({"request": request, "device": None, "newer": 5}))
    reading = records.read(path, records.RunRecord)
    assert not reading.damage
    assert reading.values == {"request": {"sar": ["a"], "new": {"x": [1.5, "y", None]}}}


def test_a_whole_record_is_no_damaged_one(qgis, tmp_path) -> None:
    for number, (kind, document) in enumerate(
        [
            (records.RunRecord, RUN),
            (records.JournalRecord, JOURNAL),
            (records.Summary, SUMMARY),
            (records.RangeRecord, OTHERS["display.json"]),
            (records.StageCacheManifest, OTHERS["stages.json"]),
            (records.StacItem, OTHERS["stac_item.json"]),
        ]
    ):
        path = tmp_path / f"{number}.json"
        path.write_text(json.dumps(document))
        assert records.read(path, kind).damage == ""


def listed(tree: Any) -> dict[str, str]:
    """State by folder."""
    items = [tree.topLevelItem(index) for index in range(tree.topLevelItemCount())]
    return {item.data(0, FOLDER): item.text(2) for item in items}


def choose(tree: Any, wanted: Path) -> None:
    for index in range(tree.topLevelItemCount()):
        if tree.topLevelItem(index).data(0, FOLDER) == str(wanted):
            tree.setCurrentItem(tree.topLevelItem(index))
            return
    pytest.fail(f"{wanted} is not listed")


def test_damaged_ones_are_listed_opened_and_removed(panel, tmp_path, monkeypatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()))
    one, project = panel("good"), QgsProject.instance()
    good, bad = tmp_path / "good", tmp_path / "bad"
    for each in (good, bad):
        write_run(each)
        history.remember_run(each, project)
    (bad / "run.json").write_text('{"stages": [1], "request": 3}')
    batch = write_batch(tmp_path / "batch", summary())
    history.remember_batch(batch, project)
    (batch / "summary.json").write_text('{"scenes": {"north": {"blocks": [], "holes": [3]}}}')
    runs = one.dock.runs
    runs.refresh()
    runs.batches.refresh()
    assert listed(runs.list) == {str(good): "0.30", str(bad): "damaged"}
    assert listed(runs.batches.list) == {str(batch): "damaged"}
    choose(runs.list, bad)
    assert "Damaged: run.json" in runs.details.text() and "bad" in runs.details.text()
    assert not runs.again_menu.same.isEnabled()
    runs.folder_button.click()
    choose(runs.batches.list, batch)
    assert "Damaged: summary.json" in runs.batches.details.text()
    runs.batches.folder_button.click()
    assert shown == [str(bad), str(batch)]
    runs.open_button.click()
    assert run_in(project, bad) is not None, "its images are sound"
    runs.refresh()
    assert not runs.forget_button.isEnabled(), "what is on the map is listed for that"
    project.removeAllMapLayers()
    runs.refresh()
    choose(runs.list, bad)
    runs.forget_button.click()
    runs.batches.forget_button.click()
    assert listed(runs.list) == {str(good): "0.30"} and listed(runs.batches.list) == {}
    assert (bad / "opt_v1.tif").is_file() and (batch / "summary.json").is_file()


ODD_FOLDERS = (
    "/" + "x" * 5000,
    "/x\x00y",
    "/dev/zero",
    "/dev/stdin/run",
    "/nowhere/\udce9t\ud800",
    "relative",
    "/proc/1/root/x",
    "/" + "../" * 40 + "etc",
    "<b>&\x1b[2J",
)


def test_remembered_folders_of_any_name(panel) -> None:
    for kind in ("runs", "batches", "unfinished"):
        QgsSettings().setValue(f"gac/{kind}", json.dumps([*ODD_FOLDERS, 5, None, ["x"]]))
    project = QgsProject.instance()
    for kind in ("runs", "batches"):
        project.writeEntry("gac", f"/{kind}", ["relative/run", "x" * 5000, "../../..", "\x08"])
    one = panel("good")
    one.window.mainWindow().show()
    runs = one.dock.runs
    runs.refresh()
    assert set(listed(runs.list).values()) == {"no files", "damaged"}
    assert len(listed(runs.list)) >= 12
    for index in range(runs.list.topLevelItemCount()):
        runs.list.setCurrentItem(runs.list.topLevelItem(index))
        assert runs.details.text()
    box = BatchesBox(one.window)
    assert box.list.topLevelItemCount() >= 12
    assert one.controller.unfinished() == []
    before = runs.list.topLevelItemCount()
    runs.delete()
    assert runs.list.topLevelItemCount() == before - 1


@pytest.mark.parametrize("text", ["5", "null", "{}", "[[]]", "[" * 100_000, '"x"', "\x00"])
def test_settings_that_hold_no_list(qgis, text) -> None:
    for kind in ("runs", "batches", "unfinished"):
        QgsSettings().setValue(f"gac/{kind}", text)
    assert history.run_folders(QgsProject.instance()) == []
    assert history.batch_folders(QgsProject.instance()) == []
    assert history.unfinished_folders() == []


def test_the_tab_is_made_and_used_with_records_of_any_content(panel, tmp_path) -> None:
    project = QgsProject.instance()
    write_run(tmp_path / "sound")
    history.remember_run(tmp_path / "sound", project)
    batch_folder = write_batch(tmp_path / "batch-sound", summary())
    history.remember_batch(batch_folder, project)
    documents = [list(variants(each, 700, SEED))[::17] for each in (RUN, JOURNAL, SUMMARY)]
    for number in range(SAMPLE):
        record, journal, total = (each[number] for each in documents)
        run, batch = tmp_path / f"run{number}", tmp_path / f"batch{number}"
        (run / ".gac-work").mkdir(parents=True)
        (run / "opt_v1.tif").symlink_to(tmp_path / "sound" / "opt_v1.tif")
        (run / "run.json").write_bytes(record)
        (run / ".gac-work" / "journal.json").write_bytes(journal)
        batch.mkdir()
        (batch / "batch.json").write_text("{}")
        (batch / "summary.json").write_bytes(total)
        QgsSettings().setValue("gac/unfinished", json.dumps([str(run)]))
        project.writeEntry("gac", "/runs", [str(tmp_path / f"run{n}") for n in range(number + 1)])
        project.writeEntry(
            "gac", "/batches", [str(tmp_path / f"batch{n}") for n in range(number + 1)]
        )
    one = panel("good")
    runs = one.dock.runs
    states = listed(runs.list)
    assert len(states) == SAMPLE + 1 and states[str(tmp_path / "sound")] == "0.30"
    assert list(states.values()).count("damaged") > SAMPLE / 2
    for index in range(runs.list.topLevelItemCount()):
        runs.list.setCurrentItem(runs.list.topLevelItem(index))
        assert runs.details.text()
        runs.ask_again(1)
        runs.ask_again(2)
    box = BatchesBox(one.window)
    assert listed(box.list)[str(batch_folder)] == "complete" and len(listed(box.list)) == SAMPLE + 1
    for index in range(box.list.topLevelItemCount()):
        box.list.setCurrentItem(box.list.topLevelItem(index))
        assert box.details.text()
    box._on_timer()


def test_a_project_with_a_run_of_odd_texts_can_be_opened_again(qgis, tmp_path) -> None:
    write_run(tmp_path / "run")
    path = tmp_path / "run" / "run.json"
    values = json.loads(path.read_text())
    odd = "x\x00\x08\x1b[2J\ufffe\ud800y"
    values["bundle"] = {"name": odd, "kind": odd, "licence": odd}
    values["request"]["sar"] = [f"/data/{odd}.tif"]
    values["inputs"] = [{"path": odd}]
    path.write_text(json.dumps(values))
    project = QgsProject.instance()
    open_run(read_entry(tmp_path / "run"), project)
    assert project.write(str(tmp_path / "p.qgs"))
    project.clear()
    assert project.read(str(tmp_path / "p.qgs"))
    assert len(project.mapLayers()) == 3
    assert gdal.Open(str(tmp_path / "run" / "opt_v1.tif")) is not None


def test_scenes_do_not_lead_out_of_the_batch(qgis, tmp_path) -> None:
    secret = write_batch(tmp_path / "elsewhere", summary())
    values = summary()
    names = ["../elsewhere/north", str(secret / "north"), "..", ".", "", "a\\b", "n" * 300]
    values["scenes"].update(dict.fromkeys(names, values["scenes"]["north"]))
    entry = read_batch(write_batch(tmp_path / "batch", values))
    assert list(entry.layers()) == ["north"]


@pytest.mark.parametrize("text", ["[" * 100_000, '{"low": %s}' % ("9" * 5000), "null", "\ud800"])
def test_a_layer_s_property_is_no_range(qgis, text) -> None:
    assert range_from(text) is None


def test_half_a_character_from_the_worker_is_told_all_the_same(qgis) -> None:
    assert translated("broken \ud800 text") == "broken ? text"
    assert read_journal(Path("/nowhere/\ud800")) is None
