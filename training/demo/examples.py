"""Training data of stages 2 and 3: pairs with the images of the previous stages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor

from gac_core.band_statistics import OUTPUT_INDEX
from gac_core.networks.loading import Models
from gac_core.networks.refiner import Metadata
from gac_core.tiling.arrays import all_stages, run_stage
from training.demo.build import Build
from training.demo.generator import fold_file
from training.demo.landscape import Array
from training.demo.pairs import FOLDS, WINDOW, Pair, fold_of, jitter_radar, rotate_and_mirror
from training.scores.gains import Gains, real_cfog, score_against

_NO_MONTH, _NO_BIOME = 0.15, 0.4
"""Shares of training windows with hidden month and with hidden biome."""


@dataclass(frozen=True)
class Windows:
    """Windows of several pairs.

    Attributes:
        s1: (B, 2, H, W) dB.
        s2: (B, 12, H, W) DN; NaN in bands that a pair lacks.
        opt_v1: (B, 12, H, W) DN.
        opt_v2: (B, 12, H, W) DN; opt_v1 before stage 2 is trained.
        month: (B,).
        biome: (B,).
    """

    s1: Tensor
    s2: Tensor
    opt_v1: Tensor
    opt_v2: Tensor
    month: Tensor
    biome: Tensor

    def __len__(self) -> int:
        return len(self.s1)

    def at(self, index: Tensor) -> Windows:
        """Return the windows at some indices."""
        return Windows(*(getattr(self, f.name)[index] for f in fields(self)))

    @property
    def target(self) -> Tensor:
        """Output bands of the real or simulated image, (B, 4, H, W) DN."""
        return self.s2[:, OUTPUT_INDEX]

    @property
    def metadata(self) -> Metadata:
        """Month and biome, without the place, which would be memorised."""
        nowhere = torch.full((len(self), 2), torch.nan)
        return Metadata(self.month, self.biome, nowhere)


@dataclass(frozen=True)
class Example:
    """Pair with the images of stages that have not seen its place.

    Attributes:
        pair: The pair.
        opt_v1: (12, H, W) DN.
        opt_v2: (12, H, W) DN; opt_v1 before stage 2 is trained.
    """

    pair: Pair
    opt_v1: Array
    opt_v2: Array

    def window(self, row: int, col: int) -> list[Array]:
        """Return radar, image, opt_v1 and opt_v2 of a window."""
        here = (..., slice(row, row + WINDOW), slice(col, col + WINDOW))
        images = (self.pair.s1, self.pair.s2, self.opt_v1, self.opt_v2)
        return [image[here] for image in images]


def draw(
    examples: Sequence[Example],
    rng: np.random.Generator,
    count: int,
    real: float,
) -> Windows:
    """Return random augmented windows, with month and biome hidden at random.

    Args:
        examples: Real and simulated examples.
        rng: Random generator.
        count: Number of windows.
        real: Share of real windows. The more pairs a tile has, the less often each is drawn.
    """
    tiles = Counter(example.pair.tile for example in examples if example.pair.real)
    weight = np.array(
        [tiles[e.pair.tile] ** -0.5 if e.pair.real else 0.0 for e in examples], np.float64
    )
    simulated = np.flatnonzero(weight == 0)
    images_cut, chosen = [], []
    for _ in range(count):
        if rng.random() < real or not len(simulated):
            example = examples[rng.choice(len(examples), p=weight / weight.sum())]
        else:
            example = examples[rng.choice(simulated)]
        height, width = example.pair.s1.shape[1:]
        row, col = rng.integers(height - WINDOW + 1), rng.integers(width - WINDOW + 1)
        images = rotate_and_mirror(
            example.window(row, col), int(rng.integers(4)), rng.random() < 0.5
        )
        images_cut.append([jitter_radar(images[0], rng), *images[1:]])
        chosen.append(example)
    windows = _stacked(chosen, images_cut)
    # Neighbouring months are similar, so the month is jittered by one.
    jitter = torch.from_numpy(rng.integers(-1, 2, count))
    month = torch.where(windows.month > 0, (windows.month - 1 + jitter) % 12 + 1, 0)
    month = month * torch.from_numpy(rng.random(count) >= _NO_MONTH)
    biome = windows.biome * torch.from_numpy(rng.random(count) >= _NO_BIOME)
    return replace(windows, month=month, biome=biome)


def corners(examples: Iterable[Example]) -> Windows:
    """Return the four corners of each example, undisturbed."""
    cut, chosen = [], []
    for example in examples:
        height, width = example.pair.s1.shape[1:]
        for row in (0, height - WINDOW):
            for col in (0, width - WINDOW):
                cut.append(example.window(row, col))
                chosen.append(example)
    return _stacked(chosen, cut)


def _stacked(examples: Sequence[Example], images: Sequence[Sequence[Array]]) -> Windows:
    s1, s2, opt_v1, opt_v2 = (
        torch.from_numpy(np.stack(kind)) for kind in zip(*images, strict=True)
    )
    return Windows(
        s1=s1,
        s2=s2,
        opt_v1=opt_v1,
        opt_v2=opt_v2,
        month=torch.tensor([e.pair.month for e in examples]),
        biome=torch.tensor([e.pair.biome for e in examples]),
    )


def make_opt_v1(build: Build) -> None:
    """Compute stage 1 of every pair, each by a generator that has not seen its tile."""
    bundle = build.models()
    for fold in range(FOLDS):
        models = build.models(generator=fold_file(fold))
        unseen = [pair for pair in build.train if fold_of(pair.tile) == fold]
        unseen += build.simulated_later[fold::FOLDS]
        _compute(build, f"opt_v1_{fold}", unseen, models, stage=1)
    _compute(build, "opt_v1_stop", build.stop, bundle, stage=1)


def make_opt_v2(build: Build, refiner_of: Callable[[int | None], Models]) -> None:
    """Compute stage 2 of every pair, each by a refiner that has not seen its tile.

    Args:
        build: Build folder.
        refiner_of: Returns the networks with a fold's refiner; for None with the bundle's.
    """
    for fold in range(FOLDS):
        examples = read_examples(build, fold)
        _compute(build, f"opt_v2_{fold}", examples, refiner_of(fold), stage=2)
    _compute(build, "opt_v2_stop", read_examples(build, None), refiner_of(None), stage=2)


def read_examples(build: Build, fold: int | None) -> list[Example]:
    """Return a fold's examples; for None those of the stop tiles."""
    if fold is None:
        pairs = build.stop
    else:
        pairs = [pair for pair in build.train if fold_of(pair.tile) == fold]
        pairs = [*pairs, *build.simulated_later[fold::FOLDS]]
    name = "stop" if fold is None else str(fold)
    first = load_file(build.folder / f"opt_v1_{name}.safetensors")
    later = build.folder / f"opt_v2_{name}.safetensors"
    second = load_file(later) if later.exists() else first
    return [
        Example(p, *(images[p.name].float().numpy() for images in (first, second))) for p in pairs
    ]


def training_examples(build: Build) -> list[Example]:
    """Return the examples of all folds."""
    return [example for fold in range(FOLDS) for example in read_examples(build, fold)]


def _compute(
    build: Build, name: str, items: Sequence[Pair] | Sequence[Example], models: Models, stage: int
) -> None:
    """Compute a stage over whole images as in a run, and store them in half precision."""
    file = f"{name}.safetensors"
    if build.has(file):
        return
    images: dict[str, Tensor] = {}
    steps = (models.bundle.sampling.steps(3), 1)
    for one in items:
        pair = one if isinstance(one, Pair) else one.pair
        stages = all_stages(models, "S1GRD", pair.month, pair.biome, None, steps)
        inputs = {"s1": pair.s1}
        if isinstance(one, Example):
            inputs["opt_v1"] = one.opt_v1
        image = run_stage(stages[stage - 1], models.bundle.window, inputs)
        images[pair.name] = torch.from_numpy(image).clamp(1, 30_000).half()
        if len(images) % 20 == 0:
            print(f"{name}: {len(images)} of {len(items)}")
    build.save(file, images)


class StageGains:
    """Gains of a stage over the previous one.

    Args:
        stage: 2 or 3.
        windows: Windows of the stop tiles.
        before: Images (N, 4, H, W) in DN of the previous stage.
    """

    def __init__(self, stage: int, windows: Windows, before: Tensor) -> None:
        self._stage = stage
        self._s1 = windows.s1.numpy()
        self._real = windows.target.double().numpy()
        self._levels = [real_cfog(*pair) for pair in zip(self._s1, self._real, strict=True)]
        self._before = self._scores(before)

    def gains(self, after: Tensor) -> Gains:
        """Return the gains of images (N, 4, H, W) in DN; unchanged images are worth 0."""
        return Gains.of(self._stage, self._before, self._scores(after))

    def _scores(self, images: Tensor) -> list[dict[str, float]]:
        written = torch.round(images.clamp(1, 65535)).double().numpy()
        each = zip(self._s1, written, self._real, self._levels, strict=True)
        return [score_against(*one) for one in each]
