"""Checkpoint of a stage's training: files, best part, identity."""

from __future__ import annotations

import hashlib
import io
import json
import pickle
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError

from gac_core.contract.errors import OutputError, RequestError
from gac_core.contract.message import Message
from gac_core.contract.rename import replace_path
from gac_core.io import atomic_write, write_error
from training.data.dataset import PairDataset
from training.fit.settings import FitSettings
from training.fit.stage_module import StageModule
from training.scores.gains import Gains

FORMAT = 3
LAST, BEST = "last.ckpt", "best.ckpt"

PART = "best"
_NEW, _OLD = ".best.new", ".best.old"

RESUMABLE_CHANGES = {
    # Batch size and steps are part of Identity itself.
    "fit": (
        *("epochs", "batch_size", "grad_accum_steps", "patience", "save_every", "nan_limit"),
        *("pictures", "deterministic", "precision", "device", "devices", "num_nodes", "workers"),
    ),
    # Path of the base; its identity is in the hashes of its weights.
    "models": ("bundle", "recompute"),
    # Selection of pairs; their identity is in their names.
    "data": ("max_tiles", "split_seed"),
    # Path of the regressor; its identity is in its hash.
    "stage3": ("cycle",),
}
"""Settings, by section, that may change when a training is resumed."""
_LABELS = ("bundle", "card_sha256")
"""Entries that may differ if the hashes of the weights are equal."""


def write_checkpoint(path: Path, values: dict[str, Any]) -> None:
    """Write plain values and tensors atomically; a previous checkpoint is kept until then.

    Raises:
        OutputError: If it cannot be written (DiskFull if the disk is full).
    """
    # Buffered in memory: torch reports a full disk with its own error without an errno.
    buffer = io.BytesIO()
    torch.save({"format": FORMAT, **values}, buffer)
    try:
        with atomic_write(path) as part:
            part.write_bytes(buffer.getbuffer())
    except OSError as error:
        raise write_error(path, error) from error


def read_checkpoint(path: Path) -> dict[str, Any]:
    """Read a checkpoint with `weights_only`, so that no code in it is run.

    Raises:
        OutputError: If it cannot be read or is not a checkpoint.
    """
    try:
        values = torch.load(path, map_location="cpu", weights_only=True)
    except (OSError, RuntimeError, ValueError, EOFError, pickle.UnpicklingError) as error:
        raise OutputError(
            Message("The checkpoint {} cannot be read ({}).", path, type(error).__name__),
            Message("Train without --resume in an empty folder."),
            problem="checkpoint-unreadable",
        ) from error
    if not isinstance(values, dict) or values.get("format") != FORMAT:
        raise OutputError(
            Message("{} is no checkpoint of this version of GAC.", path),
            Message("Train without --resume in an empty folder."),
            problem="checkpoint-version",
        )
    return values


def holds_training(out: Path) -> bool:
    """Return whether a folder, or one below it, holds a training that can be resumed."""
    return any(out.rglob(LAST))


def require_no_training(out: Path) -> None:
    """Raise if a folder or one below it already holds a training.

    Raises:
        OutputError: If it does.
    """
    if holds_training(out):
        raise OutputError(
            Message("{} already holds a training.", out),
            Message("Resume it with --resume, or choose another --output-dir."),
            problem="training-already-there",
        )


def save_best(
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
    repair(out)
    try:
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir()
        module.save_part(new, training, scores)
        if part.exists():
            replace_path(part, old)
        replace_path(new, part)
    except (OSError, SafetensorError) as error:
        # safetensors reports a full disk with its own error type.
        shutil.rmtree(new, ignore_errors=True)
        repair(out)
        raise write_error(part, error) from error
    shutil.rmtree(old, ignore_errors=True)


def has_best(out: Path) -> bool:
    """Return whether both the part and a readable checkpoint exist."""
    try:
        read_checkpoint(out / BEST)
    except OutputError:
        return False
    return (out / PART).is_dir()


def repair(out: Path) -> None:
    """Repair the state after a kill between two renames."""
    with suppress(OSError):
        if not (out / PART).exists() and (out / _OLD).exists():
            replace_path(out / _OLD, out / PART)
        shutil.rmtree(out / _OLD, ignore_errors=True)


def sections(config: Any) -> dict[str, Any]:
    """Return the sections of a config (`training.sections`) that must not change on resume."""
    result = {}
    for section in fields(config):
        values = asdict(getattr(config, section.name))
        for name in RESUMABLE_CHANGES.get(section.name, ()):
            values.pop(name, None)
        result[section.name] = values
    return result


@dataclass(frozen=True)
class Identity:
    """Fingerprint that a resumed training must match.

    Attributes:
        stage: 2 or 3.
        samples: Number of training pairs.
        batch: Samples in an optimiser step.
        steps: Total number of optimiser steps.
        origin: Everything else by section, plain values: settings, base, pairs.
    """

    stage: int
    samples: int
    batch: int
    steps: int
    origin: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        settings: FitSettings,
        stage: int,
        pairs: Mapping[str, PairDataset],
        batch: int,
        steps: int,
        origin: Mapping[str, Any],
    ) -> Identity:
        """Return the fingerprint of a training.

        Args:
            settings: Settings of the training.
            stage: 2 or 3.
            pairs: Datasets `train` and `val`.
            batch: Samples in an optimiser step.
            steps: Total number of optimiser steps.
            origin: The stage's own entries by section, JSON-ready.
        """
        own = {k: v for k, v in asdict(settings).items() if k not in RESUMABLE_CHANGES["fit"]}
        entries = {
            **origin,
            "fit": own,
            **{role: _pairs(dataset) for role, dataset in pairs.items()},
        }
        return cls(stage, len(pairs["train"]), batch, steps, _plain(entries))

    def require(self, saved: Mapping[str, Any]) -> None:
        """Check that a checkpoint belongs to this training.

        Raises:
            RequestError: If it belongs to another; the message names the difference.
        """
        own = asdict(self)
        if own == dict(saved):
            return
        name, old, new = _difference(dict(saved), own)
        name = name.removeprefix("origin.")
        raise RequestError(
            Message("The training to resume had {} {}, and now it is {}.", name, old, new),
            Message(
                "Resume with the settings, base and data it began with (config.yaml in its "
                "folder), or train in an empty folder."
            ),
            problem="resumed-training-differs",
        )


def _pairs(dataset: PairDataset) -> dict[str, Any]:
    """Return the identity of a role's samples: names, size and stage-1 images."""
    names = sorted(dataset.source.names[index] for index in dataset.indices)
    digest = hashlib.sha256("\n".join(names).encode()).hexdigest()
    about = None if dataset.stage1 is None else dataset.stage1.about
    return {"pairs": digest, "crop": dataset.crop, "seed": dataset.seed, "stage1": about}


def _plain(value: Any) -> Any:
    """Return JSON-compatible values without names of entries that are identified by hashes."""
    return _unlabelled(json.loads(json.dumps(value, default=str)))


def _unlabelled(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    dropped = _LABELS if "weights" in value else ()
    return {k: _unlabelled(v) for k, v in value.items() if k not in dropped}


def _difference(old: Any, new: Any, name: str = "") -> tuple[str, str, str]:
    """Return the dotted name of the first difference, and both values as text."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*new, *(key for key in old if key not in new)]:
            if old.get(key) != new.get(key):
                return _difference(old.get(key), new.get(key), f"{name}.{key}".strip("."))
    return name, _as_text(old), _as_text(new)


def _as_text(value: Any) -> str:
    """Return a value as text; hashes are shortened."""
    if isinstance(value, dict | list):
        text = json.dumps(value)
    else:
        text = "none" if value is None else str(value)
    return text if len(text) <= 40 else f"{text[:12]}…"
