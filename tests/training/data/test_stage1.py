"""The folder of stage 1's images."""

from __future__ import annotations

import errno
import json
import os

import numpy as np
from filelock import FileLock

from gac_core.contract.errors import DiskFull, OutputError
from tests.core.conftest import backscatter
from tests.problems import raises
from tests.training.data.made import landscape
from training.data import DataError
from training.data.stage1_outputs import (
    ABOUT,
    Stage1Outputs,
    image_path,
    open_or_create,
    write_image,
)
from training.processes import LOCK, folder_lock

SETTINGS = {"bundle": "tiny", "timesteps": 10, "seed": 0}


def test_what_is_kept_is_read(tmp_path):
    outputs = open_or_create(tmp_path / "new", SETTINGS)
    image = landscape(40).astype(np.float32)
    image[:, :5, :5] = np.nan
    image[0, 9, 9] = -120.4
    image[0, 9, 10] = 1e6
    assert not outputs.has("one")
    write_image(outputs.folder, "one", image)
    again = Stage1Outputs(outputs.folder)
    assert again.has("one") and again.about["timesteps"] == 10
    found = again.read("one")
    assert found.dtype == np.float32 and np.isnan(found[:, :5, :5]).all()
    known = np.isfinite(image) & (image < 60000)
    assert np.abs(found / image - 1)[known].max() < 2**-11
    assert found[0, 9, 10] == 65504, "not infinite"


def test_a_file_cut_short_is_refused(tmp_path):
    outputs = open_or_create(tmp_path, SETTINGS)
    write_image(tmp_path, "one", landscape(32).astype(np.float32))
    path = image_path(tmp_path, "one")
    path.write_bytes(path.read_bytes()[:-100])
    with raises(DataError, "stage1-image-unreadable", "one.safetensors"):
        outputs.read("one")
    write_image(tmp_path, "one", landscape(32)[:4].astype(np.float32))
    with raises(DataError, "stage1-bands-wrong", "one.safetensors"):
        outputs.read("one")


def test_a_folder_holds_one_setting(tmp_path):
    open_or_create(tmp_path, SETTINGS)
    assert open_or_create(tmp_path, SETTINGS).about["seed"] == 0
    with raises(DataError, "stage1-settings-differ", "seed 0, not 1; timesteps 10, not 5"):
        open_or_create(tmp_path, {**SETTINGS, "seed": 1, "timesteps": 5})


def test_what_a_killed_process_left_is_cleared(tmp_path):
    outputs = open_or_create(tmp_path, SETTINGS)
    path = image_path(tmp_path, "one")
    left = path.with_name(f".{path.name}.part")
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    assert not outputs.has("one")
    open_or_create(tmp_path, SETTINGS)
    assert not left.exists()


def test_other_folders_are_refused(tmp_path):
    with raises(DataError, "stage1-outputs-missing", ABOUT):
        Stage1Outputs(tmp_path)
    (tmp_path / ABOUT).write_text("{")
    with raises(DataError, "stage1-about-unreadable"):
        Stage1Outputs(tmp_path)
    (tmp_path / ABOUT).write_text(json.dumps({"format": 7}))
    with raises(DataError, "stage1-format-unknown"):
        open_or_create(tmp_path, SETTINGS)


def test_an_image_of_another_pair_with_that_name_is_refused(tmp_path):
    outputs = open_or_create(tmp_path, SETTINGS)
    image, s1 = landscape(32).astype(np.float32), backscatter(32, 32)
    s1[:, :3] = np.nan
    write_image(tmp_path, "one", image, s1)
    assert np.array_equal(outputs.read_for("one", s1.copy()), outputs.read("one"))
    for other in (s1 + np.float32(1e-4), s1[:, ::-1], backscatter(40, 40)):
        with raises(DataError, "stage1-of-another-radar", "one"):
            outputs.read_for("one", other)
    write_image(tmp_path, "two", image)
    assert outputs.read_for("two", s1).shape == (12, 32, 32), "kept without saying whose it is"


def test_a_full_disk_is_told_in_words_and_leaves_nothing(tmp_path, monkeypatch):
    open_or_create(tmp_path, SETTINGS)

    def full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with raises(DiskFull, "disk-full", "one.safetensors"):
        write_image(tmp_path, "one", landscape(32).astype(np.float32))
    assert not [path for path in tmp_path.rglob("*one*") if path.is_file()]


def test_what_cannot_be_written_is_told_in_words(tmp_path):
    open_or_create(tmp_path, SETTINGS)
    with raises(OutputError, "file-not-written", f"{'x' * 250}.safetensors"):
        write_image(tmp_path, "x" * 250, landscape(32).astype(np.float32))
    (tmp_path / "file").write_text("in the way")
    with (
        raises(OutputError, "file-not-written", "file"),
        folder_lock(tmp_path / "file"),
    ):
        pass


def test_one_process_writes_to_a_folder(tmp_path):
    (tmp_path / "new").mkdir()
    with FileLock(tmp_path / "new" / LOCK):  # as another process would hold it
        open_or_create(tmp_path / "new", SETTINGS)
        with (
            raises(OutputError, "training-folder-in-use", "new"),
            folder_lock(tmp_path / "new"),
        ):
            pass
    with folder_lock(tmp_path / "new"):
        assert Stage1Outputs(tmp_path / "new").about["seed"] == 0
