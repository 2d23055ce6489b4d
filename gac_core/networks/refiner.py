"""Stage 2's network: Prithvi on six bands, and a conditioned ConvNeXt head for all twelve."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from gac_core.band_statistics import S2_BANDS, S2_MEAN
from gac_core.contract.bands import BIOMES
from gac_core.networks.convnext import (
    RADAR_CHANNELS,
    ConvNeXtUNet,
    from_root,
    observed_input,
    radar_looks,
    to_root,
)
from gac_core.networks.libraries import DropPath, PrithviViT
from gac_core.networks.prithvi import features, standardise
from gac_core.networks.weights import shape_from


@dataclass(frozen=True)
class Metadata:
    """Metadata of a batch of images.

    Attributes:
        month: (B,) integer, month of the local season (`gac_core.places`) 1 to 12; 0: unknown.
        biome: (B,) integer 1 to 14; 0: unknown.
        place: (B, 2) latitude and longitude in degrees; NaN: unknown.
    """

    month: Tensor
    biome: Tensor
    place: Tensor

    @classmethod
    def of_run(
        cls,
        count: int,
        month: int,
        biome: int,
        place: tuple[float, float] | None,
        device: torch.device,
    ) -> Metadata:
        """Return the same values for each of `count` images."""
        location = (math.nan, math.nan) if place is None else place
        return cls(
            torch.full((count,), month, device=device),
            torch.full((count,), biome, device=device),
            torch.tensor(location, dtype=torch.float32, device=device).expand(count, 2),
        )


class MetadataEmbedding(nn.Module):
    """Embedding of an image's metadata.

    The month is encoded on a circle and the location on a sphere, so that December is next to
    January and the antimeridian is no discontinuity.
    """

    def __init__(self, length: int) -> None:
        super().__init__()
        self.biome = nn.Embedding(len(BIOMES), length)
        self.month = nn.Linear(3, length)
        self.place = nn.Linear(4, length)
        self.mix = nn.Sequential(nn.GELU(), nn.Linear(length, length))

    def forward(self, metadata: Metadata) -> Tensor:
        """Return the embedding (B, length)."""
        angle = metadata.month.float() * (2 * math.pi / 12)
        has_month = (metadata.month > 0).float()
        season = torch.stack([angle.sin() * has_month, angle.cos() * has_month, has_month], dim=-1)
        has_place = metadata.place.isfinite().all(dim=-1).float()
        latitude, longitude = metadata.place.nan_to_num().deg2rad().unbind(-1)
        sphere = [
            latitude.sin(),
            latitude.cos() * longitude.cos(),
            latitude.cos() * longitude.sin(),
            torch.ones_like(has_place),
        ]
        place = torch.stack(sphere, dim=-1) * has_place[:, None]
        parts = self.biome(metadata.biome) + self.month(season) + self.place(place)
        result: Tensor = self.mix(parts)
        return result


@dataclass(frozen=True)
class HeadShape:
    """Size of the head.

    Attributes:
        layers: Prithvi's blocks whose features it reads, from 0.
        reduced: Channels to which these features are projected.
        widths: Channels of the ConvNeXt network at each scale, the finest first.
        depths: Its blocks at each scale.
        context: Length of the embedding of month, biome and location.
        observed: It sees which pixels were observed.
    """

    layers: tuple[int, ...]
    reduced: int = 32
    widths: tuple[int, ...] = (48, 96, 160)
    depths: tuple[int, ...] = (2, 2, 4)
    context: int = 32
    observed: bool = False

    @property
    def seen(self) -> int:
        """Number of input channels: Prithvi's features, opt_v1, the radar, observed pixels."""
        return self.reduced + len(S2_BANDS) + RADAR_CHANNELS + self.observed

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

    def forward(
        self,
        maps: Tensor,
        image: Tensor,
        radar: Tensor,
        metadata: Metadata,
        observed: Tensor | None = None,
    ) -> Tensor:
        """Return the image (B, 12, H, W) on the root scale.

        Args:
            maps: Prithvi's features (B, layers · D, h, w).
            image: opt_v1 on the root scale (B, 12, H, W).
            radar: (B, `RADAR_CHANNELS`, H, W), see `radar_looks`.
            metadata: Metadata of each image.
            observed: Mask (B, 1, H, W) of observed pixels, for a head that sees it; None: none are.
        """
        reduced = functional.interpolate(
            self.hide(self.reduce(maps)), image.shape[-2:], mode="bilinear", align_corners=False
        )
        inputs = torch.cat(
            [reduced, image, radar, *observed_input(self.shape.observed, image, observed)], dim=1
        )
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
        observed: Tensor | None = None,
    ) -> Tensor:
        """Return opt_v2 with all twelve bands, since its readers need a consistent spectrum.

        Args:
            dn: opt_v1 (B, 12, H, W) DN.
            s1_db: Radar (B, 2, H, W) dB.
            modality: `S1GRD` or `S1RTC`, or one per sample.
            metadata: Metadata of each image.
            observed: As for the head.

        Returns:
            DN (B, 12, H, W).
        """
        maps = features(self.prithvi, standardise(dn), self.head.shape.layers)
        root, radar = to_root(dn), radar_looks(s1_db, modality)
        return from_root(self.head(maps, root, radar, metadata, observed))
