"""Dask workers: local processes, or those of an existing scheduler.

Dask puts a worker's local directory before Python's own libraries in `sys.path`. By default that
directory has a fixed name in the folder for temporary files, where any user of the computer may
have created it before.
"""

from __future__ import annotations

import atexit
import ctypes.util
import hashlib
import logging
import os
import shutil
import stat
import subprocess  # nosec B404
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import dask
from distributed import Client, LocalCluster, Worker, WorkerPlugin
from distributed.security import Security
from distributed.system import MEMORY_LIMIT

from gac_core.contract import errors
from gac_core.contract.errors import DeviceError, OutputError, RequestError
from gac_core.contract.message import Message

HOST = "127.0.0.1"
_WORKERS: dict[str, Any] = {
    # A worker's memory holds networks, which Dask cannot spill to disk: a worker paused for high
    # memory use would never continue. A worker that reaches the limit is terminated.
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
}
_NO_DASHBOARD: dict[str, Any] = {
    # Dask always starts an HTTP server, without TLS: let it serve nothing.
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    # Profiling, a hundred stack samples a second, is of use only on those pages.
    "distributed.worker.profile.enabled": False,
}

_GAC_ERRORS = tuple(
    f"{name}("
    for name, each in vars(errors).items()
    if isinstance(each, type) and issubclass(each, errors.GacError)
)

PREFIX = ".gac-dask-"

DASHBOARD = 8787
CONNECT_TIMEOUT = 15.0
"""Seconds in which a scheduler must first answer."""
MIN_WORKER_MEMORY = 1_000_000_000
"""Minimum bytes of memory of a worker: PyTorch and small networks."""


def is_news(record: logging.LogRecord) -> bool:
    """Return whether a line of Dask's log says more than what a batch reports itself.

    Args:
        record: Log record; for a task that failed on a worker, its fourth argument is the error.
    """
    values = record.args if isinstance(record.args, tuple) else ()
    failed = str(record.msg).startswith("Compute") and len(values) > 3
    return not (failed and str(values[3]).startswith(_GAC_ERRORS))


class LocalWorkerPlugin(WorkerPlugin):
    """Worker plugin: fast process exit, and a log limited to news.

    Unloading PyTorch's modules takes four seconds, after which Dask kills the process with a
    warning. It can be skipped: everything a task writes is on disk before it answers.
    """

    name = "gac-own-worker"

    def setup(self, worker: Worker) -> None:
        """Register the exit and the log filter; called in the worker's process."""
        atexit.register(os._exit, 0)
        if not os.environ.get("GAC_DEBUG"):
            logging.getLogger("distributed.worker").addFilter(is_news)


def settings(dashboard: bool, scratch: Path) -> dict[str, Any]:
    """Return Dask's configuration for local workers.

    Args:
        dashboard: Whether Dask's dashboard is requested.
        scratch: Folder for Dask's own files (`scratch_folder`).
    """
    own = {
        **_WORKERS,
        "temporary-directory": str(scratch),
        # The folder is private, and the batch's own lock tells when it can be removed.
        "distributed.worker.use-file-locking": False,
    }
    return own if dashboard else own | _NO_DASHBOARD


def local_cluster(
    processes: int,
    gpus: int,
    scratch: Path,
    memory: int | None = None,
    dashboard: int | None = None,
) -> Any:
    """Start a scheduler and workers that only this process, and no other user, can reach.

    Args:
        processes: Number of workers; each runs one task at a time.
        gpus: Number of GPUs to use; several workers get one each.
        scratch: Folder for the workers' own files (`scratch_folder`).
        memory: Bytes that each worker may use; None: an equal share of this computer's.
        dashboard: Port of Dask's dashboard; None: no dashboard.

    Raises:
        DeviceError: If several GPUs are to be used and dask-cuda is not installed, or a worker
            fails to start.
    """
    options = {
        "n_workers": processes,
        "threads_per_worker": 1,
        "host": HOST,
        "dashboard_address": f"{HOST}:{dashboard or 0}",
        "worker_dashboard_address": f"{HOST}:0",
        "scheduler_kwargs": {"dashboard": dashboard is not None, "local_directory": str(scratch)},
        "local_directory": str(scratch),
        "memory_limit": memory or MEMORY_LIMIT // processes,
        # Anyone who reaches a scheduler can run code as its owner, and 127.0.0.1 is open to
        # all users of a computer. This key never leaves the processes' memory.
        "security": Security.temporary(),
    }
    if gpus < 2 or processes < 2:
        return _started(LocalCluster, {**options, "processes": True})
    try:
        from dask_cuda import LocalCUDACluster
    except ImportError as error:
        raise DeviceError(
            Message(
                "To give each worker a GPU of its own, dask-cuda is needed, and not installed."
            ),
            Message("Install dask-cuda, or use one GPU with --workers 1."),
        ) from error
    return _started(LocalCUDACluster, options)


def _started(cluster: Callable[..., Any], options: dict[str, Any]) -> Any:
    try:
        return cluster(**options)
    except RuntimeError as error:
        # Dask raises this if a worker was killed, for instance for lack of memory.
        raise DeviceError(
            Message("A worker's process ended while it started."),
            Message(
                "Most often memory is too small: use fewer workers, and run the same command again."
            ),
        ) from error


@cache
def count_gpus() -> int:
    """Return the number of GPUs that PyTorch can use.

    PyTorch is asked in a separate process, since nothing else here needs its half gigabyte, and not
    at all if NVIDIA's driver is not installed.
    """
    if ctypes.util.find_library("nvcuda" if os.name == "nt" else "cuda") is None:
        return 0
    program = "import torch; print(torch.cuda.device_count())"
    result = subprocess.run(  # nosec B603
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    return int(result.stdout) if result.returncode == 0 else 0


@contextmanager
def scratch_folder(out: Path | None) -> Iterator[Path]:
    """Create a folder with an unpredictable name that only this user can access.

    It is removed at the end. Folders of killed batches in the same output folder are removed too.

    Args:
        out: The batch's output folder, locked by it; None: there is none.

    Yields:
        The folder: in the folder for temporary files, or else in the output folder.

    Raises:
        OutputError: If other users could put another folder in its place.
    """
    digest = hashlib.sha256(str(out and out.resolve()).encode()).hexdigest()[:12]
    prefix = f"{PREFIX}{digest}-"
    parents = [Path(tempfile.gettempdir()), *([out] if out else [])]
    for parent in parents if out else ():
        _sweep(parent, prefix)
    folder = _make(parents, prefix)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def is_private(folder: Path) -> bool:
    """Return whether no other user can write into a folder or put another one in its place."""
    if os.name != "posix":
        # A user's folders are private there.
        return True
    try:
        resolved = folder.resolve(strict=True)
        return all(_is_ours(one.lstat()) for one in (resolved, *resolved.parents))
    except OSError:
        return False


def _is_ours(state: os.stat_result) -> bool:
    if not stat.S_ISDIR(state.st_mode) or state.st_uid not in (0, os.geteuid()):
        return False
    # Sticky, as /tmp: users cannot move or remove files of others.
    if state.st_mode & stat.S_ISVTX:
        return True
    # In the user's own folders, group access is the user's choice.
    others = stat.S_IWOTH | (0 if state.st_uid == os.geteuid() else stat.S_IWGRP)
    return not state.st_mode & others


def _make(parents: list[Path], prefix: str) -> Path:
    for parent in parents:
        if not is_private(parent):
            continue
        with suppress(OSError):
            folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
            state = folder.lstat()
            # Some file systems have no owners or ignore permissions.
            if os.name != "posix" or (_is_ours(state) and not state.st_mode & 0o077):
                return folder
            folder.rmdir()
    raise OutputError(
        Message(
            "Other users of this computer can write to {}, where Dask's own files would "
            "lie, and could have GAC's workers run their programs.",
            " and to ".join(map(str, parents)),
        ),
        Message("Set TMPDIR to a folder that only you can write to."),
    )


def _sweep(parent: Path, prefix: str) -> None:
    """Remove folders of killed batches if they are this user's and not links."""
    for folder in parent.glob(f"{prefix}*"):
        with suppress(OSError):
            state = folder.lstat()
            if stat.S_ISDIR(state.st_mode) and _is_own(state):
                shutil.rmtree(folder, ignore_errors=True)


def _is_own(state: os.stat_result) -> bool:
    return os.name != "posix" or state.st_uid == os.geteuid()


@dataclass(frozen=True)
class Workers:
    """Workers of a batch.

    Attributes:
        address: Address of a scheduler; "": local processes.
        count: Number of local processes; None: one, or one for each GPU.
        threads: PyTorch threads in each; None: an equal share of this computer's cores.
        memory: Bytes that each may use; None: an equal share of this computer's.
        dashboard: Port of Dask's dashboard on 127.0.0.1; None: no dashboard.
        device: Device, as in a request.
        tls_ca: Certificate authority file that a scheduler's TLS is verified with.
        tls_cert: Client certificate.
        tls_key: Key of the client certificate.
        patience: Seconds to wait for a scheduler.
    """

    address: str = ""
    count: int | None = None
    threads: int | None = None
    memory: int | None = None
    dashboard: int | None = None
    device: str = "auto"
    tls_ca: str = ""
    tls_cert: str = ""
    tls_key: str = ""
    patience: float = 300.0

    def __post_init__(self) -> None:
        for name, value in (("workers", self.count), ("threads", self.threads)):
            if value is not None and value < 1:
                raise RequestError(
                    Message("{} {} were asked for.", value, name),
                    Message("At least one is needed."),
                )
        if self.address and self.count is not None:
            raise RequestError(
                Message("A number of workers was given, and a scheduler, which has its own."),
                Message("Leave out --workers or --scheduler."),
            )
        if self.tls_ca and not self.address.startswith("tls://"):
            raise RequestError(
                Message("Certificates were given for a scheduler whose address is not tls://."),
                Message("Give the scheduler's address as tls://host:port."),
            )
        if self.memory is not None and self.memory < MIN_WORKER_MEMORY:
            raise RequestError(
                Message("{} bytes are too few for a worker.", self.memory),
                Message("Give at least {}.", MIN_WORKER_MEMORY),
            )

    @property
    def processes(self) -> int:
        """Number of local processes."""
        return self.count or max(1, self._gpus)

    @property
    def each(self) -> int:
        """PyTorch threads in each worker."""
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
        return self.threads or (1 if self.address else max(1, (cores or 1) // self.processes))

    @property
    def _gpus(self) -> int:
        return 0 if self.device == "cpu" else count_gpus()

    @contextmanager
    def client(self, out: Path | None = None) -> Iterator[Client]:
        """Connect a client to the workers; local workers end with it.

        Args:
            out: The batch's output folder.

        Raises:
            OutputError: If other users could write where local workers keep their files.
            RequestError: If there is no scheduler at the address.
            DeviceError: If several GPUs are to be used and dask-cuda is not installed.
        """
        if self.address:
            with _connected(self.address, self._security(), self.patience) as client:
                yield client
            return
        with (
            scratch_folder(out) as scratch,
            dask.config.set(settings(self.dashboard is not None, scratch)),
            local_cluster(
                self.processes, self._gpus, scratch, self.memory, self.dashboard
            ) as cluster,
            Client(cluster, set_as_default=False) as client,
        ):
            client.register_plugin(LocalWorkerPlugin())
            yield client

    def _security(self) -> Security:
        """Return the TLS settings: the named files, or else Dask's own configuration.

        Raises:
            RequestError: If the address needs certificates and there are no readable ones.
        """
        security = Security()
        if self.tls_ca:
            security = Security(
                tls_ca_file=self.tls_ca,
                tls_client_cert=self.tls_cert or None,
                tls_client_key=self.tls_key or None,
                require_encryption=True,
            )
        try:
            context = security.get_connection_args("client").get("ssl_context")
        except OSError as error:
            raise RequestError(
                Message("The certificates for {} cannot be read: {}.", self.address, error),
                Message("Give PEM files with --tls-ca, --tls-cert and --tls-key."),
            ) from error
        if context is None and self.address.startswith("tls://"):
            raise RequestError(
                Message("The scheduler at {} takes encrypted connections only.", self.address),
                Message(
                    "Give its certificates with --tls-ca, --tls-cert and --tls-key, or "
                    "in Dask's own configuration."
                ),
            )
        return security


@contextmanager
def _connected(address: str, security: Security, patience: float) -> Iterator[Client]:
    try:
        # Fail fast on a wrong address; wait for a scheduler that has answered before.
        with Client(address, timeout=CONNECT_TIMEOUT, security=security, set_as_default=False):
            pass
        client = Client(address, timeout=patience, security=security, set_as_default=False)
    except (OSError, ValueError, RuntimeError, TypeError) as error:
        raise RequestError(
            Message("No Dask scheduler answers at {}: {}.", address, error),
            Message(
                "Start it (dask scheduler), check the address, and for tls:// the certificates."
            ),
        ) from error
    try:
        yield client
    finally:
        # The scheduler and its workers keep running: they belong to others.
        with suppress(OSError):
            client.close(timeout=5)
