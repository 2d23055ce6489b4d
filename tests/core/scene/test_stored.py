"""A radar's blocks in a file: the scene's values, read from it once, and never damaged ones."""

from __future__ import annotations

import errno
import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from gac_core.contract.errors import DiskFull, OutputError
from gac_core.grid import Window
from gac_core.scene import S1Scene, open_scene
from gac_core.scene.positions import BLOCK
from gac_core.scene.source import Source
from gac_core.scene.warp import RADAR_BANDS, record_size, stored_size
from tests.core.conftest import UTM, backscatter
from tests.core.scene.test_reading import GEOGRAPHIC, random_windows

Write = Callable[..., str]
RECORD_BYTES = record_size(RADAR_BANDS)
PLACES = [("EPSG:32633", UTM), ("EPSG:4326", GEOGRAPHIC)]


@pytest.fixture(params=PLACES, ids=["native", "warped"])
def radar(request: pytest.FixtureRequest, write: Write) -> str:
    """A scene of several blocks, with a hole."""
    values = backscatter(700, 600)
    values[:, 300:360, 200:260] = np.nan
    crs, affine = request.param
    return write(values, names=("VV", "VH"), crs=crs, transform=affine)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, ...]]:
    """The windows that were read from the scene's file."""
    windows: list[tuple[int, ...]] = []
    read = Source.read

    def counted(self: Source, *window: int) -> np.ndarray:
        windows.append(window)
        return read(self, *window)

    monkeypatch.setattr(Source, "read", counted)
    return windows


def values_of(radar: str, window: Window | None = None) -> np.ndarray:
    with open_scene((radar,)) as scene:
        return scene.read(window or scene.window)


def part_of(scene: S1Scene) -> Window:
    """A part of the scene whose edges are not a block's."""
    window = scene.window
    return Window(window.row + 50, window.col + 70, window.height - 90, window.width - 330)


def test_stored_values_are_the_scenes(radar: str, tmp_path: Path) -> None:
    """In and around the area that is stored, the first time and from the file."""
    with open_scene((radar,)) as plain, open_scene((radar,)) as scene:
        with scene.stored(tmp_path / "s1", part_of(scene)) as stored:
            for window in random_windows(scene.window, 20) * 2:
                np.testing.assert_array_equal(scene.read(window), plain.read(window))
        assert stored.damaged == 0
        np.testing.assert_array_equal(scene.read(scene.window), plain.read(scene.window))


def test_each_block_is_read_once(radar: str, tmp_path: Path, reads: list[tuple[int, ...]]) -> None:
    with open_scene((radar,)) as scene, scene.stored(tmp_path / "s1", scene.window):
        reads.clear()
        scene.read(scene.window)
        blocks = (tmp_path / "s1").stat().st_size // RECORD_BYTES
        assert 0 < len(reads) <= blocks
        reads.clear()
        for window in random_windows(scene.window):
            scene.read(window)
        assert not reads
    with open_scene((radar,)) as scene, scene.stored(tmp_path / "s1", scene.window):
        reads.clear()
        scene.read(scene.window)
        assert not reads


def test_workers_fill_one_file_together(
    radar: str, tmp_path: Path, reads: list[tuple[int, ...]]
) -> None:
    """Each begins while the other has it open; no space is taken before blocks are stored."""
    path = tmp_path / "s1"
    with (
        open_scene((radar,)) as plain,
        open_scene((radar,)) as one,
        open_scene((radar,)) as other,
        one.stored(path, one.window, reserves=False),
    ):
        middle = (one.window.row // BLOCK + 1) * BLOCK
        upper = Window(one.window.row, one.window.col, middle - one.window.row, one.window.width)
        assert path.stat().st_size == stored_size(one.window)
        if hasattr(path.stat(), "st_blocks"):
            assert path.stat().st_blocks * 512 < RECORD_BYTES
        np.testing.assert_array_equal(one.read(upper), plain.read(upper))
        with other.stored(path, other.window, reserves=False) as stored:
            reads.clear()
            other.read(upper)
            assert not reads
            expected = plain.read(plain.window)
            np.testing.assert_array_equal(other.read(other.window), expected)
            reads.clear()
            np.testing.assert_array_equal(one.read(one.window), expected)
            assert not reads and stored.damaged == 0


def test_only_blocks_that_are_asked_for_are_read(
    radar: str, tmp_path: Path, reads: list[tuple[int, ...]]
) -> None:
    with open_scene((radar,)) as scene, scene.stored(tmp_path / "s1", scene.window):
        reads.clear()
        row, col = (scene.window.row // BLOCK + 1) * BLOCK, (scene.window.col // BLOCK + 1) * BLOCK
        scene.read(Window(row + 3, col + 3, 20, 20))
        assert len(reads) == 1


def flip(path: Path, at: int) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ 1]))


def shorten(path: Path) -> None:
    os.truncate(path, path.stat().st_size - RECORD_BYTES // 2)


def exchange(path: Path) -> None:
    """Put each block in the other's place."""
    content = path.read_bytes()
    first, second = content[:RECORD_BYTES], content[RECORD_BYTES : 2 * RECORD_BYTES]
    path.write_bytes(second + first + content[2 * RECORD_BYTES :])


@pytest.mark.parametrize(
    ("harm", "damaged"),
    [
        (lambda path: flip(path, 1000), 1),
        (lambda path: flip(path, RECORD_BYTES - 1), 1),
        (exchange, 2),
        (lambda path: path.write_bytes(bytes(path.stat().st_size)), 0),
        (shorten, 0),
        (Path.unlink, 0),
        (lambda path: path.write_bytes(b""), 0),
    ],
    ids=["flip", "flipped checksum", "exchanged", "zeros", "short", "gone", "empty"],
)
def test_what_is_damaged_is_read_again(
    radar: str, tmp_path: Path, harm: Callable[[Path], None], damaged: int
) -> None:
    expected, path = values_of(radar), tmp_path / "s1"
    with open_scene((radar,)) as scene:
        with scene.stored(path, scene.window):
            scene.read(scene.window)
        harm(path)
        for count in (damaged, 0):
            with scene.stored(path, scene.window) as stored:
                np.testing.assert_array_equal(scene.read(scene.window), expected)
            assert stored.damaged == count


def test_damage_while_the_file_is_open(radar: str, tmp_path: Path) -> None:
    expected, path = values_of(radar), tmp_path / "s1"
    with open_scene((radar,)) as scene, scene.stored(path, scene.window) as stored:
        scene.read(scene.window)
        flip(path, RECORD_BYTES + 500)
        os.truncate(path, 2 * RECORD_BYTES)
        np.testing.assert_array_equal(scene.read(scene.window), expected)
        assert stored.damaged == 1


def test_the_size_is_known_before(radar: str, tmp_path: Path) -> None:
    with open_scene((radar,)) as scene:
        area = part_of(scene)
        with scene.stored(tmp_path / "s1", area):
            assert (tmp_path / "s1").stat().st_size == stored_size(area)
            assert stored_size(area) >= 8 * area.height * area.width


def test_blocks_stay_on_disk(radar: str, tmp_path: Path) -> None:
    with open_scene((radar,)) as scene, scene.stored(tmp_path / "s1", scene.window):
        scene.read(part_of(scene))
        tracemalloc.start()
        try:
            scene.read(scene.window)
            assert tracemalloc.get_traced_memory()[0] < RECORD_BYTES
        finally:
            tracemalloc.stop()


@pytest.mark.skipif(not hasattr(os, "posix_fallocate"), reason="no room is reserved there")
def test_a_full_disk_is_said_at_once(
    radar: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(number: int, start: int, size: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", refuse)
    with open_scene((radar,)) as scene:
        with pytest.raises(DiskFull), scene.stored(tmp_path / "s1", scene.window):
            pass
        assert not (tmp_path / "s1").exists()
        assert np.isfinite(scene.read(scene.window)).any()


def test_no_file_can_be_made(radar: str, tmp_path: Path) -> None:
    with (
        open_scene((radar,)) as scene,
        pytest.raises(OutputError),
        scene.stored(tmp_path / "none" / "s1", scene.window),
    ):
        pass
