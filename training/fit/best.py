"""Checkpoint and part of the best validation, each replaced atomically."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

from safetensors import SafetensorError

from gac_core.contract.errors import OutputError
from gac_core.io import unwritable
from training.fit.checkpoint import BEST, read_checkpoint, write_checkpoint
from training.fit.module import StageModule
from training.scores.gains import Gains

PART = "best"
_NEW, _OLD = ".best.new", ".best.old"


def keep_best(
    module: StageModule, out: Path, step: int, training: dict[str, Any], gains: Gains
) -> None:
    """Write `best.ckpt` and the part `best/` from a module's current state.

    Args:
        module: Module with the validated tensors.
        out: Folder of the training.
        step: Optimiser step.
        training: Training record for `part.json`.
        gains: Validation result.

    Raises:
        OutputError: If they cannot be written; previous files are kept.
    """
    scores = gains.to_dict()
    replace_part(module, out, training, scores)
    state = {name: value.cpu() for name, value in module.trained_state().items()}
    write_checkpoint(out / BEST, {"step": step, "trained": state, "scores": scores})


def replace_part(
    module: StageModule, out: Path, training: dict[str, Any], scores: dict[str, Any]
) -> None:
    """Write the part `best/` from a module's current state.

    Args:
        module: Module with the validated tensors.
        out: Folder of the training.
        training: Training record for `part.json`.
        scores: Scores for `part.json`.

    Raises:
        OutputError: If it cannot be written; the previous part is kept.
    """
    new, old, part = out / _NEW, out / _OLD, out / PART
    recover(out)
    try:
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir()
        module.save_part(new, training, scores)
        if part.exists():
            part.rename(old)
        new.rename(part)
    except (OSError, SafetensorError) as error:
        # safetensors reports a full disk with its own error type.
        shutil.rmtree(new, ignore_errors=True)
        recover(out)
        raise unwritable(part, error) from error
    shutil.rmtree(old, ignore_errors=True)


def is_kept(out: Path) -> bool:
    """Return whether both the part and a readable checkpoint exist."""
    try:
        read_checkpoint(out / BEST)
    except OutputError:
        return False
    return (out / PART).is_dir()


def recover(out: Path) -> None:
    """Repair the state after a kill between two renames."""
    with suppress(OSError):
        if not (out / PART).exists() and (out / _OLD).exists():
            (out / _OLD).rename(out / PART)
        shutil.rmtree(out / _OLD, ignore_errors=True)
