"""Training device and precision."""

from __future__ import annotations

from collections.abc import Callable

import torch
from lightning.fabric import Fabric

from gac_core.contract.errors import DeviceError
from training.fit.settings import FitSettings
from training.team import Team


def make_fabric(settings: FitSettings, say: Callable[[str], None], team: Team) -> Fabric:
    """Return Lightning's Fabric for this process's device.

    Raises:
        DeviceError: If CUDA is requested but not available.
    """
    if settings.device == "cuda" and not torch.cuda.is_available():
        raise DeviceError(
            "There is no CUDA device here.", "Train with --device cpu, or check the driver."
        )
    cuda = settings.device != "cpu" and torch.cuda.is_available()
    precision = _precision(settings.precision, cuda)
    if not cuda and settings.precision not in ("auto", "32"):
        say("A CPU trains in single precision: --precision is left aside.")
    return Fabric(
        accelerator="cuda" if cuda else "cpu",
        devices=[team.local] if cuda else 1,
        precision=precision,  # type: ignore[arg-type]
    )


def _precision(asked: str, cuda: bool) -> str:
    if not cuda:
        return "32-true"
    if asked == "32":
        return "32-true"
    if asked != "auto":
        return asked
    # GPUs before Ampere emulate bf16, which is slow.
    native = torch.cuda.is_bf16_supported(including_emulation=False)
    return "bf16-mixed" if native else "16-mixed"
