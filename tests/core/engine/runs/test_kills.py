"""The worker killed at twenty random moments of a run with the demo bundle."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.bench.scenes import write_reference
from tests.core.engine.runs.kills import SCENE, kill_and_resume


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
@pytest.mark.parametrize("has_reference", [False, True])
def test_twenty_killed_runs_of_the_demo_give_identical_results(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], has_reference: bool
) -> None:
    options = write_reference(tmp_path, SCENE) if has_reference else None
    report = kill_and_resume(tmp_path, options=options)
    with capsys.disabled():
        print(f" {report} ", end="")
    assert report.same == 20, report.different
    assert set(report.stages) >= {1, 2, 3} and report.resumed >= 15
