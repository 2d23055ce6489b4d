"""Atomic checkpoints of trained tensors and progress, without the frozen base."""

from __future__ import annotations

import io
import pickle
from pathlib import Path
from typing import Any

import torch

from gac_core.contract.errors import OutputError
from gac_core.io import unwritable, whole_file

FORMAT = 3
LAST, BEST = "last.ckpt", "best.ckpt"


def write_checkpoint(path: Path, values: dict[str, Any]) -> None:
    """Write plain values and tensors atomically; a previous checkpoint is kept until then.

    Raises:
        OutputError: If it cannot be written (DiskFull if the disk is full).
    """
    # Buffered in memory: torch reports a full disk with its own error without an errno.
    buffer = io.BytesIO()
    torch.save({"format": FORMAT, **values}, buffer)
    try:
        with whole_file(path) as part:
            part.write_bytes(buffer.getbuffer())
    except OSError as error:
        raise unwritable(path, error) from error


def read_checkpoint(path: Path) -> dict[str, Any]:
    """Read a checkpoint with `weights_only`, so that no code in it is run.

    Raises:
        OutputError: If it cannot be read or is not a checkpoint.
    """
    try:
        values = torch.load(path, map_location="cpu", weights_only=True)
    except (OSError, RuntimeError, ValueError, EOFError, pickle.UnpicklingError) as error:
        raise OutputError(
            f"The checkpoint {path} cannot be read ({type(error).__name__}).",
            "Train without --resume in an empty folder.",
        ) from error
    if not isinstance(values, dict) or values.get("format") != FORMAT:
        raise OutputError(
            f"{path} is no checkpoint of this version of GAC.",
            "Train without --resume in an empty folder.",
        )
    return values


def holds_training(out: Path) -> bool:
    """Return whether a folder, or one below it, holds a training that can be resumed."""
    return any(out.rglob(LAST))


def require_fresh(out: Path) -> None:
    """Raise if a folder or one below it already holds a training.

    Raises:
        OutputError: If it does.
    """
    if holds_training(out):
        raise OutputError(
            f"{out} already holds a training.",
            "Add --resume to go on with it, or choose another --output-dir.",
        )
