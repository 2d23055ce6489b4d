"""Fetching, by Hugging Face's real client, from a server that behaves and misbehaves."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import signal
import subprocess
import sys
import threading
import time

import pytest

from gac_core.bundles.library import Library
from gac_core.contract.errors import BundleError
from tests.core.store.cards import FILE, REPO, write_bundle
from tests.core.store.hub_server import COMMIT
from tests.problems import assert_problem


@pytest.fixture
def mine(desk):
    return write_bundle(desk.home.bundles / "mine")


def known(desk):
    return json.loads((desk.home.weights / "known-hashes.json").read_text())["files"]


KEY = f"{REPO}@newest/{FILE}"


def test_a_whole_download_is_pinned_and_trusted_from_then_on(desk, hub, mine, weights) -> None:
    status, events = desk.call("fetch", "mine")
    assert status == 0
    assert desk.stored.read_bytes() == weights
    digest = hashlib.sha256(weights).hexdigest()
    record = known(desk)[KEY]
    assert (record["sha256"], record["revision"], record["repo"]) == (digest, COMMIT, REPO)
    assert digest[:12] in events[-1]["result"]["warned"][0]
    told = [event for event in events if event["event"] == "progress"]
    assert told[-1]["done"] == told[-1]["total"] == len(weights)
    assert desk.parts() == []
    # What follows asks nobody.
    hub.asked.clear()
    assert desk.last("fetch", "mine")["result"]["told"] == ["Mine has all its files."]
    assert hub.asked == []


def test_later_damage_is_found_by_the_first_hash(desk, hub, mine, weights) -> None:
    desk.call("fetch", "mine")
    assert desk.call("verify", "mine")[0] == 0
    entry = next(b for b in desk.last("list")["result"]["bundles"] if b["name"] == "mine")
    file = next(f for f in entry["files"] if f["file"] == FILE)
    assert (file["hash"], file["place"]) == ("first download", "models folder")
    assert file["verified"]
    damaged = bytearray(weights)
    damaged[len(weights) // 2] ^= 1
    desk.stored.write_bytes(damaged)
    status, events = desk.call("verify", "mine")
    assert status == 1
    assert str(desk.stored) in events[-1]["result"]["warned"][0]


def test_an_interrupted_download_goes_on(desk, hub, mine, weights) -> None:
    hub.slow = threading.Event()
    process = desk.start("fetch", "mine", "--json")
    wait_for(lambda: desk.parts() and desk.parts()[0].stat().st_size > 0)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    have = desk.parts()[0].stat().st_size
    assert 0 < have < len(weights)
    assert not desk.stored.exists()
    entry = next(b for b in desk.last("list")["result"]["bundles"] if b["name"] == "mine")
    assert next(f for f in entry["files"] if f["file"] == FILE)["fetched"] == have
    hub.slow = None
    hub.asked.clear()
    status, events = desk.call("fetch", "mine")
    assert status == 0
    assert hub.ranges() == [f"bytes={have}-"]
    assert next(e for e in events if e["event"] == "progress")["done"] > have
    assert desk.stored.read_bytes() == weights


def test_a_connection_that_breaks_is_taken_up_again(desk, hub, mine, weights) -> None:
    hub.break_after = len(weights) // 3
    assert desk.call("fetch", "mine")[0] == 0
    first, second = hub.ranges()
    assert first == "" and second.startswith("bytes=")
    assert desk.stored.read_bytes() == weights


def test_a_server_that_goes_away_leaves_what_came(desk, hub, mine, weights) -> None:
    hub.slow = threading.Event()
    process = desk.start("fetch", "mine", "--json")
    wait_for(lambda: desk.parts() and desk.parts()[0].stat().st_size > 0)
    hub.is_gone = True
    hub.slow.set()
    out, _ = process.communicate(timeout=60)
    error = json.loads(out.splitlines()[-1])
    assert error["event"] == "error" and error["code"] == "hub"
    assert_problem(error, "hub-unreachable")
    assert error["remedy"]
    assert desk.parts()[0].stat().st_size > 0
    assert not desk.stored.exists()


def test_a_file_of_another_hash_is_not_installed(desk, hub, weights) -> None:
    write_bundle(desk.home.bundles / "mine", sha256="ab" * 32)
    hub.told_hash = "ab" * 32
    error = desk.last("fetch", "mine")
    assert (error["event"], error["code"]) == ("error", "hub")
    assert_problem(error, "download-hash-differs", "Published_v1.pt", "its card")
    assert not desk.stored.exists()
    assert desk.parts() == []


def test_what_the_hub_says_it_has_is_compared_before_anything_is_fetched(desk, hub) -> None:
    write_bundle(desk.home.bundles / "mine", sha256="ab" * 32)
    assert desk.last("fetch", "mine")["event"] == "error"
    assert hub.ranges() == []


def test_another_file_than_the_first_time_is_refused_until_forgotten(desk, hub, mine) -> None:
    desk.call("fetch", "mine")
    desk.stored.unlink()
    hub.files[REPO, FILE] = b"other" * 1000
    assert_problem(desk.last("fetch", "mine"), "download-hash-differs", FILE, "the first download")
    write_bundle(desk.home.bundles / "yours")
    shutil.rmtree(mine)
    assert desk.last("delete", "yours", "--forget")["event"] == "result"
    write_bundle(desk.home.bundles / "yours")
    assert desk.call("fetch", "yours")[0] == 0


def test_a_token_is_asked_for_used_and_told_to_nobody(desk, hub, mine) -> None:
    secret = "hf_VerySecretIndeed"
    hub.token = secret
    error = desk.last("fetch", "mine")
    assert error["code"] == "hub"
    assert_problem(error, "hub-access-denied", "No token was given")
    error = desk.last("fetch", "mine", HF_TOKEN="hf_wrong")
    assert_problem(error, "hub-access-denied", "The token was refused")
    assert "hf_wrong" not in json.dumps(error)
    status, events = desk.call("fetch", "mine", HF_TOKEN=secret)
    assert status == 0
    assert hub.asked[-1]["authorization"] == f"Bearer {secret}"
    assert secret not in json.dumps(events)
    for path in desk.tmp.rglob("*"):
        assert not path.is_file() or secret.encode() not in path.read_bytes(), path


def test_a_password_in_the_mirrors_address_is_told_to_nobody(desk, hub, mine) -> None:
    hub.stop()
    endpoint = hub.endpoint.replace("://", "://me:geheim@")
    hub.__enter__()  # another port: at the old one nobody answers
    error = desk.last("fetch", "mine", HF_ENDPOINT=endpoint)
    assert error["event"] == "error" and "geheim" not in json.dumps(error)


def test_a_commit_that_is_not_there(desk, hub) -> None:
    write_bundle(desk.home.bundles / "mine", revision="f" * 40)
    error = desk.last("fetch", "mine")
    assert_problem(error, "revision-missing", "f" * 40, REPO)


def test_a_file_that_is_not_there(desk, hub, mine) -> None:
    hub.files.clear()
    assert_problem(desk.last("fetch", "mine"), "hub-file-missing", FILE, REPO)


def test_room_is_looked_at_before(desk, hub, mine) -> None:
    hub.told_size = 49 * 10**9
    limit = "import shutil, runpy, sys; shutil.disk_usage = lambda path: type('', (), {'free': 1})"
    command = [
        sys.executable,
        "-c",
        f"{limit}; runpy.run_module('gac_core.cli', run_name='__main__')",
    ]
    asked = subprocess.run(
        [*command, "models", "fetch", "mine", "--json"],
        env=desk.variables,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    error = json.loads(asked.stdout.splitlines()[-1])
    assert error["code"] == "output"
    assert_problem(error, "disk-space-short")
    assert re.fullmatch(r"49\.\d GB", error["words"][error["message"]][2])
    assert hub.ranges() == [] and desk.parts() == []


def test_a_disk_that_becomes_full_keeps_what_came(desk, hub, mine, weights) -> None:
    import resource

    def limited() -> None:
        # The system then refuses to write on, as it does on a full disk.
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))

    process = subprocess.Popen(
        [sys.executable, "-m", "gac_core.cli", "models", "fetch", "mine", "--json"],
        env=desk.variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        preexec_fn=limited,
    )
    error = json.loads(process.communicate(timeout=60)[0].splitlines()[-1])
    assert_problem(error, "disk-full", FILE)
    assert desk.parts()[0].stat().st_size == 1_000_000
    assert desk.call("fetch", "mine")[0] == 0
    assert hub.ranges()[-1] == "bytes=1000000-"
    assert desk.stored.read_bytes() == weights


def test_two_at_once_do_not_disturb_each_other(desk, hub, mine, weights) -> None:
    hub.slow = threading.Event()
    process = desk.start("fetch", "mine", "--json")
    wait_for(lambda: bool(desk.parts()))
    error = desk.last("fetch", "mine")
    assert_problem(error, "models-folder-in-use")
    hub.slow.set()
    assert process.wait(60) == 0
    assert desk.stored.read_bytes() == weights


def test_staying_offline(desk, hub, mine) -> None:
    error = desk.last("fetch", "mine", HF_HUB_OFFLINE="1")
    assert_problem(error, "hub-offline")


def wait_for(holds) -> None:
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_commit_that_is_gone_gives_way_to_the_newest_where_the_card_has_a_hash(
    desk, hub, weights
) -> None:
    digest = hashlib.sha256(weights).hexdigest()
    write_bundle(desk.home.bundles / "pinned", revision="f" * 40, sha256=digest)
    assert desk.call("fetch", "pinned")[0] == 0
    assert desk.stored.read_bytes() == weights


def test_a_reported_hash_is_told_and_locks_nobody_out(desk, hub, weights) -> None:
    digest = hashlib.sha256(weights).hexdigest()
    write_bundle(desk.home.bundles / "reported", reported_sha256="0" * 64, bytes=len(weights))
    entry = next(b for b in desk.last("list")["result"]["bundles"] if b["name"] == "reported")
    assert entry["download"] == len(weights) and entry["bytes"] < len(weights)
    status, events = desk.call("fetch", "reported")
    assert status == 0 and desk.stored.read_bytes() == weights
    assert any("0" * 12 in text and digest[:12] in text for text in events[-1]["result"]["warned"])
    status, events = desk.call("verify", "reported")
    assert status == 0
    assert any("0" * 12 in text for text in events[-1]["result"]["warned"])


def test_a_hash_as_reported_needs_no_warning(desk, hub, weights) -> None:
    digest = hashlib.sha256(weights).hexdigest()
    write_bundle(desk.home.bundles / "reported", reported_sha256=digest)
    assert desk.last("fetch", "reported")["result"]["warned"] == []


def test_weights_that_only_training_needs_are_fetched_by_name(desk, hub, weights) -> None:
    folder = desk.home.bundles / "backbone"
    folder.mkdir(parents=True)
    card = {
        "format": 2, "name": "backbone", "title": "A backbone", "kind": "backbone",
        "licence": "none", "weights": [{"file": FILE, "repo": REPO}],
    }  # fmt: skip
    (folder / "bundle.json").write_text(json.dumps(card))
    assert desk.call("fetch", "backbone")[0] == 0
    assert desk.stored.read_bytes() == weights
    listed = {b["name"]: b for b in desk.last("list")["result"]["bundles"]}
    assert listed["backbone"]["ready"] and listed["backbone"]["kind"] == "backbone"
    assert not listed["prithvi-600M"]["ready"] and listed["prithvi-600M"]["download"] > 2e9
    library = Library.of_home(desk.home)
    assert "backbone" not in {bundle.name for bundle in library.bundles()}
    with pytest.raises(BundleError):
        library.find("backbone")
    assert desk.call("verify", "backbone")[0] == 0
    assert desk.call("delete", "backbone")[0] == 0
    assert not desk.stored.exists()
