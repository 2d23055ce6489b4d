"""Pixelwise spread of samples with several seeds.

Spread is no error: where the model is wrong with every seed, samples agree and are wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import rasterio

from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.contract.errors import Cancelled, RequestError
from gac_core.contract.layout import SPREAD_WORK
from gac_core.contract.message import Message
from gac_core.contract.removal import remove_file, remove_folder
from gac_core.contract.request import RunRequest
from gac_core.engine.folder import (
    WorkFolder,
    result_path,
    spread_path,
    working_folder,
    write_sealed,
)
from gac_core.engine.maps import complete_run
from gac_core.engine.pipeline import run
from gac_core.engine.stage_cache import read_run_record
from gac_core.grid import Window, WorkGrid
from gac_core.io import Content, has_content, read_sealed
from gac_core.networks.loading import ModelCache
from gac_core.progress import Listener, Progress, StageDone
from gac_core.raster import (
    MAP,
    LineReader,
    StripReader,
    StripWriter,
    WorkingFile,
    damaged_error,
    write_cog,
)  # fmt: skip

STATE = "state.json"
STRIP = 256
"""Rows summed at a time."""

SUMS = (*(f"{band} mean" for band in OUTPUT_BANDS), *(f"{band} squares" for band in OUTPUT_BANDS))
"""Bands of the working file: running mean, and sum of squared differences from it."""

UNIT = 10_000.0
"""DN of reflectance 1."""

DESCRIPTION = (
    "SYNTHETIC. Spread of {} samples (standard deviation of reflectance over seeds {}). It "
    "understates error: it does not know what the model does not know."
)


def spread_of(folder: Path, seeds: Sequence[int], cache: ModelCache, listener: Listener) -> Path:
    """Write the standard deviation of a run's last stage over several seeds.

    The run itself is the sample of its own seed. An interrupted call with the same seeds is
    resumed.

    Args:
        folder: Folder of the run.
        seeds: At least two.
        cache: Models of earlier runs.
        listener: Receives the progress; may stop it.

    Returns:
        A float32 COG of four bands in the run's folder.

    Raises:
        RequestError: If there is no such run, or radar or models have changed since.
        GacError: See `run`.
    """
    if len(seeds) < 2:
        raise RequestError(
            Message("A spread needs two samples at least."),
            Message("Choose more seeds."),
            problem="too-few-samples",
        )
    record, request = read_run_record(folder), complete_run(folder)
    base = folder / SPREAD_WORK
    base.mkdir(exist_ok=True)
    try:
        with working_folder(base) as work:
            _compute(work, record, request, list(seeds), cache, listener)
    finally:
        with suppress(OSError):  # not empty: it can be resumed
            base.rmdir()
    return spread_path(folder)


def _compute(
    work: WorkFolder,
    record: dict[str, Any],
    request: RunRequest,
    seeds: list[int],
    cache: ModelCache,
    listener: Listener,
) -> None:
    identity = {"seeds": seeds, "started": record["started"], "finished": record["finished"]}
    own = result_path(Path(request.out), request.stages)
    _require_whole(own, record)
    with StripReader(own) as reader:
        sums = _Sums(work.path, reader.grid, reader.window)
    done, checksum = _load_progress(work, identity, sums)
    try:
        for number in range(done, len(seeds)):
            sample = work.path / f"sample_{number}"
            folder = Path(request.out)
            if seeds[number] != request.seed:
                sample_request = replace(
                    request, out=str(sample), seed=seeds[number], from_stage=1, reuse="", keep=False
                )
                run(sample_request, cache, _SampleListener(listener, number, len(seeds)))
                _require_same_setup(record, read_run_record(sample))
                folder = sample
            image = result_path(folder, request.stages)
            checksum = _add(sums, number, checksum, image, listener)
            state = {**identity, "done": number + 1, "checksum": checksum}
            write_sealed(work.path / STATE, state, sync=True)
            for old in work.path.glob(f"sums_{number - 1}.*"):
                with suppress(OSError):  # the rest goes with the folder
                    remove_file(old, pauses=())
            remove_folder(sample, ignore_errors=True)
        _write(sums, checksum, request, seeds, listener)
    except BaseException as error:
        work.keep = not isinstance(error, RequestError) and (
            not isinstance(error, Cancelled) or error.keep
        )
        raise


@dataclass(frozen=True)
class _Sums:
    """Files with mean and squares of the samples so far, one after each sample."""

    work: Path
    grid: WorkGrid
    window: Window

    def after(self, number: int) -> WorkingFile:
        """Return the file that includes the samples up to a number, from 0."""
        return WorkingFile(self.work / f"sums_{number}.bil", self.grid, self.window, SUMS)


def _load_progress(work: WorkFolder, identity: dict[str, Any], sums: _Sums) -> tuple[int, int]:
    """Return the number of samples summed by an earlier call, and their checksum.

    Files of another call and damaged ones are deleted.
    """
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        state = read_sealed(work.path / STATE)
        done, checksum = int(state.pop("done")), int(state.pop("checksum"))
        if state == identity and (done == 0 or sums.after(done - 1).holds(checksum)):
            return done, checksum
    work.clear()
    write_sealed(work.path / STATE, {**identity, "done": 0, "checksum": 0})
    return 0, 0


def _require_whole(image: Path, record: dict[str, Any]) -> None:
    """Check that the run's own sample has not changed since the run."""
    stage = record["stages"].get(image.stem, {})
    if "sha256" in stage and not has_content(image, Content(stage["bytes"], stage["sha256"])):
        raise RequestError(
            Message("{} is no longer what the run wrote.", image),
            Message("Run again, and then ask for the spread."),
            problem="image-changed-since-run",
        )


def _add(sums: _Sums, number: int, checksum: int, image: Path, listener: Listener) -> int:
    """Add a sample to mean and squares (Welford 1962), in a new file.

    Return its checksum; `checksum` is that of the previous file.
    """
    with StripReader(image) as reader:
        before = LineReader(sums.after(number - 1)) if number else None
        file = sums.after(number)
        with StripWriter(file.path, file.grid, file.window, file.bands) as writer:
            for strip in reader.window.strips(STRIP):
                listener.check()
                values = reader.read(strip, OUTPUT_BANDS).astype(np.float64)
                if before is None:
                    mean, squares = values, values * 0.0
                else:
                    mean, squares = np.split(before.read(strip).astype(np.float64), 2)
                    step = values - mean
                    mean = mean + step / (number + 1)
                    squares = squares + step * (values - mean)
                writer.write(strip, np.concatenate([mean, squares]).astype(np.float32))
            writer.sync()
        if before is not None:
            before.close()
            _require_sum(before.file, checksum)
        return writer.checksum()


def _require_sum(file: WorkingFile, checksum: int) -> None:
    """Check, after reading it, that a file has not changed since it was written."""
    if not file.holds(checksum):
        raise damaged_error(file.path)


def _write(
    sums: _Sums, checksum: int, request: RunRequest, seeds: list[int], listener: Listener
) -> None:
    out = Path(request.out)
    with (
        LineReader(sums.after(len(seeds) - 1)) as reader,
        StripWriter(sums.work / "spread.bil", sums.grid, sums.window, OUTPUT_BANDS) as writer,
    ):
        for strip in sums.window.strips(STRIP):
            squares = np.maximum(reader.read(strip)[len(OUTPUT_BANDS) :], 0)
            deviation = np.sqrt(squares / (len(seeds) - 1)) / UNIT
            writer.write(strip, deviation.astype(np.float32))
        _require_sum(reader.file, checksum)
    seed_list = " ".join(map(str, seeds))
    with rasterio.open(result_path(out, request.stages)) as file:
        tags = {key: value for key, value in file.tags().items() if key.startswith("GAC_")}
    tags |= {
        "GAC_STAGE": f"spread of {len(seeds)} samples of opt_v{request.stages}",
        "GAC_SEEDS": seed_list,
        "TIFFTAG_IMAGEDESCRIPTION": DESCRIPTION.format(len(seeds), seed_list),
    }
    checksum, tick = writer.checksum(), listener.check
    write_cog(spread_path(out), writer.file, checksum=checksum, tags=tags, tick=tick, kind=MAP)


def _require_same_setup(run_record: dict[str, Any], sample: dict[str, Any]) -> None:
    """Check that a sample differs from the run only by its seed."""
    for subject, expected, actual in (
        (Message("radar"), _hashes(run_record), _hashes(sample)),
        (Message("models"), run_record["bundle"]["sha256"], sample["bundle"]["sha256"]),
        (Message("version of GAC"), run_record["gac_version"], sample["gac_version"]),
    ):
        if expected != actual:
            raise RequestError(
                Message(
                    "The {} of the run is not what is there now: samples would differ by "
                    "more than their seed.",
                    subject,
                ),
                Message("Run again, and then ask for the spread of that run."),
                problem="inputs-changed-since-run",
            )


def _hashes(record: dict[str, Any]) -> list[str | None]:
    return [entry["sha256"] for entry in record["inputs"]]


@dataclass(frozen=True)
class _SampleListener:
    """Listener that reports a sample's run as part of the whole."""

    listener: Listener
    number: int
    count: int

    def progress(self, progress: Progress) -> None:
        percent = (100.0 * self.number + progress.percent) / self.count
        message = Message("Sample {} of {}, {}", self.number + 1, self.count, progress.message)
        self.listener.progress(replace(progress, percent=percent, message=message))

    def stage_done(self, done: StageDone) -> None:
        """Do nothing."""

    def check(self) -> None:
        self.listener.check()
