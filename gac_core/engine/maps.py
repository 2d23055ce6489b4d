"""Maps of a finished run's stage: prerequisites, the run's models, agreement with the radar."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import rasterio

from gac_core.bundles.bundle import Bundle
from gac_core.bundles.library import Library
from gac_core.contract.errors import BundleError, OutputError, RequestError
from gac_core.contract.layout import CARD, JOURNAL
from gac_core.contract.message import Message, later
from gac_core.contract.protocol import VERSION
from gac_core.contract.request import MAX_SEEDS, READING_OPTIONS, RunRequest
from gac_core.engine.folder import (
    agreement_path,
    doubt_path,
    is_our_image,
    result_path,
    spread_path,
    working_folder,
)
from gac_core.engine.provenance import NOTICE, input_files
from gac_core.engine.stage_cache import read_run_record, read_settings
from gac_core.gdal import GDAL_ERRORS
from gac_core.io import sha256, write_error
from gac_core.progress import Listener, Progress
from gac_core.scene import S1Scene, open_radar
from gac_core.scores import write_agreement_map

if TYPE_CHECKING:
    from gac_core.networks.loading import Models

PROGRESS_MESSAGE = later("Comparing opt_v{} with the radar")


@dataclass(frozen=True)
class MapInputs:
    """Inputs for a map of a finished run's stage.

    Attributes:
        scene: Radar of the run.
        optical: Image of the stage.
        work: Folder for working files, on the disk of the map.
        tags: GDAL metadata of the image, for the map.
    """

    scene: S1Scene
    optical: Path
    work: Path
    tags: dict[str, str]


@contextmanager
def open_stage(folder: Path, stage: int, path: Path) -> Iterator[MapInputs]:
    """Open a stage of a finished run while a map of it is made.

    Args:
        folder: Folder of the run.
        stage: 1 to 3.
        path: Path of the map.

    Raises:
        RequestError: If there is no such stage, or the radar has changed since the run.
        OutputError: If another file is at the map's path, or a run is active in the folder.
        SceneError: If the radar cannot be read.
    """
    record, request = read_run_record(folder), read_settings(folder)
    optical = result_path(folder, stage)
    if not optical.is_file():
        raise RequestError(
            Message("The run in {} has no stage {}.", folder, stage),
            Message("Choose another stage."),
            problem="stage-missing",
        )
    _refuse_stranger(path)
    names = ("sar", *READING_OPTIONS, "extent", "extent_crs")
    reading = {name: request[name] for name in names if request.get(name) is not None}
    with (
        working_folder(folder) as work,
        open_radar(RunRequest.from_dict({**reading, "out": str(folder)})) as scene,
    ):
        # Keep the working files of an unfinished run.
        work.keep = (work.path / JOURNAL).exists()
        _require_same(scene, record)
        yield MapInputs(scene, optical, work.path, _tags(optical))
        scene.inputs.require_unchanged()


def progress_of(listener: Listener, stage: int, message: str) -> Callable[[int, int], None]:
    """Return a callback that reports parts done and their total, or raises to stop."""

    def report(done: int, count: int) -> None:
        listener.check()
        percent = 100.0 * done / max(count, 1)
        listener.progress(Progress(stage, "map", done, count, percent, message))

    return report


def map_of_stage(folder: Path, stage: int, listener: Listener) -> Path:
    """Write a map of where a stage of a finished run contradicts the radar, into the run's folder.

    Args:
        folder: Folder of the run.
        stage: 1 to 3.
        listener: Receives the progress; may stop it.

    Returns:
        Path of the map.

    Raises:
        OutputError: If the map cannot be written.
        GacError: See `open_stage`.
    """
    path = agreement_path(folder, stage)
    report = progress_of(listener, stage, Message(PROGRESS_MESSAGE, stage))
    with open_stage(folder, stage, path) as judged:
        tags = {**judged.tags, "GAC_STAGE": f"agreement of opt_v{stage} with the radar"}
        write_agreement_map(
            judged.scene, judged.optical, path, judged.work, tags=tags, on_block=report
        )
    return path


def map_of_file(scene: S1Scene, optical: Path, path: Path) -> None:
    """Write a map of where an optical file agrees with the radar.

    Raises:
        OutputError: If the map cannot be written, or another file is at its path.
    """
    _refuse_stranger(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".gac-map-") as work:
            write_agreement_map(scene, optical, path, Path(work), tags=_tags(optical))
    except OSError as error:
        raise write_error(path, error) from error


def _tags(optical: Path) -> dict[str, str]:
    """Return an image's own tags; a map of a generated image is marked as generated too."""
    try:
        with rasterio.open(optical) as file:
            tags = {key: value for key, value in file.tags().items() if key.startswith("GAC_")}
            synthetic = file.tags().get("SYNTHETIC", "NO")
    except GDAL_ERRORS as error:
        raise OutputError(
            Message("{} cannot be read: {}.", optical, error),
            Message("Put the whole file back, or run again."),
            problem="image-unreadable",
        ) from error
    notice = {"GAC_NOTICE": NOTICE} if synthetic == "YES" else {}
    return {**tags, **notice, "SYNTHETIC": synthetic, "GAC_VERSION": VERSION}


def _refuse_stranger(path: Path) -> None:
    if path.exists() and not is_our_image(path):
        raise OutputError(
            Message("{} is there already, and GAC did not make it.", path),
            Message("Move it away, or choose another name."),
            problem="map-name-taken",
        )


def _require_same(scene: S1Scene, record: dict[str, Any]) -> None:
    """Check that the radar has not changed since the run."""
    before = [entry.get("sha256") for entry in record.get("inputs") or []]
    if before != [entry["sha256"] for entry in input_files(scene.inputs)]:
        raise RequestError(
            Message("The radar file is no longer the one that the run read."),
            Message("Put it back, or run again with the new one."),
            problem="radar-changed-since-run",
        )


def critic_bundle(folder: Path, library: Library) -> Bundle:
    """Return the bundle of the run in a folder after checking that it has a critic.

    Quick, and without PyTorch, so that it can be refused before anything large is loaded.

    Args:
        folder: Folder of the run.
        library: Finds bundles that are no longer where the run found them.

    Raises:
        RequestError: If there is no run.
        BundleError: If the bundle or one of its files is missing, or it has no critic.
    """
    record = read_run_record(folder)
    path = str(_entry(record).get("path") or "")
    is_there = bool(path) and (Path(path) / CARD).is_file()
    bundle = library.require(path if is_there else str(record["request"].get("bundle") or "demo"))
    if bundle.grounding.critic is None:
        raise no_critic_error(bundle)
    return bundle


def no_critic_error(bundle: Bundle) -> BundleError:
    """Return the error for a bundle without a critic."""
    return BundleError(
        Message("The bundle {} has no adversary that could doubt a picture.", repr(bundle.name)),
        Message("Run again with models that have one; the demo models do."),
        problem="critic-missing",
    )


def require_run_models(record: dict[str, Any], models: Models) -> None:
    """Check that a run's weight files have not changed.

    Args:
        record: Record of the run.
        models: Models of its bundle; loaded files are not hashed again.

    Raises:
        RequestError: If one has changed or is missing.
    """
    before = _entry(record).get("sha256")
    if not isinstance(before, dict) or not before:
        before = {"": ""}
    if any(digest != _hash(name, models) for name, digest in before.items()):
        raise RequestError(
            Message("The models of the run are not what is there now."),
            Message("Put its bundle back as it was, or run again."),
            problem="models-changed-since-run",
        )


def _entry(record: dict[str, Any]) -> dict[str, Any]:
    entry = record.get("bundle")
    return entry if isinstance(entry, dict) else {}


def _hash(name: str, models: Models) -> str | None:
    """Return the hash of a file of the bundle; None if it is missing."""
    if name in models.hashes:
        return models.hashes[name]
    bundle = models.bundle
    weights = {weight.file: weight for weight in bundle.named_weights}
    with suppress(OSError, BundleError):
        if name in weights:
            return sha256(models.library.locate(bundle, weights[name]))
        if name in {weight.file for weight in bundle.adapter_files}:
            return sha256(bundle.path / name)
    return None


def require_doubt(folder: Path, stage: int | None, library: Library) -> int:
    """Check that a stage of a finished run can be assessed by the critic.

    Args:
        folder: Folder of the run.
        stage: 1 to 3; None: the run's last.
        library: Finds bundles.

    Returns:
        The stage.

    Raises:
        GacError: See `doubt_map.map_of_doubt`, as far as it can be determined without PyTorch.
    """
    critic_bundle(folder, library)
    number = stage or int(read_settings(folder).get("stages") or 3)
    with open_stage(folder, number, doubt_path(folder, number)):
        return number


def require_spread(folder: Path, count: int, library: Library) -> list[int]:
    """Check that samples of a finished run can be computed.

    Args:
        folder: Folder of the run.
        count: Number of samples, including the run's own.
        library: Finds bundles.

    Returns:
        Their seeds.

    Raises:
        GacError: See `spread.spread_of`, as far as it can be determined without PyTorch.
    """
    seeds = seeds_of(folder, count)
    request = complete_run(folder)
    library.require(request.bundle)
    with open_radar(request):
        return seeds


def seeds_of(folder: Path, count: int) -> list[int]:
    """Return consecutive seeds, starting with the run's own.

    Raises:
        RequestError: If there is no run, or there are too few or too many seeds.
    """
    if not 2 <= count <= MAX_SEEDS:
        raise RequestError(
            Message("{} seeds were asked for.", count),
            Message("Ask for 2 to {}.", MAX_SEEDS),
            problem="seed-count-wrong",
        )
    first = int(read_settings(folder).get("seed") or 0)
    return list(range(first, first + count))


def complete_run(folder: Path) -> RunRequest:
    """Return the request of a run that can be sampled.

    Raises:
        RequestError: If there is none in the folder, or it is not complete.
        OutputError: If another file is at the path of the result.
    """
    request = RunRequest.from_dict({**read_settings(folder), "out": str(folder)})
    path, image = spread_path(folder), result_path(folder, request.stages)
    if read_run_record(folder).get("status") != "complete" or not image.is_file():
        raise RequestError(
            Message("The run in {} is not complete.", folder),
            Message("Finish it first."),
            problem="run-incomplete",
        )
    if path.exists() and not is_our_image(path):
        raise OutputError(
            Message("{} is there already, and GAC did not make it.", path),
            Message("Move it away."),
            problem="map-name-taken",
        )
    return request
