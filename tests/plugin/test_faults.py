"""Everything that can happen to a run while it is on its way."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
)
from qgis.PyQt.QtWidgets import QMessageBox

from gac_qgis_plugin import history
from gac_qgis_plugin.core.work_folder import read_journal
from gac_qgis_plugin.gui import messages
from gac_qgis_plugin.processing.run import RunAlgorithm
from gac_qgis_plugin.worker import engine
from tests.load import stretched
from tests.problems import assert_problem

ROOT = Path(__file__).resolve().parents[2]
KILLS = 24


@pytest.fixture
def going(panel, radar, wait) -> Any:
    """A panel with a run that is some tiles into stage 1."""

    def make(*modes: str, **options: Any) -> Any:
        one = panel(*modes, **options)
        one.dock.open_for(radar("s1"))
        # Several tiles may be told between two looks.
        told: list[Any] = []
        one.controller.progressed.connect(told.append)
        one.dock.footer.run_button.click()
        wait(lambda: any(event["tile"] >= 3 for event in told))
        return one

    return make


def folder_of(one: Any) -> Path:
    return one.controller._folder


def kill(one: Any) -> None:
    os.kill(one.client._process._process.processId(), signal.SIGKILL)


def run_beside(layer: Any, out: Path, mode: str, fake_launch: Any, monkeypatch: Any) -> Any:
    """Runs `gac:run` here and now, while the panel's run waits for the main thread."""
    monkeypatch.setattr(engine, "find_launch", lambda: fake_launch(mode))
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    values = {"INPUT": layer, "OUTPUT_FOLDER": str(out)}
    algorithm = RunAlgorithm()
    algorithm.initAlgorithm()
    return algorithm.run(values, context, QgsProcessingFeedback(False), {}, False)


# (a) How it ends, and what is kept.


def test_the_panels_cancel_keeps_nothing_but_stages(going, wait) -> None:
    one = going("slow")
    one.dock.footer.cancel_button.click()
    wait(lambda: one.outcomes, 2.0)
    assert one.outcomes[0].state == "cancelled"
    assert not folder_of(one).exists()
    assert history.unfinished_folders() == []
    assert one.dock.footer.unfinished.isHidden()


def test_qgis_list_of_tasks_stops_and_resume_goes_on(going, wait) -> None:
    one = going("slow")
    QgsApplication.taskManager().cancelAll()
    wait(lambda: one.outcomes, 2.5)
    assert one.outcomes[0].state == "stopped"
    assert any("The run was stopped; computed tiles are kept." in t for t in one.messages())
    assert "Stopped" in one.dock.footer.progress.message.text()
    (line,) = one.dock.footer.unfinished.lines
    assert "stage" in line.text()
    tile = read_journal(folder_of(one)).tile
    progress: list[Any] = []
    one.controller.progressed.connect(progress.append)
    one.press("Resume")
    assert not any("The run was stopped" in text for text in one.messages()), "it is used up"
    assert one.dock.footer.unfinished.isHidden()
    wait(lambda: any(event["stage"] for event in progress))
    assert next(e for e in progress if e["stage"])["tile"] == tile + 1


def test_the_message_lets_one_discard_after_asking(going, wait, monkeypatch) -> None:
    one = going("slow")
    QgsApplication.taskManager().cancelAll()
    wait(lambda: one.outcomes, 2.5)
    answers = [QMessageBox.StandardButton.Cancel, QMessageBox.StandardButton.Discard]
    monkeypatch.setattr(messages.QMessageBox, "question", lambda *a: answers.pop(0))
    one.press("Discard…")
    assert read_journal(folder_of(one)) is not None
    one.press("Discard…")
    assert not folder_of(one).exists()
    assert not any("The run was stopped" in text for text in one.messages())
    assert history.unfinished_folders() == []


def test_a_run_that_was_stopped_before_it_computed_anything_leaves_nothing(
    panel, radar, wait
) -> None:
    one = panel("old")
    one.dock.open_for(radar("s1"))
    one.dock.footer.run_button.click()
    QgsApplication.taskManager().cancelAll()
    wait(lambda: one.outcomes, 3.0)
    assert one.outcomes[0].state == "stopped"
    assert any("before anything was computed" in text for text in one.messages())
    assert not folder_of(one).exists()


def test_unloading_keeps_the_run(going, wait, pause) -> None:
    one = going("slow")
    one.client.close()
    one.controller.close()
    pause(0.3)
    assert one.outcomes == []
    assert read_journal(folder_of(one)) is not None
    assert history.unfinished_folders() == [folder_of(one)]


def test_a_failed_run_with_a_journal_can_be_gone_on_with(panel, radar, wait) -> None:
    one = panel("break")
    one.dock.open_for(radar("s1"))
    one.dock.footer.run_button.click()
    wait(lambda: one.outcomes)
    (text,) = [text for text in one.messages() if "disk is full" in text]
    assert "Free room." in text
    assert "Computed tiles are kept." in text
    one.press("Resume")
    wait(lambda: len(one.outcomes) == 2)
    assert one.outcomes[1].state == "done"
    assert not (folder_of(one) / ".gac-work").exists()
    assert history.unfinished_folders() == []
    names = [layer.name()[:2] for layer in QgsProject.instance().mapLayers().values()]
    assert sorted(names) == ["s1", "v1", "v2", "v3"], "nothing is there twice"


def test_a_failed_run_without_one_leaves_nothing(panel, radar, wait) -> None:
    one = panel("refuse")
    one.dock.open_for(radar("s1"))
    one.dock.footer.run_button.click()
    wait(lambda: one.outcomes)
    assert not folder_of(one).exists()
    assert history.unfinished_folders() == []
    assert not any("Resume" in text for text in one.messages())


def test_killed_at_any_moment_the_run_can_be_gone_on_with(panel, radar, wait, pulse) -> None:
    """Whenever the worker dies, QGIS lives, says so, and the next run works."""
    one = panel("good")
    layer = radar("s1")
    one.dock.open_for(layer)
    wait(lambda: "a fake CPU" in one.dock.footer.worker_line.text())
    chance = random.Random(7)
    resumed = died = 0
    for number in range(KILLS):
        one.outcomes.clear()
        one.window.messageBar().clearWidgets()
        one.dock.footer.run_button.click()
        moment = time.monotonic() + chance.uniform(0.0, 0.28)
        wait(lambda at=moment: time.monotonic() > at)
        if one.client.is_alive and one.controller.is_running:
            kill(one)
        wait(lambda: one.outcomes)
        state = one.outcomes[0].state
        assert one.dock.footer.run_button.isEnabled()
        if state == "done":
            continue
        died += 1
        assert state == "failed", number
        assert_problem(one.outcomes[0].problem, "worker-crashed")
        assert one.outcomes[0].problem.message in " ".join(one.messages())
        is_kept = folder_of(one) in history.unfinished_folders()
        assert (read_journal(folder_of(one)) is not None) == is_kept
        if is_kept:
            resumed += 1
            one.press("Resume")
            wait(lambda: len(one.outcomes) == 2)
            assert one.outcomes[1].state == "done"
            assert not (folder_of(one) / ".gac-work").exists()
    assert died >= KILLS // 2
    assert resumed >= 3
    assert history.unfinished_folders() == []
    one.outcomes.clear()
    one.dock.footer.run_button.click()
    wait(lambda: one.outcomes)
    assert one.outcomes[0].state == "done"
    assert pulse.longest < stretched(1.0)


def test_killed_while_it_rests_it_is_replaced(panel, radar, wait) -> None:
    one = panel("good")
    one.dock.open_for(radar("s1"))
    wait(lambda: "a fake CPU" in one.dock.footer.worker_line.text())
    kill(one)
    wait(lambda: not one.client.is_alive)
    one.dock.footer.run_button.click()
    wait(lambda: one.outcomes)
    assert one.outcomes[0].state == "done"


# (b) and (c) are in test_unfinished.py, but for a whole QGIS restart:


def test_another_qgis_finds_the_run_that_died_with_the_first(going, panel, client, wait) -> None:
    first = going("slow")
    kill(first)
    wait(lambda: first.outcomes)
    second = panel("good")
    second.dock.open_for(None)
    (line,) = second.dock.footer.unfinished.lines
    line.linkActivated.emit("resume")
    wait(lambda: second.outcomes)
    assert second.outcomes[0].state == "done"
    assert folder_of(second) == folder_of(first)


# (d) Two runs at once.


def test_run_cannot_be_pressed_twice(going) -> None:
    one = going("slow")
    folder = folder_of(one)
    assert not one.dock.footer.run_button.isEnabled()
    one.dock.start_run()
    one.controller.resume(folder)
    assert folder_of(one) == folder
    assert len(list(folder.parent.iterdir())) == 1


def test_while_a_run_is_on_none_can_be_resumed(going, wait, radar) -> None:
    one = going("slow", "slow")
    QgsApplication.taskManager().cancelAll()
    wait(lambda: one.outcomes, 2.5)
    one.dock.footer.run_button.click()
    (line,) = one.dock.footer.unfinished.lines
    assert 'href="resume"' not in line.text()
    assert 'href="discard"' in line.text()


def test_processing_beside_it_works_in_another_folder(
    going, wait, tmp_path, fake_launch, monkeypatch
) -> None:
    one = going("slow")
    results, ok = run_beside(
        one.dock.input.layer, tmp_path / "other", "good", fake_launch, monkeypatch
    )
    assert ok and Path(results["OPT_V3"]).is_file()
    one.dock.footer.cancel_button.click()
    wait(lambda: one.outcomes, 2.0)
    assert one.outcomes[0].state == "cancelled"


def test_processing_in_the_same_folder_is_refused_and_harms_nothing(
    going, wait, fake_launch, monkeypatch
) -> None:
    one = going("slow")
    with pytest.raises(QgsProcessingException, match=r"Another run is writing to .* Wait\.$"):
        run_beside(one.dock.input.layer, folder_of(one), "good", fake_launch, monkeypatch)
    tile = read_journal(folder_of(one)).tile
    wait(lambda: f"tile {tile + 5} " in one.dock.footer.progress.message.text())


# (e) The project changes under the run.


def test_the_radar_layer_goes(going, wait) -> None:
    one = going("good")
    QgsProject.instance().removeMapLayer(one.dock.input.layer.id())
    wait(lambda: one.outcomes)
    assert one.outcomes[0].state == "done"
    names = [layer.name()[:2] for layer in QgsProject.instance().mapLayers().values()]
    assert sorted(names) == ["v1", "v2", "v3"]


def test_the_group_goes(panel, radar, wait) -> None:
    one = panel("good")
    one.dock.open_for(radar("s1"))
    root = QgsProject.instance().layerTreeRoot()

    def remove(event: Any) -> None:
        for group in root.findGroups():
            root.removeChildNode(group)

    one.controller.stage_finished.connect(remove)
    one.dock.footer.run_button.click()
    wait(lambda: one.outcomes)
    assert one.outcomes[0].state == "done"


@pytest.mark.parametrize("other", [False, True])
def test_the_project_goes(going, wait, tmp_path, other) -> None:
    project = QgsProject.instance()
    one = going("good")
    if other:
        (tmp_path / "other.qgs").write_text("<qgis projectname='other'/>")
        project.read(str(tmp_path / "other.qgs"))
    else:
        project.clear()
    wait(lambda: one.outcomes)
    assert one.outcomes[0].state == "done"
    assert project.count() == 0
    wait(lambda: any(str(folder_of(one)) in text for text in one.messages()))
    assert (folder_of(one) / "opt_v3.qmd").is_file()


# QGIS itself ends.


def small_qgis(tmp_path: Path, *words: str) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "QGIS_CUSTOM_CONFIG_PATH": str(tmp_path / "profile"),
    }
    command = [sys.executable, str(ROOT / "tests" / "plugin" / "small_qgis.py"), *words]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )


@pytest.mark.parametrize("how", ["killed", "closed"])
def test_qgis_ends_and_the_run_stays(tmp_path, wait, how) -> None:
    mode = {"killed": "run", "closed": "close"}[how]
    process = small_qgis(tmp_path, mode, str(tmp_path / "results"))
    assert process.stdout is not None
    worker = Path("/proc") / process.stdout.readline().strip()
    assert worker.name.isdigit()
    if how == "killed":
        process.kill()
    process.wait(20)
    wait(lambda: not worker.exists() or " Z " in (worker / "stat").read_text(), 5.0)
    (folder,) = (tmp_path / "results").iterdir()
    assert read_journal(folder) is not None
    told, _ = small_qgis(tmp_path, "list").communicate(timeout=30)
    assert told.split() == [str(folder)]
