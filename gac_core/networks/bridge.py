"""Stage 3's network: a bridge from opt_v2 to an image that agrees with the radar.

opt_v2 estimates the mean: correct in value, and smooth where the radar is not informative enough. A
rectified flow transports it to the images whose mean it is (posterior-mean rectified flow, Ohayon
et al. 2024, arXiv 2410.00418), conditioned on the radar and on TerraMind's features of radar and
opt_v2 together: the hidden states of its decoder, before they become tokens, which hold 14 bits per
16 by 16 pixels.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from gac_core.bundles.bundle import BRIDGE_STEPS, MOST_STEPS
from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.contract.message import Message
from gac_core.networks.convnext import (
    RADAR_CHANNELS,
    ConvNeXtUNet,
    from_root,
    observed_input,
    radar_looks,
    to_root,
)
from gac_core.networks.weights import shape_from

NOISE_CHANNELS = 1
"""All bands share the same noise: texture is primarily brightness, not hue, and a flow of few steps
retains some of its initial noise.
"""


@dataclass(frozen=True)
class BridgeShape:
    """Size of the bridge and its sampling settings.

    Attributes:
        reduced: Channels to which TerraMind's features are projected.
        widths: Channels of the ConvNeXt network at each scale, the finest first.
        depths: Its blocks at each scale.
        context: Length of the time embedding.
        noise: Standard deviation, on the root scale, of the noise added to opt_v2 at the start; it
            distinguishes the many images that share one estimate.
        steps: Default number of steps.
        observed: It sees which pixels were observed.
    """

    reduced: int = 32
    widths: tuple[int, ...] = (48, 96)
    depths: tuple[int, ...] = (2, 3)
    context: int = 32
    noise: float = 0.2
    steps: int = BRIDGE_STEPS
    observed: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.noise <= 1:
            raise ValueError(Message("{} is {}", "noise", repr(self.noise)))
        if not 1 <= self.steps <= MOST_STEPS:
            raise ValueError(Message("{} is {}", "steps", repr(self.steps)))

    @property
    def seen(self) -> int:
        """Number of input channels: image, opt_v2, radar, TerraMind's features, observed pixels."""
        return 2 * len(OUTPUT_BANDS) + RADAR_CHANNELS + self.reduced + self.observed

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> BridgeShape:
        """Return the shape given by a bundle's JSON values."""
        return shape_from(cls, values)

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-ready values for `from_dict`."""
        return asdict(self)


class Bridge(nn.Module):
    """Rectified flow: its velocity network and its integration.

    Args:
        shape: Size of the network.
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
        self,
        image: Tensor,
        time: Tensor,
        start: Tensor,
        radar: Tensor,
        maps: Tensor,
        observed: Tensor | None = None,
    ) -> Tensor:
        """Return the velocity (B, 4, H, W).

        Args:
            image: Current state of the flow, on the root scale (B, 4, H, W).
            time: (B,) 0 at opt_v2, 1 at the end.
            start: opt_v2 on the root scale (B, 4, H, W).
            radar: (B, `RADAR_CHANNELS`, H, W), see `radar_looks`.
            maps: TerraMind's features (B, D, h, w), see `terramind.decoder_features`.
            observed: Mask (B, 1, H, W) of observed pixels, for a bridge that sees it; None: none
                are.
        """
        reduced = functional.interpolate(
            self.reduce(maps), image.shape[-2:], mode="bilinear", align_corners=False
        )
        mask = observed_input(self.shape.observed, image, observed)
        inputs = torch.cat([image - start, start, radar, reduced, *mask], dim=1)
        result: Tensor = self.flow(inputs, self.time(time[:, None]))
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
        observed: Tensor | None = None,
    ) -> Tensor:
        """Return opt_v3 by Euler steps along the flow.

        Args:
            opt_v2: DN (B, 4, H, W).
            s1_db: Radar (B, 2, H, W) dB.
            modality: `S1GRD` or `S1RTC`, or one per sample.
            maps: TerraMind's features (B, D, h, w).
            noise: Standard normal (B, `NOISE_CHANNELS`, H, W).
            steps: Number of steps.
            check: Called before each step; may raise to stop.
            observed: As for `forward`.

        Returns:
            DN (B, 4, H, W).
        """
        radar, start = radar_looks(s1_db, modality), to_root(opt_v2)
        image = start + self.shape.noise * noise
        for step in range(steps):
            check()
            time = image.new_full((len(image),), step / steps)
            image = image + self(image, time, start, radar, maps, observed) / steps
        return from_root(image)
