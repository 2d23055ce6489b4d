"""Networks of the learned baselines: a UNet and pix2pix's patch discriminator."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import segmentation_models_pytorch as smp
import torch
from torch import Tensor, nn

from gac_core.bands import OUTPUT_INDEX, S2_MEAN, S2_STD
from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.networks.terramind import standardise_radar

_ENCODER = "resnet18"


class Translator(nn.Module):
    """UNet (Ronneberger et al. 2015) with a small ResNet encoder, from radar to optical.

    Starts from random weights. Inputs and outputs are standardised with TerraMind's statistics.
    """

    def __init__(self) -> None:
        super().__init__()
        self.unet = smp.Unet(
            _ENCODER,
            encoder_weights=None,
            encoder_depth=4,
            decoder_channels=(128, 64, 32, 32),
            in_channels=2,
            classes=len(OUTPUT_BANDS),
        )

    def forward(self, radar: Tensor) -> Tensor:
        """Return standardised (B, 4, H, W) from (B, 2, H, W); sides are multiples of 16."""
        result: Tensor = self.unet(radar)
        return result


class PatchJudge(nn.Sequential):
    """pix2pix's PatchGAN discriminator (Isola et al. 2017) with patches of 34 px.

    Half as wide and one layer shallower than in the paper, for crops of a hundred pixels.
    """

    def __init__(self, width: int = 32) -> None:
        channels = (2 + len(OUTPUT_BANDS), width, 2 * width, 4 * width)
        layers: list[nn.Module] = []
        for i, (before, after) in enumerate(pairwise(channels)):
            layers.append(nn.Conv2d(before, after, 4, stride=2 if i < 2 else 1, padding=1))
            if i:
                layers.append(nn.BatchNorm2d(after))
            layers.append(nn.LeakyReLU(0.2))
        super().__init__(*layers, nn.Conv2d(channels[-1], 1, 4, padding=1))


def standard_radar(s1_db: Tensor, modalities: Sequence[str]) -> Tensor:
    """Standardise radar images with TerraMind's statistics of their modalities.

    Args:
        s1_db: (B, 2, H, W) dB.
        modalities: `S1GRD` or `S1RTC` of each image.

    Returns:
        (B, 2, H, W) with approximately zero mean and unit deviation.
    """
    images = zip(s1_db.split(1), modalities, strict=True)
    return torch.cat([standardise_radar(image, modality) for image, modality in images])


def standard_optical(dn: Tensor) -> Tensor:
    """Standardise (B, 4, H, W) DN of the output bands."""
    mean, std = _statistics(dn)
    return (dn - mean) / std


def optical_dn(values: Tensor) -> Tensor:
    """Invert `standard_optical`."""
    mean, std = _statistics(values)
    return values * std + mean


def _statistics(like: Tensor) -> tuple[Tensor, Tensor]:
    mean = _column(tuple(S2_MEAN[i] for i in OUTPUT_INDEX), like)
    return mean, _column(tuple(S2_STD[i] for i in OUTPUT_INDEX), like)


def _column(values: tuple[float, ...], like: Tensor) -> Tensor:
    return torch.tensor(values, dtype=like.dtype, device=like.device).view(1, -1, 1, 1)
