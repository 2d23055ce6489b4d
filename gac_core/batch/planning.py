"""Makes the plan of a scene: understands its radar, and settles what all workers share."""

from __future__ import annotations

from typing import Any

import rasterio
import torch

from gac_core import __version__
from gac_core.batch.cutting import side_for
from gac_core.batch.plan import Plan
from gac_core.biomes import biome_for
from gac_core.contract.redaction import redacted_values
from gac_core.contract.request import RunRequest
from gac_core.files import as_recorded
from gac_core.models.cache import ModelCache
from gac_core.models.device import choose_device
from gac_core.models.room import batch_for
from gac_core.provenance import input_files
from gac_core.runs.journal import now
from gac_core.runs.plan import settled
from gac_core.runs.scope import CACHE_MB
from gac_core.scene import S1Scene, centre_place, extent_window, open_scene, require_measurement
from gac_core.season import local_month

Values = dict[str, Any]


def reading_of(scene: S1Scene) -> Values:
    """How a scene was understood, without what the place that it lies in tells."""
    values = {k: v for k, v in scene.info().items() if k not in ("warnings", "paths", "decisions")}
    return as_recorded({**values, "sample": scene.fingerprint})


def make_plan(
    name: str, request: RunRequest, side: int | None, threads: int, cache: ModelCache
) -> Plan:
    """Understand a scene and cut it.

    Args:
        name: What its folder, which `request.out` names, is called.
        request: As for a run, with full paths: a worker may have been started anywhere.
        side: Of blocks, about; None: as usual.
        threads: PyTorch's, in each worker.
        cache: Where bundles are.

    Raises:
        GacError: If the scene cannot be computed.
    """
    torch.set_num_threads(threads)
    bundle = cache.library.require(request.bundle)
    request = settled(request, bundle)
    device = choose_device(request.device)
    models = cache.get(bundle, device)
    batch = request.batch_size or 1
    if device.type == "cuda":
        models.load()
        batch = request.batch_size or batch_for(models)
    with (
        rasterio.Env(GDAL_CACHEMAX=CACHE_MB),
        open_scene(request.sar, **request.reading, **request.place) as scene,
    ):
        bundle.require_modality(scene.modality)
        area = extent_window(scene, request.extent, request.extent_crs)
        require_measurement(scene, area)
        month = scene.month if request.month is None else request.month
        plan = Plan(
            name=name,
            request=request.without_secrets(),
            grid=scene.grid,
            whole=scene.window,
            area=area,
            spec=bundle.window,
            side=side_for(side, bundle.window),
            threads=threads,
            batch=batch,
            device=device.type,
            month=month,
            season_month=local_month(month, centre_place(scene.grid, area)[0]),
            biome=biome_for(request.biome, *scene.centre),
            reading=reading_of(scene),
            inputs=input_files(scene.inputs),
            stamps=scene.inputs.stamps(),
            card=models.card_sha256,
            software={"gac": __version__, "torch": torch.__version__},
            started=now(),
            warnings=[*scene.warnings, *bundle.notes],
            times=scene.inputs.times,
        )
        scene.inputs.require_untouched()
    # As it will be read again.
    return Plan.from_dict(redacted_values(plan.to_dict()))
