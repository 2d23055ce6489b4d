"""Any bytes from a worker: events come out whole, the rest is reported, nothing is raised."""

from __future__ import annotations

import json
import os
import random
import string
from typing import Any

import pytest

from gac_qgis_plugin.worker.protocol import LineReader, encode, outcome_of

EXAMPLES = int(os.environ.get("GAC_FUZZ_EXAMPLES", "300"))
NEW = "GAC_FUZZ_EXAMPLES" in os.environ
WORDS = ["event", "result", "error", "cancelled", "progress", "ready", "message", "details", "id"]
CHARACTERS = string.printable + 'é€😀\u2028\x00\ud800{}[]",:'
LAST = {"event": "ready", "id": "last"}


@pytest.fixture
def dice() -> random.Random:
    """New numbers where the search is for new faults; the seed is in a failed test's output."""
    seed = random.SystemRandom().randrange(2**32) if NEW else 0
    print("seed", seed)
    return random.Random(seed)


def text(dice: random.Random) -> str:
    if dice.random() < 0.5:
        return dice.choice(WORDS)
    return "".join(dice.choice(CHARACTERS) for _ in range(dice.randrange(12)))


def value(dice: random.Random, depth: int = 3) -> Any:
    """Any JSON."""
    kind = dice.randrange(7 if depth else 5)
    if kind == 5:
        return [value(dice, depth - 1) for _ in range(dice.randrange(4))]
    if kind == 6:
        return {text(dice): value(dice, depth - 1) for _ in range(dice.randrange(4))}
    number = dice.choice([0, -1, 10**30, 1.5, float("nan"), float("inf")])
    return [None, dice.random() < 0.5, number, text(dice), dice.random()][kind]


def event(dice: random.Random) -> dict[str, Any]:
    """An event of any kind with fields of any type."""
    fields = {text(dice): value(dice) for _ in range(dice.randrange(5))}
    return {**fields, "event": text(dice)}


def line(dice: random.Random) -> bytes:
    kind = dice.randrange(5)
    if kind == 0:
        return bytes(dice.randrange(256) for _ in range(dice.randrange(60)))
    if kind == 1:
        return json.dumps(value(dice)).encode()
    whole = json.dumps(event(dice)).encode()
    if kind == 2:
        return whole[: dice.randrange(len(whole))]
    if kind == 3:
        at = dice.randrange(len(whole))
        return whole[:at] + bytes([dice.randrange(256)]) + whole[at + 1 :]
    return whole


def test_any_bytes_in_any_pieces(dice: random.Random) -> None:
    for _ in range(EXAMPLES):
        garbage: list[str] = []
        reader = LineReader(garbage.append)
        stream = b"".join(line(dice) + b"\n" for _ in range(6)) + encode(LAST)
        cuts = sorted(dice.randrange(len(stream)) for _ in range(dice.randrange(9)))
        edges = [0, *cuts, len(stream)]
        pieces = [stream[edges[n] : edges[n + 1]] for n in range(len(edges) - 1)]
        found = [event for piece in pieces for event in reader.feed(piece)]
        assert found[-1] == LAST
        for one in found:
            assert isinstance(one["event"], str)
            outcome = outcome_of(one)
            assert (outcome is None) == (one["event"] not in ("result", "error", "cancelled"))
        assert all(isinstance(words, str) for words in garbage)


def test_an_event_comes_through_as_it_was_sent(dice: random.Random) -> None:
    for _ in range(EXAMPLES):
        sent = json.loads(json.dumps(event(dice)).replace("\\ud800", ""))
        reader, data, step = LineReader(pytest.fail), encode(sent), dice.randrange(1, 9)
        found = [e for n in range(0, len(data), step) for e in reader.feed(data[n : n + step])]
        assert json.dumps(found) == json.dumps([sent])


@pytest.mark.parametrize("data", [b"x" * 3_000_000, b"9" * 10_000, b"\n" * 100_000, b"[]" * 9])
def test_odd_lines(data: bytes) -> None:
    reader = LineReader(lambda words: None)
    assert reader.feed(data + b"\n" + encode(LAST)) == [LAST]


@pytest.mark.parametrize("data", [b"[" * 100_000, b'{"event":' * 100_000])
def test_deep_lines(data: bytes) -> None:
    reader = LineReader(lambda words: None)
    assert reader.feed(data + b"\n" + encode(LAST)) == [LAST]
