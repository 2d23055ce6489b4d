"""A bounded, repeatable sample of a scene's values, to decide the unit by."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gac_core.scene.source import Source
from gac_core.scene.values import SENTINELS, Floats

PATCH = 128
"""Edge in pixels of a sampled patch, at full resolution: overviews may be smoothed or missing."""

PATCHES = 8
"""Patches along each axis."""

ENOUGH = 1000
"""Valid pixels with which a sample says something about a large scene."""


def sample_values(source: Source) -> Floats:
    """A sample of VV and VH over the whole scene.

    Reads at most 64 patches of 128 px. Only where these hold hardly any valid pixel, as for a
    small island in nodata, goes through the whole scene, until there are enough.

    Returns:
        (2, N) values as they stand in the file, without nodata (declared, NaN, infinite, zero
        and the usual fill values); N is 0 where the scene holds none.
    """
    found: list[Floats] = [_valid(source, *patch) for patch in _spread(source)]
    if sum(f.shape[1] for f in found) < ENOUGH:
        for patch in _everywhere(source):
            found.append(_valid(source, *patch))
            if sum(f.shape[1] for f in found) >= ENOUGH:
                break
    return np.concatenate(found, axis=1)


def _valid(source: Source, row: int, col: int, height: int, width: int) -> Floats:
    values = source.read(row, col, height, width).reshape(2, -1)
    good = np.isfinite(values) & (values != 0)
    for sentinel in SENTINELS:
        good &= values != sentinel
    kept: Floats = values[:, good.all(axis=0)]
    return kept


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
