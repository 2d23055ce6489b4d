"""The panel says what a run would take before it is started."""

from __future__ import annotations

import json

import pytest

from gac_qgis_plugin.gui.cost_line import CostLine, duration, summarise_work

WORK = {
    "tiles": {"1": 36, "2": 64, "3": 64},
    "quick_tiles": {"1": 9, "2": 16, "3": 16},
    "surroundings": 0.75,
    "seconds": None,
    "quick_seconds": None,
}


def asked(log) -> list[dict]:
    lines = [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []
    return [line["params"] for line in lines if line["method"] == "estimate"]


@pytest.fixture
def log(tmp_path, monkeypatch):
    path = tmp_path / "asked.jsonl"
    monkeypatch.setenv("GAC_FAKE_LOG", str(path))
    return path


def test_it_follows_what_is_chosen(panel, radar, wait, log) -> None:
    one = panel("good")
    one.dock.open_for(radar())
    cost = one.dock.area.cost
    wait(lambda: "Memory 1.5 of 6.2 GB free" in cost.label.toolTip())
    assert "Disk 0.2 of 42 GB free" in cost.label.toolTip()
    assert cost.shortage.isHidden(), "what fits takes no room"
    assert asked(log)[-1]["bundle"] == "demo" and asked(log)[-1]["stages"] == 3
    combo = one.dock.model.bundle_combo
    combo.setCurrentIndex(combo.findText("Toy (even smaller)"))
    wait(lambda: "<b>Memory 9.1 of 6.2 GB free</b>" in cost.shortage.text())
    assert "choose a smaller bundle" in cost.shortage.text()
    assert "Disk" not in cost.shortage.text()
    one.dock.model.stages_combo.setCurrentIndex(2)
    wait(lambda: asked(log)[-1]["stages"] == 1)
    devices = one.dock.advanced.device_combo
    devices.setCurrentIndex(devices.findData("cpu"))
    wait(lambda: asked(log)[-1]["device"] == "cpu")
    # A bundle that cannot run has nothing to estimate.
    combo.setCurrentIndex(1)
    wait(lambda: cost.isHidden())


def test_surroundings_are_told_and_can_be_left_out(panel, radar, wait, log) -> None:
    one = panel("good")
    one.dock.open_for(radar())
    cost = one.dock.area.cost
    wait(lambda: "75" in cost.label.text())
    assert "36" in cost.label.text(), "blocks of stage 1"
    assert "123 of 164" in cost.label.toolTip()
    assert "quick" not in one.dock.job().params
    cost.quick_button.click()
    wait(lambda: asked(log)[-1].get("quick") is True)
    assert one.dock.job().params["quick"] is True
    assert "9" in cost.label.text() and "75" not in cost.label.text()
    cost.quick_button.click()
    wait(lambda: not asked(log)[-1].get("quick"))
    assert "75" in cost.label.text()


def test_without_surroundings_there_is_no_quick_way(qgis) -> None:
    line = CostLine()
    line.show_estimate({"work": {**WORK, "quick_tiles": WORK["tiles"], "surroundings": 0.0}})
    assert line.quick_button.isHidden() and "36" in line.label.text()
    line.show_estimate({"work": WORK})
    assert not line.quick_button.isHidden()


def test_a_time_takes_the_place_of_blocks_once_it_can_be_estimated(qgis) -> None:
    timed = {**WORK, "seconds": 118.0, "quick_seconds": 31.0}
    assert summarise_work(timed, False).startswith("about 2 min · ")
    assert summarise_work(timed, True).startswith("about 30 s · ")
    assert [duration(each) for each in (1, 89, 3600, 7200)] == [
        "about 5 s",
        "about 90 s",
        "about 60 min",
        "about 2 h 0 min",
    ]


def test_the_line_fits_a_narrow_panel(panel, radar, wait) -> None:
    one = panel("good")
    one.dock.open_for(radar())
    one.dock.resize(298, 800)
    wait(lambda: bool(one.dock.area.cost.label.text()))
    assert one.dock.minimumSizeHint().width() <= 298


def test_a_gpu_is_told_with_its_batch_and_precision(qgis) -> None:
    line = CostLine()
    room = {"needed": 2e9, "free": 8e9, "fits": True}
    line.show_estimate(
        {
            "device": "cuda",
            "precision": "bfloat16",
            "batch": 16,
            "memory": room,
            "gpu": room,
            "disk": room,
            "advice": [],
            "work": WORK,
        }
    )
    assert "GPU memory 2.0 of 8.0 GB free" in line.label.toolTip()
    assert "batches of 16, 16-bit" in line.label.toolTip()


def test_an_old_engine_that_knows_no_estimate(qgis) -> None:
    line = CostLine()
    line.show_estimate({})
    assert line.isHidden()
