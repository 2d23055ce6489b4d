"""The stages on arrays: the examples, a run's pixels, and what is refused."""

from __future__ import annotations

import doctest
import inspect
import json
import subprocess
import sys

import numpy as np
import pytest
import rasterio
import torch

import gac_core
from gac_core import api
from gac_core.band_statistics import OUTPUT_INDEX, S2_BANDS
from gac_core.bundles.library import Library, engine_root
from gac_core.contract.batch_request import BATCH_OPTIONS
from gac_core.contract.errors import BundleError, GacError, RequestError
from gac_core.contract.request import OPTIONS, SETTINGS, RunRequest
from gac_core.engine.pipeline import run
from gac_core.networks.loading import ModelCache
from gac_core.optical.use import ArrayReference
from gac_core.progress import Silent
from gac_core.raster import to_dn
from gac_core.tiling.arrays import all_stages, run_stage
from tests.core.conftest import backscatter
from tests.core.tiny import write_tiny_bundle
from tests.problems import raises


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    torch.set_num_threads(1)
    return write_tiny_bundle(tmp_path_factory.mktemp("bundles") / "tiny")


@pytest.fixture(scope="module")
def stages(tiny):
    return api.load(str(tiny), device="cpu")


def test_the_examples_give_what_they_say(tmp_path, monkeypatch):
    monkeypatch.chdir(engine_root())
    examples = doctest.testmod(api, extraglobs={"folder": tmp_path, "gac_core": gac_core})
    assert examples.attempted > 12 and not examples.failed


def test_importing_it_takes_no_pytorch():
    code = (
        "import sys, gac_core.api; print([m for m in ('torch', 'terratorch') if m in sys.modules])"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=engine_root(), capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"


def test_the_engine_computes_them(stages):
    s1 = backscatter(130, 110, 2)
    s1[:, 20:30, 40:60] = np.nan
    found = stages(s1, modality="S1RTC", month=3, biome=4, timesteps=(2, 1), seed=5)
    images = {"s1": s1}
    for stage in all_stages(stages.models, "S1RTC", 3, 4, None, (2, 1), 5):
        name = f"opt_v{stage.number}"
        images[name] = run_stage(stage, stages.bundle.window, images)
        assert np.array_equal(getattr(found, name), images[name], equal_nan=True)
        assert np.isnan(images[name][:, 20:30, 40:60]).all()
    other = stages(s1, modality="S1GRD", month=3, biome=4, timesteps=(2, 1), seed=5)
    assert np.nanmax(np.abs(other.opt_v1 - found.opt_v1)) > 10


def test_at_a_scene_s_place_they_are_a_run_s_pixels(tiny, tmp_path):
    side, row, col = 100, -500_000, 50_000
    s1 = backscatter(side, side, 4)
    path = tmp_path / "s1.tif"
    with rasterio.open(
        path, "w", driver="GTiff", crs="EPSG:32633", dtype="float32", count=2,
        height=side, width=side,
        transform=rasterio.Affine(10, 0, col * 10, 0, -10, -row * 10),
    ) as file:  # fmt: skip
        file.write(s1)
        file.descriptions = ("VV", "VH")
    request = RunRequest(
        (str(path),), str(tmp_path / "out"), bundle=str(tiny), device="cpu", unit="db",
        modality="S1GRD", timesteps_1=2, timesteps_3=1, month=6, biome=4, seed=3,
    )  # fmt: skip
    result = run(request, ModelCache(Library()), Silent())
    stages = api.load(str(tiny), "cpu", origin=(row, col))
    centre = json.loads((tmp_path / "out" / "run.json").read_text())["place"]
    found = stages(s1, month=6, biome=4, place=tuple(centre), timesteps=(2, 1), seed=3)
    for name, path in result.outputs.items():
        image = getattr(found, name)
        four = image if len(image) == 4 else image[list(OUTPUT_INDEX)]
        with rasterio.open(path) as file:
            assert np.array_equal(file.read(), to_dn(four)), name


@pytest.mark.parametrize(
    ("use", "observing", "beneath"),
    [
        ("keep", False, False),
        ("keep", True, False),
        ("guide", False, False),
        ("keep", False, True),
        ("guide", True, True),
    ],
)
def test_with_a_reference_they_are_a_run_s_pixels(tiny, tmp_path, use, observing, beneath):
    if observing:
        tiny = write_tiny_bundle(tmp_path / "observing", observed=True)
    height, width, row, col = 104, 90, -500_003, 50_005
    s1 = backscatter(height, width, 4)
    s1[:, 40:60, :30] = np.nan
    observed = np.rint(np.random.default_rng(0).uniform(300, 3000, (12, height, width)))
    observed[0] = np.nan
    observed[:, 30:70, 20:60] = np.nan
    names = [band for band in S2_BANDS if band != "B01"]
    place = rasterio.Affine(10, 0, col * 10, 0, -10, -row * 10)
    common = {"crs": "EPSG:32633", "height": height, "width": width, "transform": place}

    def write(name, values, dtype, bands=None):
        path, count = tmp_path / name, len(values)
        with rasterio.open(path, "w", "GTiff", count=count, dtype=dtype, **common) as file:
            file.write(np.nan_to_num(values).astype(dtype))
            if bands:
                file.descriptions = bands
        return str(path)

    with rasterio.open(
        tmp_path / "s1.tif", "w", "GTiff", count=2, dtype="float32", nodata=np.nan, **common
    ) as file:
        file.write(s1)
        file.descriptions = ("VV", "VH")
    clouds = np.isnan(observed[1])[None]
    other = np.where(np.arange(width) < 50, np.rint(0.8 * np.nan_to_num(observed) + 300), np.nan)
    optical_other = {}
    if beneath:
        optical_other["optical_other"] = (write("before.tif", other[1:], "uint16", names),)
        hidden = np.isnan(other[1])[None]
        optical_other["optical_other_mask"] = write("mask_before.tif", hidden, "uint8")
    request = RunRequest(
        (str(tmp_path / "s1.tif"),), str(tmp_path / "out"), bundle=str(tiny), device="cpu",
        unit="db", modality="S1GRD", timesteps_1=2, timesteps_3=1, month=6, biome=4, seed=3,
        optical=(write("s2.tif", observed[1:], "uint16", names),), optical_scale="dn",
        optical_mask=write("mask.tif", clouds, "uint8"), optical_margin=0, optical_use=use,
        **optical_other,
    )  # fmt: skip
    result = run(request, ModelCache(Library()), Silent())
    stages = api.load(str(tiny), "cpu", origin=(row, col))
    centre = json.loads((tmp_path / "out" / "run.json").read_text())["place"]
    common = {"month": 6, "biome": 4, "place": tuple(centre), "timesteps": (2, 1), "seed": 3}
    other[0] = np.nan
    given = {"observed": observed, "other": other if beneath else None}
    images = stages(s1, **given, keep=use == "keep", **common)
    plain = stages(s1, **common)
    for name, path in result.outputs.items():
        image = getattr(images, name)
        index = list(OUTPUT_INDEX)
        four = image if len(image) == 4 else image[index]
        with rasterio.open(path) as file:
            assert np.array_equal(file.read(), to_dn(four)), name
        assert not np.array_equal(image, getattr(plain, name), equal_nan=True)
        clear = np.isfinite(s1).all(0) & ~clouds[0]
        kept = np.array_equal(four[:, clear], observed[index][:, clear].astype(np.float32))
        assert kept == (use == "keep")


@pytest.mark.parametrize("observing", [False, True])
def test_networks_that_never_saw_observed_pixels_are_given_what_was_generated(tmp_path, observing):
    tiny = write_tiny_bundle(tmp_path / "tiny", observed=observing)
    stages = api.load(str(tiny), "cpu")
    s1 = backscatter(64, 64, 1)
    # Without the other bands stage 1 cannot be shown it either.
    observed = np.full((12, 64, 64), np.nan)
    observed[list(OUTPUT_INDEX), :, :40] = 900.0
    options = {"timesteps": (1, 1), "month": 6}
    plain, images = stages(s1, **options), stages(s1, observed=observed, **options)
    reference = ArrayReference(observed.astype(np.float32), True, "S1GRD")
    for name in ("opt_v1", "opt_v2", "opt_v3"):
        fused = reference.fused(getattr(plain, name), s1.astype(np.float32), stages.origin)
        is_same = np.array_equal(getattr(images, name), fused, equal_nan=True)
        assert is_same == (name == "opt_v1" or not observing)


def test_a_reference_without_a_clear_pixel_changes_nothing(stages):
    s1 = backscatter(64, 64, 1)
    plain = stages(s1, timesteps=(1, 1))
    clouded = stages(s1, timesteps=(1, 1), observed=np.full((12, 64, 64), np.nan))
    for name in ("opt_v1", "opt_v2", "opt_v3"):
        assert np.array_equal(getattr(plain, name), getattr(clouded, name))


def test_another_date_needs_a_first_image_of_the_same_size(stages):
    s1, image = backscatter(64, 64, 1), np.full((12, 64, 64), 900.0)
    with raises(RequestError, "other-without-observed"):
        stages(s1, other=image)
    with raises(RequestError, "image-sizes-differ"):
        stages(s1, observed=image, other=image[:, :60])


def test_a_reference_needs_the_bands_that_are_written(stages):
    observed = np.full((12, 64, 64), 900.0)
    observed[1] = np.nan
    with pytest.raises(RequestError) as raised:
        stages(backscatter(64, 64, 1), observed=observed)
    assert raised.value.problem == "observed-bands"
    with pytest.raises(RequestError):
        stages(backscatter(64, 64, 1), observed=observed[:, 1:])


def test_nodata_of_any_input_is_nodata(stages):
    s1 = np.ma.masked_array(backscatter(64, 64, 1), mask=False)
    s1[:, :3] = np.ma.masked
    opt_v1 = stages.generate(s1, timesteps=1)
    assert np.isnan(opt_v1[:, :3]).all() and np.isfinite(opt_v1[:, 3:]).all()
    opt_v2 = stages.refine(s1, opt_v1)
    opt_v2[:, -2:] = np.inf
    opt_v3 = stages.ground(s1, opt_v2)
    assert np.isnan(opt_v3[:, :3]).all() and np.isnan(opt_v3[:, -2:]).all()
    assert np.isfinite(opt_v3[:, 3:-2]).all()


@pytest.mark.parametrize(
    "call",
    [
        lambda stages, s1, v1: stages.generate(s1[0]),
        lambda stages, s1, v1: stages.generate(10 ** (s1 / 10)),
        lambda stages, s1, v1: stages.generate(np.full_like(s1, np.nan)),
        lambda stages, s1, v1: stages.generate(s1, modality="S2"),
        lambda stages, s1, v1: stages.generate(s1, timesteps=0),
        lambda stages, s1, v1: stages.generate(s1, seed=-1),
        lambda stages, s1, v1: stages.refine(s1, v1[:4]),
        lambda stages, s1, v1: stages.refine(s1, v1[:, 1:]),
        lambda stages, s1, v1: stages.refine(s1, v1, month=13),
        lambda stages, s1, v1: stages.refine(s1, v1, biome=15),
        lambda stages, s1, v1: stages.refine(s1, v1, place=(91.0, 0.0)),
        lambda stages, s1, v1: stages.refine(s1, v1, place=(float("nan"), 0.0)),
        lambda stages, s1, v1: stages.ground(s1, v1[:4]),
        lambda stages, s1, v1: stages.ground(s1, v1[:, 1:]),
        lambda stages, s1, v1: stages.ground(s1, v1, timesteps=0),
        lambda stages, s1, v1: stages(s1, timesteps=(1, 0)),
    ],
)
def test_what_cannot_be_used_is_told(stages, call):
    s1 = backscatter(48, 48, 0)
    with pytest.raises(RequestError) as refused:
        call(stages, s1, np.full((12, 48, 48), 1000.0))
    assert refused.value.remedy


def test_a_bundle_that_is_not_there_is_told():
    with raises(BundleError, "bundle-missing", "'nowhere'"):
        api.load("nowhere")


def test_the_package_s_own_names_are_the_interface(tiny, tmp_path):
    assert set(gac_core.__all__) <= set(dir(gac_core)) | {"batch", "load", "run", "score"}
    assert gac_core.run is api.run and gac_core.score is api.score and gac_core.load is api.load
    with pytest.raises(AttributeError):
        gac_core.nothing  # noqa: B018
    parameters = inspect.signature(gac_core.run).parameters
    assert set(OPTIONS) < set(parameters) and parameters["stages"].default == 3
    parameters = inspect.signature(gac_core.batch).parameters
    assert {*BATCH_OPTIONS, *SETTINGS} < set(parameters) and parameters["retries"].default == 2


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"colour": "red"}, ("setting-unknown", "colour")),
        ({"stages": 7}, ("integer-out-of-range", "stages", "7")),
        ({"unit": "miles"}, ("choice-unknown", "unit", "'miles'")),
    ],
)
def test_options_that_a_run_does_not_have_are_refused(options, expected, tmp_path):
    with raises(RequestError, *expected):
        gac_core.run("s1.tif", tmp_path, **options)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"keep": True}, ("batch-option-unknown", "keep")),
        ({"month": 13}, ("integer-out-of-range", "month", "13")),
        ({"block": 8}, ("file-missing", "s1.tif")),
    ],
)
def test_a_refused_batch_leaves_no_settings_behind(options, expected, tmp_path):
    with raises(GacError, *expected):
        gac_core.batch("s1.tif", tmp_path / "out", **options)
    assert not (tmp_path / "out").exists()


def test_a_score_takes_only_options_for_reading(tmp_path):
    with raises(RequestError, "score-option-unknown", "stages"):
        gac_core.score("s1.tif", "opt.tif", stages=2)


def test_a_run_from_python_is_one_from_the_command_line(tiny, tmp_path):
    s1 = tmp_path / "s1.tif"
    with rasterio.open(
        s1, "w", driver="GTiff", crs="EPSG:32633", dtype="float32", count=2, height=64, width=64,
        transform=rasterio.Affine(10, 0, 500_000, 0, -10, 5_000_000),
    ) as file:  # fmt: skip
        file.write(backscatter(64, 64, 4))
        file.descriptions = ("VV", "VH")
    percents = []
    options = {"bundle": str(tiny), "device": "cpu", "timesteps_1": 1, "timesteps_3": 1}
    result = gac_core.run(
        s1, tmp_path / "a", progress=lambda p: percents.append(p.percent), **options
    )
    run(
        RunRequest((str(s1),), str(tmp_path / "b"), **options),
        ModelCache(Library.default()),
        Silent(),
    )
    for name, path in result.outputs.items():
        with rasterio.open(path) as one, rasterio.open(tmp_path / "b" / path.name) as other:
            assert np.array_equal(one.read(), other.read()), name
    assert percents[-1] > 0 and percents == sorted(percents)
    assert gac_core.score(s1, result.outputs["opt_v3"])["pixels"] > 0
