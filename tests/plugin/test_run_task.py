"""A run as a QGIS task, on QGIS's own task manager."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsApplication, QgsTask
from qgis.PyQt.QtCore import QThread

from gac_qgis_plugin.core.work_folder import read_journal
from gac_qgis_plugin.worker.client import Ending
from gac_qgis_plugin.worker.tasks import RunTask
from tests.problems import assert_problem


class Watched:
    """A task that is on its way, and what it has said so far."""

    def __init__(self, client: Any, out: Path, stages: int = 3) -> None:
        self.progress: list[Any] = []
        self.stages: list[Any] = []
        self.outcomes: list[Any] = []
        self.threads: set[Any] = set()
        self.task = RunTask("t", client, {"sar": ["a.tif"], "out": str(out), "stages": stages})
        self.task.progressed.connect(self._on_progress)
        self.task.stage_finished.connect(self._on_stage)
        self.task.ended.connect(self.outcomes.append)
        QgsApplication.taskManager().addTask(self.task)

    def _on_progress(self, event: Any) -> None:
        self.threads.add(QThread.currentThread())
        self.progress.append(event)

    def _on_stage(self, event: Any) -> None:
        self.threads.add(QThread.currentThread())
        self.stages.append(event)


def test_a_run_reports_on_the_main_thread_and_in_order(client, wait, tmp_path, qgis) -> None:
    run = Watched(client("good"), tmp_path / "out")
    wait(lambda: run.outcomes)
    assert run.outcomes[0].state == "done"
    assert [event["stage"] for event in run.stages] == [1, 2, 3]
    assert set(run.outcomes[0].result["outputs"]) == {"opt_v1", "opt_v2", "opt_v3"}
    assert run.threads == {qgis.thread()}
    assert run.task.status() == QgsTask.TaskStatus.Complete


def test_events_need_no_other_thread(client, wait, tmp_path) -> None:
    # They went from the main thread to the task's and back, at most ten times a second.
    run = Watched(client("good"), tmp_path / "out")
    arrived: list[Any] = []
    deliver = run.task._on_event

    def on_event(event: Any) -> None:
        before = len(run.progress)
        deliver(event)
        if event["event"] == "progress":
            arrived.append(len(run.progress) - before)

    run.task._on_event = on_event
    wait(lambda: run.outcomes)
    assert arrived and set(arrived) == {1}
    assert len(run.progress) == len(arrived)


def test_a_request_that_is_cancelled_before_it_is_sent_is_not_sent(client, wait, tmp_path) -> None:
    one = client("good")
    run = Watched(one, tmp_path / "out")
    # QGIS starts the task's thread at once; the request waits for the event loop.
    run.task.cancel()
    wait(lambda: run.outcomes or run.task.status() == QgsTask.TaskStatus.Terminated, 1.0)
    assert not one.is_alive


def test_qgis_list_of_tasks_offers_to_cancel(client, wait, tmp_path) -> None:
    run = Watched(client("slow"), tmp_path / "out")
    assert run.task.canCancel()
    wait(lambda: len(run.progress) > 3)
    assert run.task.progress() > 0
    QgsApplication.taskManager().task(QgsApplication.taskManager().taskId(run.task)).cancel()
    wait(lambda: run.outcomes, 2.0)
    assert run.outcomes[0].state == "stopped"


def test_cancel_stops_a_willing_worker_and_keeps_it(client, wait, tmp_path) -> None:
    one = client("slow")
    run = Watched(one, tmp_path / "out")
    wait(lambda: len(run.progress) > 3)
    run.task.discard()
    wait(lambda: run.outcomes, 2.0)
    assert run.outcomes[0].state == "cancelled"
    assert one.is_alive
    assert not (tmp_path / "out").exists()


def test_cancel_ends_a_deaf_worker_within_two_seconds(client, wait, tmp_path) -> None:
    one = client("deaf", "good")
    run = Watched(one, tmp_path / "out")
    wait(lambda: len(run.progress) > 3)
    run.task.discard()
    wait(lambda: run.outcomes, 2.0)
    assert run.outcomes[0].state == "cancelled"
    assert not (tmp_path / "out" / ".gac-work").exists()
    again = Watched(one, tmp_path / "again")
    wait(lambda: again.outcomes)
    assert again.outcomes[0].state == "done"


def test_a_worker_that_dies_is_an_error_and_the_next_run_works(client, wait, tmp_path) -> None:
    one = client("crash", "good")
    run = Watched(one, tmp_path / "out")
    wait(lambda: run.outcomes)
    problem = run.outcomes[0].problem
    assert_problem(problem, "worker-crashed")
    assert problem.remedy
    assert "Segmentation fault" in problem.details
    # What was finished is kept, and what is needed to go on from there.
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [".gac-work", "opt_v1.tif"]
    again = Watched(one, tmp_path / "again")
    wait(lambda: again.outcomes)
    assert again.outcomes[0].state == "done"


def test_the_engines_error_comes_through(client, wait, tmp_path) -> None:
    run = Watched(client("refuse"), tmp_path / "out")
    wait(lambda: run.outcomes)
    problem = run.outcomes[0].problem
    assert (problem.message, problem.remedy) == ("The scene is upside down.", "Turn it round.")
    assert problem.problem == "scene-upside-down"


def test_no_exception_escapes_from_the_thread(client, wait, tmp_path, monkeypatch) -> None:
    def fail(self: RunTask) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(RunTask, "_clean_up", fail)
    run = Watched(client("good"), tmp_path / "out")
    wait(lambda: run.outcomes)
    assert_problem(run.outcomes[0].problem, "monitor-fault", "boom")
    assert "RuntimeError" in run.outcomes[0].problem.details


def test_a_task_that_is_cancelled_before_it_began_asks_for_nothing(client, wait, tmp_path) -> None:
    one = client("good")
    task = RunTask("t", one, {"sar": ["a.tif"], "out": str(tmp_path / "out")})
    outcomes: list[Any] = []
    task.ended.connect(outcomes.append)
    task.cancel()
    QgsApplication.taskManager().addTask(task)
    wait(lambda: outcomes or task.status() == QgsTask.TaskStatus.Terminated)
    assert not one.is_alive


def test_the_task_ends_even_if_the_main_thread_is_busy(client, wait, tmp_path) -> None:
    run = Watched(client("deaf"), tmp_path / "out")
    wait(lambda: len(run.progress) > 3)
    run.task.cancel()
    assert run.task.waitForFinished(3000)


def test_qgis_own_cancel_keeps_what_was_computed(client, wait, tmp_path) -> None:
    one = client("slow", "good")
    run = Watched(one, tmp_path / "out")
    wait(lambda: len(run.progress) > 3)
    QgsApplication.taskManager().cancelAll()
    wait(lambda: run.outcomes, 2.0)
    assert run.outcomes[0].state == "stopped"
    assert one.is_alive
    journal = read_journal(tmp_path / "out")
    assert journal is not None and journal.tile >= 3


def test_a_deaf_worker_is_killed_and_keeps_too(client, wait, tmp_path) -> None:
    run = Watched(client("deaf"), tmp_path / "out")
    wait(lambda: len(run.progress) > 3)
    run.task.cancel()
    wait(lambda: run.outcomes, 2.5)
    assert run.outcomes[0].state == "stopped"
    assert read_journal(tmp_path / "out") is not None


def test_who_stops_a_run_and_then_cancels_it_wants_it_gone(client, wait, tmp_path) -> None:
    run = Watched(client("deaf"), tmp_path / "out")
    wait(lambda: len(run.progress) > 3)
    run.task.cancel()
    run.task.discard()
    wait(lambda: run.outcomes, 2.5)
    assert run.outcomes[0].state == "cancelled"
    assert not (tmp_path / "out").exists()


def test_an_engine_without_journals_leaves_nothing_when_it_dies(client, wait, tmp_path) -> None:
    one = client("old")
    run = Watched(one, tmp_path / "out")
    wait(lambda: run.progress)
    one._process.kill(Ending("was killed", "worker-crashed"))
    wait(lambda: run.outcomes)
    assert run.outcomes[0].state == "failed"
    assert not (tmp_path / "out" / ".gac-work").exists()


def test_the_worker_ending_with_the_plugin_removes_nothing(client, wait, tmp_path) -> None:
    one = client("slow")
    run = Watched(one, tmp_path / "out")
    wait(lambda: len(run.progress) > 3)
    one.close()
    wait(lambda: run.outcomes, 2.0)
    assert run.outcomes[0].state == "stopped"
    assert read_journal(tmp_path / "out") is not None


def test_the_same_request_again_goes_on(client, wait, tmp_path) -> None:
    one = client("slow", "good")
    run = Watched(one, tmp_path / "out")
    wait(lambda: len(run.progress) > 4)
    run.task.cancel()
    wait(lambda: run.outcomes, 2.0)
    one.stop()
    again = Watched(one, tmp_path / "out")
    wait(lambda: again.outcomes)
    assert again.outcomes[0].state == "done"
    first = next(event for event in again.progress if event["stage"])
    assert first["stage"] == 2, "the second worker has fewer tiles than were computed of stage 1"
    assert not (tmp_path / "out" / ".gac-work").exists()
