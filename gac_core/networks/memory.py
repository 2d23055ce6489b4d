"""Memory of networks: their sizes, and the number of tiles computed together or in parallel.

It estimates the tensors that are alive at once, with a margin. If a GPU's memory still proves too
small, the batch is halved; a stage's batches are watched for what they really take.
"""

from __future__ import annotations

import pickle  # nosec B403
import re
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import prod
from pathlib import Path
from typing import Protocol

import torch
from safetensors import SafetensorError, safe_open

from gac_core.bundles.bundle import Bundle, WeightFile
from gac_core.bundles.library import Library
from gac_core.grid import TOKEN
from gac_core.networks.bridge import BridgeShape
from gac_core.networks.device import BESIDE, gpu_room, start_peak, uses_bfloat16
from gac_core.networks.prithvi import is_of_decoder
from gac_core.networks.refiner import HeadShape
from gac_core.networks.terramind import TerraMindShape, of_encoder, of_other_modalities
from gac_core.networks.weights import unwrapped

MOST = 32
"""Maximum batch size; larger ones do not make a GPU faster."""
SHARE = 0.6
"""Usable share of free memory: convolutions need workspace, and the allocator fragments."""
MEASURED_SHARE = 0.8
"""The same, where it was measured how much a tile takes: fragments are left to allow for."""
LANES = 250_000_000
"""Maximum bytes of blocks computed in parallel on a CPU."""
_MAPS = 20
"""Feature maps of the decoder's width alive at once, at its highest resolution: half a dozen skip
connections, and what an upsampling block computes from two maps concatenated.
"""
_SEEN = 4
"""Copies of a ConvNeXt network's inputs, at full resolution: the parts, concatenated,
pixel-unshuffled, and in another memory layout.
"""
_BLOCK = 9
"""Feature maps of such a network's first width in a block, at half the resolution: the input, three
derived from it in sequence, and the hidden layer of three times the width with its activation.
"""
_VOCABULARY = 15_360
_LOGITS = 3
"""32-bit copies of the logits: original, sorted, and cumulative."""

SINGLE = 4
"""Bytes of a 32-bit number; all networks are loaded in this precision."""
_BLOCK_MATRIX = re.compile(r"(.*\.)?blocks\.\d+\..*weight")


class OnDevice(Protocol):
    """Networks of a bundle on a device, such as `loading.Models`."""

    bundle: Bundle
    device: torch.device


def tile_bytes(shape: TerraMindShape, tile: int, *, value: int) -> int:
    """Return the memory needed to compute one tile, without the networks.

    Args:
        shape: TerraMind's size.
        tile: Side of a tile in pixels.
        value: Bytes per value in feature maps, 2 or 4.
    """
    unet = shape.unet
    widest = max(unet.channel_mult[0], 1) * unet.model_channels
    decoder = _MAPS * widest * (tile // unet.patch_size) ** 2 * value
    tokens = (tile // TOKEN) ** 2
    # Radar and optical tokens, each with queries, keys, values and a gated layer of 4x width.
    transformer = 2 * tokens * shape.dim * 16 * value
    logits = tokens * _VOCABULARY * 4 * _LOGITS
    return max(decoder, transformer + logits)


def correction_bytes(bundle: Bundle) -> int:
    """Return the memory that a tile needs in stage 2's head or in the bridge, without the networks.

    Args:
        bundle: The bundle; networks that it lacks count as 0.

    Returns:
        The larger of the two, for 32-bit values.
    """
    sizes = [(0, 0)]
    if bundle.refiner is not None:
        head = HeadShape.from_dict(bundle.refiner["head"]["shape"])
        sizes.append((head.seen, head.widths[0]))
    if bundle.grounding.bridge is not None:
        bridge = BridgeShape.from_dict(bundle.grounding.bridge["shape"])
        sizes.append((bridge.seen, bridge.widths[0]))
    pixels = bundle.window.size**2
    return max(4 * pixels * (_SEEN * channels + _BLOCK * width // 4) for channels, width in sizes)


def tiles_that_fit(
    free: int, shape: TerraMindShape, tile: int, *, value: int, correction: int = 0
) -> int:
    """Return the number of tiles to compute together, a power of two so that it can be halved.

    Args:
        free: Free memory of the GPU in bytes, with the networks loaded.
        shape: TerraMind's size.
        tile: Side of a tile in pixels.
        value: Bytes per value in feature maps.
        correction: Memory of a tile in the bundle's other networks (`correction_bytes`).

    Returns:
        1 to `MOST`; also 1 if not even one fits, which only computing it can show.
    """
    fit = int(SHARE * free) // max(tile_bytes(shape, tile, value=value), correction)
    return 1 << (max(1, min(MOST, fit)).bit_length() - 1)


def lanes_for(threads: int, shape: TerraMindShape, block: int, correction: int = 0) -> int:
    """Return the number of blocks or tiles that a CPU computes in parallel, sharing its threads.

    A small network's layers are too short to be split among threads: the demo's blocks take 1.4
    times as long one after another with two threads as in parallel with one each. At the published
    size it is 1.06 times; there it matters more to save memory, and one block uses all cores.

    Args:
        threads: Number of PyTorch's threads.
        shape: TerraMind's size.
        block: Side of a block in pixels.
        correction: Memory of a tile in the bundle's other networks (`correction_bytes`).

    Returns:
        A divisor of `threads`.
    """
    fit = LANES // max(tile_bytes(shape, block, value=4), correction)
    return max(n for n in range(1, threads + 1) if threads % n == 0 and n <= max(1, fit))


def batch_for(models: OnDevice) -> int:
    """Return the number of tiles to compute together: one on a CPU, as many as fit on a GPU.

    The networks must already be in the GPU's memory.
    """
    if models.device.type != "cuda":
        return 1
    free = gpu_room(models.device) - torch.cuda.memory_allocated(models.device)
    shape = TerraMindShape.from_dict(models.bundle.terramind)
    value = 2 if uses_bfloat16(models.device) else 4
    correction = correction_bytes(models.bundle)
    return tiles_that_fit(
        free, shape, models.bundle.window.size, value=value, correction=correction
    )


def corrected_batch(batch: int, taken: int, free: int) -> int:
    """Return the number of tiles to compute together by what a first batch really took.

    Args:
        batch: Tiles of the first batch, a power of two.
        taken: Bytes of the GPU that it took beside the networks, at its peak.
        free: Bytes that a batch may take.

    Returns:
        The same, or another power of two up to `MOST`: a smaller one only if the first did not fit.
    """
    if taken > free:
        fit = batch * free // taken
    else:
        fit = max(batch, int(MEASURED_SHARE * free) * batch // max(taken, 1))
    return 1 << (max(1, min(max(batch, MOST), fit)).bit_length() - 1)


def lanes_of(models: OnDevice) -> int:
    """Return the number of groups of tiles or blocks computed in parallel.

    On a GPU they take turns; a waiting one reads and prepares its inputs.
    """
    if models.device.type != "cpu":
        return 2
    shape = TerraMindShape.from_dict(models.bundle.terramind)
    bundle = models.bundle
    return lanes_for(torch.get_num_threads(), shape, bundle.window.decode, correction_bytes(bundle))


@dataclass(frozen=True)
class Sizes:
    """Numbers of parameters of a bundle's networks.

    Attributes:
        terramind: TerraMind and its tokenizer's decoder.
        prithvi: Prithvi; 0: the bundle has none.
        matrices: Those of Prithvi that are quantised to 8 bits.
        others: Heads, trained blocks and the bridge.
        largest: The largest of the matrices; while it is quantised it takes 16 bits too.
    """

    terramind: int
    prithvi: int
    matrices: int
    others: int
    largest: int = 0


def sizes_of(bundle: Bundle, library: Library) -> Sizes:
    """Return the sizes of a bundle's networks, reading only the headers of its files.

    Raises:
        BundleError: If a file is missing.
    """
    shape = TerraMindShape.from_dict(bundle.terramind)

    def count(weight: WeightFile, left: Callable[[str], bool] = lambda name: False) -> int:
        tensors = _tensors(library.locate(bundle, weight))
        return sum(number for name, number in tensors.items() if not left(name))

    terramind = count(bundle.generator, lambda name: of_other_modalities(name, shape))
    terramind += count(bundle.tokenizer, of_encoder)
    files = list(bundle.weight_files[2:])
    if bundle.refiner is None:
        return Sizes(terramind, 0, 0, sum(count(weight) for weight in files))
    prithvi = _tensors(library.locate(bundle, files.pop(0)))
    # The published file also holds the decoder of the masked autoencoder.
    encoder = {n: c for n, c in prithvi.items() if not is_of_decoder(n)}
    matrices = [c for n, c in encoder.items() if _BLOCK_MATRIX.fullmatch(n)]
    if not bundle.refiner.get("quantise", True):
        matrices = []
    others = sum(count(weight) for weight in files)
    return Sizes(terramind, sum(encoder.values()), sum(matrices), others, max(matrices, default=0))


def network_bytes(sizes: Sizes, *, value: int) -> int:
    """Return the bytes of a bundle's networks on the device that computes.

    Args:
        sizes: Sizes of the networks.
        value: Bytes per number of TerraMind's matrices.
    """
    plain = sizes.prithvi - sizes.matrices + sizes.others
    return value * sizes.terramind + sizes.matrices + SINGLE * plain


def stage_bytes(sizes: Sizes, *, value: int) -> int:
    """Return the bytes of the networks of the stage that has the most; see `network_bytes`."""
    return max(
        value * sizes.terramind + SINGLE * sizes.others,
        network_bytes(sizes, value=value) - value * sizes.terramind,
    )


def fits_together(bundle: Bundle, sizes: Sizes, room: int, *, value: int) -> bool:
    """Return whether all networks of a bundle, and one of its tiles or blocks, fit into a GPU.

    Args:
        bundle: The bundle.
        sizes: Sizes of its networks.
        room: Bytes of the GPU that this process may have.
        value: Bytes per number of TerraMind's matrices and feature maps.
    """
    shape = TerraMindShape.from_dict(bundle.terramind)
    one = max(tile_bytes(shape, bundle.window.decode, value=value), correction_bytes(bundle))
    return network_bytes(sizes, value=value) + one / SHARE <= room


def _tensors(path: Path) -> dict[str, int]:
    changed = path.stat()
    return _headers(path, changed.st_mtime_ns, changed.st_size)


@lru_cache(maxsize=32)
def _headers(path: Path, changed: int, size: int) -> dict[str, int]:
    """Return the number of values of each tensor; unreadable files are estimated by their size."""
    try:
        if path.suffix == ".safetensors":
            with safe_open(path, framework="pt") as file:
                return {n: prod(file.get_slice(n).get_shape()) for n in file.keys()}  # noqa: SIM118
        state = torch.load(path, map_location="meta", weights_only=True)
        state = unwrapped(state)
        return {n: t.numel() for n, t in state.items() if isinstance(t, torch.Tensor)}
    except (SafetensorError, pickle.UnpicklingError, RuntimeError, ValueError, OSError, EOFError):
        return {"": size // SINGLE}


SLOW = 4.0
"""Times the median from which on a batch is slow. Memory that the driver moved to the computer's is
some 8 times slower; two lanes that wait for each other take twice the time.
"""
_ENOUGH = 4
"""Batches that make a median."""


class BatchWatch:
    """Watch over the batches of a stage; without effect on a CPU.

    Args:
        device: Device that computes; the stage's networks are on it.
        size: Tiles computed together.
        corrects: Whether another number of tiles may be computed together.

    Attributes:
        size: Tiles computed together.
    """

    def __init__(self, device: torch.device, size: int, *, corrects: bool) -> None:
        self._device, self.size = device, size
        self._on_gpu = device.type == "cuda"
        self._corrects = corrects and self._on_gpu
        self._seconds: list[float] = []
        self._count = 0
        if self._corrects:
            self._networks = torch.cuda.memory_allocated(device)
            start_peak(device)

    def batch_done(self, seconds: float) -> None:
        """Take notice of a batch; may be called from several threads."""
        self._seconds.append(seconds)

    def better_batch(self, left: int) -> int:
        """Return the number of tiles to compute together, by the memory that the first batch took.

        Asked once a batch is done; later calls, and those before, return the present number.

        Args:
            left: Tiles that are not computed yet; for a few, more at a time are of no use.
        """
        if not (self._corrects and self._seconds):
            return self.size
        self._corrects = False
        peak = torch.cuda.max_memory_allocated(self._device)
        free = gpu_room(self._device) - BESIDE - self._networks
        fit = corrected_batch(self.size, peak - self._networks, max(0, free))
        if fit <= self.size or left < 4 * self.size:
            return min(fit, self.size)
        return 1 << (min(fit, left).bit_length() - 1)

    def slowdown(self) -> float:
        """Return how many times the median of the batches before the last two took; 0: not slow.

        A single slow batch may come of anything, such as a computer that slept.
        """
        count = len(self._seconds)
        if not self._on_gpu or count == self._count or count < _ENOUGH + 2:
            return 0.0
        self._count = count
        times = min(self._seconds[count - 2 : count])
        ratio = times / max(statistics.median(self._seconds[: count - 2]), 1e-6)
        return ratio if ratio >= SLOW else 0.0
