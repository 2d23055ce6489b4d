"""Stage-3 loss: agreement with the radar, and no larger distance to the real image than opt_v2."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torch import Tensor, nn

from training.losses.cycle import cycle_excess
from training.losses.flow import flow
from training.losses.guard import identity
from training.losses.loss import More, PictureLoss
from training.losses.masks import Tally, Where
from training.losses.parts import Part, single
from training.losses.sar import agreement_gap
from training.losses.spectral import coherence
from training.losses.texture import texture_gap
from training.losses.weights import GroundWeights

if TYPE_CHECKING:
    # Importing TerraTorch takes tens of seconds.
    from training.losses.features import EarthFeatures


class GroundLoss(PictureLoss[GroundWeights]):
    """Weighted parts of stage 3's loss.

    Args:
        weights: Weights of the parts; None: the defaults.
        regressor: Predicts the radar from an image (`training.cycle.Regressor`); frozen here. None:
            without the part `cycle`.
        features: Feature distance of the bundle's TerraMind; None: without the part `features`.
    """

    usual = GroundWeights

    def __init__(
        self,
        weights: GroundWeights | None = None,
        regressor: nn.Module | None = None,
        features: EarthFeatures | None = None,
    ) -> None:
        super().__init__(weights)
        self.features = features
        if regressor is None or self.weights.cycle == 0:
            self.regressor = None
        else:
            self.regressor = regressor.eval().requires_grad_(False)

    def forward(
        self,
        found: Tensor,
        target: Tensor,
        opt_v2: Tensor,
        s1_db: Tensor,
        mask: Tensor,
        velocity: Tensor,
        wanted: Tensor,
    ) -> dict[str, Tally]:
        """Return the parts by name; see `compare`. The previous image is opt_v2.

        Args:
            found: As for `compare`: the extrapolated end of the flow.
            target: As for `compare`.
            opt_v2: Input of stage 3.
            s1_db: (B, 2, H, W) backscatter in dB.
            mask: As for `compare`.
            velocity: (B, 4, H, W) velocity of the flow, on the root scale.
            wanted: Likewise, of the straight path to the real image.
        """
        error = single(velocity), single(wanted)
        return self.compare(found, target, opt_v2, mask, self._grounding(s1_db, *error))

    def counts(
        self, target: Tensor, opt_v2: Tensor, s1_db: Tensor, mask: Tensor
    ) -> dict[str, Tensor]:
        """Return the counts of `forward`, which do not depend on image and velocity."""
        return self._counts(target, opt_v2, mask, self._grounding(s1_db, target, target))

    def _grounding(self, s1_db: Tensor, velocity: Tensor, wanted: Tensor) -> More:
        """Return the function of the parts that stage 2 lacks."""
        regressor, features = self.regressor, self.features

        def more(a: Tensor, b: Tensor, before: Tensor, where: Where) -> dict[str, Part]:
            radar = s1_db.to(a.dtype)
            parts: dict[str, Part] = {
                "flow": lambda: flow(velocity, wanted, where),
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

        return more
