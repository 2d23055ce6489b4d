"""Weights of the loss parts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TypeVar

from gac_core.contract.errors import RequestError


@dataclass(frozen=True)
class PictureWeights:
    """Weights of the parts that compare an image with the real one; 0 disables a part.

    The defaults were set by the parts' gradients: on blurred real images with an error of a tenth
    in level, each pulls 0.1 to 2 times as hard as `level`.

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
        invented: Slopes that neither the real nor the previous image has.
        worsened: Coarse colours further off than those of the previous image.
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
    """Weights of stage 2's loss; the previous image is opt_v1.

    Attributes:
        spectrum: Error of the eight bands that users do not see, on the root scale.
    """

    spectrum: float = 0.25


@dataclass(frozen=True)
class GroundWeights(PictureWeights):
    """Weights of stage 3's loss; the previous image is opt_v2.

    The flow is what is learned. All other parts compare its extrapolated end, which at the start is
    the mean of many images: they have small weights, or the flow would end at a mean too. The
    critic's own loss has no weight, because it does not affect stage 3.

    Attributes:
        flow: Squared error of the flow's velocity, on the root scale.
        sar: Distance of the GAC score from the real image's, in either direction.
        texture: Likewise for the agreement of radar and optical texture.
        identity: Deviation of coarse colours from opt_v2.
        coherence: Deviation of the correlations of the bands' details from the real image's.
        cycle: Excess error of the radar predicted from the image; requires a regressor
            (`stage3.cycle`).
        features: Distance in the features of TerraMind's encoder.
        adversary: Adversarial loss of the critic; 0: no critic.
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
    """Create weights from a config section; missing names keep their defaults.

    Raises:
        RequestError: If a name is unknown or a value is not a number from 0 up.
    """
    names = [f.name for f in fields(kind)]
    unknown = sorted(set(values) - set(names))
    if unknown:
        raise RequestError(
            f"The loss has no part named {', '.join(unknown)}.",
            f"Its parts are {', '.join(names)}.",
        )
    return kind(**values)  # type: ignore[arg-type]
