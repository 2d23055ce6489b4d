"""Pairs of radar and optical images, wherever they come from; their places on the ground."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
from affine import Affine
from scipy.spatial import KDTree

from gac_core.band_statistics import S2_BANDS
from gac_core.contract.errors import GacError
from gac_core.grid import PIXEL

Array = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

_EARTH = 6_371_000.0
"""Mean radius in metres."""
_SLACK = 100.0
"""Distance in metres up to which footprints count as touching: centres are rounded, and squares of
two UTM zones are rotated against each other by some degrees."""
_SQUARE = np.sqrt(2.0)


@dataclass(frozen=True)
class Pair:
    """Co-registered Sentinel-1 and Sentinel-2 images of one place at nearly the same time.

    Attributes:
        name: Unique in its source; valid as a file name.
        tile: The Sentinel-2 tile, or another group that stays together in a split.
        s1: (2, H, W) float32, VV and VH in dB; NaN: nodata.
        s2: (12, H, W) float32 DN (reflectance × 10000, no offset), in the order of
            `gac_core.band_statistics.S2_BANDS`; NaN: nodata, or a band that the source lacks.
        bands: For each of the 12 bands, True if the source has it.
        month: 1 to 12, of the local season (`gac_core.places`); 0: unknown.
        biome: 1 to 14 (`gac_core.contract.bands.BIOMES`); 0: unknown.
        lat: Latitude of the centre, degrees; None: unknown.
        lon: Longitude of the centre, degrees; None: unknown.
        modality: `S1GRD` or `S1RTC`.
        source: Origin of the pair, for readers.
        date: Sensing date of Sentinel-2, `YYYY-MM-DD` or `YYYY-MM`; "": unknown.
        level: Level of the optical image: `L2A` (surface), or `L1C`, corrected by
            `training.data.folders`.
    """

    name: str
    tile: str
    s1: Array
    s2: Array
    bands: tuple[bool, ...]
    month: int
    biome: int
    lat: float | None
    lon: float | None
    modality: str = "S1GRD"
    source: str = ""
    date: str = ""
    level: str = "L2A"

    @property
    def place(self) -> tuple[float, float] | None:
        """Latitude, -90 to 90, and longitude, -180 to 180, of the centre; None: unknown."""
        if self.lat is None or self.lon is None:
            return None
        return self.lat, (self.lon + 180.0) % 360.0 - 180.0

    @property
    def valid(self) -> Mask:
        """Mask (H, W) of pixels known in both radar channels and all bands of the source."""
        radar_valid = np.isfinite(self.s1).all(0)
        return np.asarray(radar_valid & np.isfinite(self.s2[np.array(self.bands)]).all(0))


@dataclass(frozen=True)
class Radar:
    """Radar of a pair, with its georeference.

    Attributes:
        pair: The pair, without its optical image.
        crs: WKT; "": unknown.
        transform: Affine transform from pixels to coordinates.
        files: Files read.
    """

    pair: Pair
    crs: str
    transform: Affine
    files: tuple[Path, ...]


def empty_optical(s1: Array) -> tuple[Array, tuple[bool, ...]]:
    """Return the `s2` and `bands` of a pair of which only the radar (2, H, W) is known."""
    count = len(S2_BANDS)
    return np.full((count, *s1.shape[1:]), np.nan, np.float32), (False,) * count


@dataclass(frozen=True)
class Footprint:
    """Square on the ground.

    Attributes:
        lat: Latitude of its centre in degrees.
        lon: Longitude of its centre in degrees.
        half: Half of its side in metres.
    """

    lat: float
    lon: float
    half: float

    @classmethod
    def of(cls, place: tuple[float, float] | None, pixels: int) -> Footprint | None:
        """Return the footprint of an image of `pixels` 10 m pixels a side centred on (lat, lon)."""
        return None if place is None else cls(*place, PIXEL * pixels / 2)


def touching(
    footprints: Sequence[Footprint | None], others: Sequence[Footprint | None]
) -> list[int]:
    """Return the indices of footprints that overlap or touch any of the others.

    Args:
        footprints: Footprints to test; None (unknown place) touches nothing.
        others: Footprints to test against; likewise.
    """
    own = [(index, one) for index, one in enumerate(footprints) if one is not None]
    rest = [one for one in others if one is not None]
    if not own or not rest:
        return []
    tree = KDTree(_on_sphere(rest))
    largest = max(one.half for one in rest)
    indices = []
    for (index, one), point in zip(own, _on_sphere([one for _, one in own]), strict=True):
        reach = _SQUARE * (one.half + largest + _SLACK)
        near = tree.query_ball_point(point, reach)
        if any(_touch(one, rest[other]) for other in near):
            indices.append(index)
    return indices


def _touch(one: Footprint, other: Footprint) -> bool:
    reach = one.half + other.half + _SLACK
    north = np.radians(one.lat - other.lat) * _EARTH
    turn = (one.lon - other.lon + 180.0) % 360.0 - 180.0
    east = np.radians(turn) * _EARTH * np.cos(np.radians((one.lat + other.lat) / 2))
    return bool(abs(north) <= reach and abs(east) <= reach)


def _on_sphere(footprints: Sequence[Footprint]) -> npt.NDArray[np.float64]:
    """Return the centres (N, 3) in metres from the centre of the Earth."""
    lat, lon = np.radians([(one.lat, one.lon) for one in footprints]).T
    parallel = np.cos(lat)
    return _EARTH * np.stack([parallel * np.cos(lon), parallel * np.sin(lon), np.sin(lat)], axis=1)


class PairSource(Protocol):
    """Pairs by index. Pickled for loaders' worker processes."""

    @property
    def names(self) -> list[str]:
        """Unique name of each pair."""
        ...

    @property
    def tiles(self) -> list[str]:
        """Tile of each pair."""
        ...

    @property
    def modalities(self) -> list[str]:
        """Modality of each pair's radar, `S1GRD` or `S1RTC`."""
        ...

    def __len__(self) -> int: ...

    def read(self, i: int) -> Pair:
        """Read a pair.

        Raises:
            DataError: If it cannot be read or used.
        """
        ...

    def footprint(self, i: int) -> Footprint | None:
        """Return the footprint of a pair without reading its pixels, or None if unknown."""
        ...


def name_hash(text: str, seed: int = 0) -> int:
    """Return a 64-bit number that depends on a name and a seed only, on any system."""
    digest = hashlib.blake2b(f"{seed}:{text}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big")


def select_indices(
    names: Sequence[str],
    tiles: Sequence[str],
    limit: int | None,
    wanted: Collection[str] | None,
) -> list[int]:
    """Return the indices of the pairs to use, in order.

    With a limit, the pairs with the smallest hashes of their names are taken: they are spread over
    places and dates, and a smaller limit gives a subset of a larger one.

    Args:
        names: Names of all pairs.
        tiles: Tiles of all pairs.
        limit: Maximum number; None: all.
        wanted: Only these tiles; None: all.
    """
    indices = [i for i, tile in enumerate(tiles) if wanted is None or tile in wanted]
    if limit is not None and limit < len(indices):
        indices = sorted(sorted(indices, key=lambda i: name_hash(names[i]))[:limit])
    return indices


def evenly_spread(indices: Sequence[int], count: int) -> list[int]:
    """Return at most `count` of the indices, evenly spread."""
    places = np.linspace(0, len(indices) - 1, min(count, len(indices))).round().astype(int)
    return [indices[place] for place in places]


class DataError(GacError):
    """Error of training data that cannot be read or used."""

    code = "data"
