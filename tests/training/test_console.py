"""Lines that are told while somebody waits."""

from __future__ import annotations

import subprocess
import sys
import time
from itertools import pairwise

import pytest

from gac_core.bundles.library import engine_root
from training.console import EVERY_SECONDS, ProgressReport, WithProgress, time_left


class Clock:
    """Seconds that pass when told to."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.mark.parametrize("seconds", [4.0, 40.0])
def test_lines_come_regularly_with_the_time_left(capsys, seconds):
    """As often as parts allow, and never further apart than that and a part's own time."""
    clock = Clock()
    with ProgressReport("answers", 20, "images", clock=clock) as progress:
        for _ in range(20):
            clock.now += seconds
            progress.advance()
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "answers: 0 of 20 images"
    assert lines[-1].startswith("answers: 20 of 20 images in ")
    told = [int(line.split()[1]) for line in lines]
    assert max(b - a for a, b in pairwise(told)) * seconds < EVERY_SECONDS + seconds
    done = told[1]
    minutes, rest = divmod(round((20 - done) * seconds), 60)
    assert lines[1] == f"answers: {done} of 20 images, {minutes:02d}:{rest:02d} left"


def test_what_was_done_before_counts_but_took_no_time(capsys):
    clock = Clock()
    with ProgressReport("stage 1", 12, "pairs", done=8, clock=clock) as progress:
        clock.now += 30
        progress.advance(2)
    assert "stage 1: 10 of 12 pairs, 00:30 left" in capsys.readouterr().err
    assert time_left(0, 4, 30) == ""


def test_short_work_says_nothing_and_long_work_does(capsys):
    clock = Clock()

    def gone_through(seconds):
        with ProgressReport("validation", 4, "batches", brief=True, clock=clock) as progress:
            for _ in range(4):
                clock.now += seconds
                progress.advance()
        return capsys.readouterr().err.splitlines()

    assert gone_through(1) == []
    assert gone_through(20)[0] == "validation: 1 of 4 batches, 01:00 left"


def test_work_that_is_done_already_or_another_tells_of_says_nothing(capsys):
    with ProgressReport("answers", 3, "images", done=3):
        pass
    with ProgressReport("answers", 3, "images", silent=True) as progress:
        progress.advance()
        progress.say("a pair is left out")
    assert capsys.readouterr().err == ""


def test_items_are_gone_through_as_they_are():
    counted = WithProgress([1, 2, 3], "validation", "batches")
    assert list(counted) == list(counted) == [1, 2, 3] and len(counted) == 3


def test_a_line_reaches_a_pipe_when_it_is_printed():
    """Not when the process ends, hours later."""
    code = "import sys, training.console as c; c.flush_lines(); print('now'); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=engine_root(),
        text=True,
    ) as process:
        began = time.monotonic()
        assert process.stdout.readline() == "now\n"
        assert process.poll() is None and time.monotonic() - began < 60
        process.stdin.close()
