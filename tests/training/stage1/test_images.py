"""Stage 1 of every pair, computed once: as the engine does, and the same however it is stopped."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

import numpy as np
import pytest
import torch

from gac_core.bundles.card import read_bundle
from gac_core.bundles.library import Library
from gac_core.contract.errors import BundleError
from gac_core.contract.layout import CARD
from gac_core.grid import Window
from gac_core.networks.loading import Models
from gac_core.stages.generate import Generate
from gac_core.tiling.arrays import run_stage
from tests.problems import raises
from tests.training.stage1.jobs import SIDES, asked, files
from training import precompute_stage1
from training.data import open_source
from training.data.stage1_outputs import image_path
from training.precompute_stage1 import precompute
from training.stage1 import FirstStage, scene_of, tile_of


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
    assert np.array_equal(first.compute_batch([pair])[0], first.compute_tiled(pair))


def test_a_large_pair_is_computed_as_a_run_computes_it(data, models):
    first = FirstStage(models, 2, 0, 1)
    pair = open_source(data).read(2)
    assert not first.fits(pair)
    spec = models.bundle.window
    tile, scene = tile_of(pair.name, spec), scene_of(pair, spec)
    assert scene.row == tile.row + 24 and scene.shape == (120, 120)
    generate = Generate(models, "S1GRD", 0, 2, lambda: None)
    run = run_stage(generate, spec, {"s1": pair.s1}, (scene.row, scene.col))
    assert np.array_equal(first.compute_tiled(pair), run)


def test_pairs_in_wide_blocks_go_together_as_a_run_computes_each(data, bundle, tmp_path):
    """Blocks are of one width however small the pair: one of 64 px is decoded in 192 px too."""
    folder = tmp_path / "wide"
    shutil.copytree(bundle, folder)
    card = json.loads((folder / CARD).read_text())
    card["window"]["decode"] = 192
    (folder / CARD).write_text(json.dumps(card))
    wide = Models(read_bundle(folder), Library([], []), torch.device("cpu"))
    first, source = FirstStage(wide, 1, 0, 5), open_source(data)
    pairs = [source.read(i) for i in (0, 2, 4)]
    assert all(first.fits(pair) for pair in pairs)
    for pair, image in zip(pairs, first.compute_batch(pairs), strict=True):
        assert np.array_equal(image, first.compute_tiled(pair), equal_nan=True)


def test_noise_belongs_to_the_name_and_the_seed(data, models):
    pair = open_source(data).read(0)
    image = FirstStage(models, 2, 0, 1).compute_batch([pair])[0]
    other = FirstStage(models, 2, 0, 1).compute_batch([replace(pair, name="another")])[0]
    later = FirstStage(models, 2, 1, 1).compute_batch([pair])[0]
    assert not np.array_equal(image, other) and not np.array_equal(image, later)


def test_values_that_are_no_numbers_are_refused(data, models, monkeypatch):
    first = FirstStage(models, 2, 0, 1)
    pair = open_source(data).read(0)
    broken = np.zeros((12, 48, 48), np.float32)
    broken[3, 5, 5] = np.nan
    monkeypatch.setattr(FirstStage, "compute_batch", lambda self, pairs: [broken])
    with raises(BundleError, "stage1-not-finite", "pair_0"):
        first.images([pair])


def test_names_are_spread_over_the_world(models):
    spec = models.bundle.window
    tiles = {tile_of(f"pair_{i}", spec) for i in range(1000)}
    assert len(tiles) == 1000
    assert all(isinstance(t, Window) and t.row % spec.stride == 0 for t in tiles)


def test_neither_batches_nor_order_change_a_file(whole, data, bundle, tmp_path):
    for limit in (2, None):
        precompute(asked(data, tmp_path, bundle, batch_size=1, max_tiles=limit))
    assert files(tmp_path) == files(whole.folder)


def test_a_stopped_run_goes_on_to_the_same_files(whole, job, monkeypatch):
    kept = []

    def keep(folder, name, image, s1):
        if len(kept) == 2:
            path = image_path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.with_name(f".{path.name}.part").write_bytes(b"half an image")
            raise KeyboardInterrupt
        kept.append(name)
        real(folder, name, image, s1)

    real = precompute_stage1.write_image
    monkeypatch.setattr(precompute_stage1, "write_image", keep)
    with pytest.raises(KeyboardInterrupt):
        precompute(job)
    monkeypatch.setattr(precompute_stage1, "write_image", real)
    before = {name: image_path(job.output_dir, name).stat().st_mtime_ns for name in kept}
    assert len(before) == 2
    outputs = precompute(job)
    assert files(job.output_dir) == files(whole.folder)
    for name, when in before.items():
        assert image_path(outputs.folder, name).stat().st_mtime_ns == when, "computed again"
