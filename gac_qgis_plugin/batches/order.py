"""What a batch is asked to do, as the engine's command line has it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gac_qgis_plugin.toolbelt.settings import PluginSettings


@dataclass(frozen=True)
class Scheduler:
    """A Dask scheduler that the user named.

    Attributes:
        address: As `tls://host:8786`; "": processes of this computer compute.
        tls_ca: File of the certificate authority; "": none.
        tls_cert: File of the user's certificate.
        tls_key: File of its key.
    """

    address: str = ""
    tls_ca: str = ""
    tls_cert: str = ""
    tls_key: str = ""

    @classmethod
    def of_options(cls) -> Scheduler:
        """The one that the options name."""
        settings = PluginSettings.load()
        return cls(
            settings.scheduler.strip(),
            settings.scheduler_ca,
            settings.scheduler_certificate,
            settings.scheduler_key,
        )

    def arguments(self) -> list[str]:
        """Of `gac batch`."""
        if not self.address:
            return []
        found = ["--scheduler", self.address]
        if self.address.startswith("tls://"):
            for name in ("tls_ca", "tls_cert", "tls_key"):
                value = getattr(self, name)
                found += [f"--{name.replace('_', '-')}", value] if value else []
        return found


@dataclass(frozen=True)
class BatchOrder:
    """A batch.

    Attributes:
        inputs: Files, folders, patterns, lists and STAC items (docs/scale.md).
        out: Its folder.
        settings: Of every run in it, by the engine's names; what is None is left to the engine.
        scheduler: Who computes.
        workers: Processes of this computer; None: as the engine finds right.
        block: Side of a block in pixels, about; None: as usual.
    """

    inputs: tuple[str, ...]
    out: Path
    settings: dict[str, Any] = field(default_factory=dict)
    scheduler: Scheduler = field(default_factory=Scheduler)
    workers: int | None = None
    block: int | None = None

    def arguments(self) -> tuple[str, ...]:
        """The command line, from `batch` on."""
        found = ["batch", *self.inputs, "--out", str(self.out)]
        for name, value in self.settings.items():
            if value is None:
                continue
            found.append(f"--{name.replace('_', '-')}")
            found += [repr(each) for each in value] if name == "extent" else [str(value)]
        found += self.scheduler.arguments()
        if self.workers is not None and not self.scheduler.address:
            found += ["--workers", str(self.workers)]
        if self.block is not None:
            found += ["--block", str(self.block)]
        return tuple(found)
