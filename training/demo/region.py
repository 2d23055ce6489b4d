"""What kind of country a simulated place lies in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

CROPS = ("winter cereal", "maize", "rapeseed", "pasture", "fallow", "orchard")
"""What grows on a field; `Landscape.crop` holds the position in this list."""


@dataclass(frozen=True)
class Region:
    """The dials of a simulated landscape. Lengths are in pixels of 10 m unless said otherwise.

    Attributes:
        relief: Standard deviation of the terrain height in metres.
        forest: Share of the land that is forest, 0 to 1.
        conifer: Share of conifers in the forest, 0 to 1.
        block_size: Typical distance between roads.
        field_size: Typical width of a field.
        crop_mix: How often each of `CROPS` is grown; sums to 1.
        aridity: 0 for oceanic, 1 for Mediterranean in summer.
        river_width: Width of the river; 0 for none.
        lakes: Share of the land under standing water, 0 to 1.
        towns: Number of settlements in 256 by 256 pixels.
        town_radius: Typical radius of a settlement.
        soil: Brightness of bare soil against a middling brown one.
    """

    relief: float = 25.0
    forest: float = 0.25
    conifer: float = 0.4
    block_size: float = 90.0
    field_size: float = 14.0
    crop_mix: tuple[float, ...] = (0.3, 0.2, 0.1, 0.25, 0.1, 0.05)
    aridity: float = 0.2
    river_width: float = 6.0
    lakes: float = 0.01
    towns: float = 0.8
    town_radius: float = 22.0
    soil: float = 1.0


def random_region(rng: np.random.Generator) -> Region:
    """A plausible region: plains, wooded hills, dry country, river lowland or suburbs."""
    kind = rng.choice(5, p=[0.32, 0.24, 0.16, 0.14, 0.14])
    dry = kind == 2
    relief = rng.uniform(3, 15) if kind in (0, 3, 4) else np.exp(rng.uniform(2.7, 5.0))
    forest = (
        rng.uniform(0.03, 0.3)
        if kind in (0, 4)
        else rng.uniform(0.45, 0.95)
        if kind == 1
        else rng.uniform(0.05, 0.45)
    )
    return Region(
        relief=float(relief),
        forest=float(forest),
        conifer=float(rng.uniform(0, 1)),
        block_size=float(rng.uniform(55, 130)),
        field_size=float(np.exp(rng.uniform(np.log(4), np.log(24)))),
        crop_mix=tuple(float(v) for v in rng.dirichlet((3, 2, 1, 2.5, 1.2, 1.5 if dry else 0.4))),
        aridity=float(rng.uniform(0.5, 1.0) if dry else rng.uniform(0, 0.4)),
        river_width=float(rng.uniform(3, 14) if rng.random() < (0.9 if kind == 3 else 0.25) else 0),
        lakes=float(
            rng.uniform(0.01, 0.12) if kind == 3 else rng.choice([0, 0, rng.uniform(0, 0.04)])
        ),
        towns=float(rng.uniform(1.2, 3.0) if kind == 4 else rng.uniform(0, 1.2)),
        town_radius=float(rng.uniform(10, 45) if kind == 4 else rng.uniform(5, 18)),
        soil=float(rng.uniform(1.0, 1.9) if dry else rng.uniform(0.5, 1.3)),
    )
