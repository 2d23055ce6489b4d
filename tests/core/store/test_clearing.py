"""Deleting models and moving their folder."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from gac_core.bundles import library as homes
from gac_core.bundles.bundle import WeightFile
from gac_core.bundles.library import Library, ModelsDir, models_home, weight_path
from gac_core.contract import rename
from gac_core.contract.errors import BundleError, Cancelled, OutputError
from gac_core.store.maintenance import delete, move_home
from tests.core.store.cards import FILE, REPO, ignore_progress, write_bundle
from tests.problems import raises

DIGEST = hashlib.sha256(b"weights").hexdigest()


@pytest.fixture
def full(desk):
    """A folder with two bundles that share a published file."""
    for name in ("mine", "yours"):
        write_bundle(desk.home.bundles / name, sha256=DIGEST)
    place = weight_path(desk.home.weights, WeightFile(FILE, repo=REPO), DIGEST)
    place.parent.mkdir(parents=True)
    place.write_bytes(b"weights")
    return desk


def drop(desk, name, **options):
    library = Library.of_home(desk.home)
    return delete(library.find(name), desk.home, library, **options)


def test_shared_weights_stay_until_nobody_needs_them(full) -> None:
    done = drop(full, "mine")
    assert not (full.home.bundles / "mine").exists()
    assert full.stored.exists()
    assert [warning.arguments for warning in done.warned] == [(FILE, "Yours")]
    drop(full, "yours")
    assert not full.stored.exists()
    assert list(full.home.bundles.iterdir()) == []


def test_what_comes_with_gac_stays(full) -> None:
    with raises(BundleError, "nothing-to-delete", str(full.home.path)):
        drop(full, "demo")


def test_files_of_others_stay(full) -> None:
    (full.home.bundles / "mine" / "thesis.odt").write_text("years of work")
    with raises(BundleError, "bundle-folder-not-ours", "thesis.odt"):
        drop(full, "mine")
    assert (full.home.bundles / "mine" / "bundle.json").exists()


@pytest.mark.parametrize(("winerror", "word"), [(32, "restart QGIS"), (None, "may delete")])
def test_what_a_worker_has_open_stays_and_it_is_told_what_to_do(
    full, monkeypatch, winerror, word
) -> None:
    """Windows keeps files that are mapped into a worker's memory."""
    real = Path.unlink

    def held(path: Path, **options: bool) -> None:
        if path == full.stored:
            error = PermissionError(13, "held", str(path))
            error.winerror = winerror
            raise error
        real(path, **options)

    monkeypatch.setattr(Path, "unlink", held)
    monkeypatch.setattr(rename, "time", SimpleNamespace(sleep=lambda seconds: None))
    drop(full, "mine")
    with pytest.raises(OutputError) as caught:
        drop(full, "yours")
    assert caught.value.problem == "models-not-deleted" and word in caught.value.remedy
    assert full.stored.exists()
    monkeypatch.undo()


def test_an_unfinished_download_is_deleted(full) -> None:
    full.stored.unlink()
    full.home.downloads.mkdir()
    part = full.home.downloads / f"{FILE}.c0ffee.part"
    part.write_bytes(b"some")
    drop(full, "mine")
    assert not part.exists()


@pytest.fixture
def standard(tmp_path, monkeypatch):
    """The standard folder, and the choice of another in it, are the test's own."""
    monkeypatch.setattr(homes, "data_dir", lambda: tmp_path / "standard")
    return tmp_path / "standard"


def test_moving_takes_everything_along(full, standard, tmp_path) -> None:
    stranger = full.home.path / "bundles.txt"
    stranger.write_text("mine")
    move_home(full.home, tmp_path / "new", ignore_progress)
    assert models_home({}) == ModelsDir(tmp_path / "new")
    library = Library.of_home(models_home({}))
    assert library.describe(library.find("mine"))["ready"]
    assert [p.name for p in full.home.path.iterdir()] == [stranger.name]


def test_leaving_moves_nothing(full, standard, tmp_path) -> None:
    move_home(full.home, tmp_path / "new", ignore_progress, leave=True)
    assert models_home({}).path == tmp_path / "new"
    assert (full.home.bundles / "mine").exists() and not list((tmp_path / "new").iterdir())


def test_a_move_that_is_broken_off_loses_nothing_and_goes_on(full, standard, tmp_path) -> None:
    def stop(what: str, done: int, total: int) -> None:
        if what == FILE:
            raise Cancelled()

    with pytest.raises(Cancelled):
        move_home(full.home, tmp_path / "new", stop)
    assert models_home({}).path == standard
    assert full.stored.exists() and (full.home.bundles / "yours").exists()
    move_home(full.home, tmp_path / "new", ignore_progress)
    (moved,) = (tmp_path / "new" / "weights").rglob(FILE)
    assert moved.read_bytes() == b"weights"
    assert not full.home.weights.exists()


def test_another_file_in_the_new_folder_is_not_replaced(full, standard, tmp_path) -> None:
    other = tmp_path / "new" / full.stored.relative_to(full.home.path)
    other.parent.mkdir(parents=True)
    other.write_bytes(b"another")
    with raises(OutputError, "models-clash", str(tmp_path / "new")):
        move_home(full.home, tmp_path / "new", ignore_progress)
    assert other.read_bytes() == b"another" and full.stored.exists()


def test_folders_in_one_another(full, standard) -> None:
    with raises(OutputError, "models-folders-nested", str(full.home.path)):
        move_home(full.home, full.home.path / "inner", ignore_progress)


def test_a_folder_that_the_environment_names_is_not_changed(full, standard, tmp_path) -> None:
    with raises(OutputError, "models-folder-by-variable", "GAC_MODELS"):
        move_home(ModelsDir(full.home.path, is_fixed=True), tmp_path / "new", ignore_progress)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(full, standard, tmp_path) -> None:
    (tmp_path / "new").mkdir(mode=0o500)
    with raises(OutputError, "models-folder-unusable", str(tmp_path / "new")):
        move_home(full.home, tmp_path / "new", ignore_progress)


def test_a_stick_that_is_not_there(standard, tmp_path) -> None:
    home = ModelsDir(tmp_path / "gone")
    library = Library.of_home(home)
    with raises(OutputError, "models-folder-missing", str(tmp_path / "gone")):
        delete(library.find("terramind-base"), home, library)
    assert not (tmp_path / "gone").exists()
