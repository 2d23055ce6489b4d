"""Stage 3's network: a bridge from opt_v2 to an image that agrees with the radar.

opt_v2 is an estimate of the mean: right in value, and smooth where the radar does not tell enough.
A rectified flow carries it to the images whose mean it is (posterior-mean rectified flow, Ohayon et
al. 2024, arXiv 2410.00418), conditioned on the radar and on what TerraMind makes of radar and
opt_v2 together: the hidden states of its decoder, before they become tokens, which hold 14 bits of
16 by 16 pixels.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.models.bundle import BRIDGE_STEPS, MOST_STEPS
from gac_core.models.convnext import ConvNeXtUNet
from gac_core.models.radiometry import RADAR_CHANNELS, from_root, radar_looks, to_root
from gac_core.models.shapes import shape_from

NOISE_CHANNELS = 1
"""All bands get the same noise: texture is brightness before it is hue, and a flow of few steps
leaves some of what it was given."""


@dataclass(frozen=True)
class BridgeShape:
    """Size of the bridge, and how it is crossed.

    Attributes:
        reduced: Channels to which TerraMind's features are brought.
        widths: Channels of the ConvNeXt network at each scale, the finest first.
        depths: Its blocks at each scale.
        context: Length of the embedding of time.
        noise: Deviation, on the root scale, of what is added to opt_v2 at the start: where one
            estimate stands for many images, it is what tells them apart.
        steps: Steps of a crossing, unless a run asks for another number.
    """

    reduced: int = 32
    widths: tuple[int, ...] = (48, 96)
    depths: tuple[int, ...] = (2, 3)
    context: int = 32
    noise: float = 0.2
    steps: int = BRIDGE_STEPS

    def __post_init__(self) -> None:
        if not 0 <= self.noise <= 1:
            raise ValueError(f"noise is {self.noise!r}")
        if not 1 <= self.steps <= MOST_STEPS:
            raise ValueError(f"steps is {self.steps!r}")

    @property
    def seen(self) -> int:
        """Channels that the network sees: the image, opt_v2, the radar, TerraMind's features."""
        return 2 * len(OUTPUT_BANDS) + RADAR_CHANNELS + self.reduced

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> BridgeShape:
        """Return the shape that a bundle's JSON values give."""
        return shape_from(cls, values)

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-ready values that `from_dict` takes."""
        return asdict(self)


class Bridge(nn.Module):
    """The velocity of the flow, and the flow.

    Args:
        shape: Its size.
        dim: Width of TerraMind's decoder.
    """

    def __init__(self, shape: BridgeShape, dim: int) -> None:
        super().__init__()
        self.shape = shape
        self.reduce = nn.Sequential(nn.GroupNorm(1, dim), nn.Conv2d(dim, shape.reduced, 1))
        self.time = nn.Sequential(
            nn.Linear(1, shape.context), nn.GELU(), nn.Linear(shape.context, shape.context)
        )
        self.flow = ConvNeXtUNet(
            shape.seen, len(OUTPUT_BANDS), shape.widths, shape.depths, shape.context
        )

    def forward(
        self, image: Tensor, time: Tensor, start: Tensor, radar: Tensor, maps: Tensor
    ) -> Tensor:
        """Return the velocity (B, 4, H, W).

        Args:
            image: Where the flow is, on the root scale (B, 4, H, W).
            time: (B,) 0 at opt_v2, 1 at the end.
            start: opt_v2 on the root scale (B, 4, H, W).
            radar: (B, `RADAR_CHANNELS`, H, W), see `radar_looks`.
            maps: TerraMind's features (B, D, h, w), see `terramind.decoder_features`.
        """
        reduced = functional.interpolate(
            self.reduce(maps), image.shape[-2:], mode="bilinear", align_corners=False
        )
        seen = torch.cat([image - start, start, radar, reduced], dim=1)
        result: Tensor = self.flow(seen, self.time(time[:, None]))
        return result

    def cross(
        self,
        opt_v2: Tensor,
        s1_db: Tensor,
        modality: str | Sequence[str],
        maps: Tensor,
        noise: Tensor,
        steps: int,
        check: Callable[[], None] = lambda: None,
    ) -> Tensor:
        """Return opt_v3 by Euler steps along the flow.

        Args:
            opt_v2: DN (B, 4, H, W).
            s1_db: The radar (B, 2, H, W) dB.
            modality: `S1GRD` or `S1RTC`; or that of each sample.
            maps: TerraMind's features (B, D, h, w).
            noise: Standard normal (B, `NOISE_CHANNELS`, H, W).
            steps: How many.
            check: Called before each; may raise to stop.

        Returns:
            DN (B, 4, H, W).
        """
        radar, start = radar_looks(s1_db, modality), to_root(opt_v2)
        image = start + self.shape.noise * noise
        for step in range(steps):
            check()
            time = image.new_full((len(image),), step / steps)
            image = image + self(image, time, start, radar, maps) / steps
        return from_root(image)
