"""Training of stages 2 and 3: one loop for both.

What a stage provides is a `StageModule` (`training.fit.module`):

    class RefineModule(StageModule):
        stage = 2

        def __init__(self, ...):       # freeze the base, add adapters; requires_grad trains
        def losses(self, batch):       # {"l1": ..., "sam": ...} weighted scalars
        def predict(self, batch):      # (B, 4, H, W) DN
        def before(self, batch):       # (B, 4, H, W) DN of the stage before
        def save_part(self, folder, training, scores):   # files and part.json

and its command line calls

    result = fit(module, train_dataset, val_dataset, settings, out, resume)

with datasets of `training.data` and `FitSettings` from the configs (`training.config`,
`training.fit.flags`). Batches are dicts as those datasets give them, on the module's device.
"""

from training.fit.module import Batch, StageModule
from training.fit.run import FitResult, fit
from training.fit.settings import FitSettings

__all__ = ["Batch", "FitResult", "FitSettings", "StageModule", "fit"]
