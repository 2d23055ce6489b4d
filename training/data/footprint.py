"""Footprints of pairs on the ground, and their contacts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.spatial import KDTree

from gac_core.grid import PIXEL

_EARTH = 6_371_000.0
"""Mean radius in metres."""

_SLACK = 100.0
"""Distance in metres up to which footprints count as touching: centres are rounded, and squares of
two UTM zones are rotated against each other by some degrees."""

_SQUARE = np.sqrt(2.0)


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
