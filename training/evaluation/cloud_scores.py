"""Evaluation of runs with an optical reference: under simulated clouds, and after other dates.

*Clouds*: each pair's real image is covered by simulated clouds of several sizes and shares; what is
clear of it is the reference, and is kept. Scores count the pixels under clouds alone, beside runs
without the reference and beside what fills in from the clear pixels.

*Series*: pairs of one place at several dates. Each date is generated from its radar and the real
image of the date before, which guides.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from scipy.ndimage import distance_transform_edt, gaussian_filter

from gac_core.bundles.library import Library
from gac_core.contract.errors import RequestError
from gac_core.contract.message import Message
from gac_core.contract.request import DEFAULTS
from gac_core.grid import PIXEL
from gac_core.networks.device import choose_device
from gac_core.networks.loading import Models
from gac_core.networks.terramind import TerraMindShape
from gac_core.optical.use import ArrayReference
from gac_core.stages.base import Array
from training.data.clouds import Sun, simulate_clouds
from training.data.files import as_tile
from training.data.pair import Pair, PairSource
from training.data.split import History
from training.evaluation.baselines import FittedBaselines, fit_baselines
from training.evaluation.chain import (
    OPT_NAMES,
    REAL,
    Images,
    Scored,
    Scores,
    Setting,
    as_written,
    none_judged_error,
    optical_of,
    read_pairs,
    run_pair,
    valid_of,
)
from training.evaluation.run import Options, ScoreCache, evaluation_record, subject_of
from training.evaluation.selection import select_pairs
from training.scores.image import ssim
from training.scores.pixels import Doubles, Mask, blurred, psnr, sam

SIZES = (300.0, 800.0, 2000.0)
"""Sizes of the clouds in metres."""
SHARES = (0.2, 0.4, 0.6, 0.8, 1.0)
"""Shares of an image that they cover."""
MARGIN = float(PIXEL * DEFAULTS["optical_margin"])
"""Metres by which they are grown, as in a run."""
FILE = "clouds.jsonl"

FILLED, BIHARMONIC = "filling in", "biharmonic inpainting"
REGRESSION, REGRESSION_MOVED = "regression", "regression, moved locally"
BEFORE = "the date before"
SEAM = "seam"
_NEAR = 8.0
"""Distance in pixels from a border of clouds within which other steps are compared."""
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


@dataclass
class CloudReport:
    """Result of an evaluation with an optical reference.

    Attributes:
        about: Bundle, hashes, machine, date, command, settings; ready for JSON.
        covered: Scores of each pair under clouds, by cover.
        series: Scores of each date of each series.
        notes: Caveats for the reader.
        skipped: Pairs that were not judged, with the reason.
    """

    about: dict[str, Any]
    covered: dict[Cover, list[Scored]]
    series: list[Scored] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


def evaluate_clouds(
    bundle: str | Path,
    source: PairSource,
    tiles: str | Collection[str] = "unseen",
    *,
    series: Sequence[str] = (),
    chosen: Sequence[Cover] = (),
    setting: Setting | None = None,
    options: Options | None = None,
    library: Library | None = None,
    device: str = "cpu",
    say: Callable[[str], None] = print,
) -> CloudReport:
    """Score a bundle's stages with an optical reference, beside rivals.

    Args:
        bundle: Name or folder of the bundle.
        source: Pairs to judge.
        tiles: As for `evaluate_bundle`.
        series: Tiles whose pairs show one place at several dates; they may be any.
        chosen: Covers; empty: all of `covers`.
        setting: Settings of the stages; None: defaults of a run.
        options: Further options; `ablations`, `steps` and `pictures` play no part.
        library: Library of bundles and weights; None: the default one.
        device: `cpu`, `cuda` or `auto`.
        say: Callback for progress messages.

    Raises:
        RequestError: If there is nothing to judge.
        BundleError: If the bundle is missing or incomplete.
    """
    setting, options = setting or Setting(), options or Options()
    library = library or Library.default()
    resolved = library.require(str(bundle))
    dates = dates_of(source, series)
    selection = select_pairs(source, tiles, History.of(resolved.card), options.max_images)
    setting = setting.resolved(resolved)
    models = Models(resolved, library, choose_device(device))
    baselines = FittedBaselines(None)
    if options.baseline_settings is not None:
        baselines = fit_baselines(
            resolved.card, source, selection, options.baseline_settings, options.cache,
            models.device, say,
        )  # fmt: skip
    models.load()
    subject = [*subject_of(models, setting), sorted(baselines.learned), options.baseline_settings]
    cache = ScoreCache(options.cache, subject, FILE)
    judge = _Judge(models, setting, baselines, cache)
    report = CloudReport({}, {cover: [] for cover in chosen or covers()}, notes=selection.notes)
    report.notes += baselines.notes if baselines.learned else []
    modalities = TerraMindShape.from_dict(resolved.terramind).modalities
    pairs = read_pairs(source, selection.indices, report.skipped, modalities)
    for number, (_, pair) in enumerate(pairs, start=1):
        for cover, scored in report.covered.items():
            scores = judge.under(pair, cover)
            if scores:
                scored.append(_scored(pair, scores))
        say(f"[{number}/{len(selection.indices)}] {pair.name}")
    for before, now in dates:
        both = [pair for _, pair in read_pairs(source, (before, now), report.skipped, modalities)]
        if len(both) == 2:
            report.series.append(_scored(both[1], judge.guided(both[0], both[1])))
            say(f"{both[1].name} after {both[0].name}")
    if not any(report.covered.values()) and not report.series:
        raise none_judged_error(len(selection.indices), report.skipped)
    report.about = evaluation_record(models, setting, options.command, options.data)
    report.about["margin"] = MARGIN
    return report


def dates_of(source: PairSource, series: Sequence[str]) -> list[tuple[int, int]]:
    """Return the indices of each date of each series with those of the date before.

    Dates without a known day, such as monthly means, are ordered by month and name.

    Raises:
        RequestError: If a series is not in the data.
    """
    tiles = [as_tile(tile) for tile in source.tiles]
    result: list[tuple[int, int]] = []
    for name in series:
        indices = [i for i, tile in enumerate(tiles) if tile == as_tile(name)]
        if len(indices) < 2:
            raise RequestError(
                Message("{} is no series: the data has {} pairs of that tile.", name, len(indices)),
                Message("Name tiles whose pairs show one place at several dates."),
                problem="series-too-short",
            )
        indices.sort(key=lambda i: (source.read(i).date, source.names[i]))
        result += pairwise(indices)
    return result


class _Judge:
    """Images of pairs with and without references, and their scores."""

    def __init__(
        self, models: Models, setting: Setting, baselines: FittedBaselines, cache: ScoreCache
    ) -> None:
        self._models = models
        self._setting = setting
        self._baselines = baselines
        self._cache = cache
        self._plain: tuple[str, Images, dict[str, Array]] | None = None

    def under(self, pair: Pair, cover: Cover) -> dict[str, Scores]:
        """Return the scores under clouds by image; empty if too few pixels are there."""
        key = self._cache.key(f"clouds {cover.name}", pair)
        scores = self._cache.get(key)
        if scores is None:
            scores = self._under(pair, cover.clouds(pair))
            self._cache.put(key, scores)
        return scores

    def guided(self, before: Pair, now: Pair) -> dict[str, Scores]:
        """Return the scores of a date's images, guided by the date before and without it."""
        key = self._cache.key(f"guide by {before.name}", now)
        scores = self._cache.get(key)
        if scores is None:
            scores = self._guided(before, now)
            self._cache.put(key, scores)
        return scores

    def _under(self, pair: Pair, clouds: Mask) -> dict[str, Scores]:
        real, valid = optical_of(pair), valid_of(pair)
        clear, counted = valid & ~clouds, valid & clouds
        is_covered = bool(clouds.all())
        if counted.sum() < _LEAST or (clear.sum() < _LEAST and not is_covered):
            return {}
        plain, learned = self._without(pair)
        unaided = images = plain.as_written()
        rivals = {without_reference(name): image for name, image in unaided.items()} | learned
        # Where nothing is clear, a run with a reference is one without.
        if not is_covered:
            values = np.where(clear, pair.s2, np.float32(np.nan))
            reference = ArrayReference(values, True, pair.modality)
            images = run_pair(self._models, pair, self._setting, reference=reference).as_written()
            rivals |= _rivals(pair.s1, unaided[OPT_NAMES[-1]], real, clear, learned)
        mosaics = {n: np.where(clear, real, as_written(image)) for n, image in rivals.items()}
        return {
            name: _scores(image, real, valid, counted)
            for name, image in {**images, **mosaics, REAL: real}.items()
        }

    def _guided(self, before: Pair, now: Pair) -> dict[str, Scores]:
        real = optical_of(now)
        valid = valid_of(now) & valid_of(before)
        plain, _ = self._without(now)
        reference = ArrayReference(before.s2, False, now.modality)
        images = run_pair(self._models, now, self._setting, reference=reference).as_written()
        without = {without_reference(name): image for name, image in plain.as_written().items()}
        return {
            name: _scores(image, real, valid, valid)
            for name, image in {**images, **without, BEFORE: optical_of(before)}.items()
        }

    def _without(self, pair: Pair) -> tuple[Images, dict[str, Array]]:
        """Return the stages' images without a reference, and the learned baselines'."""
        if self._plain is None or self._plain[0] != pair.name:
            images = run_pair(self._models, pair, self._setting)
            network = replace(self._baselines, simple=None)
            learned, _ = network.images(pair, self._models.bundle.window, self._models.device)
            self._plain = pair.name, images, learned
        return self._plain[1:]


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


def _scores(image: Array, real: Array, valid: Mask, counted: Mask) -> Scores:
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


def _scored(pair: Pair, scores: dict[str, Scores]) -> Scored:
    shape = pair.s1.shape[1], pair.s1.shape[2]
    return Scored(pair.name, pair.tile, pair.month, pair.biome, shape, scores, pair.place)


SIGMAS = (2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0)
"""Sigmas in pixels of the Gaussians that fill in, finest first."""
_ENOUGH = 0.1
"""Share of clear pixels under a Gaussian from which on it is trusted fully."""
_RIDGE = 30.0
"""Weight of the ridge in pixels, on standardised features."""
_LOOKS = (1.0, 3.0)
"""Sigmas in pixels of the radar's local means that the regression sees."""
MAX_BIHARMONIC = 40_000
"""Maximum number of pixels that biharmonic inpainting solves for: its system of equations grows to
gigabytes."""


def fill_in(image: Array, clear: Mask) -> Array:
    """Return an image with what is not clear filled in by normalised convolution.

    Multi-scale (Knutsson and Westin 1993): each pixel by the finest Gaussian that sees enough clear
    pixels, the rest by coarser ones.

    Args:
        image: (C, H, W).
        clear: (H, W) pixels to fill in from; at least one.
    """
    values = np.where(clear, image, 0.0).astype(np.float64)
    weight = clear.astype(np.float64)
    result, left = np.zeros_like(values), np.ones_like(weight)
    for sigma in SIGMAS:
        share = gaussian_filter(weight, sigma, mode="constant")
        is_last = sigma == SIGMAS[-1]
        trust = left if is_last else left * np.minimum(share / _ENOUGH, 1.0)
        # Beyond the reach of the coarsest Gaussian (3 sigma and more) stands the clear mean.
        near = share > 1e-12
        safe = np.where(near, share, 1.0)
        for band, plane in enumerate(values):
            mean = float(plane.sum() / weight.sum())
            smooth = gaussian_filter(plane, sigma, mode="constant")
            result[band] += trust * np.where(near, smooth / safe, mean)
        left = left - trust
    return np.where(clear, image, result).astype(np.float32)


def inpaint_biharmonic(image: Array, clear: Mask) -> Array | None:
    """Return an image with what is not clear inpainted by scikit-image's biharmonic equation.

    Args:
        image: (C, H, W); finite where it is clear.
        clear: (H, W) pixels that stay.

    Returns:
        None if there are more than `MAX_BIHARMONIC` pixels to solve for.
    """
    if np.count_nonzero(~clear) > MAX_BIHARMONIC:
        return None
    # Imported lazily: it takes a second.
    from skimage.restoration import inpaint_biharmonic as inpaint

    filled = inpaint(np.where(clear, image, 0.0).astype(np.float64), ~clear, channel_axis=0)
    return np.where(clear, image, filled).astype(np.float32)


def move_locally(image: Array, optical: Array, clear: Mask) -> Array:
    """Return an image (C, H, W) plus its difference to the clear pixels, filled in."""
    gap = np.where(clear, optical - image, 0.0).astype(np.float32)
    return image + fill_in(gap, clear)


def regress(s1: Array, image: Array, optical: Array, clear: Mask) -> Array:
    """Return a ridge regression of the optical image on radar and a generated image.

    It is fitted to the clear pixels of the image itself.

    Args:
        s1: (2, H, W) dB.
        image: (C, H, W) DN.
        optical: (C, H, W) DN; finite where it is clear.
        clear: (H, W) pixels to fit to.
    """
    looks = [blurred(s1.astype(np.float64), sigma) for sigma in _LOOKS]
    features = np.concatenate([*looks, np.sqrt(np.maximum(image, 0.0))])
    valid = np.isfinite(features).all(axis=0)
    mean = features[:, valid].mean(axis=1)[:, None]
    spread = features[:, valid].std(axis=1)[:, None] + 1e-6
    standard = np.nan_to_num((features.reshape(len(features), -1) - mean) / spread)
    design: Doubles = np.concatenate([np.ones((1, standard.shape[1])), standard])
    fitted = design[:, (clear & valid).ravel()]
    ridge = np.diag([1e-3] + [_RIDGE] * len(standard))
    target = optical[:, clear & valid].astype(np.float64)
    weights = np.linalg.solve(fitted @ fitted.T + ridge, fitted @ target.T)
    predicted = (weights.T @ design).reshape(image.shape)
    return np.where(valid, predicted, np.nan).astype(np.float32)
