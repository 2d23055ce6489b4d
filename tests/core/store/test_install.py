"""Importing from folders and archives, good ones and hostile ones."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import stat
import tarfile
import zipfile
from pathlib import Path

import pytest

from gac_core.bundles.library import Library, known_files
from gac_core.contract.errors import BundleError, Cancelled, DiskFull, OutputError
from gac_core.store.install import import_models
from tests.core.store.cards import FILE, REPO, card, ignore_progress, write_bundle
from tests.problems import notes_with, raises


@pytest.fixture
def take(desk):
    def call(path: Path, **options):
        library = Library.of_home(desk.home)
        return import_models(
            path, desk.home, library, options.pop("tell", ignore_progress), **options
        )

    return call


@pytest.fixture
def stick(tmp_path, weights):
    """A stick with a bundle and the published file that it needs."""
    folder = write_bundle(tmp_path / "stick" / "things" / "mine")
    (tmp_path / "stick" / FILE).write_bytes(weights)
    (folder / "holiday.jpg").write_bytes(b"not for us")
    return tmp_path / "stick"


def there(desk) -> list[str]:
    """Everything in the models' folder."""
    files = [p for p in desk.home.path.rglob("*") if p.is_file() and p.name != "lock"]
    return sorted(p.relative_to(desk.home.path).as_posix() for p in files)


WHOLE = [
    f"bundles/mine/{FILE}",
    "bundles/mine/bundle.json",
    "bundles/mine/tokenizer.safetensors",
]


def packed(stick: Path, kind: str) -> Path:
    path = stick.parent / f"models.{kind}"
    if kind == "zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(stick.rglob("*")):
                archive.write(file, file.relative_to(stick))
    else:
        mode = "w:gz" if kind == "tar.gz" else "w"
        with tarfile.open(path, mode) as tar:
            tar.add(stick, ".")
    return path


@pytest.mark.parametrize("kind", ["folder", "zip", "tar", "tar.gz"])
def test_a_bundle_and_its_published_file(desk, take, stick, kind) -> None:
    done = take(stick if kind == "folder" else packed(stick, kind))
    assert there(desk) == WHOLE
    library = Library.of_home(desk.home)
    assert library.describe(library.find("mine"))["ready"]
    assert known_files(desk.home.weights) == {}
    assert notes_with(done.warned, FILE, REPO)


def test_published_files_alone(desk, take, stick, weights) -> None:
    take(stick / "things" / "mine")
    alone = stick.parent / "alone"
    alone.mkdir()
    (alone / FILE).write_bytes(weights)
    done = take(alone)
    assert notes_with(done.warned, FILE)
    assert known_files(desk.home.weights)[f"{REPO}@newest/{FILE}"].source == "import"
    assert desk.stored.read_bytes() == weights
    library = Library.of_home(desk.home)
    assert library.describe(library.find("mine"))["ready"]
    damaged = weights[:-1] + b"x"
    (alone / FILE).write_bytes(damaged)
    with raises(BundleError, "published-file-differs", "Published_v1.pt"):
        take(alone)
    assert desk.stored.read_bytes() == weights


def test_a_published_file_named_itself(desk, take, stick, weights) -> None:
    take(stick / "things" / "mine")
    take(stick / FILE)
    assert desk.stored.read_bytes() == weights


def test_a_copy_of_another_hash_is_refused_and_the_old_stays(desk, take, stick, weights) -> None:
    take(stick)
    digest = hashlib.sha256(weights).hexdigest()
    (stick / "things/mine/bundle.json").write_text(json.dumps(card("mine", sha256=digest)))
    (stick / FILE).write_bytes(weights[:-1] + b"x")
    with raises(BundleError, "published-file-differs", "Published_v1.pt"):
        take(stick, replace=True)
    assert there(desk) == WHOLE
    (stick / FILE).write_bytes(weights)
    take(stick, replace=True)
    assert desk.stored.read_bytes() == weights and known_files(desk.home.weights) == {}


def test_a_bundle_is_replaced_only_if_asked(desk, take, stick) -> None:
    take(stick)
    with raises(OutputError, "bundle-already-there", "'mine'"):
        take(stick)
    (stick / "things/mine/tokenizer.safetensors").write_bytes(b"better")
    take(stick, replace=True)
    found = desk.home.bundles / "mine" / "tokenizer.safetensors"
    assert found.read_bytes() == b"better"


def test_a_file_that_is_not_what_its_card_says(desk, take, stick) -> None:
    values = card("mine")
    values["terramind"]["weights"]["tokenizer"]["sha256"] = "ab" * 32
    (stick / "things/mine/bundle.json").write_text(json.dumps(values))
    with raises(BundleError, "bundle-file-differs"):
        take(stick / "things")
    assert there(desk) == []


def test_an_incomplete_bundle(desk, take, stick) -> None:
    (stick / "things/mine/tokenizer.safetensors").unlink()
    with raises(BundleError, "bundle-incomplete", "tokenizer.safetensors"):
        take(stick)
    assert there(desk) == []


class Evil:
    """Runs code when it is unpickled."""

    def __reduce__(self):
        return os.system, ("touch /tmp/gac-was-here",)


def test_published_weights_that_would_run_code(desk, take, stick) -> None:
    (stick / FILE).write_bytes(pickle.dumps(Evil()))
    with raises(BundleError, "weights-with-code"):
        take(stick)
    assert there(desk) == []
    assert not Path("/tmp/gac-was-here").exists()


def test_a_bundles_own_weights_that_may_run_code(desk, take, stick) -> None:
    values = card("mine")
    values["terramind"]["weights"]["tokenizer"] = {"file": "tokenizer.pkl"}
    (stick / "things/mine/bundle.json").write_text(json.dumps(values))
    (stick / "things/mine/tokenizer.pkl").write_bytes(pickle.dumps(Evil()))
    with raises(BundleError, "bundle-file-may-run-code"):
        take(stick)
    assert there(desk) == []


def hostile_zip(path: Path, name: str, mode: int = stat.S_IFREG | 0o644) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mine/bundle.json", json.dumps(card("mine")))
        info = zipfile.ZipInfo(name)
        info.external_attr = mode << 16
        archive.writestr(info, "/etc/passwd")
    return path


@pytest.mark.parametrize(
    "name", ["../out.json", "/etc/gac", "mine/../../out", "C:/out", "..\\out", "mine\\..\\..\\out"]
)
def test_names_that_lead_out(desk, take, tmp_path, name) -> None:
    with raises(BundleError, "archive-member-outside"):
        take(hostile_zip(tmp_path / "evil.zip", name))
    assert there(desk) == []


def test_links_in_a_zip(desk, take, tmp_path) -> None:
    path = hostile_zip(tmp_path / "evil.zip", "mine/tokenizer.safetensors", stat.S_IFLNK | 0o777)
    with raises(BundleError, "archive-member-not-a-file"):
        take(path)


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, b"3"])
def test_links_and_devices_in_a_tar(desk, take, tmp_path, kind) -> None:
    path = tmp_path / "evil.tar"
    with tarfile.open(path, "w") as archive:
        info = tarfile.TarInfo("mine/tokenizer.safetensors")
        info.type, info.linkname = kind, "/etc/passwd"
        archive.addfile(info)
    with raises(BundleError, "archive-member-not-a-file"):
        take(path)


def test_a_link_in_a_folder(desk, take, stick) -> None:
    own = stick / "things/mine/tokenizer.safetensors"
    own.unlink()
    own.symlink_to("/etc/passwd")
    with raises(BundleError, "bundle-file-is-a-link"):
        take(stick)
    assert there(desk) == []


def test_a_member_that_is_longer_than_it_says(desk, take, tmp_path) -> None:
    path = tmp_path / "evil.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mine/bundle.json", json.dumps(card("mine")))
        archive.writestr("mine/tokenizer.safetensors", b"\0" * 5_000_000)
    raw = path.read_bytes()
    path.write_bytes(raw.replace((5_000_000).to_bytes(4, "little"), (9).to_bytes(4, "little")))
    with pytest.raises(BundleError):
        take(path)
    assert there(desk) == []


def test_room_is_looked_at_before_anything_is_copied(desk, take, stick) -> None:
    with (stick / FILE).open("wb") as file:
        file.truncate(10**12)  # takes no room on the stick
    with raises(DiskFull, "disk-space-short", "1.0 TB"):
        take(stick)
    assert there(desk) == []


def test_a_tar_that_says_more_than_it_holds(desk, take, tmp_path) -> None:
    path = tmp_path / "bomb.tar"
    with tarfile.open(path, "w") as archive:
        head = tarfile.TarInfo("mine/tokenizer.safetensors")
        head.size = 10**15
        assert archive.fileobj is not None
        archive.fileobj.write(head.tobuf())
    with raises(BundleError, "archive-damaged"):
        take(path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 and then nothing", b"a text"])
def test_what_is_no_archive(desk, take, tmp_path, content) -> None:
    path = tmp_path / "some.zip"
    path.write_bytes(content)
    with raises(BundleError, "models-source-missing"):
        take(path)


def test_a_damaged_archive(desk, take, stick) -> None:
    path = packed(stick, "zip")
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 255
    path.write_bytes(raw)
    with raises(BundleError, "archive-damaged"):
        take(path)
    assert there(desk) == []


def test_a_name_that_gac_ships(desk, take, tmp_path) -> None:
    with raises(BundleError, "bundle-name-taken", "'demo'"):
        take(write_bundle(tmp_path / "stick" / "demo"))


def test_nothing_of_use(desk, take, tmp_path) -> None:
    (tmp_path / "photos").mkdir()
    with raises(BundleError, "bundle-not-in-source") as caught:
        take(tmp_path / "photos")
    assert "TerraMind_v1_base.pt" in caught.value.remedy


def test_an_import_that_is_broken_off_leaves_nothing(desk, take, stick) -> None:
    def stop(what: str, done: int, total: int) -> None:
        if done > total / 2:
            raise Cancelled()

    with pytest.raises(Cancelled):
        take(stick, tell=stop)
    assert there(desk) == []
