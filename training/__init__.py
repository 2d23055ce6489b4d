"""Training of the models in a bundle: data, losses, training and evaluation.

Entry points for notebooks and scripts: `generate_images`, `train_refiner`, `train_grounding`
(docs/python.md).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from gac_core.process import prepare_process

if TYPE_CHECKING:
    from training.precompute_stage1 import generate_images
    from training.train_stage2 import train_refiner
    from training.train_stage3 import train_grounding

__all__ = ["generate_images", "train_grounding", "train_refiner"]

_HOMES = {
    "generate_images": "precompute_stage1",
    "train_refiner": "train_stage2",
    "train_grounding": "train_stage3",
}


prepare_process()


def __getattr__(name: str) -> Any:
    # Imported lazily: each needs libraries that the others do not.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
