"""Stage 2: Prithvi and its head refine opt_v1, conditioned on radar, season, biome and location."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from gac_core.band_statistics import S2_BANDS
from gac_core.grid import Window
from gac_core.networks.loading import Models
from gac_core.networks.refiner import Metadata
from gac_core.stages.base import OBSERVED, Array, Check, Inputs
from gac_core.stages.tensors import batched_on_gpu, observed_mask, to_device


class Refine:
    """Stage from opt_v1 to opt_v2; the identity if the bundle has no trained refiner.

    Args:
        models: Networks of the bundle.
        modality: `S1GRD` or `S1RTC`.
        month: Month of the local season (`places.local_month`), 1 to 12; 0 unknown.
        biome: 1 to 14, 0 unknown.
        place: Latitude and longitude in degrees; None: unknown.
        check: Called before each tile.
        sees_observed: There is an optical reference whose clear pixels are kept; a refiner that was
            trained with such has an input `OBSERVED`.
    """

    number = 2
    channels = len(S2_BANDS)

    def __init__(
        self,
        models: Models,
        modality: str,
        month: int,
        biome: int,
        place: tuple[float, float] | None,
        check: Check,
        sees_observed: bool = False,
    ) -> None:
        self._models = models
        self._modality = modality
        self._month = month
        self._biome = biome
        self._place = place
        self._check = check
        self._sees_observed = sees_observed

    @property
    def inputs(self) -> tuple[str, ...]:
        """Names of the inputs."""
        refiner = self._models.refiner if self._sees_observed else None
        sees = refiner is not None and refiner.head.shape.observed
        return ("s1", "opt_v1", OBSERVED) if sees else ("s1", "opt_v1")

    @torch.inference_mode()
    def compute(self, windows: Sequence[Window], inputs: Inputs) -> Array:
        """Return DN (B, 12, H, W) from `s1`, `opt_v1` and what is observed."""
        device = self._models.device
        images = [to_device(inputs[name], device) for name in ("opt_v1", "s1")]
        if OBSERVED in self.inputs:
            images.append(observed_mask(to_device(inputs[OBSERVED], device)))
        return batched_on_gpu(device, self._refine, *images).cpu().numpy()

    def _refine(self, image: Tensor, radar: Tensor, observed: Tensor | None = None) -> Tensor:
        self._check()
        refiner = self._models.refiner
        if refiner is None:
            return image
        metadata = Metadata.of_run(len(image), self._month, self._biome, self._place, image.device)
        result: Tensor = refiner(image, radar, self._modality, metadata, observed)
        return result
