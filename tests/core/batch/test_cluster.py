"""The workers of this computer: who can reach them."""

from __future__ import annotations

import http.client
import logging
import os
from contextlib import suppress
from pathlib import Path
from urllib.request import urlopen

import psutil
import pytest
from distributed import LocalCluster
from distributed.security import Security

from gac_core.batch import batch as batch_batch
from gac_core.batch import scheduler
from gac_core.batch.cluster import Workers, is_news
from gac_core.contract.errors import RequestError

PAGES = ("", "health", "metrics", "status", "info/main/workers.html", "json/counts.json")


def listening():
    """Return where this process and those it started listen, with or without TLS."""
    family = [psutil.Process(), *psutil.Process().children(recursive=True)]
    found = (each for one in family for each in one.net_connections(kind="inet"))
    return {(each.laddr.ip, each.laddr.port) for each in found if each.status == psutil.CONN_LISTEN}


def answers(ip, port):
    """Return the pages served there without TLS."""
    told = []
    for page in PAGES:
        url = f"http://{ip}:{port}/{page}"
        with suppress(OSError, http.client.HTTPException), urlopen(url, timeout=5) as reply:
            told.append((url, reply.status))
    return told


def test_local_workers_listen_on_this_computer_only_and_tell_nothing_without_tls(batch):
    others, found, addresses, told = listening(), set(), [], []

    def look(client):
        (paused_at,) = client.run(
            lambda dask_worker: dask_worker.memory_manager.memory_pause_fraction
        ).values()
        assert paused_at is False
        addresses.extend([client.scheduler.address, *client.scheduler_info()["workers"]])
        found.update(listening() - others)
        for ip, port in found:
            told.extend(answers(ip, port))

    with pytest.raises(KeyboardInterrupt):
        batch(
            workers=Workers(count=1, threads=1, device="cpu"),
            on_client=look,
            tell=lambda progress: (_ for _ in ()).throw(KeyboardInterrupt),
        )
    assert len(addresses) == 2
    assert all(address.startswith("tls://127.0.0.1:") for address in addresses)
    assert {ip for ip, _ in found} == {"127.0.0.1"} and len(found) >= 2
    assert told == []


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
    options = {"n_workers": 1, "processes": False, "dashboard_address": None}
    with LocalCluster(**options, protocol="tls", security=security) as cluster:
        address = cluster.scheduler_address
        with Workers(address=address, **files).client() as client:
            assert client.submit(sum, [1, 2]).result() == 3
        others = Security.temporary()
        for option, kind in (("tls_cert", "client_cert"), ("tls_key", "client_key")):
            Path(files[option]).write_text(getattr(others, f"tls_{kind}"))
        with (
            pytest.raises(RequestError, match="No Dask scheduler answers"),
            Workers(address=address, **files).client(),
        ):
            pass


def test_a_scheduler_that_needs_certificates_is_not_called_without(tmp_path):
    address, none = "tls://127.0.0.1:1", str(tmp_path / "none.pem")
    for files, told in (
        ({}, "encrypted connections only"),
        ({"tls_ca": none}, "encrypted connections only"),
        ({"tls_ca": none, "tls_cert": none, "tls_key": none}, "cannot be read: .*No such file"),
    ):
        with pytest.raises(RequestError, match=told), Workers(address=address, **files).client():
            pass


def test_workers_may_have_been_started_in_another_folder(
    batch, radar, tiny_bundle, tmp_path, monkeypatch
):
    """Paths are those of whoever asks."""
    (tmp_path / "elsewhere").mkdir()

    def elsewhere(*values):
        os.chdir(tmp_path / "elsewhere")
        return scheduler.plan_task(*values)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(batch_batch, "plan_task", elsewhere)
    named = os.path.relpath(radar, tmp_path)
    summary = batch(named, bundle=os.path.relpath(tiny_bundle, tmp_path), stages=1)
    assert summary["status"] == "complete"


@pytest.mark.parametrize(
    ("error", "expected"), [("SceneError('no radar')", False), ("ValueError('what')", True)]
)
def test_dask_does_not_repeat_what_a_batch_tells_itself(error, expected):
    text = "Compute Failed\nKey: %s\nState: %s\nTask: %s\nException: %r\nTraceback: %r\n"
    values = ("plan_task-1", "executing", "plan_task(…)", error, "File …")
    record = logging.LogRecord("distributed.worker", logging.ERROR, "", 1, text, values, None)
    assert is_news(record) is expected
    assert is_news(logging.LogRecord("distributed.worker", logging.INFO, "", 1, "Up", (), None))
