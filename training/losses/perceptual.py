"""Optional LPIPS: distance in the features of a network trained on photographs.

Zhang et al., "The unreasonable effectiveness of deep features as a perceptual metric", CVPR 2018,
by torchmetrics with AlexNet. AlexNet's weights are not part of any of our packages, and nothing is
downloaded silently: they must be in torch hub's cache.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn

from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.contract.errors import BundleError
from training.losses.masks import Tally, ValidMask, tally

STRETCH = 3000.0
"""DN shown as white, for both images: an individual stretch would hide an image's level."""
TRUNK = "alexnet-owt-7be5be79.pth"
"""File name of AlexNet's weights as published by torchvision (IMAGENET1K_V1)."""
_RGB = tuple(OUTPUT_BANDS.index(band) for band in ("B04", "B03", "B02"))


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

    def forward(self, image: Tensor, target: Tensor, where: ValidMask) -> Tally:
        """Return the mean over the known pixels; samples that lack a visible band do not count.

        Args:
            image: (B, 4, H, W) DN.
            target: Likewise.
            where: Known pixels.
        """
        a, b = (self._shown(x, where) for x in (image, target))
        counted = where.pixels & where.bands[:, list(_RGB)].all(1, keepdim=True)
        return tally(self.network(a, b), counted)

    @staticmethod
    def _shown(image: Tensor, where: ValidMask) -> Tensor:
        """Return red, green, blue in [-1, 1], black where unknown in both images."""
        rgb = where.zero_unknown(image)[:, list(_RGB)].clamp(0, STRETCH)
        return (rgb / STRETCH * 2 - 1).float()
