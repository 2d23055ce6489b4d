"""The time that is left, and what is remembered of earlier runs."""

from __future__ import annotations

import pytest

from gac_core.engine.plan import read_timings, store_timing
from gac_core.progress import TimeEstimator


@pytest.fixture(autouse=True)
def own_memory(monkeypatch, tmp_path):
    path = tmp_path / "state" / "pace.json"
    monkeypatch.setenv("GAC_PACE", str(path))
    return path


def test_nothing_is_told_before_a_tile_is_done() -> None:
    assert TimeEstimator({1: (10, 1.0)}).seconds_left is None


def test_stages_of_very_different_cost() -> None:
    """A machine twice as slow as it was: all that is left takes twice as long too."""
    pace = TimeEstimator({1: (10, 1.0), 2: (100, 0.1), 3: (4, 20.0)})
    pace.note(1, 5, 10.0)
    assert pace.seconds_left == pytest.approx(10.0 + 20.0 + 160.0)
    pace.note(1, 10, 20.0)
    # Stage 2 turns out faster than expected: its own tiles count for it.
    pace.note(2, 50, 5.0)
    scale = 25.0 / 15.0
    assert pace.seconds_left == pytest.approx(5.0 + 80.0 * scale)


def test_a_slow_beginning_weighs_little_where_more_is_known() -> None:
    costs = {1: (100, 1.0), 2: (100, 1.0)}
    known, unknown = TimeEstimator(costs, are_seconds=True), TimeEstimator(costs)
    for pace in (known, unknown):
        pace.note(1, 2, 6.0)
    assert unknown.seconds_left == pytest.approx(3.0 * 198)
    assert 198 < known.seconds_left < 1.35 * 198
    # By and by the run's own tiles count.
    known.note(1, 100, 300.0)
    assert known.seconds_left == pytest.approx(100 * 320 / 120)


def test_the_end_is_the_end() -> None:
    pace = TimeEstimator({1: (4, 3.0)})
    pace.note(1, 4, 9.0)
    assert pace.seconds_left == 0.0


def test_what_runs_took_is_remembered(own_memory) -> None:
    store_timing("demo, CPU", 1, 10, 20.0)
    store_timing("demo, CPU", 2, 10, 5.0)
    assert read_timings("demo, CPU") == {1: 2.0, 2: 0.5}
    store_timing("demo, CPU", 1, 10, 40.0)
    assert read_timings("demo, CPU") == {1: 3.0, 2: 0.5}
    assert read_timings("demo, GPU") == {}
    assert own_memory.exists()


def test_a_few_tiles_tell_nothing() -> None:
    store_timing("demo, CPU", 1, 2, 20.0)
    assert read_timings("demo, CPU") == {}


@pytest.mark.parametrize(
    "text", ["", "[]", '{"a": 3}', '{"a": {"x": 1}}', '{"a": {"1": -1}}', '{"a": {"1": "NaN"}}']
)
def test_a_memory_that_makes_no_sense_is_none(own_memory, text) -> None:
    own_memory.parent.mkdir()
    own_memory.write_text(text)
    assert read_timings("a") == {}
    store_timing("a", 1, 10, 10.0)
    assert read_timings("a") == {1: 1.0}


def test_a_memory_that_cannot_be_written_is_not_missed(monkeypatch, tmp_path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("GAC_PACE", str(blocked / "pace.json"))
    store_timing("a", 1, 10, 10.0)
    assert read_timings("a") == {}
