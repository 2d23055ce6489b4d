"""Tokens of real images, by whichever encoder belongs to the bundle's tokenizer."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

import pytest
import torch
from safetensors.torch import save_file
from terratorch.models.backbones.terramind.tokenizer.models.vit_models import vit_s_enc

from gac_core.errors import BundleError
from gac_core.models.card import read_bundle
from gac_core.models.library import Library
from gac_core.models.terramind import OUTPUT, build_terramind, standardise_optical
from gac_core.models.weights import write_state
from tests.core.tiny import SHAPE, tiny_card
from training.stage3.codes import EncoderCodes, LinearCodes, find_codes


@pytest.fixture
def with_encoder(monkeypatch, tmp_path):
    """A tokenizer as it is published, its encoder in the file; here the library's small one."""
    monkeypatch.setattr("gac_core.models.tokenizer.vit_b_enc", vit_s_enc)
    torch.manual_seed(1)
    tokenizer = build_terramind(SHAPE, with_encoder=True).tokenizer[OUTPUT]
    write_state(tokenizer, tmp_path / "tokenizer.safetensors")
    return tokenizer, tmp_path / "tokenizer.safetensors"


def test_the_card_names_a_linear_encoder(bundle, library, images):
    codes = find_codes(bundle, library)
    assert isinstance(codes, LinearCodes)
    found = codes(images[1])
    assert found.shape == (4, 6, 6) and found.max() < 15360 and found.min() >= 0
    latent = codes.project(images[1])
    digits = (torch.sigmoid(latent) * torch.tensor([7, 7, 7, 5, 4]).view(1, 5, 1, 1)).round()
    places = torch.tensor([1, 8, 64, 512, 3072]).view(1, 5, 1, 1)
    assert torch.equal(found.long(), (digits * places).sum(1).long())
    assert len(found.unique()) > 20


def test_the_tokenizers_own_encoder(tiny, images, with_encoder, tmp_path):
    tokenizer, path = with_encoder
    folder = tmp_path / "published"
    shutil.copytree(tiny, folder)
    shutil.copyfile(path, folder / "tokenizer.safetensors")
    (folder / "bundle.json").write_text(json.dumps(tiny_card(folder)))
    codes = find_codes(read_bundle(folder), Library())
    assert isinstance(codes, EncoderCodes)
    with torch.no_grad():
        expected = tokenizer.encode(standardise_optical(images[1]))[2]
    assert torch.equal(codes(images[1]), expected)
    assert not any(p.requires_grad for p in codes.parameters())
    assert not hasattr(codes.tokenizer, "decoder")
    # Whatever precision the training has, codes are those of single precision.
    with torch.autocast("cpu", dtype=torch.bfloat16):
        assert torch.equal(codes(images[1]), expected)


def test_none_where_there_is_none(bundle, library):
    assert find_codes(replace(bundle, codes=None), library) is None


def test_a_file_without_encoder_is_refused(bundle, library, tmp_path):
    save_file({"decoder.weight": torch.zeros(3)}, tmp_path / "odd.safetensors")
    with pytest.raises(BundleError, match="holds no encoder"):
        find_codes(bundle, library, tmp_path / "odd.safetensors")


def test_another_file_than_the_card_s_is_refused(bundle, library):
    other = replace(bundle.codes, sha256="0" * 64)
    with pytest.raises(BundleError, match=r"codes\.safetensors is not the one"):
        find_codes(replace(bundle, codes=other), library)
