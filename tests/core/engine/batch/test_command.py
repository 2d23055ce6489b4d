"""`gac batch` as it is typed."""

from __future__ import annotations

import pytest

from gac_core.cli.commands import main
from gac_core.contract.errors import RequestError
from gac_core.engine import executors
from gac_core.engine.executors import Workers
from tests.core.engine.batch.conftest import SIDE, ThreadWorkers, pixels, scene_folder


def test_the_command_computes_and_tells(
    radar, tiny_bundle, tmp_path, capsys, monkeypatch, ended_with
):
    monkeypatch.setattr(executors, "Workers", ThreadWorkers)
    out = tmp_path / "out"
    words = ["batch", str(radar), "--out", str(out), "--bundle", str(tiny_bundle)]
    words += ["--stages", "1", "--timesteps-1", "1", "--device", "cpu", "--block", str(SIDE)]
    assert main(words) == 0
    told = capsys.readouterr().out
    assert "8 of 9 blocks, 1 empty" in told and "SYNTHETIC" in told
    assert pixels(scene_folder(out) / "opt_v1.vrt").any()
    assert main([*words, "--workers", "2", "--scheduler", "tcp://a:1"]) == 1
    ended_with("workers-and-scheduler")


@pytest.mark.parametrize(
    "wrong",
    [
        {"count": 0},
        {"threads": 0},
        {"address": "tcp://a:1", "count": 2},
        {"address": "tcp://a:1", "tls_ca": "ca.pem"},
    ],
)
def test_workers_that_make_no_sense_are_refused(wrong):
    with pytest.raises(RequestError):
        Workers(**wrong)


def test_cores_are_shared_among_workers(monkeypatch):
    monkeypatch.setattr("os.sched_getaffinity", lambda pid: set(range(8)), raising=False)
    assert Workers(device="cpu").each == 8
    assert Workers(device="cpu", count=3).each == 2
    assert Workers(device="cpu", count=3, threads=1).each == 1
    assert Workers(address="tcp://a:1").each == 1
