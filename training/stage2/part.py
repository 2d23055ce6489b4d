"""Output of stage-2 training: the card's `refiner` section and its files."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from gac_core.bundles.bundle import WeightFile
from gac_core.bundles.part import write_part
from gac_core.networks.prithvi import PrithviShape
from gac_core.networks.refiner import RefinerHead
from gac_core.networks.weights import write_state
from training.stage2.backbone import Backbone, Tuning

_ADAPTER, _HEAD, _BLOCKS = "adapter", "head.safetensors", "blocks.safetensors"


@dataclass(frozen=True)
class Origin:
    """Origin of the base weights, and the training record of the part's card.

    Attributes:
        shape: Prithvi's size.
        weights: Its weight file, with the actual hash.
        path: Path of that file. An unpublished file is copied into the part.
        tuning: Extent of the fine-tuning.
        base: Identity of the models that made opt_v1.
        story: Training record besides the settings: data, tiles.
    """

    shape: PrithviShape
    weights: WeightFile
    path: Path
    tuning: Tuning
    base: Mapping[str, Any] = field(default_factory=dict)
    story: Mapping[str, Any] = field(default_factory=dict)


def write_refiner_part(
    folder: Path,
    backbone: Backbone,
    head: RefinerHead,
    origin: Origin,
    training: Mapping[str, Any],
    scores: Mapping[str, Any],
) -> None:
    """Write adapter, blocks, head and `part.json` to an existing folder.

    Raises:
        BundleError: If a file's name is not allowed on every system.
    """
    section: dict[str, Any] = {
        "shape": origin.shape.to_dict(),
        "weights": asdict(origin.weights),
        "quantise": origin.tuning.load_in_8bit,
        "head": {"shape": head.shape.to_dict(), "weights": {"file": _HEAD}},
    }
    write_state(head, folder / _HEAD)
    if backbone.adapter is not None:
        backbone.adapter.save_pretrained(str(folder / _ADAPTER))
        # peft adds a model card template that nobody fills in.
        (folder / _ADAPTER / "README.md").unlink(missing_ok=True)
        section["adapter"] = _ADAPTER
    if backbone.trained is not None:
        write_state(backbone.trained, folder / _BLOCKS)
        section["blocks"] = {"last": origin.tuning.unfreeze_last, "weights": {"file": _BLOCKS}}
    if origin.weights.repo is None:
        shutil.copyfile(origin.path, folder / origin.weights.file)
    write_part(folder, 2, section, origin.base, {**origin.story, **training}, scores)
