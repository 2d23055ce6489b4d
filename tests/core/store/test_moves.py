"""Files that are moved to their final name, on another disk too."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from gac_core.store.lock import move_file


@pytest.fixture
def other_disk(monkeypatch):
    """Renames out of `downloads` fail, as between disks."""
    replace = Path.replace

    def within(part: Path, path: Path) -> Path:
        if "downloads" in part.parts:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return replace(part, path)

    monkeypatch.setattr(Path, "replace", within)


@pytest.fixture
def part(tmp_path):
    """A complete download, and where it belongs."""
    for name in ("downloads", "weights"):
        (tmp_path / name).mkdir()
    (tmp_path / "downloads" / "a.part").write_bytes(b"weights")
    return tmp_path / "downloads" / "a.part", tmp_path / "weights" / "a.pt"


def test_a_download_reaches_another_disk_whole(part, other_disk):
    move_file(*part)
    assert part[1].read_bytes() == b"weights"
    assert [p.name for p in part[1].parent.iterdir()] == ["a.pt"] and not part[0].exists()


def test_what_does_not_fit_there_leaves_the_download(part, other_disk, monkeypatch):
    def full(source, target):
        Path(target).write_bytes(b"wei")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("gac_core.store.lock.shutil.copyfile", full)
    with pytest.raises(OSError, match="No space"):
        move_file(*part)
    assert not list(part[1].parent.iterdir()) and part[0].read_bytes() == b"weights"
