"""Stage 2's module from a bundle, or from the published Prithvi where the bundle has no refiner."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import torch

from gac_core.errors import GacError
from gac_core.models.bundle import Bundle, WeightFile
from gac_core.models.library import Library
from gac_core.models.loading import Models
from gac_core.models.prithvi import PrithviShape
from gac_core.models.refiner import HeadShape, RefinerHead
from training.losses.refine import RefineLoss
from training.losses.weights import RefineWeights
from training.stage2.backbone import Tuning, prepare
from training.stage2.doubt import Doubt
from training.stage2.module import RefinerModule
from training.stage2.part import Origin


@dataclass(frozen=True)
class RefinerSettings:
    """What stage 2's training is told beside how long and how fast.

    Attributes:
        tuning: How much of Prithvi is trained.
        doubt: What is hidden and moved.
        loss: How much each part of the loss counts.
    """

    tuning: Tuning = field(default_factory=Tuning)
    doubt: Doubt = field(default_factory=Doubt)
    loss: RefineWeights = field(default_factory=RefineWeights)


def refiner_section(bundle: Bundle, published: Mapping[str, Any]) -> Mapping[str, Any]:
    """Which Prithvi and which head: those of the bundle's refiner, or else the published one.

    Args:
        bundle: What is trained upon.
        published: `shape`, `weights` and `head` with a `shape`, as in a card.
    """
    return bundle.refiner if bundle.refiner is not None else published


def build_module(
    bundle: Bundle,
    library: Library,
    section: Mapping[str, Any],
    settings: RefinerSettings,
    base: Mapping[str, Any],
    seed: int,
) -> RefinerModule:
    """A module whose head changes nothing yet.

    Args:
        bundle: What is trained upon.
        library: Where the weights are looked for.
        section: From `refiner_section`.
        settings: Of this training.
        base: What identifies the models that made opt_v1, for the part's card.
        seed: Of the new adapter and head.

    Raises:
        BundleError: If Prithvi's weights are not on this machine or do not fit; the message says
            which file is published where, and where it may be put.
        GacError: If the options do not go together.
    """
    models = Models(bundle, library, torch.device("cpu"))
    weights = WeightFile(**section["weights"])
    prithvi = models.prithvi(section)
    shape = PrithviShape.from_dict(section["shape"])
    torch.manual_seed(seed)
    head = RefinerHead(HeadShape.from_dict(section["head"]["shape"]), shape.embed_dim)
    deepest = max(head.shape.layers)
    if deepest >= shape.depth:
        raise GacError(
            f"The head reads block {deepest} of a Prithvi with {shape.depth} blocks.",
            "Blocks count from 0: correct head.shape.layers in the configuration.",
        )
    origin = Origin(
        shape=shape,
        weights=replace(weights, sha256=models.hashes[weights.file]),
        path=library.locate(bundle, weights),
        tuning=settings.tuning,
        base=base,
    )
    backbone = prepare(prithvi, settings.tuning)
    return RefinerModule(backbone, head, RefineLoss(settings.loss), settings.doubt, origin)


def require_fitting_crop(crop: int, section: Mapping[str, Any]) -> None:
    """See that windows of this side can be cut into Prithvi's patches.

    Raises:
        GacError: If not.
    """
    patch = PrithviShape.from_dict(section["shape"]).patch_size
    if crop % 32 or crop % patch:
        raise GacError(
            f"Windows of {crop} pixels do not fit: TerraMind wants a multiple of 32, this Prithvi "
            f"one of {patch}.",
            f"Give --crop a multiple of both, such as {math.lcm(32, patch)}.",
        )


