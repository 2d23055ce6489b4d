"""A reference's blocks in a file: its values, read and warped once, and never damaged ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from gac_core.contract.errors import DiskFull
from gac_core.grid import Window
from gac_core.optical import OpticalReference
from gac_core.optical.layers import FileReader
from gac_core.scene.warp import record_size, stored_size
from tests.core.conftest import UTM
from tests.core.optical.conftest import AREA, TEN, Opened, reflectance
from tests.core.scene.test_reading import random_windows

FOUR = ("B02", "B03", "B04", "B8A")
"""B8A stands in for B08."""


@pytest.fixture(params=["native", "warped"])
def reference(
    request: pytest.FixtureRequest, write: Callable[..., str], opened: Opened, mask: str
) -> Callable[[], OpticalReference]:
    """Opens an image with two clouds, on the grid or beside it."""
    native = request.param == "native"
    names = TEN if native else FOUR
    transform = UTM if native else UTM @ UTM.scale(1.5) @ UTM.translation(-20.3, -10.7)
    path = write(reflectance(names), "s2.tif", names=names, transform=transform)
    return lambda: opened(path, mask=mask, offset=0)


@pytest.fixture
def warps(monkeypatch: pytest.MonkeyPatch) -> Counter[Window]:
    """Number of times that each block's bands were taken from the image's file."""
    blocks: Counter[Window] = Counter()
    block = FileReader.block

    def counted(self: FileReader, window: Window) -> np.ndarray:
        blocks[window] += len(self.numbers) > 1
        return block(self, window)

    monkeypatch.setattr(FileReader, "block", counted)
    return blocks


def test_stored_values_are_the_references(
    reference: Callable[[], OpticalReference], tmp_path: Path
) -> None:
    """In and around the area that is stored, the first time and from the file."""
    plain, other = reference(), reference()
    area = Window(AREA.row + 50, AREA.col + 60, 190, 170)
    around = AREA.grown(60)
    with other.stored(tmp_path / "s2", area) as stored:
        for window in [around, *random_windows(around, 10)] * 2:
            np.testing.assert_array_equal(other.read(window), plain.read(window))
        assert (tmp_path / "s2").stat().st_size == stored_size(area, other.stored_bands)
        assert stored.damaged == 0
    assert np.isfinite(plain.read(area)).any() and np.isnan(plain.read(area)).any()
    # B8A that stands in for B08 is stored once.
    assert other.stored_bands == len(other.bands) - (len(other.bands) == 5)
    np.testing.assert_array_equal(other.read(around), plain.read(around))


def test_each_block_is_warped_once(
    reference: Callable[[], OpticalReference], tmp_path: Path, warps: Counter[Window]
) -> None:
    one, other = reference(), reference()
    for each in (one, other):
        # As an image that is larger than the memory that it may take.
        each._reader._blocks.clear()
        each._reader._kept = 1
    warps.clear()
    with one.stored(tmp_path / "s2", AREA, reserves=False):
        one.read(AREA)
        assert len(warps) > 1 and max(warps.values()) == 1
        warps.clear()
        for window in random_windows(AREA, 10):
            one.read(window.intersection(AREA))
        # Another process uses what this one has stored.
        with other.stored(tmp_path / "s2", AREA, reserves=False):
            other.read(AREA)
        assert not sum(warps.values())


@pytest.mark.parametrize("at", [1000, record_size(len(TEN)) - 1])
def test_a_damaged_block_is_read_again(
    write: Callable[..., str], opened: Opened, mask: str, tmp_path: Path, at: int
) -> None:
    image = opened(write(reflectance(TEN), "s2.tif", names=TEN), mask=mask, offset=0)
    expected, path = image.read(AREA), tmp_path / "blocks"
    with image.stored(path, AREA):
        image.read(AREA)
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)
    for damaged in (1, 0):
        with image.stored(path, AREA) as stored:
            np.testing.assert_array_equal(image.read(AREA), expected)
        assert stored.damaged == damaged


def test_a_full_disk_is_told(
    write: Callable[..., str],
    opened: Opened,
    mask: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    image = opened(write(reflectance(TEN), "s2.tif", names=TEN), mask=mask, offset=0)
    expected = image.read(AREA)

    def full(number: int, size: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("gac_core.scene.warp.reserve", full)
    with pytest.raises(DiskFull), image.stored(tmp_path / "blocks", AREA):
        pass
    assert not (tmp_path / "blocks").exists()
    np.testing.assert_array_equal(image.read(AREA), expected)
