"""How much is computed at once, told before a run from the sizes of its networks and the memory.

An estimate by what is alive at once, with room to spare. Where a GPU's memory proves too small all
the same, the batch is halved.
"""

from __future__ import annotations

import torch

from gac_core.grid import TOKEN
from gac_core.models.bridge import BridgeShape
from gac_core.models.bundle import Bundle
from gac_core.models.loading import Models
from gac_core.models.refiner import HeadShape
from gac_core.models.speed import uses_bfloat16
from gac_core.models.terramind import TerraMindShape

MOST = 32
"""Tiles together: more of them do not make a GPU faster."""

SHARE = 0.6
"""Of the free memory: convolutions take work space, and the allocator leaves gaps."""

LANES = 250_000_000
"""Bytes that blocks computed side by side on a processor may take together."""

_MAPS = 20
"""Feature maps of the decoder's width, at its highest resolution, alive at once: half a dozen that
wait for the way up, and what a block on the way up makes of two of them side by side."""

_SEEN = 4
"""Copies of what a ConvNeXt network sees, at full resolution: its parts, put together, with pixels
taken two by two, and laid out anew."""

_BLOCK = 9
"""Feature maps of such a network's first width in a block, at half the resolution: the input, three
that it makes of it one after another, and the hidden layer of three times the width with its
activation."""

_VOCABULARY = 15_360
_LOGITS = 3
"""Copies of the logits, 32-bit: as they come, sorted, and summed up."""


def tile_bytes(shape: TerraMindShape, tile: int, *, value: int) -> int:
    """Memory that one tile takes while it is computed, networks aside.

    Args:
        shape: TerraMind's size.
        tile: Side of a tile in pixels.
        value: Bytes of a number in feature maps, 2 or 4.
    """
    unet = shape.unet
    widest = max(unet.channel_mult[0], 1) * unet.model_channels
    decoder = _MAPS * widest * (tile // unet.patch_size) ** 2 * value
    tokens = (tile // TOKEN) ** 2
    # Radar and optical tokens, each with queries, keys, values and a gated layer of four times
    # the width.
    transformer = 2 * tokens * shape.dim * 16 * value
    logits = tokens * _VOCABULARY * 4 * _LOGITS
    return max(decoder, transformer + logits)


def correction_bytes(bundle: Bundle) -> int:
    """Memory that a tile takes in the head of stage 2 or in the bridge, networks aside.

    Args:
        bundle: With its window; what it lacks takes nothing.

    Returns:
        The larger one's, in 32-bit numbers.
    """
    sizes = [(0, 0)]
    if bundle.refiner is not None:
        head = HeadShape.from_dict(bundle.refiner["head"]["shape"])
        sizes.append((head.seen, head.widths[0]))
    if bundle.grounding.bridge is not None:
        bridge = BridgeShape.from_dict(bundle.grounding.bridge["shape"])
        sizes.append((bridge.seen, bridge.widths[0]))
    pixels = bundle.window.size**2
    return max(4 * pixels * (_SEEN * seen + _BLOCK * width // 4) for seen, width in sizes)


def tiles_that_fit(
    free: int, shape: TerraMindShape, tile: int, *, value: int, correction: int = 0
) -> int:
    """How many tiles to compute together, a power of two so that halves are whole.

    Args:
        free: Free memory of the GPU in bytes, the networks already in it.
        shape: TerraMind's size.
        tile: Side of a tile in pixels.
        value: Bytes of a number in feature maps.
        correction: What a tile takes in the bundle's other networks (`correction_bytes`).

    Returns:
        1 to `MOST`; 1 too if there is no room for one, which only the try will tell.
    """
    fit = int(SHARE * free) // max(tile_bytes(shape, tile, value=value), correction)
    return 1 << (max(1, min(MOST, fit)).bit_length() - 1)


def lanes_for(threads: int, shape: TerraMindShape, block: int, correction: int = 0) -> int:
    """How many blocks or tiles a processor computes side by side, sharing its threads evenly.

    A small network's layers are too short to be shared by threads: the demo's blocks take 1.4 times
    as long one after another with two threads as side by side with one each. At the published size
    it is 1.06 times; there, memory counts for more, and that one block has all cores.

    Args:
        threads: PyTorch's.
        shape: TerraMind's size.
        block: Side of a block in pixels.
        correction: What a tile takes in the bundle's other networks (`correction_bytes`).

    Returns:
        A divisor of `threads`.
    """
    fit = LANES // max(tile_bytes(shape, block, value=4), correction)
    return max(n for n in range(1, threads + 1) if threads % n == 0 and n <= max(1, fit))


def batch_for(models: Models) -> int:
    """How many tiles to compute together: one on a processor, on a GPU as many as it has room for.

    The networks are in the GPU's memory by now.
    """
    if models.device.type != "cuda":
        return 1
    free, _ = torch.cuda.mem_get_info(models.device)
    shape = TerraMindShape.from_dict(models.bundle.terramind)
    value = 2 if uses_bfloat16(models.device) else 4
    correction = correction_bytes(models.bundle)
    return tiles_that_fit(
        free, shape, models.bundle.window.size, value=value, correction=correction
    )


def lanes_of(models: Models) -> int:
    """How many groups of tiles or blocks are computed side by side.

    On a GPU they take turns; what the one that waits does is reading and preparing.
    """
    if models.device.type != "cpu":
        return 2
    shape = TerraMindShape.from_dict(models.bundle.terramind)
    bundle = models.bundle
    return lanes_for(torch.get_num_threads(), shape, bundle.window.decode, correction_bytes(bundle))
