"""Samples of one size from pairs, in batches, the same whoever asks for them and when."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeVar, cast

import numpy as np
import numpy.typing as npt
import torch
from torch.utils.data import DataLoader, Dataset, Sampler, default_collate

from gac_core.contract.message import Message
from gac_core.process import ChildContext
from gac_core.tiling.tiles import fill_holes
from training.data.checks import OnBad
from training.data.pair import Array, DataError, Pair, PairSource
from training.data.references import References
from training.data.stage1_outputs import Stage1Outputs

T = TypeVar("T", bound=np.generic)
MULTIPLE = 32
"""Divisor of sample sides: TerraMind's decoder halves an image of 16-pixel tokens once, and Prithvi
accepts 32 as well."""

UNKNOWN_PLACE = float("nan"), float("nan")
"""Place of a sample whose location is unknown."""
Sample = dict[str, Any]
"""`s1` (2, c, c) float32 dB, finite; `s2` (12, c, c) float32 DN, 0 where unknown; `bands` (12,)
bool, True if the source has the band; `valid` (c, c) bool, False on padding and nodata; `month` and
`biome` int64; `place` (2,) float32, latitude and longitude in degrees, NaN where unknown; `name`
str; `modality` str, the radar's; with stage 1 `opt_v1` (12, c, c) float32 DN, 0 where unknown;
with references `observed` (c, c) bool, pixels of opt_v1 that were observed, and `fitted` bool, True
if a reference was fused into it."""
Key = tuple[int, int]
"""Epoch and index of the sample in the dataset."""
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Transform:
    """Geometric transform shared by all images of a pair.

    Attributes:
        side: Height and width of the result.
        row: First row if the image is higher than that.
        col: First column if it is wider.
        quarter_turns: Quarter turns, anticlockwise.
        mirror: Swap left and right after the turns.
    """

    side: int
    row: int = 0
    col: int = 0
    quarter_turns: int = 0
    mirror: bool = False


def draw_transform(
    height: int, width: int, side: int, generator: np.random.Generator | None = None
) -> Transform:
    """Return a centred transform, or with a generator a random place, rotation and mirroring."""
    spare = max(height - side, 0), max(width - side, 0)
    if generator is None:
        return Transform(side, spare[0] // 2, spare[1] // 2)
    row, col = (int(generator.integers(0, s + 1)) for s in spare)
    quarter_turns, flip = int(generator.integers(0, 4)), bool(generator.integers(0, 2))
    return Transform(side, row, col, quarter_turns, flip)


def apply_transform(image: npt.NDArray[T], transform: Transform) -> npt.NDArray[T]:
    """Return (…, side, side) of an image (…, H, W), padded by reflection where it is smaller."""
    window = image[
        ...,
        transform.row : transform.row + transform.side,
        transform.col : transform.col + transform.side,
    ]
    padded = np.pad(window, _margins(window.shape, transform.side), mode="symmetric")
    return _rotated(padded, transform)


def unpadded_mask(height: int, width: int, transform: Transform) -> npt.NDArray[np.bool_]:
    """Return the mask (side, side) of a sample without padding."""
    mask = np.ones((min(height, transform.side), min(width, transform.side)), bool)
    return _rotated(np.pad(mask, _margins(mask.shape, transform.side)), transform)


def _margins(shape: tuple[int, ...], side: int) -> list[tuple[int, int]]:
    """Return the padding on each side, split evenly."""
    return [(0, 0)] * (len(shape) - 2) + [_halves(side - n) for n in shape[-2:]]


def _halves(count: int) -> tuple[int, int]:
    return count // 2, count - count // 2


def _rotated(image: npt.NDArray[T], transform: Transform) -> npt.NDArray[T]:
    turned = np.rot90(image, transform.quarter_turns, axes=(-2, -1))
    return np.ascontiguousarray(turned[..., ::-1] if transform.mirror else turned)


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
        references: Optical references to draw for the samples; needs `stage1`. None: none.
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
        references: References | None = None,
        on_bad: OnBad = "stop",
    ) -> None:
        if crop <= 0 or crop % MULTIPLE:
            raise DataError(
                Message("Samples cannot be {} pixels wide.", crop),
                Message("Give a multiple of {}.", MULTIPLE),
                problem="crop-not-a-multiple",
            )
        if not indices:
            raise DataError(
                Message("There are no pairs to learn from or to judge by."),
                Message("See that each role has tiles; with few tiles, fix their roles."),
                problem="no-pairs",
            )
        self.source = source
        self.indices = list(indices)
        self.crop = crop
        self.augment = augment
        self.seed = seed
        self.stage1 = stage1
        self.references = references
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
        raise DataError(
            Message("Not one pair is good."),
            Message("Look at what was said of each of them."),
            problem="no-good-pair",
        )

    def __getitems__(self, keys: list[Key]) -> list[Sample] | DataError:
        """Return a batch's samples for a loader, or the error of one of them.

        A worker would turn an exception into a traceback in a message; returned as a value it keeps
        its text. `PairLoader` raises it.
        """
        try:
            return [self[key] for key in keys]
        except DataError as error:
            return error

    def _sample(self, epoch: int, number: int, where: int) -> Sample:
        index = self.indices[where]
        pair = self.source.read(index)
        opt_v1 = None if self.stage1 is None else self.stage1.read_for(pair.name, pair.s1)
        generator = np.random.default_rng((self.seed, epoch, number)) if self.augment else None
        if self.references is None or opt_v1 is None:
            return make_sample(pair, self.crop, opt_v1, generator)
        # Another stream, so that a share of 0 gives the samples of a training without references.
        rng = np.random.default_rng((self.seed, epoch, number, 1))
        fitted = self.references.fit(index, pair, opt_v1, rng)
        observed = np.zeros(pair.s1.shape[1:], bool)
        if fitted is not None:
            opt_v1, observed = fitted.image, fitted.observed
        sample = make_sample(pair, self.crop, opt_v1, generator, observed)
        sample["fitted"] = torch.tensor(fitted is not None)
        return sample


def make_sample(
    pair: Pair,
    crop: int,
    opt_v1: Array | None = None,
    generator: np.random.Generator | None = None,
    observed: npt.NDArray[np.bool_] | None = None,
) -> Sample:
    """Return a pair as a sample.

    Args:
        pair: The pair.
        crop: Side of the sample.
        opt_v1: (12, H, W) DN, stage-1 image of the pair.
        generator: Generator of the crop, rotation and mirroring; None: the centre as it is.
        observed: (H, W) pixels of opt_v1 that were observed; None: there are no references.

    Raises:
        DataError: If the stage-1 image has another size.
    """
    height, width = pair.s1.shape[1:]
    if opt_v1 is not None and opt_v1.shape[1:] != (height, width):
        raise DataError(
            Message(
                "Stage 1's image of {} is {}×{} pixels, the pair {}×{}.",
                pair.name,
                opt_v1.shape[1],
                opt_v1.shape[2],
                height,
                width,
            ),
            Message("It is of another pair with that name: precompute stage 1 for this data."),
            problem="stage1-size-differs",
        )
    how = draw_transform(height, width, crop, generator)
    # Holes in the radar are filled as in the engine: the networks do not handle nodata.
    s1 = fill_holes(pair.s1, np.asarray(np.isfinite(pair.s1).all(0)))
    valid = pair.valid
    if opt_v1 is not None:
        valid = valid & np.isfinite(opt_v1).all(0)
    sample: Sample = {
        "s1": torch.from_numpy(apply_transform(s1, how)),
        "s2": torch.from_numpy(np.nan_to_num(apply_transform(pair.s2, how), nan=0.0)),
        "bands": torch.tensor(pair.bands),
        "valid": torch.from_numpy(apply_transform(valid, how) & unpadded_mask(height, width, how)),
        "month": torch.tensor(pair.month),
        "biome": torch.tensor(pair.biome),
        "place": torch.tensor(pair.place or UNKNOWN_PLACE, dtype=torch.float32),
        "name": pair.name,
        "modality": pair.modality,
    }
    if opt_v1 is not None:
        sample["opt_v1"] = torch.from_numpy(np.nan_to_num(apply_transform(opt_v1, how), nan=0.0))
    if observed is not None:
        sample["observed"] = torch.from_numpy(apply_transform(observed, how))
    return sample


class PositionSampler(Sampler[Key]):
    """Samples of an epoch from a given batch on, in an order specific to that epoch.

    Args:
        length: Samples in the dataset.
        batch_size: Samples in a batch.
        shuffle: Draw a random order.
        seed: Seed of the order.
        share: Range of samples of each full batch to yield (start, stop); None: all.
    """

    def __init__(
        self,
        length: int,
        batch_size: int,
        *,
        shuffle: bool,
        seed: int,
        share: tuple[int, int] | None = None,
    ) -> None:
        self._length = length
        self._batch_size = batch_size
        self._shuffle = shuffle
        self._seed = seed
        self._share = share
        self._epoch = 0
        self._done = 0

    def set_position(self, epoch: int, batches_done: int = 0) -> None:
        """Set the epoch of the next pass, and the number of its first batches to skip."""
        self._epoch, self._done = epoch, batches_done * self._batch_size

    def __len__(self) -> int:
        count = max(self._length - self._done, 0)
        if self._share is None:
            return count
        return count // self._batch_size * (self._share[1] - self._share[0])

    def __iter__(self) -> Iterator[Key]:
        order = np.arange(self._length)
        if self._shuffle:
            order = np.random.default_rng((self._seed, self._epoch)).permutation(self._length)
        epoch, rest = self._epoch, order[self._done :]
        if self._share is not None:
            full = len(rest) // self._batch_size * self._batch_size
            rest = rest[:full].reshape(-1, self._batch_size)[:, slice(*self._share)].ravel()
        return iter([(epoch, int(number)) for number in rest])


class PairLoader(DataLoader[Sample]):
    """Data loader that raises workers' errors in the main process."""

    def __iter__(self) -> Iterator[Any]:  # type: ignore[override]
        for batch in super().__iter__():
            if isinstance(batch, DataError):
                raise batch
            yield batch


def collate(samples: list[Sample] | DataError) -> Any:
    """Collate samples to a batch; an error is passed on."""
    return samples if isinstance(samples, DataError) else default_collate(samples)


def make_loader(
    dataset: PairDataset,
    *,
    batch_size: int,
    workers: int,
    shuffle: bool,
    seed: int,
    share: tuple[int, int] | None = None,
) -> PairLoader:
    """Return a loader whose `sampler` is a `PositionSampler`.

    Call `loader.sampler.set_position(epoch, batches_done)` before each pass; otherwise it repeats
    the previous one. Worker processes are spawned on every system, as on Windows, because forking a
    process that uses GDAL, threads or CUDA is not safe; scripts therefore need the `if __name__ ==
    "__main__":` guard. Workers end soon after this process, however it ends; PyTorch's own check
    waits for the end of a batch.

    Args:
        dataset: The samples.
        batch_size: Samples in a batch; at most the size of the dataset.
        workers: Worker processes; 0: none.
        shuffle: Draw a random order, and drop an incomplete last batch.
        seed: Seed of the order.
        share: Range of samples of each batch to load (start, stop), if `shuffle`; None: all.

    Raises:
        DataError: In each pass, if a pair is bad and the dataset does not skip it.
    """
    batch_size = min(batch_size, len(dataset))
    first, after = share or (0, batch_size)
    # A separate generator: seeding the workers would otherwise advance the global one.
    generator = torch.Generator().manual_seed(seed)
    return PairLoader(
        dataset,
        batch_size=after - first,
        sampler=PositionSampler(len(dataset), batch_size, shuffle=shuffle, seed=seed, share=share),
        num_workers=workers,
        drop_last=shuffle,
        collate_fn=collate,
        pin_memory=torch.cuda.is_available(),
        multiprocessing_context=ChildContext() if workers else None,
        persistent_workers=workers > 0,
        generator=generator,
    )


def endless(loader: PairLoader) -> Iterator[Any]:
    """Yield a loader's batches epoch after epoch."""
    order = cast("PositionSampler", loader.sampler)
    for epoch in count():
        order.set_position(epoch)
        yield from loader
