"""Stage 3 prepared for training from a bundle and settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch

from gac_core.bundles.bundle import Bundle
from gac_core.bundles.library import Library
from gac_core.networks.bridge import Bridge, BridgeShape
from gac_core.networks.critic import Critic, CriticShape
from gac_core.networks.terramind import TerraMindShape
from training.cycle.regressor import Regressor, read_regressor
from training.losses.features import EarthFeatures
from training.losses.ground import GroundLoss
from training.sections import Stage3Config
from training.stage3.adapt import Tuning, adapted
from training.stage3.adversary import Adversary
from training.stage3.module import GroundModule
from training.stage3.recompute import recompute_grounding


def prepare(
    bundle: Bundle,
    library: Library,
    config: Stage3Config,
    base: Mapping[str, Any],
    story: Mapping[str, Any] | None = None,
) -> GroundModule:
    """Return TerraMind with a fresh adapter and a new bridge; both start without effect.

    Args:
        bundle: Base bundle; its own stage 3 is ignored.
        library: Library with its weights.
        config: Settings of the training.
        base: Identity of the base models, for the part's card.
        story: Further training record for the part's card.

    Raises:
        BundleError: If weights are missing or do not fit.
    """
    torch.manual_seed(config.fit.seed)
    models, adapter = adapted(bundle, library, tuning_of(config))
    own = config.bridge
    bridge = Bridge(
        BridgeShape(
            reduced=own.reduced,
            widths=tuple(own.widths),
            depths=tuple(own.depths),
            context=own.context,
            noise=own.noise,
            steps=own.steps if config.stage3.steps is None else config.stage3.steps,
        ),
        TerraMindShape.from_dict(bundle.terramind).dim,
    )
    model = models.terramind.model
    if config.models.recompute:
        recompute_grounding(model, bridge)
    features = EarthFeatures(model, bundle.offset) if config.loss.features > 0 else None
    loss = GroundLoss(config.loss, regressor_of(config), features)
    adversary = None
    if config.loss.adversary > 0:
        shape = CriticShape(config.critic.reduced, config.critic.width)
        critic = Critic(shape, TerraMindShape.from_dict(bundle.terramind).dim)
        adversary = Adversary(critic, model, config.loss.adversary, bundle.offset)
    return GroundModule(
        models,
        adapter,
        bridge,
        loss,
        config.stage3.detail,
        adversary,
        rates={"bridge": own.lr / config.fit.lr, "critic": config.critic.lr / config.fit.lr},
        base=base,
        story=story,
    )


def regressor_of(config: Stage3Config) -> Regressor | None:
    """Return the regressor of the loss part `cycle`; None if that part is off.

    Raises:
        BundleError: If the folder holds no regressor, a damaged one, or one no better than its
            baselines.
    """
    folder = config.stage3.cycle_folder
    if folder is None or config.loss.cycle == 0:
        return None
    return read_regressor(folder, config.stage3.modality)


def tuning_of(config: Stage3Config) -> Tuning:
    """Return the extent of TerraMind's fine-tuning."""
    return Tuning(
        lora_rank=config.models.lora_rank,
        lora_alpha=config.models.lora_alpha,
        cross_attention_only=config.stage3.cross_attention_only,
    )
