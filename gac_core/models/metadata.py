"""Image metadata for stage 2: season, biome and location."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from gac_core.contract.bands import BIOMES


@dataclass(frozen=True)
class Metadata:
    """Metadata of a batch of images.

    Attributes:
        month: (B,) integer, month of the local season (`gac_core.season`) 1 to 12; 0: unknown.
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
