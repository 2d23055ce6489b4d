"""Work that is kept: journals, remembered folders, the panel's lines about them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtWidgets import QMessageBox

from gac_qgis_plugin import history
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.core.work_folder import discard_run, discard_work, is_busy, read_journal
from gac_qgis_plugin.gui import messages
from gac_qgis_plugin.jobs import resumption
from tests.plugin.lock_files import lock_file
from tests.problems import assert_problem


def leave(
    out: Path, sar: str = "/a/s1.tif", tile: int = 31, when: str = "2024-05-06T07:08:09Z"
) -> Path:
    """A run's folder as a dead worker leaves it, with one stage complete."""
    (out / ".gac-work").mkdir(parents=True)
    (out / "opt_v1.tif").touch()
    journal = {
        "format": 1,
        "request": {"sar": [sar], "out": str(out), "stages": 3, "bundle": "demo"},
        "progress": {"stage": 2, "stages": 3, "tile": tile, "tiles": 49},
        "updated": when,
    }
    (out / ".gac-work" / "journal.json").write_text(json.dumps(journal))
    return out


@pytest.fixture
def answer(monkeypatch) -> Any:
    """Answers the question whether to discard."""
    asked: list[str] = []

    def say(button: QMessageBox.StandardButton) -> list[str]:
        def question(parent: Any, title: str, text: str, *rest: Any) -> Any:
            asked.append(text)
            return button

        monkeypatch.setattr(messages.QMessageBox, "question", question)
        return asked

    return say


def test_a_journal_is_read(tmp_path) -> None:
    journal = read_journal(leave(tmp_path / "a"))
    assert (journal.stage, journal.stages, journal.tile, journal.tiles) == (2, 3, 31, 49)
    assert journal.updated[:7] == "2024-05"


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"format": 2, "request": {}}', '{"format": 1, "request": 3}']
)
def test_what_is_no_journal_is_none(tmp_path, text) -> None:
    (tmp_path / ".gac-work").mkdir()
    (tmp_path / ".gac-work" / "journal.json").write_text(text)
    assert read_journal(tmp_path) is None


def test_a_journal_may_lack_what_is_only_for_people(tmp_path) -> None:
    (tmp_path / ".gac-work").mkdir()
    text = '{"format": 1, "request": {}, "progress": {}}'
    (tmp_path / ".gac-work" / "journal.json").write_text(text)
    assert read_journal(tmp_path).stage == 0


def test_discarding_leaves_complete_stages(tmp_path) -> None:
    out = leave(tmp_path / "a")
    assert discard_run(out)
    assert [p.name for p in out.iterdir()] == ["opt_v1.tif"]
    (tmp_path / "b" / ".gac-work" / "deep").mkdir(parents=True)
    assert discard_work(tmp_path / "b")
    assert (tmp_path / "b").is_dir()
    assert discard_run(tmp_path / "b")
    assert not (tmp_path / "b").exists()
    assert discard_run(tmp_path / "nowhere")


def test_a_run_at_work_is_left_alone(tmp_path) -> None:
    out = leave(tmp_path / "a")
    with (out / ".gac-work" / "lock").open("w") as file:
        assert not is_busy(out)
        lock_file(file)
        assert is_busy(out)
        assert not discard_work(out)
        assert read_journal(out) is not None
    assert not is_busy(out)


def test_folders_are_remembered_the_last_one_first(qgis) -> None:
    for name in ("/a", "/b", "/a"):
        history.remember_unfinished(Path(name))
    assert history.unfinished_folders() == [Path("/a"), Path("/b")]
    history.forget_unfinished(Path("/a"))
    assert history.unfinished_folders() == [Path("/b")]
    history.forget_unfinished(Path("/never"))
    for number in range(50):
        history.remember_unfinished(Path(f"/{number}"))
    assert len(history.unfinished_folders()) == history.MAX_UNFINISHED


def test_the_panel_offers_what_is_left_the_newest_first(panel, radar, tmp_path) -> None:
    layer = radar("s1")
    times = [f"2024-01-0{day}T00:00:00Z" for day in (2, 4, 1, 3)]
    for number, when in enumerate(times):
        sar = layer.source() if number == 1 else "/a/gone.tif"
        history.remember_unfinished(leave(tmp_path / str(number), sar, number + 1, when))
    history.remember_unfinished(tmp_path / "nowhere")
    one = panel("good")
    assert one.dock.footer.unfinished.isHidden()
    one.dock.open_for(layer)
    lines = [line.text() for line in one.dock.footer.unfinished.lines]
    assert lines[0].startswith("Unfinished: s1 · 2024-01-0")
    assert lines[1].startswith("Unfinished: gone · 2024-01-0")
    assert len(lines) == 3
    assert not one.dock.footer.unfinished.isHidden()
    assert one.dock.minimumSizeHint().width() <= 320


def test_without_any_there_is_no_line(panel, radar) -> None:
    one = panel("good")
    one.dock.open_for(radar("s1"))
    assert one.dock.footer.unfinished.isHidden()


def test_discard_asks_first(panel, radar, tmp_path, answer) -> None:
    out = leave(tmp_path / "a")
    history.remember_unfinished(out)
    one = panel("good")
    one.dock.open_for(radar("s1"))
    asked = answer(QMessageBox.StandardButton.Cancel)
    one.dock.footer.unfinished.lines[0].linkActivated.emit("discard")
    assert "Complete stages stay." in asked[0]
    assert read_journal(out) is not None
    answer(QMessageBox.StandardButton.Discard)
    one.dock.footer.unfinished.lines[0].linkActivated.emit("discard")
    assert [p.name for p in out.iterdir()] == ["opt_v1.tif"]
    assert history.unfinished_folders() == []
    assert one.dock.footer.unfinished.isHidden()


def test_a_run_that_another_qgis_is_at_is_not_discarded(
    panel, radar, tmp_path, answer, failures
) -> None:
    out = leave(tmp_path / "a")
    history.remember_unfinished(out)
    one = panel("good")
    one.dock.open_for(radar("s1"))
    answer(QMessageBox.StandardButton.Discard)
    with (out / ".gac-work" / "lock").open("w") as file:
        lock_file(file)
        one.dock.footer.unfinished.lines[0].linkActivated.emit("discard")
    assert_problem(failures[-1], "unfinished-run-not-removed")
    assert failures[-1].message in " ".join(one.messages())
    assert history.unfinished_folders() == [out]


def test_a_run_that_another_qgis_is_at_is_not_offered(panel, tmp_path) -> None:
    out = leave(tmp_path / "a")
    history.remember_unfinished(out)
    one = panel("good")
    with (out / ".gac-work" / "lock").open("w") as file:
        lock_file(file)
        one.dock.footer.show_unfinished()
        assert one.dock.footer.unfinished.isHidden()
    one.dock.footer.show_unfinished()
    assert not one.dock.footer.unfinished.isHidden()


def test_resume_from_the_line_goes_on_as_a_task(panel, radar, wait, tmp_path) -> None:
    layer = radar("s1")
    out = leave(tmp_path / "s1_20240506-070809", layer.source())
    journal = json.loads((out / ".gac-work" / "journal.json").read_text())
    journal["progress"]["tile"] = 2
    shutil.copyfile(layer.source(), out / "opt_v1.tif")
    (out / ".gac-work" / "journal.json").write_text(json.dumps(journal))
    history.remember_unfinished(out)
    one = panel("good")
    one.dock.open_for(layer)
    progress: list[Any] = []
    one.controller.progressed.connect(progress.append)
    one.dock.footer.unfinished.lines[0].linkActivated.emit("resume")
    assert not one.dock.footer.run_button.isEnabled()
    assert one.dock.footer.unfinished.isHidden(), "it is on its way"
    wait(lambda: one.outcomes)
    assert one.outcomes[0].state == "done"
    assert next(e for e in progress if e["stage"])["message"] == "Stage 2 of 3, refine: tile 3 of 4"
    (group,) = QgsProject.instance().layerTreeRoot().findGroups()
    assert group.name() == "s1 · 6 May 2024 07:08 · SYNTHETIC"
    assert [child.name()[:2] for child in group.children()] == ["v3", "v2", "v1"]
    assert history.unfinished_folders() == []


def test_a_run_whose_radar_is_not_in_the_project_is_found_by_its_file(tmp_path, qgis) -> None:
    found = resumption(leave(tmp_path / "a"), QgsProject.instance())
    assert (found.layer_ids, found.name, found.started) == ((), "s1", "")


def test_a_run_whose_folder_was_moved_is_resumed_where_it_is(tmp_path, qgis) -> None:
    out = leave(tmp_path / "a")
    moved = out.rename(tmp_path / "b")
    resumed = resumption(moved, QgsProject.instance())
    assert (resumed.out, resumed.request["out"]) == (moved, str(moved))
    with pytest.raises(PluginError):
        resumption(out, QgsProject.instance())
