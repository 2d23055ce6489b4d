"""The test runner's counts, which the last line that it prints is made of."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from scripts import test as runner


@pytest.fixture
def suite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> runner.Suite:
    """A suite in a folder of its own."""
    monkeypatch.setattr(runner, "ROOT", tmp_path)
    (tmp_path / "tests").mkdir()
    return runner.Suite("one", sys.executable, ("tests",))


def test_every_outcome_is_counted(suite: runner.Suite, tmp_path: Path) -> None:
    (tmp_path / "tests" / "test_a.py").write_text(
        "import pytest\n"
        "def test_good(): pass\n"
        "def test_bad(): assert False\n"
        "def test_broken(nothing): pass\n"
        "@pytest.mark.skip\n"
        "def test_later(): pass\n"
    )
    assert str(runner.run(suite, [])) == "1 passed, 2 failed, 1 skipped"


def test_failures_are_named(suite: runner.Suite, tmp_path: Path) -> None:
    (tmp_path / "tests" / "test_a.py").write_text(
        "import pytest\n"
        "@pytest.fixture\n"
        "def held():\n"
        "    yield\n"
        "    raise OSError('the file is held')\n"
        "def test_good(held): pass\n"
        "def test_bad(): assert 1 == 2\n"
    )
    counts = runner.run(suite, [])
    assert (counts.passed, counts.failed) == (0, 2)
    teardown, failure = counts.failures
    assert "test_a::test_good" in teardown and "the file is held" in teardown
    assert "test_a::test_bad" in failure and "assert 1 == 2" in failure


def test_a_crash_is_a_failure(suite: runner.Suite, tmp_path: Path) -> None:
    (tmp_path / "tests" / "test_a.py").write_text("import os\ndef test_good(): os._exit(3)\n")
    counts = runner.run(suite, [])
    assert (counts.passed, counts.failed) == (0, 1)
    assert "exit status 3" in counts.failures[0]


def test_no_test_at_all_is_neither(suite: runner.Suite) -> None:
    assert runner.run(suite, []) == runner.Counts()
