"""Stage 2's network: Prithvi sees six bands, a ConvNeXt head corrects the four that users see."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import torch
from terratorch.models.backbones.prithvi_mae import PrithviViT
from torch import Tensor, nn
from torch.nn import functional

from gac_core.bands import BIOMES, OUTPUT_BANDS, OUTPUT_INDEX
from gac_core.grid import TOKEN
from gac_core.models.convnext import ResidualConvNeXt
from gac_core.models.detail import local_mean
from gac_core.models.prithvi import features, standardise
from gac_core.models.shapes import shape_from
from gac_core.models.terramind import output_std, standardise_optical


@dataclass(frozen=True)
class HeadShape:
    """Size of the head.

    Attributes:
        layers: Which of Prithvi's blocks it reads, counted from 0.
        reduced: Channels to which their features are brought.
        width: Channels of the ConvNeXt network.
        depth: Its blocks.
        context: Length of the month and biome embedding.
        smooth: What is corrected is opt_v1's mean within so many pixels (sigma), 0 to 8; 0: opt_v1
            as it is. A small generator makes up what is finer than its tokens, and a head that has
            seen few places does not learn to take it away.
    """

    layers: tuple[int, ...]
    reduced: int = 64
    width: int = 64
    depth: int = 4
    context: int = 32
    smooth: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.smooth <= TOKEN / 2:
            raise ValueError(f"smooth is {self.smooth!r}")

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> HeadShape:
        """The shape from a bundle's JSON values."""
        return shape_from(cls, values)

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready values that `from_dict` takes."""
        return asdict(self)


class MonthBiome(nn.Module):
    """Embeds month (as sine and cosine; 0 is unknown) and biome (0 is unknown)."""

    def __init__(self, length: int) -> None:
        super().__init__()
        self.biome = nn.Embedding(len(BIOMES), length)
        self.month = nn.Linear(3, length)
        self.mix = nn.Sequential(nn.GELU(), nn.Linear(length, length))

    def forward(self, month: Tensor, biome: Tensor) -> Tensor:
        """(B, length) from month (B,) 0 to 12 and biome (B,) 0 to 14, both integer."""
        angle = month.float() * (2 * math.pi / 12)
        known = (month > 0).float()
        circle = torch.stack([angle.sin() * known, angle.cos() * known, known], dim=-1)
        result: Tensor = self.mix(self.biome(biome) + self.month(circle))
        return result


class RefinerHead(nn.Module):
    """What stage 2 adds to Prithvi: trained as a whole, saved apart from it."""

    def __init__(self, shape: HeadShape, embed_dim: int) -> None:
        super().__init__()
        self.shape = shape
        self.reduce = nn.Conv2d(embed_dim * len(shape.layers), shape.reduced, 1)
        self.metadata = MonthBiome(shape.context)
        self.correct = ResidualConvNeXt(
            shape.reduced + len(OUTPUT_BANDS),
            len(OUTPUT_BANDS),
            shape.width,
            shape.depth,
            shape.context,
        )

    def forward(self, maps: Tensor, bands: Tensor, month: Tensor, biome: Tensor) -> Tensor:
        """Standardised correction (B, 4, H, W).

        Args:
            maps: Prithvi's features (B, layers · D, h, w).
            bands: The four bands, standardised (B, 4, H, W).
            month: (B,) integer.
            biome: (B,) integer.
        """
        reduced = functional.interpolate(
            self.reduce(maps), bands.shape[-2:], mode="bilinear", align_corners=False
        )
        result: Tensor = self.correct(
            torch.cat([reduced, bands], dim=1), self.metadata(month, biome)
        )
        return result


class Refiner(nn.Module):
    """Prithvi (perhaps 8-bit, perhaps with LoRA) and its head."""

    def __init__(self, prithvi: PrithviViT, head: RefinerHead) -> None:
        super().__init__()
        self.prithvi = prithvi
        self.head = head

    def forward(self, dn: Tensor, month: Tensor, biome: Tensor) -> Tensor:
        """The four output bands, refined.

        Args:
            dn: opt_v1, 12 bands of DN (B, 12, H, W).
            month: (B,) 0 to 12.
            biome: (B,) 0 to 14.

        Returns:
            DN (B, 4, H, W).
        """
        maps = features(self.prithvi, standardise(dn), self.head.shape.layers)
        bands = standardise_optical(dn)[:, OUTPUT_INDEX]
        correction = self.head(maps, bands, month, biome)
        corrected = dn[:, OUTPUT_INDEX]
        if self.head.shape.smooth:
            corrected = local_mean(corrected, self.head.shape.smooth)
        return corrected + correction * output_std(dn)
