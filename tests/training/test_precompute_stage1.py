"""Stage 1 of every pair, computed once: as the engine does, and the same however it is stopped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from filelock import FileLock

from gac_core.errors import BundleError
from gac_core.grid import Window
from gac_core.models.card import read_bundle
from gac_core.models.library import Library
from gac_core.models.loading import Models
from gac_core.stages.generate import Generate
from tests.core.conftest import backscatter
from tests.core.tiny import write_tiny_bundle
from tests.training.data.made import write_pair, write_table
from training import precompute_stage1
from training.alone import LOCK
from training.data import DataError, open_source
from training.data.stage1 import Stage1Outputs, image_path
from training.engine import run_stage
from training.precompute_stage1 import Settings, main, precompute
from training.stage1 import FirstStage, scene_of, tile_of

SIDES = (48, 64, 120, 80, 64)


@pytest.fixture(autouse=True, scope="module")
def one_thread():
    torch.set_num_threads(1)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    return write_tiny_bundle(tmp_path_factory.mktemp("bundles") / "tiny")


@pytest.fixture(scope="module")
def models(bundle):
    return Models(read_bundle(bundle), Library([], []), torch.device("cpu"))


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """Five pairs, one larger than a window, one with a hole, one of another modality."""
    root = tmp_path_factory.mktemp("data")
    rows = []
    for i, side in enumerate(SIDES):
        name, s1 = f"pair_{i}", backscatter(side, side, i)
        if i == 1:
            s1[:, :20, :10] = np.nan
        write_pair(root / "pairs" / name, i, side, s1=s1)
        modality = "S1RTC" if i == 3 else "S1GRD"
        rows.append({"id": name, "tile": "one", "s2_date": "20190615", "modality": modality})
    return write_table(root, rows)


@pytest.fixture
def settings(data, bundle, tmp_path):
    return Settings(data, tmp_path / "out", str(bundle), timesteps=2, batch_size=2, device="cpu")


@pytest.fixture(scope="module")
def whole(data, bundle, tmp_path_factory):
    """Outputs of a run that nothing disturbed."""
    out = tmp_path_factory.mktemp("whole")
    return precompute(Settings(data, out, str(bundle), timesteps=2, batch_size=2, device="cpu"))


def files(folder: Path):
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_every_pair_has_its_twelve_bands(whole, data, models):
    source = open_source(data)
    for i, side in enumerate(SIDES):
        image = whole.read(f"pair_{i}")
        assert image.shape == (12, side, side)
        known = np.isfinite(source.read(i).s1).all(0)
        assert np.array_equal(np.isfinite(image).all(0), known)
        assert np.isfinite(image[:, known]).all() and image[:, known].std() > 1
    assert whole.about["bundle"] == "tiny" and whole.about["timesteps"] == 2
    assert whole.about["card_sha256"] == models.card_sha256
    _ = models.terramind
    for file, found in whole.about["weights"].items():
        assert found == models.hashes[file]


def test_a_small_pair_is_what_the_engine_makes_of_its_place(data, models):
    """48 px lie in one tile alone, so blending has nothing to add."""
    first = FirstStage(models, 2, 0, 1)
    pair = open_source(data).read(0)
    assert first.fits(pair)
    assert np.array_equal(first.together([pair])[0], first.alone(pair))


def test_a_large_pair_is_computed_as_a_run_computes_it(data, models):
    first = FirstStage(models, 2, 0, 1)
    pair = open_source(data).read(2)
    assert not first.fits(pair)
    spec = models.bundle.window
    tile, scene = tile_of(pair.name, spec), scene_of(pair, spec)
    assert scene.row == tile.row + 24 and scene.shape == (120, 120)
    generate = Generate(models, "S1GRD", 0, 2, lambda: None)
    run = run_stage(generate, spec, {"s1": pair.s1}, (scene.row, scene.col))
    assert np.array_equal(first.alone(pair), run)


def test_noise_belongs_to_the_name_and_the_seed(data, models):
    pair = open_source(data).read(0)
    image = FirstStage(models, 2, 0, 1).together([pair])[0]
    other = FirstStage(models, 2, 0, 1).together([replace(pair, name="another")])[0]
    later = FirstStage(models, 2, 1, 1).together([pair])[0]
    assert not np.array_equal(image, other) and not np.array_equal(image, later)


def test_values_that_are_no_numbers_are_refused(data, models, monkeypatch):
    first = FirstStage(models, 2, 0, 1)
    pair = open_source(data).read(0)
    broken = np.zeros((12, 48, 48), np.float32)
    broken[3, 5, 5] = np.nan
    monkeypatch.setattr(FirstStage, "together", lambda self, pairs: [broken])
    with pytest.raises(BundleError, match="no numbers for pair_0"):
        first.images([pair])


def test_names_are_spread_over_the_world(models):
    spec = models.bundle.window
    tiles = {tile_of(f"pair_{i}", spec) for i in range(1000)}
    assert len(tiles) == 1000
    assert all(isinstance(t, Window) and t.row % spec.stride == 0 for t in tiles)


def test_neither_batches_nor_order_change_a_file(whole, settings):
    one_by_one = replace(settings, batch_size=1)
    for limit in (2, None):
        precompute(replace(one_by_one, max_tiles=limit))
    assert files(settings.output_dir) == files(whole.folder)


def test_a_stopped_run_goes_on_to_the_same_files(whole, settings, monkeypatch):
    kept = []

    def keep(folder, name, image, s1):
        if len(kept) == 2:
            path = image_path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.with_name(f".{path.name}.part").write_bytes(b"half an image")
            raise KeyboardInterrupt
        kept.append(name)
        real(folder, name, image, s1)

    real = precompute_stage1.keep
    monkeypatch.setattr(precompute_stage1, "keep", keep)
    with pytest.raises(KeyboardInterrupt):
        precompute(settings)
    monkeypatch.setattr(precompute_stage1, "keep", real)
    before = {name: image_path(settings.output_dir, name).stat().st_mtime_ns for name in kept}
    assert len(before) == 2
    outputs = precompute(settings)
    assert files(settings.output_dir) == files(whole.folder)
    for name, when in before.items():
        assert image_path(outputs.folder, name).stat().st_mtime_ns == when, "computed again"


@pytest.mark.parametrize("change", [["--seed", "1"], ["--timesteps", "3"]])
def test_two_settings_do_not_mix(whole, settings, capsys, change):
    command = [
        f"--data-dir={settings.data_dir}", f"--output-dir={whole.folder}",
        f"--bundle={settings.bundle}", "--device=cpu", "--timesteps=2",
    ]  # fmt: skip
    before = files(whole.folder)
    assert main(command + change) == 1
    said = capsys.readouterr().err
    assert change[0].strip("-") in said and "another --output-dir" in said
    assert files(whole.folder) == before
    assert main(command) == 0, "nothing is left to do"
    assert files(whole.folder) == before


def test_images_know_their_pair(whole, data, settings, tmp_path, capsys):
    source = open_source(data)
    assert np.array_equal(whole.read_for("pair_0", source.read(0).s1), whole.read("pair_0"))
    with pytest.raises(DataError, match="another radar image"):
        whole.read_for("pair_0", source.read(1).s1)
    rows = [{"id": f"pair_{i}", "tile": "one"} for i in range(2)]
    root = write_table(tmp_path / "other", rows)
    for i in range(2):
        write_pair(root / "pairs" / f"pair_{i}", 7 + i, SIDES[i])
    command = [
        f"--data-dir={root}", f"--output-dir={whole.folder}",
        f"--bundle={settings.bundle}", "--device=cpu", "--timesteps=2",
    ]  # fmt: skip
    before = files(whole.folder)
    assert main(command) == 1
    assert "pair_0" in (said := capsys.readouterr().err) and "another radar image" in said
    assert files(whole.folder) == before


def test_only_one_process_computes_into_a_folder(whole, settings, capsys):
    command = [
        f"--data-dir={settings.data_dir}", f"--output-dir={whole.folder}",
        f"--bundle={settings.bundle}", "--device=cpu", "--timesteps=2",
    ]  # fmt: skip
    with FileLock(whole.folder / LOCK):  # as another process would hold it
        left = image_path(whole.folder, "pair_0").with_name(".pair_0.safetensors.part")
        left.write_bytes(b"being written")
        assert main(command) == 1
        assert left.exists(), "the other's"
        left.unlink()
    assert "Another process is at work" in capsys.readouterr().err


def test_bad_pairs_stop_or_are_left_out(data, settings, tmp_path, capsys):
    rows = [{"id": f"pair_{i}", "tile": "one"} for i in range(3)]
    root = write_table(tmp_path / "data", rows)
    for i in range(3):
        write_pair(root / "pairs" / f"pair_{i}", i, 48)
    (root / "pairs" / "pair_1" / "s1.tif").write_bytes(b"no picture")
    command = [
        f"--data-dir={root}", f"--output-dir={settings.output_dir}",
        f"--bundle={settings.bundle}", "--device=cpu", "--timesteps=1",
    ]  # fmt: skip
    assert main(command) == 1
    assert "s1.tif cannot be read" in capsys.readouterr().err
    assert main([*command, "--on-bad=skip"]) == 0
    said = capsys.readouterr()
    assert "pair_1 is left out" in said.err and "2 images" in said.out and "1 bad" in said.out
    outputs = Stage1Outputs(settings.output_dir)
    assert [outputs.has(f"pair_{i}") for i in range(3)] == [True, False, True]


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (["--bundle=nowhere"], "no model bundle 'nowhere'"),
        (["--timesteps=0"], "stage1.timesteps is 0"),
        (["--data-dir=nowhere"], "holds no pairs"),
    ],
)
def test_what_makes_no_sense_is_told(settings, capsys, flags, message):
    command = [
        f"--data-dir={settings.data_dir}", f"--output-dir={settings.output_dir}",
        f"--bundle={settings.bundle}", "--device=cpu", "--timesteps=1",
    ]  # fmt: skip
    assert main(command + flags) == 1
    assert message in capsys.readouterr().err
    assert not settings.output_dir.exists()
