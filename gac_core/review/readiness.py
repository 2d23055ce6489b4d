"""Checks before analysing a finished run, without loading PyTorch."""

from __future__ import annotations

from pathlib import Path

from gac_core.contract.errors import OutputError, RequestError
from gac_core.contract.request import MOST_SEEDS, RunRequest
from gac_core.models.library import Library
from gac_core.review.maps import judged_stage
from gac_core.review.models import critic_bundle
from gac_core.runs.folder import doubt_path, is_our_image, result_path, spread_path
from gac_core.runs.reuse import record_of, request_of
from gac_core.scene import open_scene


def require_doubt(folder: Path, stage: int | None, library: Library) -> int:
    """Check that a stage of a finished run can be assessed by the critic.

    Args:
        folder: Folder of the run.
        stage: 1 to 3; None: the run's last.
        library: Finds bundles.

    Returns:
        The stage.

    Raises:
        GacError: See `doubt.map_of_doubt`, as far as it can be determined without PyTorch.
    """
    critic_bundle(folder, library)
    number = stage or int(request_of(folder).get("stages") or 3)
    with judged_stage(folder, number, doubt_path(folder, number)):
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
    with open_scene(request.sar, **request.reading, **request.place):
        return seeds


def seeds_of(folder: Path, count: int) -> list[int]:
    """Return consecutive seeds, starting with the run's own.

    Raises:
        RequestError: If there is no run, or there are too few or too many seeds.
    """
    if not 2 <= count <= MOST_SEEDS:
        raise RequestError(f"{count} seeds were asked for.", f"Ask for 2 to {MOST_SEEDS}.")
    first = int(request_of(folder).get("seed") or 0)
    return list(range(first, first + count))


def complete_run(folder: Path) -> RunRequest:
    """Return the request of a run that can be sampled.

    Raises:
        RequestError: If there is none in the folder, or it is not complete.
        OutputError: If another file is at the path of the result.
    """
    request = RunRequest.from_dict({**request_of(folder), "out": str(folder)})
    path, image = spread_path(folder), result_path(folder, request.stages)
    if record_of(folder).get("status") != "complete" or not image.is_file():
        raise RequestError(f"The run in {folder} is not complete.", "Finish it first.")
    if path.exists() and not is_our_image(path):
        raise OutputError(f"{path} is there already, and GAC did not make it.", "Move it away.")
    return request
