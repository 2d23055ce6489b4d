"""Plan of a run: its scope, checked without PyTorch, its costs and disk space.

PyTorch and the networks take half a minute to load: requests that can be refused without them are
refused here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import rasterio

from gac_core.band_statistics import S2_BANDS
from gac_core.bundles.bundle import ANSWER_STEPS, STEPS, Bundle, WindowSpec
from gac_core.bundles.library import Library
from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.contract.errors import OutputError, RequestError
from gac_core.contract.layout import CARD, JOURNAL, TIMINGS, data_dir
from gac_core.contract.message import Message
from gac_core.contract.optical_options import NO_CLOUDS
from gac_core.contract.request import RunRequest
from gac_core.engine.areas import Fusion, StageAreas, radar_window, stage_areas, stage_lattice
from gac_core.engine.checkpoint import Journal, recorded_results, refuse_other_settings
from gac_core.engine.folder import (
    WorkFolder,
    prepare_output,
    refuse_inputs_within,
    working_folder,
    write_json,
)
from gac_core.engine.identity import settings_of
from gac_core.engine.stage_cache import CachedRun
from gac_core.grid import Window
from gac_core.io import expanded, is_file, read_record
from gac_core.optical import ReferenceUse, open_use
from gac_core.places import biome_for, local_month
from gac_core.progress import Costs
from gac_core.raster import file_size, require_space
from gac_core.scene import (
    S1Scene,
    centre_location,
    data_window,
    open_radar,
    requested_area,
    require_measurement,
)
from gac_core.scene.paths import exists
from gac_core.scene.warp import stored_size
from gac_core.tiling.stage_inputs import lens_window
from gac_core.tiling.tiles import TileLayout, count_tiles

STAGE_BANDS = {1: S2_BANDS, 2: S2_BANDS, 3: OUTPUT_BANDS}
"""Bands of each stage's working file."""
SMALL_FILES_BYTES = 1_000_000
"""Bytes for everything small: journal, records, and file overhead beyond the pixels."""

CACHE_MB = 48
"""GDAL's block cache, filled by the radar. GDAL's default is a share of the machine's memory.

GDAL takes the first value that a process sets and ignores later ones.
"""

MIN_TILES = 4
"""Stages with fewer tiles do not reveal the cost of a tile: other costs outweigh it."""
MAX_ENTRIES = 64
"""Maximum number of models and devices remembered."""
NEWEST_WEIGHT = 0.5
"""Weight of the newest run."""


def with_absolute_paths(request: RunRequest) -> RunRequest:
    """Return the same request with absolute paths: it may be resumed from another folder.

    Raises:
        RequestError: If a path names the home folder of an unknown user.
    """
    bundle = expanded(request.bundle)
    return replace(
        request,
        sar=tuple(_full(path) for path in request.sar),
        optical=tuple(_full(path) for path in request.optical),
        optical_mask=_mask(request.optical_mask),
        optical_other=tuple(_full(path) for path in request.optical_other),
        optical_other_mask=_mask(request.optical_other_mask),
        out=str(folder_of(request.out)),
        bundle=str(bundle.absolute()) if is_file(bundle / CARD) else request.bundle,
        reuse=str(folder_of(request.reuse)) if request.reuse else "",
    )


def folder_of(text: str) -> Path:
    """Return the absolute path of a folder as a user named it.

    Raises:
        RequestError: If the path names the home folder of an unknown user.
    """
    folder = expanded(text)
    user = folder.parts[0] if folder.parts else ""
    if user.startswith("~") and not exists(str(folder)):
        raise RequestError(
            Message(
                "This computer knows no user {}, whose folder {} is to be in.", repr(user[1:]), text
            ),
            Message("Give the folder's full path."),
            problem="user-unknown",
        )
    return folder.absolute()


def with_steps(request: RunRequest, bundle: Bundle) -> RunRequest:
    """Return the request with the bundle's numbers of steps wherever it sets none."""
    return replace(
        request,
        timesteps_1=request.timesteps_1 or bundle.sampling.steps(request.stages),
        timesteps_3=request.timesteps_3 or bundle.grounding.steps,
    )


class Conditions(NamedTuple):
    """Conditions of a scene that stage 2 is told.

    Attributes:
        month: Calendar month, 0 unknown.
        season_month: Month of the northern hemisphere with the same season.
        biome: 1 to 14, 0 unknown.
    """

    month: int
    season_month: int
    biome: int


def conditions_of(request: RunRequest, scene: S1Scene, area: Window) -> Conditions:
    """Return the conditions of an area of a scene: those of the request, or of date and place."""
    month = scene.month if request.month is None else request.month
    season = local_month(month, centre_location(scene.grid, area)[0])
    return Conditions(month, season, biome_for(request.biome, *scene.centre))


def _mask(path: str) -> str:
    return path if path in ("", NO_CLOUDS) else _full(path)


def _full(path: str) -> str:
    # Anything that is not a local file may be a URL or a GDAL subdataset name.
    local = expanded(path)
    return str(local.absolute()) if exists(str(local)) else path


def bytes_needed(
    areas: StageAreas,
    area: Window,
    first: int,
    spec: WindowSpec,
    scene: Window,
    optical_bands: int = 0,
) -> int:
    """Return a run's peak disk space: working files, tiles being blended, results and a copy.

    Args:
        areas: Areas of the stages.
        area: Requested area.
        first: First stage that is computed.
        spec: Tile and block sizes.
        scene: Window with data.
        optical_bands: Bands of the optical reference that are stored; 0: there is none.
    """
    working = sum(file_size(a, STAGE_BANDS[n]) for n, a in areas.images.items())
    if areas.fusion is not None:
        working += sum(file_size(a, STAGE_BANDS[n]) for n, a in areas.generated.items())
        if areas.fusion.is_guided:
            working += max(file_size(a, STAGE_BANDS[n]) for n, a in areas.generated.items())
        # Kinds of pixels: a working file, and a file with overviews.
        working += area.height * area.width * 8
    read = radar_window(areas, first, spec, scene)
    working += stored_size(read) + (stored_size(read, optical_bands) if optical_bands else 0)
    result = 2 * len(OUTPUT_BANDS) * area.height * area.width
    rows = [
        _tile_bytes(a, stage_lattice(n, spec, scene), STAGE_BANDS[n])
        for n, a in areas.generated.items()
    ]
    # Of the stage that is computed, a row and those above that overlap it. The last row of each
    # stage reaches beyond its area and stays to the end.
    tiles = 3 * max(rows) + sum(rows)
    # Overviews add a third to a result; the plain copy is removed before the next stage.
    return working + tiles + int(result * (1 + len(areas.images) * 4 / 3)) + SMALL_FILES_BYTES


def _tile_bytes(area: Window, lattice: TileLayout, bands: tuple[str, ...]) -> int:
    """Return the disk space of a row of tiles."""
    most = max((sum(w.height * w.width for w in row) for row in lattice.rows(area)), default=0)
    return 4 * len(bands) * most


def timings_key(request: RunRequest, bundle: Path, device: str) -> str:
    """Return the key under which the cost of a tile is remembered: all that it depends on."""
    steps = f"{request.timesteps_1 or STEPS} + {request.timesteps_3 or ANSWER_STEPS} steps"
    return f"{bundle}, {device}, {steps}"


def costs(
    request: RunRequest,
    areas: StageAreas,
    spec: WindowSpec,
    scene: Window,
    known: Mapping[int, float],
) -> Costs:
    """Return the number of tiles of each stage and the cost of one.

    The unit is seconds if all of them are known, else a UNet pass over a tile.
    """
    # Blocks are larger than tiles. The factors are those of the demo bundle: a step of the bridge
    # costs as much as a pass of the decoder over a tile, a tile of stage 2 six of them, mostly
    # 8-bit Prithvi. First runs of other bundles may differ.
    larger = (spec.decode / spec.size) ** 2
    steps = request.timesteps_3 or ANSWER_STEPS
    cost = {
        1: ((request.timesteps_1 or STEPS) + 1.0) * larger,
        2: 6.0,
        3: (steps + 1.0) * (larger if 3 in spec.blocks else 1.0),
    }
    if areas.generated.keys() <= known.keys():
        cost = dict(known)
    return {
        number: (
            count_tiles(a, stage_lattice(number, spec, scene)),
            # Copying a stage from another run takes next to no time.
            cost[number] if number >= request.from_stage else 0.0,
        )
        for number, a in areas.generated.items()
    }


@dataclass(frozen=True)
class Work:
    """Tiles that a run computes, and the share of its surroundings.

    A run also computes a ring around its area, so that a place gets the same pixels in every
    extent; a quick run leaves the ring out.

    Attributes:
        tiles: Tiles by stage, blocks in stages that decode tokens, with the ring.
        quick_tiles: The same without the ring.
        surroundings: Share of the ring in the run's computing time, 0 to 1.
        seconds: Computing time with the ring; None until earlier runs have shown a tile's time in
            every stage.
        quick_seconds: The same without the ring.
    """

    tiles: dict[int, int]
    quick_tiles: dict[int, int]
    surroundings: float
    seconds: float | None
    quick_seconds: float | None

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-ready values."""
        return {
            "tiles": {str(stage): count for stage, count in self.tiles.items()},
            "quick_tiles": {str(stage): count for stage, count in self.quick_tiles.items()},
            "surroundings": round(self.surroundings, 4),
            "seconds": self.seconds,
            "quick_seconds": self.quick_seconds,
        }


def work_of(
    request: RunRequest,
    area: Window,
    scene: Window,
    spec: WindowSpec,
    known: Mapping[int, float],
    fusion: Fusion | None = None,
) -> Work:
    """Return the work of a run over an area, whether or not the request asks for a quick one.

    Args:
        request: Request with resolved steps.
        area: Requested area.
        scene: Window of the whole scene.
        spec: Tile and block sizes.
        known: Seconds per tile by stage, from earlier runs.
        fusion: Fusion of an optical reference; None: there is none.
    """
    all_costs = {}
    for name, whole in (("with", scene), ("without", area)):
        areas = stage_areas(area, whole, spec, request.stages, fusion)
        all_costs[name] = costs(request, areas, spec, whole, known)
    tiles = {
        name: {stage: n for stage, (n, _) in each.items() if stage >= request.from_stage}
        for name, each in all_costs.items()
    }
    sums = {name: sum(n * cost for n, cost in each.values()) for name, each in all_costs.items()}
    # The lattice of a small extent may differ from that of the scene and take no fewer tiles.
    share = max(0.0, 1 - sums["without"] / sums["with"]) if sums["with"] else 0.0
    timed = all(stage in known for stage in range(1, request.stages + 1))
    return Work(
        tiles["with"],
        tiles["without"],
        share,
        sums["with"] if timed else None,
        sums["without"] if timed else None,
    )


@dataclass(frozen=True)
class Scope:
    """Scope of a run that has passed all checks that do not need PyTorch.

    Attributes:
        request: Request with absolute paths and resolved steps.
        bundle: Bundle; all weights are on this machine.
        kept: Run whose earlier stages are reused; None: all are computed.
        scene: The radar, open.
        area: Area to compute.
        whole: Window with data; for a lens and for a quick run, `area` itself.
        areas: Areas of the stages.
        work: Working folder, locked for this run.
        room: Peak disk space of the run in bytes.
        optical: Optical reference; None: there is none.
    """

    request: RunRequest
    bundle: Bundle
    kept: CachedRun | None
    scene: S1Scene
    area: Window
    whole: Window
    areas: StageAreas
    work: WorkFolder
    room: int
    optical: ReferenceUse | None = None


@contextmanager
def scope_of(
    request: RunRequest,
    library: Library,
    check: Callable[[], None] = lambda: None,
    *,
    lens: bool = False,
) -> Iterator[Scope]:
    """Determine the scope of a run, and keep its radar open and its folder locked meanwhile.

    Args:
        request: The request.
        library: Library of bundles.
        check: Called now and then; may raise to stop.
        lens: As for `pipeline.run`.

    Raises:
        GacError: If the run cannot be executed, as far as that can be determined without PyTorch.
    """
    request = with_absolute_paths(request)
    bundle = library.require(request.bundle)
    request = with_steps(request, bundle)
    kept_run = CachedRun.read(Path(request.reuse)) if request.reuse else None
    if kept_run is not None and kept_run.folder.resolve() == request.out_dir.resolve():
        raise RequestError(
            Message("The run would replace the one that it takes stages from, in {}.", request.out),
            Message("Choose another output folder."),
            problem="output-replaces-reused-run",
        )
    with ExitStack() as stack:
        stack.enter_context(rasterio.Env(GDAL_CACHEMAX=CACHE_MB))
        scene = stack.enter_context(open_radar(request))
        bundle.require_modality(scene.modality)
        area = requested_area(scene, request)
        if lens:
            area = lens_window(area, scene.window, bundle.window)
        whole = area if lens else data_window(scene, request)
        out = request.out_dir
        require_measurement(scene, area, check)
        optical = open_use(request, scene, whole, stack)
        inputs = scene.inputs.local + (() if optical is None else optical.inputs.local)
        refuse_inputs_within(out, inputs)
        prepare_output(out, inputs, recorded_results(out))
        work = stack.enter_context(working_folder(out))
        # Keep the files of an unfinished run until this run has some of its own.
        work.keep = (work.path / JOURNAL).exists()
        refuse_other_settings(work, Journal.read(work.path), settings_of(request))
        fusion = Fusion.of(optical, bundle)
        areas = stage_areas(area, whole, bundle.window, request.stages, fusion)
        stored = 0 if optical is None else optical.stored_bands
        room = bytes_needed(areas, area, request.from_stage, bundle.window, whole, stored)
        # Files of an earlier run there are either reused or removed.
        require_space(out, room - work.size)
        yield Scope(request, bundle, kept_run, scene, area, whole, areas, work, room, optical)


def timings_file() -> Path:
    """Return the file that stores costs; `GAC_PACE` names another file."""
    path = os.environ.get("GAC_PACE")
    return Path(path) if path else data_dir() / TIMINGS


def read_timings(key: str) -> dict[int, float]:
    """Return the seconds per tile by stage, measured in earlier runs; empty if there were none."""
    entry = _read().get(key)
    with suppress(AttributeError, TypeError, ValueError):
        values = entry.items()  # type: ignore[attr-defined]
        seconds = {int(stage): float(value) for stage, value in values}
        if all(0 < value < 1e6 for value in seconds.values()):
            return seconds
    return {}


def store_timing(key: str, stage: int, tiles: int, seconds: float) -> None:
    """Store the time that a stage took; failures to write are ignored."""
    if tiles < MIN_TILES or seconds <= 0:
        return
    new = seconds / tiles
    entry, entries = read_timings(key), _read()
    entry[stage] = round(NEWEST_WEIGHT * new + (1 - NEWEST_WEIGHT) * entry.get(stage, new), 5)
    # Most recently used last: the first entries are dropped.
    entries.pop(key, None)
    entries[key] = {str(number): value for number, value in entry.items()}
    with suppress(OSError, OutputError):
        timings_file().parent.mkdir(parents=True, exist_ok=True)
        write_json(timings_file(), dict(list(entries.items())[-MAX_ENTRIES:]))


def _read() -> dict[str, object]:
    try:
        entries = read_record(timings_file())
    except (OSError, ValueError):
        return {}
    return entries if isinstance(entries, dict) else {}
