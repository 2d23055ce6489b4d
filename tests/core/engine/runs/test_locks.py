"""One run, or batch, a folder; on file systems that have no locks, too."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gac_core.contract.errors import DiskFull, OutputError
from gac_core.contract.layout import WORK
from gac_core.engine import folder
from gac_core.engine.batch_folder import locked, prepare_batch_folder
from gac_core.engine.folder import working_folder

fcntl = pytest.importorskip("fcntl")

NONE = "a local disk"
ANSWERS = [NONE, "ENOLCK", "ENOSYS", "EOPNOTSUPP", "EINVAL"]


@pytest.fixture(params=ANSWERS)
def locks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Set the file system's answer to requests for locks."""
    if request.param != NONE:
        number = getattr(errno, request.param)

        def refused(*_: object) -> None:
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(fcntl, "flock", refused)
    answer: str = request.param
    return answer


@pytest.mark.parametrize("held", [working_folder, locked])
def test_nobody_else_is_let_in_until_the_first_is_done(locks, held, tmp_path):
    with held(tmp_path):
        with pytest.raises(OutputError), held(tmp_path):
            pass
        # Who was refused took nothing away.
        with pytest.raises(OutputError), held(tmp_path):
            pass
    with held(tmp_path):
        pass
    assert not (tmp_path / WORK).exists()
    assert not list(tmp_path.rglob("*.held"))


KILLED = """
import fcntl, os, sys
from pathlib import Path
from gac_core.engine.folder import working_folder

def refused(*_):
    raise OSError(int(sys.argv[2]), "No locks")

if int(sys.argv[2]):
    fcntl.flock = refused
with working_folder(Path(sys.argv[1])):
    os.kill(os.getpid(), 9)
"""


def test_a_killed_process_holds_nobody_off(locks, tmp_path):
    number = "0" if locks == NONE else str(getattr(errno, locks))
    root = Path(__file__).resolve().parents[4]
    command = [sys.executable, "-c", KILLED, str(tmp_path), number]
    assert subprocess.run(command, cwd=root, check=False).returncode == -9
    assert (tmp_path / WORK).is_dir()
    with working_folder(tmp_path) as work:
        assert work.is_empty


def test_a_lock_of_another_file_system_is_no_holder(tmp_path, monkeypatch):
    """The folder of a killed run was copied to a disk that has no locks."""
    (tmp_path / WORK).mkdir()
    (tmp_path / WORK / "lock").touch()

    def refused(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refused)
    with working_folder(tmp_path):
        pass


def test_a_batch_begins_in_a_folder_that_holds_its_lock_alone(locks, tmp_path):
    with locked(tmp_path):
        prepare_batch_folder(tmp_path, ["a.tif"], {}, None)
    assert (tmp_path / "batch.json").is_file()


@pytest.mark.parametrize("left", [False, True])
def test_a_full_disk_at_the_start_leaves_what_was_there(left, tmp_path, monkeypatch):
    journal = tmp_path / WORK / "journal.json"
    if left:
        journal.parent.mkdir()
        journal.write_text("{}")

    def full(*_: object, **__: object) -> None:
        raise DiskFull("No room.")

    with monkeypatch.context() as patch:
        patch.setattr(folder, "write_json", full)
        with pytest.raises(DiskFull) as kept, working_folder(tmp_path):
            pass
    assert journal.exists() == left == (tmp_path / WORK).exists()
    # Nor does it hold the lock, for as long as somebody looks at the error.
    with working_folder(tmp_path):
        assert kept.value
