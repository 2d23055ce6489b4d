"""Validation of a stage on held-out pairs, and the logs and pictures of a training.

All pictures of a row share the stretch of its real image.
"""

from __future__ import annotations

import io
import math
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from lightning.fabric import Fabric
from lightning.fabric.loggers.csv_logs import CSVLogger
from lightning.fabric.loggers.tensorboard import TensorBoardLogger
from numpy.typing import NDArray
from PIL import Image
from tqdm import tqdm

from gac_core.band_statistics import OUTPUT_INDEX
from gac_core.contract.errors import OutputError
from gac_core.io import atomic_write, write_error
from training.console import EVERY_SECONDS, time_left
from training.fit.stage_module import Batch, StageModule
from training.fit.step import VALIDATION, MicroBatches, micro_batches, reseed
from training.processes import StopSignals, until_stopped
from training.scores.gains import Gains, real_cfog, score_against
from training.stretch import Pixels, Stretch, radar, true_colour

GAP = 4
"""Gap between pictures in pixels."""
Values = NDArray[np.float32]


@dataclass(frozen=True)
class Row:
    """Images of a row.

    Attributes:
        s1: (2, H, W) dB.
        before: (4, H, W) DN of the previous stage.
        stage: (4, H, W) DN of this stage.
        real: (4, H, W) DN, NaN where unknown.
    """

    s1: Values
    before: Values
    stage: Values
    real: Values


def sheet(rows: Sequence[Row]) -> Pixels:
    """Return all rows stacked; from left to right radar, previous stage, stage, real image."""
    gap = np.full((1, GAP, 1), 255, np.uint8)
    lines = []
    for row in rows:
        stretch = Stretch.of(row.real)
        images = (row.before, row.stage, row.real)
        pictures = [radar(row.s1), *(true_colour(image, stretch) for image in images)]
        between = np.broadcast_to(gap, (pictures[0].shape[0], GAP, 3))
        parts = [part for picture in pictures for part in (picture, between)]
        line = np.concatenate(parts[:-1], axis=1)
        lines += [line, np.full((GAP, line.shape[1], 3), 255, np.uint8)]
    return np.concatenate(lines[:-1], axis=0)


def write_picture(picture: Pixels, path: Path) -> None:
    """Write a PNG atomically.

    Raises:
        OSError: If it cannot be written.
    """
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, "PNG")
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic_write(path) as part:
        part.write_bytes(buffer.getbuffer())


class Report:
    """Logs in `out/logs`, pictures in `out/pictures`, messages on standard error."""

    def __init__(self, out: Path, steps: int, step: int) -> None:
        self._out = out
        self._steps = steps
        # Each start of a training gets its own folder, version_0 and so on, in both logs.
        self._csv = CSVLogger(out, name="logs")
        self._board = TensorBoardLogger(out, name="logs", version=self._csv.version)
        self._bar = tqdm(total=steps, initial=step, unit="step", disable=not sys.stderr.isatty())
        self._first = step
        self._began = self._spoke = time.monotonic()

    def say(self, text: str) -> None:
        """Print a message."""
        tqdm.write(text, file=sys.stderr)

    def step(self, step: int, values: Mapping[str, float]) -> None:
        """Report the values of a step, counted from 1."""
        self.log(step, values)
        self._bar.update(step - self._bar.n)
        if "train/loss" in values:
            self._bar.set_postfix(loss=f"{values['train/loss']:.4f}", refresh=False)
        now = time.monotonic()
        if self._bar.disable and now - self._spoke > EVERY_SECONDS:
            self._spoke = now
            remaining = time_left(step - self._first, self._steps - self._first, now - self._began)
            loss = values.get("train/loss", math.nan)
            self.say(f"step {step}/{self._steps}, {remaining}: loss {loss:.4g}")

    def log(self, step: int, values: Mapping[str, float]) -> None:
        """Write numbers to both logs."""
        with self._writing():
            self._csv.log_metrics(dict(values), step)
            self._board.log_metrics(dict(values), step)

    def picture(self, step: int, picture: Pixels) -> None:
        """Write a picture to the folder and to TensorBoard."""
        with self._writing():
            write_picture(picture, self._out / "pictures" / f"step_{step:06d}.png")
            self._board.experiment.add_image("validation", picture, step, dataformats="HWC")

    def flush(self) -> None:
        """Flush the logs to disk."""
        with self._writing():
            self._csv.save()
            self._board.save()

    def close(self) -> None:
        """Close the logs, also after an error."""
        self._bar.close()
        # The error that ended the training may be that nothing can be written; it was reported.
        with suppress(OutputError):
            self.flush()
            self._board.finalize("success")

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise write_error(self._out / "logs", error) from error


class SilentReport(Report):
    """No-op report of processes other than the lead."""

    def __init__(self) -> None:
        """Open nothing."""

    def say(self, text: str) -> None:
        """Do nothing."""

    def step(self, step: int, values: Mapping[str, float]) -> None:
        """Do nothing."""

    def log(self, step: int, values: Mapping[str, float]) -> None:
        """Do nothing."""

    def picture(self, step: int, picture: Pixels) -> None:
        """Do nothing."""

    def flush(self) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""


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
