"""Map of the critic's doubt about an image, computed over an area like a stage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from gac_core.grid import TOKEN, Window
from gac_core.networks.convnext import radar_looks
from gac_core.networks.critic import Critic, RadarView, image_features
from gac_core.networks.device import autocast_context
from gac_core.networks.loading import Models
from gac_core.networks.terramind import radar_features, standardise_radar
from gac_core.stages.base import Array, Check, Inputs
from gac_core.stages.tensors import batched_on_gpu, to_device


@dataclass
class Doubt:
    """Stage from radar and an image's four bands to doubt, 0 to 1 (`Critic.doubt`).

    Attributes:
        models: Networks of the bundle.
        critic: Critic of the bundle.
        number: Stage that produced the image, 1 to 3.
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
        doubt = batched_on_gpu(device, self._doubt, *images)
        for side in (-2, -1):
            doubt = doubt.repeat_interleave(TOKEN, side)
        return doubt.cpu().numpy()

    def _doubt(self, s1_db: Tensor, dn: Tensor) -> Tensor:
        """Return the doubt per token, computed on any device."""
        self.check()
        terramind, device = self.models.terramind, self.models.device
        # The critic was trained on the pretrained encoder, without adapters.
        with terramind.bare(), autocast_context(device):
            image = image_features(terramind.model, dn, self.models.bundle.offset)
            standard = standardise_radar(s1_db, self.modality)
            features = radar_features(terramind.model, standard, self.modality)[-1]
        # In 16 bits rounding would swamp detail and looks.
        radar = RadarView(radar_looks(s1_db, self.modality), features.float())
        return self.critic.doubt(self.critic(dn, image.float(), radar))
