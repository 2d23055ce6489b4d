"""Files of many publishers: whose file is ready for whom, and what nobody may replace."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path

import pytest

from gac_core.bundles.bundle import RESERVED, WeightFile
from gac_core.bundles.library import FILE as RECORD
from gac_core.bundles.library import (
    HashRecord,
    Library,
    find_record,
    keep_known,
    known_files,
    weight_path,
)
from gac_core.bundles.part import PART
from gac_core.contract.errors import BundleError
from gac_core.contract.layout import CARD, MODELS_FOLDER_FILE
from gac_core.doctor import NOTE, Finding, examine_bundles
from gac_core.store.install import import_models
from gac_core.store.listing import VERIFIED_FILE, entries
from gac_core.store.lock import LOCK
from gac_core.store.maintenance import delete, delete_named
from gac_core.worker.channel import Channel
from gac_core.worker.server import Worker
from tests.core.store.cards import FILE, REPO, card, ignore_progress, write_bundle
from tests.problems import raises

LARGE = "TerraMind_v1_large.pt"
OWNER = "ibm-esa-geospatial/TerraMind-1.0-large"
"""The one file of a shipped card that no hash in the card vouches for."""


def is_ready(desk, name: str, file: str = LARGE) -> bool:
    """Check a bundle for a file."""
    library = Library.of_home(desk.home)
    bundle = library.find(name)
    (weight,) = [each for each in bundle.named_weights if each.file == file]
    try:
        return library.locate(bundle, weight).is_file()
    except BundleError:
        return False


def take(desk, path: Path, **options):
    return import_models(path, desk.home, Library.of_home(desk.home), ignore_progress, **options)


def stranger(desk, content: bytes, **generator) -> Path:
    """A bundle of a stranger that claims a file of TerraMind's name."""
    folder = write_bundle(desk.tmp / "stick" / "evil", file=LARGE, **generator)
    (folder / LARGE).write_bytes(content)
    return folder


@pytest.mark.parametrize("repo", ["x/y", OWNER])
@pytest.mark.parametrize("has_hash", [True, False])
def test_a_strangers_file_makes_no_other_bundle_ready(desk, weights, repo, has_hash) -> None:
    digest = hashlib.sha256(weights).hexdigest() if has_hash else None
    take(desk, stranger(desk, weights, repo=repo, sha256=digest))
    assert is_ready(desk, "evil")
    assert not is_ready(desk, "terramind-large")
    assert known_files(desk.home.weights) == {}


def test_a_strangers_file_by_itself_is_not_the_one_whose_hash_is_published(desk, weights) -> None:
    for bundle, file in (
        ("terramind-base", "TerraMind_v1_base.pt"),
        ("terramind-large", "TerraMind_Tokenizer_S2L2A.pt"),
    ):
        path = desk.tmp / file
        path.write_bytes(weights)
        with raises(BundleError, "published-file-differs"):
            take(desk, path)
        desk.home.weights.mkdir(exist_ok=True)
        (desk.home.weights / file).write_bytes(weights)
        assert not is_ready(desk, bundle, file)
    assert known_files(desk.home.weights) == {}


@pytest.mark.parametrize("repo", ["x/y", OWNER])
@pytest.mark.parametrize("has_hash", [True, False])
def test_what_is_here_is_neither_replaced_nor_deleted(desk, weights, repo, has_hash) -> None:
    alone = desk.tmp / "alone"
    alone.mkdir()
    (alone / LARGE).write_bytes(weights)
    take(desk, alone)
    before = {p: p.read_bytes() for p in desk.home.weights.rglob("*") if p.is_file()}
    assert is_ready(desk, "terramind-large") and len(before) == 2
    evil = weights + b"x"
    digest = hashlib.sha256(evil).hexdigest() if has_hash else None
    folder = stranger(desk, evil, repo=repo, sha256=digest)
    if has_hash or repo != OWNER:
        take(desk, folder)
        delete_named("evil", desk.home, Library.of_home(desk.home), forget=True)
    else:
        with pytest.raises(BundleError):
            take(desk, folder)
    after = {p: p.read_bytes() for p in desk.home.weights.rglob("*") if p.is_file()}
    assert after == before


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_gacs_own_names_are_no_names_of_files(desk, name) -> None:
    folder = desk.tmp / "evil"
    folder.mkdir()
    (folder / CARD).write_text(json.dumps(card("evil", file=name.upper(), repo="x/y")))
    with raises(BundleError, "card-names-outside-file"):
        take(desk, folder)


def test_the_names_that_are_kept_are_those_in_use() -> None:
    assert {CARD, PART, RECORD, VERIFIED_FILE, MODELS_FOLDER_FILE, LOCK} == RESERVED


@pytest.mark.parametrize("repo", ["x/y", REPO])
def test_a_first_copy_of_a_name_that_two_publishers_use(desk, weights, repo) -> None:
    write_bundle(desk.home.bundles / "mine")
    write_bundle(desk.home.bundles / "yours", repo=repo)
    alone = desk.tmp / "alone"
    alone.mkdir()
    (alone / FILE).write_bytes(weights)
    if repo == REPO:
        take(desk, alone)
        assert is_ready(desk, "mine", FILE) and is_ready(desk, "yours", FILE)
    else:
        with raises(BundleError, "publisher-ambiguous"):
            take(desk, alone)
        assert not is_ready(desk, "mine", FILE) and not is_ready(desk, "yours", FILE)


def old_record(desk, digest: str, repo: str) -> None:
    """The record as the first layout had it: by the file's name alone."""
    values = {"sha256": digest, "bytes": 7, "repo": repo, "revision": "", "source": "", "when": ""}
    desk.home.weights.mkdir(exist_ok=True)
    text = json.dumps({"format": 1, "files": {FILE: values}})
    (desk.home.weights / RECORD).write_text(text)


@pytest.mark.parametrize(
    ("content", "repo", "pinned", "ready"),
    [
        (b"weights", REPO, False, True),
        (b"weights", "x/y", False, False),
        (b"another", REPO, False, False),
        (b"weights", None, True, True),
        (b"another", None, True, False),
        (b"weights", None, False, False),
    ],
)
def test_the_old_layout(desk, content, repo, pinned, ready) -> None:
    digest = hashlib.sha256(b"weights").hexdigest()
    write_bundle(desk.home.bundles / "mine", sha256=digest if pinned else None)
    if repo is not None:
        old_record(desk, digest, repo)
    desk.home.weights.mkdir(exist_ok=True)
    old = desk.home.weights / FILE
    old.write_bytes(content)
    assert is_ready(desk, "mine", FILE) == ready
    place = weight_path(desk.home.weights, WeightFile(FILE, repo=REPO), digest)
    assert place.exists() == ready and old.exists() != ready
    kept = place if ready else old
    assert kept.read_bytes() == content
    assert is_ready(desk, "mine", FILE) == ready


def test_an_old_file_that_nobody_vouches_for_is_imported_by_its_own_name(desk, weights) -> None:
    """As its remedy says."""
    write_bundle(desk.home.bundles / "mine")
    desk.home.weights.mkdir()
    old = desk.home.weights / FILE
    old.write_bytes(weights)
    library = Library.of_home(desk.home)
    assert f"gac models import {old}" in library.describe(library.find("mine"))["remedy"]
    take(desk, old)
    assert is_ready(desk, "mine", FILE)


def test_an_old_download_goes_on(desk, hub, weights) -> None:
    write_bundle(desk.home.bundles / "mine")
    desk.home.downloads.mkdir()
    (desk.home.downloads / f"{FILE}.c0ffee000000.part").write_bytes(weights[:1_000_000])
    assert desk.call("fetch", "mine")[0] == 0
    assert hub.ranges() == ["bytes=1000000-"]
    assert desk.stored.read_bytes() == weights


def test_one_file_serves_all_cards_that_mean_it(desk, hub, weights) -> None:
    digest = hashlib.sha256(weights).hexdigest()
    write_bundle(desk.home.bundles / "pinned", sha256=digest)
    assert desk.call("fetch", "pinned")[0] == 0
    write_bundle(desk.home.bundles / "open")
    assert not is_ready(desk, "open", FILE)
    hub.asked.clear()
    assert desk.call("fetch", "open")[0] == 0
    assert hub.ranges() == [] and is_ready(desk, "open", FILE)
    assert desk.stored.read_bytes() == weights


def test_records_are_by_repository_revision_and_file(tmp_path) -> None:
    weights = tmp_path / "weights"
    newest, pinned = WeightFile(FILE, repo=REPO), WeightFile(FILE, repo=REPO, revision="a" * 40)
    keep_known(weights, newest, HashRecord("1" * 64, 1, REPO, "b" * 40, "", ""))
    keep_known(weights, pinned, HashRecord("2" * 64, 1, REPO, "a" * 40, "", ""))
    assert find_record(weights, newest).sha256 == "1" * 64
    assert find_record(weights, pinned).sha256 == "2" * 64
    assert find_record(weights, WeightFile(FILE, repo=REPO, revision="b" * 40)).sha256 == "1" * 64
    assert find_record(weights, WeightFile(FILE, repo="x/y")) is None
    keep_known(weights, newest, None)
    assert find_record(weights, newest) is None and find_record(weights, pinned) is not None


def test_a_record_with_a_damaged_entry_keeps_the_others(tmp_path) -> None:
    keep_known(tmp_path, WeightFile(FILE, repo=REPO), HashRecord("1" * 64, 1, REPO, "", "", ""))
    told = json.loads((tmp_path / RECORD).read_text())
    told["files"] |= {"a": 5, "b": {"sha256": 5}, "c": {**next(iter(told["files"].values()))}}
    told["files"]["c"]["sha256"] = 5
    (tmp_path / RECORD).write_text(json.dumps(told))
    assert list(known_files(tmp_path)) == [f"{REPO}@newest/{FILE}"]


BAD_CARDS = {
    "repo": {"repo": "../../etc"},
    "repo-odd": {"repo": "a/b/c"},
    "repo-dashes": {"repo": "a--b/c"},
    "long": {"file": "a" * 300},
    "outside": {"file": "../x.safetensors"},
    "hash": {"sha256": 5},
    "hash-short": {"sha256": "ab"},
    "revision": {"revision": "../../x"},
    "type": {"file": ["a"]},
    "more": {"url": "http://x"},
}


@pytest.mark.parametrize("case", BAD_CARDS)
def test_a_bad_card_is_refused_and_one_that_is_here_hides_nothing(desk, case) -> None:
    folder = desk.tmp / "bad"
    folder.mkdir()
    (folder / CARD).write_text(json.dumps(card("bad", **BAD_CARDS[case])))
    with pytest.raises(BundleError):
        take(desk, folder)
    write_bundle(desk.home.bundles / "mine")
    desk.home.bundles.joinpath("bad").mkdir()
    (desk.home.bundles / "bad" / CARD).write_bytes((folder / CARD).read_bytes())
    library = Library.of_home(desk.home)
    assert {"mine", "demo"} <= {bundle.name for bundle in library.bundles()}
    assert all(library.describe(bundle) for bundle in library.bundles())
    found = {entry.info["name"]: entry for entry in entries(desk.home, library)}
    assert not found["bad"].info["ready"] and found["bad"].info["problem"]
    assert found["demo"].info["ready"]
    delete_named("bad", desk.home, library)
    assert not (desk.home.bundles / "bad").exists()


@pytest.mark.parametrize("raw", [b"", b"[" * 100_000, b'{"a":' * 100_000, b"\xff", b"[]", b"{}"])
def test_a_card_that_is_none_is_listed_and_deleted(desk, raw) -> None:
    folder = desk.home.bundles / "bad"
    folder.mkdir(parents=True)
    (folder / CARD).write_bytes(raw)
    (folder / "thesis.odt").write_text("years of work")
    library = Library.of_home(desk.home)
    assert [each.path for each in library.damaged()] == [folder]
    with raises(BundleError, "bundle-folder-not-ours", "thesis"):
        delete_named("bad", desk.home, library)
    (folder / "thesis.odt").unlink()
    delete_named("bad", desk.home, library)
    assert not folder.exists()


def test_a_pipe_or_a_device_for_a_card(desk) -> None:
    import os

    for name, make in (
        ("pipe", lambda path: os.mkfifo(path)),
        ("zero", lambda path: path.symlink_to("/dev/zero")),
    ):
        folder = desk.home.bundles / name
        folder.mkdir(parents=True)
        make(folder / CARD)
    library = Library.of_home(desk.home)
    assert {each.path.name for each in library.damaged()} == {"pipe", "zero"}
    assert "demo" in {bundle.name for bundle in library.bundles()}


def test_whoever_lists_bundles_shows_the_damaged_one(desk, monkeypatch) -> None:
    folder = desk.home.bundles / "bad"
    folder.mkdir(parents=True)
    (folder / CARD).write_text("{")
    monkeypatch.setenv("GAC_MODELS", str(desk.home.path))
    lines = io.StringIO()
    worker = Worker(Channel(lines))
    worker._answer("1", "bundles", {})
    listed = json.loads(lines.getvalue())["result"]["bundles"]
    library = Library.of_home(desk.home)
    infos = [entry.info for entry in entries(desk.home, library)]
    assert listed == [info for info in infos if info["kind"] != "backbone"]
    (bad,) = (each for each in listed if each["path"] == str(folder))
    assert not bad["ready"] and bad["problem"] and "gac models delete bad" in bad["remedy"]
    findings: list[Finding] = []
    assert examine_bundles(findings.append)
    (told,) = (each for each in findings if each.name == "bad")
    assert (told.state, told.text, told.remedy) == (NOTE, bad["problem"], bad["remedy"])


@pytest.mark.parametrize("name", ["~nosuchuser", "a" * 5000, "\0", "../x", 5, ["demo"], None, ""])
def test_names_that_no_bundle_has(desk, name) -> None:
    with pytest.raises(BundleError):
        Library.of_home(desk.home).find(name)


def test_deleting_leaves_what_another_bundle_uses(desk, weights) -> None:
    digest = hashlib.sha256(weights).hexdigest()
    for name in ("mine", "yours"):
        write_bundle(desk.home.bundles / name, sha256=digest)
    alone = desk.tmp / FILE
    alone.write_bytes(weights)
    take(desk, alone)
    library = Library.of_home(desk.home)
    delete(library.find("mine"), desk.home, library)
    assert desk.stored.read_bytes() == weights
    delete(library.find("yours"), desk.home, library)
    assert not list(desk.home.weights.rglob(FILE))
