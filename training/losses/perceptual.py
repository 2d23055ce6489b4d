"""Optional LPIPS: distance in the features of a network trained on photographs.

Zhang et al., "The unreasonable effectiveness of deep features as a perceptual metric", CVPR 2018,
by torchmetrics with AlexNet. AlexNet's weights are not part of any of our packages, and nothing is
downloaded silently: they must be in torch hub's cache.

Like LPIPS (Zhang et al. 2018), which uses a network trained on photographs. Its weights are not
part of our packages; TerraMind's are available.
"""

from __future__ import annotations

from pathlib import Path

import torch
from terratorch.models.backbones.terramind.model.terramind_generation import TerraMindGeneration
from torch import Tensor, nn

from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.contract.errors import BundleError
from gac_core.networks.convnext import local_mean
from gac_core.networks.terramind import optical_features, standardise_output
from training.losses.masks import Tally, Where, known_tokens, sums, tally

STRETCH = 3000.0
"""DN shown as white, for both images: an individual stretch would hide an image's level."""
TRUNK = "alexnet-owt-7be5be79.pth"
"""File name of AlexNet's weights as published by torchvision (IMAGENET1K_V1)."""
_RGB = tuple(OUTPUT_BANDS.index(band) for band in ("B04", "B03", "B02"))

BLUR = 8.0
"""Sigma in pixels of the blur with distance 1."""
_LEAST = 1e-4
"""Minimum squared distance of a blur: a lake has no detail to lose."""


def weights_file() -> Path:
    """Return the required path of AlexNet's weights in torch hub's cache."""
    return Path(torch.hub.get_dir()) / "checkpoints" / TRUNK


def available() -> bool:
    """Return whether LPIPS can be computed on this machine."""
    return weights_file().is_file()


class Lpips(nn.Module):
    """LPIPS of the true-colour images, 0 for identical ones.

    Raises:
        BundleError: If the weights are missing.
    """

    def __init__(self) -> None:
        super().__init__()
        path = weights_file()
        if not path.is_file():
            raise BundleError(
                f"LPIPS needs AlexNet's weights, and {path.name} is not in {path.parent}.",
                "Put the file that torchvision publishes there, or give lpips the weight 0.",
            )
        from torchmetrics.functional.image.lpips import _NoTrainLpips

        # Built with random weights and filled from the file, because the library would download
        # them.
        self.network = _NoTrainLpips(net="alex", spatial=True, pnet_rand=True)
        self._fill(torch.load(path, map_location="cpu", weights_only=True))
        self.requires_grad_(False)

    def _fill(self, state: dict[str, Tensor]) -> None:
        """Copy AlexNet's features into slices, which keep the layers' numbers."""
        for name, value in self.network.net.state_dict().items():
            published = "features." + name.partition(".")[2]
            value.copy_(state[published])

    def forward(self, found: Tensor, target: Tensor, where: Where) -> Tally:
        """Return the mean over the known pixels; samples that lack a visible band do not count.

        Args:
            found: (B, 4, H, W) DN.
            target: Likewise.
            where: Known pixels.
        """
        a, b = (self._shown(image, where) for image in (found, target))
        counted = where.pixels & where.bands[:, list(_RGB)].all(1, keepdim=True)
        return tally(self.network(a, b), counted)

    @staticmethod
    def _shown(image: Tensor, where: Where) -> Tensor:
        """Return red, green, blue in [-1, 1], black where unknown in both images."""
        rgb = where.clean(image)[:, list(_RGB)].clamp(0, STRETCH)
        return (rgb / STRETCH * 2 - 1).float()


class EarthFeatures:
    """Feature distance of images in four bands; not a module, so that TerraMind is not trained.

    Args:
        model: TerraMind; its encoder keeps the pretrained weights.
        offset: Radiometric offset of the bundle.
    """

    def __init__(self, model: TerraMindGeneration, offset: float = 0.0) -> None:
        self._model = model
        self._offset = offset

    def __call__(self, made: Tensor, target: Tensor, where: Where) -> Tally:
        """Return the squared distance of features, averaged over blocks and tokens.

        Normalised for each block and sample by the distance of the blurred target: 0 for the
        target, about 1 for its blur. Tokens that are not fully known in all four bands do not
        count.

        Args:
            made: (B, 4, H, W) DN, 0 where unknown.
            target: Likewise.
            where: Known pixels.
        """
        tokens = known_tokens(where.full())
        with torch.no_grad():
            target_layers = self._layers(target)
            blurred = self._layers(local_mean(target, BLUR))
        parts = []
        for a, b, c in zip(self._layers(made), target_layers, blurred, strict=True):
            total, count = sums((c - b).square().sum(1, keepdim=True), tokens)
            scale = (total / count.clamp_min(1)).clamp_min(_LEAST)[:, None, None, None]
            parts.append((a - b).square().sum(1, keepdim=True) / scale)
        return tally(torch.stack(parts).mean(0), tokens)

    def _layers(self, image: Tensor) -> list[Tensor]:
        return optical_features(self._model, standardise_output(image, self._offset))
