"""Dask's own files: in a folder that nobody else can reach, and none at a name that others know."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from pathlib import Path

import pytest
from distributed import LocalCluster

from gac_core.batch import cluster
from gac_core.batch.cluster import Workers, is_private, scratch_folder
from gac_core.contract.errors import DeviceError, OutputError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="folders have no modes there")

PROGRAM = "import pathlib; pathlib.Path({!r}).touch(); raise SystemExit('a program of others')"


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """A folder for temporary files, as processes started from now on have it."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    folder.chmod(0o1777)
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


def looks(folder: Path) -> dict[str, tuple[int, int]]:
    """Return size and mtime of all in a folder."""
    return {
        str(path.relative_to(folder)): (path.lstat().st_size, path.lstat().st_mtime_ns)
        for path in [folder, *folder.rglob("*")]
    }


@pytest.mark.timeout(300)
def test_a_folder_that_another_user_made_for_dask_is_not_touched(batch, temporary, tmp_path):
    """Real workers, whose first import of PyTorch would be the stranger's."""
    trap, thesis, ran = temporary / "dask-scratch-space", tmp_path / "thesis.txt", tmp_path / "ran"
    trap.mkdir()
    trap.chmod(0o777)
    thesis.write_text("years of work")
    for name in ("torch", "sitecustomize", "gac_core", "msgpack", "numpy"):
        (trap / f"{name}.py").write_text(PROGRAM.format(str(ran)))
    for name in ("global.lock", "purge.lock"):
        (trap / name).symlink_to(thesis)
    before, seen = looks(trap), []

    def look(client):
        folders = client.run(lambda dask_worker: dask_worker.local_directory).values()
        paths = client.run(lambda: list(sys.path)).values()
        seen.extend([*folders, *(p for each in (*paths, sys.path) for p in each if "dask-s" in p)])
        seen.append(client.run_on_scheduler(lambda dask_scheduler: dask_scheduler.local_directory))
        own = [path for path in temporary.iterdir() if path != trap]
        assert own and all(stat.S_IMODE(p.lstat().st_mode) == 0o700 for p in own if p.is_dir())

    workers = Workers(count=1, threads=1, device="cpu")
    summary = batch(stages=1, side=512, workers=workers, on_client=look)
    assert summary["status"] == "complete"
    assert looks(trap) == before and thesis.read_text() == "years of work" and not ran.exists()
    assert seen and not [path for path in seen if Path(path).is_relative_to(trap)]
    # All of it went with the batch.
    assert [path.name for path in temporary.iterdir()] == [trap.name]


def test_what_a_killed_batch_left_goes_and_nothing_else(temporary, tmp_path):
    out, papers = tmp_path / "out", tmp_path / "papers"
    out.mkdir()
    papers.mkdir()
    (papers / "thesis.txt").write_text("years of work")
    with scratch_folder(out) as folder:
        prefix = folder.name.rsplit("-", 1)[0]
    assert not folder.exists()
    left = temporary / f"{prefix}-killed"
    left.mkdir()
    (left / "worker").mkdir()
    (temporary / f"{prefix}-link").symlink_to(papers)
    with scratch_folder(tmp_path / "another") as other:
        assert left.exists() and other.parent == temporary
        with scratch_folder(out) as again:
            assert not left.exists() and other.exists() and again != folder
            assert stat.S_IMODE(again.lstat().st_mode) == 0o700
    assert (papers / "thesis.txt").exists() and (temporary / f"{prefix}-link").is_symlink()


def test_a_folder_for_temporary_files_where_others_can_rename_is_not_used(temporary, tmp_path):
    temporary.chmod(0o777)
    out = tmp_path / "out"
    out.mkdir()
    with scratch_folder(out) as folder:
        assert folder.parent == out
    out.chmod(0o777)
    with pytest.raises(OutputError, match="Other users"), scratch_folder(out):
        pass
    assert not list(out.iterdir()) and not list(temporary.iterdir())


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="gives files away")
def test_a_folder_of_another_user_is_not_private(tmp_path):
    inside = tmp_path / "theirs" / "mine"
    inside.mkdir(parents=True)
    assert is_private(inside)
    os.chown(inside.parent, 65534, 65534)
    assert not is_private(inside)
    inside.parent.chmod(0o1755)
    assert not is_private(inside)
    os.chown(inside.parent, 0, 65534)
    inside.parent.chmod(0o775)
    # Root is who asks here: what its own umask lets a group do is its to let.
    assert is_private(inside)


def test_a_worker_that_others_can_write_to_computes_nothing(batch, tmp_path):
    """One of a scheduler that GAC did not start: it says so, and where to start it."""
    theirs = tmp_path / "dask-scratch-space"
    theirs.mkdir()
    theirs.chmod(0o777)
    options = {"n_workers": 1, "processes": False, "dashboard_address": None}
    with LocalCluster(**options, local_directory=str(theirs)) as cluster:
        workers = Workers(address=cluster.scheduler_address, threads=1)
        summary = batch(stages=1, workers=workers)
    (scene,) = summary["scenes"].values()
    assert scene["status"] == "refused" and "--local-directory" in scene["remedy"]


def test_a_worker_that_is_killed_as_it_starts_is_no_fault_of_ours(tmp_path, monkeypatch):
    def killed(**options):
        raise RuntimeError("Nanny failed to start.")

    monkeypatch.setattr(cluster, "LocalCluster", killed)
    with pytest.raises(DeviceError) as caught:
        cluster.local_cluster(1, 0, tmp_path)
    assert caught.value.remedy
