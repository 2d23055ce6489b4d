"""A Dask cluster by its address: reached by its own certificates, with the same pixels."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import psutil
import pytest
from distributed import LocalCluster
from distributed.scheduler import KilledWorker
from distributed.security import Security

from gac_core.contract.errors import DeviceLost, GacError, RequestError
from gac_core.engine import batch as batch_batch
from gac_core.engine import batch_tasks, executors
from gac_core.engine.batch_tasks import Failed
from gac_core.engine.executors import DASHBOARD, WAITING, Pool, TaskQueue, Workers
from tests.core.engine.batch.conftest import hashes
from tests.problems import raises

OPTIONS = {"threads_per_worker": 1, "processes": False, "dashboard_address": None}


def test_a_cluster_has_the_pixels_of_processes_and_is_waited_for(batch, undisturbed, tmp_path):
    messages, notes = [], []
    with LocalCluster(n_workers=0, **OPTIONS) as cluster:

        def tell(progress):
            messages.append(progress.message)
            if progress.message == WAITING and not cluster.workers:
                cluster.scale(2)

        workers = Workers(address=cluster.scheduler_address, threads=1)
        assert batch(workers=workers, tell=tell, on_note=notes.append)["status"] == "complete"
    assert WAITING in messages and notes[0].template == DASHBOARD
    assert hashes(tmp_path / "out") == hashes(undisturbed)


def test_a_lost_scheduler_ends_the_batch_and_the_next_one_resumes(batch, undisturbed, tmp_path):
    lost = []
    with LocalCluster(n_workers=1, **OPTIONS) as cluster:

        def tell(progress):
            if progress.done == 6 and not lost:
                lost.append(progress)
                cluster.close()

        workers = Workers(address=cluster.scheduler_address, threads=1)
        with raises(GacError, "scheduler-lost"):
            batch(workers=workers, tell=tell)
    assert lost and batch()["status"] == "complete"
    assert hashes(tmp_path / "out") == hashes(undisturbed)


def test_workers_that_ended_one_after_another_cost_a_block():
    """Dask has tried it on several by then."""

    class Executor:
        def submit(self, task, *values):
            future = executors.Future()
            future.set_exception(KilledWorker("task", None, 3))
            return future

    todo = iter([("block", int, ())])
    queue = TaskQueue(Pool(Executor(), lambda: 1), 2, print)
    ((key, failed),) = queue.results(lambda room: list(todo)[:room])
    assert key == "block" and isinstance(failed, Failed) and failed.problem == "worker-lost"


@pytest.fixture
def certificates(tmp_path):
    """Of a scheduler's own: how Dask knows them, and as files."""
    security = Security.temporary()
    files = {}
    for option, kind in (
        ("tls_ca", "ca_file"),
        ("tls_cert", "client_cert"),
        ("tls_key", "client_key"),
    ):
        path = tmp_path / f"{option}.pem"
        path.write_text(getattr(security, f"tls_{kind}"))
        files[option] = str(path)
    return security, files


def test_a_scheduler_with_certificates_of_its_own_is_reached_by_those_only(certificates):
    security, files = certificates
    with LocalCluster(n_workers=1, **OPTIONS, protocol="tls", security=security) as cluster:
        address = cluster.scheduler_address
        with Workers(address=address, **files).open("demo") as pool:
            assert pool.executor.submit(sum, [1, 2]).result() == 3 and pool.count() == 1
        others = Security.temporary()
        for option, kind in (("tls_cert", "client_cert"), ("tls_key", "client_key")):
            Path(files[option]).write_text(getattr(others, f"tls_{kind}"))
        with (
            raises(RequestError, "scheduler-unreachable", address),
            Workers(address=address, **files).open("demo"),
        ):
            pass


def test_a_scheduler_that_needs_certificates_is_not_called_without(tmp_path):
    address, none = "tls://127.0.0.1:1", str(tmp_path / "none.pem")
    for files, expected in (
        ({}, ("scheduler-needs-certificates", address)),
        ({"tls_ca": none}, ("scheduler-needs-certificates", address)),
        (
            {"tls_ca": none, "tls_cert": none, "tls_key": none},
            ("certificates-unreadable", address, "No such file"),
        ),
    ):
        workers = Workers(address=address, **files)
        with raises(RequestError, *expected), workers.open("demo"):
            pass


def test_without_dask_a_cluster_is_refused_in_words(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with (
        raises(RequestError, "dask-missing") as caught,
        Workers(address="tcp://a:1").open("demo"),
    ):
        pass
    assert "distributed" in caught.value.remedy


def test_workers_may_have_been_started_in_another_folder(
    batch, radar, tiny_bundle, tmp_path, monkeypatch
):
    """Paths are those of whoever asks."""
    (tmp_path / "elsewhere").mkdir()

    def elsewhere(*values):
        os.chdir(tmp_path / "elsewhere")
        return batch_tasks.plan_task(*values)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(batch_batch, "plan_task", elsewhere)
    named = os.path.relpath(radar, tmp_path)
    summary = batch(named, bundle=os.path.relpath(tiny_bundle, tmp_path), stages=1)
    assert summary["status"] == "complete"


def test_a_worker_that_has_lost_its_gpu_is_replaced(tmp_path):
    """By Dask's nanny; the task goes to the new process."""

    def lose_gpu_once(folder):
        marks = list(Path(folder).iterdir())
        if not marks:
            (Path(folder) / str(os.getpid())).touch()
            raise DeviceLost("The GPU stopped computing.")
        return os.getpid()

    def task(folder):
        return batch_tasks._returns_failures(retried=True)(lose_gpu_once)(folder)

    options = {**OPTIONS, "processes": True}
    marks = tmp_path / "marks"
    marks.mkdir()
    with LocalCluster(n_workers=1, **options, local_directory=str(tmp_path)) as cluster:
        workers = Workers(address=cluster.scheduler_address, threads=1)
        with workers.open("demo") as pool:
            todo = iter([("block", task, (str(marks),))])
            queue = TaskQueue(pool, 5, lambda message: None)
            ((_, other),) = queue.results(lambda room: list(todo)[:room])
            (first,) = (int(mark.name) for mark in marks.iterdir())
            assert isinstance(other, int)
            # The first process may have taken the task once more before it ended.
            until = time.monotonic() + 60
            while pool.executor.submit(os.getpid).result() == first:
                assert time.monotonic() < until
                time.sleep(0.1)
    assert not psutil.pid_exists(first)
