"""Stage-2 module from a bundle and settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import torch

from gac_core.bundles.bundle import Bundle, WeightFile
from gac_core.bundles.library import Library
from gac_core.contract.errors import GacError
from gac_core.networks.loading import Models
from gac_core.networks.prithvi import PrithviShape
from gac_core.networks.refiner import HeadShape, RefinerHead
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
    """Return a module whose head starts as the identity.

    Args:
        bundle: Base bundle.
        library: Library with its weights.
        section: Prithvi and head (`training.stage2.ready.refiner_section`).
        config: Settings of the training.
        base: Identity of the models that made opt_v1, for the part's card.
        story: Further training record for the part's card.

    Raises:
        BundleError: If Prithvi's weights are not on this machine or do not fit.
        GacError: If the options are inconsistent.
    """
    models = Models(bundle, library, torch.device("cpu"))
    weights = WeightFile(**section["weights"])
    prithvi = models.prithvi(section)
    shape = PrithviShape.from_dict(section["shape"])
    # New tensors are drawn from here on: those of adapter and head.
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
    """Return the extent of Prithvi's fine-tuning."""
    return Tuning(
        lora_rank=config.models.lora_rank,
        lora_alpha=config.models.lora_alpha,
        load_in_8bit=config.models.load_in_8bit,
        freeze_backbone=config.stage2.freeze_backbone,
        unfreeze_last=config.stage2.unfreeze_last,
        recompute=config.models.recompute,
    )
