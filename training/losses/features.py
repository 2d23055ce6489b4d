"""Distance in the features of TerraMind's encoder, pretrained on images of the whole Earth.

As LPIPS (Zhang et al. 2018) has it in those of a network trained on photographs, whose weights are
no part of our packages: TerraMind's are there.
"""

from __future__ import annotations

import torch
from terratorch.models.backbones.terramind.model.terramind_generation import TerraMindGeneration
from torch import Tensor
from torch.nn import functional

from gac_core.grid import TOKEN
from gac_core.models.terramind import optical_features, standardise_output
from training.losses.masks import Tally, Where, tally


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
        """Return the squared distance of normalised features, the mean over blocks and tokens.

        0 for equal images, 2 for features that have nothing in common. Tokens that are not known
        as a whole, in all four bands, do not count.

        Args:
            made: (B, 4, H, W) DN, 0 where not known.
            target: Likewise.
            where: What is known.
        """
        first = self._normalised(made)
        with torch.no_grad():
            second = self._normalised(target)
        layers = zip(first, second, strict=True)
        distance = torch.stack([(a - b).square().sum(1, keepdim=True) for a, b in layers]).mean(0)
        return tally(distance, self._known(where))

    def _normalised(self, image: Tensor) -> list[Tensor]:
        layers = optical_features(self._model, standardise_output(image, self._offset))
        return [functional.normalize(layer, dim=1) for layer in layers]

    @staticmethod
    def _known(where: Where) -> Tensor:
        whole = functional.avg_pool2d(where.pixels.float(), TOKEN) == 1
        return whole & where.bands.all(1, keepdim=True)
