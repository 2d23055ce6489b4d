"""Bands of an optical reference as they are in its files, block by block on the working grid."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np

from gac_core.contract.bands import SENSOR_BANDS
from gac_core.contract.errors import SceneError
from gac_core.contract.message import Message
from gac_core.grid import Window, WorkGrid
from gac_core.optical.band_choice import NEEDED, BandChoice, without_bands
from gac_core.optical.guessed_order import MIN_VALUES, refuse_classes
from gac_core.optical.layers import FileReader, is_fill
from gac_core.scene.positions import BLOCK, blocks_over
from gac_core.scene.radiometry import Floats

CACHED_BYTES = 128 << 20
"""Bytes of blocks that are kept: a row of tiles shares its blocks."""

SAMPLE_BLOCKS = 16
"""Blocks, spread over the area, by which the values are understood."""

MAX_SEARCHED = 400
"""Blocks that are searched for data if those hold none."""


@dataclass(frozen=True)
class SampleBlock:
    """Block of a sample.

    Attributes:
        block: The block.
        inside: The part of it that lies in the area.
        values: (N, BLOCK, BLOCK) values as they are in the files, NaN where there are none.
    """

    block: Window
    inside: Window
    values: Floats

    @property
    def part(self) -> Floats:
        """Values (N, H, W) inside the area."""
        return self.values[(..., *self.inside.slices(self.block))]


class BandReader:
    """Reader of the bands of all files.

    Attributes:
        names: The bands, in Sentinel-2's order.
        scales: Declared (scale, offset) of each band of each file.
        dtype: Data type of the values.
    """

    def __init__(self, choice: BandChoice, grid: WorkGrid) -> None:
        """Prepare the reading of the chosen bands."""
        own = {
            b: places for b, places in choice.bands.items() if not (b == "B08" and choice.stands_in)
        }
        self.names = tuple(band for band in SENSOR_BANDS if band in own)
        by_file: dict[str, list[tuple[str, int]]] = {}
        opened = {}
        for band in self.names:
            for file, number in own[band]:
                opened[file.path] = file
                by_file.setdefault(file.path, []).append((band, number))
        self._readers: list[tuple[FileReader, tuple[int, ...]]] = []
        for path, pairs in by_file.items():
            reader = FileReader(opened[path], tuple(number for _, number in pairs), grid)
            self._readers.append((reader, tuple(self.names.index(band) for band, _ in pairs)))
        self.scales = [scale for reader, _ in self._readers for scale in reader.scales]
        self.dtype = str(next(iter(opened.values())).file.dtypes[0])
        self._blocks: OrderedDict[Window, Floats] = OrderedDict()
        self._kept = max(4, CACHED_BYTES // (4 * len(self.names) * BLOCK * BLOCK))

    def block(self, block: Window) -> Floats:
        """Return (N, BLOCK, BLOCK) values as in the files, NaN in all where one is missing.

        Raises:
            SceneError: If a file can no longer be read.
        """
        if block in self._blocks:
            self._blocks.move_to_end(block)
            return self._blocks[block]
        values = np.full((len(self.names), BLOCK, BLOCK), np.nan, np.float32)
        for reader, places in self._readers:
            own = values[list(places)]
            if np.isnan(own).any():
                values[list(places)] = np.where(np.isnan(own), reader.block(block), own)
        # Of a file for each band only all of them together show a fill.
        values[:, np.isnan(values).any(axis=0) | is_fill(values)] = np.nan
        self._blocks[block] = values
        if len(self._blocks) > self._kept:
            self._blocks.popitem(last=False)
        return values

    def footprint(self) -> Window | None:
        """Return the window around all files; None if a file's is not known."""
        windows = [reader.footprint for reader, _ in self._readers]
        if any(window is None for window in windows):
            return None
        return reduce(Window.union, (window for window in windows if window is not None))

    def spacings(self) -> dict[str, float]:
        """Return the pixel spacing of each band in metres."""
        return {
            self.names[place]: reader.spacing
            for reader, places in self._readers
            for place in places
        }

    def sample(self, area: Window, name: str) -> list[SampleBlock]:
        """Return blocks spread over the part of an area that the files cover.

        Args:
            area: The area.
            name: Name of the reference in messages.

        Returns:
            The blocks; none if the files have no data there.

        Raises:
            SceneError: If the files do not cover any of it.
        """
        footprint = self.footprint()
        covered = area
        if footprint is not None:
            covered = footprint.intersection(area)
            if covered.is_empty:
                raise elsewhere_error(name, area, footprint)
        blocks = list(_spread(covered, SAMPLE_BLOCKS))
        sample = [self._sampled(block, covered) for block in blocks]
        if any(np.isfinite(each.part).any() for each in sample):
            return sample
        done = set(blocks)
        more = (block for block in _spread(covered, MAX_SEARCHED) if block not in done)
        for block in more:
            each = self._sampled(block, covered)
            if np.isfinite(each.part).any():
                return [*sample, each]
        return []

    def _sampled(self, block: Window, area: Window) -> SampleBlock:
        return SampleBlock(block, block.intersection(area), self.block(block).copy())


def sampled_reader(
    choice: BandChoice, grid: WorkGrid, area: Window, name: str
) -> tuple[BandChoice, BandReader, list[SampleBlock]]:
    """Return the bands that hold something in an area, their reader, and its sample.

    Exports keep the place of a band that the image lacks, such as B10 of level 2A, with one value
    or nodata in it; read with the others it would take their pixels for missing.

    Args:
        choice: All bands.
        grid: The working grid.
        area: The area.
        name: Name of the reference in messages.

    Raises:
        SceneError: If the files do not cover any of the area, a band that is needed has no data
            there, or bands that nothing names hold classes.
    """
    reader = BandReader(choice, grid)
    sample = reader.sample(area, name)
    if sample:
        values = np.concatenate([each.part[:, np.isfinite(each.part[0])] for each in sample], 1)
        refuse_classes(choice, dict(zip(reader.names, values, strict=True)), name)
        enough = values.shape[1] >= MIN_VALUES
        empty = [
            band
            for band, own in zip(reader.names, values, strict=True)
            if enough and band not in NEEDED and (own == own[0]).all()
        ]
    else:
        empty = [band for band in reader.names if not _has_data(choice, band, grid, area, name)]
        if not empty or set(empty) == set(reader.names):
            raise SceneError(
                Message("{} holds no data where the radar lies: all of it is nodata.", name),
                Message("Give the Sentinel-2 image of the radar's place."),
                problem="optical-without-data",
            )
    if not empty:
        return choice, reader, sample
    rest = without_bands(choice, empty)
    if lacking := [band for band in NEEDED if band not in rest.bands]:
        raise SceneError(
            Message("{}: {} holds no data where the radar lies.", name, ", ".join(lacking)),
            Message("Check which bands it holds, and name them yourself; - stands for any other."),
            problem="optical-band-without-data",
        )
    return sampled_reader(rest, grid, area, name)


def _has_data(choice: BandChoice, band: str, grid: WorkGrid, area: Window, name: str) -> bool:
    """Return whether a band has data in an area if it is read without the others."""
    alone = replace(choice, bands={band: choice.bands[band]}, stands_in=False)
    return bool(BandReader(alone, grid).sample(area, name))


def _spread(area: Window, count: int) -> Iterator[Window]:
    """Yield at most so many blocks of an area, evenly spread."""
    blocks = list(blocks_over(area))
    step = max(1.0, len(blocks) / count)
    yield from dict.fromkeys(blocks[int(n * step)] for n in range(min(count, len(blocks))))


def elsewhere_error(name: str, area: Window, footprint: Window) -> SceneError:
    """Return the error for an image that does not touch the radar, with the distance."""
    across = max(footprint.col - area.stop_col, area.col - footprint.stop_col, 0)
    down = max(footprint.row - area.stop_row, area.row - footprint.stop_row, 0)
    distance = float(np.hypot(across, down)) / 100
    return SceneError(
        Message("{} lies {} km from the radar.", name, f"{distance:.0f}"),
        Message("Give the Sentinel-2 image of the radar's place, or check its CRS."),
        problem="optical-elsewhere",
    )
