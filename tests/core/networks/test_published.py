"""Weight files of publishers: unwrapped, unknown tensors named and left, hashes told."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from terratorch.models.backbones.terramind.model import terramind_register

from gac_core.bundles.card import read_bundle
from gac_core.bundles.library import engine_root
from gac_core.contract.errors import BundleError
from gac_core.networks.terramind import OUTPUT, TerraMindShape, Tokenizer, build_terramind
from gac_core.networks.weights import SkipInit
from tests.core.networks.published import CASES, FILES, LOADED, NOTED, REFUSED, Lab
from tests.core.tiny import SHAPE
from tests.problems import arguments_of


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    return Lab(tmp_path_factory.mktemp("published"))


@pytest.mark.parametrize("case", CASES, ids=[case.about for case in CASES])
def test_a_published_file(lab, case):
    models = lab.models(case)
    if case.result == REFUSED:
        with pytest.raises(BundleError) as refused:
            lab.load(case, models)
        assert str(lab.folder / FILES[case.network]) in arguments_of(refused.value.message)
        return
    network = lab.load(case, models)
    assert bool(models.notes) == (case.result == NOTED)
    assert case.result in (LOADED, NOTED)
    published = lab.published[case.network]
    tolerance = 1e-2 if "16-bit" in case.about else 0.0
    compared = 0
    for name, value in network.state_dict().items():
        if "pos_embed" in name and case.network == "prithvi":
            continue
        expected = published.get(name, published.get(f"encoder.{name}"))
        if expected is None:
            continue
        assert torch.allclose(value, expected, atol=tolerance, rtol=tolerance), name
        compared += 1
    assert compared > 20


@pytest.mark.parametrize("size", ["tiny", "small", "base"])
def test_cards_have_the_sizes_of_terratorch_s_registry(size, monkeypatch):
    monkeypatch.setitem(
        terramind_register.tokenizer_dict,
        "v1",
        {OUTPUT: lambda pretrained: Tokenizer(SHAPE.unet)},
    )
    build = getattr(terramind_register, f"terramind_v1_{size}_generate")
    card = read_bundle(engine_root() / "resources" / "bundles" / f"terramind-{size}")
    shape = replace(TerraMindShape.from_dict(card.terramind), unet=SHAPE.unet)
    with SkipInit():
        theirs = build(
            pretrained=False,
            modalities=[*shape.modalities, "S2L2A"],
            output_modalities=["S2L2A"],
        ).sampler.model
        ours = build_terramind(shape).sampler.model
    sizes = [{n: tuple(t.shape) for n, t in net.state_dict().items()} for net in (theirs, ours)]
    assert sizes[0] == sizes[1]
    assert type(theirs.encoder[0].mlp.act) is type(ours.encoder[0].mlp.act)
