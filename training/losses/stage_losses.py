"""Losses of stages 2 and 3."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

import torch
from torch import Tensor, nn

from gac_core.band_statistics import OUTPUT_INDEX, S2_BANDS
from training.losses.masks import Tally, ValidMask, tally
from training.losses.picture import (
    Lpips,
    Part,
    coherence,
    identity,
    picture_parts,
    prepare,
    single,
    spectrum,
    weighted,
)
from training.losses.sar import agreement_gap, cycle_excess, texture_gap
from training.sections import GroundWeights, PictureWeights, RefineWeights

StageParts = Callable[[Tensor, Tensor, Tensor, ValidMask], Mapping[str, Part]]
"""A stage's own parts, as a function of the trained image, the real image and the previous image,
all prepared, and the known pixels."""
FeatureDistance = Callable[[Tensor, Tensor, ValidMask], Tally]
"""Distance of an image from the real one in a network's features, over the known pixels."""

Weights = TypeVar("Weights", bound=PictureWeights)

OTHERS = tuple(i for i in range(len(S2_BANDS)) if i not in OUTPUT_INDEX)
"""Bands that users do not see, but stage 3 uses."""


def _no_stage_parts(
    image: Tensor, target: Tensor, before: Tensor, where: ValidMask
) -> Mapping[str, Part]:
    return {}


class PictureLoss(nn.Module, Generic[Weights]):
    """Weighted parts of a stage's loss; the loss is the sum of their means.

    Args:
        weights: Weights of the parts; None: the defaults.

    Raises:
        BundleError: If LPIPS has a weight and its network's weights are missing.
    """

    weights_type: type[Weights]

    def __init__(self, weights: Weights | None = None) -> None:
        super().__init__()
        self.weights = weights or self.weights_type()
        self.lpips = Lpips() if self.weights.lpips > 0 else None

    def compare(
        self,
        image: Tensor,
        target: Tensor,
        before: Tensor,
        mask: Tensor,
        stage_parts: StageParts = _no_stage_parts,
    ) -> dict[str, Tally]:
        """Return the parts by name.

        Args:
            image: (B, 4, H, W) DN (B02, B03, B04, B08), the trained image.
            target: The real image.
            before: The stage's input.
            mask: (B, 1, H, W) bool, or (B, 4, H, W) if samples lack bands.
            stage_parts: The stage's own parts.

        Returns:
            Weighted totals, in single precision regardless of autocast, and counts. A sample
            without known pixels contributes to neither.
        """
        with torch.autocast(image.device.type, enabled=False):
            where = ValidMask.from_mask(mask, image.shape[1])
            a, b, previous = (prepare(x, where) for x in (image, target, before.detach()))
            parts = {**picture_parts(a, b, previous, where), **stage_parts(a, b, previous, where)}
            if self.lpips is not None:
                lpips = self.lpips
                parts["lpips"] = lambda: lpips(a, b, where)
            return weighted(parts, self.weights)

    @torch.no_grad()
    def _counts(
        self,
        target: Tensor,
        before: Tensor,
        mask: Tensor,
        stage_parts: StageParts = _no_stage_parts,
    ) -> dict[str, Tensor]:
        """Return the parts' counts, computed from the real image; they do not depend on `image`."""
        parts = self.compare(target, target, before, mask, stage_parts)
        return {name: part.count for name, part in parts.items()}


class RefineLoss(PictureLoss[RefineWeights]):
    """Weighted parts of stage 2's loss.

    All parts compare the four output bands, except `spectrum`, which compares the others.
    """

    weights_type = RefineWeights

    def forward(
        self, image: Tensor, target: Tensor, opt_v1: Tensor, mask: Tensor
    ) -> dict[str, Tally]:
        """Return the parts by name; see `compare`. The previous image is opt_v1.

        Args:
            image: (B, 12, H, W) DN, the trained image.
            target: The real image.
            opt_v1: The stage's input.
            mask: (B, 12, H, W) bool, known pixels of the real image's bands.
        """
        a, b, before, where = (images[:, OUTPUT_INDEX] for images in (image, target, opt_v1, mask))
        parts = self.compare(a, b, before, where)
        others = [images[:, OTHERS] for images in (image, target, mask)]
        with torch.autocast(image.device.type, enabled=False):
            return parts | weighted({"spectrum": lambda: spectrum(*others)}, self.weights)

    @torch.no_grad()
    def counts(self, target: Tensor, opt_v1: Tensor, mask: Tensor) -> dict[str, Tensor]:
        """Return the counts of `forward`, which do not depend on the image."""
        parts = self(target, target, opt_v1, mask)
        return {name: part.count for name, part in parts.items()}


def flow(velocity: Tensor, target: Tensor, where: ValidMask) -> Tally:
    """Return the mean squared error of the velocity (Liu et al. 2023, eq. 1).

    Args:
        velocity: (B, 4, H, W) on the root scale.
        target: End of the flow less its start, likewise.
        where: Known pixels of the real image.
    """
    return tally(where.zero_unknown(velocity - target).square(), where.full())


class GroundLoss(PictureLoss[GroundWeights]):
    """Weighted parts of stage 3's loss.

    Args:
        weights: Weights of the parts; None: the defaults.
        regressor: Predicts the radar from an image (`training.stage3.cycle_regressor`); frozen
            here. None: without the part `cycle`.
        features: Feature distance of the bundle's TerraMind; None: without the part `features`.
    """

    weights_type = GroundWeights

    def __init__(
        self,
        weights: GroundWeights | None = None,
        regressor: nn.Module | None = None,
        features: FeatureDistance | None = None,
    ) -> None:
        super().__init__(weights)
        self.features = features
        if regressor is None or self.weights.cycle == 0:
            self.regressor = None
        else:
            self.regressor = regressor.eval().requires_grad_(False)

    def forward(
        self,
        image: Tensor,
        target: Tensor,
        opt_v2: Tensor,
        s1_db: Tensor,
        mask: Tensor,
        velocity: Tensor,
        target_velocity: Tensor,
    ) -> dict[str, Tally]:
        """Return the parts by name; see `compare`. The previous image is opt_v2.

        Args:
            image: As for `compare`: the extrapolated end of the flow.
            target: As for `compare`.
            opt_v2: Input of stage 3.
            s1_db: (B, 2, H, W) backscatter in dB.
            mask: As for `compare`.
            velocity: (B, 4, H, W) velocity of the flow, on the root scale.
            target_velocity: Likewise, of the straight path to the real image.
        """
        error = single(velocity), single(target_velocity)
        return self.compare(image, target, opt_v2, mask, self._grounding(s1_db, *error))

    def counts(
        self, target: Tensor, opt_v2: Tensor, s1_db: Tensor, mask: Tensor
    ) -> dict[str, Tensor]:
        """Return the counts of `forward`, which do not depend on image and velocity."""
        return self._counts(target, opt_v2, mask, self._grounding(s1_db, target, target))

    def _grounding(self, s1_db: Tensor, velocity: Tensor, target_velocity: Tensor) -> StageParts:
        """Return the function of the parts that stage 2 lacks."""
        regressor, features = self.regressor, self.features

        def parts_of(a: Tensor, b: Tensor, before: Tensor, where: ValidMask) -> dict[str, Part]:
            radar = s1_db.to(a.dtype)
            parts: dict[str, Part] = {
                "flow": lambda: flow(velocity, target_velocity, where),
                "coherence": lambda: coherence(a, b, where),
                "identity": lambda: identity(a, before, where),
                "sar": lambda: agreement_gap(radar, a, b, where),
                "texture": lambda: texture_gap(radar, a, b, where),
            }
            if regressor is not None:
                parts["cycle"] = lambda: cycle_excess(regressor, radar, a, b, where)
            if features is not None:
                parts["features"] = lambda: features(a, b, where)
            return parts

        return parts_of
