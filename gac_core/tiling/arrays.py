"""Tiled and blended stages over in-memory images, with or without an optical reference."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from gac_core.bundles.bundle import WindowSpec
from gac_core.grid import Window
from gac_core.networks.loading import Models
from gac_core.optical.use import ArrayReference
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
        reference: Optical reference, which the stage sees as far as it can; None: there is none.
            It is not fused into the image (`ArrayReference.fused`).

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
    return values


def source(values: Array, scene: Window) -> Source:
    """Return a window reader of an array that covers a scene; NaN outside the scene."""

    def read(window: Window) -> Array:
        part = np.full((len(values), *window.shape), np.nan, np.float32)
        shared = window.intersection(scene)
        if not shared.is_empty:
            part[:, *shared.slices(window)] = values[:, *shared.slices(scene)]
        return part

    return read
