"""A training's folder: full disks, what is lost or damaged in it, and two who want it."""

from __future__ import annotations

import errno
import shutil

import pytest
from filelock import FileLock
from safetensors import SafetensorError

from gac_core.contract.errors import DiskFull, OutputError
from tests.problems import raises
from tests.training.fit.test_resume import same
from tests.training.fit.tiny import STEPS, Tiny, train
from training.fit import checkpoint
from training.fit.checkpoint import LAST, read_checkpoint
from training.fit.stage_training import BEST_LOST
from training.processes import LOCK


def test_a_full_disk_leaves_the_last_checkpoint(tmp_path, monkeypatch):
    """The third checkpoint meets a full disk half-way; later there is room again."""
    written = 0
    real = checkpoint.atomic_write

    class Full:
        def __init__(self, part):
            self.part = part

        def write_bytes(self, data):
            self.part.write_bytes(data[: len(data) // 2])
            raise OSError(errno.ENOSPC, "No space left on device")

    class Fills:
        def __init__(self, path):
            self.inner = real(path)

        def __enter__(self):
            nonlocal written
            written += 1
            part = self.inner.__enter__()
            return Full(part) if written == 4 else part

        def __exit__(self, *error):
            return self.inner.__exit__(*error)

    train(tmp_path / "straight")
    monkeypatch.setattr(checkpoint, "atomic_write", Fills)
    out = tmp_path / "full"
    with pytest.raises(DiskFull):
        train(out)
    assert read_checkpoint(out / LAST)["progress"]["step"] == 2
    assert not list(out.glob(".*.part"))
    train(out, resume=True)
    one, other = (read_checkpoint(p / LAST) for p in (out, tmp_path / "straight"))
    assert same(one, other)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), DiskFull),
        (SafetensorError("I/O error: No space left on device (os error 28)"), OutputError),
    ],
)
def test_a_part_that_cannot_be_written_leaves_the_one_before(tmp_path, error, kind):
    class Unlucky(Tiny):
        parts = 0

        def save_part(self, folder, training, scores):
            super().save_part(folder, training, scores)
            self.parts += 1
            if self.parts == 2:
                raise error

    with raises(kind, "disk-full" if kind is DiskFull else "file-not-written", "best"):
        train(tmp_path, Unlucky())
    assert not list(tmp_path.glob(".best*"))
    assert '"steps": 0' in (tmp_path / "best" / "part.json").read_text()
    _, result = train(tmp_path, resume=True)
    assert f'"steps": {result.step}' in (result.best / "part.json").read_text()
    assert not list(tmp_path.glob(".best*"))


def test_logs_that_cannot_be_written_stop_it_in_words(tmp_path):
    """A failed read keeps its own words; only a failed write is called one."""
    (tmp_path / "pictures").write_text("a file where a folder must be")
    with raises(OutputError, "file-not-written"):
        train(tmp_path)

    class Unread(Tiny):
        def losses(self, batch):
            raise FileNotFoundError("weights")

    with pytest.raises(FileNotFoundError, match="weights"):
        train(tmp_path / "unread", Unread())


def test_two_trainings_in_one_folder(tmp_path):
    with FileLock(tmp_path / LOCK), raises(OutputError, "training-folder-in-use", str(tmp_path)):
        train(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [LOCK]
    train(tmp_path, epochs=1, val_every=0)
    with FileLock(tmp_path / LOCK, timeout=0):
        pass


@pytest.mark.parametrize("damage", ["lost", "cut", "no part"])
def test_a_best_that_is_lost_is_found_anew_and_said_so(tmp_path, damage, capsys):
    train(tmp_path)
    best = tmp_path / "best.ckpt"
    if damage == "no part":
        shutil.rmtree(tmp_path / "best")
    elif damage == "cut":
        best.write_bytes(best.read_bytes()[:100])
    else:
        best.unlink()
    _, result = train(tmp_path, resume=True)
    assert BEST_LOST in capsys.readouterr().err
    assert result.step == STEPS and (result.best / "part.json").exists()
