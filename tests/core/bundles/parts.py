"""Trained parts of the tiny bundle, as a training of stage 2 or 3 leaves them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from safetensors.torch import load_file, save_file

from gac_core.bundles.bundle import Bundle
from gac_core.bundles.library import Library
from gac_core.bundles.part import Part, base_of, write_part

TRAINING = {
    "data": "pairs of two summers",
    "tiles": {"train": ["T33UUP"], "val": ["T32TQT"]},
    "licence": "CC-BY-4.0",
    "attribution": ["Contains modified Copernicus Sentinel data (2021)."],
}
SCORES = {
    "what": "Means over 5 validation images",
    "stage": {"psnr": 20.0, "cfog": float("nan")},
    "before": {"psnr": 21.0, "cfog": 0.4},
    "not earned": ["PSNR is worse than in the stage before: 20 after 21"],
}
OWN = {2: ("head", "prithvi"), 3: ("bridge", "critic")}
ADAPTERS = {2: "refining", 3: "grounding"}


def trained_part(folder: Path, stage: int, bundle: Bundle, factor: float = 1.5) -> Part:
    """Write a part whose tensors are the bundle's own, times a factor."""
    folder.mkdir()
    section = json.loads(json.dumps(bundle.card[{2: "refiner", 3: "grounding"}[stage]]))
    shutil.copytree(bundle.path / ADAPTERS[stage], folder / "adapter")
    section["adapter"] = "adapter"
    for name in OWN[stage]:
        change(bundle.path / f"{name}.safetensors", folder / f"{name}.safetensors", factor)
    return write_part(folder, stage, section, base_of(bundle, Library()), TRAINING, SCORES)


def change(source: Path, target: Path, factor: float) -> None:
    """Copy a weight file, its tensors times a factor."""
    save_file({name: tensor * factor for name, tensor in load_file(source).items()}, target)


def edit(path: Path, change: Any) -> None:
    """Change a JSON file by a function of its values."""
    values = json.loads(path.read_text())
    change(values)
    path.write_text(json.dumps(values))


def nothing_left(folder: Path) -> bool:
    """Return whether packing left only what a test put there."""
    return [p.name for p in folder.iterdir() if p.name not in ("part", "other")] == []
