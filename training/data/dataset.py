"""Samples of one size from pairs, reproducible for any order and any workers."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch.utils.data import Dataset

from gac_core.tiling.layout import fill_holes
from training.data.augment import MULTIPLE, cut, draw_cut, inside
from training.data.checked import OnBad
from training.data.errors import DataError
from training.data.pair import Array, Pair
from training.data.source import PairSource
from training.data.stage1 import Stage1Outputs

NOWHERE = float("nan"), float("nan")
"""Place of a sample whose location is unknown."""

Sample = dict[str, Any]
"""`s1` (2, c, c) float32 dB, finite; `s2` (12, c, c) float32 DN, 0 where unknown; `bands` (12,)
bool, True if the source has the band; `valid` (c, c) bool, False on padding and nodata; `month` and
`biome` int64; `place` (2,) float32, latitude and longitude in degrees, NaN where unknown; `name`
str; `modality` str, the radar's; with stage 1 `opt_v1` (12, c, c) float32 DN, 0 where unknown."""

Key = tuple[int, int]
"""Epoch and index of the sample in the dataset."""

log = logging.getLogger(__name__)


class PairDataset(Dataset[Sample]):
    """Samples of pairs.

    Randomness depends only on the seed, the epoch and the sample's index: workers, batches and
    resuming change nothing.

    Args:
        source: Source of the pairs.
        indices: Indices of the pairs to use.
        crop: Side of a sample in pixels, a multiple of 32. Smaller images are padded by reflection,
            larger ones are cropped: at random with `augment`, else at the centre.
        augment: Draw random crops, quarter turns and mirroring.
        seed: Seed of the randomness.
        stage1: Stage-1 images of the pairs.
        on_bad: Action on a bad pair: `stop`, or `skip` to the next good one with a warning. Without
            `augment`, the substitute has no valid pixels, so that each pair is judged once.

    Raises:
        DataError: If `crop` is not a multiple of 32 or there are no pairs.
    """

    def __init__(
        self,
        source: PairSource,
        indices: Sequence[int],
        *,
        crop: int,
        augment: bool,
        seed: int,
        stage1: Stage1Outputs | None = None,
        on_bad: OnBad = "stop",
    ) -> None:
        if crop <= 0 or crop % MULTIPLE:
            raise DataError(
                f"Samples cannot be {crop} pixels wide.", f"Give a multiple of {MULTIPLE}."
            )
        if not indices:
            raise DataError(
                "There are no pairs to learn from or to judge by.",
                "See that each role has tiles; with few tiles, fix their roles.",
            )
        self.source = source
        self.indices = list(indices)
        self.crop = crop
        self.augment = augment
        self.seed = seed
        self.stage1 = stage1
        self.on_bad = on_bad

    def __len__(self) -> int:
        return len(self.indices)

    def __getitem__(self, key: Key | int) -> Sample:
        """Return the sample of an (epoch, index); an index alone means epoch 0."""
        epoch, number = (0, key) if isinstance(key, int) else key
        if not 0 <= number < len(self):
            raise IndexError(number)
        if self.on_bad == "stop":
            return self._sample(epoch, number, number)
        for step in range(len(self)):
            other = (number + step) % len(self)
            try:
                sample = self._sample(epoch, number, other)
                if step and not self.augment:
                    sample["valid"] = torch.zeros_like(sample["valid"])
                return sample
            except DataError as error:
                log.warning("%s is left out. %s", self.source.names[self.indices[other]], error)
        raise DataError("Not one pair is good.", "Look at what was said of each of them.")

    def __getitems__(self, keys: list[Key]) -> list[Sample] | DataError:
        """Return a batch's samples for a loader, or the error of one of them.

        A worker would turn an exception into a traceback in a message; returned as a value it keeps
        its text. `loaders` raises it.
        """
        try:
            return [self[key] for key in keys]
        except DataError as error:
            return error

    def _sample(self, epoch: int, number: int, where: int) -> Sample:
        pair = self.source.read(self.indices[where])
        opt_v1 = None if self.stage1 is None else self.stage1.read_for(pair.name, pair.s1)
        generator = np.random.default_rng((self.seed, epoch, number)) if self.augment else None
        return make_sample(pair, self.crop, opt_v1, generator)


def make_sample(
    pair: Pair,
    crop: int,
    opt_v1: Array | None = None,
    generator: np.random.Generator | None = None,
) -> Sample:
    """Return a pair as a sample.

    Args:
        pair: The pair.
        crop: Side of the sample.
        opt_v1: (12, H, W) DN, stage-1 image of the pair.
        generator: Generator of the crop, rotation and mirroring; None: the centre as it is.

    Raises:
        DataError: If the stage-1 image has another size.
    """
    height, width = pair.s1.shape[1:]
    if opt_v1 is not None and opt_v1.shape[1:] != (height, width):
        raise DataError(
            f"Stage 1's image of {pair.name} is {opt_v1.shape[1]}×{opt_v1.shape[2]} pixels, the "
            f"pair {height}×{width}.",
            "It is of another pair with that name: precompute stage 1 for this data.",
        )
    how = draw_cut(height, width, crop, generator)
    # Holes in the radar are filled as in the engine: the networks do not handle nodata.
    s1 = fill_holes(pair.s1, np.asarray(np.isfinite(pair.s1).all(0)))
    valid = pair.valid
    if opt_v1 is not None:
        valid = valid & np.isfinite(opt_v1).all(0)
    sample: Sample = {
        "s1": torch.from_numpy(cut(s1, how)),
        "s2": torch.from_numpy(np.nan_to_num(cut(pair.s2, how), nan=0.0)),
        "bands": torch.tensor(pair.bands),
        "valid": torch.from_numpy(cut(valid, how) & inside(height, width, how)),
        "month": torch.tensor(pair.month),
        "biome": torch.tensor(pair.biome),
        "place": torch.tensor(pair.place or NOWHERE, dtype=torch.float32),
        "name": pair.name,
        "modality": pair.modality,
    }
    if opt_v1 is not None:
        sample["opt_v1"] = torch.from_numpy(np.nan_to_num(cut(opt_v1, how), nan=0.0))
    return sample
