"""The adversary: what it sees of radar and image, what it does not, and what its doubt is."""

from __future__ import annotations

import pytest
import torch
from torch.func import functional_call

from gac_core.band_statistics import OUTPUT_INDEX
from gac_core.bundles.library import Library
from gac_core.networks.critic import (
    QUANTILES,
    Critic,
    CriticShape,
    RadarView,
    image_features,
    radar_view,
)
from gac_core.networks.loading import Models
from gac_core.networks.terramind import OPTICAL_INPUT, optical_features, standardise_output
from tests.core.tiny import SHAPE

CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def models(base):
    made = Models(base, Library(), CPU)
    made.load()
    return made


def pair(count=2, side=96):
    dn = 1500 + 300 * torch.randn(count, 4, side, side)
    return dn.clamp_min(1), -12 + 3 * torch.randn(count, 2, side, side)


def score(models, dn, s1, modality="S1GRD", **options):
    with torch.no_grad():
        return models.critic.score(models.terramind.model, dn, s1, modality, **options)


def test_a_score_for_each_token(models):
    dn, s1 = pair()
    scores = score(models, dn, s1)
    assert scores.shape == (2, 1, 6, 6)
    assert scores.std() > 0


def test_it_sees_radar_and_image(models):
    dn, s1 = pair()
    scores = score(models, dn, s1)
    assert not torch.allclose(scores, score(models, dn.flip(0), s1))
    assert not torch.allclose(scores, score(models, dn, s1.flip(0)))
    assert not torch.allclose(scores, score(models, dn, s1, "S1RTC"))


def test_each_sample_has_its_own_modality(models):
    dn, s1 = pair()
    mixed = score(models, dn, s1, ["S1GRD", "S1RTC"])
    assert torch.allclose(mixed[:1], score(models, dn[:1], s1[:1], "S1GRD"), atol=1e-5)
    assert torch.allclose(mixed[1:], score(models, dn[1:], s1[1:], "S1RTC"), atol=1e-5)


def test_an_offset_of_the_bundle_is_added_to_what_terramind_sees():
    dn, _ = pair()
    moved, plain = (standardise_output(x, o) for x, o in ((dn - 1000, 1000.0), (dn, 0.0)))
    shown = list(OUTPUT_INDEX)
    assert torch.allclose(moved[:, shown], plain[:, shown], atol=1e-4)
    assert plain.count_nonzero((0, 2, 3)).nonzero().flatten().tolist() == shown


def test_pixels_show_no_level():
    """opt_v2 and real images that differ only in level are judged alike, TerraMind's view aside."""
    torch.manual_seed(0)
    critic = Critic(CriticShape(8, 8), 16)
    radar = radar_view_of_noise()
    features = torch.randn(1, 16, 2, 2)
    root = 3 + 0.2 * torch.randn(1, 4, 32, 32)
    images = [(10 * (root + level)) ** 2 for level in (0.0, 1.0)]
    first, second = (critic(image, features, radar) for image in images)
    assert torch.allclose(first, second, atol=1e-4)


def radar_view_of_noise():
    return RadarView(torch.randn(1, 6, 32, 32), torch.randn(1, 16, 2, 2))


def test_the_size_of_its_weights_does_not_count():
    torch.manual_seed(0)
    critic = Critic(CriticShape(8, 8), 16)
    dn, features = 1500 + 100 * torch.randn(1, 4, 32, 32), torch.randn(1, 16, 2, 2)
    radar = radar_view_of_noise()
    parameters = critic.named_parameters()
    large = {name: 100 * value if value.ndim == 4 else value for name, value in parameters}
    usual = critic(dn, features, radar)
    assert torch.allclose(functional_call(critic, large, (dn, features, radar)), usual, atol=1e-4)


def test_the_encoder_is_the_library_s(models):
    dn, _ = pair(1)
    shown = standardise_output(dn)
    network = models.terramind.model.sampler.model
    with torch.no_grad():
        embedded = network.encoder_embeddings[OPTICAL_INPUT]({"tensor": shown})
        expected = network.forward_encoder(embedded["x"] + embedded["emb"], None)
        layers = optical_features(models.terramind.model, shown)
    assert len(layers) == SHAPE.encoder_depth
    assert torch.equal(layers[-1].flatten(2).transpose(1, 2), expected)
    assert torch.equal(image_features(models.terramind.model, dn), layers[-1])


def test_features_have_a_gradient(models):
    dn, _ = pair(1)
    dn.requires_grad_(True)
    image_features(models.terramind.model, dn).square().mean().backward()
    assert dn.grad is not None and dn.grad.abs().sum() > 0


def test_radar_is_seen_as_it_was_standardised(models):
    _, s1 = pair(1)
    view = radar_view(models.terramind.model, s1, "S1GRD")
    assert view.looks.shape == (1, 6, 96, 96) and view.features.shape == (1, SHAPE.dim, 6, 6)


def test_doubt_is_the_share_of_real_places_that_score_higher():
    critic = Critic(CriticShape(8, 8), 16)
    critic.reference.copy_(torch.linspace(-2, 2, QUANTILES))
    scores = torch.tensor([-9.0, -2.0, 0.0, 1.0, 1.1, 2.0, 9.0])
    expected = torch.tensor([1.0, 1.0, 0.5, 0.25, 0.225, 0.0, 0.0])
    assert torch.allclose(critic.doubt(scores), expected, atol=1e-5)


def test_doubt_is_a_number_where_all_real_places_score_alike():
    critic = Critic(CriticShape(8, 8), 16)
    doubt = critic.doubt(torch.tensor([-1.0, 0.0, 1.0]))
    assert doubt.isfinite().all() and doubt[0] > doubt[2]
