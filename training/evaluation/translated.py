"""A learned baseline's image of a whole radar image, cut and blended as the bundle's stages are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from gac_core.area.arrays import run_stage
from gac_core.bands import OUTPUT_BANDS
from gac_core.grid import Window
from gac_core.models.bundle import WindowSpec
from gac_core.stages.base import Array, Inputs
from gac_core.stages.tensors import each_on_cpu, to_device
from training.evaluation.networks import Translator, optical_dn, standard_radar


@dataclass
class Translate:
    """A stage like any other: windows in, windows out.

    Attributes:
        network: The trained translator.
        device: Where it computes.
    """

    network: Translator
    device: torch.device
    number: int = 1
    channels: int = len(OUTPUT_BANDS)
    inputs: tuple[str, ...] = ("s1",)

    @torch.inference_mode()
    def compute(self, windows: Sequence[Window], inputs: Inputs) -> Array:
        """DN (B, 4, H, W) from `s1`."""
        radar = standard_radar(to_device(inputs["s1"], self.device))
        return optical_dn(each_on_cpu(self.device, self.network, radar)).cpu().numpy()


def translate(network: Translator, s1: Array, spec: WindowSpec, device: torch.device) -> Array:
    """(4, H, W) DN for a radar image (2, H, W) in dB, NaN where it has no data."""
    return run_stage(Translate(network, device), spec, {"s1": s1})
