"""Stage 3's training takes each pair's radar for what the pair says that it is."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from gac_core.band_statistics import S1_STATISTICS
from gac_core.bundles.card import read_bundle
from gac_core.bundles.library import Library
from gac_core.networks.loading import Models
from gac_core.networks.terramind import decoder_features, standardise_optical, standardise_radar
from gac_core.tiling.arrays import all_stages, run_stage
from tests.core.tiny import tiny_card
from tests.problems import raises
from tests.training.data.made import write_pair, write_table
from tests.training.stage3.adapters import build, disturb
from training.config import load
from training.data.dataset import PairDataset, collate
from training.data.pair import DataError, Pair
from training.data.sources import open_source
from training.sections import Stage3Config
from training.stage3.ground_training import compute_opt_v2, compute_opt_v3
from training.stage3.setup import open_pairs

MIXED = ["S1GRD", "S1RTC", "S1RTC", "S1GRD"]
KINDS = tuple(S1_STATISTICS)


def of(batch, modality):
    return {**batch, "modality": [modality] * len(batch["name"])}


def rows(batch, index):
    return {key: value[index : index + 1] for key, value in batch.items()}


@pytest.fixture
def module(bundle, library):
    made = build(bundle, library)
    disturb(made)
    return made


@pytest.fixture
def mixed(batch):
    return {**batch, "modality": MIXED}


def test_each_sample_is_embedded_as_its_own_kind(module, mixed):
    model = module.models.terramind.model
    with torch.no_grad():
        maps = module.features(mixed)
        for index, modality in enumerate(MIXED):
            radar = standardise_radar(mixed["s1"][index : index + 1], modality)
            optical = standardise_optical(mixed["opt_v1"][index : index + 1])
            expected = decoder_features(model, radar, modality, optical)
            assert torch.allclose(maps[index], expected[0], atol=1e-4)
        kinds = [module.features(of(mixed, modality)) for modality in KINDS]
    assert (kinds[0] - kinds[1]).abs().max() > 0.05, "the kinds differ"


def test_predictions_and_losses_do_not_depend_on_the_mix(module, mixed):
    kinds = {modality: module.predict(of(mixed, modality)) for modality in KINDS}
    found = module.predict(mixed)
    for index, modality in enumerate(MIXED):
        assert torch.allclose(found[index], kinds[modality][index], atol=0.05)
        assert torch.allclose(found[index], module.predict(rows(mixed, index))[0], atol=0.05)
    assert (kinds["S1GRD"] - kinds["S1RTC"]).abs().max() > 5
    turned = {
        key: value[::-1] if isinstance(value, list) else value.flip(0)
        for key, value in mixed.items()
    }
    assert torch.allclose(module.predict(turned).flip(0), found, atol=0.05)


class Pairs:
    """A source of pairs in memory."""

    def __init__(self, pairs):
        self.pairs = pairs
        self.names = [pair.name for pair in pairs]
        self.tiles = [pair.tile for pair in pairs]
        self.modalities = [pair.modality for pair in pairs]

    def __len__(self):
        return len(self.pairs)

    def read(self, i):
        return self.pairs[i]


@pytest.fixture(scope="module")
def twins(images):
    """One place twice, once as either kind."""
    s1, s2 = (image[0].numpy() for image in images)
    pair = Pair("grd", "T33UWA", s1, s2, (True,) * 12, 6, 4, None, None)
    return Pairs([pair, replace(pair, name="rtc", modality="S1RTC")])


def test_samples_carry_it(twins):
    dataset = PairDataset(twins, [0, 1], crop=96, augment=False, seed=0)
    assert collate([dataset[0], dataset[1]])["modality"] == ["S1GRD", "S1RTC"]


def test_what_is_shown_and_tried_is_of_each_pairs_kind(bundle, library, twins, tmp_path):
    models = Models(bundle, library, torch.device("cpu"))
    shown = compute_opt_v2(models, twins, [0, 1], tmp_path / "shown", None, {}, timesteps=1)
    for name, modality in zip(twins.names, KINDS, strict=True):
        images = {"s1": twins.pairs[0].s1}
        for stage in all_stages(models, modality, 6, 4, None, (1, 1))[:2]:
            images[f"opt_v{stage.number}"] = run_stage(stage, bundle.window, images)
        assert np.allclose(shown.read(name), images["opt_v2"], rtol=1e-3, atol=0.1)
    assert np.abs(shown.read("grd") - shown.read("rtc")).max() > 50

    # Both are shown the same, so that the radar alone makes the difference.
    opt_v2 = shown.read("grd")
    grd, rtc = (compute_opt_v3(models, models.bridge, pair, opt_v2, 1) for pair in twins.pairs)
    assert np.abs(grd - rtc).max() > 1


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """Four pairs, every other one terrain-flattened."""
    root = tmp_path_factory.mktemp("data")
    made = []
    for i, modality in enumerate(MIXED):
        write_pair(root / "pairs" / f"pair{i}", i, 64)
        made.append({"id": f"pair{i}", "tile": f"T33UW{'ABCD'[i]}", "modality": modality})
    write_table(root, made)
    with (root / "roles.csv").open("w", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(["tile", "role"])
        table.writerows((row["tile"], "train" if i < 2 else "val") for i, row in enumerate(made))
    return root


def config_for(**values):
    given = {"data.crop": 96, **{f"stage3.{key}": value for key, value in values.items()}}
    return load(Stage3Config, ["train/stage3.lowvr"], given)


def test_pairs_say_unless_the_settings_do(data, bundle):
    assert config_for().stage3.modality is None
    places = open_pairs(data, data / "roles.csv", config_for(), bundle, {})
    assert [places.source.read(i).modality for i in range(4)] == MIXED
    places = open_pairs(data, data / "roles.csv", config_for(modality="S1RTC"), bundle, {})
    assert {places.source.read(i).modality for i in range(4)} == {"S1RTC"}
    assert open_source(data).modalities == MIXED


def test_a_kind_that_the_bundle_does_not_know_is_refused_before_the_training(data, tiny, tmp_path):
    folder = tmp_path / "old"
    shutil.copytree(tiny, folder)
    card = tiny_card(folder)
    card["terramind"]["shape"]["modalities"] = ["S1GRD"]
    (folder / "bundle.json").write_text(json.dumps(card))
    bundle = read_bundle(folder)
    with raises(DataError, "pair-modality-not-supported", "S1RTC") as refused:
        open_pairs(data, data / "roles.csv", config_for(), bundle, {})
    assert "--modality" in refused.value.remedy
    open_pairs(data, data / "roles.csv", config_for(modality="S1GRD"), bundle, {})
    with raises(DataError, "pair-modality-not-supported", "S1RTC"):
        open_pairs(data, data / "roles.csv", config_for(modality="S1RTC"), bundle, {})
    assert Library([], []).find(str(folder)).modalities == ("S1GRD",)
    assert Path(folder).exists()
