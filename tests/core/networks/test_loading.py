"""A bundle's networks in memory, and what is refused."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from gac_core.bundles.bundle import NO_REFINER
from gac_core.bundles.card import read_bundle
from gac_core.bundles.library import Library
from gac_core.contract.errors import BundleError
from gac_core.grid import Window
from gac_core.networks.adapters import CROSS_ATTENTION, add_lora
from gac_core.networks.loading import ModelCache, Models
from gac_core.networks.terramind import (
    TerraMindShape,
    build_terramind,
    standardise_radar,
    token_logits,
)
from gac_core.stages.generate import Generate
from gac_core.stages.ground import Ground, ZeroShotGround, ground_stage
from gac_core.stages.refine import Refine
from tests.core.tiny import SHAPE, tiny_card, write_adapter, write_tiny_bundle
from tests.problems import raises

CPU = torch.device("cpu")
WINDOW = Window(-960, 96, 96, 96)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    torch.set_num_threads(1)
    return write_tiny_bundle(tmp_path_factory.mktemp("bundles") / "tiny")


@pytest.fixture
def changed(tiny, tmp_path):
    """A copy of the bundle whose card a function has changed."""

    def changed(change):
        folder = tmp_path / "changed"
        shutil.copytree(tiny, folder)
        card = tiny_card(tiny)
        change(card)
        (folder / "bundle.json").write_text(json.dumps(card))
        return Models(read_bundle(folder), Library(), CPU)

    return changed


@pytest.fixture(scope="module")
def radar():
    rng = np.random.default_rng(0)
    return rng.normal([[[[-12.0]], [[-19.0]]]], 3, (1, 2, 96, 96)).astype(np.float32)


def generate(models, radar):
    return Generate(models, "S1GRD", 0, 2, lambda: None).compute([WINDOW], {"s1": radar})


def refine(models, radar, v1):
    stage = Refine(models, "S1GRD", 7, 4, (48.2, 16.4), lambda: None)
    return stage.compute([WINDOW], {"s1": radar, "opt_v1": v1})


def ground(models, radar, v2):
    stage = ground_stage(models, "S1GRD", 0, 2, lambda: None)
    return stage.compute([WINDOW], {"s1": radar, "opt_v2": v2})


def drop_adapter(card):
    card["grounding"]["adapter"] = None


def test_stage_one_with_an_adapter_aboard_is_the_bare_model(tiny, changed, radar):
    adapted = Models(read_bundle(tiny), Library(), CPU)
    bare = changed(drop_adapter)
    ours = generate(adapted, radar)
    assert np.array_equal(ours, generate(bare, radar))
    assert not np.array_equal(ground(adapted, radar, ours), ground(bare, radar, ours))
    # Stage 3 has switched the adapter on and must have left it so that stage 1 is bare again.
    assert np.array_equal(ours, generate(adapted, radar))


def test_an_untrained_adapter_changes_nothing(radar):
    torch.manual_seed(0)
    model = build_terramind(TerraMindShape.from_dict(SHAPE.to_dict()))
    standard = standardise_radar(torch.from_numpy(radar), "S1GRD")
    with torch.no_grad():
        before = token_logits(model, standard, "S1GRD")
        adapted = add_lora(model, CROSS_ATTENTION)
        after = token_logits(model, standard, "S1GRD")
    assert torch.equal(before, after)
    names = [n for n, p in adapted.named_parameters() if p.requires_grad]
    assert names and all("cross_attn" in n and "lora_" in n for n in names)
    assert len(names) == SHAPE.decoder_depth * 3 * 2


def test_prithvi_in_eight_bits_is_close_to_what_it_was(changed, radar):
    def without_adapter(card):
        card["refiner"]["adapter"] = None

    models = changed(without_adapter)
    v1 = generate(models, radar)
    assert models.refiner.prithvi.blocks[0].attn.qkv.weight.dtype == torch.int8
    quantised = refine(models, radar, v1)
    object.__setattr__(models.bundle, "refiner", {**models.bundle.refiner, "quantise": False})
    del models.refiner
    assert models.refiner.prithvi.blocks[0].attn.qkv.weight.dtype == torch.float32
    full = refine(models, radar, v1)
    change = abs(full - v1).mean()
    assert 0 < abs(quantised - full).mean() < 0.1 * change


def test_without_a_refiner_stage_two_is_the_identity(changed, radar):
    models = changed(lambda card: card.update(refiner=None))
    v1 = generate(models, radar)
    assert np.array_equal(refine(models, radar, v1), v1)
    assert NO_REFINER in models.bundle.notes


def test_without_a_bridge_stage_three_is_terraminds_own_answer(tiny, changed, radar):
    with_bridge = ground_stage(Models(read_bundle(tiny), Library(), CPU), "S1GRD", 0, 2, print)
    models = changed(lambda card: card["grounding"].update(bridge=None))
    stage = ground_stage(models, "S1GRD", 0, 2, lambda: None)
    assert isinstance(stage, ZeroShotGround) and isinstance(with_bridge, Ground)
    assert (models.bundle.window.blocks, read_bundle(tiny).window.blocks) == ((1, 3), (1,))
    assert models.bundle.grounding.steps == 8 and read_bundle(tiny).grounding.steps == 2
    v1 = generate(models, radar)
    v3 = ground(models, radar, v1)
    assert v3.shape == (1, 4, 96, 96) and np.isfinite(v3).all()
    assert any("zero-shot" in note for note in models.bundle.notes)
    assert not any("zero-shot" in note for note in read_bundle(tiny).notes)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            lambda c: c["refiner"]["head"]["shape"].update(smooth=4.0),
            ("card-damaged", "no 'smooth'"),
        ),
        (lambda c: c["refiner"]["head"]["shape"].update(width=24), ("card-damaged", "no 'width'")),
        (
            lambda c: c["refiner"]["head"]["shape"].update(depths=[1]),
            ("card-damaged", "2 widths and 1 depths"),
        ),
        (
            lambda c: c["grounding"]["bridge"]["shape"].update(depths=[1]),
            ("card-damaged", "2 widths and 1"),
        ),
        (
            lambda c: c["grounding"]["bridge"]["shape"].update(widths=[], depths=[]),
            ("card-damaged", "0 widths"),
        ),
        (lambda c: c["grounding"]["bridge"]["shape"].update(depths=[1, 0]), ("card-damaged",)),
        (
            lambda c: c["grounding"]["bridge"]["shape"].update(noise=2),
            ("card-damaged", "noise is 2"),
        ),
        (
            lambda c: c["grounding"]["bridge"]["shape"].update(noise="much"),
            ("card-damaged", "noise is 'much'"),
        ),
        (
            lambda c: c["grounding"]["bridge"]["shape"].update(colour=1),
            ("card-damaged", "no 'colour'"),
        ),
        (
            lambda c: c["grounding"]["bridge"]["shape"].update(widths=[8, 32]),
            ("weights-not-fitting", "of another shape"),
        ),
        (
            lambda c: c["grounding"]["bridge"]["shape"].update(depths=[1, 2]),
            ("weights-not-fitting", "missing"),
        ),
        (
            lambda c: c["terramind"]["weights"]["generator"].update(sha256="0" * 64),
            ("file-not-of-card",),
        ),
        (
            lambda c: c["terramind"]["weights"]["tokenizer"].update(file="gone.pt"),
            ("bundle-incomplete",),
        ),
        (
            lambda c: c["terramind"]["shape"].update(dim=128),
            ("weights-not-fitting", "of another shape"),
        ),
        (
            lambda c: c["terramind"]["shape"].update(decoder_depth=3),
            ("weights-not-fitting", "missing"),
        ),
        (
            lambda c: c["refiner"].update(adapter="nowhere"),
            ("adapter-incomplete", "adapter_config"),
        ),
        (lambda c: c["grounding"].update(adapter="refining"), ("adapter-not-fitting",)),
    ],
)
def test_what_does_not_fit_is_refused(changed, change, expected):
    with raises(BundleError, *expected):
        changed(change).load()


@pytest.mark.parametrize("other", [{"dim": 128}, {"decoder_depth": 1}, {"decoder_depth": 3}])
def test_an_adapter_of_another_base_model(changed, other):
    larger = build_terramind(TerraMindShape.from_dict({**SHAPE.to_dict(), **other}))
    models = changed(lambda c: c["grounding"].update(adapter="foreign"))
    write_adapter(larger, CROSS_ATTENTION, models.bundle.path / "foreign")
    with raises(BundleError, "adapter-not-fitting"):
        _ = models.terramind


def test_an_adapter_that_is_not_finite(changed):
    models = changed(lambda c: None)
    path = models.bundle.path / "grounding" / "adapter_model.safetensors"
    state = {name: tensor * float("nan") for name, tensor in load_file(path).items()}
    save_file(state, path)
    with raises(BundleError, "adapter-not-finite"):
        _ = models.terramind


def test_the_cache_keeps_one_bundle(tiny, changed):
    cache = ModelCache(Library())
    bundle = read_bundle(tiny)
    first = cache.get(bundle, CPU)
    assert cache.get(bundle, CPU) is first
    other = changed(drop_adapter).bundle
    assert cache.get(other, CPU) is not first
    assert cache.get(bundle, CPU) is not first
