"""Stage 2's network: Prithvi on six bands, and a ConvNeXt head that corrects all twelve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import torch
from terratorch.models.backbones.prithvi_mae import PrithviViT
from timm.layers.drop import DropPath
from torch import Tensor, nn
from torch.nn import functional

from gac_core.bands import S2_BANDS, S2_MEAN
from gac_core.models.convnext import ConvNeXtUNet
from gac_core.models.metadata import Metadata, MetadataEmbedding
from gac_core.models.prithvi import features, standardise
from gac_core.models.radiometry import RADAR_CHANNELS, from_root, radar_looks, to_root
from gac_core.models.shapes import shape_from


@dataclass(frozen=True)
class HeadShape:
    """Size of the head.

    Attributes:
        layers: Prithvi's blocks whose features it reads, from 0.
        reduced: Channels to which these features are projected.
        widths: Channels of the ConvNeXt network at each scale, the finest first.
        depths: Its blocks at each scale.
        context: Length of the embedding of month, biome and location.
    """

    layers: tuple[int, ...]
    reduced: int = 32
    widths: tuple[int, ...] = (48, 96, 160)
    depths: tuple[int, ...] = (2, 2, 4)
    context: int = 32

    @property
    def seen(self) -> int:
        """Number of input channels: Prithvi's features, opt_v1, the radar."""
        return self.reduced + len(S2_BANDS) + RADAR_CHANNELS

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> HeadShape:
        """Return the shape given by a bundle's JSON values."""
        return shape_from(cls, values)

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-ready values for `from_dict`."""
        return asdict(self)


class RefinerHead(nn.Module):
    """Head of stage 2: trained as a whole, saved separately from Prithvi.

    Args:
        shape: Size of the head.
        embed_dim: Length of Prithvi's features.
        hide: Share of the samples for which Prithvi's features are dropped during training.

    Attributes:
        keep: Share of opt_v1 that is kept, by band (12,); the rest is filled with the mean level. 1
            in a new head, so that it changes nothing.
    """

    usual: Tensor

    def __init__(self, shape: HeadShape, embed_dim: int, hide: float = 0.0) -> None:
        super().__init__()
        self.shape = shape
        self.keep = nn.Parameter(torch.ones(len(S2_BANDS)))
        self.register_buffer("usual", to_root(torch.tensor(S2_MEAN)), persistent=False)
        self.hide = DropPath(hide, scale_by_keep=False)
        self.reduce = nn.Conv2d(embed_dim * len(shape.layers), shape.reduced, 1)
        self.metadata = MetadataEmbedding(shape.context)
        self.correct = ConvNeXtUNet(
            shape.seen, len(S2_BANDS), shape.widths, shape.depths, shape.context
        )

    def forward(self, maps: Tensor, image: Tensor, radar: Tensor, metadata: Metadata) -> Tensor:
        """Return the image (B, 12, H, W) on the root scale.

        Args:
            maps: Prithvi's features (B, layers · D, h, w).
            image: opt_v1 on the root scale (B, 12, H, W).
            radar: (B, `RADAR_CHANNELS`, H, W), see `radar_looks`.
            metadata: Metadata of each image.
        """
        reduced = functional.interpolate(
            self.hide(self.reduce(maps)), image.shape[-2:], mode="bilinear", align_corners=False
        )
        inputs = torch.cat([reduced, image, radar], dim=1)
        keep, usual = self.keep[:, None, None], self.usual[:, None, None]
        result: Tensor = (
            usual + keep * (image - usual) + self.correct(inputs, self.metadata(metadata))
        )
        return result


class Refiner(nn.Module):
    """Prithvi (optionally 8-bit, optionally with LoRA) and its head."""

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
    ) -> Tensor:
        """Return opt_v2 with all twelve bands, since its readers need a consistent spectrum.

        Args:
            dn: opt_v1 (B, 12, H, W) DN.
            s1_db: Radar (B, 2, H, W) dB.
            modality: `S1GRD` or `S1RTC`, or one per sample.
            metadata: Metadata of each image.

        Returns:
            DN (B, 12, H, W).
        """
        maps = features(self.prithvi, standardise(dn), self.head.shape.layers)
        root, radar = to_root(dn), radar_looks(s1_db, modality)
        return from_root(self.head(maps, root, radar, metadata))
