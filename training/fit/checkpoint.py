"""Checkpoints: what was trained and how far, never the frozen base; whole or not at all."""

from __future__ import annotations

import io
import pickle
from pathlib import Path
from typing import Any

import torch

from gac_core.contract.errors import OutputError
from gac_core.raster.space import unwritable, whole_file

FORMAT = 3
LAST, BEST = "last.ckpt", "best.ckpt"


def write_checkpoint(path: Path, values: dict[str, Any]) -> None:
    """Write plain values and tensors, beside the name first; what lay there stays until then.

    Raises:
        OutputError: If it cannot be written (DiskFull for want of room).
    """
    # Through memory: torch reports a full disk as an error of its own without a number.
    buffer = io.BytesIO()
    torch.save({"format": FORMAT, **values}, buffer)
    try:
        with whole_file(path) as part:
            part.write_bytes(buffer.getbuffer())
    except OSError as error:
        raise unwritable(path, error) from error


def read_checkpoint(path: Path) -> dict[str, Any]:
    """Read what `write_checkpoint` wrote; nothing in it is run (`weights_only`).

    Raises:
        OutputError: If it cannot be read or is not one.
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
    """Whether a folder, or one below it, has a training that can be resumed."""
    return any(out.rglob(LAST))


def require_fresh(out: Path) -> None:
    """See that a folder holds no training yet, nor parts of one below.

    Raises:
        OutputError: If it does.
    """
    if holds_training(out):
        raise OutputError(
            f"{out} already holds a training.",
            "Add --resume to go on with it, or choose another --output-dir.",
        )
