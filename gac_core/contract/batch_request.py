"""Request of a batch: its own options beside those of its runs (`request`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .message import later
from .options import defaults_of, option, options_of


@dataclass(frozen=True)
class BatchRequest:
    """Request for many scenes, or a huge one, computed block by block (docs/scale.md).

    Attributes:
        inputs: Files, folders, patterns, lists and STAC items.
        out: Folder for the results.
        settings: Options of every run in it, by name; those that are None, empty or left
            out are the engine's choice.
        block: Approximate side of a block in pixels; None: chosen by the engine.
        retries: How often a failed block is tried again.
        workers: Processes of this computer; None: one, or one for each GPU.
        threads: PyTorch threads in each; None: an equal share of this computer's cores.
        scheduler: Address of a Dask scheduler; "": processes of this computer compute.
        tls_ca: Certificate authority file for a scheduler at tls://.
        tls_cert: Client certificate.
        tls_key: Key of the client certificate.
    """

    inputs: tuple[str, ...]
    out: str
    settings: dict[str, Any] = field(default_factory=dict)
    block: int | None = option(
        None,
        kind=int,
        label=later("Approximate side of a block in pixels"),
        help="side of a block, about (2048)",
        metavar="PX",
        low=32,
        high=16384,
        unset=later("as the engine chooses"),
        is_advanced=True,
    )
    retries: int = option(
        2,
        kind=int,
        help="how often a block that failed is tried again (2)",
        metavar="N",
        low=0,
        high=1000,
    )
    workers: int | None = option(
        None,
        kind=int,
        label=later("Processes of this computer"),
        help="processes of this computer (1, or one a GPU)",
        metavar="N",
        low=1,
        high=1024,
        unset=later("as many as fit"),
        is_advanced=True,
    )
    threads: int | None = option(
        None, kind=int, help="PyTorch's, in each worker", metavar="N", low=1, high=1024
    )
    scheduler: str = option("", help="of a Dask scheduler", metavar="ADDRESS")
    tls_ca: str = option("", help="certificate authority for a scheduler at tls://", metavar="FILE")
    tls_cert: str = option("", help="certificate for a scheduler at tls://", metavar="FILE")
    tls_key: str = option("", help="key for a scheduler at tls://", metavar="FILE")

    def arguments(self) -> tuple[str, ...]:
        """Return the command line, from `batch` on."""
        arguments = ["batch", *self.inputs, "--out", self.out]
        own = {name: getattr(self, name) for name in BATCH_OPTIONS}
        if self.scheduler:
            own["workers"] = None
        if not self.scheduler.startswith("tls://"):
            own.update(tls_ca="", tls_cert="", tls_key="")
        given = {name: each for name, each in own.items() if each != BATCH_DEFAULTS[name]}
        for name, value in {**self.settings, **given}.items():
            if value in (None, "", ()) or value is False:
                continue
            arguments.append(f"--{name.replace('_', '-')}")
            if value is True:
                continue
            arguments += map(str, value) if isinstance(value, (tuple, list)) else [str(value)]
        return tuple(arguments)


BATCH_OPTIONS = options_of(BatchRequest)
"""The batch's own options by name."""

BATCH_DEFAULTS = defaults_of(BatchRequest)
