"""Stages 2 and 3 alone over folders of pairs: the engine's images, kept, resumed, refused."""

from __future__ import annotations

import json

import numpy as np
import pytest
import rasterio
import torch

from gac_core.band_statistics import S2_BANDS
from gac_core.bundles.card import read_bundle
from gac_core.bundles.library import Library
from gac_core.bundles.part import base_of
from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.contract.message import Message
from gac_core.networks.loading import Models
from gac_core.raster import to_dn
from gac_core.tiling.arrays import all_stages, run_stage
from tests.core.conftest import backscatter
from tests.core.tiny import write_tiny_bundle
from tests.training.data.made import write_pair, write_table, write_tif
from tests.training.stage1.jobs import asked
from tests.training.stage3.adapters import build, disturb
from training import inference
from training.console import STOPPED
from training.data.sources import open_radar, open_source
from training.data.stage1_outputs import Stage1Outputs
from training.evaluation.chain import Images, Setting, place_of, run_pair
from training.infer_stage2 import main as infer_2
from training.infer_stage3 import main as infer_3
from training.inference import StageImages, place_of_radar
from training.precompute_stage1 import precompute

NAMES = ("grd", "rtc", "nowhere")
SIDES = {"grd": 64, "rtc": 120, "nowhere": 64}


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    torch.set_num_threads(1)
    return write_tiny_bundle(tmp_path_factory.mktemp("bundles") / "tiny")


@pytest.fixture(scope="module")
def models(bundle):
    return Models(read_bundle(bundle), Library(), torch.device("cpu"))


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """Three pairs: with a hole; terrain-flattened, and larger than a tile; without a place."""
    root = tmp_path_factory.mktemp("data")
    rows = []
    for i, name in enumerate(NAMES):
        s1 = backscatter(SIDES[name], SIDES[name], i)
        if name == "grd":
            s1[:, :10, :20] = np.nan
        write_pair(root / "pairs" / name, i, SIDES[name], s1=s1)
        if name == "nowhere":
            for file in (root / "pairs" / name).iterdir():
                with rasterio.open(file) as old:
                    values, names = old.read(), old.descriptions
                file.unlink()
                write_tif(file, values, names, crs=None, transform=rasterio.Affine.identity())
        modality = "S1RTC" if name == "rtc" else "S1GRD"
        rows.append(
            {"id": name, "tile": "T33UWA", "s2_date": "20190615", "modality": modality}
            | {"biome": str(i + 1), "lat": "48", "lon": "15"}
        )
    return write_table(root, rows)


@pytest.fixture(scope="module")
def stage1(data, bundle, tmp_path_factory):
    return precompute(asked(data, tmp_path_factory.mktemp("stage1"), bundle)).folder


@pytest.fixture(scope="module")
def words(data, bundle, stage1):
    flags = {"data-dir": data, "stage1-outputs-dir": stage1, "bundle": bundle, "device": "cpu"}
    return [f"--{name}={value}" for name, value in flags.items()]


@pytest.fixture(scope="module")
def opt_v2(words, tmp_path_factory):
    folder = tmp_path_factory.mktemp("opt_v2")
    assert infer_2([*words, f"--output-dir={folder}"]) == 0
    return folder


@pytest.fixture(scope="module")
def opt_v3(words, opt_v2, tmp_path_factory):
    folder = tmp_path_factory.mktemp("opt_v3")
    flags = [f"--stage2-outputs-dir={opt_v2}", f"--output-dir={folder}", "--timesteps=2"]
    assert infer_3([*words, *flags]) == 0
    return folder


def images_of(folder, stage):
    images = StageImages.of(folder, stage)
    return {name: rasterio.open(images.path(name)) for name in NAMES}


def contents(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*.tif"))}


def test_both_are_the_engines_images(models, data, stage1, opt_v2, opt_v3):
    outputs = Stage1Outputs(stage1)
    source = open_source(data)
    second, third = images_of(opt_v2, 2), images_of(opt_v3, 3)
    for i, name in enumerate(NAMES):
        pair = source.read(i)
        radar = open_radar(data).radar(i)
        assert np.array_equal(radar.pair.s1, pair.s1, equal_nan=True)
        assert (radar.pair.month, radar.pair.biome) == (pair.month, pair.biome) == (6, i + 1)
        images = {"s1": pair.s1, "opt_v1": outputs.read(name)}
        stages = all_stages(models, pair.modality, pair.month, pair.biome, (48.0, 15.0), (1, 2))
        place = place_of_radar(radar)
        expected = run_stage(stages[1], models.bundle.window, images, place)
        assert np.array_equal(second[name].read(), to_dn(expected)), name
        # Stage 3 is shown whole numbers, as they are in the file.
        images["opt_v2"] = StageImages.of(opt_v2, 2).read_for(name, pair.s1)
        expected = run_stage(stages[2], models.bundle.window, images, place)
        assert np.array_equal(third[name].read(), to_dn(expected)), name
        if name == "nowhere":
            assert place == place_of(name)
            before = {k: images[k] for k in ("opt_v1", "opt_v2")}
            made = Images(before, dict.fromkeys(before, 0.0), before)
            chain = run_pair(models, pair, Setting((1, 2)), first=3, previous=made)
            assert np.array_equal(third[name].read(), to_dn(chain.stages["opt_v3"]))
        else:
            assert place == (-540_000, 50_000)


def test_files_are_as_a_run_writes_them(data, opt_v2, opt_v3):
    for stage, folder in ((2, opt_v2), (3, opt_v3)):
        for name, file in images_of(folder, stage).items():
            bands = S2_BANDS if stage == 2 else OUTPUT_BANDS
            assert file.dtypes == ("uint16",) * len(bands) and file.nodata == 0
            assert file.descriptions == bands
            with rasterio.open(data / "pairs" / name / "s1.tif") as radar:
                assert file.crs == radar.crs and file.transform == radar.transform
                assert file.shape == radar.shape
            tags = file.tags()
            assert tags["SYNTHETIC"] == "YES" and tags["GAC_STAGE"].startswith(str(stage))
            assert tags["GAC_SAR_MODALITY"] == ("S1RTC" if name == "rtc" else "S1GRD")
            told = json.loads(tags["GAC_PROVENANCE"])
            assert told["synthetic"] and told["pair"] == name and told["season_month"] == 6
            assert str(data) not in json.dumps(tags), "nobody's folders"
    assert not images_of(opt_v2, 2)["grd"].read()[:, :10, :20].any()
    assert images_of(opt_v3, 3)["rtc"].read().all()


def test_interrupted_and_resumed(words, opt_v2, tmp_path, monkeypatch, capsys):
    out = [*words, f"--output-dir={tmp_path}"]
    written = inference.write_image
    count = iter(range(9))

    def interrupted(*args, **kwargs):
        if next(count) == 1:
            raise KeyboardInterrupt
        written(*args, **kwargs)

    monkeypatch.setattr(inference, "write_image", interrupted)
    assert infer_2(out) == 130
    there = contents(tmp_path)
    assert len(there) == 1 and STOPPED in capsys.readouterr().err
    stamps = {path: path.stat().st_mtime_ns for path in there}
    assert infer_2(out) == 0
    assert {path: path.stat().st_mtime_ns for path in there} == stamps, "kept, not made again"
    whole = {path.name: content for path, content in contents(opt_v2).items()}
    assert {path.name: content for path, content in contents(tmp_path).items()} == whole


@pytest.mark.parametrize("change", ["--timesteps=3", "--seed=1", "--modality=S1RTC"])
def test_other_settings_are_refused(words, opt_v2, opt_v3, change, ended_with):
    before = contents(opt_v3)
    flags = [f"--stage2-outputs-dir={opt_v2}", f"--output-dir={opt_v3}", "--timesteps=2", change]
    assert infer_3([*words, *flags]) == 1
    ended_with("stage1-settings-differ", change.partition("=")[0].strip("-"))
    assert contents(opt_v3) == before


def test_other_stages_and_data_are_refused(words, opt_v2, opt_v3, stage1, tmp_path, ended_with):
    there = [*words, f"--output-dir={tmp_path / 'out'}"]
    assert infer_3([*there, f"--stage2-outputs-dir={opt_v3}"]) == 1
    ended_with("stage-images-missing", opt_v3, 2)
    assert infer_3([*there, f"--stage2-outputs-dir={opt_v2}", "--stage1-outputs-dir=/no"]) == 1
    write_pair(tmp_path / "data" / "pairs" / "grd", 9, 64)
    write_table(tmp_path / "data", [{"id": "grd", "tile": "T33UWA"}])
    assert infer_2([*words, f"--output-dir={opt_v2}", f"--data-dir={tmp_path / 'data'}"]) == 1
    ended_with("stage-image-of-another-radar", "grd")


def test_optical_images_may_be_missing_or_bad(words, data, opt_v2, tmp_path, capsys):
    root = write_table(
        tmp_path / "data",
        [{"id": name, "tile": "T33UWA", "s2_date": "201906", "biome": str(i + 1), "lat": "48",
          "lon": "15", "modality": "S1RTC" if name == "rtc" else "S1GRD"}
         for i, name in enumerate(NAMES)],
    )  # fmt: skip
    for name in NAMES:
        (root / "pairs" / name).mkdir(parents=True)
        content = (data / "pairs" / name / "s1.tif").read_bytes()
        (root / "pairs" / name / "s1.tif").write_bytes(content)
    (root / "pairs" / "rtc" / "s2.tif").write_bytes(b"no picture")
    assert infer_2([*words, f"--data-dir={root}", f"--output-dir={tmp_path / 'out'}"]) == 0
    first, second = images_of(opt_v2, 2), images_of(tmp_path / "out", 2)
    for name in NAMES:
        assert np.array_equal(first[name].read(), second[name].read())

    (root / "pairs" / "grd" / "s1.tif").write_bytes(b"no picture")
    there = [*words, f"--data-dir={root}", f"--output-dir={tmp_path / 'few'}"]
    assert infer_2(there) == 1
    assert infer_2([*there, "--on-bad=skip"]) == 0
    assert Message(inference.LEFT_OUT, 1) in capsys.readouterr().out


def test_a_part_takes_the_bundles_place(bundle, words, opt_v2, opt_v3, tmp_path, ended_with):
    plain = read_bundle(bundle)
    module = build(plain, Library())
    disturb(module)
    module._base = base_of(plain, Library())
    (part := tmp_path / "best").mkdir()
    module.save_part(part, {}, {})
    flags = [f"--stage2-outputs-dir={opt_v2}", "--timesteps=2", f"--stage3-checkpoint={tmp_path}"]
    assert infer_3([*words, *flags, f"--output-dir={tmp_path / 'out'}"]) == 0
    first, second = images_of(opt_v3, 3), images_of(tmp_path / "out", 3)
    assert all((first[name].read() != second[name].read()).any() for name in NAMES)
    tags = json.dumps(second["grd"].tags())
    assert str(tmp_path) not in tags and "adapter_model.safetensors=" in tags
    # Another adapter into one folder, and a part of stage 3 in the place of stage 2.
    assert infer_3([*words, *flags, f"--output-dir={opt_v3}"]) == 1
    wrong = [f"--stage2-checkpoint={part}", f"--output-dir={tmp_path / 'none'}"]
    assert infer_2([*words, *wrong]) == 1
    ended_with("part-of-another-stage", 3, 2)
