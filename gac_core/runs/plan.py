"""Plan of a run: its scope, checked without PyTorch, its costs and disk space.

PyTorch and the networks take half a minute to load: what a user can be refused for without them is
refused here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import rasterio

from gac_core.band_statistics import S2_BANDS
from gac_core.bundles.bundle import ANSWER_STEPS, STEPS, Bundle, WindowSpec
from gac_core.bundles.library import Library
from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.contract.errors import OutputError, RequestError
from gac_core.contract.layout import CARD, JOURNAL, PACE, data_folder
from gac_core.contract.request import RunRequest
from gac_core.grid import Window
from gac_core.io import expanded, is_file, read_record
from gac_core.progress import Costs
from gac_core.raster import file_size, require_space
from gac_core.runs.checkpoint import Journal, refuse_other_settings, results_in, settings_of
from gac_core.runs.folder import (
    WorkFolder,
    prepare,
    refuse_inputs_within,
    working_folder,
    write_json,
)
from gac_core.runs.stage_cache import KeptRun
from gac_core.scene import S1Scene, extent_window, open_scene, require_measurement
from gac_core.scene.paths import exists
from gac_core.tiling.stage_inputs import lens_window
from gac_core.tiling.tiles import Lattice, count_tiles, hull, lattice_of
from gac_core.tiling.tokens import seen_for

STAGE_BANDS = {1: S2_BANDS, 2: S2_BANDS, 3: OUTPUT_BANDS}
"""Bands of each stage's working file."""
SMALL = 1_000_000
"""Bytes for all that is small: journal, records, and what a file takes beyond its pixels."""

CACHE_MB = 48
"""GDAL's block cache, which the radar fills. Its default is a share of the machine's memory.

GDAL takes the first number that a process names, and no other one after it."""

FEW = 4
"""A stage of fewer tiles than this tells nothing of what a tile costs: the rest outweighs it."""
MOST = 64
"""Models and devices that are remembered."""
SHARE = 0.5
"""Weight of the newest run."""


def anchored(request: RunRequest) -> RunRequest:
    """The same request with full paths: it may be gone on with from another folder.

    Raises:
        RequestError: If a folder is named as that of a user whom this computer does not know.
    """
    bundle = expanded(request.bundle)
    return replace(
        request,
        sar=tuple(_full(path) for path in request.sar),
        out=str(folder_of(request.out)),
        bundle=str(bundle.absolute()) if is_file(bundle / CARD) else request.bundle,
        reuse=str(folder_of(request.reuse)) if request.reuse else "",
    )


def folder_of(text: str) -> Path:
    """Return the full path of a folder as a user named it.

    Raises:
        RequestError: If it is named as that of a user whom this computer does not know.
    """
    folder = expanded(text)
    user = folder.parts[0] if folder.parts else ""
    if user.startswith("~") and not exists(str(folder)):
        raise RequestError(
            f"This computer knows no user {user[1:]!r}, whose folder {text} is to be in.",
            "Give the folder's full path.",
        )
    return folder.absolute()


def settled(request: RunRequest, bundle: Bundle) -> RunRequest:
    """Return the request with as many steps as the bundle needs, where it names none."""
    return replace(
        request,
        timesteps_1=request.timesteps_1 or bundle.sampling.steps(request.stages),
        timesteps_3=request.timesteps_3 or bundle.grounding.steps,
    )


def _full(path: str) -> str:
    # What is no file here may be an address, or a subdataset in GDAL's own words.
    found = expanded(path)
    return str(found.absolute()) if exists(str(found)) else path


def stage_lattice(number: int, spec: WindowSpec, scene: Window) -> Lattice:
    """How a stage's area is cut."""
    return lattice_of(spec, scene, decodes=number in spec.blocks)


def stage_areas(area: Window, scene: Window, spec: WindowSpec, stages: int) -> dict[int, Window]:
    """What each stage must compute so that the last one has all it looks at.

    A stage's windows reach beyond the area asked for. What they see there must be what a run over
    a larger area would show them, or the same place would get other pixels in another run.
    """
    areas = {stages: area}
    for number in range(stages - 1, 0, -1):
        areas[number] = seen(number + 1, areas[number + 1], spec, scene)
    return dict(sorted(areas.items()))


def seen(number: int, area: Window, spec: WindowSpec, scene: Window) -> Window:
    """All that a stage looks at to compute an area, as far as there is data."""
    found = hull(stage_lattice(number, spec, scene), area)
    if number in spec.blocks:
        found = seen_for(found, spec)
    return found.intersection(scene)


def bytes_needed(areas: Mapping[int, Window], area: Window, spec: WindowSpec, scene: Window) -> int:
    """Room that a run takes at most: working files, windows being blended, results and a copy."""
    working = sum(file_size(a, STAGE_BANDS[n]) for n, a in areas.items())
    result = 2 * len(OUTPUT_BANDS) * area.height * area.width
    kept = max(_kept(areas[n], stage_lattice(n, spec, scene), STAGE_BANDS[n]) for n in areas)
    # A result has a third more for its overviews; the plain copy is gone before the next stage.
    return working + kept + int(result * (1 + len(areas) * 4 / 3)) + SMALL


def _kept(area: Window, lattice: Lattice, bands: tuple[str, ...]) -> int:
    """Room for a row of windows being computed, and those above that reach as far down.

    Of rows of blocks those are two at most: the first one of a scene, and the next.
    """
    most = max((sum(w.height * w.width for w in row) for row in lattice.rows(area)), default=0)
    return 3 * 4 * len(bands) * most


def pace_key(request: RunRequest, bundle: Path, device: str) -> str:
    """What the cost of a tile depends on."""
    steps = f"{request.timesteps_1 or STEPS} + {request.timesteps_3 or ANSWER_STEPS} steps"
    return f"{bundle}, {device}, {steps}"


def costs(
    request: RunRequest,
    areas: Mapping[int, Window],
    spec: WindowSpec,
    scene: Window,
    known: Mapping[int, float],
) -> Costs:
    """For each stage its windows and the cost of one.

    Seconds if all of them are known; else a UNet pass over a tile is the unit.
    """
    # Blocks are larger than tiles. That a step of the bridge costs as much as a pass of the decoder
    # over a tile, and a tile of stage 2 six of them, most of it Prithvi's in 8 bits, is what the
    # demo bundle's sizes take; others' first runs may differ.
    larger = (spec.decode / spec.size) ** 2
    steps = request.timesteps_3 or ANSWER_STEPS
    cost = {
        1: ((request.timesteps_1 or STEPS) + 1.0) * larger,
        2: 6.0,
        3: (steps + 1.0) * (larger if 3 in spec.blocks else 1.0),
    }
    if areas.keys() <= known.keys():
        cost = dict(known)
    return {
        number: (
            count_tiles(a, stage_lattice(number, spec, scene)),
            # Copying what another run computed takes next to nothing.
            cost[number] if number >= request.from_stage else 0.0,
        )
        for number, a in areas.items()
    }


@dataclass(frozen=True)
class Scope:
    """A run that nothing without PyTorch speaks against.

    Attributes:
        request: With full paths and its steps settled.
        bundle: The models' card; all weights are on this machine.
        kept: The run whose earlier stages are taken over; None: all are computed.
        scene: The radar, open.
        area: What is to be computed.
        whole: Where there is data to look at; of a lens, `area` itself.
        areas: By stage, what it must compute.
        work: The working folder, locked for this run.
        room: Bytes that the run takes on the disk at most.
    """

    request: RunRequest
    bundle: Bundle
    kept: KeptRun | None
    scene: S1Scene
    area: Window
    whole: Window
    areas: dict[int, Window]
    work: WorkFolder
    room: int


@contextmanager
def scope_of(
    request: RunRequest,
    library: Library,
    check: Callable[[], None] = lambda: None,
    *,
    lens: bool = False,
) -> Iterator[Scope]:
    """Settle what a run is about, and keep its radar open and its folder locked meanwhile.

    Args:
        request: What to do.
        library: Where bundles are.
        check: Called now and then; may raise to stop.
        lens: As for `pipeline.run`.

    Raises:
        GacError: If the run cannot be carried out, as far as that can be known without PyTorch.
    """
    request = anchored(request)
    bundle = library.require(request.bundle)
    request = settled(request, bundle)
    kept = KeptRun.read(Path(request.reuse)) if request.reuse else None
    if kept is not None and kept.folder.resolve() == request.out_dir.resolve():
        raise RequestError(
            f"The run would replace the one that it takes stages from, in {request.out}.",
            "Choose another output folder.",
        )
    with ExitStack() as stack:
        stack.enter_context(rasterio.Env(GDAL_CACHEMAX=CACHE_MB))
        scene = stack.enter_context(open_scene(request.sar, **request.reading, **request.place))
        bundle.require_modality(scene.modality)
        area = extent_window(scene, request.extent, request.extent_crs)
        if lens:
            area = lens_window(area, scene.window, bundle.window)
        whole = area if lens else scene.window
        out = request.out_dir
        refuse_inputs_within(out, scene.inputs.local)
        prepare(out, scene.inputs.local, results_in(out))
        require_measurement(scene, area, check)
        work = stack.enter_context(working_folder(out))
        # Until this run has something of its own, what an unfinished one left stays.
        work.keep = (work.path / JOURNAL).exists()
        refuse_other_settings(work, Journal.read(work.path), settings_of(request))
        areas = stage_areas(area, whole, bundle.window, request.stages)
        room = bytes_needed(areas, area, bundle.window, whole)
        # What an earlier run left there is used, or makes room.
        require_space(out, room - work.size)
        yield Scope(request, bundle, kept, scene, area, whole, areas, work, room)


def memory_file() -> Path:
    """Where costs are remembered; `GAC_PACE` names another file."""
    named = os.environ.get("GAC_PACE")
    return Path(named) if named else data_folder() / PACE


def remembered(key: str) -> dict[int, float]:
    """Seconds of a tile by stage, as earlier runs took them; empty if there were none."""
    found = _read().get(key)
    with suppress(AttributeError, TypeError, ValueError):
        values = found.items()  # type: ignore[attr-defined]
        seconds = {int(stage): float(value) for stage, value in values}
        if all(0 < value < 1e6 for value in seconds.values()):
            return seconds
    return {}


def remember(key: str, stage: int, tiles: int, seconds: float) -> None:
    """Keeps what a stage took; what cannot be kept is not missed."""
    if tiles < FEW or seconds <= 0:
        return
    new = seconds / tiles
    entry, known = remembered(key), _read()
    entry[stage] = round(SHARE * new + (1 - SHARE) * entry.get(stage, new), 5)
    # The one that was used last goes last: the first ones are forgotten.
    known.pop(key, None)
    known[key] = {str(number): value for number, value in entry.items()}
    with suppress(OSError, OutputError):
        memory_file().parent.mkdir(parents=True, exist_ok=True)
        write_json(memory_file(), dict(list(known.items())[-MOST:]))


def _read() -> dict[str, object]:
    try:
        found = read_record(memory_file())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
