"""Critic of radar and image together: the adversary in stage 3's training.

It processes both with TerraMind's pretrained, frozen encoder (projected adversaries, Sauer et al.
2021, arXiv 2111.01007), and their fine detail directly, of which an embedding of 16 by 16 pixels
retains little. It has learned to distinguish real images of a place from generated ones, and from
real images of another place: it rewards what radar and image have in common. A bundle may include
it, to map doubt about an image.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.networks.convnext import FINE, RADAR_CHANNELS, local_mean, radar_looks, to_root
from gac_core.networks.libraries import TerraMindGeneration
from gac_core.networks.terramind import (
    optical_features,
    radar_features,
    standardise_output,
    standardise_radar,
)
from gac_core.networks.weights import shape_from

COARSE = 8.0
"""Sigma in pixels of the local mean that is removed from the critic's pixels: stage 2 sets the
level.
"""

QUANTILES = 21
"""Number of stored quantiles of real images' scores, evenly spaced from lowest to highest."""

_SLOPE = 0.2

_DETAIL_GAIN = 5.0
"""Scales detail on the root scale, 0.1 to 0.4, to about 1, like the radar's looks."""

_REACH = 10.0
"""Initial factor of the scores: convolutions of norm 1 give small ones."""


@dataclass(frozen=True)
class CriticShape:
    """Size of the critic.

    Attributes:
        reduced: Channels to which TerraMind's features of radar and of image are projected, each.
        width: Channels of the finest scale; the others have twice as many.
    """

    reduced: int = 32
    width: int = 32

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> CriticShape:
        """Return the shape given by a bundle's JSON values."""
        return shape_from(cls, values)

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-ready values for `from_dict`."""
        return asdict(self)


@dataclass(frozen=True)
class RadarView:
    """The critic's radar input: looks (B, `RADAR_CHANNELS`, H, W), features (B, D, h, w)."""

    looks: Tensor
    features: Tensor


class Critic(nn.Module):
    """Scores per token, high where an image could be the real one for its radar.

    Every convolution has spectral norm 1 (Miyato et al. 2018, arXiv 1802.05957), computed from the
    singular values themselves: there is no state beside the weights.

    Args:
        shape: Size of the critic.
        dim: Width of TerraMind's encoder.
    """

    reference: Tensor

    def __init__(self, shape: CriticShape, dim: int) -> None:
        super().__init__()
        self.shape = shape
        width, wide = shape.width, 2 * shape.width
        channels = (RADAR_CHANNELS + len(OUTPUT_BANDS)) * FINE**2
        self.pixels = nn.Sequential(
            _Conv(channels, width, 3, padding=1),
            nn.LeakyReLU(_SLOPE),
            _Conv(width, wide, 4, stride=2, padding=1),
            nn.LeakyReLU(_SLOPE),
            _Conv(wide, wide, 4, stride=2, padding=1),
            nn.LeakyReLU(_SLOPE),
            _Conv(wide, wide, 4, stride=2, padding=1),
        )
        self.optical = nn.Sequential(nn.GroupNorm(1, dim), _Conv(dim, shape.reduced, 1))
        self.radar = nn.Sequential(nn.GroupNorm(1, dim), _Conv(dim, shape.reduced, 1))
        self.join = nn.Sequential(
            nn.LeakyReLU(_SLOPE),
            _Conv(wide + 2 * shape.reduced, wide, 3, padding=1),
            nn.LeakyReLU(_SLOPE),
            _Conv(wide, 1, 1),
        )
        self.scale = nn.Parameter(torch.tensor(_REACH))
        self.register_buffer("reference", torch.zeros(QUANTILES))

    def forward(self, dn: Tensor, features: Tensor, radar: RadarView) -> Tensor:
        """Return the scores (B, 1, H/16, W/16).

        Args:
            dn: The image (B, 4, H, W) DN.
            features: TerraMind's features of the image (B, D, H/16, W/16), see `image_features`.
            radar: See `radar_view`.
        """
        root = to_root(dn)
        detail = _DETAIL_GAIN * (root - local_mean(root, COARSE))
        pixels = functional.pixel_unshuffle(torch.cat([detail, radar.looks], dim=1), FINE)
        pixels = self.pixels(pixels.contiguous(memory_format=torch.channels_last))
        maps = [pixels, self.optical(features), self.radar(radar.features)]
        result: Tensor = self.scale * self.join(torch.cat(maps, dim=1))
        return result

    def score(
        self,
        model: TerraMindGeneration,
        dn: Tensor,
        s1_db: Tensor,
        modality: str | Sequence[str],
        offset: float = 0.0,
    ) -> Tensor:
        """Return the scores (B, 1, H/16, W/16) of images.

        Args:
            model: TerraMind.
            dn: Images (B, 4, H, W) DN.
            s1_db: Their radar (B, 2, H, W) dB.
            modality: `S1GRD` or `S1RTC`, or one per sample.
            offset: Offset of the bundle (`Bundle.offset`).
        """
        inputs = image_features(model, dn, offset), radar_view(model, s1_db, modality)
        result: Tensor = self(dn, *inputs)
        return result

    def doubt(self, scores: Tensor) -> Tensor:
        """Return the share of real images' places with a higher score, 0 to 1.

        Real images have 0.5 in half of their places; `reference` holds the quantiles of their
        scores, on held-out places.
        """
        above = torch.searchsorted(self.reference, scores.contiguous()).clamp(1, QUANTILES - 1)
        low, high = self.reference[above - 1], self.reference[above]
        step = ((scores - low) / (high - low).clamp_min(1e-9)).clamp(0, 1)
        return 1 - (above - 1 + step) / (QUANTILES - 1)


def image_features(model: TerraMindGeneration, dn: Tensor, offset: float = 0.0) -> Tensor:
    """Return TerraMind's encoder features of images (B, 4, H, W) DN, (B, D, H/16, W/16)."""
    return optical_features(model, standardise_output(dn, offset))[-1]


def radar_view(
    model: TerraMindGeneration, s1_db: Tensor, modality: str | Sequence[str]
) -> RadarView:
    """Return the critic's input for radar (B, 2, H, W) dB."""
    standard = standardise_radar(s1_db, modality)
    return RadarView(radar_looks(s1_db, modality), radar_features(model, standard, modality)[-1])


class _Conv(nn.Conv2d):
    """Convolution whose weight is divided by its largest singular value."""

    def forward(self, x: Tensor) -> Tensor:
        # Singular values cannot be computed in half precision.
        with torch.autocast(x.device.type, enabled=False):
            norm = torch.linalg.matrix_norm(self.weight.float().flatten(1), ord=2)
            weight = self.weight / norm.clamp_min(1e-6)
        return self._conv_forward(x, weight.to(x.dtype), self.bias)
