"""How much each part of a loss counts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TypeVar

from gac_core.contract.errors import RequestError


@dataclass(frozen=True)
class PictureWeights:
    """Weights of the parts that compare a picture with the real one; 0 leaves a part out.

    The defaults were set by how steep the parts are: on blurred real images, off by a tenth in
    level, each pulls 0.1 to 2 times as hard as `level`.

    Attributes:
        level: Absolute error (L1), in spreads.
        huber: Huber's loss of it.
        angle: Spectral angle (SAM).
        edges: Errors of slopes.
        structure: Local correlation.
        squared: Squared error (L2), in spreads squared.
        ms_ssim: Multi-scale SSIM.
        lpips: Perceptual distance; needs weights that are not part of GAC.
        ndvi: Error of NDVI.
        evi: Error of EVI.
        invented: Slopes that neither the real image nor the one before has.
        worsened: Coarse colours further off than those of the image before.
    """

    level: float = 1.0
    huber: float = 0.5
    angle: float = 0.5
    edges: float = 0.5
    structure: float = 0.3
    squared: float = 0.0
    ms_ssim: float = 0.3
    lpips: float = 0.0
    ndvi: float = 0.1
    evi: float = 0.1
    invented: float = 0.5
    worsened: float = 0.5

    def __post_init__(self) -> None:
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        for name, value in values.items():
            number = isinstance(value, int | float) and not isinstance(value, bool)
            if not number or not math.isfinite(value) or value < 0:
                raise RequestError(
                    f"The weight {name} of the loss is {value!r}.", "Give a number from 0 up."
                )
        if not any(values.values()):
            raise RequestError(
                "All weights of the loss are 0.", "Give at least one part a weight above 0."
            )


@dataclass(frozen=True)
class RefineWeights(PictureWeights):
    """Weights of stage 2's loss; the image before is opt_v1.

    Attributes:
        spectrum: Error of the eight bands that users do not see, on the root scale.
    """

    spectrum: float = 0.25


@dataclass(frozen=True)
class GroundWeights(PictureWeights):
    """Weights of stage 3's loss; the image before is opt_v2.

    The flow is what is learned. All others compare where it would end, which at its start is the
    mean of many images: they weigh little, or the flow would end at a mean too. The critic's own
    loss, which stage 3 does not feel, has no weight.

    Attributes:
        flow: Squared error of the flow's velocity, on the root scale.
        sar: How far the GAC score is from the real image's, to either side.
        texture: The same of the agreement of radar and optical texture.
        identity: Coarse colours other than those of opt_v2.
        coherence: Correlations of the bands' details other than in the real image.
        cycle: How much worse the radar can be told from the image than from the real one; only
            where there is a regressor (`stage3.cycle`).
        features: Distance in the features of TerraMind's encoder.
        adversary: How far the critic is from taking the image for the real one of its radar; 0:
            there is no critic.
    """

    level: float = 0.2
    huber: float = 0.0
    angle: float = 0.1
    edges: float = 0.2
    structure: float = 0.1
    ms_ssim: float = 0.1
    ndvi: float = 0.05
    evi: float = 0.05
    invented: float = 0.1
    worsened: float = 0.1
    flow: float = 4.0
    sar: float = 0.2
    texture: float = 0.05
    identity: float = 0.1
    coherence: float = 0.05
    cycle: float = 0.1
    features: float = 0.1
    adversary: float = 0.2


Weights = TypeVar("Weights", bound=PictureWeights)


def read_weights(kind: type[Weights], values: Mapping[str, object]) -> Weights:
    """Weights from a section of a configuration; what it does not name keeps its default.

    Raises:
        RequestError: If a name is unknown or a value is not a number from 0 up.
    """
    known = [f.name for f in fields(kind)]
    unknown = sorted(set(values) - set(known))
    if unknown:
        raise RequestError(
            f"The loss has no part named {', '.join(unknown)}.",
            f"Its parts are {', '.join(known)}.",
        )
    return kind(**values)  # type: ignore[arg-type]
