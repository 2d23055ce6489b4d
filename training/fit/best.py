"""What validated best: its checkpoint and its part, each replaced as a whole."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

from safetensors import SafetensorError

from gac_core.contract.errors import OutputError
from gac_core.raster.space import unwritable
from training.fit.checkpoint import BEST, read_checkpoint, write_checkpoint
from training.fit.module import StageModule
from training.scores.gains import Gains

PART = "best"
_NEW, _OLD = ".best.new", ".best.old"


def keep_best(
    module: StageModule, out: Path, step: int, training: dict[str, Any], gains: Gains
) -> None:
    """Write `best.ckpt` and the part `best/` of a module as it is now.

    Args:
        module: With the tensors that were validated.
        out: The training's folder.
        step: The optimiser step.
        training: For `part.json`.
        gains: What validation measured.

    Raises:
        OutputError: If they cannot be written; what lay there before stays.
    """
    scores = gains.to_dict()
    replace_part(module, out, training, scores)
    state = {name: value.cpu() for name, value in module.trained_state().items()}
    write_checkpoint(out / BEST, {"step": step, "trained": state, "scores": scores})


def replace_part(
    module: StageModule, out: Path, training: dict[str, Any], scores: dict[str, Any]
) -> None:
    """Write the part `best/` of a module as it is now.

    Args:
        module: With the tensors that were judged.
        out: The training's folder.
        training: For `part.json`.
        scores: Likewise.

    Raises:
        OutputError: If it cannot be written; what lay there before stays.
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
        # safetensors has an error of its own for a full disk.
        shutil.rmtree(new, ignore_errors=True)
        recover(out)
        raise unwritable(part, error) from error
    shutil.rmtree(old, ignore_errors=True)


def is_kept(out: Path) -> bool:
    """Whether both are there, and the checkpoint can be read."""
    try:
        read_checkpoint(out / BEST)
    except OutputError:
        return False
    return (out / PART).is_dir()


def recover(out: Path) -> None:
    """Put right what a kill between two renamings left."""
    with suppress(OSError):
        if not (out / PART).exists() and (out / _OLD).exists():
            (out / _OLD).rename(out / PART)
        shutil.rmtree(out / _OLD, ignore_errors=True)
