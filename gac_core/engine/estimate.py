"""Estimate of a run's memory and disk space, before it is started.

The peak of a process is either that of loading, when a network and the file that it is read from
are both in memory, or that of computing, when all networks and one tile or block of activations
are. The constants were measured: `python -m tests.bench.estimates` compares.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import psutil
import torch

from gac_core.bundles.bundle import Bundle
from gac_core.bundles.card import UNUSABLE, unusable
from gac_core.bundles.library import Library
from gac_core.contract.layout import CARD
from gac_core.contract.message import Message
from gac_core.contract.request import RunRequest
from gac_core.engine.areas import Fusion, stage_areas
from gac_core.engine.plan import (
    Work,
    bytes_needed,
    folder_of,
    read_timings,
    timings_key,
    with_steps,
    work_of,
)
from gac_core.grid import Window
from gac_core.io import free_bytes
from gac_core.networks.device import BESIDE, describe_device, gpu_room, uses_bfloat16
from gac_core.networks.memory import (
    SINGLE,
    Sizes,
    correction_bytes,
    fits_together,
    lanes_for,
    network_bytes,
    sizes_of,
    stage_bytes,
    tile_bytes,
    tiles_that_fit,
)
from gac_core.networks.terramind import TerraMindShape
from gac_core.optical import open_use
from gac_core.scene import data_window, open_radar, requested_area

BASE_BYTES = 1_250_000_000
"""Bytes of a worker that has imported all libraries and loaded no network, on Linux."""

BASE_BYTES_GPU = 2_500_000_000
"""Bytes of such a worker with CUDA in use. Not measured yet."""

IO_BYTES = 100_000_000
"""Bytes for reading, blending and writing a scene of any size."""

INT8_OVERHEAD = 0.35
"""Extra bytes for computing with 8-bit matrices (scales, work space), as a share of their size."""


@dataclass(frozen=True)
class Resource:
    """Bytes needed and bytes free of a resource."""

    needed: int
    free: int

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-ready values."""
        return {"needed": self.needed, "free": self.free, "fits": self.needed <= self.free}


@dataclass(frozen=True)
class Estimate:
    """Estimated needs of a run.

    Attributes:
        device: Device that computes: `cpu` or `cuda`; `cpu` if the GPU is too small.
        precision: Number format of the networks: `float32` or `bfloat16`.
        batch: Number of tiles computed together.
        memory: Main memory; what this process already uses counts as free.
        gpu: GPU memory; None: no GPU is used.
        disk: Disk of the output folder; None: the area is unknown.
        advice: Resources that are too small, and what to do.
        work: Tiles to compute, and the share of the surroundings.
    """

    device: str
    precision: str
    batch: int
    memory: Resource
    gpu: Resource | None
    disk: Resource | None
    advice: list[str]
    work: Work

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-ready values."""
        rooms: Mapping[str, Resource | None]
        rooms = {"memory": self.memory, "gpu": self.gpu, "disk": self.disk}
        needs = {name: None if room is None else room.to_dict() for name, room in rooms.items()}
        return {
            "device": self.device,
            "precision": self.precision,
            "batch": self.batch,
            **needs,
            "advice": self.advice,
            "work": self.work.to_dict(),
        }


def estimate(
    request: RunRequest, library: Library, device: torch.device, *, loaded: bool = False
) -> Estimate:
    """Estimate the needs of a run within a second or so; no network is loaded.

    Args:
        request: The run.
        library: Library that holds its bundle.
        device: Device to compute on.
        loaded: Whether this process already has the bundle's networks in memory.

    Raises:
        GacError: If the run could not start at all: no bundle, no scene, an extent outside of it.
    """
    bundle = library.require(request.bundle)
    try:
        sizes, _ = sizes_of(bundle, library), correction_bytes(bundle)
    except UNUSABLE as error:
        raise unusable(bundle.path / CARD, error) from error
    area, whole, scene, fusion, stored = _windows(request, bundle)
    areas = stage_areas(area, whole, bundle.window, request.stages, fusion)
    room = bytes_needed(areas, area, request.from_stage, bundle.window, whole, stored)
    disk = Resource(room, free_bytes(folder_of(request.out)))
    advice: list[str] = []
    gpu, batch, parked = None, request.batch_size or 1, 0
    if device.type == "cuda":
        gpu, batch, parked = _gpu_room(request, bundle, sizes, device, loaded=loaded)
        if gpu.needed > gpu.free:
            advice.append(
                Message(
                    "The GPU's memory is too small for {}: the processor would compute, "
                    "which takes longer. Choose a smaller bundle, or close what else "
                    "uses the GPU.",
                    bundle.title,
                )
            )
            device, loaded, parked = torch.device("cpu"), False, 0
    process = psutil.Process()
    needed = process_bytes(bundle, sizes, device, loaded=loaded, parked=parked)
    memory = Resource(needed, psutil.virtual_memory().available + process.memory_info().rss)
    if memory.needed > memory.free:
        advice.append(
            Message(
                "The computer's memory is too small for {}: the run may be very slow or "
                "end. Close other programs, or choose a smaller bundle.",
                bundle.title,
            )
        )
    if disk.needed > disk.free:
        advice.append(
            Message(
                "The disk has too little room: free some, choose another output folder, "
                "or a smaller extent."
            )
        )
    request = with_steps(request, bundle)
    seconds = read_timings(timings_key(request, bundle.path, describe_device(device)))
    work = work_of(request, area, scene, bundle.window, seconds, fusion)
    precision = "bfloat16" if uses_bfloat16(device) else "float32"
    return Estimate(device.type, precision, batch, memory, gpu, disk, advice, work)


def process_bytes(
    bundle: Bundle,
    sizes: Sizes,
    device: torch.device,
    *,
    loaded: bool = False,
    parked: int = 0,
) -> int:
    """Return the peak bytes of main memory that a process takes for a run.

    Args:
        bundle: Bundle of the networks.
        sizes: Sizes of the networks.
        device: Device that computes.
        loaded: Whether the networks are loaded already.
        parked: Bytes of networks that wait in main memory for their turn on a GPU.
    """
    # Apple GPUs share main memory.
    on_cpu = device.type in ("cpu", "mps")
    base = BASE_BYTES if on_cpu else BASE_BYTES_GPU
    terramind, prithvi = SINGLE * sizes.terramind, SINGLE * sizes.prithvi
    resident = terramind if on_cpu else parked
    # A network and the memory-mapped file that it is read from.
    loading = base + max(2 * terramind, resident + 2 * prithvi)
    computing = base + IO_BYTES + parked
    if on_cpu:
        computing += network_bytes(sizes, value=SINGLE) + int(INT8_OVERHEAD * sizes.matrices)
        computing += _activations(bundle)
    return computing if loaded else max(loading, computing)


def _activations(bundle: Bundle) -> int:
    """Return the bytes of the feature maps of the blocks or tiles that a CPU computes at once."""
    shape, spec = TerraMindShape.from_dict(bundle.terramind), bundle.window
    correction = correction_bytes(bundle)
    lanes = lanes_for(torch.get_num_threads(), shape, spec.decode, correction)
    return lanes * max(tile_bytes(shape, spec.decode, value=SINGLE), correction)


def _gpu_room(
    request: RunRequest, bundle: Bundle, sizes: Sizes, device: torch.device, *, loaded: bool
) -> tuple[Resource, int, int]:
    """Return the GPU memory that a run needs, how many tiles are computed together, bytes parked.

    The peak is either that of loading, when a layer's weights are there in both precisions, or that
    of computing. Networks that do not fit all at once take turns.
    """
    shape, spec = TerraMindShape.from_dict(bundle.terramind), bundle.window
    value = 2 if uses_bfloat16(device) else SINGLE
    room, correction = gpu_room(device) - BESIDE, correction_bytes(bundle)
    networks = whole = network_bytes(sizes, value=value)
    if not fits_together(bundle, sizes, room, value=value):
        networks = stage_bytes(sizes, value=value)
    batch = request.batch_size or tiles_that_fit(
        max(0, room - networks), shape, spec.size, value=value, correction=correction
    )
    # A batch of blocks holds as many pixels as the batch of tiles, but at least one block.
    pixels = max(batch * spec.size**2, spec.decode**2)
    computing = pixels * tile_bytes(shape, spec.size, value=value) // spec.size**2
    computing = max(computing, batch * correction)
    needed, free = networks + max(computing, 2 * sizes.largest), max(0, room)
    if loaded:
        held = min(networks, needed, free)
        needed, free = needed - held, free - held
    return Resource(needed, free), batch, whole - networks


def _windows(
    request: RunRequest, bundle: Bundle
) -> tuple[Window, Window, Window, Fusion | None, int]:
    """Return a run's windows, the fusion of its optical reference, and how much of that is stored.

    Returns:
        The window that is computed, that of its data, that of the whole scene, the fusion, and the
        number of stored bands.
    """
    with ExitStack() as stack:
        scene = stack.enter_context(open_radar(request))
        whole = data_window(scene, request)
        optical = open_use(request, scene, whole, stack)
        fusion = Fusion.of(optical, bundle)
        stored = 0 if optical is None else optical.stored_bands
        return requested_area(scene, request), whole, scene.window, fusion, stored
