"""Damage to what a batch relies on: noticed, computed again, never reported complete."""

from __future__ import annotations

import json
import os
import random
import shutil
from pathlib import Path

import pytest

from gac_core.contract.errors import RequestError
from gac_core.raster import damaged_error
from tests.core.engine.batch.conftest import hashes, scene_folder
from tests.problems import notes_with


def flip(path: Path, chance: random.Random) -> None:
    """Change one bit of a file, and nothing that tells of it."""
    before = path.stat()
    values = bytearray(path.read_bytes())
    bit = chance.randrange(8 * len(values))
    values[bit // 8] ^= 1 << bit % 8
    path.write_bytes(values)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_flips_in_a_finished_batch_are_computed_again(batch, undisturbed, tmp_path):
    out, chance = tmp_path / "out", random.Random(7)
    shutil.copytree(undisturbed, out)
    scene = scene_folder(out)
    blocks = chance.sample(sorted(scene.glob("blocks/*")), 3)
    for number, block in enumerate(blocks, 1):
        flip(block / f"opt_v{number}.tif", chance)
    # Cut short, and no record that it is ours but the block's own.
    (blocks[0] / "opt_v2.tif").write_bytes(b"II*\0 cut short")
    (scene / ".gac-batch" / "opt_v2" / f"{blocks[0].name}.json").unlink()
    flip(next((scene / ".gac-batch" / "opt_v3").glob("*.json")), chance)
    flip(scene / ".gac-batch" / "plan.json", chance)
    flip(out / "batch.json", chance)
    assert hashes(out) != hashes(undisturbed)
    assert batch()["status"] == "complete"
    assert hashes(out) == hashes(undisturbed)


def test_a_damaged_record_of_settings_lets_no_other_settings_in(batch, undisturbed, tmp_path):
    out = tmp_path / "out"
    shutil.copytree(undisturbed, out)
    (out / "batch.json").write_text("{")
    summary = batch(seed=3)
    (scene,) = summary["scenes"].values()
    assert scene["status"] == "refused"
    assert hashes(out) == hashes(undisturbed)
    assert batch()["status"] == "complete"
    assert hashes(out) == hashes(undisturbed)
    with pytest.raises(RequestError):
        batch(seed=3)


def test_a_result_written_over_during_the_batch_is_computed_again(batch, undisturbed, tmp_path):
    out, over = tmp_path / "out", []

    def write_over(progress):
        if progress.done == 12 and not over:
            over.append(next(out.glob("*/blocks/*/opt_v1.tif")))
            over[0].write_bytes(b"garbage")

    summary = batch(tell=write_over)
    assert over and summary["status"] == "complete"
    assert hashes(out) == hashes(undisturbed)
    item = json.loads((over[0].parent / "stac_item.json").read_text())
    checksum = item["assets"]["opt_v1"]["file:checksum"]
    assert checksum.endswith(hashes(out)[str(over[0].relative_to(out))])


def test_working_files_zeroed_before_a_batch_goes_on(batch, undisturbed, tmp_path):
    out = tmp_path / "out"

    def stop(progress):
        if progress.done == 8:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        batch(tell=stop)
    files = list(out.rglob("*.bil"))
    assert files and not list(out.rglob("*.hdr"))
    for path in files:
        path.write_bytes(bytes(path.stat().st_size))
    assert batch()["status"] == "complete"
    assert hashes(out) == hashes(undisturbed)


def test_a_working_file_zeroed_under_a_batch_costs_the_next_call_only(batch, undisturbed, tmp_path):
    out, zeroed = tmp_path / "out", []

    def zero(progress):
        files = sorted(out.glob("*/.gac-batch/opt_v1/*.bil"))
        if progress.done == 5 and files and not zeroed:
            zeroed.extend(files)
            for path in files:
                path.write_bytes(bytes(path.stat().st_size))

    summary = batch(tell=zero, retries=0)
    assert zeroed
    if summary["status"] != "complete":
        (scene,) = summary["scenes"].values()
        damaged = damaged_error(out).message.template
        assert notes_with([hole["why"] for hole in scene["holes"]], template=damaged)
        assert batch()["status"] == "complete"
    assert hashes(out) == hashes(undisturbed)
