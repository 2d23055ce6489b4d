"""The panel says what a run would take before it is started."""

from __future__ import annotations

import json

from gac_qgis_plugin.gui.status_lines import MemoryLine


def asked(log) -> list[dict]:
    lines = [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []
    return [line["params"] for line in lines if line["method"] == "estimate"]


def test_it_follows_what_is_chosen(panel, radar, wait, tmp_path, monkeypatch) -> None:
    log = tmp_path / "asked.jsonl"
    monkeypatch.setenv("GAC_FAKE_LOG", str(log))
    one = panel("good")
    one.dock.open_for(radar())
    line = one.dock.memory
    wait(lambda: "Memory 1.5 of 6.2 GB free" in line.text())
    assert "Disk 0.2 of 42 GB free" in line.text() and "⚠" not in line.text()
    assert asked(log)[-1]["bundle"] == "demo" and asked(log)[-1]["stages"] == 3
    combo = one.dock.model.bundle_combo
    combo.setCurrentIndex(combo.findText("Toy (even smaller)"))
    wait(lambda: "<b>Memory 9.1 of 6.2 GB free</b>" in line.text())
    assert "choose a smaller bundle" in line.text()
    one.dock.model.stages_combo.setCurrentIndex(2)
    wait(lambda: asked(log)[-1]["stages"] == 1)
    devices = one.dock.advanced.device_combo
    devices.setCurrentIndex(devices.findData("cpu"))
    wait(lambda: asked(log)[-1]["device"] == "cpu")
    # A bundle that cannot run has nothing to estimate.
    combo.setCurrentIndex(1)
    wait(lambda: line.isHidden())


def test_the_line_fits_a_narrow_panel(panel, radar, wait) -> None:
    one = panel("good")
    one.dock.open_for(radar())
    one.dock.resize(320, 800)
    wait(lambda: bool(one.dock.memory.text()))
    assert one.dock.memory.minimumSizeHint().width() <= 320
    assert one.dock.minimumSizeHint().width() <= 320


def test_a_gpu_is_told_with_its_batch_and_precision(qgis) -> None:
    line = MemoryLine()
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
        }
    )
    assert "GPU memory 2.0 of 8.0 GB free" in line.text()
    assert "batches of 16, 16-bit" in line.text()


def test_an_old_engine_that_knows_no_estimate(qgis) -> None:
    line = MemoryLine()
    line.show_estimate({})
    assert line.isHidden()
