"""Dask's workers: processes of this computer, or a scheduler that is there already."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import dask
from distributed import Client
from distributed.security import Security

from gac_core.batch.local import OwnWorker, count_gpus, local_cluster, settings
from gac_core.batch.scratch import scratch_folder
from gac_core.contract.errors import RequestError

DASHBOARD = 8787

REACH = 15.0
"""Seconds in which a scheduler must answer at first."""

PYTORCH = 1_000_000_000
"""Bytes that a worker needs at the least: PyTorch and small networks."""


@dataclass(frozen=True)
class Workers:
    """Which workers a batch has.

    Attributes:
        address: Of a scheduler; "": processes of this computer.
        count: How many processes of this computer; None: one, or one for each GPU.
        threads: PyTorch's in each; None: this computer's cores shared among them.
        memory: Bytes that each may take; None: this computer's shared among them.
        dashboard: Port of Dask's page on 127.0.0.1; None: no page.
        device: As a request has it.
        tls_ca: File of the certificate authority that a scheduler's TLS is checked by.
        tls_cert: Our certificate.
        tls_key: Its key.
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
                raise RequestError(f"{value} {name} were asked for.", "At least one is needed.")
        if self.address and self.count is not None:
            raise RequestError(
                "A number of workers was given, and a scheduler, which has its own.",
                "Leave out --workers or --scheduler.",
            )
        if self.tls_ca and not self.address.startswith("tls://"):
            raise RequestError(
                "Certificates were given for a scheduler whose address is not tls://.",
                "Give the scheduler's address as tls://host:port.",
            )
        if self.memory is not None and self.memory < PYTORCH:
            raise RequestError(
                f"{self.memory} bytes are too few for a worker.", f"Give at least {PYTORCH}."
            )

    @property
    def processes(self) -> int:
        """How many processes of this computer."""
        return self.count or max(1, self._gpus)

    @property
    def each(self) -> int:
        """PyTorch's threads in each worker."""
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
        return self.threads or (1 if self.address else max(1, (cores or 1) // self.processes))

    @property
    def _gpus(self) -> int:
        return 0 if self.device == "cpu" else count_gpus()

    @contextmanager
    def client(self, out: Path | None = None) -> Iterator[Client]:
        """A client of the workers, which end with it where they are of this computer.

        Args:
            out: The batch's output folder.

        Raises:
            OutputError: If other users could write where workers of this computer keep their files.
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
            client.register_plugin(OwnWorker())
            yield client

    def _security(self) -> Security:
        """Of the files that were named, or else of Dask's own configuration.

        Raises:
            RequestError: If the address needs certificates, and there are none that can be read.
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
            found = security.get_connection_args("client").get("ssl_context")
        except OSError as error:
            raise RequestError(
                f"The certificates for {self.address} cannot be read: {error}.",
                "Give PEM files with --tls-ca, --tls-cert and --tls-key.",
            ) from error
        if found is None and self.address.startswith("tls://"):
            raise RequestError(
                f"The scheduler at {self.address} takes encrypted connections only.",
                "Give its certificates with --tls-ca, --tls-cert and --tls-key, or in Dask's own "
                "configuration.",
            )
        return security


@contextmanager
def _connected(address: str, security: Security, patience: float) -> Iterator[Client]:
    try:
        # A wrong address is told at once; a scheduler that was there is waited for.
        with Client(address, timeout=REACH, security=security, set_as_default=False):
            pass
        client = Client(address, timeout=patience, security=security, set_as_default=False)
    except (OSError, ValueError, RuntimeError, TypeError) as error:
        raise RequestError(
            f"No Dask scheduler answers at {address}: {error}.",
            "Start it (dask scheduler), check the address, and for tls:// the certificates.",
        ) from error
    try:
        yield client
    finally:
        # The scheduler and its workers are not ours to end.
        with suppress(OSError):
            client.close(timeout=5)
