"""Stage 3's training on a base whose images carry Sentinel-2's +1000: as on one without."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from gac_core.errors import BundleError
from gac_core.models.terramind import TerraMindShape
from tests.core.shifted import OFFSET, shift, shift_networks
from tests.training.stage3.adapters import build, disturb, parts
from training.data.stage1 import begin
from training.stage2.ready import stage1_base
from training.stage3.codes import EncoderCodes, find_codes


@pytest.fixture
def modules(bundle, library):
    """As it is, and with networks that know images with the offset; SDEdit in both."""
    made = [build(bundle, library, strength=0.5, residual=0.5) for _ in range(2)]
    for module in made:
        disturb(module)
    shift_networks(made[1].models)
    made[1].codes.offset = OFFSET
    made[1].codes.project.mean += OFFSET
    return made


def test_losses_and_images_are_those_of_a_base_without(modules, batch):
    plain, moved = modules
    assert torch.allclose(
        plain._logits(batch, batch["opt_v1"]), moved._logits(batch, batch["opt_v1"]), atol=1e-3
    )
    assert torch.allclose(plain.predict(batch), moved.predict(batch), atol=0.5)
    found, expected = parts(moved, batch), parts(plain, batch)
    for name, value in expected.items():
        assert torch.isclose(found[name], value, rtol=1e-3, atol=1e-4), name
    # Without its word on the card all of that is wrong.
    moved.models.bundle = replace(moved.models.bundle, offset=0.0)
    assert (plain.predict(batch) - moved.predict(batch)).abs().mean() > 50


def test_tokens_of_real_images_are_of_the_base_s_own_values(bundle, library, images, monkeypatch):
    moved = find_codes(replace(bundle, offset=OFFSET), library)
    moved.project.mean += OFFSET
    assert torch.equal(moved(images[1]), find_codes(bundle, library)(images[1]))

    encoder = EncoderCodes(TerraMindShape.from_dict(bundle.terramind), OFFSET)
    seen = []
    monkeypatch.setattr(encoder.tokenizer, "tokenize", lambda image: seen.append(image))
    encoder(images[1])
    encoder.offset = 0.0
    encoder(images[1])
    assert torch.allclose(seen[0] - seen[1], shift(images[1]).expand_as(seen[0]), atol=1e-5)


def test_images_of_stage_1_belong_to_bundles_with_their_offset(bundle, tmp_path):
    weights = {w.file: w.sha256 for w in (bundle.generator, bundle.tokenizer)}
    made = {"bundle": "tiny", "weights": weights}
    plain, moved = begin(tmp_path / "plain", made), begin(tmp_path / "m", {**made, "offset": 1000})
    other = replace(bundle, offset=OFFSET)
    assert "offset" not in stage1_base(plain, bundle)
    assert stage1_base(moved, other)["offset"] == OFFSET
    for outputs, whose in ((plain, other), (moved, bundle)):
        with pytest.raises(BundleError, match="offset"):
            stage1_base(outputs, whose)
