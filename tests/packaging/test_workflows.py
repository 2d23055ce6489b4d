"""Workflows of GitHub Actions, as far as they can be judged without it."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
TARGET = re.compile(r"^([a-z][\w-]*):", re.MULTILINE)


def steps(path: Path) -> Iterator[dict[str, str]]:
    for job in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].values():
        yield from job["steps"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_files_and_targets_of_commands_exist(path):
    targets = {*TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8"))}
    for step in steps(path):
        command = step.get("run", "")
        for name in re.findall(r"(?:tests|requirements|scripts|\.ci)/[\w./-]+|\.ci/run", command):
            assert (ROOT / name).exists(), name
        for line in re.findall(r"\bmake ([a-z -]+)$", command, re.MULTILINE):
            assert {*line.split()} <= targets, line


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")
@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_commands_are_those_of_a_shell(path):
    for step in steps(path):
        done = subprocess.run(
            ["bash", "-n"], input=step.get("run", "").encode(), capture_output=True, check=False
        )
        assert not done.stderr, (step, done.stderr)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_by_commit(path):
    for step in steps(path):
        if "uses" in step:
            assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", step["uses"]), step
