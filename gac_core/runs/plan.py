"""What a run will compute, what it costs, and the room that it takes on disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from gac_core.area.lattice import count_tiles, lattice_of
from gac_core.area.tiling import Lattice, hull
from gac_core.area.tokens import seen_for
from gac_core.bands import S2_BANDS
from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.contract.errors import RequestError
from gac_core.contract.layout import CARD
from gac_core.contract.request import RunRequest
from gac_core.files import expanded, is_file
from gac_core.grid import Window
from gac_core.models.bundle import ANSWER_STEPS, STEPS, Bundle, WindowSpec
from gac_core.progress.pace import Costs
from gac_core.raster import file_size
from gac_core.scene.reach import exists

STAGE_BANDS = {1: S2_BANDS, 2: S2_BANDS, 3: OUTPUT_BANDS}
"""Bands of each stage's working file."""

SMALL = 1_000_000
"""Bytes for all that is small: journal, records, and what a file takes beyond its pixels."""


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
