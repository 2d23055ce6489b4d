"""Scores of runs with an optical reference under simulated clouds.

Each pair's real image is covered by simulated clouds of several sizes and shares; what is clear of
it is the reference, and is kept. Scores count the pixels under clouds alone, beside runs without
the reference and beside what fills in from the clear pixels.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.ndimage import distance_transform_edt

from gac_core.contract.request import DEFAULTS
from gac_core.grid import PIXEL
from gac_core.networks.loading import Models
from gac_core.optical.use import ArrayReference
from gac_core.stages.base import Array
from training.data.clouds import Sun, simulate_clouds
from training.data.pair import Pair
from training.evaluation.baselines import FittedBaselines
from training.evaluation.chain import (
    OPT_NAMES,
    REAL,
    Images,
    Scores,
    Setting,
    as_written,
    optical_of,
    run_pair,
    valid_of,
)
from training.evaluation.gap_fill import fill_in, inpaint_biharmonic, move_locally, regress
from training.evaluation.run import ScoreCache
from training.scores.image import ssim
from training.scores.pixels import Doubles, Mask, psnr, sam

SIZES = (300.0, 800.0, 2000.0)
"""Sizes of the clouds in metres."""
SHARES = (0.2, 0.4, 0.6, 0.8, 1.0)
"""Shares of an image that they cover."""
MARGIN = float(PIXEL * DEFAULTS["optical_margin"])
"""Metres by which they are grown, as in a run."""
FILLED, BIHARMONIC = "filling in", "biharmonic inpainting"
REGRESSION, REGRESSION_MOVED = "regression", "regression, moved locally"
SEAM = "seam"
_NEAR = 8.0
"""Distance in pixels from a border of clouds within which other steps are compared."""
_LATER = (2, 3)
"""Numbers of the stages that are given the image of the one before."""
_LEAST = 64
"""Minimum number of pixels under clouds, and of clear ones."""


def without_reference(name: str) -> str:
    """Return the name of a stage's image of a run without the reference."""
    return f"{name} without reference"


def moved_locally(name: str) -> str:
    """Return the name of an image that is moved locally to the clear pixels."""
    return f"{name}, moved locally"


@dataclass(frozen=True)
class Cover:
    """Clouds of one size and share.

    Attributes:
        size: Size in metres; 0: the size makes no difference, as nothing is clear.
        share: Share of the image, 0 to 1.
    """

    size: float
    share: float

    @property
    def name(self) -> str:
        """Name in files."""
        return f"{self.size:g} m, {self.share:.0%}"

    def clouds(self, pair: Pair) -> Mask:
        """Return the mask (H, W) of a pair's pixels under clouds."""
        shape = pair.s1.shape[1], pair.s1.shape[2]
        if self.share >= 1:
            return np.ones(shape, bool)
        sun = Sun.at(pair.lat, pair.month)
        name = f"{pair.name} {self.name}"
        return simulate_clouds(shape, self.share, self.size, name, sun, margin=MARGIN)


def covers(sizes: Sequence[float] = SIZES, shares: Sequence[float] = SHARES) -> list[Cover]:
    """Return all covers; one for full cover."""
    partial = [Cover(size, share) for size in sizes for share in shares if share < 1]
    return partial + [Cover(0.0, share) for share in shares if share >= 1]


class Runs:
    """A bundle's runs of pairs.

    Args:
        models: Networks of the bundle.
        setting: Settings of the stages.
        baselines: Baselines beside them.
    """

    def __init__(self, models: Models, setting: Setting, baselines: FittedBaselines) -> None:
        self._models = models
        self._setting = setting
        self._baselines = baselines
        self._plain: tuple[str, Images, dict[str, Array]] | None = None

    def with_references(self, pair: Pair, *references: ArrayReference) -> list[dict[str, Array]]:
        """Return the stages' images as runs with each reference write them, (4, H, W) DN.

        Args:
            pair: The pair.
            references: References whose kept pixels are the same.
        """
        runs: list[Images] = []
        for reference in references:
            if runs and not any(map(self._models.bundle.sees_observed, _LATER)):
                # Only fusion knows of another date: the networks are given the same.
                runs.append(runs[0].with_reference(pair, reference))
            else:
                runs.append(run_pair(self._models, pair, self._setting, reference=reference))
        return [run.as_written() for run in runs]

    def without(self, pair: Pair) -> tuple[dict[str, Array], dict[str, Array]]:
        """Return the stages' images of a run without a reference, and the learned baselines'."""
        if self._plain is None or self._plain[0] != pair.name:
            images = run_pair(self._models, pair, self._setting)
            network = replace(self._baselines, simple=None)
            learned, _ = network.images(pair, self._models.bundle.window, self._models.device)
            self._plain = pair.name, images, learned
        return self._plain[1].as_written(), self._plain[2]


def cloud_scores(runs: Runs, cache: ScoreCache, pair: Pair, cover: Cover) -> dict[str, Scores]:
    """Return the scores under clouds by image; empty if too few pixels are there.

    Args:
        runs: The bundle's runs.
        cache: Scores that were computed before.
        pair: The pair.
        cover: The clouds.

    Raises:
        OSError: If the cache cannot be written.
    """
    key = cache.key(f"clouds {cover.name}", pair)
    scores = cache.get(key)
    if scores is None:
        scores = _cloud_scores(runs, pair, cover.clouds(pair))
        cache.put(key, scores)
    return scores


def _cloud_scores(runs: Runs, pair: Pair, clouds: Mask) -> dict[str, Scores]:
    real, valid = optical_of(pair), valid_of(pair)
    clear, counted = valid & ~clouds, valid & clouds
    is_covered = bool(clouds.all())
    if not are_enough(clear, counted) and not (is_covered and counted.sum() >= _LEAST):
        return {}
    unaided, learned = runs.without(pair)
    images = unaided
    rivals = {without_reference(name): image for name, image in unaided.items()} | learned
    # Where nothing is clear, a run with a reference is one without.
    if not is_covered:
        values = np.where(clear, pair.s2, np.float32(np.nan))
        (images,) = runs.with_references(pair, ArrayReference(values, True, pair.modality))
        rivals |= _rivals(pair.s1, unaided[OPT_NAMES[-1]], real, clear, learned)
    return scores_under(images, rivals, real, valid, counted)


def are_enough(clear: Mask, counted: Mask) -> bool:
    """Return whether enough pixels are clear, and enough are under clouds."""
    return min(clear.sum(), counted.sum()) >= _LEAST


def _rivals(
    s1: Array, opt_v3: Array, real: Array, clear: Mask, learned: Mapping[str, Array]
) -> dict[str, Array]:
    """Return the images (4, H, W) that see the clear pixels too."""
    regression = regress(s1, opt_v3, real, clear)
    images = {
        FILLED: fill_in(real, clear),
        REGRESSION: regression,
        REGRESSION_MOVED: move_locally(regression, real, clear),
    }
    for name, image in {OPT_NAMES[-1]: opt_v3, **learned}.items():
        images[moved_locally(without_reference(name) if name in OPT_NAMES else name)] = (
            move_locally(image, real, clear)
        )
    inpainted = inpaint_biharmonic(real, clear)
    return images if inpainted is None else {**images, BIHARMONIC: inpainted}


def scores_under(
    images: Mapping[str, Array],
    rivals: Mapping[str, Array],
    real: Array,
    valid: Mask,
    counted: Mask,
) -> dict[str, Scores]:
    """Return the scores of the stages' images, of rivals and of the real one under clouds.

    Args:
        images: The stages' images (4, H, W) DN by name, clear pixels as they are.
        rivals: Other images, which are given the clear pixels.
        real: The real image.
        valid: (H, W) pixels with data.
        counted: Those under clouds.
    """
    clear = valid & ~counted
    mosaics = {n: np.where(clear, real, as_written(image)) for n, image in rivals.items()}
    return {
        name: scores_of(image, real, valid, counted)
        for name, image in {**images, **mosaics, REAL: real}.items()
    }


def scores_of(image: Array, real: Array, valid: Mask, counted: Mask) -> Scores:
    """Return the scores of an image (4, H, W) DN over the counted pixels."""
    a, b = image.astype(np.float64), real.astype(np.float64)
    scores = {
        "psnr": psnr(a, b, counted),
        "ssim": ssim(a, b, valid, counted),
        "sam": sam(a, b, counted),
        SEAM: border_step(a, valid & ~counted, counted),
    }
    if np.array_equal(a[:, counted], b[:, counted]):
        return {SEAM: scores[SEAM]}
    return scores


def border_step(image: Doubles, clear: Mask, covered: Mask) -> float:
    """Return the mean step across the border of clouds relative to steps near it, in percent.

    Args:
        image: (C, H, W).
        clear: (H, W) observed pixels.
        covered: (H, W) generated pixels.

    Returns:
        Mean absolute difference of neighbours of which one is observed, over the mean of that of
        observed neighbours and that of generated ones within `_NEAR` pixels of the border, less 1,
        times 100; mean over the bands. NaN without a border.
    """
    if not clear.any() or not covered.any():
        return float("nan")
    near = np.where(clear, distance_transform_edt(clear), distance_transform_edt(covered)) <= _NEAR
    sums = {kind: np.zeros(len(image)) for kind in ("across", "clear", "covered")}
    counts = dict.fromkeys(sums, 0)
    for axis in (0, 1):
        steps = np.abs(np.diff(image, axis=axis + 1))
        (clear_one, clear_next), (covered_one, covered_next) = (
            (mask[:-1], mask[1:]) if axis == 0 else (mask[:, :-1], mask[:, 1:])
            for mask in (clear & near, covered & near)
        )
        pairs = {
            "across": (clear_one & covered_next) | (covered_one & clear_next),
            "clear": clear_one & clear_next,
            "covered": covered_one & covered_next,
        }
        for kind, mask in pairs.items():
            sums[kind] += steps[:, mask].sum(axis=1)
            counts[kind] += int(mask.sum())
    if not all(counts.values()):
        return float("nan")
    across, inside, outside = (sums[kind] / counts[kind] for kind in sums)
    elsewhere = (inside + outside) / 2
    if not (elsewhere > 0).all():
        return float("nan")
    return float(100 * (across / elsewhere - 1).mean())
