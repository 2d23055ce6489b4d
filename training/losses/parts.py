"""The parts that both stages' losses share, each counted as often as it weighs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import torch
from torch import Tensor

from training.losses import guard, picture, similarity, spectral
from training.losses.masks import Tally, Where
from training.losses.weights import PictureWeights

Part = Callable[[], Tally]


def picture_parts(found: Tensor, target: Tensor, before: Tensor, where: Where) -> dict[str, Part]:
    """What can be compared between pictures (B, 4, H, W), 0 where not known; not yet computed."""
    compared = {
        "level": picture.level,
        "huber": picture.huber,
        "angle": picture.angle,
        "edges": picture.edges,
        "structure": picture.structure,
        "squared": picture.squared,
        "ms_ssim": similarity.ms_ssim,
        "ndvi": spectral.ndvi,
        "evi": spectral.evi,
    }
    guarded = {"invented": guard.invented, "worsened": guard.worsened}
    return {
        **{name: _bound(part, found, target, where) for name, part in compared.items()},
        **{name: _bound(part, found, target, before, where) for name, part in guarded.items()},
    }


def weighted(parts: Mapping[str, Part], weights: PictureWeights) -> dict[str, Tally]:
    """Each part times its weight, in the order given; parts of weight 0 are not computed."""
    found = {}
    for name, part in parts.items():
        weight = getattr(weights, name)
        if weight > 0:
            found[name] = part().times(weight)
    return found


def prepare(images: Tensor, where: Where) -> Tensor:
    """Images fit for computing with: single precision at least, 0 where nothing is known."""
    return where.clean(single(images))


def single(values: Tensor) -> Tensor:
    """Return values in single precision at least."""
    return values if values.dtype == torch.float64 else values.float()


def _bound(part: Callable[..., Tally], *arguments: object) -> Part:
    return lambda: part(*arguments)
