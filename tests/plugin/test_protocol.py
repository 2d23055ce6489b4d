"""JSON lines as bytes."""

from __future__ import annotations

import json

from gac_qgis_plugin.worker import protocol
from gac_qgis_plugin.worker.protocol import LineReader, encode, outcome_of


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
    assert garbage
    assert reader.feed(b'\n{"event": "ready"}\n') == [{"event": "ready"}]


def test_a_message_is_one_line() -> None:
    assert encode({"message": "two\nlines"}).count(b"\n") == 1


def test_how_a_run_ended() -> None:
    assert outcome_of({"event": "progress"}) is None
    assert outcome_of({"event": "cancelled"}).state == "cancelled"
    failed = outcome_of({"event": "error", "message": "m", "remedy": "r", "details": "d"})
    problem = failed.problem
    assert (problem.message, problem.remedy, problem.details) == ("m", "r", "d")
    assert outcome_of({"event": "result", "result": {"a": 1}}).result == {"a": 1}
