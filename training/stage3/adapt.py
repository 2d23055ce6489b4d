"""TerraMind made ready for training: its own weights frozen, a fresh adapter on its decoder."""

from __future__ import annotations

from dataclasses import dataclass, replace

import torch
from peft import PeftModel

from gac_core.models.adapters import CROSS_ATTENTION, DECODER_ATTENTION, add_lora
from gac_core.models.bundle import Bundle, Grounding
from gac_core.models.library import Library
from gac_core.models.loading import Models, TerraMind
from gac_core.models.terramind import OUTPUT


@dataclass(frozen=True)
class Tuning:
    """How much of TerraMind is trained, and how.

    Attributes:
        lora_rank: Rank of the adapter.
        lora_alpha: Its scale, in ranks.
        cross_attention_only: Adapt where the decoder looks at its inputs; else also where its
            tokens look at each other.
    """

    lora_rank: int = 8
    lora_alpha: int = 16
    cross_attention_only: bool = True


def ungrounded(bundle: Bundle) -> Bundle:
    """Return a bundle whose stage 3 is TerraMind's bare answer, whatever it was."""
    return replace(bundle, grounding=Grounding())


def adapted(bundle: Bundle, library: Library, tuning: Tuning) -> tuple[Models, PeftModel]:
    """Return the networks of a bundle with a fresh adapter on TerraMind, on the CPU.

    A grounding adapter that the bundle has is left out: this training is to replace it. The
    tokenizer is left out too: nothing that trains becomes tokens.

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
