"""What stage 2 knows of an image beside its pixels: season, biome and place."""

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
        month: (B,) integer, of the local season (`gac_core.season`) 1 to 12; 0: unknown.
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
        here = (math.nan, math.nan) if place is None else place
        return cls(
            torch.full((count,), month, device=device),
            torch.full((count,), biome, device=device),
            torch.tensor(here, dtype=torch.float32, device=device).expand(count, 2),
        )


class MetadataEmbedding(nn.Module):
    """A vector of an image's metadata.

    The month is a point on a circle, the place one on a sphere, so that December lies beside
    January and the antimeridian is no edge.
    """

    def __init__(self, length: int) -> None:
        super().__init__()
        self.biome = nn.Embedding(len(BIOMES), length)
        self.month = nn.Linear(3, length)
        self.place = nn.Linear(4, length)
        self.mix = nn.Sequential(nn.GELU(), nn.Linear(length, length))

    def forward(self, metadata: Metadata) -> Tensor:
        """Return (B, length)."""
        angle = metadata.month.float() * (2 * math.pi / 12)
        dated = (metadata.month > 0).float()
        season = torch.stack([angle.sin() * dated, angle.cos() * dated, dated], dim=-1)
        placed = metadata.place.isfinite().all(dim=-1).float()
        latitude, longitude = metadata.place.nan_to_num().deg2rad().unbind(-1)
        sphere = [
            latitude.sin(),
            latitude.cos() * longitude.cos(),
            latitude.cos() * longitude.sin(),
            torch.ones_like(placed),
        ]
        place = torch.stack(sphere, dim=-1) * placed[:, None]
        parts = self.biome(metadata.biome) + self.month(season) + self.place(place)
        result: Tensor = self.mix(parts)
        return result
