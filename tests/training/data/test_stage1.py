"""The folder of stage 1's images."""

from __future__ import annotations

import json

import numpy as np
import pytest

from tests.training.data.made import landscape
from training.data import DataError
from training.data.stage1 import ABOUT, Stage1Outputs, begin, image_path, keep

SETTINGS = {"bundle": "tiny", "timesteps": 10, "seed": 0}


def test_what_is_kept_is_read(tmp_path):
    outputs = begin(tmp_path / "new", SETTINGS)
    image = landscape(40).astype(np.float32)
    image[:, :5, :5] = np.nan
    image[0, 9, 9] = -120.4
    image[0, 9, 10] = 1e6
    assert not outputs.has("one")
    keep(outputs.folder, "one", image)
    again = Stage1Outputs(outputs.folder)
    assert again.has("one") and again.about["timesteps"] == 10
    found = again.read("one")
    assert found.dtype == np.float32 and np.isnan(found[:, :5, :5]).all()
    known = np.isfinite(image) & (image < 60000)
    assert np.abs(found / image - 1)[known].max() < 2**-11
    assert found[0, 9, 10] == 65504, "not infinite"


def test_a_file_cut_short_is_refused(tmp_path):
    outputs = begin(tmp_path, SETTINGS)
    keep(tmp_path, "one", landscape(32).astype(np.float32))
    path = image_path(tmp_path, "one")
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(DataError, match=r"one.safetensors cannot be read.*Delete it"):
        outputs.read("one")
    keep(tmp_path, "one", landscape(32)[:4].astype(np.float32))
    with pytest.raises(DataError, match="not 12 bands"):
        outputs.read("one")


def test_a_folder_holds_one_setting(tmp_path):
    begin(tmp_path, SETTINGS)
    assert begin(tmp_path, SETTINGS).about["seed"] == 0
    with pytest.raises(DataError, match=r"other settings: seed 0, not 1; timesteps 10, not 5"):
        begin(tmp_path, {**SETTINGS, "seed": 1, "timesteps": 5})


def test_what_a_killed_process_left_is_cleared(tmp_path):
    outputs = begin(tmp_path, SETTINGS)
    path = image_path(tmp_path, "one")
    left = path.with_name(path.name + ".part")
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    assert not outputs.has("one")
    begin(tmp_path, SETTINGS)
    assert not left.exists()


def test_other_folders_are_refused(tmp_path):
    with pytest.raises(DataError, match=r"about.json is missing.*precompute_stage1"):
        Stage1Outputs(tmp_path)
    (tmp_path / ABOUT).write_text("{")
    with pytest.raises(DataError, match="cannot be read"):
        Stage1Outputs(tmp_path)
    (tmp_path / ABOUT).write_text(json.dumps({"format": 7}))
    with pytest.raises(DataError, match="another format"):
        begin(tmp_path, SETTINGS)
