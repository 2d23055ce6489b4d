"""Checks of a finished run that is asked for more, before PyTorch is loaded."""

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
    """See that the adversary can be asked about a stage of a finished run.

    Args:
        folder: The run's.
        stage: 1 to 3; None: the run's last.
        library: Where bundles are.

    Returns:
        The stage.

    Raises:
        GacError: As `doubt.map_of_doubt`, as far as it can be known without PyTorch.
    """
    critic_bundle(folder, library)
    number = stage or int(request_of(folder).get("stages") or 3)
    with judged_stage(folder, number, doubt_path(folder, number)):
        return number


def require_spread(folder: Path, count: int, library: Library) -> list[int]:
    """See that samples of a finished run can be computed.

    Args:
        folder: The run's.
        count: Samples, the run's own included.
        library: Where bundles are.

    Returns:
        Their seeds.

    Raises:
        GacError: As `spread.spread_of`, as far as it can be known without PyTorch.
    """
    seeds = seeds_of(folder, count)
    request = complete_run(folder)
    library.require(request.bundle)
    with open_scene(request.sar, **request.reading, **request.place):
        return seeds


def seeds_of(folder: Path, count: int) -> list[int]:
    """Return so many seeds from the run's own on.

    Raises:
        RequestError: If there is no run, or there are too few or too many seeds.
    """
    if not 2 <= count <= MOST_SEEDS:
        raise RequestError(f"{count} seeds were asked for.", f"Ask for 2 to {MOST_SEEDS}.")
    first = int(request_of(folder).get("seed") or 0)
    return list(range(first, first + count))


def complete_run(folder: Path) -> RunRequest:
    """Return the request of a run whose samples may be computed.

    Raises:
        RequestError: If there is none in the folder, or it is not complete.
        OutputError: If another file is in the place of the result.
    """
    request = RunRequest.from_dict({**request_of(folder), "out": str(folder)})
    path, own = spread_path(folder), result_path(folder, request.stages)
    if record_of(folder).get("status") != "complete" or not own.is_file():
        raise RequestError(f"The run in {folder} is not complete.", "Finish it first.")
    if path.exists() and not is_our_image(path):
        raise OutputError(f"{path} is there already, and GAC did not make it.", "Move it away.")
    return request
