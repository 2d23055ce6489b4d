"""Stage 2's module from a bundle and its settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import torch

from gac_core.contract.errors import GacError
from gac_core.models.bundle import Bundle, WeightFile
from gac_core.models.library import Library
from gac_core.models.loading import Models
from gac_core.models.prithvi import PrithviShape
from gac_core.models.refiner import HeadShape, RefinerHead
from training.losses.refine import RefineLoss
from training.sections import Stage2Config
from training.stage2.backbone import Tuning, prepare
from training.stage2.doubt import Doubt
from training.stage2.module import RefinerModule
from training.stage2.part import Origin


def build_module(
    bundle: Bundle,
    library: Library,
    section: Mapping[str, Any],
    config: Stage2Config,
    base: Mapping[str, Any],
    story: Mapping[str, Any] | None = None,
) -> RefinerModule:
    """A module whose head changes nothing yet.

    Args:
        bundle: What is trained upon.
        library: Where the weights are looked for.
        section: Which Prithvi and which head (`training.stage2.ready.refiner_section`).
        config: Of this training.
        base: What identifies the models that made opt_v1, for the part's card.
        story: What else the part's card tells of the training.

    Raises:
        BundleError: If Prithvi's weights are not on this machine or do not fit.
        GacError: If the options do not go together.
    """
    models = Models(bundle, library, torch.device("cpu"))
    weights = WeightFile(**section["weights"])
    prithvi = models.prithvi(section)
    shape = PrithviShape.from_dict(section["shape"])
    # New tensors are drawn here: those of the adapter and of the head.
    torch.manual_seed(config.fit.seed)
    head = RefinerHead(
        HeadShape.from_dict(section["head"]["shape"]), shape.embed_dim, config.stage2.no_prithvi
    )
    deepest = max(head.shape.layers)
    if deepest >= shape.depth:
        raise GacError(
            f"The head reads block {deepest} of a Prithvi with {shape.depth} blocks.",
            "Blocks count from 0: correct models.head.layers in the settings.",
        )
    tuning = tuning_of(config)
    origin = Origin(
        shape=shape,
        weights=replace(weights, sha256=models.hashes[weights.file]),
        path=library.locate(bundle, weights),
        tuning=tuning,
        base=base,
        story=story or {},
    )
    doubt = Doubt(config.stage2)
    backbone, loss = prepare(prithvi, tuning), RefineLoss(config.loss)
    return RefinerModule(backbone, head, loss, doubt, origin)


def tuning_of(config: Stage2Config) -> Tuning:
    """How much of Prithvi is trained."""
    return Tuning(
        lora_rank=config.models.lora_rank,
        lora_alpha=config.models.lora_alpha,
        load_in_8bit=config.models.load_in_8bit,
        freeze_backbone=config.stage2.freeze_backbone,
        unfreeze_last=config.stage2.unfreeze_last,
        recompute=config.models.recompute,
    )
