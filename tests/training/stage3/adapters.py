"""Stage 3's module on a bundle, and its losses with noise that is the same each time."""

from __future__ import annotations

import torch

from training.losses import GroundLoss, GroundWeights
from training.stage3.adapt import Tuning, adapted
from training.stage3.codes import find_codes
from training.stage3.module import GroundModule, Use


def build(bundle, library, tuning=None, weights=None, codes=True, regressor=None, **use):
    torch.manual_seed(0)
    models, adapter = adapted(bundle, library, tuning or Tuning(lora_rank=4))
    loss = GroundLoss(weights or GroundWeights(), regressor)
    found = find_codes(bundle, library) if codes else None
    return GroundModule(models, adapter, loss, found, Use(timesteps=2, **use), {"bundle": "tiny"})


def disturb(module):
    """An adapter that does something: fresh ones change nothing."""
    torch.manual_seed(5)
    with torch.no_grad():
        for name, parameter in module.trained().items():
            if "lora_B" in name:
                parameter.normal_(std=0.3)


def total(module, batch, seed=3):
    torch.manual_seed(seed)
    return torch.stack([part.mean for part in module.losses(batch).values()]).sum()


def parts(module, batch):
    torch.manual_seed(1)
    return {name: part.mean for name, part in module.losses(batch).items()}
