"""Batches in an order that is known beforehand, so that training can go on in the middle of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any, cast

import numpy as np
import torch
from torch.utils.data import DataLoader, Sampler, default_collate

from gac_core.worker.parent import ChildContext
from training.data.dataset import Key, PairDataset, Sample
from training.data.errors import DataError


class PositionSampler(Sampler[Key]):
    """The samples of an epoch from some batch on, in an order of that epoch's own.

    Args:
        length: Samples in the dataset.
        batch_size: Samples in a batch.
        shuffle: Whether the order is drawn.
        seed: Of what is drawn.
        share: Those of each batch that are given, from and up to; of batches that are full.
            None: all.
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
        """What the next pass gives: that epoch, without its first batches."""
        self._epoch, self._done = epoch, batches_done * self._batch_size

    def __len__(self) -> int:
        left = max(self._length - self._done, 0)
        if self._share is None:
            return left
        return left // self._batch_size * (self._share[1] - self._share[0])

    def __iter__(self) -> Iterator[Key]:
        order = np.arange(self._length)
        if self._shuffle:
            order = np.random.default_rng((self._seed, self._epoch)).permutation(self._length)
        epoch, left = self._epoch, order[self._done :]
        if self._share is not None:
            full = len(left) // self._batch_size * self._batch_size
            left = left[:full].reshape(-1, self._batch_size)[:, slice(*self._share)].ravel()
        return iter([(epoch, int(number)) for number in left])


class PairLoader(DataLoader[Sample]):
    """Raises in the training's own process what a worker found wrong."""

    def __iter__(self) -> Iterator[Any]:  # type: ignore[override]
        for batch in super().__iter__():
            if isinstance(batch, DataError):
                raise batch
            yield batch


def collate(samples: list[Sample] | DataError) -> Any:
    """A batch of samples; an error as it is."""
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
    """A loader whose `sampler` is a `PositionSampler`.

    Each pass needs `loader.sampler.set_position(epoch, batches_done)` before it; without, it is
    the pass before once more. Worker processes are started anew (`spawn`) as on Windows, on every
    system: forking one that uses GDAL, threads or CUDA is not safe. So whoever runs a script needs
    the `if __name__ == "__main__":` guard. They end soon after this process, however that ends;
    PyTorch's own look at it waits for the end of a batch.

    Args:
        dataset: The samples.
        batch_size: At most the number of samples, if `shuffle`.
        workers: Worker processes; 0: none.
        shuffle: Draw the order, and drop a last batch that is not full.
        seed: Of the order.
        share: Samples of each batch that are loaded, from and up to, if `shuffle`; None: all.

    Each pass raises what is wrong with a pair:

    Raises:
        DataError: If a pair is bad and the dataset does not skip such.
    """
    batch_size = min(batch_size, len(dataset))
    first, after = share or (0, batch_size)
    # Its own generator: a loader seeds its workers from one, and would use the global one up.
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
    """Return a loader's batches epoch after epoch."""
    order = cast("PositionSampler", loader.sampler)
    for epoch in count():
        order.set_position(epoch)
        yield from loader
