"""A base whose values carry Sentinel-2's +1000: its card says so, and users never see it."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import numpy as np
import pytest
import torch

from gac_core.bundles.card import read_bundle
from gac_core.bundles.library import Library
from gac_core.bundles.part import Part, base_of, require_same_base
from gac_core.contract.errors import BundleError
from gac_core.networks.loading import Models
from gac_core.store.listing import stage_lines
from gac_core.store.packing import packed_card
from gac_core.tiling.arrays import all_stages, run_stage
from tests.core.conftest import backscatter
from tests.core.shifted import CPU, OFFSET, shifted
from tests.core.tiny import write_tiny_bundle
from tests.problems import raises


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    torch.set_num_threads(1)
    return write_tiny_bundle(tmp_path_factory.mktemp("bundles") / "tiny")


@pytest.fixture(scope="module")
def models(folder):
    """Without an adapter in stage 3, which stage 1 would have to be without."""
    bundle = read_bundle(folder)
    grounding = replace(bundle.grounding, adapter=None)
    return Models(replace(bundle, grounding=grounding), Library(), CPU)


def images_of(models: Models) -> dict[str, np.ndarray]:
    images = {"s1": backscatter(120, 130, 3)}
    for stage in all_stages(models, "S1GRD", 6, 4, (48.2, 16.4), (3, 3)):
        images[f"opt_v{stage.number}"] = run_stage(stage, models.bundle.window, images)
    return images


@pytest.fixture(scope="module")
def plain(models):
    return images_of(models)


def zero_shot(models: Models) -> Models:
    """The same networks in a bundle without a bridge, whose stage 3 TerraMind answers."""
    grounding = replace(models.bundle.grounding, bridge=None)
    return Models(replace(models.bundle, grounding=grounding), Library(), CPU)


@pytest.mark.parametrize("bundle", ["bridge", "zero-shot"])
def test_a_base_with_the_offset_gives_the_images_of_one_without(models, plain, bundle):
    if bundle == "zero-shot":
        models = zero_shot(models)
        plain = images_of(models)
    found = images_of(shifted(models))
    for name in ("opt_v1", "opt_v2", "opt_v3"):
        assert np.abs(found[name] - plain[name]).max() < 0.5, name


def test_a_card_that_does_not_say_so_gives_other_images(models, plain):
    found = images_of(shifted(models, offset=0.0))
    assert np.abs(found["opt_v1"] - plain["opt_v1"] - OFFSET).max() < 0.5
    assert np.abs(found["opt_v3"] - plain["opt_v3"]).mean() > 50
    # What stage 3 sees of an image goes through TerraMind, which must be told too.
    only_shown = replace(models.bundle, offset=OFFSET)
    told = Models(only_shown, models.library, CPU)
    told.terramind, told.bridge = models.terramind, models.bridge
    shown = {"s1": backscatter(120, 130, 3), "opt_v2": plain["opt_v2"]}
    stages = [all_stages(each, "S1GRD", 6, 4, None, (3, 3))[2] for each in (models, told)]
    before, after = (run_stage(stage, models.bundle.window, shown) for stage in stages)
    assert np.abs(before - after).max() > 0.05


def with_offset(folder, place, offset):
    """A copy of a bundle's card alone."""
    place.mkdir()
    card = json.loads((folder / "bundle.json").read_text())
    card["terramind"]["offset"] = offset
    for file in folder.iterdir():
        (place / file.name).symlink_to(file)
    (place / "bundle.json").unlink()
    (place / "bundle.json").write_text(json.dumps(card))
    return place


@pytest.mark.parametrize(
    "offset", ["1000", True, [1000], float("nan"), float("inf"), 10_001, -20_000, None]
)
def test_what_is_no_offset_is_refused(folder, tmp_path, offset):
    with raises(BundleError, "card-damaged") as caught:
        read_bundle(with_offset(folder, tmp_path / "odd", offset))
    assert re.search(r"offset is|no number", caught.value.message.arguments[2])


def test_an_offset_is_kept_and_told(folder, tmp_path):
    base = read_bundle(with_offset(folder, tmp_path / "base", 1000))
    assert base.offset == 1000 and read_bundle(folder).offset == 0
    assert packed_card(base, [], "new", "New", None)["terramind"]["offset"] == 1000
    assert "1000" in stage_lines(base)[0]
    assert stage_lines(read_bundle(folder))[0] in stage_lines(base)[0]


def test_a_part_belongs_to_bases_with_its_offset(folder, tmp_path):
    library = Library()
    plain = read_bundle(folder)
    moved = read_bundle(with_offset(folder, tmp_path / "base", 1000))
    told = base_of(plain, library)
    assert "offset" not in told, "parts and trainings of before stay what they are"
    assert base_of(moved, library)["offset"] == 1000
    for base in (plain, moved):
        part = Part(tmp_path, 3, {}, base_of(base, library), {}, {})
        require_same_base(base, part, library)
        other = moved if base is plain else plain
        with raises(BundleError, "offset-differs"):
            require_same_base(other, part, library)
