"""Tiled and blended stages over in-memory images, with or without an optical reference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gac_core.band_statistics import S2_BANDS
from gac_core.bundles.bundle import WindowSpec
from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.grid import TOKEN, Window
from gac_core.networks.loading import Models
from gac_core.optical.fusion import fuse
from gac_core.optical.use import shown_bands, shows_tokens
from gac_core.stages.base import OBSERVED, Array, Check, Stage
from gac_core.stages.generate import Generate
from gac_core.stages.ground import ground_stage
from gac_core.stages.refine import Refine
from gac_core.tiling.mosaic import run_tiled
from gac_core.tiling.stage_inputs import Source

PLACE = (-530_000, 50_000)
"""Row and column for an image without a location; deliberately not a tile's corner."""


def _uncancelled() -> None:
    """Do nothing: never cancel."""


@dataclass(frozen=True)
class ArrayReference:
    """Optical reference of an in-memory image, used as a run uses one.

    Attributes:
        values: (12, H, W) DN, NaN where it is not clear, and throughout in bands that it lacks.
        keep: Keep its clear pixels; False: it is of another date and only guides.
        modality: Modality of the radar beside it.
    """

    values: Array
    keep: bool
    modality: str

    @cached_property
    def bands(self) -> list[str]:
        """Bands that it has."""
        return [
            band
            for band, values in zip(S2_BANDS, self.values, strict=True)
            if np.isfinite(values).any()
        ]

    @cached_property
    def clear(self) -> Array:
        """The values, NaN in all bands where any of its bands is NaN."""
        held = [S2_BANDS.index(band) for band in self.bands]
        whole = np.isfinite(self.values[held]).all(axis=0) & bool(held)
        return np.where(whole, self.values, np.float32(np.nan))

    @property
    def keeps(self) -> bool:
        """True if it has clear pixels, which are kept."""
        return self.keep and bool(self.bands)

    @property
    def shows_tokens(self) -> bool:
        """True if stage 1 is shown what is observed."""
        return self.keep and shows_tokens(self.bands)

    def shown(self) -> Array:
        """Return what stage 1 is shown, (12, H, W)."""
        return shown_bands(self.clear, self.bands)

    def fused(self, image: Array, s1: Array, place: tuple[int, int]) -> Array:
        """Return a stage's image (C, H, W) with the reference fused into it.

        Args:
            image: The image, of all bands or of the output bands.
            s1: (2, H, W) dB.
            place: Row and column of the images' corner on the world grid.
        """
        names = S2_BANDS if len(image) == len(S2_BANDS) else OUTPUT_BANDS
        order = [S2_BANDS.index(band) for band in names]
        features = [names.index(band) for band in OUTPUT_BANDS]
        window = Window(*place, *image.shape[1:])
        # Fusion works on cells of the world grid: those at the edges have neighbours beyond.
        context = window.grown(TOKEN)
        margin = ((0, 0), (TOKEN, TOKEN), (TOKEN, TOKEN))
        generated, observed, radar = (
            np.pad(values, margin, constant_values=np.nan)
            for values in (image, self.clear[order], s1)
        )
        fused = fuse(generated, observed, radar, self.modality, context, features, keep=self.keep)
        return fused[(..., *window.slices(context))]


def all_stages(
    models: Models,
    modality: str,
    month: int,
    biome: int,
    place: tuple[float, float] | None,
    timesteps: tuple[int, int],
    seed: int = 0,
    check: Check = _uncancelled,
    reference: ArrayReference | None = None,
) -> tuple[Stage, Stage, Stage]:
    """Return the three stages as a run uses them.

    Args:
        models: Networks of the bundle.
        modality: `S1GRD` or `S1RTC`.
        month: 1 to 12, 0 unknown.
        biome: 1 to 14, 0 unknown.
        place: Latitude and longitude in degrees; None: unknown.
        timesteps: Steps of stages 1 and 3.
        seed: Seed of the diffusion noise.
        check: Called often; may raise to stop.
        reference: Optical reference, which the stages see as far as they can.
    """
    shows_tokens = reference is not None and reference.shows_tokens
    keeps = reference is not None and reference.keeps
    return (
        Generate(models, modality, seed, timesteps[0], check, shows_tokens),
        Refine(models, modality, month, biome, place, check, keeps),
        ground_stage(models, modality, seed, timesteps[1], check, keeps),
    )


def run_stage(
    stage: Stage,
    spec: WindowSpec,
    images: Mapping[str, Array],
    place: tuple[int, int] = PLACE,
    reference: ArrayReference | None = None,
) -> Array:
    """Compute one stage over whole images.

    Args:
        stage: Stage to compute.
        spec: Tile and block sizes.
        images: Images (C, H, W) by name: `s1` and the stage's inputs.
        place: Row and column of the images' corner on the world grid, to which noise is anchored.
        reference: Optical reference, which the stage sees as far as it can, and which is fused into
            its image; None: there is none.

    Returns:
        (stage.channels, H, W) DN, NaN where the radar has no data.
    """
    scene = Window(*place, *images["s1"].shape[1:])
    values = np.full((stage.channels, *scene.shape), np.nan, np.float32)

    def sink(window: Window, strip: Array) -> None:
        values[:, *window.slices(scene)] = strip

    sources = {name: source(image, scene) for name, image in images.items()}
    if reference is not None and OBSERVED in stage.inputs:
        sources[OBSERVED] = source(reference.shown(), scene)
    run_tiled(stage, scene, spec, sources, sink)
    return values if reference is None else reference.fused(values, images["s1"], place)


def source(values: Array, scene: Window) -> Source:
    """Return a window reader of an array that covers a scene; NaN outside the scene."""

    def read(window: Window) -> Array:
        part = np.full((len(values), *window.shape), np.nan, np.float32)
        shared = window.intersection(scene)
        if not shared.is_empty:
            part[:, *shared.slices(window)] = values[:, *shared.slices(scene)]
        return part

    return read
