"""Baselines without a network: images from a few fitted numbers.

The dataset mean and a per-pixel regression are compared with stage 1, opt_v2 plus radar detail with
stage 3. Blurs of opt_v1 and opt_v2 are searched for too: a stage that does not beat them adds no
more than a blur.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from gac_core.bundles.bundle import WindowSpec
from gac_core.bundles.findings import PARTS
from gac_core.contract.errors import BundleError
from gac_core.contract.message import Message
from gac_core.networks.loading import Models
from gac_core.networks.terramind import TerraMindShape
from gac_core.stages.base import Array
from training.data.files import as_tile
from training.data.pair import Pair, PairSource, touching
from training.data.split import History
from training.evaluation.chain import (
    OPT_NAMES,
    Setting,
    as_written,
    optical_of,
    read_pairs,
    rejection_reason,
    run_pair,
    valid_of,
)
from training.evaluation.learned_baselines import (
    KINDS,
    BaselinePairs,
    BaselineSettings,
    Translator,
    load_or_train,
    translate,
)
from training.evaluation.selection import Selection, spread_over_tiles
from training.scores.pixels import Doubles, blurred, psnr

MEAN, REGRESSION = "dataset mean", "per-pixel regression"
PRINT = "opt_v2 + radar detail"
DETAIL = 8.0
"""Sigma in pixels of the local mean subtracted from the radar before it is added to opt_v2: half a
TerraMind token. opt_v2 already holds coarser detail; its tokens lost finer detail."""
MAX_PRINT_PAIRS = 32
"""Maximum number of training pairs whose opt_v2 is computed for the eight coefficients."""
MAX_SECONDS = 180.0
"""Maximum duration in seconds of that."""
MAX_TRAIN, MAX_STOP = 2000, 200
"""Maximum number of training and stop pairs of baselines, from as many tiles as possible: small
baselines learn nothing more from BigEarthNet's hundreds of thousands."""

FLAT = math.inf
"""Sigma of the blur that leaves only an image's mean colour."""
SIGMAS = (0.5, 1, 1.5, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, FLAT)
"""Sigmas in pixels, dense enough for linear interpolation."""
BLURRED = OPT_NAMES[:2]
"""Images that are blurred."""
CHOICE = Message(
    "How far an image is blurred was chosen on the judged images themselves, by their mean PSNR. "
    "That favours the blur: it is a generous rival."
)

NO_BLUR_REACHES = "No blur of opt_v1 reaches the mean PSNR of opt_v2, {} dB."
"""Template of a note."""
FROM_CARD = Message(
    "The dataset mean and the regression come from the bundle's card: the data holds no pairs that "
    "trained it."
)
NO_BASELINES = Message(
    "There are no baselines: neither does the data hold pairs that trained the bundle, nor does "
    "its card bring them (--baseline-data-dir names other data)."
)
NOT_TRAINED = Message("UNet-L1 and pix2pix were not trained: there are no training pairs.")
NOT_FITTED = Message("“{}” is left out: there are no training pairs to fit it on.", PRINT)


@dataclass(frozen=True)
class Baselines:
    """Dataset mean and per-pixel regression, fitted on the bundle's training pairs.

    Attributes:
        mean: Mean (4,) DN.
        weights: Coefficients (4, 3) of VV, VH (dB) and 1.
    """

    mean: Array
    weights: Array

    @classmethod
    def fit(cls, pairs: Iterable[Pair]) -> Baselines | None:
        """Fit by least squares over all pixels valid in both images; return None without any."""
        gram, cross, total, count = np.zeros((3, 3)), np.zeros((3, 4)), np.zeros(4), 0
        for pair in pairs:
            if rejection_reason(pair):
                continue
            valid = valid_of(pair)
            radar = _with_one(pair.s1[:, valid].astype(np.float64))
            optical = optical_of(pair)[:, valid].astype(np.float64)
            gram += radar @ radar.T
            cross += radar @ optical.T
            total += optical.sum(axis=1)
            count += optical.shape[1]
        if not count:
            return None
        weights, *_ = np.linalg.lstsq(gram, cross, rcond=None)
        return cls((total / count).astype(np.float32), weights.T.astype(np.float32))

    def images(self, s1: Array) -> dict[str, Array]:
        """Return both baselines' images (4, H, W) of a radar image (2, H, W); NaN stays."""
        height, width = s1.shape[1:]
        regressed = (self.weights @ _with_one(s1.reshape(2, -1))).reshape(4, height, width)
        constant = np.broadcast_to(self.mean[:, None, None], regressed.shape).astype(np.float32)
        finite = np.isfinite(s1).all(axis=0)
        return {
            name: np.where(finite, image, np.float32(np.nan))
            for name, image in ((MEAN, constant), (REGRESSION, regressed.astype(np.float32)))
        }

    def to_card(self) -> dict[str, Any]:
        """Return the card entry `training.baselines`."""
        return {
            "mean": [round(float(value), 3) for value in self.mean],
            "regression": [[round(float(value), 5) for value in row] for row in self.weights],
        }

    @classmethod
    def from_card(cls, card: Mapping[str, Any]) -> Baselines | None:
        """Return the baselines of a card, or None if it has none.

        Raises:
            BundleError: If they do not hold four means and four times three weights.
        """
        values = (card.get("training") or {}).get("baselines")
        if values is None:
            return None
        try:
            mean = np.asarray(values["mean"], np.float32)
            weights = np.asarray(values["regression"], np.float32)
            if mean.shape != (4,) or weights.shape != (4, 3):
                raise ValueError(f"shapes {mean.shape} and {weights.shape}")
        except (KeyError, TypeError, ValueError) as error:
            raise BundleError(
                Message(
                    "The baselines in the card of bundle {} are no baselines: {}.",
                    repr(card.get("name")),
                    error,
                ),
                Message(
                    "training.baselines holds mean (4 numbers) and regression (4 times VV, VH, 1)."
                ),
                problem="baselines-wrong",
            ) from error
        return cls(mean, weights)


@dataclass(frozen=True)
class RadarPrint:
    """opt_v2 plus radar detail: the simplest way to edges that agree with the radar.

    Each band is opt_v2 + c_VV·(VV − its local mean) + c_VH·(VH − its local mean): eight
    coefficients.

    Attributes:
        weights: (4, 2) DN per dB.
    """

    weights: Array

    @classmethod
    def fit(cls, pairs: Iterable[tuple[Pair, Array]]) -> RadarPrint | None:
        """Fit the coefficients by least squares; return None without valid pixels.

        Args:
            pairs: Training pairs, each with its opt_v2 (4, H, W) in DN.
        """
        gram, cross = np.zeros((2, 2)), np.zeros((2, 4))
        for pair, opt_v2 in pairs:
            valid = valid_of(pair) & np.isfinite(opt_v2).all(axis=0)
            detail = _detail(pair.s1)[:, valid]
            gram += detail @ detail.T
            cross += detail @ (optical_of(pair) - opt_v2)[:, valid].astype(np.float64).T
        if not gram.any():
            return None
        weights, *_ = np.linalg.lstsq(gram, cross, rcond=None)
        return cls(weights.T.astype(np.float32))

    def image(self, s1: Array, opt_v2: Array) -> Array:
        """Return the image (4, H, W) DN of a radar image (2, H, W) dB and its opt_v2."""
        printed = np.einsum("bp,phw->bhw", self.weights, _detail(s1))
        return (opt_v2 + printed).astype(np.float32)


def _detail(s1: Array) -> Doubles:
    return s1.astype(np.float64) - blurred(s1.astype(np.float64), DETAIL)


def _with_one(radar: Array) -> Array:
    return np.concatenate([radar, np.ones_like(radar[:1])])


@dataclass
class FittedBaselines:
    """Fitted baselines.

    Attributes:
        simple: Mean image and regression; None: no pairs to fit them on.
        learned: Trained networks by name.
        notes: Origin of the baselines, for readers.
        train: Indices of the pairs they were fitted on.
    """

    simple: Baselines | None
    learned: dict[str, Translator] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    train: list[int] = field(default_factory=list)

    def images(
        self, pair: Pair, spec: WindowSpec, device: torch.device
    ) -> tuple[dict[str, Array], dict[str, float]]:
        """Return the images (4, H, W) DN of a pair's radar, and the seconds of the learned ones."""
        images = {} if self.simple is None else self.simple.images(pair.s1)
        seconds = {}
        for name, network in self.learned.items():
            start = time.perf_counter()
            images[name] = translate(network, pair.s1, pair.modality, spec, device)
            seconds[name] = time.perf_counter() - start
        return {name: as_written(image) for name, image in images.items()}, seconds


def fit_baselines(
    card: Mapping[str, Any],
    source: PairSource,
    evaluated: Selection,
    settings: BaselineSettings | None,
    cache: Path | None,
    device: torch.device,
    say: Callable[[str], None],
) -> FittedBaselines:
    """Return baselines fitted on the bundle's training pairs, or those in its card.

    Args:
        card: The bundle's card; its training tiles are used, or, if it names none, all tiles that
            are not judged.
        source: Pairs, including training pairs.
        evaluated: Selection to judge: its tiles and pairs that touch it never train a baseline.
        settings: Training settings of the learned baselines; None: no learned baselines.
        cache: Folder of trained baselines.
        device: Training device.
        say: Callback for progress messages.
    """
    history = History.of(card)
    tiles = [as_tile(tile) for tile in source.tiles]
    train_tiles = history.tiles("train") or set(tiles) - history.tiles("val")
    skipped: list[str] = []

    def usable(wanted: set[str], most: int) -> list[int]:
        free = wanted - evaluated.tiles
        candidates = [i for i, tile in enumerate(tiles) if tile in free]
        chosen = spread_over_tiles(tiles, candidates, most)
        # Only for the chosen pairs: a footprint may require opening a file, and there may be
        # 500,000.
        near = set(touching([source.footprint(i) for i in chosen], evaluated.footprints))
        apart = [i for place, i in enumerate(chosen) if place not in near]
        return [i for i, _ in read_pairs(source, apart, skipped)]

    train, stop = usable(train_tiles, MAX_TRAIN), usable(history.tiles("val"), MAX_STOP)
    if not train:
        from_card = Baselines.from_card(card)
        notes: list[str] = [FROM_CARD if from_card else NO_BASELINES]
        if settings is not None:
            notes.append(NOT_TRAINED)
        return FittedBaselines(from_card, notes=notes)
    fitted = Baselines.fit(pair for _, pair in read_pairs(source, train, skipped))
    count = len({tiles[i] for i in train})
    notes = [
        Message("Baselines were fitted on {} real pairs of {} training tiles.", len(train), count)
    ]
    learned: dict[str, Translator] = {}
    if settings is not None:
        pairs = BaselinePairs(source, train, stop)
        for kind in KINDS:
            learned[kind] = load_or_train(kind, pairs, settings, cache, device, say)
    return FittedBaselines(fitted, learned, notes, train)


def fit_radar_print(
    models: Models,
    source: PairSource,
    train: Sequence[int],
    setting: Setting,
    say: Callable[[str], None],
) -> tuple[RadarPrint | None, str]:
    """Fit the eight coefficients of opt_v2 plus radar detail on training pairs.

    Skipped if computing opt_v2 of the pairs would take longer than `MAX_SECONDS`.

    Args:
        models: Networks of the bundle.
        source: Pairs, including training pairs.
        train: Indices of the training pairs; at most `MAX_PRINT_PAIRS` of as many tiles as possible
            are used.
        setting: Settings of the stages.
        say: Callback for progress messages.

    Returns:
        The coefficients, or None, and a sentence on them.
    """
    chosen = spread_over_tiles(source.tiles, train, MAX_PRINT_PAIRS)
    modalities = TerraMindShape.from_dict(models.bundle.terramind).modalities
    samples: list[tuple[Pair, Array]] = []
    start = time.perf_counter()
    for _, pair in read_pairs(source, chosen, [], modalities):
        samples.append((pair, run_pair(models, pair, setting, last=2).as_written()["opt_v2"]))
        # The first pair includes warm-up.
        if len(samples) == 2 and (time.perf_counter() - start) / 2 * len(chosen) > MAX_SECONDS:
            return None, Message(
                "“{}” is left out: opt_v2 of {} training pairs would take more than {} minutes "
                "here.",
                PRINT,
                len(chosen),
                f"{MAX_SECONDS / 60:.0f}",
            )
    fitted = RadarPrint.fit(samples)
    if fitted is None:
        return None, NOT_FITTED
    say(f"the radar's detail: eight constants of {len(samples)} training pairs")
    return fitted, Message(
        "“{}” is opt_v2 with VV and VH, each less its mean within {} px, added by eight constants "
        "that were fitted on {} training pairs.",
        PRINT,
        f"{DETAIL:g}",
        len(samples),
    )


@dataclass(frozen=True)
class Blur:
    """Blur of a stage's image.

    Attributes:
        image: `opt_v1` or `opt_v2`.
        sigma: Sigma of the Gaussian in pixels; infinite: the image's mean colour everywhere.
    """

    image: str
    sigma: float

    @property
    def name(self) -> str:
        """Name in tables and sentences."""
        if self.sigma == FLAT:
            return Message(PARTS["mean-colour"], self.image)
        return Message(PARTS["blurred"], self.image, f"{self.sigma:g}")

    def apply(self, image: Array) -> Array:
        """Return an image (4, H, W) DN blurred, as a run would write it; NaN stays."""
        if self.sigma == FLAT:
            return as_written(flat(image))
        return as_written(blurred(image.astype(np.float64), self.sigma).astype(np.float32))


@dataclass(frozen=True)
class Choice:
    """Blurs chosen on the judged images.

    Attributes:
        best: Blur with the highest mean PSNR, by image.
        equal: Blur of opt_v1 whose mean PSNR equals opt_v2's; None: no blur reaches it, or none is
            needed.
        notes: Sentences on both for readers.
    """

    best: dict[str, Blur]
    equal: Blur | None
    notes: list[str]

    @property
    def blurs(self) -> list[Blur]:
        """All distinct blurs and opt_v1's mean colour."""
        named = [*self.best.values(), *([self.equal] if self.equal else [])]
        return list(dict.fromkeys([Blur("opt_v1", FLAT), *named]))


class BlurSearch:
    """Search over the PSNR of every blur of every judged image.

    The images are kept in memory until the choice is made, as integer DN: 0.2 MB for a pair of 120
    px.
    """

    def __init__(self) -> None:
        self._plain: dict[str, list[float]] = {name: [] for name in BLURRED}
        self._scores: dict[str, list[list[float]]] = {name: [] for name in BLURRED}
        self._images: dict[int, dict[str, NDArray[np.uint16]]] = {}

    @property
    def indices(self) -> list[int]:
        """Indices of the added pairs, in order."""
        return list(self._images)

    def add(self, index: int, pair: Pair, images: Mapping[str, Array]) -> None:
        """Score the blurs of a pair's images, and keep the images.

        Args:
            index: Index of the pair in its source.
            pair: Pair with the real image.
            images: (4, H, W) DN as written, including `opt_v1` and `opt_v2`.
        """
        real, valid = optical_of(pair), valid_of(pair)
        for name in BLURRED:
            image = images[name]
            self._plain[name].append(psnr(image, real, valid))
            self._scores[name].append(
                [psnr(Blur(name, sigma).apply(image), real, valid) for sigma in SIGMAS]
            )
        # A written image never holds 0.
        self._images[index] = {
            name: np.nan_to_num(images[name], nan=0).astype(np.uint16) for name in BLURRED
        }

    def blurred(self, index: int, blur: Blur) -> Array:
        """Return the blurred image (4, H, W) DN of an added pair."""
        stored = self._images[index][blur.image]
        return blur.apply(np.where(stored == 0, np.float32(np.nan), stored.astype(np.float32)))

    def choose(self) -> Choice:
        """Return the blurs with the highest mean PSNR, and the one that equals opt_v2."""
        means = {name: np.mean(rows, axis=0).tolist() for name, rows in self._scores.items()}
        best = {name: Blur(name, SIGMAS[int(np.argmax(row))]) for name, row in means.items()}
        plain = {name: float(np.mean(values)) for name, values in self._plain.items()}
        target = plain["opt_v2"]
        sigma = smallest_sigma(means["opt_v1"], target, plain["opt_v1"])
        notes = [
            Message(
                "{} is the best blur of {}: mean PSNR {} dB, {} itself {} dB.",
                blur.name,
                name,
                f"{max(means[name]):.2f}",
                name,
                f"{plain[name]:.2f}",
            )
            for name, blur in best.items()
        ]
        equal = None if sigma is None or sigma == 0 else Blur("opt_v1", sigma)
        if equal is not None:
            notes.append(
                Message("{} has the mean PSNR of opt_v2, {} dB.", equal.name, f"{target:.2f}")
            )
        elif sigma is None:
            notes.append(Message(NO_BLUR_REACHES, f"{target:.2f}"))
        return Choice(best, equal, [*notes, CHOICE])


def smallest_sigma(scores: Sequence[float], target: float, plain: float) -> float | None:
    """Return the smallest sigma that reaches a PSNR, interpolated linearly between `SIGMAS`.

    Args:
        scores: PSNR at each of `SIGMAS`.
        target: PSNR to reach.
        plain: PSNR without a blur.

    Returns:
        Pixels to a tenth; 0 if no blur is needed; None if none reaches the target.
    """
    if plain >= target:
        return 0.0
    steps = list(zip((0.0, *SIGMAS), (plain, *scores), strict=True))
    for (low, before), (high, after) in pairwise(steps):
        if after >= target:
            if high == FLAT:
                return FLAT
            share = (target - before) / (after - before)
            return max(0.1, round(low + share * (high - low), 1))
    return None


def flat(image: Array) -> Array:
    """Return an image (4, H, W) of the mean colour over the known pixels; NaN stays."""
    finite = np.isfinite(image)
    mean = np.mean(image, axis=(1, 2), keepdims=True, where=finite, dtype=np.float64)
    return np.where(finite, mean, np.nan).astype(np.float32)
