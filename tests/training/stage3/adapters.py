"""Stage 3's module on a bundle, and its losses with noise that is the same each time."""

from __future__ import annotations

import torch

from gac_core.networks.bridge import Bridge
from gac_core.networks.critic import Critic
from tests.core.tiny import BRIDGE, CRITIC, SHAPE, randomise
from training.losses import GroundLoss, GroundWeights
from training.stage3.adversary import Adversary, EarthFeatures
from training.stage3.ground_module import GroundModule, Tuning, with_adapter


def build(bundle, library, tuning=None, weights=None, regressor=None, shape=BRIDGE, detail=8.0):
    torch.manual_seed(0)
    models, adapter = with_adapter(bundle, library, tuning or Tuning(lora_rank=4))
    weights, model = weights or GroundWeights(), models.terramind.model
    loss = GroundLoss(weights, regressor, EarthFeatures(model, bundle.offset))
    bridge, critic = Bridge(shape, SHAPE.dim), Critic(CRITIC, SHAPE.dim)
    adversary = (
        Adversary(critic, model, weights.adversary, bundle.offset) if weights.adversary else None
    )
    return GroundModule(models, adapter, bridge, loss, detail, adversary, base={"bundle": "tiny"})


def disturb(module):
    """An adapter and a bridge that do something: fresh ones change nothing."""
    torch.manual_seed(5)
    with torch.no_grad():
        for name, parameter in module.trained().items():
            if "lora_B" in name:
                parameter.normal_(std=0.3)
    flow = module.bridge.flow
    for layer in (flow.out, *(film for scale in (*flow.down, *flow.up) for film in scale.films)):
        randomise(layer)


def total(module, batch, seed=3):
    torch.manual_seed(seed)
    return torch.stack([part.mean for part in module.losses(batch).values()]).sum()


def parts(module, batch):
    torch.manual_seed(1)
    return {name: part.mean for name, part in module.losses(batch).items()}
