"""Bounded, repeatable sample of a scene's values, from which it is interpreted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from gac_core.scene.radiometry import FILL_VALUES, HUGE, Floats, is_fill
from gac_core.scene.source import Source

PATCH = 128
"""Edge in pixels of a sampled patch, at full resolution: overviews may be smoothed or missing."""

PATCHES = 8
"""Patches along each axis."""

MIN_VALID_PIXELS = 1000
"""Valid pixels with which a sample of a large scene is meaningful."""


@dataclass(frozen=True)
class Sample:
    """Values and statistics of the sampled patches.

    Attributes:
        values: (2, N) VV and VH as they are in the file, without nodata (declared, NaN, infinite,
            zero and the usual fill values); N is 0 if the scene has none.
        size: Pixels sampled.
        measured: Number of them with a measurement in both bands.
        declared: Number of them that the file or the user declares as nodata, or that are NaN.
        huge: Number that are infinite or too large for any measurement.
        fills: Number of pixels of each fill value that occurs.
        patches: (2, H, W) each, as they are in the file: the source of `values`.
    """

    values: Floats
    size: int
    measured: int
    declared: int
    huge: int
    fills: dict[float, int]
    patches: tuple[Floats, ...] = ()

    def of(self, values: Floats) -> Sample:
        """Return the sample with other values of the same patches."""
        return replace(self, values=values)

    def swapped(self) -> Sample:
        """Return the sample with VV and VH exchanged."""
        patches = tuple(patch[::-1] for patch in self.patches)
        return replace(self, values=self.values[::-1], patches=patches)


def sample_scene(source: Source) -> Sample:
    """Sample the whole scene.

    At most 64 patches of 128 px are read. Only if these have hardly any valid pixels, as for a
    small island in nodata, the whole scene is searched until there are enough.
    """
    patches = [source.read(*patch) for patch in _grid_patches(source)]
    valid, used = [_valid(patch) for patch in patches], list(patches)
    if sum(f.shape[1] for f in valid) < MIN_VALID_PIXELS:
        for window in _all_windows(source):
            if source.is_sparse(*window):
                continue
            piece = source.read(*window)
            valid.append(_valid(piece))
            used += [piece] if valid[-1].size else []
            if sum(f.shape[1] for f in valid) >= MIN_VALID_PIXELS:
                break
    values = np.concatenate(valid, axis=1)
    return Sample(
        values=values,
        size=sum(patch[0].size for patch in patches),
        measured=values.shape[1],
        declared=sum(int(np.isnan(patch).any(axis=0).sum()) for patch in patches),
        huge=sum(int((np.abs(patch) >= HUGE).any(axis=0).sum()) for patch in patches),
        fills=_fills(patches),
        patches=tuple(used),
    )


def _valid(values: Floats) -> Floats:
    flat = values.reshape(2, -1)
    is_valid = ~is_fill(flat) & (flat != 0)
    valid: Floats = flat[:, is_valid.all(axis=0)]
    return valid


def _fills(patches: list[Floats]) -> dict[float, int]:
    """Return the number of pixels of each fill value; zero counts if both bands are zero."""
    counts = {0.0: sum(int((patch == 0).all(axis=0).sum()) for patch in patches)}
    for fill in FILL_VALUES:
        counts[fill] = sum(int((patch == fill).any(axis=0).sum()) for patch in patches)
    return {fill: count for fill, count in counts.items() if count}


def _grid_patches(source: Source) -> Iterator[tuple[int, int, int, int]]:
    """Yield patches on a regular grid; the whole scene if it is small."""
    rows, cols = _starts(source.height), _starts(source.width)
    for row in rows:
        for col in cols:
            yield row, col, min(PATCH, source.height - row), min(PATCH, source.width - col)


def _starts(length: int) -> list[int]:
    count = min(PATCHES, -(-length // PATCH))
    if length <= PATCHES * PATCH:
        return [PATCH * i for i in range(count)]
    return [int(start) for start in np.linspace(0, length - PATCH, count)]


def _all_windows(source: Source) -> Iterator[tuple[int, int, int, int]]:
    step = PATCH * PATCHES
    for row in range(0, source.height, step):
        for col in range(0, source.width, step):
            yield row, col, min(step, source.height - row), min(step, source.width - col)
