"""The shared worker: questions, deaths, cancels."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from gac_qgis_plugin.contract.protocol import TERMINAL

from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.worker.client import WorkerClient
from gac_qgis_plugin.worker.engine import Launch
from gac_qgis_plugin.worker.tasks import run_blocking
from tests.load import stretched
from tests.problems import assert_problem

Wait = Callable[..., None]


def run_params(out: Path, stages: int = 3) -> dict[str, Any]:
    return {"sar": ["a.tif"], "out": str(out), "stages": stages}


def ask(client: WorkerClient, wait: Wait, method: str, params: dict[str, Any]) -> list[Any]:
    events: list[Any] = []
    client.request(method, params, events.append)
    wait(lambda: events and events[-1]["event"] in TERMINAL)
    return events


def test_one_worker_answers_many_questions(client, wait) -> None:
    one = client("good")
    assert ask(one, wait, "bundles", {})[-1]["result"]["bundles"][0]["name"] == "demo"
    process = one._process
    assert ask(one, wait, "inspect", {"sar": ["a.tif"]})[-1]["result"]["vh_band"] == 2
    assert one._process is process


def test_a_run_tells_its_stages_in_order(client, wait, tmp_path) -> None:
    events = ask(client("good"), wait, "run", run_params(tmp_path / "out"))
    assert [e["stage"] for e in events if e["event"] == "stage"] == [1, 2, 3]
    assert events[-1]["event"] == "result"
    percents = [e["percent"] for e in events if e["event"] == "progress"]
    assert percents == sorted(percents)
    assert percents[-1] == 100


def test_garbage_between_the_lines_does_no_harm(client, wait, tmp_path) -> None:
    events = ask(client("garbage"), wait, "run", run_params(tmp_path / "out"))
    assert events[-1]["event"] == "result"


def test_a_worker_that_floods_stderr_is_heard(client, wait) -> None:
    assert ask(client("chatty"), wait, "bundles", {})[-1]["event"] == "result"


def test_a_crash_is_an_error_and_the_next_request_gets_a_new_worker(client, wait, tmp_path) -> None:
    one = client("crash", "good")
    events = ask(one, wait, "run", run_params(tmp_path / "out"))
    assert events[-1]["event"] == "error"
    assert_problem(events[-1], "worker-crashed")
    assert "Segmentation fault" in events[-1]["details"]
    assert not one.is_alive
    assert ask(one, wait, "bundles", {})[-1]["event"] == "result"


def test_a_willing_worker_survives_a_cancel(client, wait, tmp_path) -> None:
    one = client("slow")
    events: list[Any] = []
    ident = one.request("run", run_params(tmp_path / "out"), events.append)
    wait(lambda: len(events) > 3)
    one.cancel(ident)
    wait(lambda: events[-1]["event"] == "cancelled", 1.0)
    assert one.is_alive


def test_a_deaf_worker_is_killed_within_two_seconds(client, wait, tmp_path) -> None:
    one = client("deaf", "good")
    events: list[Any] = []
    answers: list[Any] = []
    ident = one.request("run", run_params(tmp_path / "out"), events.append)
    wait(lambda: len(events) > 3)
    # This question stands in line behind the run; the next worker answers it.
    one.request("inspect", {"sar": ["a.tif"]}, answers.append)
    one.cancel(ident)
    wait(lambda: events[-1]["event"] == "cancelled", 2.0)
    wait(lambda: answers)
    assert answers[-1]["event"] == "result"


@pytest.mark.parametrize(
    ("mode", "expected"),
    [("never_ready", ("worker-not-ready",)), ("wrong_protocol", ("worker-protocol-differs", "99"))],
)
def test_a_worker_that_is_none_is_given_up(client, wait, mode, expected) -> None:
    events = ask(client(mode, ready_timeout_ms=500), wait, "bundles", {})
    assert events[-1]["event"] == "error"
    assert_problem(events[-1], *expected)


def test_a_program_that_does_not_exist(wait, qgis) -> None:
    one = WorkerClient(lambda: Launch("/no/such/python", (), "/", {}))
    events = ask(one, wait, "bundles", {})
    assert_problem(events[-1], "worker-not-started", "/no/such/python")


def test_no_environment_is_an_error_after_the_call(wait, qgis) -> None:
    def find() -> Launch:
        raise PluginError("There is no environment.", "Make one.", problem="environment-absent")

    events: list[Any] = []
    WorkerClient(find).request("bundles", {}, events.append)
    assert events == []
    wait(lambda: events)
    assert_problem(events[-1], "environment-absent", "There is no environment.")
    assert events[-1]["remedy"] == "Make one."


def test_closing_cancels_what_waits(client, wait, tmp_path) -> None:
    one = client("deaf")
    events: list[Any] = []
    one.request("run", run_params(tmp_path / "out"), events.append)
    wait(lambda: len(events) > 2)
    began = time.monotonic()
    one.close()
    assert events[-1]["event"] == "cancelled"
    assert time.monotonic() - began < stretched(2.0)
    assert not one.is_alive
    late: list[Any] = []
    one.request("bundles", {}, late.append)
    wait(lambda: late)
    assert late[-1]["event"] == "cancelled"
    assert not one.is_alive


def test_a_worker_that_sends_a_line_without_end_is_ended_in_words(
    client, wait, tmp_path, pulse
) -> None:
    one = client("endless", "good")
    ask(one, wait, "bundles", {})
    pulse.longest = 0.0
    event = ask(one, wait, "run", run_params(tmp_path / "out"))[-1]
    assert event["event"] == "error"
    assert_problem(event, "worker-line-too-long")
    assert event["remedy"]
    assert pulse.longest < stretched(0.25)
    assert ask(one, wait, "bundles", {})[-1]["event"] == "result", "the next one gets a new worker"


def test_a_blocking_run_ends_such_a_worker_too(fake_launch, tmp_path) -> None:
    params = run_params(tmp_path / "out")
    outcome = run_blocking(fake_launch("endless"), params, lambda event: None, lambda: False)
    assert_problem(outcome.problem, "worker-line-too-long")


def test_what_waited_behind_a_lost_gpu_goes_to_the_next_worker(client, wait, tmp_path) -> None:
    one = client("lost", "good")
    first: list[Any] = []
    others: dict[str, list[Any]] = {"hello": [], "run": []}
    one.request("run", run_params(tmp_path / "a"), first.append)
    for method, events in others.items():
        one.request(method, run_params(tmp_path / "b"), events.append)
    wait(lambda: all(events and events[-1]["event"] in TERMINAL for events in others.values()))
    assert [event["event"] for event in first] == ["error"] and first[0]["code"] == "device"
    assert {events[-1]["event"] for events in others.values()} == {"result"}


def test_a_request_that_was_moved_can_be_cancelled_by_its_id(client, wait, tmp_path) -> None:
    one = client("lost", "slow")
    events: list[Any] = []
    one.request("run", run_params(tmp_path / "a"), lambda event: None)
    ident = one.request("run", run_params(tmp_path / "b"), events.append)
    wait(lambda: len(events) > 3)
    one.cancel(ident)
    wait(lambda: events[-1]["event"] == "cancelled")
    assert one.is_alive


def test_gpus_that_are_lost_again_and_again_end_in_words(client, wait, tmp_path) -> None:
    one = client("gone", "gone", "good")
    event = ask(one, wait, "run", run_params(tmp_path / "out"))[-1]
    assert event["event"] == "error" and event["problem"] == "gpu-lost" and event["remedy"]
    assert ask(one, wait, "bundles", {})[-1]["event"] == "result"


def test_a_blocking_run_tells_a_lost_gpu_in_words(fake_launch, tmp_path) -> None:
    params = run_params(tmp_path / "out")
    outcome = run_blocking(fake_launch("gone"), params, lambda event: None, lambda: False)
    assert_problem(outcome.problem, "gpu-lost")
