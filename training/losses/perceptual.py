"""LPIPS: distance in the features of a network trained on photographs. Optional.

Zhang et al., "The unreasonable effectiveness of deep features as a perceptual metric", CVPR 2018,
by torchmetrics, with AlexNet. AlexNet's weights are not part of any of our packages, and nothing
is downloaded silently: they must lie in torch hub's cache.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn

from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.contract.errors import BundleError
from training.losses.masks import Tally, Where, tally

STRETCH = 3000.0
"""DN shown as white, for both images: a stretch of each image's own would hide its level."""

TRUNK = "alexnet-owt-7be5be79.pth"
"""AlexNet's weights as torchvision publishes them (IMAGENET1K_V1)."""

_RGB = tuple(OUTPUT_BANDS.index(band) for band in ("B04", "B03", "B02"))


def weights_file() -> Path:
    """Where AlexNet's weights must lie: torch hub's cache, under their published name."""
    return Path(torch.hub.get_dir()) / "checkpoints" / TRUNK


def available() -> bool:
    """Whether LPIPS can be computed here."""
    return weights_file().is_file()


class Lpips(nn.Module):
    """LPIPS of the true-colour images, 0 for identical ones.

    Raises:
        BundleError: If the weights are not there.
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

        # Built with random weights and filled from the file: the library would download.
        self.network = _NoTrainLpips(net="alex", spatial=True, pnet_rand=True)
        self._fill(torch.load(path, map_location="cpu", weights_only=True))
        self.requires_grad_(False)

    def _fill(self, state: dict[str, Tensor]) -> None:
        """AlexNet's features go into slices that keep the layers' numbers."""
        for name, value in self.network.net.state_dict().items():
            published = "features." + name.partition(".")[2]
            value.copy_(state[published])

    def forward(self, found: Tensor, target: Tensor, where: Where) -> Tally:
        """Mean over the known pixels; samples that lack a visible band do not count.

        Args:
            found: (B, 4, H, W) DN.
            target: Likewise.
            where: What is known.
        """
        a, b = (self._shown(image, where) for image in (found, target))
        counted = where.pixels & where.bands[:, list(_RGB)].all(1, keepdim=True)
        return tally(self.network(a, b), counted)

    @staticmethod
    def _shown(image: Tensor, where: Where) -> Tensor:
        """Red, green, blue in [-1, 1], black where nothing is known, so that it is alike."""
        shown = where.clean(image)[:, list(_RGB)].clamp(0, STRETCH)
        return (shown / STRETCH * 2 - 1).float()
