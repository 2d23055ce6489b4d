"""Interrupted runs that are resumed: the result is that of an uninterrupted run."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import rasterio.shutil

from gac_core.bundles.library import engine_root
from gac_core.cli.commands import main
from gac_core.contract.errors import Cancelled, DiskFull, OutputError, SceneError
from gac_core.contract.layout import WORK
from gac_core.contract.message import Message
from gac_core.contract.request import RunRequest
from gac_core.engine.checkpoint import STAGE_KEYS, Journal
from gac_core.engine.folder import working_folder
from gac_core.engine.pipeline import RESUME_HINT, run
from gac_core.networks.loading import ModelCache
from gac_core.progress import Silent
from tests.core.engine.runs.conftest import change_record
from tests.problems import notes_with, raises

RECORDS = ["run.json", "stac_item.json"]


@pytest.fixture(scope="module")
def expected(scene_path, tiny_bundle, cache, tmp_path_factory):
    """Hashes of the files of a run that nothing disturbed."""
    out = tmp_path_factory.mktemp("undisturbed")
    request = RunRequest(
        sar=(str(scene_path),),
        out=str(out),
        bundle=str(tiny_bundle),
        timesteps_1=1,
        timesteps_3=1,
        device="cpu",
    )
    run(request, cache, Silent())
    return hashes(out)


def hashes(out: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(out.glob("*.tif"))}


class Stopper(Silent):
    """Raises an error once so many tiles are done, and counts those that are computed."""

    def __init__(self, after: int | None = None, error: BaseException | None = None) -> None:
        self.after, self.error, self.tiles, self.first = after, error, 0, []

    def progress(self, progress):
        if progress.stage:
            self.tiles += 1
            self.first.append((progress.stage, progress.tile))
            if self.after == self.tiles:
                raise self.error


def left(out: Path) -> list[str]:
    return sorted(p.name for p in out.iterdir())


@pytest.mark.parametrize("after", [1, 5, 9, 10, 20, 32])
def test_an_interrupted_run_goes_on_to_the_same_result(
    cache, request_for, expected, tmp_path, after
):
    with pytest.raises(Cancelled):
        run(request_for(tmp_path), cache, Stopper(after, Cancelled(keep=True)))
    journal = Journal.read(tmp_path / WORK)
    assert journal.progress["stages"] == 3
    result = run(request_for(tmp_path), cache, Silent())
    assert hashes(tmp_path) == expected
    assert left(tmp_path) == [*expected, *RECORDS]
    record = json.loads((tmp_path / "run.json").read_text())
    assert record["status"] == "complete" and len(record["resumed"]) == 1
    assert list(result.outputs) == ["opt_v1", "opt_v2", "opt_v3"]


def test_no_whole_tile_is_computed_twice(cache, request_for, tmp_path, monkeypatch):
    from gac_core.stages.generate import Generate

    computed = []
    decode = Generate.decode
    monkeypatch.setattr(
        Generate,
        "decode",
        lambda self, windows, inputs, tokens: (
            computed.extend(windows),
            decode(self, windows, inputs, tokens),
        )[1],
    )
    for after in (2, 4, 7):
        with pytest.raises(KeyboardInterrupt):
            run(request_for(tmp_path, stages=1), cache, Stopper(after, KeyboardInterrupt()))
    run(request_for(tmp_path, stages=1), cache, Silent())
    assert len(computed) == len(set(computed))


def test_a_complete_stage_is_not_made_again_unless_it_was_touched(
    cache, request_for, expected, tmp_path
):
    def interrupt():
        with pytest.raises(Cancelled):
            run(request_for(tmp_path), cache, Stopper(20, Cancelled(keep=True)))

    interrupt()
    before = (tmp_path / "opt_v1.tif").stat().st_mtime_ns
    interrupt()
    assert (tmp_path / "opt_v1.tif").stat().st_mtime_ns == before
    (tmp_path / "opt_v1.tif").unlink()
    run(request_for(tmp_path), cache, Silent())
    assert hashes(tmp_path) == expected


def test_damaged_memories_are_computed_again(cache, request_for, expected, tmp_path):
    with pytest.raises(Cancelled):
        run(request_for(tmp_path), cache, Stopper(5, Cancelled(keep=True)))
    kept = sorted((tmp_path / WORK).rglob("*.npz"))
    assert kept
    kept[0].write_bytes(kept[0].read_bytes()[:-50])
    middle = bytearray(kept[-1].read_bytes())
    middle[len(middle) // 2] ^= 0xFF
    kept[-1].write_bytes(middle)
    run(request_for(tmp_path), cache, Silent())
    assert hashes(tmp_path) == expected


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": "x"}', '{"format": 1, "rows": 3}'])
def test_a_damaged_journal_is_no_journal(cache, request_for, expected, tmp_path, text):
    with pytest.raises(Cancelled):
        run(request_for(tmp_path), cache, Stopper(20, Cancelled(keep=True)))
    (tmp_path / WORK / "journal.json").write_text(text)
    run(request_for(tmp_path), cache, Silent())
    assert hashes(tmp_path) == expected


def test_a_run_with_other_settings_does_not_cost_the_unfinished_one(
    cache, request_for, expected, tmp_path
):
    with pytest.raises(Cancelled):
        run(request_for(tmp_path), cache, Stopper(3, Cancelled(keep=True)))
    with raises(OutputError, "unfinished-run-differs"):
        run(request_for(tmp_path, seed=5), cache, Silent())
    run(request_for(tmp_path), cache, Silent())
    assert hashes(tmp_path) == expected


def test_what_cannot_be_gone_on_with_is_computed_anew_and_said_so(
    cache, request_for, expected, tmp_path, monkeypatch
):
    with pytest.raises(Cancelled):
        run(request_for(tmp_path), cache, Stopper(3, Cancelled(keep=True)))
    older = Journal.read(tmp_path / WORK).identity
    older["software"]["torch"] = "an older one"
    change_record(tmp_path / WORK / "journal.json", identity=older)
    result = run(request_for(tmp_path), cache, Silent())
    assert notes_with(result.notes, "software")
    assert hashes(tmp_path) == expected


def test_a_cancelled_run_leaves_nothing(cache, request_for, tmp_path):
    with pytest.raises(Cancelled):
        run(request_for(tmp_path), cache, Stopper(5, Cancelled()))
    assert left(tmp_path) == []


def test_a_full_disk_gets_its_room_back(cache, request_for, tmp_path):
    with pytest.raises(DiskFull) as caught:
        run(request_for(tmp_path), cache, Stopper(20, DiskFull("The disk is full.", "Free some.")))
    assert left(tmp_path) == ["opt_v1.tif", *RECORDS]
    assert RESUME_HINT not in caught.value.remedy


def test_other_failures_keep_what_was_computed(cache, request_for, expected, tmp_path):
    with pytest.raises(SceneError) as caught:
        run(request_for(tmp_path), cache, Stopper(20, SceneError("Gone.", "Bring it back.")))
    assert RESUME_HINT in caught.value.remedy
    assert left(tmp_path) == [WORK, "opt_v1.tif", *RECORDS]
    assert json.loads((tmp_path / "run.json").read_text())["status"] == "failed"
    run(request_for(tmp_path), cache, Silent())
    assert hashes(tmp_path) == expected


def test_a_refused_resume_loses_nothing(cache, request_for, expected, tmp_path):
    """A bundle that is away for a while must not cost what was computed with it."""
    with pytest.raises(Cancelled):
        run(request_for(tmp_path), cache, Stopper(5, Cancelled(keep=True)))

    class Impatient(Silent):
        def check(self):
            raise Cancelled

    with pytest.raises(Cancelled):
        run(request_for(tmp_path), cache, Impatient())
    assert Journal.read(tmp_path / WORK) is not None
    run(request_for(tmp_path), cache, Silent())
    assert hashes(tmp_path) == expected


def test_an_input_that_changes_under_the_run(cache, request_for, scene_path, tmp_path):
    copy = tmp_path / scene_path.name
    copy.write_bytes(scene_path.read_bytes())

    class Toucher(Silent):
        def progress(self, progress):
            if progress.stage:
                os.utime(copy, (1, 1))

    with raises(SceneError, "file-changed-while-read"):
        run(request_for(tmp_path / "out", sar=(str(copy),)), cache, Toucher())
    assert not list((tmp_path / "out").glob("*.tif"))


def test_one_run_in_a_folder_at_a_time(cache, request_for, tmp_path):
    with (
        working_folder(tmp_path),
        raises(OutputError, "output-folder-in-use", str(os.getpid()), str(tmp_path)),
    ):
        run(request_for(tmp_path), cache, Silent())
    assert left(tmp_path) == []


def test_the_command_line_goes_on(request_for, expected, cache, tmp_path, ended_with):
    with pytest.raises(KeyboardInterrupt):
        run(request_for(tmp_path), cache, Stopper(5, KeyboardInterrupt()))
    assert main(["resume", str(tmp_path)]) == 0
    assert hashes(tmp_path) == expected
    assert main(["resume", str(tmp_path)]) == 1
    ended_with("unfinished-run-missing", tmp_path)


class Process:
    """A worker that is sent one run."""

    def __init__(self, request: RunRequest) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gac_core.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=engine_root(),
            env={**os.environ, "OMP_NUM_THREADS": "1"},
            text=True,
        )
        message = {"id": "r", "method": "run", "params": request.to_dict()}
        self.process.stdin.write(json.dumps(message) + "\n")
        self.process.stdin.flush()

    def until(self, *kinds: str) -> dict:
        for line in self.process.stdout:
            event = json.loads(line)
            if event["event"] in kinds and event.get("stage") != 0:
                return event
        return {"event": "dead"}


def test_a_worker_whose_program_ends_leaves_a_run_to_go_on_with(
    request_for, expected, cache, tmp_path
):
    one = Process(request_for(tmp_path))
    assert one.until("progress")["stage"] == 1
    one.process.stdin.close()
    one.process.wait(10)
    assert Journal.read(tmp_path / WORK) is not None
    run(request_for(tmp_path), cache, Silent())
    assert hashes(tmp_path) == expected
    assert left(tmp_path) == [*expected, *RECORDS]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_a_killed_worker(request_for, expected, cache, tmp_path):
    one = Process(request_for(tmp_path))
    one.until("progress")
    one.process.kill()
    one.process.wait(10)
    assert Journal.read(tmp_path / WORK) is not None
    run(request_for(tmp_path), cache, Silent())
    assert hashes(tmp_path) == expected
    assert left(tmp_path) == [*expected, *RECORDS]


def run_and_be_killed(request: RunRequest, cache: ModelCache, tiles: int, delay: float) -> None:
    """Runs in a copy of this process, which is killed so long after so many of its tiles."""
    tile, told = os.pipe()
    child = os.fork()
    if child == 0:
        copy = rasterio.shutil.copy
        # GDAL's threads stay in this process: that one would wait for them for ever.
        rasterio.shutil.copy = lambda *names, **options: copy(
            *names, **{**options, "NUM_THREADS": "1"}
        )
        try:
            run(request, cache, Telling(told))
        finally:
            os._exit(0)
    os.close(told)
    for _ in range(tiles):
        os.read(tile, 1)
    time.sleep(delay)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(tile)


class Telling(Silent):
    """Writes a byte into a pipe for each tile that is done."""

    def __init__(self, pipe: int) -> None:
        self.pipe = pipe

    def progress(self, progress):
        if progress.stage:
            os.write(self.pipe, b".")


class Counting(Silent):
    """Counts tiles."""

    tiles = 0

    def progress(self, progress):
        self.tiles += bool(progress.stage)


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_killed_at_twenty_random_moments(request_for, expected, cache, tmp_path, capsys):
    """Each run is killed at a moment of its own, and every result is that of a whole run."""
    chance, counting = random.Random(20), Counting()
    began = time.monotonic()
    run(request_for(tmp_path / "whole"), cache, counting)
    each = (time.monotonic() - began) / counting.tiles
    same = unfinished = 0
    for number in range(20):
        out = tmp_path / str(number)
        tiles = chance.randint(1, counting.tiles - 1)
        run_and_be_killed(request_for(out), cache, tiles, chance.uniform(0, each))
        unfinished += Journal.read(out / WORK) is not None
        run(request_for(out), cache, Silent())
        same += hashes(out) == expected and left(out) == [*expected, *RECORDS]
    with capsys.disabled():
        print(
            f" {same} of 20 results identical ({unfinished} of the runs were unfinished) ", end=""
        )
    assert same == 20
    assert unfinished >= 10


def test_a_journal_keeps_messages_as_such(tmp_path):
    note = Message("Real optical images reach {} on average; unrelated ones 0.", 0.36)
    entry = {**dict.fromkeys(STAGE_KEYS, 0), "score": {"note": note}, "sha256": "0"}
    journal = Journal(tmp_path / "journal.json", {}, {}, stages={"opt_v1": entry})
    journal.save()
    saved = Journal.read(tmp_path).stages["opt_v1"]["score"]["note"]
    assert (saved, saved.template, saved.arguments) == (note, note.template, note.arguments)
