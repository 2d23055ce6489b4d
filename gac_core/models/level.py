"""How bright a landscape is, band by band, by its radar, season and biome.

Most of the error of an optical image made of radar is the level of the whole. What tells it is not
in any pixel: bare soil in April, rice under water, a taiga in June. A linear regression on few
numbers learns it from few places, where a network knows those places by heart.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor, nn

from gac_core.bands import BIOMES, S2_BANDS, S2_MEAN
from gac_core.models.metadata import Metadata
from gac_core.models.radiometry import to_root
from gac_core.models.terramind import standardise_radar

_QUANTILES = (0.05, 0.95)
_HARMONICS = (1, 2)

FEATURES = 2 * (2 + len(_QUANTILES)) + 3 + 2 * len(_HARMONICS) + 2 + len(BIOMES) - 1
"""Numbers that the regression sees of an image; see `level_features`."""


def level_features(s1_db: Tensor, modality: str | Sequence[str], metadata: Metadata) -> Tensor:
    """Return what the level is regressed on.

    Of each polarisation mean, deviation and quantiles; squares and product of the means, since
    water and towns are dark, one at either end; the season as two harmonics of the year, and its
    product with the mean of VH, which leaves and ears raise; one number for each biome. What is
    unknown is zero.

    Args:
        s1_db: The radar of an image's surroundings (B, 2, H, W), dB, without NaN.
        modality: `S1GRD` or `S1RTC`; or that of each sample.
        metadata: Of each image.

    Returns:
        (B, `FEATURES`).
    """
    radar = standardise_radar(s1_db, modality).flatten(2)
    mean = radar.mean(-1)
    levels = radar.new_tensor(_QUANTILES)
    # A long row is sorted for its quantiles; every few pixels tell as much.
    thin = radar[..., :: max(1, radar.shape[-1] // 20_000)]
    spread = torch.quantile(thin, levels, dim=-1).permute(1, 2, 0).flatten(1)
    angle = metadata.month[:, None].to(radar.dtype) * (2 * math.pi / 12)
    dated = (metadata.month > 0).to(radar.dtype)[:, None]
    season = torch.cat(
        [f(n * angle) * dated for n in _HARMONICS for f in (torch.sin, torch.cos)], 1
    )
    biome = nn.functional.one_hot(metadata.biome.long(), len(BIOMES))[:, 1:].to(radar.dtype)
    parts = [
        mean,
        radar.std(-1),
        spread,
        mean**2,
        mean[:, :1] * mean[:, 1:],
        season,
        season[:, :2] * mean[:, 1:],
        biome,
    ]
    return torch.cat(parts, dim=1)


class LevelRegression(nn.Module):
    """A linear regression of the logarithm of each band's level on `level_features`.

    It starts as the mean of what TerraMind was trained on; `training.stage2.level` fits it.
    """

    mean: Tensor
    scale: Tensor
    weight: Tensor
    bias: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(FEATURES))
        self.register_buffer("scale", torch.ones(FEATURES))
        self.register_buffer("weight", torch.zeros(FEATURES, len(S2_BANDS)))
        self.register_buffer("bias", to_root(torch.tensor(S2_MEAN)).log())

    def forward(self, features: Tensor) -> Tensor:
        """Return levels (B, 12) on the root scale, from features (B, `FEATURES`)."""
        return ((features - self.mean) / self.scale @ self.weight + self.bias).exp()
