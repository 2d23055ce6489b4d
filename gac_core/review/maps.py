"""Maps of a finished run's stage: common parts, and the map of agreement with the radar."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rasterio

from gac_core import __version__
from gac_core.contract.errors import OutputError, RequestError
from gac_core.contract.layout import JOURNAL
from gac_core.contract.request import READING
from gac_core.gdal import GDAL_ERRORS
from gac_core.progress.listener import Listener, Progress
from gac_core.provenance import NOTICE, input_files
from gac_core.raster.space import unwritable
from gac_core.runs.folder import agreement_path, is_our_image, result_path
from gac_core.runs.reuse import record_of, request_of
from gac_core.runs.workspace import working_folder
from gac_core.scene import S1Scene, open_scene
from gac_core.score import write_agreement_map

TOLD = "Comparing opt_v{} with the radar"


@dataclass(frozen=True)
class Judged:
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
def judged_stage(folder: Path, stage: int, path: Path) -> Iterator[Judged]:
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
    record, request = record_of(folder), request_of(folder)
    optical = result_path(folder, stage)
    if not optical.is_file():
        raise RequestError(f"The run in {folder} has no stage {stage}.", "Choose another stage.")
    _refuse_stranger(path)
    reading: dict[str, Any] = {key: request[key] for key in READING if request.get(key) is not None}
    area: dict[str, Any] = {key: request.get(key) for key in ("extent", "extent_crs")}
    with (
        working_folder(folder) as work,
        open_scene(tuple(request["sar"]), **reading, **area) as scene,
    ):
        # Keep the working files of an unfinished run.
        work.keep = (work.path / JOURNAL).exists()
        _require_same(scene, record)
        yield Judged(scene, optical, work.path, _tags(optical))
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
        GacError: See `judged_stage`.
    """
    path = agreement_path(folder, stage)
    report = progress_of(listener, stage, TOLD.format(stage))
    with judged_stage(folder, stage, path) as judged:
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
        raise unwritable(path, error) from error


def _tags(optical: Path) -> dict[str, str]:
    """Return an image's own tags; a map of a generated image is marked as generated too."""
    try:
        with rasterio.open(optical) as file:
            tags = {key: value for key, value in file.tags().items() if key.startswith("GAC_")}
            synthetic = file.tags().get("SYNTHETIC", "NO")
    except GDAL_ERRORS as error:
        raise OutputError(f"{optical} cannot be read: {error}.", "Give a whole GeoTIFF.") from error
    notice = {"GAC_NOTICE": NOTICE} if synthetic == "YES" else {}
    return {**tags, **notice, "SYNTHETIC": synthetic, "GAC_VERSION": __version__}


def _refuse_stranger(path: Path) -> None:
    if path.exists() and not is_our_image(path):
        raise OutputError(
            f"{path} is there already, and GAC did not make it.",
            "Move it away, or choose another name.",
        )


def _require_same(scene: S1Scene, record: dict[str, Any]) -> None:
    """Check that the radar has not changed since the run."""
    before = [entry.get("sha256") for entry in record.get("inputs") or []]
    if before != [entry["sha256"] for entry in input_files(scene.inputs)]:
        raise RequestError(
            "The radar file is not any more the one that the run read.",
            "Put it back, or run again with the new one.",
        )
