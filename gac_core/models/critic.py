"""The adversary: a critic of radar and image together, which stage 3 is trained against.

It looks at both through the encoder of TerraMind, which stays as it was pretrained (projected
adversaries, Sauer et al. 2021, arXiv 2111.01007), and at their fine detail itself, of which an
embedding of 16 by 16 pixels keeps little. It has learned to tell real images of a place from
generated ones, and from real images of another place: what it rewards is what radar and image
share. A bundle may keep it, to show where it doubts a picture.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import torch
from terratorch.models.backbones.terramind.model.terramind_generation import TerraMindGeneration
from torch import Tensor, nn
from torch.nn import functional

from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.models.convnext import FINE
from gac_core.models.detail import local_mean
from gac_core.models.radiometry import RADAR_CHANNELS, radar_looks, to_root
from gac_core.models.shapes import shape_from
from gac_core.models.terramind import (
    optical_features,
    radar_features,
    standardise_output,
    standardise_radar,
)

COARSE = 8.0
"""Sigma in pixels of the local mean that the critic does not see in pixels: level is stage 2's."""

QUANTILES = 21
"""Scores of real images that a critic keeps, evenly spread from the lowest to the highest."""

_SLOPE = 0.2

_DETAIL_GAIN = 5.0
"""Brings detail on the root scale, 0.1 to 0.4, to about 1, as the radar's looks are."""

_REACH = 10.0
"""What scores start multiplied by: convolutions of norm 1 give small ones."""


@dataclass(frozen=True)
class CriticShape:
    """Size of the critic.

    Attributes:
        reduced: Channels to which TerraMind's features of radar and of image are brought, each.
        width: Channels of the finest scale; the others have twice as many.
    """

    reduced: int = 32
    width: int = 32

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> CriticShape:
        """Return the shape that a bundle's JSON values give."""
        return shape_from(cls, values)

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-ready values that `from_dict` takes."""
        return asdict(self)


@dataclass(frozen=True)
class RadarView:
    """The radar as the critic sees it: (B, `RADAR_CHANNELS`, H, W) looks, (B, D, h, w) features."""

    looks: Tensor
    features: Tensor


class Critic(nn.Module):
    """Scores of tokens, high where an image could be the real one of its radar.

    Every convolution has spectral norm 1 (Miyato et al. 2018, arXiv 1802.05957), by the singular
    values themselves: no state but the weights.

    Args:
        shape: Its size.
        dim: Width of TerraMind's encoder.
    """

    reference: Tensor

    def __init__(self, shape: CriticShape, dim: int) -> None:
        super().__init__()
        self.shape = shape
        width, wide = shape.width, 2 * shape.width
        seen = (RADAR_CHANNELS + len(OUTPUT_BANDS)) * FINE**2
        self.pixels = nn.Sequential(
            _Conv(seen, width, 3, padding=1),
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
            features: TerraMind's of the image (B, D, H/16, W/16), see `image_features`.
            radar: See `radar_view`.
        """
        root = to_root(dn)
        detail = _DETAIL_GAIN * (root - local_mean(root, COARSE))
        fine = functional.pixel_unshuffle(torch.cat([detail, radar.looks], dim=1), FINE)
        fine = self.pixels(fine.contiguous(memory_format=torch.channels_last))
        maps = [fine, self.optical(features), self.radar(radar.features)]
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
            modality: `S1GRD` or `S1RTC`; or that of each sample.
            offset: The bundle's (`Bundle.offset`).
        """
        seen = image_features(model, dn, offset), radar_view(model, s1_db, modality)
        result: Tensor = self(dn, *seen)
        return result

    def doubt(self, scores: Tensor) -> Tensor:
        """Return the share of real images' places that the critic believes more, 0 to 1.

        Real images have 0.5 in half of their places; `reference` holds the quantiles of their
        scores, on places that did not train.
        """
        above = torch.searchsorted(self.reference, scores.contiguous()).clamp(1, QUANTILES - 1)
        low, high = self.reference[above - 1], self.reference[above]
        step = ((scores - low) / (high - low).clamp_min(1e-9)).clamp(0, 1)
        return 1 - (above - 1 + step) / (QUANTILES - 1)


def image_features(model: TerraMindGeneration, dn: Tensor, offset: float = 0.0) -> Tensor:
    """Return what TerraMind's encoder makes of images (B, 4, H, W) DN, (B, D, H/16, W/16)."""
    return optical_features(model, standardise_output(dn, offset))[-1]


def radar_view(
    model: TerraMindGeneration, s1_db: Tensor, modality: str | Sequence[str]
) -> RadarView:
    """Return the radar (B, 2, H, W) dB as the critic sees it."""
    standard = standardise_radar(s1_db, modality)
    return RadarView(radar_looks(s1_db, modality), radar_features(model, standard, modality)[-1])


class _Conv(nn.Conv2d):
    """A convolution whose weight is divided by its largest singular value."""

    def forward(self, x: Tensor) -> Tensor:
        # Singular values are not computed in half precision.
        with torch.autocast(x.device.type, enabled=False):
            norm = torch.linalg.matrix_norm(self.weight.float().flatten(1), ord=2)
            weight = self.weight / norm.clamp_min(1e-6)
        return self._conv_forward(x, weight.to(x.dtype), self.bias)
