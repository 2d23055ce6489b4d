"""Stage 3's adapter, ready to be trained, from a bundle and settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch

from gac_core.models.bundle import Bundle
from gac_core.models.library import Library
from training.cycle.regressor import Regressor, read_regressor
from training.losses.ground import GroundLoss
from training.sections import Stage3Config
from training.stage3.adapt import Tuning, adapted
from training.stage3.codes import find_codes
from training.stage3.module import GroundModule, Use

_VALIDATED_SHARE = 0.5
"""Share of the answer with which the adapter validates, where none is fixed. The answer alone has
lost opt_v2's detail to the tokens, whatever the adapter; the share that serves is found later."""


def prepare(
    bundle: Bundle, library: Library, config: Stage3Config, base: Mapping[str, Any]
) -> GroundModule:
    """TerraMind with a fresh adapter, which changes nothing yet, on the CPU.

    Args:
        bundle: What is trained upon; its own stage 3 is left out.
        library: Where its weights are looked for.
        config: Of the training.
        base: What identifies the models, for the part's card.

    Raises:
        BundleError: If weights are missing or do not fit, or what is named as encoder is none.
    """
    torch.manual_seed(config.fit.seed)
    models, adapter = adapted(bundle, library, tuning_of(config))
    own = config.stage3
    codes = find_codes(bundle, library, own.codes_file) if config.loss.tokens > 0 else None
    use = Use(
        own.timesteps,
        1.0 if own.strength is None else own.strength,
        _VALIDATED_SHARE if own.residual is None else own.residual,
    )
    loss = GroundLoss(config.loss, regressor_of(config))
    return GroundModule(models, adapter, loss, codes, use, base)


def regressor_of(config: Stage3Config) -> Regressor | None:
    """The regressor of the loss's part `cycle`; None where there is none or it weighs nothing.

    Raises:
        BundleError: If what is named is none, damaged, or no better than its baselines.
    """
    folder = config.stage3.cycle_folder
    if folder is None or config.loss.cycle == 0:
        return None
    return read_regressor(folder, config.stage3.modality)


def tuning_of(config: Stage3Config) -> Tuning:
    """How much of TerraMind is trained."""
    return Tuning(
        lora_rank=config.models.lora_rank,
        lora_alpha=config.models.lora_alpha,
        cross_attention_only=config.stage3.cross_attention_only,
        recompute=config.models.recompute,
    )
