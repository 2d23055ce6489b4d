"""Validation of a stage on held-out pairs, compared with the previous stage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
from lightning.fabric import Fabric

from gac_core.band_statistics import OUTPUT_INDEX
from training.fit.module import Batch, StageModule
from training.fit.report import Row, Values
from training.fit.setup import VALIDATION, reseed
from training.fit.signals import StopSignals, until_stopped
from training.fit.step import MicroBatches, micro_batches
from training.scores.gains import Gains, real_cfog, score_against


class Validator:
    """Repeated validation of a module on the same batches.

    Args:
        module: Its `predict` is called each time, its `before` only the first time.
        fabric: Fabric for device and precision.
        loader: Batches, the same each time.
        micro: Size of the pieces on the device.
        stop: Stop signals, checked between batches.
        seed: Seed of everything random.
        pictures: Number of images to show.
    """

    def __init__(
        self,
        module: StageModule,
        fabric: Fabric,
        loader: Iterable[Batch],
        micro: MicroBatches,
        stop: StopSignals,
        seed: int,
        pictures: int,
    ) -> None:
        self._module = module
        self._fabric = fabric
        self._loader = loader
        self._micro = micro
        self._stop = stop
        self._seed = seed
        self._pictures = pictures
        self._before: list[dict[str, float]] = []
        self._levels: list[float] = []
        self._pictured: list[Values] = []

    def validate(self) -> tuple[Gains, list[Row]]:
        """Return the gains, and picture rows of the first images.

        Raises:
            Stopped: If a stop was requested meanwhile.
            SceneError: If no image could be judged.
        """
        scores: list[dict[str, float]] = []
        before: list[dict[str, float]] = []
        levels = list(self._levels)
        rows: list[Row] = []
        with torch.no_grad(), _evaluating(self._module):
            for number, batch in enumerate(until_stopped(self._loader, self._stop)):
                images = self._images(self._module.predict, batch, number)
                earlier = self._earlier(batch, number)
                for index, image in enumerate(images):
                    s1, real, valid = _truth(batch, index)
                    if earlier is not None:
                        levels.append(real_cfog(s1, real, valid))
                    level = levels[len(scores)]
                    if earlier is not None:
                        before.append(score_against(s1, earlier[index], real, level, valid))
                    scores.append(score_against(s1, image, real, level, valid))
                    if len(rows) < self._pictures:
                        truth = np.where(valid, real, np.float32(np.nan))
                        rows.append(Row(s1, self._pictured[len(rows)], image, truth))
        self._before, self._levels = self._before or before, levels
        return Gains.of(self._module.stage, self._before, scores), rows

    def _earlier(self, batch: Batch, number: int) -> Values | None:
        """Return the previous stage's images of a batch the first time, keeping some to show."""
        if self._before:
            return None
        images = self._images(self._module.before, batch, number)
        self._pictured.extend(images[: max(0, self._pictures - len(self._pictured))])
        return images

    def _images(self, make: Callable[[Batch], torch.Tensor], batch: Batch, number: int) -> Values:
        images: list[Values] = []

        def work(size: int) -> None:
            images.clear()
            for start, piece in micro_batches(batch, size):
                generator = reseed(self._seed, VALIDATION, number, start)
                self._module.prepare_batch_noise(generator)
                with self._fabric.autocast():
                    image = make(self._fabric.to_device(piece))
                images.append(image.float().cpu().numpy())

        self._micro.run(work)
        return np.concatenate(images)


def _truth(batch: Batch, index: int) -> tuple[Values, Values, Any]:
    """Return radar, real image and mask of a sample."""
    bands = list(OUTPUT_INDEX)
    real = batch["s2"][index][bands].numpy().copy()
    real[~batch["bands"][index][bands].numpy()] = np.nan
    return batch["s1"][index].numpy(), real, batch["valid"][index].numpy()


@contextmanager
def _evaluating(module: StageModule) -> Iterator[None]:
    """Set a module to evaluation mode, then restore the mode of each submodule."""
    modes = [(part, part.training) for part in module.modules()]
    module.eval()
    try:
        yield
    finally:
        for part, mode in modes:
            part.training = mode
