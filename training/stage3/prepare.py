"""Stage 3's adapter, ready to be trained, from a bundle and settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch

from gac_core.models.bundle import Bundle
from gac_core.models.library import Library
from training.losses.ground import GroundLoss
from training.stage3.adapt import Tuning, adapted
from training.stage3.codes import find_codes
from training.stage3.module import GroundModule, Use
from training.stage3.settings import GroundSettings

_VALIDATED_SHARE = 0.5
"""Share of the answer with which the adapter validates, where none is fixed. The answer alone has
lost opt_v2's detail to the tokens, whatever the adapter; the share that serves is found later."""


def prepare(
    bundle: Bundle, library: Library, settings: GroundSettings, base: Mapping[str, Any]
) -> GroundModule:
    """TerraMind with a fresh adapter, which changes nothing yet, on the CPU.

    Args:
        bundle: What is trained upon; its own stage 3 is left out.
        library: Where its weights are looked for.
        settings: Of the training.
        base: What identifies the models, for the part's card.

    Raises:
        BundleError: If weights are missing or do not fit, or what is named as encoder is none.
    """
    torch.manual_seed(settings.fit.seed)
    tuning = Tuning(
        settings.lora_rank,
        settings.lora_alpha,
        settings.cross_attention_only,
        settings.recompute,
    )
    models, adapter = adapted(bundle, library, tuning)
    codes = find_codes(bundle, library, settings.codes) if settings.loss.tokens > 0 else None
    use = Use(
        settings.modality,
        settings.timesteps,
        1.0 if settings.strength is None else settings.strength,
        _VALIDATED_SHARE if settings.residual is None else settings.residual,
    )
    return GroundModule(models, adapter, GroundLoss(settings.loss), codes, use, base)
