"""Anything at all on the worker's standard input: it answers in words and lives on."""

from __future__ import annotations

import io
import json
import threading
import time
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gac_core.bundles.library import Library
from gac_core.worker import server as module
from gac_core.worker.channel import Channel
from gac_core.worker.server import Worker
from tests.core.fuzz.budget import fuzz
from tests.core.fuzz.test_requests import json_values, names, texts

PROBE = json.dumps({"id": "probe", "method": "bundles"}).encode() + b"\n"
PATIENCE = 60.0

methods = st.sampled_from(["bundles", "inspect", "run", "cancel", "dance", ""]) | texts
params = json_values | st.dictionaries(names | st.just("target") | texts, json_values, max_size=4)
messages = st.fixed_dictionaries(
    {}, optional={"id": json_values | texts, "method": json_values | methods, "params": params}
)
"""Of `hello` and `warm` only the types are fuzzed elsewhere: they import PyTorch."""

requests = st.fixed_dictionaries({"id": texts, "method": methods, "params": params})
lines = st.one_of(
    st.binary(max_size=30).map(lambda data: data.decode("utf-8", "replace").encode()),
    st.text(max_size=30).map(lambda text: text.encode("utf-8", "replace")),
    json_values.map(lambda value: json.dumps(value).encode()),
    messages.map(lambda value: json.dumps(value).encode()),
    requests.map(lambda value: json.dumps(value).encode()),
    requests.map(lambda value: json.dumps(value, ensure_ascii=False).encode(errors="replace")),
    st.tuples(requests, st.integers(0, 80)).map(lambda v: json.dumps(v[0]).encode()[: v[1]]),
    st.sampled_from(
        [
            b'{"id": "' + b"x" * 1_000_000 + b'", "method": "inspect"}',
            b"x" * 3_000_000,
            b'{"id": "a", "method": "run", "params": {"seed": ' + b"9" * 10_000 + b"}}",
            b"NaN",
            b"\xef\xbb\xbf{}",
        ]
    ),
)


@pytest.fixture
def no_exit(monkeypatch: pytest.MonkeyPatch) -> None:
    """The end of the input arms a timer that ends the process: here it must not."""
    idle = SimpleNamespace(start=lambda: None, daemon=True)
    monkeypatch.setattr(module.threading, "Timer", lambda *args: idle)


@fuzz(60)
@given(st.lists(lines.map(lambda line: line.replace(b'"shutdown"', b'"x"')), max_size=6))
def test_lines(no_exit: None, sent: list[bytes]) -> None:
    events = answers(b"\n".join([*sent, PROBE]))
    assert events[0]["event"] == "ready"
    assert any(e["event"] == "result" and e["id"] == "probe" for e in events)
    for event in events[1:]:
        assert event["event"] in ("error", "result", "cancelled"), event
        if event["event"] == "error":
            assert event["message"] and event["code"] != "internal", event


@pytest.mark.parametrize(
    "line",
    [b"\x80", b"[" * 100_000, b'{"id": "a", "method": "inspect", "params": ' + b'{"a":' * 20_000],
    ids=["no UTF-8", "deep list", "deep object"],
)
def test_lines_that_no_json_parser_likes(no_exit: None, line: bytes) -> None:
    assert answers(line + b"\n" + PROBE, patience=10.0)[-1]["id"] == "probe"


def answers(data: bytes, patience: float = PATIENCE) -> list[dict]:
    """Return the answers of a worker without bundles to these bytes, the probe's last."""
    out = io.StringIO()
    worker = Worker(Channel(out))
    worker._library = Library([], [])
    stream = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", errors="replace")
    serving = threading.Thread(target=worker.serve, args=(stream,), daemon=True)
    serving.start()
    deadline = time.monotonic() + patience
    while '"id": "probe"' not in out.getvalue() and time.monotonic() < deadline:
        time.sleep(0.002)
    serving.join(patience)
    worker._quick.put(None)
    assert not serving.is_alive(), "the worker no longer listens"
    return [json.loads(line) for line in out.getvalue().splitlines()]
