"""TerraMind prepared for training: pretrained weights frozen, a fresh adapter on its decoder."""

from __future__ import annotations

from dataclasses import dataclass, replace

import torch
from peft import PeftModel

from gac_core.bundles.bundle import Bundle, Grounding
from gac_core.bundles.library import Library
from gac_core.networks.adapters import CROSS_ATTENTION, DECODER_ATTENTION, add_lora
from gac_core.networks.loading import Models, TerraMind
from gac_core.networks.terramind import OUTPUT


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


def ungrounded(bundle: Bundle) -> Bundle:
    """Return a copy of a bundle whose stage 3 is plain TerraMind, without adapter and bridge."""
    return replace(bundle, grounding=Grounding())


def adapted(bundle: Bundle, library: Library, tuning: Tuning) -> tuple[Models, PeftModel]:
    """Return the networks of a bundle with a fresh adapter on TerraMind, on the CPU.

    An existing grounding adapter is omitted, because this training replaces it; so is the
    tokenizer, because training produces no tokens.

    Raises:
        BundleError: If the bundle's TerraMind cannot be loaded.
    """
    models = Models(ungrounded(bundle), library, torch.device("cpu"))
    model = models.terramind.model
    del model.tokenizer[OUTPUT]
    target = CROSS_ATTENTION if tuning.cross_attention_only else DECODER_ATTENTION
    adapter = add_lora(model, target, tuning.lora_rank, tuning.lora_alpha)
    models.terramind = TerraMind(model, adapter)
    return models, adapter
