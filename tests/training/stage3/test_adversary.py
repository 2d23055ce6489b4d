"""Stage 3's adversary: whose gradient is whose, what it learns, and what it keeps."""

from __future__ import annotations

from itertools import count

import pytest
import torch

from gac_core.band_statistics import OUTPUT_INDEX
from gac_core.networks.convnext import from_root, local_mean, to_root
from gac_core.networks.critic import Critic, CriticShape
from tests.core.tiny import SHAPE
from tests.training.stage3.adapters import build, disturb
from training.losses import GroundWeights
from training.losses.masks import ValidMask, known_tokens
from training.stage3.adversary import BLUR, Adversary, known_pixels, mismatched, train_critic
from training.stage3.ground_module import Tuning, with_adapter


@pytest.fixture
def module(bundle, library):
    return build(bundle, library)


@pytest.fixture
def model(bundle, library):
    return with_adapter(bundle, library, Tuning(lora_rank=4))[0].terramind.model


def gradients(module, part):
    torch.autograd.backward(part.mean)
    names = {
        name: p.grad is not None and bool(p.grad.any()) for name, p in module.trained().items()
    }
    for parameter in module.parameters():
        parameter.grad = None
    return {name.partition(".")[0] for name, there in names.items() if there}


def test_each_side_learns_from_its_own_loss(module, batch):
    disturb(module)
    torch.manual_seed(0)
    parts = module.losses(batch)
    assert gradients(module, parts["critic"]) == {"critic"}
    torch.manual_seed(0)
    assert "critic" not in gradients(module, module.losses(batch)["adversary"])
    torch.manual_seed(0)
    assert gradients(module, module.losses(batch)["adversary"]) == {"terramind", "bridge"}


def test_terramind_s_encoder_stays(module):
    assert not any(".encoder" in name for name in module.trained())


def test_without_a_weight_there_is_no_critic(bundle, library, batch, tmp_path):
    module = build(bundle, library, weights=GroundWeights(adversary=0.0))
    assert module.critic is None and not module.losses(batch).keys() & {"adversary", "critic"}
    assert module.losses(batch).keys() == module.counts(batch).keys()
    module.save_part(tmp_path, {}, {})
    assert not (tmp_path / "critic.safetensors").exists()


def test_the_critic_learns_to_tell(model, batch):
    """Blurred images from real ones, and a place's radar from another's."""
    torch.manual_seed(0)
    critic = Critic(CriticShape(8, 16), SHAPE.dim)
    adversary = Adversary(critic, model, 1.0)
    real, made = batch["s2"][:, OUTPUT_INDEX], batch["opt_v1"][:, OUTPUT_INDEX]
    s1, counted = batch["s1"], known_tokens(torch.ones(4, 4, 96, 96, dtype=torch.bool))
    optimiser = torch.optim.Adam(critic.parameters(), 5e-3)
    for _ in range(60):
        loss = adversary.losses(made, real, s1, "S1GRD", counted)["critic"].mean
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    with torch.no_grad():
        of_real, of_made, of_foreign = (
            float(critic.score(model, image, radar, "S1GRD").mean())
            for image, radar in ((real, s1), (made, s1), (real, s1.flip(-1)))
        )
    assert of_real > of_made + 0.2 and of_real > of_foreign + 0.2


def test_known_tokens_are_whole():
    known = torch.ones(1, 4, 32, 48, dtype=torch.bool)
    known[0, 2, 20, 40] = False
    assert known_tokens(known)[0, 0].tolist() == [[True, True, True], [True, True, False]]


def test_what_is_not_known_does_not_count(module, batch):
    disturb(module)
    batch["valid"][0, :40] = False
    other = {**batch, "s2": batch["s2"].clone()}
    other["s2"][0, :, :40] = 9000.0
    both = []
    for one in (batch, other):
        torch.manual_seed(0)
        both.append({name: float(part.mean.detach()) for name, part in module.losses(one).items()})
    assert both[0]["critic"] == pytest.approx(both[1]["critic"], abs=1e-6)
    assert both[0]["features"] == pytest.approx(both[1]["features"], abs=1e-6)


@pytest.mark.parametrize("count", [1, 4])
def test_a_mismatched_radar_is_never_the_place_s(count):
    s1 = torch.randn(count, 2, 64, 64)
    kinds = ["S1GRD", "S1RTC", "S1GRD", "S1GRD"][:count]
    moved = set()
    for seed in range(20):
        torch.manual_seed(seed)
        other, modality = mismatched(s1, kinds)
        assert other.shape == s1.shape and not (other == s1).flatten(1).all(1).any()
        assert torch.equal(other.flatten().sort().values, s1.flatten().sort().values)
        moved.add(tuple(modality))
    assert len(moved) == (1 if count == 1 else 2)


def test_doubt_is_measured_on_real_images(model, batch):
    torch.manual_seed(0)
    critic = Critic(CriticShape(8, 8), SHAPE.dim)
    batch["valid"][0] = False
    window = batch["s2"][:, OUTPUT_INDEX], batch["s1"], "S1GRD", known_pixels(batch)
    Adversary(critic, model, 1.0).calibrate([window])
    with torch.no_grad():
        scores = critic.score(model, batch["s2"][1:, OUTPUT_INDEX], batch["s1"][1:], "S1GRD")
    assert critic.reference[0] == pytest.approx(float(scores.min()), abs=1e-5)
    assert critic.reference[-1] == pytest.approx(float(scores.max()), abs=1e-5)
    assert float(critic.doubt(scores).mean()) == pytest.approx(0.5, abs=0.05)


def test_features_are_far_apart_for_other_images(module, batch):
    loss = module.loss.features
    where = ValidMask.from_mask(torch.ones(4, 1, 96, 96, dtype=torch.bool), 4)
    real = batch["s2"][:, OUTPUT_INDEX]
    slightly = from_root(to_root(real) + 0.02 * torch.randn_like(real))
    distances = [float(loss(image, real, where).mean) for image in (real, slightly, real.flip(0))]
    assert distances[0] == 0 and 0 < distances[1] < 1 < distances[2]


def test_a_blur_has_the_distance_one(module, batch):
    where = ValidMask.from_mask(torch.ones(4, 1, 96, 96, dtype=torch.bool), 4)
    real = batch["s2"][:, OUTPUT_INDEX]
    assert float(module.loss.features(local_mean(real, BLUR), real, where).mean) == pytest.approx(1)
    lake = torch.full_like(real, 300.0)
    assert float(module.loss.features(lake + 1, lake, where).mean) < 1


def test_the_critic_alone_learns_from_a_bridge_at_rest(module, batch):
    """It tells opt_v3 from real images afterwards, and nothing else has changed."""
    disturb(module)
    before = {name: p.detach().clone() for name, p in module.named_parameters()}
    critic, model = module.critic, module.terramind
    torch.manual_seed(0)
    windows = (module.critic_windows(batch) for _ in count())
    train_critic(module.adversary, windows, 120, 5e-3)
    changed = {name for name, p in module.named_parameters() if not p.equal(before[name])}
    assert changed and {name.partition(".")[0] for name in changed} == {"critic"}
    judged = module.critic_windows(batch)
    with torch.no_grad():
        of_real, of_v3, of_v2 = (
            float(critic.score(model, image, batch["s1"], "S1GRD").mean())
            for image in (judged.real, judged.opt_v3, judged.opt_v2)
        )
    assert of_real > of_v3 + 0.2 and of_real > of_v2 + 0.2


def test_noise_of_judged_images_is_drawn_anew(module, batch):
    disturb(module)
    assert not module.critic_windows(batch).opt_v3.equal(module.critic_windows(batch).opt_v3)
