"""Areas of a run's stages: what each one yields, what its networks compute, what it reads.

A stage's windows reach beyond the requested area, and with an optical reference fusion does, too.
There they must see what a run over a larger area would see; otherwise the same place would get
different pixels in different runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from gac_core.bundles.bundle import Bundle, WindowSpec
from gac_core.grid import Window
from gac_core.optical import ReferenceUse
from gac_core.tiling.tiles import TileLayout, hull, tile_layout
from gac_core.tiling.tokens import token_context


@dataclass(frozen=True)
class Fusion:
    """Fusion of an optical reference into the images of stages, as far as areas depend on it.

    Attributes:
        reach: Pixels around an area that are seen when the reference is fused into it.
        read_by: Stages that read the fused image of the stage before; others read what its networks
            generated.
        is_guided: True if an image of another date guides beneath, which takes a file for a while.
    """

    reach: int
    read_by: tuple[int, ...]
    is_guided: bool = False

    @classmethod
    def of(cls, optical: ReferenceUse | None, bundle: Bundle) -> Fusion | None:
        """Return the fusion in a run; None without a reference."""
        if optical is None:
            return None
        read_by = tuple(n for n in (2, 3) if bundle.sees_observed(n))
        return cls(optical.reach, read_by, optical.other is not None)

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-ready values."""
        return {"reach": self.reach, "read_by": list(self.read_by)}


@dataclass(frozen=True)
class StageAreas:
    """Areas of the stages, by number.

    Attributes:
        images: Area of each stage's image; with an optical reference, of the fused one.
        generated: Area that each stage's networks compute.
        fusion: Fusion of an optical reference; None: there is none, and an image is what was
            generated.
    """

    images: dict[int, Window]
    generated: dict[int, Window]
    fusion: Fusion | None = None

    def passes_image(self, number: int) -> bool:
        """Return whether the next stage reads a stage's image, and not what was generated."""
        return number == max(self.images) or reads_image(number + 1, self.fusion)

    @cached_property
    def passed(self) -> dict[int, Window]:
        """Area of what each stage passes on; it contains the stage's image."""
        return {
            n: (self.images if self.passes_image(n) else self.generated)[n] for n in self.images
        }


def stage_areas(
    area: Window, scene: Window, spec: WindowSpec, stages: int, fusion: Fusion | None = None
) -> StageAreas:
    """Return the smallest areas that give each stage all its inputs.

    A stage's image covers what the next stage reads of it, and the requested area, of which it is a
    result. Where the next stage reads what was generated, the image need not be fused beyond.

    Args:
        area: Requested area.
        scene: Window with data.
        spec: Tile and block sizes.
        stages: Number of stages.
        fusion: Fusion of an optical reference; None: there is none.
    """
    images, generated = {stages: area}, {stages: generated_area(area, area, scene, fusion)}
    for number in range(stages - 1, 0, -1):
        read = input_window(number + 1, generated[number + 1], spec, scene)
        images[number] = read if reads_image(number + 1, fusion) else area
        generated[number] = generated_area(images[number], read, scene, fusion)
    return StageAreas(dict(sorted(images.items())), dict(sorted(generated.items())), fusion)


def reads_image(number: int, fusion: Fusion | None) -> bool:
    """Return whether a stage reads the image of the stage before, and not what was generated."""
    return fusion is None or number in fusion.read_by


def generated_area(image: Window, passed: Window, scene: Window, fusion: Fusion | None) -> Window:
    """Return the area that a stage's networks compute.

    Args:
        image: Area of the stage's image; may be empty.
        passed: Area of what it passes on, not empty.
        scene: Window with data.
        fusion: Fusion of an optical reference into the image; None: there is none.
    """
    if fusion is None or image.is_empty:
        return passed
    return image.grown(fusion.reach).intersection(scene).union(passed)


def input_window(number: int, area: Window, spec: WindowSpec, scene: Window) -> Window:
    """Return the window that a stage reads to compute an area, limited to the scene."""
    window = hull(stage_lattice(number, spec, scene), area)
    if number in spec.blocks:
        window = token_context(window, spec)
    return window.intersection(scene)


def radar_window(areas: StageAreas, first: int, spec: WindowSpec, scene: Window) -> Window:
    """Return the part of the radar that a run reads; of an optical reference it is the same.

    Args:
        areas: Areas of the stages.
        first: First stage that is computed; a reference is fused into those before, too.
        spec: Tile and block sizes.
        scene: Window with data.
    """
    window = input_window(first, areas.generated[first], spec, scene)
    if areas.fusion is not None:
        for number in range(1, first):
            fused = areas.images[number].grown(areas.fusion.reach)
            window = window.union(fused.intersection(scene))
    return window


def stage_lattice(number: int, spec: WindowSpec, scene: Window) -> TileLayout:
    """Return the lattice that a stage's area is cut by."""
    return tile_layout(spec, scene, decodes=number in spec.blocks)
