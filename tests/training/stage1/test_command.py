"""Stage 1's command line: what it refuses, leaves out, and never mixes."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest
from filelock import FileLock

from tests.problems import raises
from tests.training.data.made import write_pair, write_table
from tests.training.stage1.jobs import SIDES, files
from training.data import DataError, open_source
from training.data.stage1_outputs import Stage1Outputs, image_path
from training.precompute_stage1 import main
from training.processes import LOCK


@pytest.mark.parametrize("change", [["--seed", "1"], ["--timesteps", "3"]])
def test_two_settings_do_not_mix(whole, command, ended_with, change):
    there = [*command, f"--output-dir={whole.folder}"]
    before = files(whole.folder)
    assert main([*there, *change]) == 1
    ended_with("stage1-settings-differ", change[0].strip("-"))
    assert files(whole.folder) == before
    assert main(there) == 0, "nothing is left to do"
    assert files(whole.folder) == before


def test_images_know_their_pair(whole, data, command, tmp_path, ended_with):
    source = open_source(data)
    assert np.array_equal(whole.read_for("pair_0", source.read(0).s1), whole.read("pair_0"))
    with raises(DataError, "stage1-of-another-radar", "pair_0"):
        whole.read_for("pair_0", source.read(1).s1)
    rows = [{"id": f"pair_{i}", "tile": "one"} for i in range(2)]
    root = write_table(tmp_path / "other", rows)
    for i in range(2):
        write_pair(root / "pairs" / f"pair_{i}", 7 + i, SIDES[i])
    there = [*command, f"--data-dir={root}", f"--output-dir={whole.folder}"]
    before = files(whole.folder)
    assert main(there) == 1
    ended_with("stage1-of-another-radar", "pair_0")
    assert files(whole.folder) == before


def test_only_one_process_computes_into_a_folder(whole, command, ended_with):
    there = [*command, f"--output-dir={whole.folder}"]
    with FileLock(whole.folder / LOCK):  # as another process would hold it
        left = image_path(whole.folder, "pair_0").with_name(".pair_0.safetensors.part")
        left.write_bytes(b"being written")
        assert main(there) == 1
        assert left.exists(), "the other's"
        left.unlink()
    ended_with("training-folder-in-use", whole.folder)


def test_bad_pairs_stop_or_are_left_out(job, command, tmp_path, capsys, ended_with):
    rows = [{"id": f"pair_{i}", "tile": "one"} for i in range(3)]
    root = write_table(tmp_path / "data", rows)
    for i in range(3):
        write_pair(root / "pairs" / f"pair_{i}", i, 48)
    (root / "pairs" / "pair_1" / "s1.tif").write_bytes(b"no picture")
    command += [f"--data-dir={root}", "--timesteps=1"]
    assert main(command) == 1
    ended_with("pair-file-unreadable", "pair_1/s1.tif")
    assert main([*command, "--on-bad=skip"]) == 0
    said = capsys.readouterr()
    assert "pair_1" in said.err and "pair_0" not in said.err and "pair_2" not in said.err
    assert str(job.output_dir) in said.out
    outputs = Stage1Outputs(job.output_dir)
    assert [outputs.has(f"pair_{i}") for i in range(3)] == [True, False, True]


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        (["--bundle=nowhere"], ("bundle-missing", "nowhere")),
        (["--timesteps=0"], ("setting-out-of-range", "stage1", "timesteps", "0")),
        (["--data-dir=nowhere"], ("data-without-pairs", "nowhere")),
    ],
)
def test_what_makes_no_sense_is_told(job, command, ended_with, flags, expected):
    assert main([*command, *flags]) == 1
    ended_with(*expected)
    assert not job.output_dir.exists()


def test_radar_of_a_kind_that_the_bundle_does_not_know_is_refused(bundle, job, command, ended_with):
    """`pair_3` is S1RTC."""
    card = json.loads((bundle / "bundle.json").read_text())
    card["terramind"]["shape"]["modalities"] = ["S1GRD"]
    shutil.copytree(bundle, other := job.output_dir.parent / "grd")
    (other / "bundle.json").write_text(json.dumps(card))
    assert main([*command, f"--bundle={other}"]) == 1
    ended_with("pair-modality-not-supported", "pair_3", "S1RTC")
    assert not job.output_dir.exists()
