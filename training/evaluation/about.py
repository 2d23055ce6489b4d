"""Record of an evaluation's bundle, hashes, machine and date."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import torch

from gac_core.networks.device import describe_device
from gac_core.networks.loading import Models
from gac_core.provenance import software
from training.evaluation.chain import Setting


def describe(models: Models, setting: Setting, command: str, data: str) -> dict[str, Any]:
    """Return the record, ready for JSON.

    Args:
        models: Loaded networks of the bundle; the hashes of their files are known.
        setting: Settings of the stages.
        command: Command line.
        data: Origin of the pairs.
    """
    bundle = models.bundle
    return {
        "bundle": {
            "name": bundle.name,
            "title": bundle.title,
            "kind": bundle.kind,
            "licence": bundle.licence,
            "card_sha256": models.card_sha256,
            "sha256": dict(sorted(models.hashes.items())),
            "notes": bundle.notes,
        },
        "data": data,
        "timesteps": list(setting.timesteps),
        "seed": setting.seed,
        "command": command,
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {
            "processor": _processor(),
            "cores": os.cpu_count(),
            "threads": torch.get_num_threads(),
            "device": describe_device(models.device),
            "system": platform.platform(terse=True),
        },
        "software": software(),
    }


def _processor() -> str:
    """Return the processor's name: from /proc/cpuinfo on Linux, else from Python."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        text = ""
    names = [line.partition(":")[2] for line in text.splitlines() if line.startswith("model name")]
    return (names[0].strip() if names else platform.processor()) or platform.machine()
