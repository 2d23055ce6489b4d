"""Loss parts shared by both stages; each is computed only if it has a weight."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import torch
from torch import Tensor

from training.losses import guard, picture, similarity, spectral
from training.losses.masks import Tally, Where
from training.losses.weights import PictureWeights

Part = Callable[[], Tally]


def picture_parts(found: Tensor, target: Tensor, before: Tensor, where: Where) -> dict[str, Part]:
    """Return deferred comparisons of images (B, 4, H, W), 0 where unknown."""
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
    """Return the weighted parts in the given order; parts of weight 0 are not computed."""
    result = {}
    for name, part in parts.items():
        weight = getattr(weights, name)
        if weight > 0:
            result[name] = part().times(weight)
    return result


def prepare(images: Tensor, where: Where) -> Tensor:
    """Prepare images: single precision at least, 0 where unknown."""
    return where.clean(single(images))


def single(values: Tensor) -> Tensor:
    """Convert values to single precision at least."""
    return values if values.dtype == torch.float64 else values.float()


def _bound(part: Callable[..., Tally], *arguments: object) -> Part:
    return lambda: part(*arguments)
