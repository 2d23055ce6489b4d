"""A run's copy of its radar: read once, resumed, made again where it is damaged or out of date."""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import rasterio
from affine import Affine

from gac_core.contract.errors import Cancelled, InputChanged
from gac_core.contract.layout import RADAR, STAGE_CACHE, WORK
from gac_core.engine.areas import radar_window
from gac_core.engine.pipeline import run
from gac_core.engine.plan import bytes_needed, scope_of
from gac_core.progress import Silent
from gac_core.scene.warp import RADAR_BANDS, WarpedReader, record_size, stored_size

RECORD_BYTES = record_size(RADAR_BANDS)


class At(Silent):
    """Does something once so many tiles of a stage are done."""

    def __init__(self, stage: int, tile: int, act) -> None:
        self.stage, self.tile, self.act = stage, tile, act

    def progress(self, progress):
        if (progress.stage, progress.tile) == (self.stage, self.tile):
            self.act()


def stop() -> None:
    raise Cancelled(keep=True)


def hashes(out: Path) -> dict[str, str]:
    def pixels(path: Path) -> bytes:
        with rasterio.open(path) as file:
            return file.read().tobytes()

    return {p.name: hashlib.sha256(pixels(p)).hexdigest() for p in sorted(out.glob("*.tif"))}


@pytest.fixture(scope="module")
def degrees(scene_path, tmp_path_factory):
    """The scene in degrees: it has to be warped."""
    path = tmp_path_factory.mktemp("degrees") / "S1A_IW_GRDH_1SDV_20210715T052500_clip.tif"
    with rasterio.open(scene_path) as file:
        values, profile = file.read(), file.profile
    profile |= {"crs": "EPSG:4326", "transform": Affine(1.3e-4, 0, 15.0, 0, -0.9e-4, 48.7)}
    with rasterio.open(path, "w", **profile) as file:
        file.write(values)
        file.descriptions = ("VV", "VH")
    return path


@pytest.fixture
def ask(degrees, request_for):
    return lambda out, **changes: request_for(out, **{"sar": (str(degrees),), **changes})


@pytest.fixture(scope="module")
def expected(degrees, request_for, cache, tmp_path_factory):
    """Hashes of a run that reads the radar itself every time."""
    out = tmp_path_factory.mktemp("direct")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gac_core.scene.warp.StoredReader.read", lambda self, w: self._reader.read(w))
        run(request_for(out, sar=(str(degrees),)), cache, Silent())
    return hashes(out)


@pytest.fixture
def warped(monkeypatch):
    """Count of warps of each block."""
    blocks, warp = Counter(), WarpedReader._warped

    def counted(self, block):
        blocks[block] += 1
        return warp(self, block)

    monkeypatch.setattr(WarpedReader, "_warped", counted)
    # As in a scene that is larger than the memory that it may take.
    monkeypatch.setattr("gac_core.scene.warp.CACHED_BLOCKS", 0)
    return blocks


def test_a_run_warps_each_block_once(ask, cache, expected, warped, tmp_path):
    with scope_of(ask(tmp_path), cache.library):
        searched = warped.copy()
    warped.clear()
    run(ask(tmp_path), cache, Silent())
    # To find out whether there is any data at all, a block or two are looked at before.
    assert set((warped - searched).values()) == {1}
    assert hashes(tmp_path) == expected


@pytest.mark.parametrize(("stage", "tile"), [(1, 2), (2, 5), (3, 11)])
def test_a_resumed_run_reads_its_copy(ask, cache, expected, warped, tmp_path, stage, tile):
    with pytest.raises(Cancelled):
        run(ask(tmp_path), cache, At(stage, tile, stop))
    assert (tmp_path / WORK / RADAR).is_file()
    warped.clear()
    with scope_of(ask(tmp_path), cache.library):
        searched = warped.copy()
    before = set(warped)
    warped.clear()
    run(ask(tmp_path), cache, Silent())
    if stage > 1:
        assert warped == searched and set(warped) == before
    assert hashes(tmp_path) == expected
    assert not (tmp_path / WORK).exists()


@pytest.fixture(scope="module")
def unfinished(degrees, request_for, cache, tmp_path_factory):
    out = tmp_path_factory.mktemp("unfinished") / "out"
    with pytest.raises(Cancelled):
        run(request_for(out, sar=(str(degrees),)), cache, At(2, 3, stop))
    return out


def flip(path: Path) -> None:
    """Change one bit of each block."""
    content = bytearray(path.read_bytes())
    for number in range(len(content) // RECORD_BYTES):
        content[number * RECORD_BYTES + 300_000] ^= 16
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("harm", "is_said"),
    [
        (flip, True),
        (lambda path: path.write_bytes(path.read_bytes()[: RECORD_BYTES // 2]), False),
        (lambda path: path.write_bytes(bytes(path.stat().st_size)), False),
        (Path.unlink, False),
    ],
    ids=["flip", "torn", "zeros", "gone"],
)
def test_a_damaged_copy_is_made_again(unfinished, ask, cache, expected, tmp_path, harm, is_said):
    out = tmp_path / "out"
    shutil.copytree(unfinished, out)
    harm(out / WORK / RADAR)
    notes = run(ask(out), cache, Silent()).notes
    assert hashes(out) == expected
    assert any("damaged" in note for note in notes) == is_said


def test_damage_during_the_run(ask, cache, expected, tmp_path):
    notes = run(ask(tmp_path), cache, At(2, 3, lambda: flip(tmp_path / WORK / RADAR))).notes
    assert hashes(tmp_path) == expected
    assert any("damaged" in note for note in notes)


def changed(path: Path) -> None:
    with rasterio.open(path, "r+") as file:
        file.write(file.read() + np.float32(3.0))


def test_a_copy_of_another_input_is_not_used(unfinished, degrees, request_for, cache, tmp_path):
    radar, out = tmp_path / degrees.name, tmp_path / "out"
    shutil.copyfile(degrees, radar)
    request = request_for(out, sar=(str(radar),))
    with pytest.raises(Cancelled):
        run(request, cache, At(2, 3, stop))
    changed(radar)
    assert "input" in " ".join(run(request, cache, Silent()).notes)
    run(replace(request, out=str(tmp_path / "fresh")), cache, Silent())
    assert hashes(out) == hashes(tmp_path / "fresh")


def test_an_input_that_changes_during_the_run(degrees, request_for, cache, tmp_path):
    """Later stages read the copy alone: the change is noticed all the same, and nothing kept."""
    radar, out = tmp_path / degrees.name, tmp_path / "out"
    shutil.copyfile(degrees, radar)
    with pytest.raises(InputChanged):
        run(request_for(out, sar=(str(radar),)), cache, At(2, 3, lambda: changed(radar)))
    assert not (out / WORK).exists()


def test_a_preview_reads_its_surroundings_alone(request_for, cache, warped, tmp_path):
    values = np.random.default_rng(0).normal(-12, 2, (2, 1500, 1500)).astype(np.float32)
    values[1] -= 7
    path, transform = tmp_path / "large.tif", Affine(1.3e-4, 0, 15.0, 0, -0.9e-4, 48.7)
    profile = {"driver": "GTiff", "dtype": "float32", "count": 2, "height": 1500, "width": 1500}
    with rasterio.open(path, "w", crs="EPSG:4326", transform=transform, **profile) as file:
        file.write(values)
        file.descriptions = ("VV", "VH")
    place = (15.1, 48.6, 15.101, 48.601)
    request = request_for(tmp_path / "out", sar=(str(path),), extent=place, extent_crs="EPSG:4326")
    run(request, cache, Silent(), lens=True)
    assert 1 <= len(warped) <= 4


def test_the_copy_is_counted_as_disk_space(ask, cache, tmp_path):
    with scope_of(ask(tmp_path), cache.library) as scope:
        arguments = scope.areas, scope.area
        rest = scope.bundle.window, scope.whole
        radar = radar_window(scope.areas, 1, *rest)
        assert scope.whole.contains(radar) and radar.contains(scope.area)
        assert scope.room == bytes_needed(*arguments, 1, *rest) > stored_size(radar)
    sizes = []
    run(
        ask(tmp_path),
        cache,
        At(2, 1, lambda: sizes.append((tmp_path / WORK / RADAR).stat().st_size)),
    )
    assert sizes == [stored_size(radar)]


def test_a_later_stage_stores_what_it_reads(ask, cache, expected, warped, tmp_path):
    """A run that takes its first stages from another one needs less of the radar."""
    run(ask(tmp_path / "one", keep=True), cache, Silent())
    assert not list((tmp_path / "one" / STAGE_CACHE).glob(RADAR))
    warped.clear()
    request = ask(tmp_path / "two", reuse=str(tmp_path / "one"), from_stage=3)
    run(request, cache, Silent())
    assert set(warped.values()) <= {1, 2}
    assert hashes(tmp_path / "two") == expected
