"""Full-size networks, random weights, the published file names and formats, the real loading code.

Published weights cannot be had where the tests run; what they would meet here they meet in these
tests: every name and shape, the loading, 8-bit Prithvi, adapters, and a tile through three stages.
"""

from __future__ import annotations

import numpy as np
import pytest
import terratorch.models.backbones.terramind.model.terramind_register  # noqa: F401 (registers names)
import torch
from terratorch.models.backbones.prithvi_vit import prithvi_cfgs
from terratorch.registry import TERRATORCH_FULL_MODEL_REGISTRY

from gac_core.bundles.card import read_bundle
from gac_core.bundles.library import Library
from gac_core.contract.errors import BundleError
from gac_core.grid import Window
from gac_core.networks.loading import Models
from gac_core.networks.terramind import TerraMindShape, build_terramind
from gac_core.stages.generate import Generate
from gac_core.stages.ground import ground_stage
from gac_core.stages.refine import Refine
from tests.core.full_size import (
    PRITHVI_600M,
    card_of,
    save_card,
    save_prithvi,
    save_published,
    save_trained,
)
from tests.problems import raises

pytestmark = pytest.mark.slow


@pytest.mark.timeout(600)
@pytest.mark.parametrize("size", ["base", "large"])
def test_layout_equals_the_librarys(size):
    """Every tensor of TerraTorch's own builder, by name and shape, and no other."""
    shape = TerraMindShape.from_dict(card_of(f"terramind-{size}")["terramind"]["shape"])
    with torch.device("cpu"):
        ours = {
            k: v.shape for k, v in build_terramind(shape, with_encoder=True).state_dict().items()
        }
    reference = TERRATORCH_FULL_MODEL_REGISTRY.build(
        f"terramind_v1_{size}_generate",
        modalities=["S1GRD", "S1RTC", "S2L2A"],
        output_modalities=["S2L2A"],
        pretrained=False,
    )
    assert ours == {k: v.shape for k, v in reference.state_dict().items()}


def test_prithvi_shape_is_the_published_one():
    published = prithvi_cfgs["prithvi_eo_v2_600"]
    assert PRITHVI_600M.embed_dim == published["embed_dim"]
    assert PRITHVI_600M.depth == published["depth"]
    assert PRITHVI_600M.num_heads == published["num_heads"]
    assert [1, PRITHVI_600M.patch_size, PRITHVI_600M.patch_size] == published["patch_size"]


@pytest.fixture(scope="module")
def weights_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("weights")
    torch.manual_seed(0)
    save_published(card_of("terramind-base"), folder)
    save_prithvi(folder)
    return folder


@pytest.fixture(scope="module")
def trained_bundle(weights_folder, tmp_path_factory):
    """The published models with adapters, head and nothing missing: what training will make."""
    folder = tmp_path_factory.mktemp("bundle")
    save_trained(card_of("terramind-base"), folder)
    return folder


@pytest.mark.timeout(1800)
def test_one_tile_through_three_stages(weights_folder, trained_bundle, tmp_path):
    models = Models(read_bundle(trained_bundle), Library([], [weights_folder]), torch.device("cpu"))
    models.load()
    assert models.refiner.prithvi.is_loaded_in_8bit
    assert models.refiner.prithvi.blocks[0].attn.qkv.base_layer.weight.dtype == torch.int8
    trainable = sum(p.numel() for n, p in models.terramind.model.named_parameters() if "lora_" in n)
    assert trainable == 516_096

    window = Window(-540_000 // 16 * 16, 32_000, 224, 224)
    rng = np.random.default_rng(0)
    s1 = rng.normal([[[[-12.0]], [[-19.0]]]], 3, (1, 2, 224, 224)).astype(np.float32)
    generate = Generate(models, "S1GRD", 0, 2, lambda: None)
    v1 = generate.compute([window], {"s1": s1})
    refine = Refine(models, "S1GRD", 7, 4, (48.2, 16.4), lambda: None)
    v2 = refine.compute([window], {"s1": s1, "opt_v1": v1})
    ground = ground_stage(models, "S1GRD", 0, 2, lambda: None)
    v3 = ground.compute([window], {"s1": s1, "opt_v2": v2})
    assert v1.shape == v2.shape == (1, 12, 224, 224)
    assert v3.shape == (1, 4, 224, 224)
    for image in (v1, v2, v3):
        assert np.isfinite(image).all() and image.std() > 1
    assert abs(v2 - v1).max() > 1
    assert abs(v3 - v2[:, [1, 2, 3, 7]]).max() > 1

    # Stage 1 with the adapter on board is the bare model, to the bit.
    bare = Models(
        read_bundle(save_card("terramind-base", tmp_path / "terramind-base")),
        Library([], [weights_folder]),
        torch.device("cpu"),
    )
    again = Generate(bare, "S1GRD", 0, 2, lambda: None).compute([window], {"s1": s1})
    assert np.array_equal(v1, again)


@pytest.mark.timeout(900)
def test_a_file_that_lacks_one_tensor_is_refused(weights_folder, tmp_path):
    name = "TerraMind_v1_base.pt"
    state = torch.load(weights_folder / name, weights_only=True)
    del state["decoder.11.cross_attn.q.weight"]
    torch.save(state, tmp_path / name)
    models = Models(
        read_bundle(save_card("terramind-base", tmp_path / "terramind-base")),
        Library([], [tmp_path, weights_folder]),
        torch.device("cpu"),
    )
    with raises(BundleError, "weights-not-fitting", "decoder.11.cross_attn.q.weight"):
        _ = models.terramind


@pytest.mark.timeout(1800)
def test_large_is_built_and_loaded(tmp_path):
    save_published(card_of("terramind-large"), tmp_path)
    bundle = save_card("terramind-large", tmp_path / "terramind-large")
    models = Models(read_bundle(bundle), Library([], [tmp_path]), torch.device("cpu"))
    models.load()
    assert models.refiner is None and models.bridge is None
    parameters = sum(p.numel() for p in models.terramind.model.sampler.model.parameters())
    assert parameters > 700e6
