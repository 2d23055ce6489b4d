"""The worker as another process sees it."""

from __future__ import annotations

import io
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from gac_core.bundles.library import engine_root
from gac_core.contract.message import restored
from gac_core.scene.extent import BEYOND_SCENE
from gac_core.worker.channel import Channel
from gac_core.worker.server import Worker
from tests.load import stretched
from tests.problems import assert_problem, notes_with

PATIENCE = 180.0
"""Seconds to wait for an event; the first run imports PyTorch and TerraTorch."""


class Client:
    """Starts a worker, sends requests and collects events."""

    def __init__(self, bundles):
        env = {**os.environ, "GAC_BUNDLES": str(bundles), "OMP_NUM_THREADS": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gac_core.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=engine_root(),
            env=env,
            text=True,
        )
        self.events = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.events.put(json.loads(line))

    def send(self, ident, method, **params):
        self.raw(json.dumps({"id": ident, "method": method, "params": params}))

    def raw(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def until(self, *kinds, ident=None):
        """Events up to and with the first of these kinds."""
        seen = []
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                event = self.events.get(timeout=1)
            except queue.Empty:
                continue
            seen.append(event)
            if event["event"] in kinds and ident in (None, event.get("id")):
                return seen
        pytest.fail(f"no {kinds} after {PATIENCE} s; last: {seen[-3:]}")

    def close(self):
        self.process.kill()
        self.process.wait()


@pytest.fixture(scope="module")
def worker(tiny_bundle):
    client = Client(tiny_bundle.parent)
    assert client.until("ready")[-1]["protocol"] == 1
    yield client
    client.close()


def request(scene_path, out, **changes):
    return {
        "sar": [str(scene_path)],
        "out": str(out),
        "bundle": "tiny",
        "timesteps_1": 1,
        "timesteps_3": 1,
        "device": "cpu",
        **changes,
    }


def test_only_the_protocol_reads_standard_input():
    """Also on Windows; GDAL, for one, opens number 0 where a file names standard input."""
    code = (
        "import os, sys\n"
        "from gac_core.worker.channel import claim_stdin\n"
        "orders = claim_stdin()\n"
        "print(os.read(0, 99), repr(sys.stdin.read()), repr(orders.readline()))\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        input=b"an order \xff\nanother\n",
        capture_output=True,
        cwd=engine_root(),
        check=True,
    )
    assert told.stdout.startswith(b"b'' '' 'an order ")


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux what a process has open")
def test_the_worker_has_no_standard_input(worker):
    worker.send("b", "bundles")
    worker.until("result", ident="b")
    assert str(Path(f"/proc/{worker.process.pid}/fd/0").readlink()) == os.devnull


def test_bundles_and_inspect(worker, scene_path):
    worker.send("b", "bundles")
    listed = worker.until("result", ident="b")[-1]["result"]["bundles"]
    assert {"tiny", "terramind-base"} <= {b["name"] for b in listed}
    worker.send("i", "inspect", sar=[str(scene_path)], vv_band=None, vh_band=None, unit="auto")
    info = worker.until("result", ident="i")[-1]["result"]
    assert info["unit"] == "db" and info["date"].startswith("2021-07-15")
    assert info["biome"] == 4


def test_what_a_run_would_take(worker, scene_path, tmp_path):
    values = request(scene_path, tmp_path / "out")
    worker.send("h", "hello")
    worker.until("result", ident="h")
    worker.send("e1", "estimate", **values)
    cold = worker.until("result", "error", ident="e1")[-1]["result"]
    assert cold["device"] == "cpu" and cold["memory"]["needed"] > 0 and cold["advice"] == []
    assert not (tmp_path / "out").exists()
    worker.send("e2", "estimate", **{**values, "extent": [0, 0, 1, 1]})
    assert worker.until("error", ident="e2")[-1]["code"] == "request"


def test_inspect_looks_at_an_extent(worker, scene_path):
    beside = {"extent": [14.9, 48.7, 15.01, 48.8], "extent_crs": "EPSG:4326"}
    worker.send("x1", "inspect", sar=[str(scene_path)], **beside)
    event = restored(worker.until("result", ident="x1")[-1])
    assert notes_with(event["result"]["warnings"], template=BEYOND_SCENE)
    worker.send("x2", "inspect", sar=[str(scene_path)], extent=[0, 0, 1, 1])
    error = worker.until("error", ident="x2")[-1]
    assert error["code"] == "request"
    assert_problem(error, "extent-off-scene")
    worker.send("x3", "inspect", sar=str(scene_path))
    assert worker.until("error", ident="x3")[-1]["code"] == "request"


def test_a_run_reports_and_the_second_needs_no_loading(worker, scene_path, tmp_path):
    began = time.monotonic()
    worker.send("r1", "run", **request(scene_path, tmp_path / "one"))
    events = worker.until("result", "error", ident="r1")
    first = time.monotonic() - began
    assert events[-1]["event"] == "result", events[-1]
    assert [e["stage"] for e in events if e["event"] == "stage"] == [1, 2, 3]
    progress = [e for e in events if e["event"] == "progress"]
    assert progress[0]["name"] == "load" and progress[-1]["percent"] == 100
    result = events[-1]["result"]
    assert all(Path(p).is_file() for p in [*result["outputs"].values(), result["run_json"]])
    began = time.monotonic()
    worker.send("r2", "run", **request(scene_path, tmp_path / "two"))
    worker.until("result", ident="r2")
    assert time.monotonic() - began < first


def test_cancel_stops_within_two_seconds(worker, scene_path, tmp_path):
    worker.send("c", "run", **request(scene_path, tmp_path, timesteps_1=900))
    worker.until("progress", ident="c")
    time.sleep(1.0)
    worker.send("x", "cancel", target="c")
    began = time.monotonic()
    assert worker.until("cancelled", "result", "error", ident="c")[-1]["event"] == "cancelled"
    assert time.monotonic() - began < stretched(2.0)
    assert list(tmp_path.iterdir()) == []


def test_what_is_cancelled_in_vain_is_not_remembered():
    said = io.StringIO()
    worker = Worker(Channel(said))
    for number in range(100):
        worker._cancel(f"over-{number}", keep=False)
    worker._pending.add("r")
    worker._cancel("r", keep=True)
    assert worker._cancelled == {"r": True}
    worker._answer("r", "nothing", {})
    assert not worker._cancelled and not worker._pending
    assert json.loads(said.getvalue())["event"] == "error"


def test_a_waiting_run_can_be_cancelled(worker, scene_path, tmp_path):
    worker.send("w1", "run", **request(scene_path, tmp_path / "w1", timesteps_1=900))
    worker.send("w2", "run", **request(scene_path, tmp_path / "w2"))
    worker.until("progress", ident="w1")
    worker.send("x", "cancel", target="w2")
    worker.send("x", "cancel", target="w1")
    worker.until("cancelled", ident="w1")
    worker.until("cancelled", ident="w2")


@pytest.mark.parametrize(
    ("changes", "code", "expected"),
    [
        ({"bundle": "nowhere"}, "bundle", ("bundle-missing", "'nowhere'")),
        ({"sar": ["/no/such/file.tif"]}, "scene", ("file-missing", "/no/such/file.tif")),
        ({"stages": 7}, "request", ("integer-out-of-range", "stages", "7")),
        ({"colour": "blue"}, "request", ("setting-unknown", "colour")),
        ({"out": "/proc/gac"}, "output", ("output-folder-not-made", "/proc/gac")),
    ],
)
def test_errors_are_words(worker, scene_path, tmp_path, changes, code, expected):
    worker.send("e", "run", **{**request(scene_path, tmp_path), **changes})
    error = worker.until("error", "result", ident="e")[-1]
    assert error["event"] == "error" and error["code"] == code
    assert error["details"] == ""
    assert_problem(error, *expected)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("", "request-unreadable"),
        ("nonsense", "request-unreadable"),
        ("[]", "request-unreadable"),
        ('{"id": 1, "method": "run"}', "request-types-wrong"),
        ('{"id": "q"}', "request-unreadable"),
    ],
)
def test_garbage_is_answered_and_survived(worker, line, problem):
    worker.raw(line)
    assert_problem(worker.until("error")[-1], problem)
    worker.send("b2", "bundles")
    worker.until("result", ident="b2")


def test_unknown_method(worker):
    worker.send("u", "dance")
    assert_problem(worker.until("error", ident="u")[-1], "method-unknown", "'dance'")


@pytest.mark.parametrize("way", ["close", "shutdown"])
def test_it_ends_when_told(tiny_bundle, way):
    client = Client(tiny_bundle.parent)
    client.until("ready")
    if way == "close":
        client.process.stdin.close()
    else:
        client.send("s", "shutdown")
    assert client.process.wait(10) in (0, 1)


def test_it_dies_with_its_parent(tiny_bundle, tmp_path):
    """The parent is killed without a chance to say anything, and something else holds the pipe."""
    note = tmp_path / "pid"
    code = (
        "import subprocess, sys, time, pathlib, os\n"
        "read, write = os.pipe()\n"
        "p = subprocess.Popen([sys.executable, '-m', 'gac_core.worker'], stdin=read,"
        " stdout=subprocess.DEVNULL)\n"
        "hold = subprocess.Popen(['sleep', '60'], pass_fds=[write])\n"
        f"pathlib.Path({str(note)!r}).write_text(f'{{p.pid}} {{hold.pid}}')\n"
        "time.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=engine_root())
    deadline = time.monotonic() + 30
    while not (note.exists() and len(note.read_text().split()) == 2):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    worker_pid, holder = (int(word) for word in note.read_text().split())
    time.sleep(6)  # long enough for it to have begun to watch
    parent.kill()
    parent.wait()
    try:
        deadline = time.monotonic() + 10
        while _alive(worker_pid):
            assert time.monotonic() < deadline, "the worker outlived its parent"
            time.sleep(0.1)
    finally:
        os.kill(holder, signal.SIGKILL)


def _alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False
