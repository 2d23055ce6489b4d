"""What makes a training the one that it is: resumed with anything else, it would be neither."""

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
    # Some of these an Identity tells in its own way: batch and steps.
    "fit": (
        *("epochs", "batch_size", "grad_accum_steps", "patience", "save_every", "nan_limit"),
        *("pictures", "deterministic", "precision", "device", "devices", "num_nodes", "workers"),
    ),
    # Where the base lies; what it is, its weights' hashes say.
    "models": ("bundle", "recompute"),
    # Which pairs there are, their names say.
    "data": ("max_tiles", "split_seed"),
    # Where the regressor lies; what it is, its hash says.
    "stage3": ("cycle",),
}
"""Settings, by section, with other values of which a training can be resumed."""

_LABELS = ("bundle", "card_sha256")
"""What may differ where hashes of weights are the same."""


def sections(config: Any) -> dict[str, Any]:
    """The sections of a config (`training.sections`) without what may change in a resumed one."""
    found = {}
    for section in fields(config):
        values = asdict(getattr(config, section.name))
        for name in MAY_CHANGE.get(section.name, ()):
            values.pop(name, None)
        found[section.name] = values
    return found


@dataclass(frozen=True)
class Identity:
    """What must be as it was for a resumed training to be the same training.

    Attributes:
        stage: 2 or 3.
        samples: Training pairs.
        batch: Samples in an optimiser step.
        steps: Optimiser steps in all.
        origin: The rest by section, plain values: settings, base, pairs.
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
        """That of a training.

        Args:
            settings: How it trains.
            stage: 2 or 3.
            pairs: `train` and `val`.
            batch: Samples in an optimiser step.
            steps: Optimiser steps in all.
            origin: What the stage tells of itself, by section, JSON-ready.
        """
        own = {k: v for k, v in asdict(settings).items() if k not in MAY_CHANGE["fit"]}
        told = {**origin, "fit": own, **{role: _pairs(found) for role, found in pairs.items()}}
        return cls(stage, len(pairs["train"]), batch, steps, _plain(told))

    def require(self, held: Mapping[str, Any]) -> None:
        """See that a checkpoint is of this training.

        Raises:
            RequestError: If it is of another; the message names what differs.
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
    """What identifies a role's samples: names, size, and the images of stage 1."""
    names = sorted(dataset.source.names[index] for index in dataset.indices)
    digest = hashlib.sha256("\n".join(names).encode()).hexdigest()
    about = None if dataset.stage1 is None else dataset.stage1.about
    return {"pairs": digest, "crop": dataset.crop, "seed": dataset.seed, "stage1": about}


def _plain(value: Any) -> Any:
    """Values as JSON has them, without names of what hashes identify."""
    return _unlabelled(json.loads(json.dumps(value, default=str)))


def _unlabelled(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    dropped = _LABELS if "weights" in value else ()
    return {k: _unlabelled(v) for k, v in value.items() if k not in dropped}


def _difference(old: Any, new: Any, name: str = "") -> tuple[str, str, str]:
    """Where two values first differ, by dotted name, and what is there in words."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*new, *(key for key in old if key not in new)]:
            if old.get(key) != new.get(key):
                return _difference(old.get(key), new.get(key), f"{name}.{key}".strip("."))
    return name, _told(old), _told(new)


def _told(value: Any) -> str:
    """A value in words; hashes are cut short."""
    if isinstance(value, dict | list):
        text = json.dumps(value)
    else:
        text = "none" if value is None else str(value)
    return text if len(text) <= 40 else f"{text[:12]}…"
