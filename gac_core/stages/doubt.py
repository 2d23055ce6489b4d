"""The adversary's doubt in a picture, computed over an area as a stage is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from gac_core.grid import TOKEN, Window
from gac_core.models.critic import Critic, RadarView, image_features
from gac_core.models.loading import Models
from gac_core.models.radiometry import radar_looks
from gac_core.models.speed import computing
from gac_core.models.terramind import radar_features, standardise_radar
from gac_core.stages.base import Array, Check, Inputs
from gac_core.stages.tensors import each_on_cpu, to_device


@dataclass
class Doubt:
    """Radar and a picture's four bands to doubt, 0 to 1 (`Critic.doubt`).

    Attributes:
        models: The bundle's networks.
        critic: Theirs.
        number: Stage that made the picture, 1 to 3.
        modality: `S1GRD` or `S1RTC`.
        check: Called before each window; may raise to stop.
    """

    models: Models
    critic: Critic
    number: int
    modality: str
    check: Check

    channels = 1
    inputs = ("s1", "optical")

    @torch.inference_mode()
    def compute(self, windows: Sequence[Window], inputs: Inputs) -> Array:
        """Return doubt (B, 1, H, W) from `s1` (B, 2, H, W) dB and `optical` (B, 4, H, W) DN."""
        device = self.models.device
        images = [to_device(inputs[name], device) for name in self.inputs]
        doubt = each_on_cpu(device, self._doubt, *images)
        for side in (-2, -1):
            doubt = doubt.repeat_interleave(TOKEN, side)
        return doubt.cpu().numpy()

    def _doubt(self, s1_db: Tensor, dn: Tensor) -> Tensor:
        """`Critic.score` and what it means, on any device."""
        self.check()
        terramind, device = self.models.terramind, self.models.device
        # The critic was trained on the encoder as it was pretrained.
        with terramind.bare(), computing(device):
            picture = image_features(terramind.model, dn, self.models.bundle.offset)
            standard = standardise_radar(s1_db, self.modality)
            seen = radar_features(terramind.model, standard, self.modality)[-1]
        # With 16-bit numbers detail and looks would drown in their rounding.
        radar = RadarView(radar_looks(s1_db, self.modality), seen.float())
        return self.critic.doubt(self.critic(dn, picture.float(), radar))
