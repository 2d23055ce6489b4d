"""JSON lines as bytes."""

from __future__ import annotations

import json
import statistics
import time

import pytest

from gac_qgis_plugin.core.processes import Lines
from gac_qgis_plugin.worker import protocol
from gac_qgis_plugin.worker.protocol import LineReader, encode, outcome_of
from tests.load import stretched


def test_events_come_out_whole_however_the_bytes_are_cut() -> None:
    events = [{"event": "progress", "id": "é", "tile": n} for n in range(20)]
    stream = b"".join(json.dumps(e, ensure_ascii=False).encode() + b"\n" for e in events)
    for step in (1, 2, 7, 1000):
        reader = LineReader(lambda text: None)
        found = []
        for start in range(0, len(stream), step):
            found += reader.feed(stream[start : start + step])
        assert found == events


def test_what_is_no_event_is_reported_and_does_no_harm() -> None:
    garbage: list[str] = []
    reader = LineReader(garbage.append)
    data = b'warning\n[1]\n{"no": "event"}\n\xff\xfe\n\r\n{"event": "ready"}\r\n'
    assert reader.feed(data) == [{"event": "ready"}]
    assert len(garbage) == 4


def test_an_endless_line_does_not_fill_memory(monkeypatch) -> None:
    monkeypatch.setattr(protocol, "MAX_LINE", 100)
    garbage: list[str] = []
    reader = LineReader(garbage.append)
    for _ in range(50):
        assert reader.feed(b"x" * 60) == []
    assert reader.is_overlong
    assert reader.feed(b'\n{"event": "ready"}\n') == [{"event": "ready"}]
    assert garbage == ["x" * 100]


def test_a_message_is_one_line() -> None:
    assert encode({"message": "two\nlines"}).count(b"\n") == 1


def test_how_a_run_ended() -> None:
    assert outcome_of({"event": "progress"}) is None
    assert outcome_of({"event": "cancelled"}).state == "cancelled"
    failed = outcome_of({"event": "error", "message": "m", "remedy": "r", "details": "d"})
    problem = failed.problem
    assert (problem.message, problem.remedy, problem.details) == ("m", "r", "d")
    assert outcome_of({"event": "result", "result": {"a": 1}}).result == {"a": 1}


@pytest.mark.parametrize("piece", [4096, 65536])
def test_a_line_without_end_takes_no_more_time_the_longer_it_is(piece) -> None:
    """20 MB took 25 s of QGIS's main thread: what was there was copied with every piece."""
    reader = LineReader(lambda text: None)
    data, times = b"x" * piece, []
    for _ in range(20_000_000 // piece):
        begun = time.perf_counter()
        assert reader.feed(data) == []
        times.append(time.perf_counter() - begun)
    assert reader.is_overlong
    assert sum(times) < stretched(0.5) and statistics.median(times[-100:]) < stretched(0.001)
    assert reader.feed(b'\n{"event": "ready"}\n') == [{"event": "ready"}]


def test_lines_are_cut_at_their_bound_and_the_next_one_is_whole() -> None:
    lines = Lines(5)
    assert lines.feed(b"ab") == [] and lines.feed(b"c\n\n12345\nx") == [b"abc", b"", b"12345"]
    assert not lines.is_overlong
    assert lines.feed(b"123456789") == [] and lines.is_overlong
    assert lines.feed(b"0\nabcdefg\nend") == [b"x1234", b"abcde"]
    assert lines.rest() == b"end" and lines.rest() == b""


def test_a_number_of_a_million_digits_is_no_event() -> None:
    garbage: list[str] = []
    reader = LineReader(garbage.append)
    begun = time.perf_counter()
    assert reader.feed(b'{"event": "x", "n": ' + b"9" * 900_000 + b"}\n") == []
    assert len(garbage) == 1 and time.perf_counter() - begun < stretched(0.5)
