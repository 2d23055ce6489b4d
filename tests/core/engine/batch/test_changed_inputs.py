"""An input that is written to while a batch reads it, with its size and its times put back."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
import rasterio

from gac_core.contract.layout import RADAR
from gac_core.engine import batch_worker
from gac_core.engine.batch_plan import read_plan
from gac_core.scene import open_scene
from tests.core.engine.batch.conftest import hashes, scene_folder


@pytest.fixture
def copy(radar: Path, tmp_path: Path) -> Path:
    """A radar file of the test's own."""
    return Path(shutil.copy(radar, tmp_path / radar.name))


def change_unseen(path: Path) -> None:
    """Turn the lowest rows about, in place; size, time and number of the file stay."""
    before = path.stat()
    with rasterio.open(path, "r+") as file:
        window = rasterio.windows.Window(0, 200, file.width, 50)
        file.write(file.read(window=window)[:, ::-1], window=window)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    after = path.stat()
    assert (after.st_size, after.st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert after.st_ino == before.st_ino


def once(progress_done: int, act):
    """Act once so many steps are done."""
    acted = []

    def tell(progress):
        if progress.done == progress_done and not acted:
            acted.append(progress)
            act()

    return tell


def test_a_change_during_a_batch_stops_the_scene(batch, copy):
    summary = batch(str(copy), tell=once(6, lambda: change_unseen(copy)))
    (scene,) = summary["scenes"].values()
    assert summary["status"] == "complete with failures" and scene["holes"]
    assert not list(copy.parent.rglob(RADAR))


def test_a_radar_that_was_stored_by_a_batch_that_died_is_not_used(
    batch, copy, undisturbed, tmp_path
):
    """Nobody knows whether its file was whole then."""

    class Stop(Exception):
        pass

    def stop() -> None:
        raise Stop

    with pytest.raises(Stop):
        batch(str(copy), tell=once(6, stop))
    plan = read_plan(scene_folder(tmp_path / "out"))
    content, times = copy.read_bytes(), copy.stat()
    change_unseen(copy)
    with open_scene((str(copy),)) as scene, scene.stored(plan.radar, plan.radar_window):
        scene.read(plan.whole)
    copy.write_bytes(content)
    os.utime(copy, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert batch(str(copy))["status"] == "complete"
    assert hashes(tmp_path / "out") == hashes(undisturbed)


def test_a_change_is_noticed_by_a_worker_that_opens_the_file_later(batch, copy):
    def replace() -> None:
        change_unseen(copy)
        # As if all workers were new ones.
        batch_worker._OPEN.clear()
        while batch_worker._OPEN:
            batch_worker._OPEN.popitem()[1].close()

    summary = batch(str(copy), tell=once(3, replace))
    (scene,) = summary["scenes"].values()
    assert summary["status"] == "complete with failures" and scene["holes"]


def test_a_change_between_two_batches_is_another_input(batch, copy):
    class Stop(Exception):
        pass

    def stop() -> None:
        raise Stop

    with pytest.raises(Stop):
        batch(str(copy), tell=once(6, stop))
    change_unseen(copy)
    summary = batch(str(copy))
    (scene,) = summary["scenes"].values()
    assert scene["status"] == "refused" and "input" in scene["why"]


def test_rights_that_change_stop_nobody(batch, copy, undisturbed, tmp_path):
    """The system's time of change moves then too, and the content is what it was."""
    summary = batch(str(copy), tell=once(6, lambda: copy.chmod(0o600)))
    assert summary["status"] == "complete"
    assert hashes(tmp_path / "out") == hashes(undisturbed)
