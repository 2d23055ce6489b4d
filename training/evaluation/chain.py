"""Images of a pair by a bundle: read, computed stage by stage, timed, scored."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import torch

from gac_core.band_statistics import OUTPUT_INDEX
from gac_core.bundles.bundle import Bundle
from gac_core.contract.errors import GacError, RequestError
from gac_core.contract.message import Message, changed, join
from gac_core.networks.loading import Models
from gac_core.optical.use import ArrayReference
from gac_core.stages.base import Array, Stage
from gac_core.tiling.arrays import all_stages, run_stage
from training.data.pair import Pair, PairSource, name_hash
from training.scores.image import score_image
from training.scores.pixels import gac_and_cfog

Scores = dict[str, float]
"""Measures by key, plus `psnr_B02` and the like for single bands; NaN if undefined."""
REAL = "real"
ORACLE = "the real image's mean colour (oracle)"
"""Upper bound for a single colour; unknowable from radar alone."""
REFERENCES = (ORACLE, "real, blurred", "copy of the radar", "noise")
"""Flat, blurred, copied or wrong images; their scores put the other scores into perspective."""
MIN_SIDE = 64
"""Minimum side in pixels for meaningful windows and edges."""
MIN_VALID_SHARE = 0.1
"""Minimum share of pixels valid in both images."""

_PLACES = 1 << 20
"""Number of grid rows and columns over which pairs are distributed."""
OPT_NAMES = ("opt_v1", "opt_v2", "opt_v3")


LACKS_BANDS = Message("it lacks one of the bands B02, B03, B04 and B08")
UNREADABLE = "{}: it cannot be read: {}."
"""Template of a line on a pair."""


@dataclass
class Scored:
    """Scores of a pair's images.

    Attributes:
        name: Name of the pair.
        tile: Its tile.
        month: Month given to the models: 1 to 12, 0 unknown.
        biome: 1 to 14, 0 unknown.
        shape: Rows and columns.
        images: Scores by image: `opt_v1`, `dataset mean`, `real`, and for ablations `opt_v3,
            without Prithvi` and the like.
        place: Latitude and longitude of the centre, degrees; None: unknown.
    """

    name: str
    tile: str
    month: int
    biome: int
    shape: tuple[int, int]
    images: dict[str, Scores]
    place: tuple[float, float] | None = None

    def value(self, image: str, measure: str) -> float:
        """Return a score, NaN if missing."""
        return self.images.get(image, {}).get(measure, float("nan"))


def optical_of(pair: Pair) -> Array:
    """Return the real image in the four output bands, (4, H, W) DN, NaN for nodata."""
    return pair.s2[list(OUTPUT_INDEX)]


def valid_of(pair: Pair) -> npt.NDArray[np.bool_]:
    """Return the mask (H, W) of pixels valid in both images."""
    both = np.concatenate([pair.s1, optical_of(pair)])
    valid: npt.NDArray[np.bool_] = np.isfinite(both).all(axis=0)
    return valid


def rejection_reason(pair: Pair) -> str:
    """Return the reason why a pair cannot be judged; empty if it can."""
    height, width = pair.s1.shape[1:]
    if not all(pair.bands[i] for i in OUTPUT_INDEX):
        return LACKS_BANDS
    if min(height, width) < MIN_SIDE:
        return Message(
            "it has {} × {} pixels, fewer than {} × {}", width, height, MIN_SIDE, MIN_SIDE
        )
    share = float(valid_of(pair).mean())
    if share < MIN_VALID_SHARE:
        return Message("only {} of its pixels were seen by both satellites", f"{share:.0%}")
    return ""


def as_written(image: Array) -> Array:
    """Return an image as a run writes it: integer DN from 1 to 65535; NaN stays."""
    return np.clip(np.rint(image), 1, 65535).astype(np.float32)


def score_pair(
    pair: Pair, images: Mapping[str, Array], seconds: Mapping[str, float]
) -> dict[str, Scores]:
    """Return scores by image, including the real one's agreement with the radar.

    A flat image has no edges, so its agreement with the radar is undefined. It counts as 0 here if
    that of the real image is defined.

    Args:
        pair: Pair with the real image.
        images: (4, H, W) DN by name.
        seconds: Duration of some of them.
    """
    real, valid = optical_of(pair), valid_of(pair)
    real_known = np.where(valid, real, np.nan).astype(np.float64)
    own = dict(
        zip(("gac", "cfog"), gac_and_cfog(pair.s1.astype(np.float64), real_known), strict=True)
    )
    result: dict[str, Scores] = {}
    for name, image in images.items():
        scores = score_image(pair.s1, image, real, valid)
        for key in ("gac", "cfog"):
            if np.isnan(scores[key]) and np.isfinite(own[key]):
                scores[key] = 0.0
            scores[f"{key}_gap"] = abs(scores[key] - own[key])
        if name in seconds:
            scores["seconds"] = seconds[name]
        result[name] = scores
    return {**result, REAL: own}


@dataclass(frozen=True)
class Setting:
    """Settings of the stages.

    Attributes:
        timesteps: Steps of stages 1 and 3; 0: the bundle's default.
        seed: Seed of the noise.
        metadata: Provide month, biome and place to the models.
    """

    timesteps: tuple[int, int] = (0, 0)
    seed: int = 0
    metadata: bool = True

    def resolved(self, bundle: Bundle) -> Setting:
        """Return a copy with the number of steps that a run with the bundle uses."""
        first, last = self.timesteps
        steps = first or bundle.sampling.steps(3), last or bundle.grounding.steps
        return replace(self, timesteps=steps)


@dataclass(frozen=True)
class Images:
    """Images and timings of a pair.

    Attributes:
        stages: `opt_v1` and `opt_v2` (12, H, W), `opt_v3` (4, H, W) DN, by name.
        seconds: Duration of each stage.
        generated: The stages' images before the reference was fused into them.
    """

    stages: dict[str, Array]
    seconds: dict[str, float]
    generated: dict[str, Array]

    def with_reference(self, pair: Pair, reference: ArrayReference) -> Images:
        """Return the images with another reference fused into what was generated.

        A run with that reference has the same where its networks are given the same.
        """
        place = place_of(pair.name)
        stages = {n: reference.fused(image, pair.s1, place) for n, image in self.generated.items()}
        return replace(self, stages=stages)

    def as_written(self) -> dict[str, Array]:
        """Return the images as a run writes them, (4, H, W) DN."""
        four = {name: image if len(image) == 4 else image[list(OUTPUT_INDEX)]
                for name, image in self.stages.items()}  # fmt: skip
        return {name: as_written(image) for name, image in four.items()}


def run_pair(
    models: Models,
    pair: Pair,
    setting: Setting,
    first: int = 1,
    previous: Images | None = None,
    *,
    last: int = len(OPT_NAMES),
    replace_stage: Callable[[Stage], Stage] = lambda stage: stage,
    reference: ArrayReference | None = None,
) -> Images:
    """Return the images of the three stages for a pair's radar image.

    Args:
        models: Networks of the bundle.
        pair: Its radar, modality, month, biome and place are used.
        setting: Settings of the stages.
        first: First stage to compute; earlier ones are taken from `previous`.
        previous: Images computed before.
        last: Last stage to compute.
        replace_stage: Replaces a stage by another.
        reference: Optical reference beside the radar; None: there is none.
    """
    metadata = (pair.month, pair.biome, pair.place) if setting.metadata else (0, 0, None)
    stages = all_stages(
        models,
        pair.modality,
        *metadata,
        setting.timesteps,
        setting.seed,
        reference=reference,
    )
    names = OPT_NAMES[: first - 1]
    images = {name: previous.stages[name] for name in names} if previous else {}
    raw = {name: previous.generated[name] for name in names} if previous else {}
    seconds = {name: previous.seconds[name] for name in names} if previous else {}
    inputs = {"s1": pair.s1, **images}
    for stage in map(replace_stage, stages[first - 1 : last]):
        name = f"opt_v{stage.number}"
        start, place = time.perf_counter(), place_of(pair.name)
        image = run_stage(stage, models.bundle.window, inputs, place, reference)
        raw[name] = image
        images[name] = image if reference is None else reference.fused(image, pair.s1, place)
        sees_observed = models.bundle.sees_observed(stage.number + 1)
        inputs[name] = images[name] if sees_observed else image
        if models.device.type == "cuda":
            torch.cuda.synchronize(models.device)
        seconds[name] = time.perf_counter() - start
    return Images(images, seconds, raw)


def place_of(name: str) -> tuple[int, int]:
    """Return the row and column on the world grid where a pair is placed, by its name.

    Noise and tile seams depend on the place. Distinct places keep pairs from sharing them, as
    scenes do.
    """
    number = name_hash(name)
    return number % _PLACES, number // _PLACES % _PLACES


def read_pairs(
    source: PairSource,
    indices: Iterable[int],
    skipped: list[str],
    modalities: tuple[str, ...] | None = None,
) -> Iterator[tuple[int, Pair]]:
    """Yield the usable pairs with their index, one at a time.

    Args:
        source: All pairs.
        indices: Indices to read.
        skipped: Receives one line for each unusable pair.
        modalities: Modalities that the models know; None: any.
    """
    for index in indices:
        name = source.names[index]
        try:
            pair = source.read(index)
        except (GacError, OSError, ValueError) as error:
            reason = error.message if isinstance(error, GacError) else str(error)
            reason = changed(reason, lambda text: text.rstrip("."))
            _note(skipped, Message(UNREADABLE, name, reason))
            continue
        reason = rejection_reason(pair)
        if not reason and modalities is not None and pair.modality not in modalities:
            reason = Message(
                "its radar is {}, which the bundle's models do not know", pair.modality
            )
        if reason:
            _note(skipped, Message("{}: {}.", name, reason))
            continue
        yield index, pair


def none_judged_error(count: int, skipped: Sequence[str]) -> RequestError:
    """Return the error for pairs of which none could be judged.

    Args:
        count: Number of the pairs.
        skipped: Lines on those that were left out.
    """
    return RequestError(
        Message("None of the {} pairs could be judged. {}", count, join(skipped[:3])),
        Message("Give pairs of s1.tif (dB) and s2.tif (DN) on one grid of 10 m."),
        problem="no-pair-judged",
    )


def _note(skipped: list[str], line: str) -> None:
    if line not in skipped:
        skipped.append(line)
