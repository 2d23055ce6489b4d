"""What a worker has at hand between two tasks: networks, the scene read last, the plan it is of."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

import torch

from gac_core import __version__
from gac_core.batch.plan import Plan, read_plan
from gac_core.batch.planning import reading_of
from gac_core.contract.errors import DeviceError, InputChanged, OutputError, RequestError
from gac_core.models.cache import ModelCache
from gac_core.models.device import choose_device
from gac_core.models.library import Library
from gac_core.models.loading import Models
from gac_core.runs.identity import require_content
from gac_core.scene import S1Scene, open_scene

_OPEN: dict[str, S1Scene] = {}
"""The scene read last, by its plan: to understand it again for each step would take a while."""

_TIMES: dict[str, list[int]] = {}
"""When its files changed last, as this worker sees it, while they held what the plan says."""


@cache
def model_cache() -> ModelCache:
    """Networks, kept as long as the process lives."""
    return ModelCache(Library.default())


def plan_in(folder: Path, identity: str) -> Plan:
    """The plan that a task belongs to.

    Raises:
        OutputError: If it is not there, or was made by another version of the software.
    """
    plan = read_plan(folder)
    if plan is None or plan.identity != identity:
        raise OutputError(
            f"The worker on {platform.node()} does not see this batch's plan in {folder}.",
            "Choose an output folder on storage that all workers see by the same path.",
        )
    if plan.software != {"gac": __version__, "torch": torch.__version__}:
        raise OutputError(
            f"The worker on {platform.node()} has GAC {__version__} and PyTorch "
            f"{torch.__version__}; the batch was begun with {plan.software}.",
            "Give all workers the same environment.",
        )
    return plan


def models_for(plan: Plan) -> Models:
    """A plan's networks, in memory.

    Raises:
        DeviceError: If this worker does not have the device.
        RequestError: If its bundle is another one.
    """
    torch.set_num_threads(plan.threads)
    if plan.device == "cuda" and not torch.cuda.is_available():
        raise DeviceError(
            f"The batch was begun on a GPU, and the worker on {platform.node()} has none.",
            "Give the batch workers of one kind.",
        )
    cache = model_cache()
    models = cache.get(cache.library.require(plan.request.bundle), choose_device(plan.device))
    if models.card_sha256 != plan.card:
        raise RequestError(
            f"The bundle {plan.request.bundle} is another one on {platform.node()}.",
            "Install the same bundle for all workers; a batch that has begun keeps its own.",
        )
    models.load()
    return models


@contextmanager
def scene_of(plan: Plan, radar: tuple[str, ...]) -> Iterator[S1Scene]:
    """The scene, understood as when the batch was planned; kept open for the next step.

    Args:
        plan: Of the scene.
        radar: Its files, with the secrets that open them, which a plan does not hold.

    Raises:
        InputChanged: If it is not any more what it was then.
    """
    kept = _OPEN.pop(plan.identity, None)
    while _OPEN:
        _OPEN.popitem()[1].close()
    with ExitStack() as stack:
        scene = stack.enter_context(_opened(plan, radar) if kept is None else kept)
        require_same(plan, scene)
        yield scene
        require_same(plan, scene)
        stack.pop_all()
    _OPEN[plan.identity] = scene


def require_same(plan: Plan, scene: S1Scene) -> None:
    """See that a scene's files hold what the plan was made of, whatever their times say.

    Raises:
        InputChanged: If they do not.
    """
    known = _TIMES.get(plan.identity, plan.times)
    times = require_content(scene.inputs, plan.inputs, known)
    _TIMES.clear()
    _TIMES[plan.identity] = times


def _opened(plan: Plan, radar: tuple[str, ...]) -> S1Scene:
    request = plan.request
    scene = open_scene(radar, **request.reading, **request.place)
    same = [s and s[0] for s in scene.inputs.stamps()] == [s and s[0] for s in plan.stamps]
    if same and reading_of(scene) == plan.reading and scene.window == plan.whole:
        return scene
    scene.close()
    raise InputChanged(
        f"The radar of {plan.name} is not any more what it was when the batch began.",
        "Wait until its files are complete, and begin in a new folder.",
    )
