"""Making, going on, repairing, updating, removing environments: the real uv, no internet."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.core.processes import Cancelled
from gac_qgis_plugin.environment import build as building
from gac_qgis_plugin.environment import plan, state
from gac_qgis_plugin.environment.build import remove_environment
from gac_qgis_plugin.environment.plan import tools_folder, work_folder
from tests.plugin.environment.small import World, entry, uv_wheel, wheel
from tests.problems import raises


def look(world: World, thorough: bool = True) -> state.State:
    return state.read_state(world.home, thorough=thorough, files=world.files)


def test_from_nothing_by_a_wheel_folder(world) -> None:
    assert look(world).condition == state.ABSENT
    shutil.rmtree(tools_folder(world.home))
    uv = uv_wheel(world.wheels, world.uv)
    uv_wheel(world.wheels, world.uv, "win_amd64")
    (world.files / "bootstrap.txt").write_text(entry(uv) + "\n")
    world.build()
    now = look(world)
    assert now.condition == state.READY and now.is_usable
    assert world.names() == ["aaa-1.0.dist-info", "bbb-1.0.dist-info", "ccc_c-1.0.dist-info"]
    assert now.marker is not None and now.marker.packages == {
        "aaa": "1.0",
        "bbb": "1.0",
        "ccc-c": "1.0",
    }
    assert now.marker.source == str(world.wheels)
    assert Path(now.marker.python).is_file() and now.marker.version.startswith("3.")
    assert not work_folder(world.home).exists()
    percents = [percent for percent, _ in world.told]
    assert percents == sorted(percents) and percents[-1] == 100.0


def test_what_was_fetched_is_not_fetched_again(world, index) -> None:
    """A build that failed is gone on with from the cache."""
    names = [f"{name}-1.0-py3-none-any.whl" for name in ("aaa", "bbb", "ccc_c")]
    entries = [entry(world.wheels / name) for name in names]
    world.write(entries[:2])
    with raises(PluginError, "environment-not-working", "ccc_c"):
        world.build(**world.online(index))
    assert look(world).condition == state.UNFINISHED
    assert set(index.asked) == set(names[:2])
    index.asked.clear()
    world.write(entries)
    world.build(**world.online(index))
    assert look(world).condition == state.READY
    assert set(index.asked) == set(names[2:])


@pytest.mark.parametrize("fault", [b"half a file", b"", 503, 403])
def test_a_broken_download_is_told_and_mended_by_going_on(world, index, fault) -> None:
    index.faulty["bbb-1.0-py3-none-any.whl"] = fault
    with raises(PluginError, "index-unreachable"):
        world.build(**world.online(index))
    assert look(world).condition == state.UNFINISHED
    index.faulty.clear()
    world.build(**world.online(index))
    assert look(world).condition == state.READY


def test_a_wheel_that_was_tampered_with_is_refused(world, index) -> None:
    evil = wheel(world.root / "index", "bbb", "1.0", code="raise SystemExit('evil')\n")
    with raises(PluginError, "hash-differs", "bbb==1.0"):
        world.build(**world.online(index))
    assert evil.is_file() and look(world).condition == state.UNFINISHED
    assert not world.home.exists()


@pytest.mark.parametrize("words", ["Determining", "Fetching", "Trying"])
def test_a_cancel_leaves_nothing_that_counts_as_whole(world, words) -> None:
    waits = ("-c", "import time; time.sleep(60)")
    with pytest.raises(Cancelled):
        world.build(lambda: world.has_told(words), self_test=waits)
    assert look(world).condition == state.UNFINISHED
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    assert str(world.root) not in listed.stdout
    world.build()
    assert look(world).condition == state.READY


def test_a_damaged_environment_is_found_and_repaired(world) -> None:
    """Its files are links into the cache, which is damaged with them."""
    world.build()
    (world.site / "aaa" / "__init__.py").unlink()
    shutil.rmtree(world.site / "bbb-1.0.dist-info")
    with (world.site / "ccc_c" / "data.bin").open("wb") as file:
        file.write(b"xx")
    now = look(world)
    assert now.condition == state.BROKEN and not now.is_usable
    assert now.faults == (
        "aaa 1.0: its file aaa/__init__.py is missing",
        "ccc-c 1.0: its file ccc_c/data.bin was changed",
        "bbb 1.0 is missing",
    )
    assert look(world, thorough=False).faults == ("bbb 1.0 is missing",)
    world.build()
    assert look(world).condition == state.READY
    assert (world.site / "ccc_c" / "data.bin").stat().st_size == 0


def test_a_package_of_another_version_is_found_and_replaced(world) -> None:
    world.build()
    other = wheel(world.root / "other", "bbb", "0.9")
    words = [world.uv, "pip", "install", "--no-index", "--quiet", "--no-deps", str(other)]
    cache = ["--cache-dir", world.root / "cache", "--python", world.home / "bin" / "python"]
    subprocess.run([*words, *cache], check=True)
    assert look(world, thorough=False).faults == ("bbb 0.9 is there, 1.0 is needed",)
    world.build()
    assert look(world).condition == state.READY
    assert world.version_of("bbb") == "1.0"
    assert "bbb-0.9.dist-info" not in world.names()


def newer(world: World) -> list[str]:
    """The entries of an update, whose wheels are all in the folder."""
    path = wheel(world.wheels, "bbb", "2.0")
    names = ("aaa-1.0", "ccc_c-1.0")
    rest = [entry(world.wheels / f"{name}-py3-none-any.whl") for name in names]
    return [*rest, entry(path)]


def test_an_update_of_the_plugin_updates_it(world) -> None:
    world.build()
    world.write(newer(world))
    (world.wheels / "bbb-1.0-py3-none-any.whl").unlink()
    now = look(world)
    assert now.condition == state.OUTDATED and now.is_usable
    world.build()
    assert look(world).condition == state.READY
    assert world.version_of("bbb") == "2.0"


def test_the_cache_does_not_grow_with_updates(world, index) -> None:
    world.build(**world.online(index))
    cache = tools_folder(world.home) / "cache"
    assert list(cache.rglob("bbb/1.0-*"))
    lines = newer(world)
    shutil.copy(world.wheels / "bbb-2.0-py3-none-any.whl", world.root / "index")
    world.write(lines)
    index.asked.clear()
    world.build(**world.online(index))
    assert world.version_of("bbb") == "2.0"
    assert list(cache.rglob("bbb/2.0-*")) and not list(cache.rglob("bbb/1.0-*"))
    assert index.asked == ["bbb-2.0-py3-none-any.whl"], "the others were there"


def test_an_update_that_cannot_be_had_leaves_the_old_one_working(world) -> None:
    world.build()
    world.write([entry(wheel(world.root / "elsewhere", "bbb", "2.0"))])
    with raises(PluginError, "package-folder-incomplete", "bbb 2.0: the folder has 1.0"):
        world.build()
    assert look(world).condition == state.OUTDATED
    assert world.version_of("bbb") == "1.0"


def test_an_update_that_does_not_work_leaves_the_old_one_working(world) -> None:
    world.build()
    world.write(newer(world))
    with raises(PluginError, "environment-not-working"):
        world.build(self_test=("-c", "import no_such_module"))
    assert look(world).condition == state.OUTDATED and look(world).is_usable
    assert world.version_of("bbb") == "1.0"


def test_a_switch_that_was_interrupted_is_undone(world, monkeypatch) -> None:
    """As when the power fails between the two renames."""
    world.build()
    world.write(newer(world))
    renamed: list[Path] = []

    def fails(source: Path, target: Path) -> None:
        renamed.append(source)
        if len(renamed) > 1:
            raise KeyboardInterrupt
        source.rename(target)

    monkeypatch.setattr(building, "_rename", fails)
    with pytest.raises(KeyboardInterrupt):
        world.build()
    assert not world.home.exists()
    monkeypatch.undo()
    with raises(PluginError, "environment-not-working"):
        world.build(self_test=("-c", "import no_such_module"))
    assert look(world).condition == state.OUTDATED and world.version_of("bbb") == "1.0"


def test_an_environment_of_the_older_manager_stays_usable(world) -> None:
    """Its marker names neither build nor GPU, and there is no cache beside it."""
    world.build()
    shutil.rmtree(tools_folder(world.home))
    values = json.loads((world.home / state.MARKER).read_text())
    del values["build"], values["gpu"]
    (world.home / state.MARKER).write_text(json.dumps(values))
    now = look(world)
    assert now.condition == state.READY and now.marker is not None
    assert now.marker.torch == "index"
    world.build()
    assert look(world).condition == state.READY
    assert not tools_folder(world.home).exists(), "nothing had to be installed"


def test_what_a_wheel_folder_lacks_is_told_and_nothing_is_changed(world) -> None:
    (world.wheels / "aaa-1.0-py3-none-any.whl").unlink()
    wheel(world.wheels, "aaa", "1.1")
    (world.wheels / "ccc_c-1.0-py3-none-any.whl").unlink()
    with raises(PluginError, "package-folder-incomplete", "2 of 3") as caught:
        world.build()
    assert caught.value.details.splitlines()[:2] == [
        "aaa 1.0: the folder has 1.1",
        "ccc-c 1.0: missing",
    ]
    assert caught.value.remedy
    assert not world.home.exists()


def test_a_wheel_folder_with_another_file_is_refused(world) -> None:
    wheel(world.wheels, "bbb", "1.0", filler=3)
    with raises(PluginError, "hash-differs"):
        world.build()
    assert not world.home.exists()


def test_what_does_not_work_is_not_marked(world) -> None:
    with raises(PluginError, "environment-not-working", "no_such_module"):
        world.build(self_test=("-c", "import no_such_module"))
    assert look(world).condition == state.UNFINISHED


def test_too_little_room_is_said_first(world, monkeypatch) -> None:
    monkeypatch.setattr(plan, "free_bytes", lambda path: 10_000_000)
    with raises(PluginError, "environment-space-short") as caught:
        world.build()
    assert re.findall(r"\d+\.\d", caught.value.remedy)[1:] == ["0.0"], "GB needed, GB free"
    assert not world.home.exists()
    with raises(PluginError, "environment-space-short"):
        world.build()


def test_what_is_in_the_cache_needs_no_room(world, monkeypatch) -> None:
    monkeypatch.setattr(plan, "free_bytes", lambda path: plan.MARGIN + 45_000_000)
    world.measure(dict.fromkeys(("aaa", "bbb", "ccc-c"), (1, 30_000_000)))
    with raises(PluginError, "environment-space-short"):
        world.build()
    cached = tools_folder(world.home) / "cache" / "of-before"
    cached.write_bytes(bytes(50_000_000))
    world.build()
    assert look(world).condition == state.READY


@pytest.fixture
def small_disk(tmp_path):
    """A real disk of a few megabytes, where the tests may make one."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("no small disk can be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_disk_that_becomes_full(world, small_disk, monkeypatch) -> None:
    monkeypatch.setattr(plan, "MARGIN", -(10**9))
    large = wheel(world.wheels, "aaa", "1.0", filler=45_000_000)
    rest = [entry(path) for path in sorted(world.wheels.iterdir()) if path != large]
    world.write([entry(large), *rest])
    world.home = small_disk / "env"
    world.place_uv()
    with raises(PluginError, "disk-full"):
        world.build()
    assert look(world).condition == state.UNFINISHED
    subprocess.run(["mount", "-o", "remount,size=200m", str(small_disk)], check=True)
    world.build()
    assert look(world).condition == state.READY


def test_only_one_window_makes_it(world) -> None:
    refusals: list[str] = []

    def once() -> bool:
        if not refusals:
            refusals.append("none")
            with pytest.raises(PluginError) as caught:
                world.build()
            refusals[0] = caught.value.problem
        return False

    world.build(once)
    assert refusals == ["environment-in-use"]


def test_folders_that_hold_other_things_stay(world) -> None:
    world.home.mkdir()
    (world.home / "thesis.odt").touch()
    for action in (world.build, lambda: remove_environment(world.home)):
        with raises(PluginError, "folder-not-an-environment"):
            action()
    assert (world.home / "thesis.odt").exists()


def test_removing_leaves_nothing(world) -> None:
    with pytest.raises(Cancelled):
        world.build(lambda: world.has_told("Fetching"))
    remove_environment(world.home)
    for folder in (world.home, work_folder(world.home), tools_folder(world.home)):
        assert not folder.exists()
    assert world.uv.exists()
    assert look(world).condition == state.ABSENT


def test_a_python_that_is_gone(world) -> None:
    world.build()
    python = world.home / "bin" / "python"
    for path in world.home.glob("bin/python*"):
        path.unlink()
    python.symlink_to("/usr/bin/python3.999")
    now = look(world, thorough=False)
    assert now.condition == state.BROKEN
    assert now.marker.python in now.faults[0]
    world.build()
    assert look(world).condition == state.READY


def test_a_record_cannot_delete_outside(world) -> None:
    world.build()
    precious = world.root / "precious"
    precious.touch()
    record = world.site / "aaa-1.0.dist-info" / "RECORD"
    steps = "../" * len(Path(world.site.relative_to(world.root)).parts)
    record.write_text(record.read_text() + f"{steps}precious,,7\n")
    assert look(world).condition == state.BROKEN
    world.build()
    assert precious.exists()
