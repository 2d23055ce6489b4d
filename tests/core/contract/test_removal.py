"""Removals of files that another program holds for moments, as Windows has it."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

import pytest

from gac_core.contract import rename
from gac_core.contract.removal import remove_file, remove_folder
from tests.held import Holder


class Held:
    """Refuses the first attempts as Windows does."""

    def __init__(self, real, attempts: int, winerror: int | None) -> None:
        self.real, self.left, self.winerror, self.count = real, attempts, winerror, 0

    def __call__(self, *args, **options):
        self.count += 1
        if self.left:
            self.left -= 1
            error = PermissionError(13, "held", str(args[0]))
            error.winerror = self.winerror
            if not options.get("ignore_errors"):
                raise error
            return None
        return self.real(*args, **options)


@pytest.fixture
def held(monkeypatch):
    """Makes `Path.unlink` and `shutil.rmtree` fail so many times."""

    def hold(attempts: int, winerror: int | None = 32) -> tuple[Held, Held]:
        unlink = Held(Path.unlink, attempts, winerror)
        rmtree = Held(shutil.rmtree, attempts, winerror)
        monkeypatch.setattr(Path, "unlink", lambda *args, **options: unlink(*args, **options))
        monkeypatch.setattr(shutil, "rmtree", rmtree)
        return unlink, rmtree

    return hold


def make(tmp_path: Path) -> tuple[Path, Path]:
    file, folder = tmp_path / "file", tmp_path / "folder"
    file.write_bytes(b"1")
    folder.mkdir()
    (folder / "part").write_bytes(b"2")
    return file, folder


@pytest.mark.parametrize("winerror", [5, 32])
def test_what_is_held_for_moments_is_removed(tmp_path, held, winerror):
    file, folder = make(tmp_path)
    held(2, winerror)
    remove_file(file, pauses=(0, 0, 0))
    remove_folder(folder, pauses=(0, 0, 0))
    assert not file.exists() and not folder.exists()


def test_a_folder_whose_last_file_is_still_held_is_removed(tmp_path, held):
    _, folder = make(tmp_path)
    held(2, 145)
    remove_folder(folder, pauses=(0, 0, 0))
    assert not folder.exists()


def test_what_stays_held_is_an_error(tmp_path, held):
    file, folder = make(tmp_path)
    unlink, rmtree = held(99)
    with pytest.raises(PermissionError):
        remove_file(file, pauses=(0, 0))
    with pytest.raises(PermissionError):
        remove_folder(folder, pauses=(0, 0))
    assert unlink.count == rmtree.count == 3
    remove_folder(folder, ignore_errors=True, pauses=(0,))
    assert folder.exists()


def test_what_is_forbidden_is_no_reason_to_wait(tmp_path, held):
    file, folder = make(tmp_path)
    unlink, _ = held(99, None)
    with pytest.raises(PermissionError):
        remove_file(file, pauses=(60,))
    with pytest.raises(PermissionError):
        remove_folder(folder, pauses=(60,))
    assert unlink.count == 1


def test_removals_that_share_their_pauses_wait_that_long_in_all(tmp_path, monkeypatch):
    paths = [tmp_path / name for name in "abcdef"]
    for path in paths:
        path.write_bytes(b"1")
    holder = Holder(monkeypatch, rename, lambda path: path.name in "bde")
    pauses = iter((0.5, 0.25))
    for path in paths:
        with suppress(PermissionError):
            remove_file(path, pauses=pauses)
    assert {path.name for path in tmp_path.iterdir()} == set("bde")
    # What is removed at once leaves the pauses to the others.
    assert holder.paused == [0.5, 0.25]
    assert [path.name for path in holder.refused] == ["b", "b", "b", "d", "e"]


def test_what_is_missing(tmp_path):
    remove_file(tmp_path / "gone", missing_ok=True)
    remove_folder(tmp_path / "gone", ignore_errors=True)
    with pytest.raises(FileNotFoundError):
        remove_file(tmp_path / "gone")
    with pytest.raises(FileNotFoundError):
        remove_folder(tmp_path / "gone")


def test_a_link_to_a_folder_is_not_followed(tmp_path):
    _, folder = make(tmp_path)
    link = tmp_path / "link"
    link.symlink_to(folder, target_is_directory=True)
    with pytest.raises(OSError, match="symbolic link"):
        remove_folder(link)
    remove_file(link)
    assert (folder / "part").exists() and not link.exists()
