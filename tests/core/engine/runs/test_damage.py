"""Files that a run relies on, damaged: noticed, said, and computed again; never a result."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
import rasterio

from gac_core.contract.errors import Cancelled, InputChanged, OutputError, RequestError
from gac_core.contract.layout import STAGE_CACHE, STAGE_CACHE_MANIFEST, WORK
from gac_core.engine.checkpoint import load_tile, save_tile
from gac_core.engine.pipeline import run
from gac_core.engine.plan import scope_of
from gac_core.engine.stage_cache import CachedRun
from gac_core.io import RECORD_BYTES, read_record, read_regular, read_sealed, sealed
from gac_core.progress import Silent
from tests.problems import notes_with, raises

UNIX = pytest.mark.skipif(sys.platform == "win32", reason="no pipes and devices there")


@pytest.fixture(scope="module")
def finished(request_for, cache, tmp_path_factory):
    """The folder of a run that nothing disturbed and that kept its stages."""
    out = tmp_path_factory.mktemp("finished")
    run(request_for(out, keep=True), cache, Silent())
    return out


@pytest.fixture(scope="module")
def expected(finished):
    return hashes(finished)


class At(Silent):
    """Does something once so many tiles of a stage are done."""

    def __init__(self, stage: int, tile: int, act) -> None:
        self.stage, self.tile, self.act = stage, tile, act

    def progress(self, progress):
        if (progress.stage, progress.tile) == (self.stage, self.tile):
            self.act()


def stop() -> None:
    raise Cancelled(keep=True)


@pytest.fixture(scope="module")
def unfinished(request_for, cache, tmp_path_factory):
    """The folder of a run that was interrupted in stage 3, with rows and tiles of that."""
    out = tmp_path_factory.mktemp("unfinished") / "out"
    with pytest.raises(Cancelled):
        run(request_for(out), cache, At(3, 11, stop))
    return out


@pytest.fixture
def left(unfinished, tmp_path, request_for):
    """A copy of it, and the request that resumes it."""
    out = tmp_path / "out"
    shutil.copytree(unfinished, out)
    return out, request_for(out)


def hashes(out: Path) -> dict[str, str]:
    """Of the pixels: the tags also say whether stages were kept."""

    def pixels(path: Path) -> bytes:
        with rasterio.open(path) as file:
            return file.read().tobytes()

    return {p.name: hashlib.sha256(pixels(p)).hexdigest() for p in sorted(out.glob("*.tif"))}


def zero(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def flip(path: Path, bit: int) -> None:
    """Change one bit, and nothing that tells of it, as a failing disk does."""
    before = path.stat()
    values = bytearray(path.read_bytes())
    values[bit // 8] ^= 1 << bit % 8
    path.write_bytes(values)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize(
    ("stage", "harm"), [(1, zero), (2, zero), (3, zero), (2, lambda path: path.write_bytes(b""))]
)
def test_working_files_damaged_before_a_resume(left, cache, expected, stage, harm):
    out, request = left
    assert (out / WORK / f"opt_v{stage}.bil").is_file()
    assert not list(out.rglob("*.hdr"))
    harm(out / WORK / f"opt_v{stage}.bil")
    notes = run(request, cache, Silent()).notes
    assert hashes(out) == expected
    assert any(f"opt_v{stage}" in note and "damaged" in note for note in notes)


@pytest.mark.parametrize(("stage", "read_in"), [(1, 2), (2, 3)])
def test_working_files_damaged_while_they_are_read(
    request_for, cache, expected, tmp_path, stage, read_in
):
    """Pixels were made of it: they count no more, nor do tiles that are kept."""
    file = tmp_path / WORK / f"opt_v{stage}.bil"
    with raises(OutputError, "working-file-changed", str(file)):
        run(request_for(tmp_path), cache, At(read_in, 5, lambda: zero(file)))
    run(request_for(tmp_path), cache, Silent())
    assert hashes(tmp_path) == expected


def test_a_working_file_damaged_and_then_an_interruption(request_for, cache, expected, tmp_path):
    """Work computed from the damaged rows is not resumed, though it is whole itself."""

    def harm():
        zero(tmp_path / WORK / "opt_v2.bil")

    class Harm(At):
        def progress(self, progress):
            super().progress(progress)
            if progress.stage == 3 and progress.tile == 14:
                stop()

    with pytest.raises(Cancelled):
        run(request_for(tmp_path), cache, Harm(3, 2, harm))
    run(request_for(tmp_path), cache, Silent())
    assert hashes(tmp_path) == expected


@pytest.mark.parametrize("name", ["opt_v1.tif", "opt_v2.tif"])
def test_a_result_written_over_during_the_run(request_for, cache, expected, tmp_path, name):
    with raises(OutputError, "working-file-changed", name):
        run(
            request_for(tmp_path),
            cache,
            At(3, 5, lambda: (tmp_path / name).write_bytes(b"garbage")),
        )
    record = json.loads((tmp_path / "run.json").read_text())
    assert record["status"] == "failed"
    # Told is what was written, not what lies there.
    assert record["stages"][name[:-4]]["sha256"] != hashlib.sha256(b"garbage").hexdigest()
    notes = run(request_for(tmp_path), cache, Silent()).notes
    assert hashes(tmp_path) == expected
    assert any(name in note for note in notes)
    # Nobody can know whose it is: it was not thrown away.
    assert (tmp_path / f"{name}.damaged").read_bytes() == b"garbage"


def test_what_the_records_tell_is_what_was_written(finished):
    record = json.loads((finished / "run.json").read_text())
    item = json.loads((finished / "stac_item.json").read_text())
    for name, stage in record["stages"].items():
        written = (finished / f"{name}.tif").read_bytes()
        assert stage["sha256"] == hashlib.sha256(written).hexdigest()
        assert stage["bytes"] == len(written)
        asset = item["assets"][name]
        assert (asset["file:size"], asset["file:checksum"]) == (
            stage["bytes"],
            f"1220{stage['sha256']}",
        )


def test_twenty_bit_flips_of_twenty_are_noticed(left, cache, expected, tmp_path, request_for):
    """In all that a resume relies on; the time of change is put back."""
    chance, (out, _) = random.Random(20), left
    noticed = 0
    for number in range(20):
        copy = tmp_path / str(number)
        shutil.copytree(out, copy)
        files = sorted(
            path
            for path in (*(copy / WORK).rglob("*"), *copy.glob("*.tif"))
            if path.is_file() and path.name not in ("lock", "owner.json")
        )
        # Each kind of file equally often, as most bits are in the largest.
        kinds = sorted({path.suffix for path in files})
        assert len(kinds) == 5
        kind = kinds[number % 5]
        victim = chance.choice([path for path in files if path.suffix == kind])
        flip(victim, chance.randrange(8 * used(victim, copy)))
        result = run(request_for(copy), cache, Silent())
        assert hashes(copy) == expected, victim
        words = " ".join(result.notes)
        noticed += "damaged" in words or "could not be read" in words or kind == ".npz"
        shutil.rmtree(copy)
    assert noticed == 20


def used(path: Path, out: Path) -> int:
    """Bytes of a file that somebody will read again: of a stage's rows, those that are done."""
    if path.suffix != ".bil" or path.name != "opt_v3.bil":
        return path.stat().st_size
    journal = read_sealed(out / WORK / "journal.json")
    area = journal["identity"]["area"]
    return (journal["rows"]["opt_v3"] - area[0]) * 4 * 4 * area[3]


def test_flips_in_kept_tiles(tmp_path):
    """Flips that matter give no tile, others the same values."""
    path, chance = tmp_path / "tile.npz", random.Random(1)
    values = np.random.default_rng(0).normal(size=(2, 8, 8)).astype(np.float32)
    save_tile(path, values, tmp_path / "part", path)
    whole = path.read_bytes()
    for bit in {*chance.sample(range(8 * len(whole)), 1500), *range(8 * 64)}:
        raw = bytearray(whole)
        raw[bit // 8] ^= 1 << bit % 8
        path.write_bytes(raw)
        found = load_tile(path, values.shape)
        assert found is None or np.array_equal(found, values)
    for end in range(0, len(whole), 7):
        path.write_bytes(whole[:end])
        assert load_tile(path, values.shape) is None


@pytest.mark.parametrize(
    "values",
    [
        np.zeros((12, 8, 8), np.float32),
        np.zeros((2, 8, 9), np.float32),
        np.zeros((8, 8), np.float32),
        np.zeros((2, 8, 8), np.float64),
        np.zeros((2, 8, 8), ">f4"),
        np.asfortranarray(np.zeros((2, 8, 8), np.float32)),
        np.zeros((2, 8, 8), "S4"),
        np.zeros((2, 8, 8), "f4,f4"),
        np.float32(3),
    ],
    ids=str,
)
def test_tiles_of_another_shape_or_type_are_none(tmp_path, values):
    with (tmp_path / "tile.npz").open("wb") as file:
        np.savez(file, values=values)
    assert load_tile(tmp_path / "tile.npz", (2, 8, 8)) is None
    with (tmp_path / "tile.npz").open("wb") as file:
        np.savez_compressed(file, values=np.zeros((2, 8, 8), np.float32))
    assert load_tile(tmp_path / "tile.npz", (2, 8, 8)) is None


def test_kept_tiles_of_another_shape_are_computed_anew(left, cache, expected):
    out, request = left
    tiles = sorted((out / WORK).rglob("*.npz"))
    assert len(tiles) >= 3
    for path, values in zip(
        tiles, [np.zeros(3), np.zeros((4, 96, 95), np.float32), np.array("text")], strict=False
    ):
        with path.open("wb") as file:
            np.savez(file, values=values)
    run(request, cache, Silent())
    assert hashes(out) == expected


def test_a_truncated_result_of_ours_is_not_a_strangers(left, cache, expected):
    """Cut short, emptied, or zeroed by a power cut."""
    out, request = left
    for name, values in (("opt_v1.tif", b"II*\0 cut short"), ("opt_v2.tif", b"")):
        (out / name).write_bytes(values)
    (out / "run.json").write_bytes(bytes(700))
    (out / "stac_item.json").write_text('{"properties": {"gac:status": "failed", "gac:se')
    notes = run(request, cache, Silent()).notes
    assert hashes(out) == expected
    assert json.loads((out / "run.json").read_text())["status"] == "complete"
    assert any("opt_v1.tif.damaged" in note for note in notes)


def test_a_damaged_result_of_a_finished_run_can_be_replaced(
    finished, request_for, cache, expected, tmp_path
):
    out = tmp_path / "out"
    shutil.copytree(finished, out)
    (out / "opt_v3.tif").write_bytes((out / "opt_v3.tif").read_bytes()[:300])
    run(request_for(out), cache, Silent())
    assert hashes(out) == expected
    assert (out / "opt_v3.tif.damaged").stat().st_size == 300


@pytest.mark.parametrize("name", ["opt_v1.bil", "opt_v2.bil", STAGE_CACHE_MANIFEST])
def test_flips_in_kept_stages(finished, request_for, cache, tmp_path, name):
    kept, chance = tmp_path / "kept", random.Random(4)
    shutil.copytree(finished, kept)
    request = request_for(tmp_path / "out", from_stage=3, reuse=str(kept))
    for _ in range(3):
        flip(
            kept / STAGE_CACHE / name,
            chance.randrange(8 * (kept / STAGE_CACHE / name).stat().st_size),
        )
        with pytest.raises(RequestError):
            run(request, cache, Silent())
        shutil.copy(finished / STAGE_CACHE / name, kept / STAGE_CACHE / name)
    CachedRun.read(kept)


@UNIX
@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "make", [lambda path: os.mkfifo(path), lambda path: Path(path).symlink_to("/dev/zero")]
)
@pytest.mark.parametrize(
    "name", ["run.json", "stac_item.json", "opt_v1.tif", f"{WORK}/journal.json", f"{WORK}/1.npz"]
)
def test_pipes_and_devices_in_an_output_folder(request_for, cache, tmp_path, name, make):
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    make(path)
    if WORK in name and path.is_fifo():
        run(request_for(tmp_path, stages=1), cache, Silent())
        assert (tmp_path / "opt_v1.tif").is_file()
        return
    with pytest.raises(OutputError):
        run(request_for(tmp_path, stages=1), cache, Silent())


@UNIX
@pytest.mark.timeout(60)
def test_records_of_gigabytes_are_not_read(request_for, cache, tmp_path):
    for path in (tmp_path / "run.json", tmp_path / WORK / "journal.json"):
        path.parent.mkdir(exist_ok=True)
        with path.open("wb") as file:
            file.truncate(3_000_000_000)
        with pytest.raises(OSError, match="larger"):
            read_record(path)
    with pytest.raises(OutputError):
        run(request_for(tmp_path), cache, Silent())
    (tmp_path / "run.json").unlink()
    run(request_for(tmp_path, stages=1), cache, Silent())


@UNIX
def test_what_is_read_of_a_file_has_an_end(tmp_path):
    for path in (Path("/dev/zero"), tmp_path):
        with pytest.raises(OSError, match="not a regular file"):
            read_regular(path)
    (tmp_path / "some").write_bytes(b"12345")
    assert read_regular(tmp_path / "some", 5) == b"12345"
    with pytest.raises(OSError, match="larger"):
        read_regular(tmp_path / "some", 4)
    assert RECORD_BYTES < 1e9


def test_a_seal_is_of_all_values(tmp_path):
    path = tmp_path / "record.json"
    path.write_text(json.dumps(sealed({"a": [1, (2, 3)], "b": "ü"})))
    assert read_sealed(path) == {"a": [1, [2, 3]], "b": "ü"}
    for values in ({"a": 1}, [], 3, {}, {"crc32": 0}):
        path.write_text(json.dumps(values))
        with pytest.raises(ValueError, match="checksum"):
            read_sealed(path)


def test_an_input_changed_before_it_was_hashed(request_for, cache, scene_path, tmp_path):
    """It was opened and understood half a minute before, while PyTorch was loaded."""
    copy, out = tmp_path / scene_path.name, tmp_path / "out"
    shutil.copy(scene_path, copy)
    request = request_for(out, sar=(str(copy),))
    with scope_of(request, cache.library) as scope:
        flip(copy, 8 * (copy.stat().st_size // 2))
        with pytest.raises(InputChanged):
            run(scope.request, cache, Silent(), scope=scope)
    assert not list(out.glob("*.tif"))


def test_an_input_changed_with_its_time_put_back(request_for, cache, scene_path, tmp_path):
    copy, out = tmp_path / scene_path.name, tmp_path / "out"
    shutil.copy(scene_path, copy)
    bit = 8 * (copy.stat().st_size // 2)
    request = request_for(out, sar=(str(copy),))
    # During the run.
    with pytest.raises(InputChanged):
        run(request, cache, At(2, 3, lambda: flip(copy, bit)))
    assert not (out / WORK).exists()
    # Between the interruption and the resume.
    with pytest.raises(Cancelled):
        run(request, cache, At(2, 3, stop))
    flip(copy, bit)
    notes = run(request, cache, Silent()).notes
    assert notes_with(notes, "input")
    # Another time, or other rights, are no other file.
    with pytest.raises(Cancelled):
        run(request_for(out, sar=(str(copy),), seed=1), cache, At(2, 3, stop))
    os.utime(copy, (1, 1))

    def chmod():
        copy.chmod(0o600)

    notes = run(request_for(out, sar=(str(copy),), seed=1), cache, At(3, 3, chmod)).notes
    assert not any("differ" in note for note in notes)
