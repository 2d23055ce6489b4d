"""A training's number of processes, before any is started."""

from __future__ import annotations

import pytest

from gac_core.contract.errors import RequestError
from tests.problems import raises
from training import processes
from training.fit.settings import FitSettings


@pytest.fixture(autouse=True)
def _called_by_a_person(monkeypatch):
    for variable in ("WORLD_SIZE", "SLURM_STEP_NUM_TASKS"):
        monkeypatch.delenv(variable, raising=False)


def test_one_device_is_one_process():
    team = processes.launch_team(FitSettings(device="cpu"))
    assert (team.rank, team.size) == (0, 1)


@pytest.mark.parametrize("variable", ["WORLD_SIZE", "SLURM_STEP_NUM_TASKS"])
def test_several_tasks_of_a_cluster_do_not_each_do_all_of_it(monkeypatch, variable):
    monkeypatch.setenv(variable, "2")
    with raises(RequestError, "command-started-repeatedly", 2, variable) as refused:
        processes.launch_team(FitSettings(device="cpu"))
    assert "--devices" in refused.value.remedy
