"""What a run would take of memory and disk, told before it is started.

The peak of a process is that of loading, when a network and the file that it is read from are both
in memory, or that of computing, when all networks are and one tile or block of activations besides.
The constants were measured: `python -m tests.bench.estimates` compares.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import psutil
import torch

from gac_core.bundles.bundle import Bundle
from gac_core.bundles.card import UNUSABLE, unusable
from gac_core.bundles.library import Library
from gac_core.contract.layout import CARD
from gac_core.contract.request import RunRequest
from gac_core.grid import Window
from gac_core.io import free_bytes
from gac_core.networks.device import uses_bfloat16
from gac_core.networks.memory import (
    SINGLE,
    Sizes,
    correction_bytes,
    lanes_for,
    sizes_of,
    tile_bytes,
    tiles_that_fit,
)
from gac_core.networks.terramind import TerraMindShape
from gac_core.runs.plan import bytes_needed, folder_of, stage_areas
from gac_core.scene import extent_window, open_scene

LIBRARIES = 1_250_000_000
"""Bytes of a worker that has imported everything and loaded nothing, on Linux."""

LIBRARIES_GPU = 2_500_000_000
"""The same once CUDA is in use. Not measured yet."""

READING = 100_000_000
"""Bytes of reading, blending and writing a scene of any size."""

SETTLED = 0.35
"""Share of 8-bit matrices' bytes that computing with them adds: scales and work space."""


@dataclass(frozen=True)
class Room:
    """Bytes that are needed of something, and that are free."""

    needed: int
    free: int

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready values."""
        return {"needed": self.needed, "free": self.free, "fits": self.needed <= self.free}


@dataclass(frozen=True)
class Estimate:
    """What a run would take.

    Attributes:
        device: What computes: `cpu` or `cuda`; `cpu` where the GPU is too small.
        precision: Numbers that networks compute with: `float32` or `bfloat16`.
        batch: Tiles computed together.
        memory: The computer's; what this process holds already counts as free.
        gpu: The GPU's; None: none is used.
        disk: The output folder's disk; None: the area is not known.
        advice: What is too small, and what to do.
    """

    device: str
    precision: str
    batch: int
    memory: Room
    gpu: Room | None
    disk: Room | None
    advice: list[str]

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready values."""
        rooms: Mapping[str, Room | None]
        rooms = {"memory": self.memory, "gpu": self.gpu, "disk": self.disk}
        told = {name: None if room is None else room.to_dict() for name, room in rooms.items()}
        return {
            "device": self.device,
            "precision": self.precision,
            "batch": self.batch,
            **told,
            "advice": self.advice,
        }


def estimate(
    request: RunRequest, library: Library, device: torch.device, *, loaded: bool = False
) -> Estimate:
    """What a run would take, in a second or less; no network is loaded.

    Args:
        request: The run.
        library: Where its bundle is.
        device: What it would compute on.
        loaded: Whether this process has the bundle's networks in memory already.

    Raises:
        GacError: If the run could not begin at all: no bundle, no scene, an extent beside it.
    """
    bundle = library.require(request.bundle)
    try:
        sizes, _ = sizes_of(bundle, library), correction_bytes(bundle)
    except UNUSABLE as error:
        raise unusable(bundle.path / CARD, error) from error
    area, whole = _area(request)
    areas = stage_areas(area, whole, bundle.window, request.stages)
    room = bytes_needed(areas, area, bundle.window, whole)
    disk = Room(room, free_bytes(folder_of(request.out)))
    advice: list[str] = []
    gpu, batch = None, request.batch_size or 1
    if device.type == "cuda":
        gpu, batch = _gpu_room(request, bundle, sizes, device, loaded=loaded)
        if gpu.needed > gpu.free:
            advice.append(
                f"The GPU's memory is too small for {bundle.title}: the processor would compute, "
                "which takes longer. Choose a smaller bundle, or close what else uses the GPU."
            )
            device, loaded = torch.device("cpu"), False
    process = psutil.Process()
    needed = process_bytes(bundle, sizes, device, loaded=loaded)
    memory = Room(needed, psutil.virtual_memory().available + process.memory_info().rss)
    if memory.needed > memory.free:
        advice.append(
            f"The computer's memory is too small for {bundle.title}: the run may be very slow or "
            "end. Close other programs, or choose a smaller bundle."
        )
    if disk.needed > disk.free:
        advice.append(
            "The disk has too little room: free some, choose another output folder, or a smaller "
            "extent."
        )
    precision = "bfloat16" if uses_bfloat16(device) else "float32"
    return Estimate(device.type, precision, batch, memory, gpu, disk, advice)


def process_bytes(
    bundle: Bundle, sizes: Sizes, device: torch.device, *, loaded: bool = False
) -> int:
    """Peak bytes of the computer's memory that a process takes for a run.

    Args:
        bundle: Whose networks.
        sizes: Of those.
        device: What computes.
        loaded: Whether loading is over.
    """
    # Apple's GPU shares the computer's memory.
    on_cpu = device.type in ("cpu", "mps")
    base = LIBRARIES if on_cpu else LIBRARIES_GPU
    terramind, prithvi = SINGLE * sizes.terramind, SINGLE * sizes.prithvi
    stays = terramind if on_cpu else 0
    # A network and the file that it is filled from, which the system maps into memory.
    loading = base + max(2 * terramind, stays + 2 * prithvi)
    computing = base + READING
    if on_cpu:
        computing += network_bytes(sizes, value=SINGLE) + int(SETTLED * sizes.matrices)
        computing += _activations(bundle)
    return computing if loaded else max(loading, computing)


def network_bytes(sizes: Sizes, *, value: int) -> int:
    """Bytes of a bundle's networks where they compute.

    Args:
        sizes: How large they are.
        value: Bytes of a number of TerraMind's matrices.
    """
    plain = sizes.prithvi - sizes.matrices + sizes.others
    return value * sizes.terramind + sizes.matrices + SINGLE * plain


def _activations(bundle: Bundle) -> int:
    """Bytes of the feature maps of what a processor computes side by side, blocks or tiles."""
    shape, spec = TerraMindShape.from_dict(bundle.terramind), bundle.window
    correction = correction_bytes(bundle)
    lanes = lanes_for(torch.get_num_threads(), shape, spec.decode, correction)
    return lanes * max(tile_bytes(shape, spec.decode, value=SINGLE), correction)


def _gpu_room(
    request: RunRequest, bundle: Bundle, sizes: Sizes, device: torch.device, *, loaded: bool
) -> tuple[Room, int]:
    """What a GPU must hold, and how many tiles it computes together."""
    shape, spec = TerraMindShape.from_dict(bundle.terramind), bundle.window
    value = 2 if uses_bfloat16(device) else SINGLE
    networks = network_bytes(sizes, value=value)
    # What PyTorch took and does not use now is free for it.
    free = torch.cuda.mem_get_info(device)[0]
    free += torch.cuda.memory_reserved(device) - torch.cuda.memory_allocated(device)
    left = free if loaded else free - networks
    correction = correction_bytes(bundle)
    batch = request.batch_size or tiles_that_fit(
        max(0, left), shape, spec.size, value=value, correction=correction
    )
    # Blocks hold as many pixels as the tiles, but never less than one.
    pixels = max(batch * spec.size**2, spec.decode**2)
    computing = pixels * tile_bytes(shape, spec.size, value=value) // spec.size**2
    computing = max(computing, batch * correction)
    return Room((0 if loaded else networks) + computing, free), batch


def _area(request: RunRequest) -> tuple[Window, Window]:
    """The window that a run computes, and the whole scene's."""
    with open_scene(request.sar, **request.reading, **request.place) as scene:
        return extent_window(scene, request.extent, request.extent_crs), scene.window
