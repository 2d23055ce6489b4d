"""Fingerprint of a training; resuming requires an exact match."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from gac_core.contract.errors import RequestError
from training.data.dataset import PairDataset
from training.fit.settings import FitSettings

MAY_CHANGE = {
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


def sections(config: Any) -> dict[str, Any]:
    """Return the sections of a config (`training.sections`) that must not change on resume."""
    result = {}
    for section in fields(config):
        values = asdict(getattr(config, section.name))
        for name in MAY_CHANGE.get(section.name, ()):
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
        own = {k: v for k, v in asdict(settings).items() if k not in MAY_CHANGE["fit"]}
        entries = {
            **origin,
            "fit": own,
            **{role: _pairs(dataset) for role, dataset in pairs.items()},
        }
        return cls(stage, len(pairs["train"]), batch, steps, _plain(entries))

    def require(self, held: Mapping[str, Any]) -> None:
        """Check that a checkpoint belongs to this training.

        Raises:
            RequestError: If it belongs to another; the message names the difference.
        """
        own = asdict(self)
        if own == dict(held):
            return
        name, old, new = _difference(dict(held), own)
        name = name.removeprefix("origin.")
        raise RequestError(
            f"The training to resume had {name} {old}, and now it is {new}.",
            "Resume with the settings, base and data it began with (config.yaml in its folder), "
            "or train in an empty folder.",
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
    return name, _told(old), _told(new)


def _told(value: Any) -> str:
    """Return a value as text; hashes are shortened."""
    if isinstance(value, dict | list):
        text = json.dumps(value)
    else:
        text = "none" if value is None else str(value)
    return text if len(text) <= 40 else f"{text[:12]}…"
