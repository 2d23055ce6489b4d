"""Edges of a scene: the same pixels from a scene and from a larger scene that contains it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from gac_core.bundles.bundle import WindowSpec
from gac_core.bundles.card import read_bundle
from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.grid import Window
from tests.bench.cases import Case, Side
from tests.bench.compare import prepared
from tests.bench.processes import Process
from tests.bench.scenes import square_km, write_scene

Image = npt.NDArray[np.float64]

OUTER = (32, 64)
"""Widths in pixels along an edge over which levels are compared."""

INSETS = (70, 102, 134, 38)
"""Distances in pixels of the scene's north, east, south and west edges from the larger one's.

Blocks of 32 px and their strides, multiples of that, have a different offset at each of them.
"""


def cut(side: int) -> Window:
    """Return the scene as a part of a square one of `side` pixels, whose first pixel is (0, 0)."""
    north, east, south, west = INSETS
    return Window(north, west, side - north - south, side - west - east)


def compare_edges(scene: Image, larger: Image, spec: WindowSpec) -> dict[str, Any]:
    """Compare an image of a scene with the same pixels of an image of a larger scene.

    Args:
        scene: (C, H, W) DN.
        larger: (C, H, W) DN, cropped to the scene.
        spec: Tiling of areas.

    Returns:
        `edges`: by edge and `OUTER`, per cent by which a band's mean differs there; `inner`: the
            same where no tile or block of stage 1 reaches an edge, and `same`, the per cent of
            equal pixels there. None: the scene is too small for that.
    """
    _, height, width = scene.shape
    sides = {
        "north": lambda n: np.s_[:, :n],
        "east": lambda n: np.s_[:, :, width - n :],
        "south": lambda n: np.s_[:, height - n :],
        "west": lambda n: np.s_[:, :, :n],
    }
    levels = {
        name: [_difference(scene[part(n)], larger[part(n)]) for n in OUTER]
        for name, part in sides.items()
    }
    # Farther inside than a block and a tile, nothing of stage 1 sees the edge.
    reach = spec.decode + spec.size
    inner = np.s_[:, reach : height - reach, reach : width - reach]
    if min(height, width) <= 2 * reach:
        return {"edges": levels, "inner": None, "same": None}
    same = 100 * float((scene[inner] == larger[inner]).all(0).mean())
    return {"edges": levels, "inner": _difference(scene[inner], larger[inner]), "same": same}


def _difference(scene: Image, larger: Image) -> list[float]:
    """Return the per cent by which each band's mean differs."""
    return [float(v) for v in 100 * (scene.mean((1, 2)) / larger.mean((1, 2)) - 1)]


def measure(
    case: Case, device: str, weights: Path, work: Path, say: Callable[[str], None]
) -> dict[str, Any]:
    """Run over a scene, and over a larger one that contains it; compare all three images.

    Args:
        case: Case to run; its side is the larger scene's.
        device: `cpu` or `cuda`.
        weights: Folder of full-size weights, written if missing.
        work: Folder of the scenes and the run's logs.
        say: Callback for progress messages.

    Returns:
        `case`, `km2`, `bands`, and `images`: by stage, see `compare_edges`.
    """
    folder = prepared(case.bundle, weights)
    spec, window = read_bundle(folder).window, cut(case.side)
    larger, scene = (work / f"edges-{case.name}-{name}.tif" for name in ("larger", "scene"))
    write_scene(larger, case.side, spec)
    write_scene(scene, case.side, spec, window)
    side = Side("ours", larger, folder, weights, device, None)
    with Process(side, work / "logs" / f"edges-{case.name}.txt") as process:
        say(f"edges {case.name}: loads")
        process.do("load")
        say(f"edges {case.name}: runs over a scene, and over one that it lies in")
        images = process.do("edges", steps=case.steps, scene=str(scene))
    larger.unlink()
    scene.unlink()
    return {
        "case": case.to_dict(),
        "km2": square_km(case.side),
        "bands": list(OUTPUT_BANDS),
        "images": images,
    }
