"""Stage 1 over pairs, as in a run, with noise that depends on the pair's name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from gac_core.bundles.bundle import WindowSpec
from gac_core.contract.errors import BundleError
from gac_core.contract.message import Message
from gac_core.grid import Window
from gac_core.networks.loading import Models
from gac_core.stages.base import Array
from gac_core.stages.generate import Generate
from gac_core.tiling.arrays import source
from gac_core.tiling.mosaic import run_tiled
from gac_core.tiling.tiles import Blocks
from gac_core.tiling.tokens import TokenMosaic
from training.data.pair import Pair, name_hash

_PLACES = 1 << 20
"""Number of tile rows and columns over which pairs are distributed; collisions are rare."""


class FirstStage:
    """Computation of opt_v1 of pairs.

    The engine's noise depends on the place on the world grid, so each pair gets a place from its
    name: an image then depends on its name, its radar and the seed, not on other images, their
    order or their batch.

    Args:
        models: Networks of the bundle.
        timesteps: Diffusion steps.
        seed: Seed of the noise.
        batch_size: Tiles computed together on a GPU; for blocks, as many as have no more pixels.
    """

    def __init__(self, models: Models, timesteps: int, seed: int, batch_size: int) -> None:
        self._models = models
        self._timesteps = timesteps
        self._seed = seed
        self._batch_size = batch_size

    def fits(self, pair: Pair) -> bool:
        """Return whether the pair fits into one block, so that it can be batched."""
        spec = self._models.bundle.window
        return len(_blocks(scene_of(pair, spec), spec)) == 1

    def batches(self, pairs: Iterable[Pair]) -> Iterator[list[Pair]]:
        """Yield batches of pairs: small ones of one modality together, larger ones alone."""
        waiting: dict[str, list[Pair]] = {}
        for pair in pairs:
            if not self.fits(pair):
                yield [pair]
                continue
            batch = waiting.setdefault(pair.modality, [])
            batch.append(pair)
            if len(batch) == self._batch_size:
                yield waiting.pop(pair.modality)
        yield from waiting.values()

    def images(self, batch: Sequence[Pair]) -> list[Array]:
        """Return opt_v1 (12, H, W) DN of each pair of a batch.

        Raises:
            BundleError: If an image has non-finite values.
        """
        images = (
            self.compute_batch(batch) if self.fits(batch[0]) else [self.compute_tiled(batch[0])]
        )
        for pair, image in zip(batch, images, strict=True):
            if not np.isfinite(image[:, np.isfinite(pair.s1).all(0)]).all():
                raise BundleError(
                    Message("Stage 1 gave values that are no numbers for {}.", pair.name),
                    Message(
                        "Choose another seed, or the processor instead of the GPU; if it happens "
                        "again, the bundle's training has failed."
                    ),
                    problem="stage1-not-finite",
                )
        return images

    def compute_batch(self, pairs: Sequence[Pair]) -> list[Array]:
        """Return opt_v1 (12, H, W) DN of at most a batch of pairs that fit, of one modality.

        Each is at the centre of a block, as in the engine for a scene of that size.
        """
        spec = self._models.bundle.window
        stage = self._generate(pairs[0].modality)
        scenes = [scene_of(pair, spec) for pair in pairs]
        blocks = [_blocks(scene, spec)[0] for scene in scenes]
        tokens = [
            TokenMosaic(stage, spec, block, {"s1": source(pair.s1, scene)}, 1).read(block)
            for pair, scene, block in zip(pairs, scenes, blocks, strict=True)
        ]
        # At most as many pixels as a batch of tiles has, as in a run. Incomplete batches are
        # padded, because another size would round differently on a GPU.
        count = max(1, self._batch_size * spec.size**2 // spec.decode**2)
        padding = -len(pairs) % count
        windows, codes = blocks + blocks[-1:] * padding, tokens + tokens[-1:] * padding
        decoded = [
            image
            for i in range(0, len(windows), count)
            for image in stage.decode(windows[i : i + count], {}, np.stack(codes[i : i + count]))
        ]
        return [
            _mask_nodata(image[:, *scene.slices(block)], pair)
            for image, scene, block, pair in zip(decoded, scenes, blocks, pairs, strict=False)
        ]

    def compute_tiled(self, pair: Pair) -> Array:
        """Return opt_v1 (12, H, W) DN of a pair of any size, tiled and blended by the engine."""
        spec = self._models.bundle.window
        scene = scene_of(pair, spec)
        stage = self._generate(pair.modality)
        image = np.full((stage.channels, *scene.shape), np.nan, np.float32)

        def sink(window: Window, strip: Array) -> None:
            image[:, *window.slices(scene)] = strip

        run_tiled(
            stage, scene, spec, {"s1": source(pair.s1, scene)}, sink, batch_size=self._batch_size
        )
        return image

    def _generate(self, modality: str) -> Generate:
        return Generate(self._models, modality, self._seed, self._timesteps, lambda: None)


def tile_of(name: str, spec: WindowSpec) -> Window:
    """Return the tile of the world grid in which a pair begins."""
    number = name_hash(name)
    row, col = number % _PLACES, number // _PLACES % _PLACES
    return Window(row * spec.stride, col * spec.stride, spec.size, spec.size)


def scene_of(pair: Pair, spec: WindowSpec) -> Window:
    """Return the window of a pair: centred in its tile, or if larger, past the overlap."""
    tile = tile_of(pair.name, spec)
    height, width = pair.s1.shape[1:]
    edge = spec.overlap - spec.margin
    row, col = (
        (spec.size - n) // 2 if max(height, width) <= spec.size - 2 * spec.margin else edge
        for n in (height, width)
    )
    return Window(tile.row + row, tile.col + col, height, width)


def _blocks(scene: Window, spec: WindowSpec) -> list[Window]:
    return [block for row in Blocks(spec, scene).rows(scene) for block in row]


def _mask_nodata(image: Array, pair: Pair) -> Array:
    """Return the image with NaN where the radar is nodata, as in a run."""
    return np.where(np.isfinite(pair.s1).all(0), image, np.float32(np.nan))
