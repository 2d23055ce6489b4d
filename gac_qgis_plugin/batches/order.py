"""Request of a batch, as the engine's command line."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gac_qgis_plugin.toolbelt.settings import PluginSettings


@dataclass(frozen=True)
class Scheduler:
    """A Dask scheduler named by the user.

    Attributes:
        address: E.g. `tls://host:8786`; "": processes of this computer compute.
        tls_ca: File of the certificate authority; "" for none.
        tls_cert: File of the user's certificate.
        tls_key: File of its key.
    """

    address: str = ""
    tls_ca: str = ""
    tls_cert: str = ""
    tls_key: str = ""

    @classmethod
    def of_options(cls) -> Scheduler:
        """Return the scheduler set in the options."""
        settings = PluginSettings.load()
        return cls(
            settings.scheduler.strip(),
            settings.scheduler_ca,
            settings.scheduler_certificate,
            settings.scheduler_key,
        )

    def arguments(self) -> list[str]:
        """Return the arguments for `gac batch`."""
        if not self.address:
            return []
        arguments = ["--scheduler", self.address]
        if self.address.startswith("tls://"):
            for name in ("tls_ca", "tls_cert", "tls_key"):
                value = getattr(self, name)
                arguments += [f"--{name.replace('_', '-')}", value] if value else []
        return arguments


@dataclass(frozen=True)
class BatchOrder:
    """Request of a batch.

    Attributes:
        inputs: Files, folders, patterns, lists and STAC items (docs/scale.md).
        out: Its folder.
        settings: Settings of every run in it, by the engine's names; None is left to the engine.
        scheduler: The scheduler.
        workers: Processes of this computer; None: chosen by the engine.
        block: Approximate side of a block in pixels; None: the default.
    """

    inputs: tuple[str, ...]
    out: Path
    settings: dict[str, Any] = field(default_factory=dict)
    scheduler: Scheduler = field(default_factory=Scheduler)
    workers: int | None = None
    block: int | None = None

    def arguments(self) -> tuple[str, ...]:
        """Return the command line, from `batch` on."""
        arguments = ["batch", *self.inputs, "--out", str(self.out)]
        for name, value in self.settings.items():
            if value is None:
                continue
            arguments.append(f"--{name.replace('_', '-')}")
            arguments += [repr(each) for each in value] if name == "extent" else [str(value)]
        arguments += self.scheduler.arguments()
        if self.workers is not None and not self.scheduler.address:
            arguments += ["--workers", str(self.workers)]
        if self.block is not None:
            arguments += ["--block", str(self.block)]
        return tuple(arguments)
