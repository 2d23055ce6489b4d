"""Distance in the features of TerraMind's encoder, pretrained on images of the whole Earth.

As LPIPS (Zhang et al. 2018) has it in those of a network trained on photographs, whose weights are
no part of our packages: TerraMind's are there.
"""

from __future__ import annotations

import torch
from terratorch.models.backbones.terramind.model.terramind_generation import TerraMindGeneration
from torch import Tensor

from gac_core.models.detail import local_mean
from gac_core.models.terramind import optical_features, standardise_output
from training.losses.masks import Tally, Where, known_tokens, sums, tally

BLUR = 8.0
"""Sigma in pixels of the blur whose distance is 1."""

_LEAST = 1e-4
"""Least squared distance that counts as that of a blur: a lake has no detail to lose."""


class EarthFeatures:
    """Distance of images in four bands; no module, so that nothing of TerraMind trains with it.

    Args:
        model: TerraMind, whose encoder stays as it was pretrained.
        offset: The bundle's.
    """

    def __init__(self, model: TerraMindGeneration, offset: float = 0.0) -> None:
        self._model = model
        self._offset = offset

    def __call__(self, made: Tensor, target: Tensor, where: Where) -> Tally:
        """Return the squared distance of features, the mean over blocks and tokens.

        Of each block and sample as a share of the distance that the target has when it is blurred:
        0 for the target, about 1 for its blur. Tokens that are not known as a whole, in all four
        bands, do not count.

        Args:
            made: (B, 4, H, W) DN, 0 where not known.
            target: Likewise.
            where: What is known.
        """
        known = known_tokens(where.full())
        with torch.no_grad():
            wanted = self._layers(target)
            blurred = self._layers(local_mean(target, BLUR))
        parts = []
        for a, b, c in zip(self._layers(made), wanted, blurred, strict=True):
            total, count = sums((c - b).square().sum(1, keepdim=True), known)
            scale = (total / count.clamp_min(1)).clamp_min(_LEAST)[:, None, None, None]
            parts.append((a - b).square().sum(1, keepdim=True) / scale)
        return tally(torch.stack(parts).mean(0), known)

    def _layers(self, image: Tensor) -> list[Tensor]:
        return optical_features(self._model, standardise_output(image, self._offset))
