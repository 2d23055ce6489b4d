"""Kinds of regions of simulated places."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

CROPS = (
    "winter cereal",
    "maize",
    "rapeseed",
    "pasture",
    "fallow",
    "orchard",
    "rice",
    "irrigated",
    "steppe",
    "bog",
    "bare",
    "rock",
)
"""Covers of open ground; `Landscape.crop` holds the index in this list."""

FARMED = CROPS[:8]
"""Crops of fields."""

WILD = ("pasture", "steppe", "bog", "bare", "rock")
"""Covers of open ground that is not farmed."""

SOILS = ("dark soil", "brown soil", "red soil", "grey soil", "sand")
"""Soils from black earth to desert; names of spectra in `optical`."""


@dataclass(frozen=True)
class Region:
    """Parameters of a simulated landscape. Lengths are in pixels of 10 m unless stated otherwise.

    Attributes:
        relief: Standard deviation of the terrain height in metres.
        forest: Share of the land that is forest, 0 to 1.
        conifer: Share of conifers in the forest, 0 to 1.
        evergreen: Degree to which broadleaved trees keep their leaves in winter, 0 to 1.
        scattered: Share of open land under single trees (dehesa, savanna, parkland), 0 to 1.
        block_size: Typical distance between roads.
        field_size: Typical width of a field.
        order: 0 for irregular blocks and fields, 1 for a surveyed grid.
        crop_mix: Frequency of each of `FARMED`; sums to 1.
        sowing: Standard deviation of sowing dates in months; large in the tropics.
        wild: Share of the land that is not divided into fields, 0 to 1.
        wild_mix: Frequency of each of `WILD` on it; sums to 1.
        aridity: 0 for oceanic, 1 for Mediterranean in summer.
        cold: Probability of snow in midwinter, 0 to 1.
        latitude: Degrees north.
        river_width: Width of the river; 0 for none.
        lakes: Share of the land under standing water, 0 to 1.
        coast: Share of the map that is sea, 0 to 1.
        towns: Number of settlements in 256 by 256 pixels.
        town_radius: Typical radius of a settlement.
        tiled: Share of houses under red tiles, 0 to 1.
        soil: Brightness of bare soil relative to its spectrum.
        soils: The two soils mixed in the place, indices into `SOILS`.
        biome: Most frequent biome of such regions, as in `gac_core.contract.bands.BIOMES`.
    """

    relief: float = 25.0
    forest: float = 0.25
    conifer: float = 0.4
    evergreen: float = 0.0
    scattered: float = 0.01
    block_size: float = 90.0
    field_size: float = 14.0
    order: float = 0.0
    crop_mix: tuple[float, ...] = (0.3, 0.2, 0.1, 0.25, 0.1, 0.05, 0.0, 0.0)
    sowing: float = 0.7
    wild: float = 0.0
    wild_mix: tuple[float, ...] = (1.0, 0.0, 0.0, 0.0, 0.0)
    aridity: float = 0.2
    cold: float = 0.0
    latitude: float = 48.0
    river_width: float = 6.0
    lakes: float = 0.01
    coast: float = 0.0
    towns: float = 0.8
    town_radius: float = 22.0
    tiled: float = 0.5
    soil: float = 1.0
    soils: tuple[int, int] = (1, 1)
    biome: int = 4


@dataclass(frozen=True)
class _Kind:
    """Ranges of the parameters of a kind of region, and its frequency.

    Mixes are weights of a Dirichlet distribution.
    """

    often: float
    relief: tuple[float, float] = (3, 15)
    forest: tuple[float, float] = (0.03, 0.35)
    conifer: tuple[float, float] = (0, 1)
    evergreen: tuple[float, float] = (0, 0.1)
    scattered: tuple[float, float] = (0, 0.04)
    field_size: tuple[float, float] = (5, 34)
    order: tuple[float, float] = (0, 0.4)
    crops: tuple[float, ...] = (3, 2, 1, 2.5, 1.2, 0.4, 0, 0)
    sowing: tuple[float, float] = (0.5, 1.0)
    wild: tuple[float, float] = (0, 0.15)
    cover: tuple[float, ...] = (2, 0.3, 0.3, 0.1, 0)
    aridity: tuple[float, float] = (0, 0.4)
    cold: tuple[float, float] = (0, 0.3)
    latitude: tuple[float, float] = (42, 58)
    river: float = 0.12
    lakes: tuple[float, float] = (0, 0.02)
    coast: float = 0.04
    towns: tuple[float, float] = (0, 1.2)
    town_radius: tuple[float, float] = (5, 18)
    tiled: tuple[float, float] = (0.2, 0.9)
    soil: tuple[float, float] = (0.6, 1.3)
    soils: tuple[float, ...] = (2, 4, 1.6, 1.0, 0)
    biome: int = 4


_KINDS = (
    # Plains with arable land.
    _Kind(0.22),
    # Wooded hills.
    _Kind(
        0.14,
        relief=(15, 110),
        forest=(0.4, 0.95),
        field_size=(4, 16),
        crops=(2, 1, 0.5, 4, 1.5, 0.6, 0, 0),
        wild=(0, 0.5),
        cover=(3, 0.6, 0.1, 0.1, 0.2),
    ),
    # Mediterranean country: red and pale soils, cork oaks, olives, dry grass.
    _Kind(
        0.13,
        biome=12,
        relief=(5, 90),
        forest=(0.03, 0.5),
        evergreen=(0.6, 1),
        scattered=(0.02, 0.3),
        field_size=(5, 40),
        crops=(2, 0.8, 0.3, 2.5, 2.5, 2, 0.3, 0.7),
        wild=(0, 0.8),
        cover=(1.5, 2.5, 0, 0.6, 0.3),
        aridity=(0.5, 1),
        cold=(0, 0),
        latitude=(34, 43),
        soil=(0.8, 1.5),
        soils=(0.3, 2, 2, 3, 0.6),
    ),
    # River lowland.
    _Kind(0.07, river=0.9, lakes=(0.01, 0.12), cover=(2, 0.2, 2, 0.2, 0)),
    # Suburbs and cities.
    _Kind(0.10, towns=(1.2, 3.5), town_radius=(12, 70), latitude=(25, 58)),
    # Boreal forest with lakes, bogs and clearings.
    _Kind(
        0.10,
        biome=6,
        relief=(3, 30),
        forest=(0.5, 0.92),
        conifer=(0.5, 1),
        crops=(1, 0, 0.3, 3, 1, 0, 0, 0),
        wild=(0.3, 0.9),
        cover=(1.5, 0.4, 3, 0.5, 0),
        aridity=(0, 0.15),
        cold=(0.4, 0.9),
        latitude=(57, 66),
        lakes=(0, 0.1),
        towns=(0, 0.4),
        soils=(3, 3, 0, 1, 0),
    ),
    # Dry steppe and large rain-fed fields.
    _Kind(
        0.06,
        biome=8,
        relief=(3, 60),
        forest=(0, 0.05),
        field_size=(20, 70),
        order=(0.3, 1),
        crops=(3, 0.6, 0.3, 0.6, 3, 0, 0, 0.2),
        wild=(0.2, 1),
        cover=(0.3, 5, 0.1, 1.2, 0.3),
        aridity=(0.5, 1),
        latitude=(32, 50),
        river=0.1,
        towns=(0, 0.5),
        soil=(0.8, 1.4),
        soils=(1, 3, 1, 2, 1),
    ),
    # Desert with bare rock, gravel and sand; fields where there is water.
    _Kind(
        0.04,
        biome=13,
        relief=(3, 120),
        forest=(0, 0.02),
        field_size=(12, 50),
        order=(0.5, 1),
        crops=(0.5, 0, 0, 0.2, 1.5, 0.4, 0, 4),
        sowing=(1, 4),
        wild=(0.5, 1),
        cover=(0, 0.8, 0, 4, 2.5),
        aridity=(0.9, 1),
        cold=(0, 0),
        latitude=(18, 34),
        river=0.1,
        lakes=(0, 0),
        towns=(0, 0.6),
        tiled=(0, 0.1),
        soil=(0.7, 1.2),
        soils=(0, 1, 2, 2.5, 4),
    ),
    # Irrigated plains, surveyed in squares.
    _Kind(
        0.06,
        biome=8,
        relief=(1, 4),
        forest=(0, 0.04),
        evergreen=(0.3, 1),
        field_size=(6, 22),
        order=(0.8, 1),
        crops=(0.6, 0.5, 0, 0.3, 1, 0.5, 1, 5),
        sowing=(0.8, 2),
        aridity=(0.5, 1),
        cold=(0, 0),
        latitude=(22, 38),
        towns=(0.2, 1.5),
        tiled=(0, 0.3),
        soil=(0.9, 1.4),
        soils=(0.2, 2, 0.5, 4, 0.6),
    ),
    # Rice and other small fields in the wet tropics and subtropics.
    _Kind(
        0.03,
        biome=2,
        relief=(1, 12),
        forest=(0, 0.3),
        conifer=(0, 0.1),
        evergreen=(0.9, 1),
        field_size=(3, 10),
        crops=(0, 0.6, 0, 0.6, 0.6, 1, 6, 0.5),
        sowing=(1, 4),
        aridity=(0, 0.3),
        cold=(0, 0),
        latitude=(-12, 32),
        river=0.5,
        lakes=(0, 0.05),
        towns=(0.5, 2),
        soils=(1.5, 2, 1.5, 1, 0),
    ),
    # Tropical forest with clearings and plantations; savanna at its edge.
    _Kind(
        0.05,
        biome=1,
        relief=(3, 70),
        forest=(0.2, 0.97),
        conifer=(0, 0.02),
        evergreen=(0.8, 1),
        scattered=(0, 0.25),
        field_size=(5, 40),
        order=(0, 0.8),
        crops=(0, 1.5, 0, 3, 1.5, 2, 0.5, 0.5),
        sowing=(1, 5),
        wild=(0.1, 0.8),
        cover=(2, 1.5, 0.5, 0.6, 0),
        aridity=(0, 0.6),
        cold=(0, 0),
        latitude=(-25, 12),
        river=0.3,
        tiled=(0, 0.5),
        soils=(0.4, 1.5, 4, 0.5, 0),
    ),
    # Mountains above the trees.
    _Kind(
        0.04,
        biome=10,
        relief=(90, 220),
        forest=(0.05, 0.6),
        conifer=(0.5, 1),
        wild=(0.7, 1),
        cover=(3, 1, 0.1, 0.6, 2.5),
        cold=(0.5, 1),
        latitude=(28, 62),
        towns=(0, 0.4),
        soils=(1, 2, 0.7, 2, 0),
    ),
    # Farmland of the southern hemisphere.
    _Kind(
        0.06,
        biome=8,
        forest=(0, 0.3),
        evergreen=(0.7, 1),
        scattered=(0, 0.1),
        field_size=(10, 60),
        order=(0.2, 0.9),
        crops=(3, 1.5, 0.5, 3, 1.5, 0.5, 0.2, 0.5),
        wild=(0, 0.5),
        cover=(2, 2, 0.2, 0.3, 0),
        aridity=(0.1, 0.9),
        cold=(0, 0),
        latitude=(-44, -22),
        tiled=(0, 0.5),
        soils=(0.8, 2, 2.5, 1, 0.4),
    ),
    # Coasts.
    _Kind(0.04, coast=1.0, relief=(3, 60), wild=(0, 0.6), cover=(1.5, 1, 1, 0.7, 0.3)),
)


def random_region(rng: np.random.Generator) -> Region:
    """Return a random plausible region of the world, most often European."""
    chance = np.array([kind.often for kind in _KINDS])
    kind = _KINDS[rng.choice(len(_KINDS), p=chance / chance.sum())]

    def among(bounds: tuple[float, float]) -> float:
        return float(rng.uniform(*bounds))

    def spread(bounds: tuple[float, float]) -> float:
        return float(np.exp(rng.uniform(*np.log(bounds))))

    def mix(weights: tuple[float, ...]) -> tuple[float, ...]:
        return tuple(float(v) for v in rng.dirichlet(np.array(weights) + 1e-3))

    field_size = spread(kind.field_size)
    soils = np.array(kind.soils) / sum(kind.soils)
    return Region(
        relief=spread(kind.relief),
        forest=among(kind.forest),
        conifer=among(kind.conifer),
        evergreen=among(kind.evergreen),
        scattered=among(kind.scattered) * float(rng.random()),
        block_size=float(rng.uniform(55, 130)) + 1.5 * field_size,
        field_size=field_size,
        order=among(kind.order),
        crop_mix=mix(kind.crops),
        sowing=among(kind.sowing),
        wild=among(kind.wild),
        wild_mix=mix(kind.cover),
        aridity=among(kind.aridity),
        cold=among(kind.cold),
        latitude=among(kind.latitude),
        river_width=spread((3, 16)) if rng.random() < kind.river else 0.0,
        lakes=among(kind.lakes) if rng.random() < 0.25 else 0.0,
        coast=float(rng.uniform(0.1, 0.6)) if rng.random() < kind.coast else 0.0,
        towns=among(kind.towns),
        town_radius=spread(kind.town_radius),
        tiled=among(kind.tiled),
        soil=spread(kind.soil),
        soils=(int(rng.choice(len(SOILS), p=soils)), int(rng.choice(len(SOILS), p=soils))),
        biome=kind.biome,
    )
