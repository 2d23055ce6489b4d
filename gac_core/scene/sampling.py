"""A bounded, repeatable sample of a scene's values, to understand it by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from gac_core.scene.radiometry import HUGE, SENTINELS, Floats, is_fill
from gac_core.scene.source import Source

PATCH = 128
"""Edge in pixels of a sampled patch, at full resolution: overviews may be smoothed or missing."""

PATCHES = 8
"""Patches along each axis."""

ENOUGH = 1000
"""Valid pixels with which a sample says something about a large scene."""


@dataclass(frozen=True)
class Sample:
    """What was found in the sampled patches.

    Attributes:
        values: (2, N) VV and VH as they stand in the file, without nodata (declared, NaN,
            infinite, zero and the usual fill values); N is 0 where the scene holds none.
        size: Pixels sampled.
        measured: How many of them hold a measurement in both bands.
        declared: How many of them the file or the user declares to be nodata, or are NaN.
        huge: How many are infinite or too large for any measurement.
        fills: How many hold each fill value, of those that occur.
        patches: (2, H, W) each, as they stand in the file: where the values are from.
    """

    values: Floats
    size: int
    measured: int
    declared: int
    huge: int
    fills: dict[float, int]
    patches: tuple[Floats, ...] = ()

    def of(self, values: Floats) -> Sample:
        """The sample with other values, of the same patches."""
        return replace(self, values=values)

    def swapped(self) -> Sample:
        """The sample with VV and VH exchanged."""
        patches = tuple(patch[::-1] for patch in self.patches)
        return replace(self, values=self.values[::-1], patches=patches)


def sample_scene(source: Source) -> Sample:
    """A sample over the whole scene.

    Reads at most 64 patches of 128 px. Only where these hold hardly any valid pixel, as for a
    small island in nodata, goes through the whole scene, until there are enough.
    """
    patches = [source.read(*patch) for patch in _spread(source)]
    found, seen = [_valid(patch) for patch in patches], list(patches)
    if sum(f.shape[1] for f in found) < ENOUGH:
        for place in _everywhere(source):
            if source.is_sparse(*place):
                continue
            piece = source.read(*place)
            found.append(_valid(piece))
            seen += [piece] if found[-1].size else []
            if sum(f.shape[1] for f in found) >= ENOUGH:
                break
    values = np.concatenate(found, axis=1)
    return Sample(
        values=values,
        size=sum(patch[0].size for patch in patches),
        measured=values.shape[1],
        declared=sum(int(np.isnan(patch).any(axis=0).sum()) for patch in patches),
        huge=sum(int((np.abs(patch) >= HUGE).any(axis=0).sum()) for patch in patches),
        fills=_fills(patches),
        patches=tuple(seen),
    )


def _valid(values: Floats) -> Floats:
    flat = values.reshape(2, -1)
    good = ~is_fill(flat) & (flat != 0)
    kept: Floats = flat[:, good.all(axis=0)]
    return kept


def _fills(patches: list[Floats]) -> dict[float, int]:
    """How many pixels hold which fill value; zero counts where both bands are zero."""
    found = {0.0: sum(int((patch == 0).all(axis=0).sum()) for patch in patches)}
    for fill in SENTINELS:
        found[fill] = sum(int((patch == fill).any(axis=0).sum()) for patch in patches)
    return {fill: count for fill, count in found.items() if count}


def _spread(source: Source) -> Iterator[tuple[int, int, int, int]]:
    """Patches on a regular grid of places; the whole scene where it is small."""
    rows, cols = _starts(source.height), _starts(source.width)
    for row in rows:
        for col in cols:
            yield row, col, min(PATCH, source.height - row), min(PATCH, source.width - col)


def _starts(length: int) -> list[int]:
    count = min(PATCHES, -(-length // PATCH))
    if length <= PATCHES * PATCH:
        return [PATCH * i for i in range(count)]
    return [int(start) for start in np.linspace(0, length - PATCH, count)]


def _everywhere(source: Source) -> Iterator[tuple[int, int, int, int]]:
    step = PATCH * PATCHES
    for row in range(0, source.height, step):
        for col in range(0, source.width, step):
            yield row, col, min(step, source.height - row), min(step, source.width - col)
