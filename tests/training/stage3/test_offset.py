"""Stage 3's training on a base whose images carry Sentinel-2's +1000: as on one without."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from gac_core.contract.errors import BundleError
from gac_core.networks.terramind import OPTICAL_INPUT
from tests.core.shifted import OFFSET, ShiftedInput
from tests.problems import raises
from tests.training.stage3.adapters import build, disturb, parts
from training.data.stage1_outputs import open_or_create
from training.stage2.data import stage1_identity


@pytest.fixture
def modules(bundle, library):
    """As it is, and with networks that know images with the offset."""
    made = [build(bundle, library) for _ in range(2)]
    for module in made:
        disturb(module)
    moved = made[1].models
    moved.bundle = replace(bundle, offset=OFFSET)
    made[1].adversary._offset = made[1].loss.features._offset = OFFSET
    embeddings = moved.terramind.model.sampler.model.encoder_embeddings
    embeddings[OPTICAL_INPUT] = ShiftedInput(embeddings[OPTICAL_INPUT])
    return made


def test_losses_and_images_are_those_of_a_base_without(modules, batch):
    plain, moved = modules
    assert torch.allclose(plain.features(batch), moved.features(batch), atol=1e-3)
    assert torch.allclose(plain.predict(batch), moved.predict(batch), atol=0.5)
    found, expected = parts(moved, batch), parts(plain, batch)
    for name, value in expected.items():
        assert torch.isclose(found[name], value, rtol=1e-3, atol=1e-4), name
    # Without its word on the card all of that is wrong.
    moved.models.bundle = replace(moved.models.bundle, offset=0.0)
    assert (plain.features(batch) - moved.features(batch)).abs().mean() > 0.05
    assert (plain.predict(batch) - moved.predict(batch)).abs().max() > 1


def test_images_of_stage_1_belong_to_bundles_with_their_offset(bundle, tmp_path):
    weights = {w.file: w.sha256 for w in (bundle.generator, bundle.tokenizer)}
    made = {"bundle": "tiny", "weights": weights}
    plain, moved = (
        open_or_create(tmp_path / "plain", made),
        open_or_create(tmp_path / "m", {**made, "offset": 1000}),
    )
    other = replace(bundle, offset=OFFSET)
    assert "offset" not in stage1_identity(plain, bundle)
    assert stage1_identity(moved, other)["offset"] == OFFSET
    for outputs, whose in ((plain, other), (moved, bundle)):
        with raises(BundleError, "offset-differs"):
            stage1_identity(outputs, whose)
