"""Stage 3 prepared for training from a bundle and settings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import torch
from peft import PeftModel
from terratorch.models.backbones.terramind.model.terramind_generation import TerraMindGeneration
from torch import nn
from torch.utils.checkpoint import checkpoint

from gac_core.bundles.bundle import Bundle, Grounding
from gac_core.bundles.library import Library
from gac_core.networks.adapters import CROSS_ATTENTION, DECODER_ATTENTION, add_lora
from gac_core.networks.bridge import Bridge, BridgeShape
from gac_core.networks.critic import Critic, CriticShape
from gac_core.networks.loading import Models, TerraMind
from gac_core.networks.terramind import OUTPUT, TerraMindShape
from training.cycle.regressor import Regressor, read_regressor
from training.losses.features import EarthFeatures
from training.losses.stage_losses import GroundLoss
from training.sections import Stage3Config
from training.stage3.adversary import Adversary
from training.stage3.module import GroundModule


@dataclass(frozen=True)
class Tuning:
    """Extent of TerraMind's fine-tuning.

    Attributes:
        lora_rank: Rank of the adapter.
        lora_alpha: Scale of the adapter, in ranks.
        cross_attention_only: Adapt only the decoder's cross-attention; False adapts its
            self-attention too.
    """

    lora_rank: int = 8
    lora_alpha: int = 16
    cross_attention_only: bool = True


def without_stage3(bundle: Bundle) -> Bundle:
    """Return a copy of a bundle whose stage 3 is plain TerraMind, without adapter and bridge."""
    return replace(bundle, grounding=Grounding())


def with_adapter(bundle: Bundle, library: Library, tuning: Tuning) -> tuple[Models, PeftModel]:
    """Return the networks of a bundle with a fresh adapter on TerraMind, on the CPU.

    An existing grounding adapter is omitted, because this training replaces it; so is the
    tokenizer, because training produces no tokens.

    Raises:
        BundleError: If the bundle's TerraMind cannot be loaded.
    """
    models = Models(without_stage3(bundle), library, torch.device("cpu"))
    model = models.terramind.model
    del model.tokenizer[OUTPUT]
    target = CROSS_ATTENTION if tuning.cross_attention_only else DECODER_ATTENTION
    adapter = add_lora(model, target, tuning.lora_rank, tuning.lora_alpha)
    models.terramind = TerraMind(model, adapter)
    return models, adapter


def recompute_grounding(model: TerraMindGeneration, bridge: Bridge) -> None:
    """Checkpoint activations at the blocks of TerraMind and of the bridge.

    The encoder is frozen, but gradients pass through it to the images. About a third more time for
    a fraction of the memory.
    """
    recompute(model.sampler.model.encoder)
    recompute(model.sampler.model.decoder)
    for scale in (*bridge.flow.down, *bridge.flow.up):
        recompute(scale.blocks)


def recompute(blocks: Iterable[nn.Module]) -> None:
    """Recompute each block's activations in the backward pass. Blocks draw no randomness."""
    for block in blocks:
        block.forward = partial(_recomputed, block.forward)


def _recomputed(forward: Callable[..., Any], *inputs: Any, **named: Any) -> Any:
    if not torch.is_grad_enabled():
        return forward(*inputs, **named)
    return checkpoint(forward, *inputs, use_reentrant=False, preserve_rng_state=False, **named)


def prepare(
    bundle: Bundle,
    library: Library,
    config: Stage3Config,
    base: Mapping[str, Any],
    record: Mapping[str, Any] | None = None,
) -> GroundModule:
    """Return TerraMind with a fresh adapter and a new bridge; both start without effect.

    Args:
        bundle: Base bundle; its own stage 3 is ignored.
        library: Library with its weights.
        config: Settings of the training.
        base: Identity of the base models, for the part's card.
        record: Further training record for the part's card.

    Raises:
        BundleError: If weights are missing or do not fit.
    """
    torch.manual_seed(config.fit.seed)
    models, adapter = with_adapter(bundle, library, tuning_of(config))
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
        record=record,
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
