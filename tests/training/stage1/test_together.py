"""Two processes compute stage 1 to the same files as one."""

from __future__ import annotations

import json

from tests.training.fit.pair import together
from tests.training.stage1.jobs import files
from training.precompute_stage1 import main


def test_two_processes_share_what_is_missing(whole, command, tmp_path):
    """Whatever the order; and one that resumes what is missing has nothing left to do."""
    out = tmp_path / "out"
    there = [*command, f"--output-dir={out}", "--batch-size=2"]
    found = together(tmp_path / "said", lambda _: main([*there, "--devices=2"]))
    assert [status for status, _ in found] == [0, 0], found
    one, two = files(whole.folder), files(out)
    assert one == two
    assert main(there) == 0 and files(out) == two
    assert json.loads((out / "about.json").read_text())["timesteps"] == 2
