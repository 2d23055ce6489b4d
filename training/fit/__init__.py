"""Training loop of stages 2 and 3.

A stage implements `StageModule` (`training.fit.stage_module`):

    class RefineModule(StageModule):
        stage = 2

        def __init__(self, ...):       # freeze the base, add adapters; requires_grad trains
        def losses(self, batch):       # {"l1": Tally(total, count), ...}, totals weighted
        def counts(self, batch):       # {"l1": count, ...}, without running what trains
        def predict(self, batch):      # (B, 4, H, W) DN
        def before(self, batch):       # (B, 4, H, W) DN of the previous stage
        def save_part(self, folder, training, scores):   # files and part.json

and its command line calls

    origin = {**sections(config), "base": base}     # what a resumed training must share
    result = fit(module, train_dataset, val_dataset, settings, out, resume, origin)

with datasets of `training.data` and `FitSettings` from the configs (`training.config`,
`training.fit.flags`). Batches are dicts as those datasets yield them, on the module's device.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from training.fit.settings import FitSettings
    from training.fit.stage_module import Batch, StageModule
    from training.fit.stage_training import FitResult, fit

__all__ = ["Batch", "FitResult", "FitSettings", "StageModule", "fit"]

_HOMES = {
    "Batch": "stage_module",
    "StageModule": "stage_module",
    "FitResult": "stage_training",
    "fit": "stage_training",
}


def __getattr__(name: str) -> Any:
    # Imported lazily: Lightning takes seconds, and settings, flags and data workers do not need it.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'settings')}"), name)
