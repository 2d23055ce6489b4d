"""Stage 2's network: Prithvi sees six bands, a ConvNeXt head corrects all twelve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import torch
from terratorch.models.backbones.prithvi_mae import PrithviViT
from torch import Tensor, nn
from torch.nn import functional

from gac_core.bands import S2_BANDS
from gac_core.models.convnext import ConvNeXtUNet
from gac_core.models.level import LevelRegression, level_features
from gac_core.models.metadata import Metadata, MetadataEmbedding
from gac_core.models.prithvi import features, standardise
from gac_core.models.radiometry import RADAR_CHANNELS, from_root, radar_looks, to_root
from gac_core.models.shapes import shape_from


@dataclass(frozen=True)
class HeadShape:
    """Size of the head.

    Attributes:
        layers: Which of Prithvi's blocks it reads, counted from 0.
        reduced: Channels to which their features are brought.
        widths: Channels of the ConvNeXt network at each scale, the finest first.
        depths: Its blocks at each scale.
        context: Length of the embedding of month, biome and place.
    """

    layers: tuple[int, ...]
    reduced: int = 32
    widths: tuple[int, ...] = (48, 96, 160)
    depths: tuple[int, ...] = (2, 2, 4)
    context: int = 32

    @property
    def seen(self) -> int:
        """Channels that the network sees: Prithvi's features, opt_v1, its levels, the radar."""
        return self.reduced + 2 * len(S2_BANDS) + RADAR_CHANNELS

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> HeadShape:
        """Return the shape that a bundle's JSON values give."""
        return shape_from(cls, values)

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-ready values that `from_dict` takes."""
        return asdict(self)


class RefinerHead(nn.Module):
    """What stage 2 adds to Prithvi: trained as a whole, saved apart from it."""

    def __init__(self, shape: HeadShape, embed_dim: int) -> None:
        super().__init__()
        self.shape = shape
        self.reduce = nn.Conv2d(embed_dim * len(shape.layers), shape.reduced, 1)
        self.metadata = MetadataEmbedding(shape.context)
        self.level = LevelRegression()
        self.correct = ConvNeXtUNet(
            shape.seen, len(S2_BANDS), shape.widths, shape.depths, shape.context
        )

    def forward(
        self, maps: Tensor, image: Tensor, radar: Tensor, level: Tensor, metadata: Metadata
    ) -> Tensor:
        """Return the correction (B, 12, H, W) on the root scale.

        Args:
            maps: Prithvi's features (B, layers · D, h, w).
            image: opt_v1 on the root scale (B, 12, H, W).
            radar: (B, `RADAR_CHANNELS`, H, W), see `radar_looks`.
            level: What each band's mean may be (B, 12), on the root scale.
            metadata: Of each image.
        """
        reduced = functional.interpolate(
            self.reduce(maps), image.shape[-2:], mode="bilinear", align_corners=False
        )
        flat = level[:, :, None, None].expand_as(image)
        seen = torch.cat([reduced, image, flat, radar], dim=1)
        result: Tensor = self.correct(seen, self.metadata(metadata))
        return result


class Refiner(nn.Module):
    """Prithvi (perhaps 8-bit, perhaps with LoRA) and its head."""

    def __init__(self, prithvi: PrithviViT, head: RefinerHead) -> None:
        super().__init__()
        self.prithvi = prithvi
        self.head = head

    def forward(
        self,
        dn: Tensor,
        s1_db: Tensor,
        modality: str | Sequence[str],
        metadata: Metadata,
        surroundings: Tensor | None = None,
        level: Tensor | None = None,
    ) -> Tensor:
        """Return opt_v2, all twelve bands: whatever is shown it must be one surface's spectrum.

        Args:
            dn: opt_v1 (B, 12, H, W) DN.
            s1_db: The radar (B, 2, H, W) dB.
            modality: `S1GRD` or `S1RTC`; or that of each sample.
            metadata: Of each image.
            surroundings: The radar further round (B, 2, H', W') dB; None: `s1_db`.
            level: Levels (B, 12) on the root scale that training shows; None: what the head's
                regression makes of surroundings and metadata.

        Returns:
            DN (B, 12, H, W).
        """
        if level is None:
            wide = s1_db if surroundings is None else surroundings
            level = self.head.level(level_features(wide, modality, metadata))
        maps = features(self.prithvi, standardise(dn), self.head.shape.layers)
        root, radar = to_root(dn), radar_looks(s1_db, modality)
        return from_root(root + self.head(maps, root, radar, level, metadata))
