"""Batches in a reproducible order, so that training can resume within an epoch."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any, cast

import numpy as np
import torch
from torch.utils.data import DataLoader, Sampler, default_collate

from gac_core.child_processes import ChildContext
from training.data.dataset import Key, PairDataset, Sample
from training.data.errors import DataError


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
