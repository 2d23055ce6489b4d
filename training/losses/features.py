"""Distance in the features of TerraMind's encoder, as shares of a blur's.

Like LPIPS (Zhang et al. 2018), which uses a network trained on photographs. Its weights are not
part of our packages; TerraMind's are available.
"""

from __future__ import annotations

import torch
from terratorch.models.backbones.terramind.model.terramind_generation import TerraMindGeneration
from torch import Tensor

from gac_core.networks.convnext import local_mean
from gac_core.networks.terramind import optical_features, standardise_output
from training.losses.masks import Tally, ValidMask, known_tokens, sums, tally

BLUR = 8.0
"""Sigma in pixels of the blur with distance 1."""


_MIN_DISTANCE = 1e-4
"""Minimum squared distance of a blur: a lake has no detail to lose."""


class EarthFeatures:
    """Feature distance of images in four bands; not a module, so that TerraMind is not trained.

    Args:
        model: TerraMind; its encoder keeps the pretrained weights.
        offset: Radiometric offset of the bundle.
    """

    def __init__(self, model: TerraMindGeneration, offset: float = 0.0) -> None:
        self._model = model
        self._offset = offset

    def __call__(self, image: Tensor, target: Tensor, where: ValidMask) -> Tally:
        """Return the squared distance of features, averaged over blocks and tokens.

        Normalised for each block and sample by the distance of the blurred target: 0 for the
        target, about 1 for its blur. Tokens that are not fully known in all four bands do not
        count.

        Args:
            image: (B, 4, H, W) DN, 0 where unknown.
            target: Likewise.
            where: Known pixels.
        """
        tokens = known_tokens(where.full())
        with torch.no_grad():
            target_layers = self._layers(target)
            blurred = self._layers(local_mean(target, BLUR))
        parts = []
        for a, b, c in zip(self._layers(image), target_layers, blurred, strict=True):
            total, count = sums((c - b).square().sum(1, keepdim=True), tokens)
            scale = (total / count.clamp_min(1)).clamp_min(_MIN_DISTANCE)[:, None, None, None]
            parts.append((a - b).square().sum(1, keepdim=True) / scale)
        return tally(torch.stack(parts).mean(0), tokens)

    def _layers(self, image: Tensor) -> list[Tensor]:
        return optical_features(self._model, standardise_output(image, self._offset))
