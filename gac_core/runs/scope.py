"""The scope of a run, settled and checked before PyTorch is loaded.

PyTorch and the networks take half a minute to load: what a user can be refused for without them is
refused here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import rasterio

from gac_core.area.lens import lens_window
from gac_core.contract.errors import RequestError
from gac_core.contract.layout import JOURNAL
from gac_core.contract.request import RunRequest
from gac_core.grid import Window
from gac_core.models.bundle import Bundle
from gac_core.models.library import Library
from gac_core.raster import require_space
from gac_core.runs.folder import prepare
from gac_core.runs.identity import settings_of
from gac_core.runs.journal import Journal, results_in
from gac_core.runs.plan import anchored, bytes_needed, settled, stage_areas
from gac_core.runs.reuse import KeptRun
from gac_core.runs.taking_up import refuse_other_settings
from gac_core.runs.workspace import WorkFolder, refuse_inputs_within, working_folder
from gac_core.scene import S1Scene, extent_window, open_scene, require_measurement

CACHE_MB = 48
"""GDAL's block cache, which the radar fills. Its default is a share of the machine's memory.

GDAL takes the first number that a process names, and no other one after it."""


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
