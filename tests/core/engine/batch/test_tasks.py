"""Tasks: their failures are values, and they run where no other user can interfere."""

from __future__ import annotations

import errno
import os
import pickle
import sys

import pytest
from distributed import LocalCluster

from gac_core.contract.errors import (
    BundleError,
    DiskFull,
    GacError,
    InputChanged,
    OutputError,
    RequestError,
)
from gac_core.engine import batch_tasks
from gac_core.engine.batch_tasks import Failed, is_private
from gac_core.engine.executors import MIN_WORKER_BYTES, Workers


@pytest.mark.parametrize(
    ("error", "kind", "may_pass"),
    [
        (BundleError("No.", "Yes."), BundleError, True),
        (OutputError("No.", "Yes."), OutputError, True),
        (RequestError("No.", "Yes."), RequestError, False),
        (InputChanged("No.", "Yes."), InputChanged, False),
        (DiskFull("No.", "Yes."), DiskFull, False),
        (OSError(errno.ENOSPC, "No space"), DiskFull, False),
        (MemoryError(), GacError, True),
        (KeyError("x"), GacError, True),
    ],
)
def test_an_error_is_a_value_that_can_be_sent(error, kind, may_pass, caplog):
    def work():
        # GDAL's errors cannot be pickled.
        error.__cause__ = RuntimeError(lambda: None)
        raise error

    failed = pickle.loads(pickle.dumps(batch_tasks._returns_failures(retried=True)(work)()))
    assert isinstance(failed, Failed) and failed.message and failed.remedy
    assert (failed.kind, failed.may_pass) == (kind, may_pass)
    # Faults of GAC's own leave their trace.
    assert ("Traceback" in caplog.text) == isinstance(error, KeyError)
    assert not batch_tasks._returns_failures()(work)().may_pass


def test_the_memory_of_a_worker_is_that_of_its_networks(tiny_bundle):
    needed = batch_tasks.memory_task(str(tiny_bundle), "cpu", 1)
    assert MIN_WORKER_BYTES < needed < 2 * MIN_WORKER_BYTES
    assert needed < batch_tasks.memory_task("demo", "cpu", 1)
    assert batch_tasks.memory_task("none", "cpu", 1).kind is BundleError


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


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no modes there")
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
